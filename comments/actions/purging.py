"""The end of comments that were deleted long ago, or whose author's account goes.

What something hangs on stays as an empty row, and goes with the last of it.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models.functions import Coalesce, Now

from comments import trees
from comments.actions import counts
from comments.actions.pictures import delete_pictures
from comments.models import Comment, CommentEdit, CommentReaction
from comments.querysets import CommentQuerySet
from posts.actions.locks import lock_posts


def purge_deleted_comments(limit: int) -> int:
    """Remove up to `limit` comments that were deleted long enough ago; how many there were."""
    return _purge(Comment.objects.to_purge, limit)


def purge_comments_of_gone_people(limit: int) -> int:
    """Remove up to `limit` comments of accounts that are purged, or soon; how many there were."""
    return _purge(Comment.objects.of_nobody, limit) or _purge(
        Comment.objects.of_leaving_people, limit
    )


@transaction.atomic
def _purge(due: Callable[[], CommentQuerySet], limit: int) -> int:
    found = dict(due().values_list("pk", "post_id")[:limit])
    lock_posts(list(found.values()))
    still = due().filter(pk__in=found)  # none was restored meanwhile
    counted = dict(still.values_list("pk", "counted"))
    delete_pictures(list(counted))
    late = [pk for pk, counts_still in counted.items() if counts_still]
    if late:  # nobody had recounted them yet
        counts.set_counted(late, sorted({found[pk] for pk in late}), counted=False)
    spent = trees.spent(list(counted))
    Comment.objects.filter(pk__in=spent).delete()
    _empty(list(set(counted).difference(spent)))
    return len(found)


def _empty(comment_ids: list[int]) -> None:
    """Leave nothing of comments but their places."""
    CommentEdit.objects.filter(comment__in=comment_ids).delete()
    CommentReaction.objects.filter(comment__in=comment_ids).delete()
    Comment.objects.filter(pk__in=comment_ids).update(
        author=None,
        text="",
        entities=[],
        edited_at=None,
        deleted_at=Coalesce("deleted_at", Now()),
        purged_at=Now(),
        reactions_count=0,
        idempotency_key=None,
        idempotency_fingerprint="",
    )
