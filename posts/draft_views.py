"""HTTP doors of drafts: the list of them, their pictures, and publishing one."""

from typing import Any

from django.db.models import QuerySet
from drf_yasg import openapi
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from common.documents import FORBIDDEN, PAGED, page_of
from common.pagination import NewestFirst
from common.throttles import throttle
from common.waiting import seconds_asked, wait_while
from posts.actions import drafts, scheduling
from posts.answers import shown, visible_post
from posts.documents import NO_STORE, NOT_A_DRAFT, NOT_READY, NOT_TO_REMOVE, WAIT
from posts.models import Post
from posts.serializers import PostCard
from posts.write_serializers import AltTextWrite, PicturesWrite
from users.viewer import viewer


class Drafts(generics.ListAPIView[Post]):
    """One's own drafts, scheduled ones too."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        return Post.objects.visible_to(me).of(me).drafts().for_cards().with_marks_of(me)

    @swagger_auto_schema(
        tags=["drafts"],
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest first.", page_of(PostCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Your drafts, which nobody else sees: `publish_at` tells those that are scheduled."""
        return self.list(request, *args, **kwargs)


class Publish(APIView):
    throttle_classes = [throttle("post")]

    @swagger_auto_schema(
        tags=["drafts"],
        request_body=no_body,
        manual_parameters=[WAIT],
        responses={200: PostCard, 403: FORBIDDEN, 409: NOT_READY},
    )
    def post(self, request: Request, post_id: int) -> Response:
        """Publish your draft now, or as soon as its pictures are ready; twice is once."""
        seconds = seconds_asked(request)
        post = visible_post(request, post_id)
        scheduling.publish_draft(post=post, editor=viewer(request))
        wait_while(Post.objects.filter(pk=post.pk).to_come().exists, seconds)
        return shown(request, post.pk)


class Pictures(APIView):
    throttle_classes = [throttle("post")]

    @swagger_auto_schema(
        tags=["drafts"],
        request_body=PicturesWrite,
        responses={200: PostCard, 403: FORBIDDEN, 409: NOT_A_DRAFT, 503: NO_STORE},
    )
    def post(self, request: Request, post_id: int) -> Response:
        """Put pictures behind those of your draft; their order is changed by `PATCH`."""
        post = visible_post(request, post_id)
        sent = PicturesWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        drafts.add_pictures(post=post, editor=viewer(request), **sent.validated_data)
        return shown(request, post.pk)


class OnePicture(APIView):
    throttle_classes = [throttle("post")]

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "DELETE" else super().get_throttles()

    @swagger_auto_schema(
        tags=["drafts"],
        request_body=AltTextWrite,
        responses={200: PostCard, 403: FORBIDDEN, 409: NOT_A_DRAFT},
    )
    def patch(self, request: Request, post_id: int, media_id: int) -> Response:
        """Say what one picture of your draft shows."""
        post = visible_post(request, post_id)
        sent = AltTextWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        drafts.describe_picture(
            post=post, editor=viewer(request), media_id=media_id, **sent.validated_data
        )
        return shown(request, post.pk)

    @swagger_auto_schema(
        tags=["drafts"], responses={200: PostCard, 403: FORBIDDEN, 409: NOT_TO_REMOVE}
    )
    def delete(self, request: Request, post_id: int, media_id: int) -> Response:
        """Delete one picture of your draft; the others move up. The second time is a 404."""
        post = visible_post(request, post_id)
        drafts.remove_picture(post=post, editor=viewer(request), media_id=media_id)
        return shown(request, post.pk)
