"""Comments, and what they said before an edit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comments.querysets import CommentQuerySet
from posts.models import Post


class Comment(models.Model):
    """A remark under a post, reached only through that post.

    Gone while `deleted_at` or `hidden_at` (by a moderator) is set. `counted`: whether it is in
    the post's `comments_count`, from which it is taken while it is gone and while its author is
    hidden. Written under the lock of the post's row, so that flag and count never disagree.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    counted = models.BooleanField(default=True)
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
                name="comment_by_post",
                condition=Q(deleted_at=None, hidden_at=None),
            ),
            models.Index(
                fields=["deleted_at"],
                name="comment_to_purge",
                condition=Q(deleted_at__isnull=False),
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
