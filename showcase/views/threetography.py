"""HTTP doors of threetography's own surface (T1 to T5), on the same accounts, follows, pictures.

Each answers with the JSON that clients written for threetography read, and calls what its
counterpart elsewhere calls. Errors get their `reasonForFailure` in `showcase.reasons`.
"""

from typing import Any

from django.conf import settings
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

from common.errors import Missing, Refusal
from common.throttles import in_turn, throttle, throttle_named
from media.models import Media
from posts.documents import NO_STORE
from showcase import actions, documents, finding, pages
from showcase.authentication import LastingBearer
from showcase.models import Hanging
from showcase.serializers import (
    ThreeCard,
    ThreeCredentials,
    ThreeDescription,
    ThreeFollowing,
    ThreePerson,
    ThreeRegistration,
    ThreeUpload,
)
from showcase.waiting import wait_until_settled
from users import throttles, tokens
from users.actions import accounts, relationships, sessions
from users.authentication import device
from users.models import User
from users.viewer import viewer

# The windows of `users.throttles.LOGIN`: whoever tries at both doors has no more tries.
LOGIN = [in_turn(throttle("login"), throttle_named("login_account", "user"))]
CANDIDATE = openapi.Parameter(
    "user",
    openapi.IN_QUERY,
    type=openapi.TYPE_STRING,
    required=True,
    description="A username or a part of it; every character stands for itself.",
)


def _answer(description: str, **example: Any) -> openapi.Response:
    return openapi.Response(description, examples={"application/json": example})


# --- Accounts ------------------------------------------------------------------------------------


