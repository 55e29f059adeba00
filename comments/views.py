"""HTTP doors of comments: each is reached only through its own post (Y10)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from comments import actions
from comments.models import Comment
from comments.serializers import CommentCard, CommentWrite
from common.documents import FORBIDDEN, PAGED, page_of
from common.idempotency import key_of
from common.pagination import OldestFirst
from common.throttles import throttle
from posts.documents import CONFLICT, KEY
from posts.models import Post
from users.viewer import viewer, viewer_or_guest


def visible_post(request: Request, post_id: int) -> Post:
    """The post, if the viewer may see it. A 404 otherwise."""
    return get_object_or_404(Post.objects.visible_to(viewer_or_guest(request)), pk=post_id)


def visible_comment(request: Request, post_id: int, comment_id: int) -> Comment:
    """A comment under this very post, if the viewer may see both. A 404 otherwise."""
    comments = Comment.objects.visible_to(viewer_or_guest(request)).filter(post=post_id)
    return get_object_or_404(comments.select_related("post"), pk=comment_id)


def shown(request: Request, comment_id: int, code: int = status.HTTP_200_OK) -> Response:
    """A comment as the viewer sees it now."""
    comments = Comment.objects.visible_to(viewer_or_guest(request)).for_cards()
    return Response(CommentCard(get_object_or_404(comments, pk=comment_id)).data, status=code)


class Comments(generics.ListCreateAPIView[Comment]):
    """The comments of a post, the oldest first."""

    serializer_class = CommentCard
    queryset = Comment.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = OldestFirst
    throttle_classes = [throttle("comment")]

    def get_queryset(self) -> QuerySet[Comment]:
        post = visible_post(self.request, self.kwargs["post_id"])
        return Comment.objects.visible_to(viewer_or_guest(self.request)).under(post).for_cards()

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The oldest first.", page_of(CommentCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The comments under a post."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(
        request_body=CommentWrite,
        manual_parameters=[KEY],
        responses={201: CommentCard, 409: CONFLICT},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Comment on a post."""
        post = visible_post(request, kwargs["post_id"])
        sent = CommentWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        text = sent.validated_data["text"]
        key = key_of(request, [str(post.pk).encode(), text.encode()])
        made = actions.add_comment(post=post, author=viewer(request), text=text, key=key)
        return shown(request, made.pk, status.HTTP_201_CREATED)


class OneComment(generics.RetrieveUpdateDestroyAPIView[Comment]):
    """One comment, through its own post."""

    serializer_class = CommentCard
    queryset = Comment.objects.none()
    lookup_url_kwarg = "comment_id"
    permission_classes = [IsAuthenticatedOrReadOnly]
    throttle_classes = [throttle("comment")]

    def get_queryset(self) -> QuerySet[Comment]:
        comments = Comment.objects.visible_to(viewer_or_guest(self.request))
        return comments.filter(post=self.kwargs["post_id"]).for_cards()

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "DELETE" else super().get_throttles()

    @swagger_auto_schema(responses={200: CommentCard})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A comment."""
        return self.retrieve(request, *args, **kwargs)

    @swagger_auto_schema(request_body=CommentWrite, responses={200: CommentCard, 403: FORBIDDEN})
    def put(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what your comment says; what it said before is kept."""
        return self._edit(request, partial=False)

    @swagger_auto_schema(request_body=CommentWrite, responses={200: CommentCard, 403: FORBIDDEN})
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what your comment says, if a text is sent."""
        return self._edit(request, partial=True)

    def _edit(self, request: Request, *, partial: bool) -> Response:
        comment = visible_comment(request, **self.kwargs)
        sent = CommentWrite(data=request.data, partial=partial)
        sent.is_valid(raise_exception=True)
        text = sent.validated_data.get("text", comment.text)
        actions.edit_comment(comment=comment, editor=viewer(request), text=text)
        return shown(request, comment.pk)

    @swagger_auto_schema(responses={204: "Deleted.", 403: FORBIDDEN})
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete your own comment, or any under your own post."""
        comment = visible_comment(request, **kwargs)
        actions.delete_comment(comment=comment, deleter=viewer(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
