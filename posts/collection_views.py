"""HTTP doors of what one keeps for oneself: saves, their collections, and posts reacted to."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import MISSING, PAGED, error, page_of
from common.pagination import NewestFirst
from common.throttles import throttle
from posts.actions import saves
from posts.answers import shown, visible_post
from posts.collection_serializers import (
    CollectionCard,
    CollectionChange,
    CollectionWrite,
    SaveWrite,
)
from posts.documents import NOT_PUBLISHED, POST_PAGE
from posts.models import Collection, Post
from posts.serializers import PostCard
from users.viewer import viewer

_TAGS = ["saved"]
_FULL = error("too_many_collections", "As many as there may be.", saves.TooManyCollections.detail)
_COLLECTION = openapi.Parameter(
    "collection", openapi.IN_QUERY, type=openapi.TYPE_INTEGER, description="Only what is in it."
)


class ByListing(NewestFirst):
    """By what put a post on the list: `listed_id`."""

    ordering: Any = ("-listed_id",)


class ByPosition(NewestFirst):
    ordering: Any = ("position", "id")


class Save(APIView):
    """Keeping a post for oneself; the second time changes nothing."""

    throttle_classes = [throttle("save")]

    @swagger_auto_schema(
        tags=_TAGS, request_body=SaveWrite, responses={200: PostCard, 409: NOT_PUBLISHED}
    )
    def post(self, request: Request, post_id: int) -> Response:
        """Save a post, if you like in one of your collections. Nobody is told who saved it."""
        post = visible_post(request, post_id)
        sent = SaveWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        saves.save_post(post=post, owner=viewer(request), changes=sent.validated_data)
        return shown(request, post.pk)

    @swagger_auto_schema(tags=_TAGS, responses={200: PostCard, 409: NOT_PUBLISHED})
    def delete(self, request: Request, post_id: int) -> Response:
        """Save a post no more; twice is once."""
        post = visible_post(request, post_id)
        saves.unsave_post(post=post, owner=viewer(request))
        return shown(request, post.pk)


# --- One's own lists -----------------------------------------------------------------------------


class Saved(generics.ListAPIView[Post]):
    """What the viewer has saved, and may still see."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = ByListing

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        found = Post.objects.visible_to(me).published().saved_by(me, self.collection())
        return found.for_cards().with_marks_of(me)

    def collection(self) -> Collection | None:
        """The one that is asked for. A 404 when the viewer has no such."""
        sent = self.request.query_params.get("collection")
        if not sent:
            return None
        if not sent.isascii() or not sent.isdigit():
            raise ValidationError({"collection": ["A whole number, please."]})
        if len(sent) > 18:
            raise Http404
        return get_object_or_404(Collection.objects.visible_to(viewer(self.request)), pk=int(sent))

    @swagger_auto_schema(
        tags=_TAGS,
        manual_parameters=[*PAGED, _COLLECTION],
        responses={200: POST_PAGE, 404: MISSING},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What you have saved, the latest saved first."""
        return self.list(request, *args, **kwargs)


class Reacted(generics.ListAPIView[Post]):
    """What the viewer has reacted to, and may still see."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = ByListing

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        found = Post.objects.visible_to(me).published().reacted_by(me)
        return found.for_cards().with_marks_of(me)

    @swagger_auto_schema(tags=["posts"], manual_parameters=PAGED, responses={200: POST_PAGE})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What you have reacted to, the latest reaction first."""
        return self.list(request, *args, **kwargs)


# --- Collections ---------------------------------------------------------------------------------


class Collections(generics.ListAPIView[Collection]):
    """The viewer's collections, in their order."""

    serializer_class = CollectionCard
    queryset = Collection.objects.none()
    pagination_class = ByPosition
    throttle_classes = [throttle("save")]

    def get_queryset(self) -> QuerySet[Collection]:
        me = viewer(self.request)
        return Collection.objects.visible_to(me).for_cards(me)

    @swagger_auto_schema(
        tags=_TAGS,
        manual_parameters=PAGED,
        responses={200: openapi.Response("In your order.", page_of(CollectionCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Your collections of what you have saved."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(
        tags=_TAGS, request_body=CollectionWrite, responses={201: CollectionCard, 409: _FULL}
    )
    def post(self, request: Request) -> Response:
        """Make a collection, after those that you have."""
        sent = CollectionWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        made = saves.create_collection(owner=viewer(request), **sent.validated_data)
        return _answer(request, made.pk, status.HTTP_201_CREATED)


class OneCollection(APIView):
    throttle_classes = [throttle("save")]

    @swagger_auto_schema(tags=_TAGS, responses={200: CollectionCard})
    def get(self, request: Request, collection_id: int) -> Response:
        """One of your collections; `GET /posts/saved/?collection=` is what is in it."""
        return _answer(request, collection_id)

    @swagger_auto_schema(tags=_TAGS, request_body=CollectionChange, responses={200: CollectionCard})
    def patch(self, request: Request, collection_id: int) -> Response:
        """Rename a collection, move it among yours, or choose its cover."""
        collection = _own(request, collection_id)
        sent = CollectionChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        saves.change_collection(
            collection=collection, owner=viewer(request), changes=sent.validated_data
        )
        return _answer(request, collection_id)

    @swagger_auto_schema(tags=_TAGS, responses={204: "Deleted."})
    def delete(self, request: Request, collection_id: int) -> Response:
        """Delete a collection; what is in it stays saved."""
        saves.delete_collection(collection=_own(request, collection_id), owner=viewer(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(request: Request, collection_id: int) -> Collection:
    return get_object_or_404(Collection.objects.visible_to(viewer(request)), pk=collection_id)


def _answer(request: Request, collection_id: int, code: int = status.HTTP_200_OK) -> Response:
    me = viewer(request)
    found = Collection.objects.visible_to(me).for_cards(me)
    collection = get_object_or_404(found, pk=collection_id)
    return Response(CollectionCard(collection, context={"request": request}).data, status=code)
