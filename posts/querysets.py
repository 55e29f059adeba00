"""Reading posts. Every read that reaches a person begins with `visible_to`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from users.models import Block, Follow, Mute, User
from users.querysets import CARD
from users.reposts import joined_for, reposter_for
from users.timelines import standing_in

if TYPE_CHECKING:
    from posts.models import (
        Collection,
        Mention,
        Post,
        PostMedia,
        PostTag,
        Reaction,
        Repost,
        Save,
        TagFollow,
    )

    Viewer: TypeAlias = User | None

_MEDIA = (
    "type",
    "state",
    "access",
    "alt_text",
    "width",
    "height",
    "blurhash",
    "renditions",
    "renditions_folder",
    "error",
    "duration_seconds",
    "progress",
)
_CARD = (
    "type",
    "state",
    "visibility",
    "caption",
    "tags",
    "entities",
    "created_at",
    "published_at",
    "publish_at",
    "publish_error",
    "edited_at",
    "revision",
    "reactions_count",
    "likes_count",
    "comments_count",
    "reposts_count",
    "saves_count",
    *(f"author__{column}" for column in CARD),
)


def _rows(model: str) -> Any:
    """All rows of a table whose class stands above this module."""
    rows: Any = apps.get_model("posts", model)
    return rows.objects.all()


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: "Viewer") -> "PostQuerySet":
        """The posts that `viewer` (None: a guest) may see. The one rule (D9).

        One's own, in every state. Of others, what is published by an active person with no
        block in between, and is for everyone or for those who follow.
        """
        there = self.filter(deleted_at=None, hidden_at=None)
        published = Q(state="published", author__suspended_at=None, author__deleted_at=None)
        for_all = Q(visibility="public", author__is_private=False)
        if viewer is None:
            return there.filter(published, for_all)
        follows = Exists(Follow.objects.filter(owner=viewer, target=OuterRef("author")))
        for_followers = Q(visibility__in=("public", "followers")) & Q(follows)
        blocked = Q(author__in=Block.objects.all().partners_of(viewer))
        return there.filter(Q(author=viewer) | (published & ~blocked & (for_all | for_followers)))

    def wanted_by(self, viewer: "User") -> "PostQuerySet":
        """Without the posts of those whom `viewer` has muted: for lists of many authors."""
        muted = Mute.objects.all().in_force().filter(owner=viewer).values("target_id")
        return self.exclude(author__in=muted)

    def of(self, author: "User") -> "PostQuerySet":
        return self.filter(author=author)

    def tagged(self, tag: str) -> "PostQuerySet":
        """Posts with a tag, in its stored spelling (`posts.tags`)."""
        return self.filter(tags__contains=[tag])

    def mentioning(self, user: "User") -> "PostQuerySet":
        """Published posts that mention somebody, each with its `mention_id` to sort by."""
        found = self.filter(state="published", mentioned__user=user)
        return found.annotate(mention_id=F("mentioned__id"))

    def published(self) -> "PostQuerySet":
        """Published posts, the newest first."""
        return self.filter(state="published").order_by("-published_at", "-id")

    def to_come(self) -> "PostQuerySet":
        """Those whose pictures are being prepared, and that appear afterwards."""
        there = self.filter(deleted_at=None, hidden_at=None)
        return there.filter(Q(state="processing") | Q(publish_at__lte=timezone.now()))

    def drafts(self) -> "PostQuerySet":
        """Drafts, scheduled ones too."""
        return self.filter(state="draft", deleted_at=None, hidden_at=None)

    def due(self) -> "PostQuerySet":
        """Drafts whose time has come."""
        return self.drafts().filter(publish_at__lte=timezone.now())

    def for_cards(self) -> "PostQuerySet":
        """Load what a card shows, and no more: two queries for any number of posts."""
        columns = ("post_id", "position", *(f"media__{column}" for column in _MEDIA))
        places = _rows("PostMedia").select_related("media").only(*columns).order_by("position")
        return (
            self.select_related("author__avatar")
            .only(*_CARD)
            .prefetch_related(Prefetch("places", queryset=places))
        )

    def with_marks_of(self, viewer: "Viewer") -> "PostQuerySet":
        """Annotate `my_reaction`, the emoji of `viewer` or None; `is_saved`; `is_reposted`."""
        if viewer is None:
            return self.annotate(
                my_reaction=Value(None, models.CharField()),
                is_saved=Value(False, models.BooleanField()),
                is_reposted=Value(False, models.BooleanField()),
            )
        mine = {"post": OuterRef("pk"), "owner": viewer}
        return self.annotate(
            my_reaction=Subquery(_rows("Reaction").filter(**mine).values("emoji")[:1]),
            is_saved=Exists(_rows("Save").filter(**mine)),
            is_reposted=Exists(_rows("Repost").filter(**mine)),
        )

    def _listed_by(self, relation: str, **conditions: Any) -> "PostQuerySet":
        """The posts that have such a row; `listed_id` is its id, by which they are read."""
        those = {f"{relation}__{name}": value for name, value in conditions.items()}
        return (
            self.annotate(listed=FilteredRelation(relation, condition=Q(**those)))
            .filter(listed__isnull=False)
            .annotate(listed_id=F("listed__pk"))
        )

    def saved_by(self, owner: "User", collection: "Collection | None" = None) -> "PostQuerySet":
        """What `owner` has saved, in all or in one collection; `listed_id` is the save's."""
        within = {} if collection is None else {"collection": collection}
        return self._listed_by("saves", owner=owner, **within)

    def reacted_by(self, owner: "User") -> "PostQuerySet":
        """What `owner` has reacted to; `listed_id` is the reaction's."""
        return self._listed_by("reactions", owner=owner)

    def reposted_by(self, owner: "User", viewer: "Viewer") -> "PostQuerySet":
        """What `owner` has reposted, as far as `viewer` may know; `listed_id` is the repost's.

        `reposter_id` is `owner`.
        """
        known = _rows("Repost").visible_to(viewer).filter(owner=owner).values("post_id")
        found = self._listed_by("reposts", owner=owner).filter(pk__in=known)
        return found.annotate(reposter_id=Value(owner.pk, models.BigIntegerField()))

    def in_timeline_of(self, owner: "User", *, also: Q) -> "PostQuerySet":
        """What stands in somebody's timeline; `reposter_id` brought it there, None: its author.

        `also`: what comes to it besides, as by a tag.
        """
        muted = Mute.objects.all().in_force().filter(owner=owner).values("target_id")
        reposts = _rows("Repost").visible_to(owner).exclude(owner__in=muted)
        still = reposts.filter(post=OuterRef("pk"), owner=OuterRef("reposter_id"))
        standing = Q(pk__in=standing_in(owner))
        joined = Q(pk__in=joined_for(owner).values("post_id"))
        return (
            self.filter(standing | joined | also)
            .annotate(reposter_id=reposter_for(owner))
            .filter(Q(reposter_id=None) | Exists(still) | also)
        )

    def to_purge(self) -> "PostQuerySet":
        """Posts deleted more than `settings.PURGE_AFTER_DAYS` ago, the oldest first."""
        before = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
        return self.filter(deleted_at__lt=before).order_by("deleted_at", "id")


