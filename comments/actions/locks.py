"""Whose rows are held: people by id, posts by id, then comments. The post's row orders it all."""

from typing import ClassVar

from comments.models import Comment
from common.errors import Missing, Refusal
from posts.actions.locks import lock_posts
from posts.models import Post
from users.models import User


class NotYourComment(Refusal):
    """Somebody who may see it wants to change what belongs to another."""

    code: ClassVar[str] = "permission_denied"
    status: ClassVar[int] = 403
    detail = "Only its author may change a comment; the owner of the post may delete it."


def hold(comment: Comment) -> Comment:
    """The comment as it is now; the post's row and its own are held. `Missing` when purged."""
    lock_posts([comment.post_id])
    held = Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).first()
    if held is None or held.purged_at is not None:
        raise Missing
    return held


def hold_present(comment: Comment) -> Comment:
    """`hold`, and `Missing` when it is gone."""
    held = hold(comment)
    if held.is_gone:
        raise Missing
    return held


def readable(comment_id: int, *, post: Post, viewer: User) -> Comment:
    """A comment under a locked post that `viewer` may read. `Missing` otherwise."""
    found = Comment.objects.visible_to(viewer).filter(post=post, pk=comment_id).first()
    if found is None:
        raise Missing
    return found
