"""Reading comments. Every read that reaches a person begins with `visible_to`."""

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.db import models
from django.utils import timezone

from posts.models import Post
from users.models import Block
from users.querysets import CARD

if TYPE_CHECKING:
    from comments.models import Comment
    from users.models import User

    Viewer: TypeAlias = User | None

_CARD = (
    "post_id",
    "text",
    "created_at",
    "edited_at",
    *(f"author__{column}" for column in CARD),
)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: "Viewer") -> "CommentQuerySet":
        """Comments of active people, with no block in between, under posts `viewer` may see."""
        there = self.present().filter(
            author__suspended_at=None,
            author__deleted_at=None,
            post__in=Post.objects.visible_to(viewer),
        )
        if viewer is None:
            return there
        return there.exclude(author__in=Block.objects.all().partners_of(viewer))

    def present(self) -> "CommentQuerySet":
        """Neither deleted nor hidden."""
        return self.filter(deleted_at=None, hidden_at=None)

    def under(self, post: "Post") -> "CommentQuerySet":
        return self.filter(post=post)

    def miscounted(self, author: "User") -> "CommentQuerySet":
        """Comments of `author` that count although they are hidden, or the other way round."""
        return self.present().filter(author=author).exclude(counted=author.is_active)

    def to_purge(self) -> "CommentQuerySet":
        """Comments deleted more than `settings.PURGE_AFTER_DAYS` ago, the oldest first."""
        before = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
        return self.filter(deleted_at__lt=before).order_by("deleted_at", "id")

    def for_cards(self) -> "CommentQuerySet":
        """Load what a card shows, and no more, in one query."""
        return self.select_related("author__avatar").only(*_CARD)
