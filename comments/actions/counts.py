"""In and out of the counts: the post's `comments_count`, and `replies_count` at each level.

Under the lock of the post's row, so that each always is the number of comments that are `counted`.
"""

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from comments import trees
from comments.models import Comment
from posts.models import Post


def enter(comment: Comment) -> None:
    """A comment counts from now on. Call it once it does not, or was just made."""
    _shift(comment, +1)


def leave(comment: Comment) -> None:
    """A held comment counts no more; a no-op when it did not."""
    if comment.counted:
        Comment.objects.filter(pk=comment.pk).update(counted=False)
        comment.counted = False
        _shift(comment, -1)


def _shift(comment: Comment, delta: int) -> None:
    Post.objects.filter(pk=comment.post_id).update(comments_count=F("comments_count") + delta)
    if comment.parent_id is not None:
        turns = delta if comment.shown_replies == 0 else 0  # else it keeps its place
        trees.move(parent_id=comment.parent_id, replies=delta, shown=turns)


def set_counted(comment_ids: list[int], post_ids: list[int], *, counted: bool) -> None:
    """Let many comments under locked posts count, or not, and put right what follows."""
    Comment.objects.filter(pk__in=comment_ids).update(counted=counted)
    here = Comment.objects.filter(post=OuterRef("pk"), counted=True)
    tally = here.order_by().values("post").annotate(number=Count("pk")).values("number")
    Post.objects.filter(pk__in=post_ids).update(comments_count=Coalesce(Subquery(tally), 0))
    trees.recount_above(comment_ids)
