"""HTTP doors of reposts: carrying a post on, and what somebody has carried on."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework import generics
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import PAGED, error
from common.pagination import NewestFirst
from common.throttles import throttle
from posts import pages
from posts.actions import reposts
from posts.answers import shown, visible_post
from posts.documents import NOT_PUBLISHED, POST_PAGE
from posts.models import Post
from posts.serializers import PostCard
from users.models import User
from users.viewer import viewer, viewer_or_guest

_TAGS = ["posts"]
_NOT_PUBLIC = error("not_public", "Not for everybody.", reposts.NotForEverybody.detail)
_OWN = error("own_post", "Your own. Or `not_published`.", reposts.OwnPost.detail)


class Repost(APIView):
    """Carrying a post on; the second time changes nothing."""

    throttle_classes = [throttle("repost")]

    @swagger_auto_schema(
        tags=_TAGS,
        request_body=no_body,
        responses={200: PostCard, 403: _NOT_PUBLIC, 409: _OWN},
    )
    def post(self, request: Request, post_id: int) -> Response:
        """Repost a post of another to those who follow you; twice is once."""
        post = visible_post(request, post_id)
        reposts.repost_post(post=post, owner=viewer(request))
        return shown(request, post.pk)

    @swagger_auto_schema(tags=_TAGS, responses={200: PostCard, 409: NOT_PUBLISHED})
    def delete(self, request: Request, post_id: int) -> Response:
        """Take your repost back; twice is once."""
        post = visible_post(request, post_id)
        reposts.unrepost_post(post=post, owner=viewer(request))
        return shown(request, post.pk)


class ByRepost(NewestFirst):
    ordering: Any = ("-listed_id",)


class RepostsOfUsername(generics.ListAPIView[Post]):
    """What one person has reposted, as far as the viewer may see it and may know of it."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ByRepost

    def get_queryset(self) -> QuerySet[Post]:
        asking = viewer_or_guest(self.request)
        people = User.objects.reachable_by(asking).named(self.kwargs["username"])
        found = Post.objects.visible_to(asking).published()
        found = found.reposted_by(get_object_or_404(people), asking)
        return found.for_cards().with_marks_of(asking)

    def paginate_queryset(self, queryset: Any) -> Any:
        found: Any = super().paginate_queryset(queryset)
        pages.name_reposters(found)
        return found

    @swagger_auto_schema(tags=_TAGS, manual_parameters=PAGED, responses={200: POST_PAGE})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What somebody has reposted, the latest first; of a private account, for its followers."""
        return self.list(request, *args, **kwargs)
