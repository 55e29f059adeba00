"""Carrying somebody's post on to one's own followers, and taking that back.

A repost is written under the locks of both people and of the post's row, so that
`reposts_count` always is the number of its reposts that are `counted`, and that the timelines
(`users.reposts`) follow in the same transaction.
"""

from typing import ClassVar

from django.db import transaction
from django.db.models import F, Q

from common.errors import Missing, Refusal
from events.actions import announce
from posts.actions.locks import lock_posts, lock_visible
from posts.events import PostReposted, PostUnreposted, RepostFanOutDue
from posts.models import Post, Repost
from users import reposts as room
from users.models import Block, User


class OwnPost(Refusal):
    """One's own followers have it from oneself."""

    code: ClassVar[str] = "own_post"
    detail = "This is your own post."


class NotForEverybody(Refusal):
    """Somebody may see it, and may not pass it on."""

    code: ClassVar[str] = "not_public"
    status: ClassVar[int] = 403
    detail = "Only what everybody may see can be reposted."


@transaction.atomic
def repost_post(*, post: Post, owner: User) -> None:
    """Carry a post on to those who follow `owner`; twice changes nothing.

    Raises `Missing` when `owner` may not see it, `NotForEverybody`, `OwnPost`, `NotPublished`.
    """
    owner, author = _lock(owner.pk, post.author_id)
    post = lock_visible(post, owner)
    if post.author_id == owner.pk:
        raise OwnPost
    if post.visibility != Post.Visibility.PUBLIC or author.is_private:
        raise NotForEverybody
    repost, is_new = Repost.objects.get_or_create(post=post, owner=owner)
    if not is_new:
        return
    repost.refresh_from_db(fields=["created_at"])
    _count(post.pk, +1)
    whole = room.publish(
        post_id=post.pk,
        author_id=author.pk,
        reposter_id=owner.pk,
        shown_at=repost.created_at,
    )
    if not whole:
        announce(RepostFanOutDue(post_id=post.pk, owner_id=owner.pk))
    announce(PostReposted(post_id=post.pk, owner_id=owner.pk))


@transaction.atomic
def unrepost_post(*, post: Post, owner: User) -> None:
    """Undo `repost_post`; twice changes nothing. Raises `Missing`, `NotPublished`."""
    owner, _ = _lock(owner.pk, post.author_id)
    _take_back(lock_visible(post, owner), owner)


def _take_back(post: Post, owner: User) -> None:
    """End a repost, if there is one. Holds: the rows of both people and of the post."""
    repost = Repost.objects.filter(post=post, owner=owner).first()
    if repost is None:
        return
    if repost.counted:
        _count(post.pk, -1)
    repost.delete()
    room.withdraw(post_id=post.pk, reposter_id=owner.pk)
    announce(PostUnreposted(post_id=post.pk, owner_id=owner.pk))


def _count(post_id: int, delta: int) -> None:
    Post.objects.filter(pk=post_id).update(reposts_count=F("reposts_count") + delta)


def _lock(owner_id: int, author_id: int) -> tuple[User, User]:
    """Both people as they are now, held. `Missing` when the first has been hidden meanwhile."""
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=(owner_id, author_id))
    found = {user.pk: user for user in rows.order_by("pk")}
    if owner_id not in found or author_id not in found or not found[owner_id].is_active:
        raise Missing
    return found[owner_id], found[author_id]


# --- What follows ------------------------------------------------------------------------------


@transaction.atomic
def fan_out_repost(*, post_id: int, owner_id: int, after: int) -> int | None:
    """Carry a repost on to the next chunk of followers; None when that was the last of them.

    None too when it does not stand any more, or is joined in at reading.
    """
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return None
    try:
        owner, _ = _lock(owner_id, post.author_id)
    except Missing:
        return None
    lock_posts([post_id])
    repost = Repost.objects.select_related("post").filter(post=post, owner=owner).first()
    if repost is None or owner.joined_at_reading:
        return None
    post = repost.post
    if not post.is_shown or post.visibility == Post.Visibility.PRIVATE:
        return None
    return room.publish_chunk(
        post_id=post_id,
        author_id=post.author_id,
        reposter_id=owner_id,
        shown_at=repost.created_at,
        after=after,
    )


def end_reposts_between(a_id: int, b_id: int) -> None:
    """Let neither of two people carry on what the other posted, while a block is between them."""
    between = Repost.objects.filter(
        Q(owner=a_id, post__author=b_id) | Q(owner=b_id, post__author=a_id)
    ).order_by("pk")
    for post_id, owner_id in list(between.values_list("post_id", "owner_id")):
        _end_if_apart(post_id, owner_id)


@transaction.atomic
def _end_if_apart(post_id: int, owner_id: int) -> None:
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return
    both = (owner_id, post.author_id)
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=both).order_by("pk")
    people = {user.pk: user for user in rows}
    lock_posts([post_id])
    if len(people) == len(both) and Block.objects.between(*people.values()).exists():
        _take_back(post, people[owner_id])


def shelve_reposts(owner_id: int) -> None:
    """Note anew, for the timelines, what somebody has reposted."""
    rows = Repost.objects.filter(owner=owner_id)
    room.shelve(owner_id, rows.values_list("post_id", "post__author_id", "created_at"))