@swagger_auto_schema(
    method="post",
    request_body=ThreeRegistration,
    responses={
        200: _answer("It is.", registered=True),
        400: documents.TAKEN,
        403: documents.CLOSED,
    },
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(throttles.REGISTER)
def register(request: Request) -> Response:
    """Create an account without an e-mail address, which can be added later."""
    sent = ThreeRegistration(data=request.data)
    sent.is_valid(raise_exception=True)
    actions.register(**sent.validated_data)
    return Response({"registered": True})


@swagger_auto_schema(
    method="post",
    request_body=ThreeCredentials,
    responses={
        200: _answer("For `Authorization: Bearer …`.", accessToken="eyJhbGciOi…"),
        401: documents.WRONG,
    },
    security=[],
)
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes(LOGIN)
def login(request: Request) -> Response:
    """Sign in. Under /api the token is good for as long as its session, elsewhere for ten minutes.

    The session is one of those that its owner can list and end.
    """
    sent = ThreeCredentials(data=request.data)
    sent.is_valid(raise_exception=True)
    pair = sessions.sign_in(
        name_or_email=sent.validated_data["user"],
        password=sent.validated_data["password"],
        device=device(request),
    )
    return Response({"accessToken": tokens.lasting(tokens.read_access(pair["access"]))})


@swagger_auto_schema(
    method="get", responses={200: _answer("Whether the token is good.", authenticated=True)}
)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def authenticated(request: Request) -> Response:
    """Whether you are signed in; whatever the header holds is no error."""
    try:
        somebody = LastingBearer().authenticate(request)
    except Refusal:
        somebody = None
    return Response({"authenticated": somebody is not None})


# --- People --------------------------------------------------------------------------------------


@swagger_auto_schema(
    method="get",
    responses={
        200: openapi.Response("You.", ThreeCard, examples={"application/json": documents.THREE})
    },
)
@api_view(["GET"])
@authentication_classes([LastingBearer])
def me(request: Request) -> Response:
    """Your name, your three pictures and your description."""
    user = viewer(request)
    return Response(pages.three([user], user)[0])


@swagger_auto_schema(method="get", responses={200: ThreeFollowing})
@api_view(["GET"])
@authentication_classes([LastingBearer])
def following(request: Request) -> Response:
    """Those whom you follow, each with their three pictures; at most 1,000, the latest first."""
    return Response({"following": pages.following(viewer(request))})


@swagger_auto_schema(
    method="get",
    manual_parameters=[CANDIDATE],
    responses={200: _answer("Usernames, the likeliest first.", results=["ada", "adam"])},
)
@api_view(["GET"])
@authentication_classes([LastingBearer])
def search(request: Request) -> Response:
    """Find people: whose name begins so, then whose contains it, then whose is nearly that."""
    sent = ThreePerson(data={"user": request.query_params.get("user", "")})
    sent.is_valid(raise_exception=True)
    return Response({"results": finding.usernames(sent.validated_data["user"], viewer(request))})


@swagger_auto_schema(
    method="post",
    request_body=ThreePerson,
    responses={
        200: _answer("You do.", followed=True),
        202: _answer(
            "You have asked to: the account is private.",
            followed=False,
            requested=True,
            reasonForFailure="This account is private. Its owner decides on your request.",
        ),
        400: documents.ONESELF,
        403: documents.BLOCKING,
        404: documents.NOBODY,
    },
)
@api_view(["POST"])
@authentication_classes([LastingBearer])
@throttle_classes([throttle("follow")])
def follow(request: Request) -> Response:
    """Follow somebody; twice is once. A private account has to let you in first."""
    owner, target = viewer(request), _target(request)
    relationships.follow_user(owner=owner, target=target)
    if User.objects.with_relations_to(owner).get(pk=target.pk).follows:
        return Response({"followed": True})
    reason = "This account is private. Its owner decides on your request."
    return Response({"followed": False, "requested": True, "reasonForFailure": reason}, status=202)


@swagger_auto_schema(
    method="post",
    request_body=ThreePerson,
    responses={200: _answer("You do not.", unfollowed=True), 404: documents.NOBODY},
)
@api_view(["POST"])
@authentication_classes([LastingBearer])
@throttle_classes([throttle("follow")])
def unfollow(request: Request) -> Response:
    """Follow somebody no more, or take your request back; twice is once."""
    relationships.unfollow_user(owner=viewer(request), target=_target(request))
    return Response({"unfollowed": True})


def _target(request: Request) -> User:
    sent = ThreePerson(data=request.data)
    sent.is_valid(raise_exception=True)
    people = User.objects.reachable_by(viewer(request))
    found: User | None = people.named(sent.validated_data["user"]).first()
    if found is None:
        raise Missing
    return found


# --- Oneself -------------------------------------------------------------------------------------


@swagger_auto_schema(
    method="post",
    request_body=ThreeDescription,
    responses={200: _answer("It is.", updated=True)},
)
@api_view(["POST"])
@authentication_classes([LastingBearer])
@throttle_classes(throttles.PROFILE)
def description(request: Request) -> Response:
    """Say something about yourself, or nothing."""
    sent = ThreeDescription(data=request.data)
    sent.is_valid(raise_exception=True)
    accounts.change_profile(
        user=viewer(request), changes={"bio": sent.validated_data["description"]}
    )
    return Response({"updated": True})


@swagger_auto_schema(
    method="post",
    request_body=ThreeUpload,
    responses={
        200: _answer("It hangs.", uploaded=True),
        202: _answer(
            "It was taken, and hangs as soon as it is prepared.",
            uploaded=False,
            reasonForFailure="Your picture is still being prepared. It will appear by itself.",
        ),
        503: NO_STORE,
    },
)
@api_view(["POST"])
@authentication_classes([LastingBearer])
@throttle_classes([throttle("post")])
def upload(request: Request) -> Response:
    """Hang a picture in the place `Pos`, instead of the one before it; answered once it hangs."""
    sent = ThreeUpload(data=request.data)
    sent.is_valid(raise_exception=True)
    hanging = actions.hang_picture(owner=viewer(request), field="File", **sent.validated_data)
    return _outcome(wait_until_settled(hanging.pk, settings.UPLOAD_WAIT))


def _outcome(hanging: Hanging | None) -> Response:
    """What became of a picture that was waited for."""
    if hanging is None:  # the place was cleared meanwhile
        raise Missing
    if hanging.media.state == Media.State.FAILED:
        actions.refuse_failed(hanging=hanging, field="File")
    if hanging.is_to_come:
        reason = "Your picture is still being prepared. It will appear by itself."
        return Response({"uploaded": False, "reasonForFailure": reason}, status=202)
    return Response({"uploaded": True})
