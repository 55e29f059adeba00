"""Hiding and restoring comments, each in the moderators' log with its reason."""

from django.db import transaction
from django.utils import timezone

from comments.actions import counts, pictures
from comments.actions.comments import log, take_away
from comments.actions.locks import hold
from comments.events import CommentAdded
from comments.models import Comment
from events.actions import announce
from users import timelines
from users.models import User


@transaction.atomic
def hide_comment(*, comment: Comment, moderator: User, reason: str) -> None:
    """Take a comment away from everyone but moderators; twice changes nothing.

    Raises `Missing` when it is purged.
    """
    held = hold(comment)
    if held.hidden_at is not None:
        return
    Comment.objects.filter(pk=held.pk).update(hidden_at=timezone.now())
    if not held.is_gone:
        take_away(held)
    log(moderator, held, f"Hidden: {reason}")


@transaction.atomic
def restore_comment(*, comment: Comment, moderator: User, reason: str) -> None:
    """Bring back a comment that was hidden or deleted; twice changes nothing.

    Raises `Missing` when it is purged.
    """
    author = comment.author_id and timelines.lock_author(comment.author_id)
    held = hold(comment)
    if not author or not held.is_gone:
        return
    Comment.objects.filter(pk=held.pk).update(
        hidden_at=None, deleted_at=None, counted=author.is_active
    )
    if author.is_active:
        counts.enter(held)
    announce(CommentAdded(comment_id=held.pk))
    pictures.bring_back(held)
    log(moderator, held, f"Restored: {reason}")
