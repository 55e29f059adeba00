"""The pages: one HTML shell for every address of the front end, from the files that were built.

The files themselves are WhiteNoise's (`WHITENOISE_ROOT`). A file server or a CDN can stand in for
all of it; then nothing here is asked.
"""

import functools
import gzip
import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from common import problems

# As in frontend/app/pages; a test compares the two.
PAGES = [
    "activate",
    "drafts",
    "drafts/<str:id>",
    "explore",
    "feed",
    "login",
    "p/<str:id>",
    "register",
    "reset",
    "saved",
    "search",
    "settings",
    "tags/<str:name>",
    "u/<str:username>",
    "u/<str:username>/followers",
    "u/<str:username>/following",
    "upload",
]
SHELL = "200.html"
_SHARED = re.compile(r"/(tags/[^/]+|explore)/?")
NOT_PAGES = {"admin", "docs", "instance", "livez", "media", "posts", "readyz", "static", "users"}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Vary": "Accept, Accept-Encoding",
    # The rest of the policy stands in the page itself, where no meta element may say this.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


@functools.cache
def _shell(root: Path) -> tuple[bytes, bytes] | None:
    """The page, as it is and compressed; None when it has not been built."""
    try:
        html = (root / SHELL).read_bytes()
    except OSError:
        return None
    return html, gzip.compress(html, mtime=0)


def page(request: HttpRequest, status: int = 200, **parts: str) -> HttpResponseBase:
    """The shell, in which the front end shows what the address names."""
    shell = _shell(settings.FRONTEND_ROOT)
    if shell is None or request.method not in ("GET", "HEAD"):
        return problems.page_not_found(request)
    html, packed = shell
    answer = HttpResponse(html, status=status, headers=_HEADERS)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content = packed
        answer.headers["Content-Encoding"] = "gzip"
    return answer


class PagesForPeople:
    """Explore and each tag have one address in the API and among the pages.

    Who navigates gets the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        shared = request.method in ("GET", "HEAD") and _SHARED.fullmatch(request.path_info)
        navigates = shared and "text/html" in request.headers.get("Accept", "")
        if navigates and _shell(settings.FRONTEND_ROOT):
            return page(request)
        return self.get_response(request)


def home(request: HttpRequest) -> HttpResponseBase:
    """The front page; where it has not been built, what the server can do."""
    if _shell(settings.FRONTEND_ROOT) is None:
        return HttpResponseRedirect("/docs/")
    return page(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """For a person, the page that says so; for a program, the one shape of errors."""
    first = request.path_info.lstrip("/").partition("/")[0]
    if first in NOT_PAGES or "text/html" not in request.headers.get("Accept", ""):
        return problems.page_not_found(request)
    return page(request, status=404)
