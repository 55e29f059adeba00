"""Reacting to a comment and taking it back.

Under the lock of the post's row, as everything here, so that `reactions_count` always is the number
of a comment's reactions that are `counted`.
"""

from django.db import transaction
from django.db.models import F, OuterRef

from comments.actions.locks import readable
from comments.events import CommentReacted, CommentUnreacted
from comments.models import Comment, CommentReaction
from events.actions import announce
from posts.actions.counting import tally
from posts.actions.locks import lock_active, lock_posts, lock_visible
from users import timelines
from users.models import User

BATCH = 500  # reactions a transaction


@transaction.atomic
def set_reaction(*, comment: Comment, owner: User, emoji: str) -> None:
    """Make `emoji` the one reaction of `owner`; a second replaces the first, the same is a no-op.

    Raises `Missing` when `owner` may not read the comment, `NotPublished` under one's own post.
    """
    owner = lock_active(owner)
    held = _held(comment, owner)
    former = CommentReaction.objects.filter(comment=held, owner=owner).first()
    if former and former.emoji == emoji:
        return
    if former:
        _count(former, -1)
        former.delete()
    _count(CommentReaction.objects.create(comment=held, owner=owner, emoji=emoji), +1)
    announce(CommentReacted(comment_id=held.pk, owner_id=owner.pk))


@transaction.atomic
def clear_reaction(*, comment: Comment, owner: User) -> None:
    """Take the reaction of `owner` back, whichever it is; twice is a no-op.

    Raises as `set_reaction`.
    """
    held = _held(comment, owner)
    former = CommentReaction.objects.filter(comment=held, owner=owner).first()
    if former is None:
        return
    _count(former, -1)
    former.delete()
    announce(CommentUnreacted(comment_id=held.pk, owner_id=owner.pk))


def _held(comment: Comment, viewer: User) -> Comment:
    post = lock_visible(comment.post, viewer)
    return readable(comment.pk, post=post, viewer=viewer)


def _count(reaction: CommentReaction, delta: int) -> None:
    if reaction.counted:
        rows = Comment.objects.filter(pk=reaction.comment_id)
        rows.update(reactions_count=F("reactions_count") + delta)


# --- Hidden people -------------------------------------------------------------------------------


def recount_reactions_of(user_id: int) -> None:
    """Let the reactions of a person count if, and only if, that person is not hidden.

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
    wrong = CommentReaction.objects.miscounted(user).order_by("comment__post_id", "id")
    found = dict(wrong.values_list("comment_id", "comment__post_id")[:BATCH])
    lock_posts(list(found.values()))
    rows = CommentReaction.objects.filter(owner=user, comment__in=list(found))
    rows.update(counted=user.is_active)
    here = CommentReaction.objects.filter(comment=OuterRef("pk"), counted=True)
    Comment.objects.filter(pk__in=found).update(reactions_count=tally(here, "comment"))
    return bool(found)
