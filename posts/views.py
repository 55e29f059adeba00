"""HTTP doors of posts: generic views, and one for the home timeline."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django_filters.rest_framework import DjangoFilterBackend
from drf_yasg import openapi
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from common.documents import FORBIDDEN, PAGED, error, page_of
from common.idempotency import key_of
from common.pagination import Moment, NewestFirst, page_size
from common.renderers import dumps
from common.throttles import throttle
from common.waiting import seconds_asked, wait_while
from posts import pages, tagging
from posts.actions import editing, posts, reactions
from posts.answers import shown, visible_post
from posts.documents import (
    CONFLICT,
    EMOJI,
    KEY,
    NO_STORE,
    NOT_A_DRAFT,
    NOT_PUBLISHED,
    POST_PAGE,
    WAIT,
)
from posts.emojis import clean_emoji
from posts.filters import OWN_POST_PARAMETERS, POST_PARAMETERS, OwnPostFilters, PostFilters
from posts.models import LIKE, Post, PostEdit, Reaction
from posts.serializers import PostCard, PostEditCard, ReactionCard, ReactionSummary
from posts.write_serializers import PostChange, PostWrite, ReactionWrite
from users.authentication import RecentBearer
from users.models import User
from users.timelines import NEWEST, Position
from users.viewer import viewer, viewer_or_guest


class ByPublication(NewestFirst):
    ordering = ("-published_at", "-id")


def _parts(sent: dict[str, Any]) -> Iterator[bytes]:
    """What makes a request this one and no other."""
    fields = {name: value for name, value in sent.items() if name != "images"}
    yield orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    for image in sent.get("images", ()):
        yield str(image.size).encode()
        yield from image.chunks()


class OwnPosts(generics.ListCreateAPIView[Post]):
    """One's own posts in every state, and new ones."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = NewestFirst
    filter_backends = [DjangoFilterBackend]
    filterset_class = OwnPostFilters
    throttle_classes = [throttle("post")]

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        return Post.objects.visible_to(me).of(me).for_cards().with_marks_of(me)

    @swagger_auto_schema(
        manual_parameters=[*PAGED, *OWN_POST_PARAMETERS], responses={200: POST_PAGE}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Your own posts in every state."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(
        request_body=PostWrite,
        manual_parameters=[KEY, WAIT],
        responses={201: PostCard, 409: CONFLICT, 503: NO_STORE},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Post one to ten photos and videos; others see them once their renditions are made.

        Send the files as `images`, or JSON with `media`: the ids of pictures that were sent
        straight to the store (`POST /media/uploads/`) and that nothing shows yet.

        With `draft` nobody else sees it until you publish it (`POST /posts/{post_id}/publish/`),
        with `publish_at` until then; a draft may have no pictures yet.
        """
        seconds = seconds_asked(request)
        sent = PostWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        key = key_of(request, _parts(sent.validated_data))
        made = posts.create_post(author=viewer(request), key=key, **sent.validated_data)
        wait_while(Post.objects.filter(pk=made.pk).to_come().exists, seconds)
        return shown(request, made.pk, status.HTTP_201_CREATED)


class OnePost(generics.RetrieveUpdateDestroyAPIView[Post]):
    """One post: read by who may see it, changed by its author."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    lookup_url_kwarg = "post_id"
    permission_classes = [IsAuthenticatedOrReadOnly]
    throttle_classes = [throttle("post")]

    def get_queryset(self) -> QuerySet[Post]:
        asking = viewer_or_guest(self.request)
        return Post.objects.visible_to(asking).for_cards().with_marks_of(asking)

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "DELETE" else super().get_throttles()

    @swagger_auto_schema(responses={200: PostCard})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A post."""
        return self.retrieve(request, *args, **kwargs)

    @swagger_auto_schema(
        request_body=PostChange, responses={200: PostCard, 403: FORBIDDEN, 409: NOT_A_DRAFT}
    )
    def put(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change your post; the caption must be sent, the rest stays unless it is."""
        return self._edit(request, kwargs["post_id"], partial=False)

    @swagger_auto_schema(
        request_body=PostChange, responses={200: PostCard, 403: FORBIDDEN, 409: NOT_A_DRAFT}
    )
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what is sent of your post; what it said before is kept, but of a draft."""
        return self._edit(request, kwargs["post_id"], partial=True)

    def _edit(self, request: Request, post_id: int, *, partial: bool) -> Response:
        post = visible_post(request, post_id)
        sent = PostChange(data=request.data, partial=partial)
        sent.is_valid(raise_exception=True)
        editing.edit_post(post=post, editor=viewer(request), changes=sent.validated_data)
        return shown(request, post.pk)

    @swagger_auto_schema(responses={204: "Deleted.", 403: FORBIDDEN})
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete your post, with its pictures, comments and likes."""
        post = visible_post(request, kwargs["post_id"])
        posts.delete_post(post=post, editor=viewer(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PostEdits(generics.ListAPIView[PostEdit]):
    """What a post said before, for its author."""

    serializer_class = PostEditCard
    queryset = PostEdit.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[PostEdit]:
        me = viewer(self.request)
        own = get_object_or_404(Post.objects.visible_to(me).of(me), pk=self.kwargs["post_id"])
        return PostEdit.objects.filter(post=own)

    @swagger_auto_schema(
        manual_parameters=PAGED,
        responses={200: openapi.Response("The latest first.", page_of(PostEditCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What your post said before each edit."""
        return self.list(request, *args, **kwargs)


class RetryPost(APIView):
    throttle_classes = [throttle("post")]

    @swagger_auto_schema(
        request_body=no_body,
        responses={
            200: PostCard,
            403: FORBIDDEN,
            409: error("nothing_to_retry", "It is published.", posts.NothingToRetry.detail),
        },
    )
    def post(self, request: Request, post_id: int) -> Response:
        """Try the pictures of your failed post again; nothing changes while it is processed."""
        post = visible_post(request, post_id)
        posts.retry_post(post=post, editor=viewer(request))
        return shown(request, post.pk)


class Like(APIView):
    """A like is the reaction ❤; the second time changes nothing."""

    throttle_classes = [throttle("like")]

    @swagger_auto_schema(request_body=no_body, responses={200: PostCard, 409: NOT_PUBLISHED})
    def post(self, request: Request, post_id: int) -> Response:
        """Like a post; twice is once."""
        post = visible_post(request, post_id)
        reactions.set_reaction(post=post, owner=viewer(request), emoji=LIKE)
        return shown(request, post.pk)

    @swagger_auto_schema(responses={200: PostCard, 409: NOT_PUBLISHED})
    def delete(self, request: Request, post_id: int) -> Response:
        """Take your like back; twice is once."""
        post = visible_post(request, post_id)
        reactions.clear_reaction(post=post, owner=viewer(request), emoji=LIKE)
        return shown(request, post.pk)


class Reactions(generics.ListAPIView[Reaction]):
    """Who reacted to a post; one reaction a person, of any emoji."""

    serializer_class = ReactionCard
    queryset = Reaction.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = NewestFirst
    throttle_classes = [throttle("like")]

    def get_queryset(self) -> QuerySet[Reaction]:
        post = visible_post(self.request, self.kwargs["post_id"])
        found = Reaction.objects.visible_to(viewer_or_guest(self.request)).under(post).for_cards()
        sent = self.request.query_params.get("emoji")
        return found.filter(emoji=clean_emoji(sent)) if sent else found

    @swagger_auto_schema(
        manual_parameters=[*PAGED, EMOJI],
        responses={200: openapi.Response("The latest first.", page_of(ReactionCard))},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who reacted to a post that you may see, as far as you may see them."""
        return self.list(request, *args, **kwargs)

    @swagger_auto_schema(request_body=ReactionWrite, responses={200: PostCard, 409: NOT_PUBLISHED})
    def post(self, request: Request, post_id: int) -> Response:
        """React to a post. Another emoji replaces your first; the same one changes nothing."""
        post = visible_post(request, post_id)
        sent = ReactionWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        reactions.set_reaction(post=post, owner=viewer(request), **sent.validated_data)
        return shown(request, post.pk)

    @swagger_auto_schema(responses={200: PostCard, 409: NOT_PUBLISHED})
    def delete(self, request: Request, post_id: int) -> Response:
        """Take your reaction back, whichever it is; twice is once."""
        post = visible_post(request, post_id)
        reactions.clear_reaction(post=post, owner=viewer(request))
        return shown(request, post.pk)


class ByEmoji(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(responses={200: ReactionSummary})
    def get(self, request: Request, post_id: int) -> Response:
        """How often each emoji stands under a post."""
        post = visible_post(request, post_id)
        return Response({"counts": list(Reaction.objects.under(post).by_emoji())})


# --- Lists of others' posts ------------------------------------------------------------------


class PostsOfSomebody(generics.ListAPIView[Post]):
    """The published posts of one person, as far as the viewer may see them."""

    serializer_class = PostCard
    queryset = Post.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ByPublication
    filter_backends = [DjangoFilterBackend]
    filterset_class = PostFilters

    def get_queryset(self) -> QuerySet[Post]:
        asking = viewer_or_guest(self.request)
        author = get_object_or_404(self.people(asking))
        found = Post.objects.visible_to(asking).of(author).published()
        return found.for_cards().with_marks_of(asking)

    def people(self, asking: User | None) -> QuerySet[User]:
        found: QuerySet[User] = User.objects.reachable_by(asking)
        return found.filter(pk=self.kwargs["user_id"])

    @swagger_auto_schema(manual_parameters=[*PAGED, *POST_PARAMETERS], responses={200: POST_PAGE})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The published posts of one person that you may see; none yet is an empty list."""
        return self.list(request, *args, **kwargs)


class PostsOfUsername(PostsOfSomebody):
    """The same, by username."""

    def people(self, asking: User | None) -> QuerySet[User]:
        found: QuerySet[User] = User.objects.reachable_by(asking).named(self.kwargs["username"])
        return found


class Timeline(generics.GenericAPIView[Post]):
    """Read as it is, from one statement; with a filter, as any other list of posts."""

    authentication_classes = [RecentBearer]
    serializer_class = PostCard
    queryset = Post.objects.none()
    pagination_class = ByPublication
    filter_backends = [DjangoFilterBackend]
    filterset_class = PostFilters

    def get_queryset(self) -> QuerySet[Post]:
        me = viewer(self.request)
        also = Q(pk__in=tagging.standing_by_tag(me)) if me.shows_followed_tags else Q(pk__in=[])
        standing = Post.objects.visible_to(me).wanted_by(me).in_timeline_of(me, also=also)
        return standing.published().for_cards().with_marks_of(me)

    @swagger_auto_schema(manual_parameters=[*PAGED, *POST_PARAMETERS], responses={200: POST_PAGE})
    def get(self, request: Request) -> HttpResponse:
        """Your home timeline: the posts of those whom you follow, and your own.

        And with tags that you follow, if your profile says `shows_followed_tags`.
        """
        if request.query_params.keys() & PostFilters.base_filters.keys():
            found: Any = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            pages.name_reposters(found)
            return self.get_paginated_response(self.get_serializer(found, many=True).data)
        moment = Moment.of(request)
        size = page_size(request)
        edge = Position(moment.at, moment.id) if moment else NEWEST
        if moment and moment.newer:
            page = pages.timeline(viewer(request), after=edge, size=size)
        else:
            page = pages.timeline(viewer(request), before=edge, size=size)
        # The cards are JSON already: no renderer is asked.
        return HttpResponse(dumps(_page(request, page, moment)), content_type="application/json")


def _page(request: Request, page: pages.TimelinePage, asked: Moment | None) -> dict[str, Any]:
    """A page with its links: to what is older and newer, where there is or may be something."""
    upwards = asked is not None and asked.newer
    older = page.oldest if page.more or upwards else None
    newer = page.newest if (page.more if upwards else asked) else None
    return {
        "next": older and Moment(older.shown_at, older.post_id).link(request),
        "previous": newer and Moment(newer.shown_at, newer.post_id, newer=True).link(request),
        "results": [orjson.Fragment(card) for card in page.cards],
    }
