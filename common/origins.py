"""From where a browser asks: our own pages, here or at `FRONTEND_URL`, or somebody else's."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

Next = Callable[[HttpRequest], HttpResponseBase]
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "7200",
}


def _origin(url: str) -> str:
    place = urlsplit(url)
    return f"{place.scheme}://{place.netloc}"


def is_ours(request: Any) -> bool:
    """Whether a browser says that one of our pages asks. False where nothing is said."""
    origin: str = request.headers.get("Origin", "")
    here = f"{request.scheme}://{request.get_host()}"
    return origin in (here, _origin(settings.FRONTEND_URL), _origin(settings.SITE_URL))


class CrossOrigin:
    """Let the pages at `FRONTEND_URL` ask, where they are served from elsewhere (CORS)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        front = _origin(settings.FRONTEND_URL)
        if front == _origin(settings.SITE_URL) or request.headers.get("Origin") != front:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response: HttpResponseBase = HttpResponse(status=204, headers=_ALLOWED)
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = front
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-Id"
        vary = response.headers.get("Vary")
        response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"
        return response
