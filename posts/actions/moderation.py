"""Hiding, restoring and purging posts, each in the moderators' log with its reason."""

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.db import transaction
from django.utils import timezone

from common.errors import Missing
from events.actions import announce
from media.actions.deleting import delete_media
from posts.actions.locks import lock_authors, lock_post, lock_posts
from posts.actions.publication import conceal, unshow, write
from posts.events import PicturesAdded, PostCreated
from posts.models import Post, PostMedia
from users import reposts
from users.models import User


@transaction.atomic
def hide_post(*, post: Post, moderator: User, reason: str) -> None:
    """Take a post away from everyone but moderators; twice changes nothing."""
    post = lock_post(post)
    if post.hidden_at is not None:
        return
    if post.is_shown:
        unshow(post)
    write(post, hidden_at=timezone.now())
    conceal(post)
    _log(moderator, post, CHANGE, f"Hidden: {reason}")


@transaction.atomic
def restore_post(*, post: Post, moderator: User, reason: str) -> None:
    """Bring back a post that was hidden or deleted; twice changes nothing.

    It is shown as it was, at its old time, once its pictures are made anew; a draft is one
    without a time.
    """
    post = lock_post(post)
    if not post.is_gone:
        return
    write(post, hidden_at=None, deleted_at=None, publish_at=None)
    if post.state in (Post.State.PUBLISHED, Post.State.PROCESSING):
        write(post, state=Post.State.PROCESSING)
        announce(PostCreated(post_id=post.pk))
    elif post.state == Post.State.DRAFT:
        announce(PicturesAdded(post_id=post.pk))
    _log(moderator, post, CHANGE, f"Restored: {reason}")


@transaction.atomic
def purge_post(*, post: Post, moderator: User, reason: str) -> None:
    """Remove a post for good: its rows, and its files once that is committed. Twice is a no-op."""
    try:
        post = lock_post(post)
    except Missing:
        return
    if post.is_shown:
        unshow(post)
    _log(moderator, post, DELETION, f"Purged: {reason}")
    _purge([post.pk])


@transaction.atomic
def purge_deleted_posts(limit: int) -> int:
    """Purge up to `limit` posts that were deleted long enough ago; how many there were."""
    post_ids = list(Post.objects.to_purge().values_list("pk", flat=True)[:limit])
    lock_authors(post_ids)
    lock_posts(post_ids)
    still = Post.objects.to_purge().filter(pk__in=post_ids)  # none was restored meanwhile
    post_ids = list(still.values_list("pk", flat=True))
    _purge(post_ids)
    return len(post_ids)


def _purge(post_ids: list[int]) -> None:
    """Delete locked posts with all that hangs on them."""
    media_ids = PostMedia.objects.filter(post__in=post_ids).values_list("media_id", flat=True)
    delete_media(list(media_ids))
    reposts.forget_posts(post_ids)
    Post.objects.filter(pk__in=post_ids).delete()


def _log(moderator: User, post: Post, flag: int, message: str) -> None:
    LogEntry.objects.log_actions(
        moderator.pk, [post], flag, change_message=message, single_object=True
    )
