"""HTTP doors of a person's page: read by whom it reaches, changed by its owner."""

from django.core.exceptions import PermissionDenied
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework.decorators import api_view, permission_classes, throttle_classes
from rest_framework.permissions import SAFE_METHODS, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from common.documents import FORBIDDEN, error
from common.errors import Missing
from users import throttles
from users.actions import accounts
from users.authentication import forget
from users.documents import PROFILE
from users.models import User
from users.querysets import UserQuerySet
from users.serializers import AccountDeletionWrite, ProfileDetail, ProfileWrite, profile
from users.viewer import viewer, viewer_or_guest

PAGE = openapi.Response("The person's page.", ProfileDetail, examples=PROFILE)
TAKEN = error("taken", "The name is taken, or a field is wrong.", "Somebody has this name already.")
WRONG_PASSWORD = error("wrong_password", "Not your password.", "That is not your password.")


def _load(people: UserQuerySet, asking: User | None) -> User:
    """The one of `people` as the viewer may see them. Missing, closed and blocking are alike."""
    people = people.reachable_by(asking).select_related("avatar")
    found: User | None = (people.with_relations_to(asking) if asking else people).first()
    if found is None:
        raise Missing
    return found


def _own(user: User) -> Response:
    return Response(profile(_load(User.objects.filter(pk=user.pk), user), user))


@swagger_auto_schema(method="get", responses={200: PAGE})
@api_view(["GET"])
def me(request: Request) -> Response:
    """Your own page, with your e-mail address."""
    return _own(viewer(request))


@swagger_auto_schema(method="get", responses={200: PAGE})
@swagger_auto_schema(
    method="put",
    request_body=ProfileWrite,
    responses={200: PAGE, 400: TAKEN, 403: FORBIDDEN},
    operation_description="Change the fields that are sent, of your own page; as PATCH.",
)
@swagger_auto_schema(
    method="patch",
    request_body=ProfileWrite,
    responses={200: PAGE, 400: TAKEN, 403: FORBIDDEN},
    operation_description="Change the fields that are sent, of your own page.",
)
@swagger_auto_schema(
    method="delete",
    request_body=AccountDeletionWrite,
    responses={204: "Deleted.", 400: WRONG_PASSWORD, 403: FORBIDDEN},
    operation_description="Delete your account. Gone at once; its data are purged later.",
)
@api_view(["GET", "PUT", "PATCH", "DELETE"])
@permission_classes([IsAuthenticatedOrReadOnly])
@throttle_classes(throttles.PROFILE)
def person(request: Request, username: str) -> Response:
    """A person's page: what they tell of themselves, counts, and what you are to them."""
    asking = viewer_or_guest(request)
    found = _load(User.objects.all().named(username), asking)
    if request.method in SAFE_METHODS:
        return Response(profile(found, asking))
    if found.pk != viewer(request).pk:
        raise PermissionDenied
    return _delete(request) if request.method == "DELETE" else _change(request)


def _change(request: Request) -> Response:
    user = viewer(request)
    sent = ProfileWrite(data=request.data, partial=True)
    sent.is_valid(raise_exception=True)
    accounts.change_profile(user=user, changes=sent.validated_data)
    forget(request)  # so that the timeline knows of a changed setting at once
    return _own(user)


def _delete(request: Request) -> Response:
    sent = AccountDeletionWrite(data=request.data)
    sent.is_valid(raise_exception=True)
    accounts.delete_user(user=viewer(request), **sent.validated_data)
    return Response(status=204)
