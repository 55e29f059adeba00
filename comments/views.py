"""HTTP doors of comments: each is reached only through its own post (Y10)."""

from collections.abc import Iterator
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
from rest_framework.views import APIView

from comments import actions
from comments.actions import reactions
from comments.models import Comment, CommentReaction
from comments.pages import SORT, ThreadPages
from comments.serializers import (
    CommentCard,
    CommentChange,
    CommentReactionCard,
    CommentWrite,
)
from common.documents import FORBIDDEN, PAGED, page_of
from common.idempotency import key_of
from common.pagination import NewestFirst
from common.throttles import throttle
from posts.documents import CONFLICT, EMOJI, KEY, NO_STORE, NOT_PUBLISHED
from posts.emojis import clean_emoji
from posts.models import Post
from posts.serializers import ReactionSummary
from posts.write_serializers import ReactionWrite
from users.viewer import viewer, viewer_or_guest

THREAD_PAGE = openapi.Response("One level of the thread.", page_of(CommentCard))


def visible_post(request: Request, post_id: int) -> Post:
    """The post, if the viewer may see it. A 404 otherwise."""
    return get_object_or_404(Post.objects.visible_to(viewer_or_guest(request)), pk=post_id)


def visible_comment(request: Request, post_id: int, comment_id: int) -> Comment:
    """A comment under this very post, if the viewer may see both. A 404 otherwise."""
    comments = Comment.objects.visible_to(viewer_or_guest(request)).filter(post=post_id)
    return get_object_or_404(comments.select_related("post"), pk=comment_id)


def shown(request: Request, comment_id: int, code: int = status.HTTP_200_OK) -> Response:
    """A comment as the viewer sees it now."""
    asking = viewer_or_guest(request)
    comments = Comment.objects.visible_to(asking).for_cards().with_marks_of(asking)
    card = CommentCard(get_object_or_404(comments, pk=comment_id), context={"request": request})
    return Response(card.data, status=code)


class Comments(generics.ListCreateAPIView[Comment]):
    """What stands right below a post."""

    serializer_class = CommentCard
    queryset = Comment.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ThreadPages
    throttle_classes = [throttle("comment")]

    def get_queryset(self) -> QuerySet[Comment]:
        post = visible_post(self.request, self.kwargs["post_id"])
        asking = viewer_or_guest(self.request)
        found = Comment.objects.listed_to(asking).at_the_top_of(post)
        return found.for_cards().with_marks_of(asking)

    @swagger_auto_schema(manual_parameters=[*PAGED, SORT], responses={200: THREAD_PAGE})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The comments right below a post; each tells how many replies it has."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(
        request_body=CommentWrite,
        manual_parameters=[KEY],
        responses={201: CommentCard, 409: CONFLICT, 503: NO_STORE},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Comment on a post, or answer a comment under it.

        Others see the picture, if there is one, once its renditions are made.
        """
        post = visible_post(request, kwargs["post_id"])
        sent = CommentWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        key = key_of(request, _parts(post, sent.validated_data))
        made = actions.add_comment(
            post=post, author=viewer(request), key=key, **sent.validated_data
        )
        return shown(request, made.pk, status.HTTP_201_CREATED)


def _parts(post: Post, sent: dict[str, Any]) -> Iterator[bytes]:
    """What makes a request this one and no other."""
    yield str(post.pk).encode()
    yield sent["text"].encode()
    if sent["parent_id"] is not None:
        yield f"below {sent['parent_id']}".encode()
    if image := sent.get("image"):
        yield f"{image.size} bytes".encode()
        yield from image.chunks()
        yield sent["alt_text"].encode()


class Replies(generics.ListAPIView[Comment]):
    """What stands right below a comment."""

    serializer_class = CommentCard
    queryset = Comment.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ThreadPages

    def get_queryset(self) -> QuerySet[Comment]:
        asking = viewer_or_guest(self.request)
        comments = Comment.objects.listed_to(asking)
        above = comments.filter(post=self.kwargs["post_id"])
        parent = get_object_or_404(above, pk=self.kwargs["comment_id"])
        return comments.below(parent).for_cards().with_marks_of(asking)

    @swagger_auto_schema(manual_parameters=[*PAGED, SORT], responses={200: THREAD_PAGE})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The replies right below a comment, of which each may have its own."""
        return self.list(request, *args, **kwargs)


