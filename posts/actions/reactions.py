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
        Reaction.objects.filter(pk=former.pk).delete()
    made = Reaction.objects.create(post=post, owner=owner, emoji=emoji)
    _count(post, before=former, after=made)
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
    Reaction.objects.filter(pk=former.pk).delete()
    _count(post, before=former, after=None)
    announce(PostUnreacted(post_id=post.pk, owner_id=owner.pk))


def _count(post: Post, *, before: Reaction | None, after: Reaction | None) -> None:
    """Count on a locked post that `after` stands where `before` stood, and weigh it by its tags."""
    former, latter = ({each.emoji} if each and each.counted else set() for each in (before, after))
    reactions, likes = len(latter) - len(former), (LIKE in latter) - (LIKE in former)
    if reactions or likes:
        Post.objects.filter(pk=post.pk).update(
            reactions_count=F("reactions_count") + reactions, likes_count=F("likes_count") + likes
        )
    count = post.reactions_count + reactions
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