class PostMediaQuerySet(models.QuerySet["PostMedia"]):
    def visible_to(self, viewer: "Viewer") -> "PostMediaQuerySet":
        """The pictures of posts that `viewer` may see."""
        return self.filter(post__in=_rows("Post").visible_to(viewer))

    def misplaced(self) -> "PostMediaQuerySet":
        """Public pictures that not everybody may see, and signed ones that everybody may."""
        for_all = Q(post__visibility="public", post__author__is_private=False)
        for_all &= ~Q(post__state="draft")
        return self.filter(
            (Q(media__access="public") & ~for_all) | (Q(media__access="signed") & for_all)
        )


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, viewer: "Viewer") -> "ReactionQuerySet":
        """Reactions of people whom `viewer` may see. Whose posts these are is asked before."""
        people = User.objects.visible_to(viewer)
        return self.filter(owner__in=people)

    def under(self, post: "Post") -> "ReactionQuerySet":
        return self.filter(post=post)

    def for_cards(self) -> "ReactionQuerySet":
        """Load what a list of reactions shows, and no more, in one query."""
        columns = (f"owner__{column}" for column in CARD)
        return self.select_related("owner__avatar").only("emoji", "created_at", *columns)

    def by_emoji(self) -> "models.QuerySet[Any, Any]":
        """`{emoji, count}` of what counts, the most used first."""
        counted = self.filter(counted=True).order_by().values("emoji")
        return counted.annotate(count=Count("pk")).order_by("-count", "emoji")

    def miscounted(self, owner: "User") -> "ReactionQuerySet":
        """Reactions of `owner` that count although they are hidden, or the other way round."""
        return self.filter(owner=owner).exclude(counted=owner.is_active)


