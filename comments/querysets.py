"""Reading comments. Every read that reaches a person begins with `visible_to`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from posts.models import Post
from users.models import Block, User
from users.querysets import CARD

if TYPE_CHECKING:
    from comments.models import Comment, CommentPicture, CommentReaction

    Viewer: TypeAlias = User | None

_CARD = (
    "post_id",
    "parent_id",
    "text",
    "entities",
    "created_at",
    "edited_at",
    "replies_count",
    "shown_replies",
    "reactions_count",
    *(f"author__{column}" for column in CARD),
    "picture__media",  # with all its columns: what of them is shown, is decided below
)


def _readable_by(viewer: "Viewer") -> Q:
    """The rule itself, apart from the post's: present, of somebody whom `viewer` may see."""
    readable = Q(
        deleted_at=None,
        hidden_at=None,
        author__isnull=False,
        author__suspended_at=None,
        author__deleted_at=None,
    )
    if viewer is None:
        return readable
    return readable & ~Q(author__in=Block.objects.all().partners_of(viewer))


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: "Viewer") -> "CommentQuerySet":
        """Comments of active people, with no block in between, under posts `viewer` may see."""
        return self.filter(_readable_by(viewer), post__in=Post.objects.visible_to(viewer))

    def listed_to(self, viewer: "Viewer") -> "CommentQuerySet":
        """`visible_to`, and what `viewer` may not read where something is below: as "removed".

        Annotates `is_readable`; of the others nothing may be shown but their place.
        """
        readable = _readable_by(viewer)
        is_readable = Case(When(readable, then=Value(True)), default=Value(False))
        return self.filter(
            readable | Q(shown_replies__gt=0), post__in=Post.objects.visible_to(viewer)
        ).annotate(is_readable=is_readable)

    def present(self) -> "CommentQuerySet":
        """Neither deleted nor hidden."""
        return self.filter(deleted_at=None, hidden_at=None)

    def at_the_top_of(self, post: "Post") -> "CommentQuerySet":
        """What has a place right below the post."""
        return self.filter(post=post, parent=None, is_shown=True)

    def below(self, comment: "Comment") -> "CommentQuerySet":
        """What has a place right below another comment."""
        return self.filter(post=comment.post_id, parent=comment, is_shown=True)

    def miscounted(self, author: "User") -> "CommentQuerySet":
        """Comments of `author` that count although they are hidden, or the other way round."""
        return self.present().filter(author=author).exclude(counted=author.is_active)

    def to_purge(self) -> "CommentQuerySet":
        """Comments deleted more than `settings.PURGE_AFTER_DAYS` ago, the oldest first."""
        before = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
        return self.filter(deleted_at__lt=before, purged_at=None).order_by("deleted_at", "id")

    def of_nobody(self) -> "CommentQuerySet":
        """Comments whose author's account was purged."""
        return self.filter(author=None, purged_at=None).order_by("id")

    def of_leaving_people(self) -> "CommentQuerySet":
        """Comments whose author's account will be purged within a day.

        Before it, so that the purge of the account finds no rows of which another write holds
        some: that one takes no post's lock.
        """
        before = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS - 1)
        leaving = User.objects.filter(deleted_at__lt=before)
        return self.filter(author__in=leaving, purged_at=None).order_by("author", "id")

    def for_cards(self) -> "CommentQuerySet":
        """Load what a card shows, and no more, in one query."""
        return self.select_related("author__avatar", "picture__media").only(*_CARD)

    def with_marks_of(self, viewer: "Viewer") -> "CommentQuerySet":
        """Annotate `my_reaction`, the emoji of `viewer`, and `is_mine`, whether they wrote it."""
        if viewer is None:
            return self.annotate(my_reaction=Value(None, models.CharField()), is_mine=Value(False))
        reactions: Any = apps.get_model("comments", "CommentReaction")
        mine = reactions.objects.filter(comment=OuterRef("pk"), owner=viewer)
        return self.annotate(
            my_reaction=Subquery(mine.values("emoji")[:1]),
            is_mine=Case(When(author=viewer, then=Value(True)), default=Value(False)),
        )


class CommentPictureQuerySet(models.QuerySet["CommentPicture"]):
    def visible_to(self, viewer: "Viewer") -> "CommentPictureQuerySet":
        """The pictures of comments that `viewer` may see."""
        comments: Any = apps.get_model("comments", "Comment")
        return self.filter(comment__in=comments.objects.visible_to(viewer))

    def wanted(self) -> "CommentPictureQuerySet":
        """Pictures of comments that are there, under posts that are, of accounts that are."""
        return self.filter(
            comment__deleted_at=None,
            comment__hidden_at=None,
            comment__author__isnull=False,
            comment__author__deleted_at=None,
            comment__post__deleted_at=None,
            comment__post__hidden_at=None,
        )

    def unwanted(self) -> "CommentPictureQuerySet":
        return self.exclude(pk__in=self.model.objects.wanted().values("pk"))


class CommentReactionQuerySet(models.QuerySet["CommentReaction"]):
    def visible_to(self, viewer: "Viewer") -> "CommentReactionQuerySet":
        """Reactions of people whom `viewer` may see. Whose comments these are is asked before."""
        return self.filter(owner__in=User.objects.visible_to(viewer))

    def to(self, comment: "Comment") -> "CommentReactionQuerySet":
        return self.filter(comment=comment)

    def for_cards(self) -> "CommentReactionQuerySet":
        """Load what a list of reactions shows, and no more, in one query."""
        columns = (f"owner__{column}" for column in CARD)
        return self.select_related("owner__avatar").only("emoji", "created_at", *columns)

    def by_emoji(self) -> "models.QuerySet[Any, Any]":
        """`{emoji, count}` of what counts, the most used first."""
        counted = self.filter(counted=True).order_by().values("emoji")
        return counted.annotate(count=Count("pk")).order_by("-count", "emoji")

    def miscounted(self, owner: "User") -> "CommentReactionQuerySet":
        """Reactions of `owner` that count although they are hidden, or the other way round."""
        return self.filter(owner=owner).exclude(counted=owner.is_active)
