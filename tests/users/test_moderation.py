"""Suspending people and lifting it, by moderators (issue 3: documents and moderation)."""

import contextlib

import pytest
from django.contrib.admin.models import LogEntry

from common.errors import Missing
from tests.conftest import PASSWORD
from tests.racing import at_once
from users.actions import accounts, moderation, relationships
from users.models import User


@pytest.fixture
def moderator(person):
    return person("mo", is_staff=True)


def suspend(user, moderator, reason="spam"):
    moderation.suspend_user(user=user, moderator=moderator, reason=reason)


def lift(user, moderator, reason="a mistake"):
    moderation.lift_suspension(user=user, moderator=moderator, reason=reason)


def counts(user):
    user.refresh_from_db()
    return user.followers_count, user.following_count


def test_a_suspended_person_is_hidden_until_it_is_lifted(
    alice, bob, moderator, guest, as_user, pair_of, bearing, announced
):
    pair = pair_of(alice)

    for _ in range(2):
        suspend(alice, moderator)

    sent = {"username": "alice", "password": PASSWORD}
    assert guest.post("/users/login", sent).status_code == 401
    assert as_user(bob).get("/users/alice/").status_code == 404
    assert bearing(pair).get("/users").status_code == 401

    for _ in range(2):
        lift(alice, moderator)

    assert as_user(bob).get("/users/alice/").status_code == 200
    assert bearing(pair).get("/users").status_code == 401  # an ended session stays ended
    assert guest.post("/users/login", sent).status_code == 200
    assert announced == [
        ("UserSuspended", {"user_id": alice.pk}),
        ("UserRestored", {"user_id": alice.pk}),
    ]


def test_each_act_is_in_the_log_once_with_its_reason(alice, moderator):
    for _ in range(2):
        suspend(alice, moderator, "sells shoes")
    for _ in range(2):
        lift(alice, moderator, "they were her own")

    entries = LogEntry.objects.order_by("pk")
    assert [(each.user_id, each.object_id, each.change_message) for each in entries] == [
        (moderator.pk, str(alice.pk), "Suspended: sells shoes"),
        (moderator.pk, str(alice.pk), "Suspension lifted: they were her own"),
    ]


def test_the_counts_of_others_follow(alice, bob, moderator):  # Y6
    relationships.follow_user(owner=alice, target=bob)
    relationships.follow_user(owner=bob, target=alice)

    suspend(alice, moderator)
    assert counts(bob) == (0, 0)
    lift(alice, moderator)
    assert counts(bob) == (1, 1)
    assert counts(alice) == (1, 1)


def test_hidden_twice_over_is_counted_once(alice, bob, moderator):  # Y6
    relationships.follow_user(owner=alice, target=bob)

    suspend(alice, moderator)
    accounts.delete_user(user=alice)
    assert counts(bob) == (0, 0)
    lift(alice, moderator)
    assert counts(bob) == (0, 0)  # deleted still


def test_nobody_suspends_oneself_or_upwards(alice, moderator, person):
    chief = person("chief", is_staff=True, is_superuser=True)

    for user, by in ((moderator, moderator), (chief, moderator), (chief, chief)):
        with pytest.raises(moderation.MayNotModerate):
            suspend(user, by)

    assert User.objects.active().count() == 3
    assert not LogEntry.objects.exists()
    suspend(moderator, chief)


@pytest.mark.django_db(transaction=True)
def test_suspending_and_lifting_at_once_leaves_counts_right(alice, bob, carol, moderator):  # Y6
    for owner, target in ((alice, bob), (bob, alice), (carol, bob), (carol, alice)):
        relationships.follow_user(owner=owner, target=target)

    def follow():
        with contextlib.suppress(Missing):  # while bob is suspended
            relationships.follow_user(owner=carol, target=bob)

    for _ in range(3):
        at_once(
            *[lambda: suspend(alice, moderator)] * 4,
            *[lambda: suspend(bob, moderator)] * 4,
            *[lambda: lift(alice, moderator)] * 4,
            lambda: relationships.unfollow_user(owner=carol, target=bob),
            follow,
        )
        lift(alice, moderator)
        lift(bob, moderator)
        relationships.follow_user(owner=carol, target=bob)
        assert (counts(alice), counts(bob), counts(carol)) == ((2, 1), (2, 1), (0, 2))
