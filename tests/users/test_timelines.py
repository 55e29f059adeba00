"""The materialised timelines (Y4, Y5, Y7): set-based movements, and pages that lose nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.racing import at_once
from users import timelines
from users.actions.relationships import (
    block_user,
    follow_user,
    mute_user,
    unfollow_user,
    unmute_user,
)
from users.models import Follow, TimelineEntry, User
from users.timelines import Position

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def put(author, post_id, minutes=None):
    """A post of `author`, shown some minutes after noon (its id, if nothing is said)."""
    shown_at = NOON + timedelta(minutes=post_id if minutes is None else minutes)
    return timelines.publish(post_id=post_id, author_id=author.pk, shown_at=shown_at)


def ids(owner, **where):
    return [entry.post_id for entry in timelines.page(owner.pk, size=50, **where)]


def test_a_post_stands_in_the_timelines_of_its_author_and_followers_only(alice, bob, carol):
    follow_user(owner=bob, target=alice)

    put(alice, 1)

    assert (ids(alice), ids(bob), ids(carol)) == ([1], [1], [])


def test_publishing_twice_is_as_good_as_once(alice, bob):
    follow_user(owner=bob, target=alice)

    put(alice, 1)
    put(alice, 1)

    assert ids(bob) == [1]


def test_following_brings_the_newest_posts_and_unfollowing_takes_them(alice, bob, settings):
    settings.TIMELINE_BACKFILL = 3
    for post_id in range(1, 6):
        put(alice, post_id)

    follow_user(owner=bob, target=alice)
    assert ids(bob) == [5, 4, 3]

    unfollow_user(owner=bob, target=alice)
    assert ids(bob) == []
    assert ids(alice) == [5, 4, 3, 2, 1]


def test_a_block_takes_the_posts_of_each_out_of_the_timeline_of_the_other(alice, bob):
    follow_user(owner=bob, target=alice)
    follow_user(owner=alice, target=bob)
    put(alice, 1)
    put(bob, 2)

    block_user(owner=alice, target=bob)

    assert (ids(alice), ids(bob)) == ([1], [2])


def test_a_mute_hides_until_its_end_and_takes_nothing_away(alice, bob):
    follow_user(owner=bob, target=alice)
    put(alice, 1)

    mute_user(owner=bob, target=alice, until=timezone.now() + timedelta(hours=1))
    assert ids(bob) == []
    mute_user(owner=bob, target=alice, until=timezone.now() - timedelta(seconds=1))
    assert ids(bob) == [1]
    mute_user(owner=bob, target=alice)
    assert ids(bob) == []
    unmute_user(owner=bob, target=alice)
    assert ids(bob) == [1]


def test_pages_follow_each_other_through_posts_of_one_moment(alice):
    for post_id in range(1, 8):
        put(alice, post_id, minutes=0)

    first = timelines.page(alice.pk, size=3)
    second = timelines.page(alice.pk, before=first[-1].position, size=3)
    third = timelines.page(alice.pk, before=second[-1].position, size=3)
    back = timelines.page(alice.pk, after=second[0].position, size=3)

    assert [[e.post_id for e in page] for page in (first, second, third)] == [
        [7, 6, 5],
        [4, 3, 2],
        [1],
    ]
    assert [e.post_id for e in back] == [5, 6, 7]


def test_withdrawing_takes_a_post_out_of_every_timeline(alice, bob):
    follow_user(owner=bob, target=alice)
    put(alice, 1)
    put(alice, 2)

    timelines.withdraw(1)

    assert (ids(alice), ids(bob)) == ([2], [2])


def test_withdrawing_an_author_leaves_their_own_timeline(alice, bob, carol):
    follow_user(owner=bob, target=alice)
    follow_user(owner=bob, target=carol)
    put(alice, 1)
    put(carol, 2)

    timelines.withdraw_author(alice.pk)

    assert (ids(alice), ids(bob)) == ([1], [2])


def test_a_large_audience_is_written_in_chunks_that_may_be_repeated(alice, person, settings):
    settings.TIMELINE_INLINE_FOLLOWERS = 2
    settings.TIMELINE_CHUNK = 2
    readers = [person(f"reader{n}") for n in range(5)]
    for reader in readers:
        follow_user(owner=reader, target=alice)

    assert put(alice, 1) is False
    assert ids(readers[0]) == []

    sent = {"post_id": 1, "author_id": alice.pk, "shown_at": NOON}
    first = timelines.publish_chunk(**sent)
    again = timelines.publish_chunk(**sent)
    second = timelines.publish_chunk(**sent, after=first or 0)
    third = timelines.publish_chunk(**sent, after=second or 0)

    assert first == again
    assert third is None
    assert [ids(reader) for reader in readers] == [[1]] * 5


def test_authors_with_very_many_followers_are_joined_in_at_reading(alice, bob, carol, settings):
    follow_user(owner=bob, target=alice)
    follow_user(owner=bob, target=carol)
    put(alice, 1)
    settings.TIMELINE_JOIN_FOLLOWERS = 0
    put(alice, 2)
    settings.TIMELINE_JOIN_FOLLOWERS = 100
    put(carol, 3)
    put(alice, 4)

    assert TimelineEntry.objects.filter(owner_id=bob.pk).count() == 2  # posts 1 and 3
    assert ids(bob) == [4, 3, 2, 1]
    assert ids(bob, before=Position(NOON + timedelta(minutes=4), 4)) == [3, 2, 1]
    assert ids(carol) == [3]

    mute_user(owner=bob, target=alice)
    assert ids(bob) == [3]
    unmute_user(owner=bob, target=alice)
    unfollow_user(owner=bob, target=alice)
    assert ids(bob) == [3]


def test_rebuilding_gives_what_following_and_publishing_gave(alice, bob, carol):
    follow_user(owner=bob, target=alice)
    put(alice, 1)
    put(bob, 2)
    put(carol, 3)
    follow_user(owner=bob, target=carol)
    before = ids(bob)
    TimelineEntry.objects.filter(owner_id=bob.pk).exclude(author_id=bob.pk).delete()

    timelines.rebuild(bob.pk)

    assert ids(bob) == before == [3, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_follow_and_a_publication_at_the_same_moment_see_each_other(alice, person):
    readers = [person(f"reader{n}") for n in range(12)]

    def publish(post_id):
        with transaction.atomic():
            timelines.lock_author(alice.pk)
            put(alice, post_id)

    at_once(
        *(lambda n=n: publish(n) for n in range(1, 13)),
        *(lambda r=reader: follow_user(owner=r, target=alice) for reader in readers),
    )

    assert all(sorted(ids(reader)) == list(range(1, 13)) for reader in readers)


@pytest.mark.django_db(transaction=True)
def test_an_unfollow_during_publications_leaves_nothing_behind(alice, person):
    readers = [person(f"reader{n}") for n in range(8)]
    for reader in readers:
        follow_user(owner=reader, target=alice)

    def publish(post_id):
        with transaction.atomic():
            timelines.lock_author(alice.pk)
            put(alice, post_id)

    at_once(
        *(lambda n=n: publish(n) for n in range(1, 9)),
        *(lambda r=reader: unfollow_user(owner=r, target=alice) for reader in readers),
    )

    assert not Follow.objects.exists()
    assert [ids(reader) for reader in readers] == [[]] * 8
    assert User.objects.get(pk=alice.pk).followers_count == 0
