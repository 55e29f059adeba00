"""Comments, one below the other; what they said before, their pictures, and the reactions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comments.querysets import (
    CommentPictureQuerySet,
    CommentQuerySet,
    CommentReactionQuerySet,
)
from media.models import Media
from posts.models import LIKE, Post


class Comment(models.Model):
    """A remark under a post or under another remark, reached only through that post.

    Gone while `deleted_at` or `hidden_at` (by a moderator) is set. `counted`: whether it is in
    the post's `comments_count` and in its parent's `replies_count`, from which it is taken while
    it is gone and while its author is hidden. `shown_replies` are the direct replies that have a
    place in the thread, as remarks or as "removed" with something below. All of it is written
    under the lock of the post's row, so that flags and counts never disagree.

    Once purged it is an empty row, kept because replies hang on it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    # `comment_replies` is its index. Only what bears nothing is deleted.
    parent = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, blank=True, related_name="replies", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)
    entities = models.JSONField(default=list, db_default=[], blank=True)  # `posts.mentioning`
    created_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    counted = models.BooleanField(default=True)
    replies_count = models.PositiveIntegerField(default=0)
    shown_replies = models.PositiveIntegerField(default=0)
    reactions_count = models.PositiveIntegerField(default=0)
    is_shown = models.GeneratedField(  # has a place in the thread
        expression=models.ExpressionWrapper(
            Q(counted=True) | Q(shown_replies__gt=0), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    idempotency_key = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 (null is no key)
    idempotency_fingerprint = models.CharField(max_length=64, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "idempotency_key"],
                name="comment_idempotency_key_once",
                condition=Q(idempotency_key__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "id"],
                name="comment_top",
                condition=Q(parent=None, is_shown=True),
            ),
            models.Index(
                fields=["post", "reactions_count", "id"],
                name="comment_top_liked",
                condition=Q(parent=None, is_shown=True),
            ),
            models.Index(  # of all replies: before a row is deleted, they are looked for
                fields=["parent", "is_shown", "id"],
                name="comment_replies",
                condition=Q(parent__isnull=False),
            ),
            models.Index(
                fields=["parent", "reactions_count", "id"],
                name="comment_replies_liked",
                condition=Q(parent__isnull=False, is_shown=True),
            ),
            models.Index(
                fields=["deleted_at"],
                name="comment_to_purge",
                condition=Q(deleted_at__isnull=False, purged_at=None),
            ),
            models.Index(
                fields=["id"],
                name="comment_of_nobody",
                condition=Q(author=None, purged_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} under post {self.post_id}"

    @property
    def is_gone(self) -> bool:
        """Whether it was deleted or hidden: nobody sees it, its author neither."""
        return self.deleted_at is not None or self.hidden_at is not None


class CommentEdit(models.Model):
    """What a comment said before an edit."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="edits")
    text = models.TextField()
    replaced_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"comment {self.comment_id} until {self.replaced_at}"


class CommentPicture(models.Model):
    """The one picture of a comment; of none any more when that went with its post."""

    comment = models.OneToOneField(Comment, models.SET_NULL, null=True, related_name="picture")
    media = models.OneToOneField(Media, models.CASCADE, related_name="of_comment")

    objects = CommentPictureQuerySet.as_manager()

    def __str__(self) -> str:
        return f"picture of comment {self.comment_id}"


class CommentReaction(models.Model):
    """One person's reaction to a comment: at most one, of any emoji.

    `counted` as for the reactions to posts: whether it is in the comment's `reactions_count`.
    Written under the lock of the post's row.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reactions", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=32, default=LIKE)
    counted = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = CommentReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "owner"], name="comment_reaction_once"),
        ]
        indexes = [
            models.Index(fields=["comment", "-id"], name="comment_reaction_by_comment"),
            models.Index(fields=["comment", "emoji", "-id"], name="comment_reaction_by_emoji"),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.owner_id} on comment {self.comment_id}"
