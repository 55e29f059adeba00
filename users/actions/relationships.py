"""Follow, block, mute and their undoing. Each locks both people first, in order of their ids."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from common.errors import Invalid, Missing, Refusal
from events.actions import announce
from users import reposts, timelines
from users.events import (
    FollowRequested,
    UserBlocked,
    UserFollowed,
    UserUnblocked,
    UserUnfollowed,
)
from users.models import Block, Follow, FollowRequest, Mute, User


class WithOneself(Invalid):
    code = "with_oneself"
    detail = "That cannot be done with your own account."


class Blocking(Refusal):
    code = "blocking"
    status = 403
    detail = "You have blocked this person. Unblock them first."


@transaction.atomic
def follow_user(*, owner: User, target: User) -> None:
    """Make `owner` follow `target`, or ask to if the account is private; twice changes nothing.

    Raises `WithOneself`, `Blocking` when `owner` blocks `target`, `Missing` when `target`
    blocks `owner` or is gone.
    """
    owner, target = _lock(owner, target)
    _refuse_if_apart(owner, target)
    if Follow.objects.filter(owner=owner, target=target).exists():
        return
    if target.is_private:
        _, created = FollowRequest.objects.get_or_create(owner=owner, target=target)
        if created:
            announce(FollowRequested(owner_id=owner.pk, target_id=target.pk))
        return
    _begin(owner, target)


@transaction.atomic
def unfollow_user(*, owner: User, target: User) -> None:
    """Undo `follow_user`, whether it is a follow yet or still a request; twice changes nothing."""
    owner, target = _lock(owner, target)
    FollowRequest.objects.filter(owner=owner, target=target).delete()
    _end(owner, target)


@transaction.atomic
def accept_request(*, owner: User, requester: User) -> None:
    """Let `requester` follow `owner`. A no-op when they do already; `Missing` without a request."""
    owner, requester = _lock(owner, requester)
    _refuse_if_apart(owner, requester)
    if FollowRequest.objects.filter(owner=requester, target=owner).exists():
        _begin(requester, owner)
    elif not Follow.objects.filter(owner=requester, target=owner).exists():
        raise Missing


@transaction.atomic
def refuse_request(*, owner: User, requester: User) -> None:
    """Drop the request of `requester`, who is not told; twice changes nothing."""
    FollowRequest.objects.filter(owner=requester, target=owner).delete()


def accept_all_requests(*, owner: User) -> None:
    """Let everyone follow who has asked: the account is open now. One transaction a person."""
    for request in FollowRequest.objects.filter(target=owner).select_related("owner"):
        try:
            accept_request(owner=owner, requester=request.owner)
        except Refusal:  # withdrawn, blocked or gone in the meantime
            continue


@transaction.atomic
def block_user(*, owner: User, target: User) -> None:
    """Hide each from the other: follows and requests end, posts leave both timelines."""
    if owner.pk == target.pk:
        raise WithOneself
    owner, target = _lock(owner, target)
    _, created = Block.objects.get_or_create(owner=owner, target=target)
    if not created:
        return
    FollowRequest.objects.between(owner, target).delete()
    for follower, followed in ((owner, target), (target, owner)):
        _end(follower, followed)
        timelines.purge(owner_id=follower.pk, author_id=followed.pk)
    announce(UserBlocked(owner_id=owner.pk, target_id=target.pk))


@transaction.atomic
def unblock_user(*, owner: User, target: User) -> None:
    """Undo `block_user`; it brings no follow back. Twice changes nothing."""
    owner, target = _lock(owner, target)
    deleted, _ = Block.objects.filter(owner=owner, target=target).delete()
    if deleted:
        announce(UserUnblocked(owner_id=owner.pk, target_id=target.pk))


@transaction.atomic
def mute_user(*, owner: User, target: User, until: datetime | None = None) -> None:
    """Keep `target` out of the timeline of `owner`, until `until` if given; again sets it anew."""
    if owner.pk == target.pk:
        raise WithOneself
    Mute.objects.update_or_create(owner=owner, target=target, defaults={"until": until})


@transaction.atomic
def unmute_user(*, owner: User, target: User) -> None:
    """Undo `mute_user`; twice changes nothing."""
    Mute.objects.filter(owner=owner, target=target).delete()


# --- Hidden people -----------------------------------------------------------------------------


def lock_with_partners(user: User) -> User:
    """Hold the rows of `user` and of everyone on the other side of a follow, in order of id.

    To be called before an account is hidden or shown again. The row as it is now is returned.
    """
    partners = Q(pk__in=Follow.objects.filter(owner=user).values("target_id")) | Q(
        pk__in=Follow.objects.filter(target=user).values("owner_id")
    )
    everyone = User.objects.select_for_update(no_key=True).filter(Q(pk=user.pk) | partners)
    list(everyone.order_by("pk").values_list("pk", flat=True))
    fresh: User = User.objects.get(pk=user.pk)
    return fresh


def leave_counts(user: User) -> None:
    """Stop counting `user` among others' followers and followed: the account is hidden now."""
    _shift_counts(user, -1)


def return_to_counts(user: User) -> None:
    """Undo `leave_counts`."""
    _shift_counts(user, +1)


def _shift_counts(user: User, delta: int) -> None:
    followed = Follow.objects.filter(owner=user).values("target_id")
    User.objects.filter(pk__in=followed).update(followers_count=F("followers_count") + delta)
    following = Follow.objects.filter(target=user).values("owner_id")
    User.objects.filter(pk__in=following).update(following_count=F("following_count") + delta)


# --- Steps -------------------------------------------------------------------------------------


def _lock(a: User, b: User) -> tuple[User, User]:
    """Both people as they are now, their rows held until the transaction ends."""
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=(a.pk, b.pk))
    found = {user.pk: user for user in rows.order_by("pk")}
    if a.pk not in found or b.pk not in found:
        raise Missing
    return found[a.pk], found[b.pk]


def _refuse_if_apart(owner: User, target: User) -> None:
    if owner.pk == target.pk:
        raise WithOneself
    blocks = Block.objects.between(owner, target).values_list("owner_id", flat=True)
    blockers = set(blocks)
    if target.pk in blockers or not target.is_active:
        raise Missing
    if blockers:
        raise Blocking


def _begin(owner: User, target: User) -> None:
    """Write the follow; a request that waited for it goes, however the follow came about."""
    FollowRequest.objects.filter(owner=owner, target=target).delete()
    Follow.objects.create(owner=owner, target=target)
    _count(owner, target, +1)
    reposts.hand_over(owner_id=owner.pk, author_id=target.pk)
    if not target.joined_at_reading:
        timelines.backfill(owner_id=owner.pk, author_id=target.pk)
        reposts.backfill(owner_id=owner.pk, reposter_id=target.pk)
    announce(UserFollowed(owner_id=owner.pk, target_id=target.pk))


def _end(owner: User, target: User) -> None:
    deleted, _ = Follow.objects.filter(owner=owner, target=target).delete()
    if not deleted:
        return
    _count(owner, target, -1)
    timelines.purge(owner_id=owner.pk, author_id=target.pk)
    reposts.leave(owner_id=owner.pk, reposter_id=target.pk)
    announce(UserUnfollowed(owner_id=owner.pk, target_id=target.pk))


def _count(owner: User, target: User, delta: int) -> None:
    """A follow counts on one side while the person on the other is not hidden."""
    if target.is_active:
        User.objects.filter(pk=owner.pk).update(following_count=F("following_count") + delta)
    if owner.is_active:
        User.objects.filter(pk=target.pk).update(followers_count=F("followers_count") + delta)
