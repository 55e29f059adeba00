"""Reacting to a post and taking it back; a like is the reaction ❤.

Everything here writes under the lock of the post's row, so that `reactions_count` and
`likes_count` always are the number of its reactions that are `counted`.
"""

from django.db import transaction
from django.db.models import F, OuterRef

from events.actions import announce
from posts.actions.counting import tally
from posts.actions.locks import lock_active, lock_posts, lock_visible
from posts.events import PostReacted, PostUnreacted
from posts.models import LIKE, Post, Reaction
from posts.tagging import reweigh, weight
from users import timelines
from users.models import User

BATCH = 500  # posts a transaction


@transaction.atomic
def set_reaction(*, post: Post, owner: User, emoji: str) -> None:
    """Make `emoji` the one reaction of `owner`; a second replaces the first, the same is a no-op.

    Raises `Missing` when `owner` may not see the post, `NotPublished` on one's own.
    """
    owner = lock_active(owner)
    post = lock_visible(post, owner)
    former = Reaction.objects.filter(post=post, owner=owner).first()
    if former and former.emoji == emoji:
        return
    if former:
        _count(former, -1)
        former.delete()
    _count(Reaction.objects.create(post=post, owner=owner, emoji=emoji), +1)
    if not (former and former.counted):
        _weigh(post, +1)
    announce(PostReacted(post_id=post.pk, owner_id=owner.pk))


@transaction.atomic
def clear_reaction(*, post: Post, owner: User, emoji: str | None = None) -> None:
    """Take the reaction of `owner` back, if it is `emoji` or whatever it is; twice is a no-op.

    Raises as `set_reaction`.
    """
    post = lock_visible(post, owner)
    former = Reaction.objects.filter(post=post, owner=owner).first()
    if former is None or emoji not in (None, former.emoji):
        return
    _count(former, -1)
    former.delete()
    if former.counted:
        _weigh(post, -1)
    announce(PostUnreacted(post_id=post.pk, owner_id=owner.pk))


def _count(reaction: Reaction, delta: int) -> None:
    if reaction.counted:
        liked = delta if reaction.emoji == LIKE else 0
        Post.objects.filter(pk=reaction.post_id).update(
            reactions_count=F("reactions_count") + delta, likes_count=F("likes_count") + liked
        )


def _weigh(post: Post, delta: int) -> None:
    """Move a locked post on the pages of its tags, if one reaction more or less matters there."""
    count = post.reactions_count + delta
    if weight(count) != weight(post.reactions_count):
        reweigh({post.pk: count})


# --- Hidden people -----------------------------------------------------------------------------


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
    wrong = Reaction.objects.miscounted(user).order_by("post_id")
    post_ids = list(wrong.values_list("post_id", flat=True)[:BATCH])
    lock_posts(post_ids)
    Reaction.objects.filter(owner=user, post__in=post_ids).update(counted=user.is_active)
    here = Reaction.objects.filter(post=OuterRef("pk"), counted=True)
    Post.objects.filter(pk__in=post_ids).update(
        reactions_count=tally(here, "post"), likes_count=tally(here.filter(emoji=LIKE), "post")
    )
    counts = Post.objects.filter(pk__in=post_ids).values_list("pk", "reactions_count")
    reweigh(dict(counts))
    return bool(post_ids)