class OneComment(generics.RetrieveUpdateDestroyAPIView[Comment]):
    """One comment, through its own post."""

    serializer_class = CommentCard
    queryset = Comment.objects.none()
    lookup_url_kwarg = "comment_id"
    permission_classes = [IsAuthenticatedOrReadOnly]
    throttle_classes = [throttle("comment")]

    def get_queryset(self) -> QuerySet[Comment]:
        asking = viewer_or_guest(self.request)
        comments = Comment.objects.visible_to(asking).filter(post=self.kwargs["post_id"])
        return comments.for_cards().with_marks_of(asking)

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "DELETE" else super().get_throttles()

    @swagger_auto_schema(responses={200: CommentCard})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A comment."""
        return self.retrieve(request, *args, **kwargs)

    @swagger_auto_schema(request_body=CommentChange, responses={200: CommentCard, 403: FORBIDDEN})
    def put(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what your comment says; what it said before is kept."""
        return self._edit(request, partial=False)

    @swagger_auto_schema(request_body=CommentChange, responses={200: CommentCard, 403: FORBIDDEN})
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what your comment says, if a text is sent."""
        return self._edit(request, partial=True)

    def _edit(self, request: Request, *, partial: bool) -> Response:
        comment = visible_comment(request, **self.kwargs)
        sent = CommentChange(data=request.data, partial=partial)
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


class Reactions(generics.ListAPIView[CommentReaction]):
    """Who reacted to a comment; one reaction a person, of any emoji."""

    serializer_class = CommentReactionCard
    queryset = CommentReaction.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = NewestFirst
    throttle_classes = [throttle("like")]

    def get_queryset(self) -> QuerySet[CommentReaction]:
        comment = visible_comment(self.request, **self.kwargs)
        asking = viewer_or_guest(self.request)
        found = CommentReaction.objects.visible_to(asking).to(comment).for_cards()
        sent = self.request.query_params.get("emoji")
        return found.filter(emoji=clean_emoji(sent)) if sent else found

    @swagger_auto_schema(
        manual_parameters=[*PAGED, EMOJI],
        responses={200: openapi.Response("The latest first.", page_of(CommentReactionCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who reacted to a comment that you may read, as far as you may see them."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(
        request_body=ReactionWrite, responses={200: CommentCard, 409: NOT_PUBLISHED}
    )
    def post(self, request: Request, post_id: int, comment_id: int) -> Response:
        """React to a comment. Another emoji replaces your first; the same one changes nothing."""
        comment = visible_comment(request, post_id, comment_id)
        sent = ReactionWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        reactions.set_reaction(comment=comment, owner=viewer(request), **sent.validated_data)
        return shown(request, comment.pk)

    @swagger_auto_schema(responses={200: CommentCard, 409: NOT_PUBLISHED})
    def delete(self, request: Request, post_id: int, comment_id: int) -> Response:
        """Take your reaction back, whichever it is; twice is once."""
        comment = visible_comment(request, post_id, comment_id)
        reactions.clear_reaction(comment=comment, owner=viewer(request))
        return shown(request, comment.pk)


class ByEmoji(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(responses={200: ReactionSummary})
    def get(self, request: Request, post_id: int, comment_id: int) -> Response:
        """How often each emoji stands at a comment."""
        comment = visible_comment(request, post_id, comment_id)
        return Response({"counts": list(CommentReaction.objects.to(comment).by_emoji())})
