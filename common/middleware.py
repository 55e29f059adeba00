"""Around every request: its id, its limits, a forgiving slash, and sessions for the admin alone."""

import codecs
import re
import secrets
from collections.abc import Callable
from typing import cast

import structlog
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import is_valid_path
from django.utils.http import parse_header_parameters

from common.problems import problem

Next = Callable[[HttpRequest], HttpResponseBase]
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestId:
    """Name the request, in its logs, its answer and the work it leaves behind.

    Outermost, so it also tells the length of every answer that is not a stream.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = sent if _ACCEPTABLE_ID.fullmatch(sent) else secrets.token_hex(16)
        # Bound until this thread's next request, which binds its own.
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        if isinstance(response, HttpResponse) and "Content-Length" not in response:
            response["Content-Length"] = str(len(response.content))
        return response


class BodyLimit:
    """Refuse a body beyond any album before a byte of it is kept: 413 (D6, D8)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > settings.BODY_MAX_BYTES:
            mib = settings.BODY_MAX_BYTES // 2**20
            detail = f"At most {mib} MiB can be sent at once. Please send fewer photos."
            return JsonResponse(problem("too_large", detail), status=413)
        return self.get_response(request)


class OnlyUTF8:
    """Refuse a `charset` that is not UTF-8, and a `Content-Type` that cannot be read: 415.

    Django would read the query and the forms by whatever codec of Python's has that name: `hex`
    is no text, and `utf-7` makes half characters that PostgreSQL cannot store.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        content_type = request.META.get("CONTENT_TYPE")
        if content_type and not _is_utf8(content_type):
            detail = "Texts are read in UTF-8 alone."
            return JsonResponse(problem("unsupported_media_type", detail), status=415)
        return self.get_response(request)


def _is_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


class OptionalSlash:
    """Answer `/users/login` as `/users/login/`, with no redirect that would drop the body (D2)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.endswith("/") and not is_valid_path(path) and is_valid_path(f"{path}/"):
            request.path_info = f"{path}/"
        return self.get_response(request)


class AdminOnly:
    """Sessions, CSRF and messages for `/admin`; the API has none of them and pays for none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        chain: Next = get_response
        for middleware in (
            XFrameOptionsMiddleware,
            MessageMiddleware,
            AuthenticationMiddleware,
            CsrfViewMiddleware,
            SessionMiddleware,
        ):
            chain = cast("Next", middleware(chain))
        self.with_sessions = chain

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin"):
            return self.with_sessions(request)
        return self.get_response(request)
