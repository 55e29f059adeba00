"""How a browser stays signed in: a cookie that no script can read, in the refresh token's place.

It is sent by our own pages alone: `SameSite=Strict`, and only believed with an `Origin` of ours.
"""

from urllib.parse import urlsplit

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from common.origins import is_ours
from users import tokens

NAME = "yafig_session"
PATH = "/users/"


def cookie_of(request: Request) -> str | None:
    """The cookie of a request that one of our pages has sent; None otherwise."""
    return request.COOKIES.get(NAME) if is_ours(request) else None


def with_cookie(response: Response, cookie: str) -> Response:
    """Have the browser keep `cookie` for as long as its session lasts without use."""
    response.set_cookie(
        NAME,
        cookie,
        max_age=int(tokens.lifetime().total_seconds()),
        path=PATH,
        secure=urlsplit(settings.SITE_URL).scheme == "https",
        httponly=True,
        samesite="Strict",
    )
    return response


def without_cookie(response: Response) -> Response:
    response.delete_cookie(NAME, path=PATH, samesite="Strict")
    return response


def tokens_answer(request: Request, pair: dict[str, str], *, browser: bool) -> Response:
    """The tokens of a new session; to a page of ours that asked so, the second in a cookie."""
    if not (browser and is_ours(request)):
        return Response(pair)
    cookie = tokens.for_browser(tokens.read_refresh(pair["refresh"]))
    return with_cookie(Response({"access": pair["access"]}), cookie)
