"""HTTP doors of follow, block and mute, and of the lists of people that come from them."""

from collections.abc import Callable
from typing import Any

from drf_yasg import openapi
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework.decorators import api_view, permission_classes, throttle_classes
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from common.documents import FORBIDDEN, PAGED, page_of
from common.errors import Missing, Refusal
from common.pagination import NewestFirst
from common.throttles import throttle
from users.actions import relationships
from users.models import Block, Follow, FollowRequest, Mute, User
from users.querysets import PairQuerySet, UserQuerySet
from users.serializers import (
    MuteWrite,
    PersonCard,
    ViewerRelations,
    person_card,
    relations,
)
from users.viewer import viewer, viewer_or_guest

RELATION = openapi.Response("What the two of you are to each other now.", ViewerRelations)
PEOPLE = openapi.Response("People, the latest first.", page_of(PersonCard))


class PrivateAccount(Refusal):
    code = "private_account"
    status = 403
    detail = "This account is private. Follow it to see more."


def _reachable(request: Request, username: str) -> User:
    return _named(User.objects.reachable_by(viewer(request)), username)


def _named(people: UserQuerySet, username: str) -> User:
    target: User | None = people.named(username).first()
    if target is None:
        raise Missing
    return target


def _relation(request: Request, target: User) -> Response:
    found = User.objects.with_relations_to(viewer(request)).get(pk=target.pk)
    return Response(relations(found))


def _do(request: Request, username: str, action: Callable[..., None], **extra: Any) -> Response:
    return _with(request, _reachable(request, username), action, **extra)


def _with(request: Request, target: User, action: Callable[..., None], **extra: Any) -> Response:
    action(owner=viewer(request), target=target, **extra)
    return _relation(request, target)


@swagger_auto_schema(
    method="post",
    request_body=no_body,
    responses={200: RELATION, 403: FORBIDDEN},
)
@swagger_auto_schema(method="delete", responses={200: RELATION})
@api_view(["POST", "DELETE"])
@throttle_classes([throttle("follow")])
def follow(request: Request, username: str) -> Response:
    """Follow somebody, or ask to if the account is private; DELETE undoes either."""
    if request.method == "DELETE":
        return _do(request, username, relationships.unfollow_user)
    return _do(request, username, relationships.follow_user)


@swagger_auto_schema(method="post", request_body=no_body, responses={200: RELATION})
@swagger_auto_schema(method="delete", responses={200: RELATION})
@api_view(["POST", "DELETE"])
@throttle_classes([throttle("follow")])
def block(request: Request, username: str) -> Response:
    """Block somebody: neither sees the other, both follows end; DELETE undoes the block alone."""
    if request.method == "DELETE":  # who blocks back is reached for this alone
        owner = viewer(request)
        people = User.objects.reachable_by(owner) | User.objects.blocked_by(owner)
        return _with(request, _named(people, username), relationships.unblock_user)
    return _do(request, username, relationships.block_user)


@swagger_auto_schema(method="post", request_body=MuteWrite, responses={200: RELATION})
@swagger_auto_schema(method="delete", responses={200: RELATION})
@api_view(["POST", "DELETE"])
@throttle_classes([throttle("follow")])
def mute(request: Request, username: str) -> Response:
    """Keep somebody's posts out of your timeline, for good or until a time; DELETE undoes it."""
    if request.method == "DELETE":
        return _do(request, username, relationships.unmute_user)
    sent = MuteWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    return _do(request, username, relationships.mute_user, **sent.validated_data)


@swagger_auto_schema(method="post", request_body=no_body, responses={200: RELATION})
@swagger_auto_schema(method="delete", responses={200: RELATION})
@api_view(["POST", "DELETE"])
def follow_request(request: Request, username: str) -> Response:
    """Let somebody follow you who has asked to; DELETE refuses, and they are not told."""
    requester = _reachable(request, username)
    decide = relationships.accept_request
    if request.method == "DELETE":
        decide = relationships.refuse_request
    decide(owner=viewer(request), requester=requester)
    return _relation(request, requester)


@swagger_auto_schema(method="delete", responses={200: RELATION})
@api_view(["DELETE"])
def follower(request: Request, username: str) -> Response:
    """Remove somebody from your followers; they are not told."""
    target = _reachable(request, username)
    relationships.unfollow_user(owner=target, target=viewer(request))
    return _relation(request, target)


# --- Lists -------------------------------------------------------------------------------------


def _people(request: Request, rows: PairQuerySet, side: str) -> Response:
    """One page of the people on `side` of relation rows, without those hidden from the viewer."""
    seen = User.objects.visible_to(viewer_or_guest(request))
    return _page(request, rows.filter(**{f"{side}__in": seen}), side)


def _page(request: Request, rows: PairQuerySet, side: str) -> Response:
    pages = NewestFirst()
    found = pages.paginate_queryset(rows.for_cards(side), request) or []
    return pages.get_paginated_response([person_card(getattr(row, side)) for row in found])


def _profile_for_lists(request: Request, username: str) -> User:
    """Whose lists are asked for; those of a private account are for its followers."""
    asking = viewer_or_guest(request)
    target = _named(User.objects.visible_to(asking), username)
    if target.is_private and not _is_let_in(asking, target):
        raise PrivateAccount
    return target


def _is_let_in(asking: User | None, target: User) -> bool:
    if asking is None:
        return False
    return asking == target or Follow.objects.filter(owner=asking, target=target).exists()


@swagger_auto_schema(method="get", manual_parameters=PAGED, responses={200: PEOPLE, 403: FORBIDDEN})
@api_view(["GET"])
@permission_classes([IsAuthenticatedOrReadOnly])
def followers(request: Request, username: str) -> Response:
    """Who follows somebody."""
    target = _profile_for_lists(request, username)
    return _people(request, Follow.objects.filter(target=target), "owner")


@swagger_auto_schema(method="get", manual_parameters=PAGED, responses={200: PEOPLE, 403: FORBIDDEN})
@api_view(["GET"])
@permission_classes([IsAuthenticatedOrReadOnly])
def following(request: Request, username: str) -> Response:
    """Whom somebody follows."""
    target = _profile_for_lists(request, username)
    return _people(request, Follow.objects.filter(owner=target), "target")


@swagger_auto_schema(method="get", manual_parameters=PAGED, responses={200: PEOPLE})
@api_view(["GET"])
def follow_requests(request: Request) -> Response:
    """Who asks to follow you."""
    return _people(request, FollowRequest.objects.filter(target=viewer(request)), "owner")


@swagger_auto_schema(method="get", manual_parameters=PAGED, responses={200: PEOPLE})
@api_view(["GET"])
def blocks(request: Request) -> Response:
    """Whom you have blocked."""
    owner = viewer(request)
    rows = Block.objects.filter(owner=owner, target__in=User.objects.blocked_by(owner))
    return _page(request, rows, "target")


@swagger_auto_schema(method="get", manual_parameters=PAGED, responses={200: PEOPLE})
@api_view(["GET"])
def mutes(request: Request) -> Response:
    """Whom you have muted."""
    return _people(request, Mute.objects.all().in_force().filter(owner=viewer(request)), "target")