class PostTagQuerySet(models.QuerySet["PostTag"]):
    def on(self, tag: str) -> "PostTagQuerySet":
        """A tag's posts, in its stored spelling, the newest first."""
        return self.filter(tag=tag).order_by("-published_at", "-post_id")


class TagFollowQuerySet(models.QuerySet["TagFollow"]):
    def of(self, owner: "User") -> "TagFollowQuerySet":
        return self.filter(owner=owner)


class MentionQuerySet(models.QuerySet["Mention"]):
    def untold(self, post: "Post") -> "MentionQuerySet":
        """Mentions in a post that were not announced, of others who may see it now."""
        follows = Exists(Follow.objects.filter(owner=OuterRef("user"), target=post.author_id))
        for_all = Q(post__visibility="public", post__author__is_private=False)
        for_followers = Q(post__visibility__in=("public", "followers")) & Q(follows)
        people = User.objects.visible_to(User(pk=post.author_id)).exclude(pk=post.author_id)
        return self.filter(for_all | for_followers, post=post, told=False, user__in=people)


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, viewer: "User") -> "CollectionQuerySet":
        """One's own."""
        return self.filter(owner=viewer)

    def for_cards(self, viewer: "User") -> "CollectionQuerySet":
        """Annotate `cover_media_id`: the first picture of what was chosen, or saved last.

        Of what `viewer` may still see; None when that is nothing.
        """
        here = _rows("Save").filter(collection=OuterRef("pk"))
        seen = here.filter(post__in=_rows("Post").visible_to(viewer))
        first = seen.filter(post__places__position=0).values("post__places__media_id")
        chosen = first.filter(post=OuterRef("cover"))
        return self.annotate(
            cover_media_id=Coalesce(
                Subquery(chosen[:1]), Subquery(first.order_by("-pk")[:1]), output_field=_ID
            )
        )


class RepostQuerySet(models.QuerySet["Repost"]):
    def visible_to(self, viewer: "Viewer") -> "RepostQuerySet":
        """Reposts of people whom `viewer` may see; of private accounts, for who follows them.

        Whose posts these are is asked beside it.
        """
        theirs = self.filter(owner__in=User.objects.visible_to(viewer))
        if viewer is None:
            return theirs.filter(owner__is_private=False)
        follows = Exists(Follow.objects.filter(owner=viewer, target=OuterRef("owner")))
        return theirs.filter(Q(owner__is_private=False) | Q(owner=viewer) | Q(follows))

    def miscounted(self, owner: "User") -> "RepostQuerySet":
        """Reposts of `owner` that count although they are hidden, or the other way round."""
        return self.filter(owner=owner).exclude(counted=owner.is_active)


class SaveQuerySet(models.QuerySet["Save"]):
    def visible_to(self, viewer: "User") -> "SaveQuerySet":
        """One's own."""
        return self.filter(owner=viewer)

    def miscounted(self, owner: "User") -> "SaveQuerySet":
        """Saves of `owner` that count although they are hidden, or the other way round."""
        return self.filter(owner=owner).exclude(counted=owner.is_active)


_ID = models.BigIntegerField()
