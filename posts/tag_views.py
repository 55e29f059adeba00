"""HTTP doors of tags, and of the posts that mention one; generic views as in `posts.views`."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from drf_yasg import openapi
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import PAGED, error, page_of
from common.errors import Invalid, Missing
from common.keyset import ByRow
from common.pagination import NewestFirst
from common.throttles import throttle
from posts import tagging
from posts.actions import tags
from posts.documents import POST_PAGE, SORT
from posts.models import Post, TagFollow
from posts.serializers import FollowedTag, PostCard, TagDetail
from posts.tags import clean_tag
from users.models import User
from users.viewer import viewer, viewer_or_guest

DOCUMENTED = ["tags"]
TOO_MANY = error("too_many_tags", "You follow as many as can be.", tags.TooManyTags.detail)


def tag_named(name: str) -> str:
    """The tag that an address names, in any spelling; missing where no tag can be called so.

    A `#` before it (`%23`) is not part of it: so a tag that is called like one of our pages has
    an address too.
    """
    try:
        return clean_tag(name)
    except Invalid as refusal:
        raise Missing from refusal


def tag_card(tag: str, asking: User | None) -> dict[str, Any]:
    followed = asking is not None and TagFollow.objects.of(asking).filter(tag=tag).exists()
    count = tagging.posts_count(tag, asking)
    return {"name": tag, "posts_count": count, "is_followed": followed}


class OneTag(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(responses={200: TagDetail}, tags=DOCUMENTED)
    def get(self, request: Request, name: str) -> Response:
        """A tag, in any spelling. One that nobody uses has no posts.

        Write `%23` before a tag that is called like a page: `/tags/%23followed/`.
        """
        return Response(tag_card(tag_named(name), viewer_or_guest(request)))


class FollowTag(APIView):
    throttle_classes = [throttle("follow")]

    @swagger_auto_schema(
        request_body=no_body, responses={200: TagDetail, 409: TOO_MANY}, tags=DOCUMENTED
    )
    def post(self, request: Request, name: str) -> Response:
        """Follow a tag; twice is once."""
        tag = tag_named(name)
        tags.follow_tag(owner=viewer(request), tag=tag)
        return Response(tag_card(tag, viewer(request)))

    @swagger_auto_schema(responses={200: TagDetail}, tags=DOCUMENTED)
    def delete(self, request: Request, name: str) -> Response:
        """Follow a tag no longer; twice is once."""
        tag = tag_named(name)
        tags.unfollow_tag(owner=viewer(request), tag=tag)
        return Response(tag_card(tag, viewer(request)))


class FollowedTags(generics.ListAPIView[TagFollow]):
    serializer_class = FollowedTag
    queryset = TagFollow.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[TagFollow]:
        return TagFollow.objects.of(viewer(self.request))

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest first.", page_of(FollowedTag))},
        tags=DOCUMENTED,
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The tags that you follow."""
        return self.list(request, *args, **kwargs)


class Recent(ByRow):
    kind = "r"
    columns = ("tagged_at", "tagged_id")
    timed = True


class Top(ByRow):
    kind = "t"
    columns = ("weight", "tagged_id")


SORTS = {"recent": Recent, "top": Top}


class PostsOfTag(generics.ListAPIView[Post]):
    """The posts with a tag, as far as the viewer may see them and has not muted who wrote them."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]

    @cached_property
    def paginator(self) -> ByRow:
        sort = self.request.query_params.get("sort", "recent")
        if sort not in SORTS:
            raise ValidationError({"sort": [f"One of {', '.join(SORTS)}, please."]})
        return SORTS[sort]()

    def get_queryset(self) -> QuerySet[Post]:
        asking = viewer_or_guest(self.request)
        found = tagging.posts_on(tag_named(self.kwargs["name"]), asking)
        return found.for_cards().with_marks_of(asking)

    @swagger_auto_schema(
        manual_parameters=[*PAGED, SORT], responses={200: POST_PAGE}, tags=DOCUMENTED
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The posts with a tag that you may see, the newest first or those most reacted to.

        `top` goes by reactions, from a hundred on in steps of a tenth to a hundredth; among
        equals the newest is first.
        """
        return self.list(request, *args, **kwargs)


class ByMention(NewestFirst):
    ordering = ("-mention_id",)


class PostsMentioningMe(generics.ListAPIView[Post]):
    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = ByMention

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        found = Post.objects.visible_to(me).wanted_by(me).mentioning(me)
        return found.for_cards().with_marks_of(me)

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest mention first.", page_of(PostCard))},
        tags=["posts"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The published posts that mention you."""
        return self.list(request, *args, **kwargs)
