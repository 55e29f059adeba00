"""HTTP doors of signing in, staying signed in and signing out."""

import uuid

from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
    throttle_classes,
)
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from common.documents import PAGED, error, page_of
from common.pagination import NewestFirst
from users import throttles, tokens
from users.actions import sessions
from users.authentication import bearer, device, session_id
from users.cookies import cookie_of, tokens_answer, with_cookie, without_cookie
from users.documents import TOKENS
from users.models import Session
from users.serializers import (
    LoginWrite,
    LogoutWrite,
    RefreshWrite,
    SessionDetail,
    TokenPair,
    session_card,
)
from users.viewer import viewer

PAIR = openapi.Response("Tokens.", TokenPair, examples=TOKENS)
WRONG = error(
    "wrong_credentials",
    "Unknown name, wrong password or closed account: all alike.",
    sessions.WrongCredentials.detail,
)
SPENT = error("token_not_valid", "Not a token that is good now.", tokens.InvalidToken.detail)


class LatestSessions(NewestFirst):
    ordering = ("-created_at", "-id")


@swagger_auto_schema(
    method="post", request_body=LoginWrite, responses={200: PAIR, 401: WRONG}, security=[]
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.LOGIN)
def login(request: Request) -> Response:
    """Sign in with username or e-mail, and open a session for this device."""
    sent = LoginWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    pair = sessions.sign_in(
        name_or_email=sent.validated_data["username"],
        password=sent.validated_data["password"],
        device=device(request),
    )
    return tokens_answer(request, pair, browser=sent.validated_data["browser"])


@swagger_auto_schema(
    method="post", request_body=RefreshWrite, responses={200: PAIR, 401: SPENT}, security=[]
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.REFRESH)
def refresh(request: Request) -> Response:
    """Spend a refresh token for new tokens. It works once: sent again, it ends the session."""
    sent = RefreshWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    if refresh := sent.validated_data.get("refresh"):
        return Response(sessions.refresh_session(refresh))
    cookie = cookie_of(request)
    if cookie is None:
        raise ValidationError(
            {"refresh": [RefreshWrite().fields["refresh"].error_messages["required"]]}
        )
    renewed = sessions.renew_session(cookie)
    return with_cookie(Response({"access": renewed["access"]}), renewed["cookie"])


@swagger_auto_schema(
    method="post", request_body=LogoutWrite, responses={204: "Signed out.", 401: SPENT}
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def logout(request: Request) -> Response:
    """End the session of the refresh token, of the cookie, or of the access token that is sent.

    All its tokens end with it, at once. Twice answers the same.
    """
    sent = LogoutWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    if "refresh" in sent.validated_data:
        claims = tokens.read_refresh(sent.validated_data["refresh"])
    elif cookie := cookie_of(request):
        claims = tokens.read_browser(cookie)
    else:
        claims = tokens.read_access(bearer(request) or "")
    sessions.sign_out(claims)
    return without_cookie(Response(status=204))


@swagger_auto_schema(
    method="get",
    manual_parameters=PAGED,
    responses={200: openapi.Response("Sessions, the latest first.", page_of(SessionDetail))},
)
@swagger_auto_schema(method="delete", responses={204: "All but this one have ended."})
@api_view(["GET", "DELETE"])
def session_list(request: Request) -> Response:
    """The devices that are signed in as you; DELETE signs out all but the one that asks."""
    user, current = viewer(request), session_id(request)
    if request.method == "DELETE":
        sessions.end_sessions(user_id=user.pk, but=current)
        return Response(status=204)
    pages = LatestSessions()
    live = Session.objects.live().filter(user=user)
    found = pages.paginate_queryset(live, request) or []
    return pages.get_paginated_response([session_card(each, current) for each in found])


@swagger_auto_schema(method="delete", responses={204: "Signed out."})
@api_view(["DELETE"])
def session(request: Request, session_id: uuid.UUID) -> Response:
    """Sign one of your devices out; twice answers the same."""
    sessions.end_session(user_id=viewer(request).pk, session_id=session_id)
    return Response(status=204)
