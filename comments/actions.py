"""Everything that changes comments.

Whatever adds or takes one away writes under the lock of the post's row, so that
`comments_count` always is the number of its comments that are `counted`.
"""

from typing import ClassVar

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from comments.events import CommentAdded, CommentRemoved
from comments.models import Comment, CommentEdit
from common.errors import Missing, Refusal
from common.idempotency import Key, KeyReused
from events.actions import announce
from posts.actions.locks import lock_active, lock_posts, lock_visible
from posts.models import Post
from users import timelines
from users.models import User

BATCH = 500  # posts a transaction


class NotYourComment(Refusal):
    """Somebody who may see it wants to change what belongs to another."""

    code: ClassVar[str] = "permission_denied"
    status: ClassVar[int] = 403
    detail = "Only its author may change a comment; the owner of the post may delete it."


# --- People --------------------------------------------------------------------------------------


@transaction.atomic
def add_comment(*, post: Post, author: User, text: str, key: Key | None = None) -> Comment:
    """Say something under a post.

    With a `key` that has been used, the comment that it made. Raises `Missing` when `author`
    may not see the post, `NotPublished` on one's own, `KeyReused`.
    """
    author = lock_active(author)  # whoever sends the same key at the same time waits here
    if made := _made_before(author, key):
        return made
    post = lock_visible(post, author)
    comment = Comment.objects.create(
        post=post,
        author=author,
        text=text,
        idempotency_key=key.text if key else None,
        idempotency_fingerprint=key.fingerprint if key else "",
    )
    _count(post.pk, +1)
    announce(CommentAdded(comment_id=comment.pk))
    return comment


def _made_before(author: User, key: Key | None) -> Comment | None:
    """What `key` has made. Raises `KeyReused` when that was something else, or is gone."""
    if key is None:
        return None
    made = Comment.objects.filter(author=author, idempotency_key=key.text).first()
    if made and (made.is_gone or made.idempotency_fingerprint != key.fingerprint):
        raise KeyReused
    return made


@transaction.atomic
def edit_comment(*, comment: Comment, editor: User, text: str) -> None:
    """Change what a comment says and keep what it said; the same text changes nothing.

    Raises `NotYourComment`, `Missing`.
    """
    if comment.author_id != editor.pk:
        raise NotYourComment
    held = _present(comment)
    if held.text == text:
        return
    CommentEdit.objects.create(comment=held, text=held.text)
    Comment.objects.filter(pk=held.pk).update(text=text, edited_at=timezone.now())


@transaction.atomic
def delete_comment(*, comment: Comment, deleter: User) -> None:
    """Take a comment away: for its author, the owner of the post, and moderators.

    What a moderator deletes is in the moderators' log. Raises `NotYourComment`, `Missing`.
    """
    by_owner = deleter.pk in (comment.author_id, comment.post.author_id)
    if not by_owner and not deleter.is_staff:
        raise NotYourComment
    held = _present(comment)
    Comment.objects.filter(pk=held.pk).update(deleted_at=timezone.now())
    _leave(held)
    if not by_owner:
        _log(deleter, held, "Deleted over the API.")


# --- Moderators ----------------------------------------------------------------------------------


@transaction.atomic
def hide_comment(*, comment: Comment, moderator: User, reason: str) -> None:
    """Take a comment away from everyone but moderators; twice changes nothing."""
    held = _hold(comment)
    if held.hidden_at is not None:
        return
    Comment.objects.filter(pk=held.pk).update(hidden_at=timezone.now())
    if not held.is_gone:
        _leave(held)
    _log(moderator, held, f"Hidden: {reason}")


@transaction.atomic
def restore_comment(*, comment: Comment, moderator: User, reason: str) -> None:
    """Bring back a comment that was hidden or deleted; twice changes nothing."""
    author = timelines.lock_author(comment.author_id)
    held = _hold(comment)
    if author is None or not held.is_gone:
        return
    Comment.objects.filter(pk=held.pk).update(
        hidden_at=None, deleted_at=None, counted=author.is_active
    )
    if author.is_active:
        _count(held.post_id, +1)
    announce(CommentAdded(comment_id=held.pk))
    _log(moderator, held, f"Restored: {reason}")


# --- By the clock --------------------------------------------------------------------------------


@transaction.atomic
def purge_deleted_comments(limit: int) -> int:
    """Remove up to `limit` comments that were deleted long enough ago; how many there were."""
    due = Comment.objects.to_purge()
    found = dict(due.values_list("pk", "post_id")[:limit])
    lock_posts(list(found.values()))
    still = due.filter(pk__in=found)  # none was restored meanwhile
    still.order_by().delete()
    return len(found)


# --- Hidden people -------------------------------------------------------------------------------


def recount_comments_of(user_id: int) -> None:
    """Let the comments of a person count if, and only if, that person is not hidden.

    Acts on what is so now, not on what was announced, in batches; twice changes nothing.
    """
    while _recount_batch(user_id):
        pass


@transaction.atomic
def _recount_batch(user_id: int) -> bool:
    """Whether there was something to put right."""
    user = timelines.lock_author(user_id)  # nobody hides or restores them meanwhile
    if user is None:
        return False
    wrong = Comment.objects.miscounted(user)
    by_post = wrong.order_by("post_id").values_list("post_id", flat=True).distinct()
    post_ids = list(by_post[:BATCH])
    lock_posts(post_ids)
    wrong.filter(post__in=post_ids).update(counted=user.is_active)
    here = Comment.objects.present().filter(post=OuterRef("pk"), counted=True)
    tally = here.order_by().values("post").annotate(number=Count("pk")).values("number")
    Post.objects.filter(pk__in=post_ids).update(comments_count=Coalesce(Subquery(tally), 0))
    return bool(post_ids)


# --- Steps ---------------------------------------------------------------------------------------


def _hold(comment: Comment) -> Comment:
    """The comment as it is now; the post's row and its own are held. `Missing` when purged."""
    lock_posts([comment.post_id])
    held = Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).first()
    if held is None:
        raise Missing
    return held


def _present(comment: Comment) -> Comment:
    """`_hold`, and `Missing` when it is gone."""
    held = _hold(comment)
    if held.is_gone:
        raise Missing
    return held


def _leave(comment: Comment) -> None:
    """A held comment goes from the count of its post, if it was in it."""
    if comment.counted:
        Comment.objects.filter(pk=comment.pk).update(counted=False)
        _count(comment.post_id, -1)
    announce(CommentRemoved(comment_id=comment.pk))


def _count(post_id: int, delta: int) -> None:
    Post.objects.filter(pk=post_id).update(comments_count=F("comments_count") + delta)


def _log(moderator: User, comment: Comment, message: str) -> None:
    LogEntry.objects.log_actions(
        moderator.pk, [comment], CHANGE, change_message=message, single_object=True
    )
