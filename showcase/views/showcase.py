"""HTTP doors of the three places of a profile, what hung there before, and what is new (T8)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import generics
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from common.documents import FORBIDDEN, PAGED, error, page_of
from common.errors import Missing
from common.pagination import NewestFirst
from common.throttles import throttle
from common.waiting import seconds_asked
from posts.documents import NO_STORE, WAIT
from showcase import actions, pages
from showcase.documents import SHOWCASE
from showcase.models import Hanging
from showcase.serializers import (
    FormerCard,
    NewsCard,
    PictureWrite,
    PlaceCard,
    ShowcaseCard,
    former_card,
    news_card,
)
from showcase.waiting import wait_until_settled
from users.models import User
from users.viewer import viewer, viewer_or_guest

NOT_TAKEN = error(
    "not_a_photo",
    "The file is no photo, the id is of none of yours, or there are both or neither.",
    "This file is not a photo. Photos can be JPEG, PNG, WebP, GIF, HEIC or AVIF.",
)


class LatestHung(NewestFirst):
    ordering = ("-hung_at", "-id")


class LatestTakenDown(NewestFirst):
    ordering = ("-taken_down_at", "-id")


def _person(asking: User | None, username: str) -> User:
    """Somebody whom the viewer may see. Missing, closed and blocked either way are alike."""
    found: User | None = User.objects.visible_to(asking).named(username).first()
    if found is None:
        raise Missing
    return found


def _oneself(request: Request, username: str) -> User:
    """The viewer, if it is they; a 403 for who can be seen and a 404 for who cannot."""
    if _person(viewer(request), username) != viewer(request):
        raise PermissionDenied
    return viewer(request)


class Showcase(APIView):
    """The three places of a profile."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(
        responses={200: openapi.Response("The three places.", ShowcaseCard, examples=SHOWCASE)}
    )
    def get(self, request: Request, username: str) -> Response:
        """The three places of somebody's showcase, and what hangs there.

        The places of a private account look empty to those who do not follow it.
        """
        asking = viewer_or_guest(request)
        return Response(pages.showcase(_person(asking, username), asking))


class OnePlace(APIView):
    """One's own places are filled and emptied; each is read with the showcase."""

    throttle_classes = [throttle("post")]

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "DELETE" else super().get_throttles()

    @swagger_auto_schema(
        request_body=PictureWrite,
        manual_parameters=[WAIT],
        responses={200: PlaceCard, 400: NOT_TAKEN, 403: FORBIDDEN, 503: NO_STORE},
    )
    def put(self, request: Request, username: str, place: str) -> Response:
        """Hang a picture in one of your places; the present one stays until it is prepared."""
        owner = _oneself(request, username)
        seconds = seconds_asked(request)
        sent = PictureWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        hang = actions.hang_picture if "file" in sent.validated_data else actions.hang_photo
        hanging = hang(owner=owner, place=place, **sent.validated_data)
        wait_until_settled(hanging.pk, seconds)
        return _place(owner, place)

    @swagger_auto_schema(responses={200: PlaceCard, 403: FORBIDDEN})
    def delete(self, request: Request, username: str, place: str) -> Response:
        """Take down what hangs in one of your places, and what is to come; twice is once."""
        owner = _oneself(request, username)
        actions.clear_place(owner=owner, place=place)
        return _place(owner, place)


def _place(owner: User, place: str) -> Response:
    shown = pages.showcase(owner, owner)["places"]
    return Response(next(each for each in shown if each["place"] == place))


class History(generics.GenericAPIView[Hanging]):
    """What hung in one's own places before."""

    serializer_class = FormerCard
    queryset = Hanging.objects.none()
    pagination_class = LatestTakenDown

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest first.", page_of(FormerCard))},
    )
    def get(self, request: Request, username: str) -> Response:
        """What hung in your places before, for you alone."""
        me = viewer(request)
        if _person(me, username) != me:
            raise Missing
        found: Any = self.paginate_queryset(Hanging.objects.kept_by(me).for_pictures())
        urls = pages.signed(found, me)
        return self.get_paginated_response([former_card(each, urls) for each in found])


class Feed(generics.GenericAPIView[Hanging]):
    """Who among those whom one follows has hung something."""

    serializer_class = NewsCard
    queryset = Hanging.objects.none()
    pagination_class = LatestHung

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest first.", page_of(NewsCard))},
    )
    def get(self, request: Request) -> Response:
        """What those whom you follow have hung in the last seven days, and hangs there still."""
        me = viewer(request)
        news = Hanging.objects.visible_to(me).news_for(me).for_cards()
        found: Any = self.paginate_queryset(news)
        urls = pages.signed(found, me)
        return self.get_paginated_response([news_card(each, urls) for each in found])
