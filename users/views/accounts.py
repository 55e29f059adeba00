"""HTTP doors of an account: registration, activation, and the address and the password of it."""

from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
    throttle_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from common.documents import error
from users import throttles
from users.actions import accounts, passwords, sign_up
from users.authentication import device
from users.cookies import cookie_of, tokens_answer
from users.documents import PROFILE, TOKENS
from users.serializers import (
    CodeRequestWrite,
    CodeWrite,
    EmailChangeWrite,
    MailTokenWrite,
    PasswordChangeWrite,
    ProfileDetail,
    RegistrationWrite,
    ResetConfirmWrite,
    ResetRequestWrite,
    TokenPair,
    profile,
)
from users.viewer import viewer

ON_ITS_WAY = {"detail": "If there is an account for this address, a letter is on its way to it."}
SENT = openapi.Response(
    "The same whether anybody has the address or not.", examples={"application/json": ON_ITS_WAY}
)
CODE_ON_ITS_WAY = {"detail": "A letter is on its way to this address."}
CODE_SENT = openapi.Response(
    "The same whether anybody has the address or not.",
    examples={"application/json": CODE_ON_ITS_WAY},
)
BAD_CODE = error("code_not_valid", "Not the code, or not any more.", sign_up.WrongCode.detail)
TAKEN = error(
    "taken", "Name or address are taken, or a field is wrong.", "Somebody has this name already."
)
CLOSED = error("registrations_closed", "Nobody may register.", sign_up.RegistrationsClosed.detail)
BAD_LINK = error(
    "link_not_valid",
    "The token was used, is too old or is not ours; or the password is too weak.",
    "This link has been used or has expired. Please ask for a new one.",
)
WRONG_PASSWORD = error(
    "wrong_password",
    "The present password is wrong, or the new one too weak.",
    passwords.WrongPassword.detail,
)


@swagger_auto_schema(
    method="post",
    request_body=RegistrationWrite,
    responses={
        201: openapi.Response("The new account.", ProfileDetail, examples=PROFILE),
        400: TAKEN,
        403: CLOSED,
    },
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.REGISTER)
def register(request: Request) -> Response:
    """Create an account. An activation link follows by mail; signing in does not wait for it.

    With a ticket the address is proved already, and no link follows.
    """
    sent = RegistrationWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    user = accounts.register_user(**sent.validated_data)
    return Response(profile(user, user), status=201)


@swagger_auto_schema(
    method="post", request_body=CodeRequestWrite, responses={202: CODE_SENT, 403: CLOSED}
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.CODE)
def request_code(request: Request) -> Response:
    """Have six digits sent that prove an address before there is an account. They live an hour."""
    sent = CodeRequestWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    sign_up.request_code(**sent.validated_data)
    return Response(CODE_ON_ITS_WAY, status=202)


@swagger_auto_schema(
    method="post",
    request_body=CodeWrite,
    responses={
        200: openapi.Response(
            "For `POST /users/register`, once.", examples={"application/json": {"ticket": "WzEs…"}}
        ),
        400: BAD_CODE,
    },
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.PASSWORD)
def verify_code(request: Request) -> Response:
    """Prove an address by its code. After five wrong ones it is worth nothing."""
    sent = CodeWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    return Response({"ticket": sign_up.prove_address(**sent.validated_data)})


@swagger_auto_schema(
    method="post",
    request_body=MailTokenWrite,
    responses={
        200: openapi.Response("It is.", examples={"application/json": {"activated": True}}),
        400: BAD_LINK,
    },
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def activate(request: Request) -> Response:
    """Prove an e-mail address by the token of a letter; twice answers the same."""
    sent = MailTokenWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    accounts.confirm_address(sent.validated_data["token"])
    return Response({"activated": True})


@swagger_auto_schema(method="post", request_body=ResetRequestWrite, responses={202: SENT})
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.RESET)
def request_reset(request: Request) -> Response:
    """Have a link to a new password sent."""
    sent = ResetRequestWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    passwords.request_reset(**sent.validated_data)
    return Response(ON_ITS_WAY, status=202)


@swagger_auto_schema(
    method="post", request_body=ResetConfirmWrite, responses={204: "Set.", 400: BAD_LINK}
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.PASSWORD)
def confirm_reset(request: Request) -> Response:
    """Set a new password by the token of a letter, once. Every device is signed out."""
    sent = ResetConfirmWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    passwords.reset_password(**sent.validated_data)
    return Response(status=204)


@swagger_auto_schema(
    method="post",
    request_body=PasswordChangeWrite,
    responses={
        200: openapi.Response("Tokens of a new session.", TokenPair, examples=TOKENS),
        400: WRONG_PASSWORD,
    },
)
@api_view(["POST"])
@throttle_classes(throttles.PASSWORD)
def change_password(request: Request) -> Response:
    """Set a new password. Every older token ends, on this device too, which gets new ones."""
    sent = PasswordChangeWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    fresh = passwords.change_password(
        user=viewer(request), device=device(request), **sent.validated_data
    )
    return tokens_answer(request, fresh, browser=cookie_of(request) is not None)


@swagger_auto_schema(
    method="post", request_body=EmailChangeWrite, responses={202: SENT, 400: WRONG_PASSWORD}
)
@api_view(["POST"])
@throttle_classes(throttles.RESET)
def change_email(request: Request) -> Response:
    """Have a link sent to a new address, which becomes yours when it is opened.

    With the present address, the activation letter is sent again.
    """
    sent = EmailChangeWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    accounts.request_email_change(user=viewer(request), **sent.validated_data)
    return Response(ON_ITS_WAY, status=202)
