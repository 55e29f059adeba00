"""Reposts to large audiences (L6), what they cost, and many hands at the same moment."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.actions.reposts import repost_post, unrepost_post
from posts.tasks import fan_out_repost
from tests.albums import published
from tests.carrying import TIMELINE, entries, repost, timeline, undo
from tests.racing import at_once
from tests.signed import follow
from users.actions.relationships import (
    follow_user,
    mute_user,
    unfollow_user,
    unmute_user,
)
from users.models import RepostEntry, TimelineEntry, User

# --- Many ----------------------------------------------------------------------------------------


def test_a_large_audience_is_reached_by_a_task(alice, bob, reader, person, as_user, settings):
    settings.TIMELINE_INLINE_FOLLOWERS = 2
    settings.TIMELINE_CHUNK = 2
    readers = [reader, *(person(f"r{n}") for n in range(4))]
    for each in readers[1:]:
        follow_user(owner=each, target=bob)
    follow(readers[4], alice)
    post, gone = published(alice), published(alice)
    for each in (post, gone):
        repost(as_user(bob), each)
    assert timeline(as_user(reader)) == []
    undo(as_user(bob), gone)

    for _ in range(2):
        for each in (post, gone):
            fan_out_repost(post_id=each.pk, owner_id=bob.pk)
    fan_out_repost(post_id=10**9, owner_id=bob.pk)
    fan_out_repost(post_id=post.pk, owner_id=10**9)

    brought = [(owner, who) for owner, who in entries(post) if who]
    assert sorted(brought) == sorted((each.pk, bob.pk) for each in readers[:4])
    assert not [who for _, who in entries(gone) if who]


def test_reposters_with_very_many_followers_are_joined_in_at_reading(
    alice, bob, carol, reader, as_user, settings
):
    posts = [published(alice) for _ in range(4)]
    repost(as_user(bob), posts[0])  # written, before bob had so many
    settings.TIMELINE_JOIN_FOLLOWERS = 0
    for each, post in ((bob, posts[1]), (carol, posts[1]), (carol, posts[0]), (carol, posts[2])):
        repost(as_user(each), post)
    hers = published(carol)
    assert TimelineEntry.objects.filter(owner_id=reader.pk).count() == 1

    expected = [
        (hers.pk, None),
        (posts[2].pk, "carol"),
        (posts[1].pk, "bob"),
        (posts[0].pk, "bob"),
    ]
    client = as_user(reader)
    assert timeline(client) == expected
    assert sorted(timeline(client, type="photo")) == sorted(expected)
    assert pages(client) == expected

    undo(as_user(bob), posts[1])
    assert (posts[1].pk, "carol") in timeline(client)
    mute_user(owner=reader, target=carol)
    assert timeline(client) == [(posts[0].pk, "bob")]
    unmute_user(owner=reader, target=carol)
    undo(as_user(bob), posts[0])
    assert (posts[0].pk, "carol") in timeline(client)
    follow_user(owner=reader, target=alice)
    assert sorted(timeline(client)) == sorted([(hers.pk, None), *((p.pk, None) for p in posts)])
    unfollow_user(owner=reader, target=carol)
    assert (hers.pk, None) not in timeline(client)


def test_following_an_author_who_is_joined_in_at_reading_leaves_no_second_row(
    alice, bob, reader, as_user, settings
):
    post = published(alice)
    repost(as_user(bob), post)
    User.objects.filter(pk=alice.pk).update(joined_at_reading=True)

    follow_user(owner=reader, target=alice)

    assert timeline(as_user(reader)) == [(post.pk, None)]


def pages(client):
    """The whole timeline, one at a time."""
    read, url = [], f"{TIMELINE}?limit=1"
    while url:
        page = client.get(url).json()
        read += [(c["id"], (c["reposted_by"] or {}).get("username")) for c in page["results"]]
        url = page["next"]
    return read


def test_a_page_of_reposts_costs_one_statement_and_a_filtered_one_as_many_as_ever(
    alice, bob, carol, reader, as_user
):
    client = as_user(reader)

    def cost(**asked):
        client.get(TIMELINE, asked)  # cards are kept after the first time
        with CaptureQueriesContext(connection) as queries:
            client.get(TIMELINE, asked)
        return len(queries)

    def more(number):
        for turn in range(number):
            repost(as_user((bob, carol)[turn % 2]), published(alice))

    more(2)
    few = cost(), cost(type="photo")
    more(8)

    assert (cost(), cost(type="photo")) == few
    assert few[0] == 1


def test_all_timelines_can_be_written_anew_with_their_reposts(
    alice, bob, carol, reader, person, as_user
):
    follow(carol, alice)
    posts = [published(alice), published(person("else")), published(bob)]
    for each, post in ((bob, posts[0]), (carol, posts[0]), (carol, posts[1]), (bob, posts[1])):
        repost(as_user(each), post)
    gone = published(alice)
    repost(as_user(bob), gone)
    undo(as_user(bob), gone)
    tables = (TimelineEntry, RepostEntry)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert entries(posts[0]) >= {(reader.pk, bob.pk), (carol.pk, None)}
    for table in tables:
        table.objects.all().delete()

    call_command("rebuild_timelines", stdout=StringIO())

    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_follows_and_reposts_at_once_see_each_other(alice, bob, carol, person):
    readers = [person(f"r{n}") for n in range(8)]
    posts = [published(alice) for _ in range(4)]
    acts = [
        *[lambda p=p, o=o: repost_post(post=p, owner=o) for p in posts for o in (bob, carol)],
        *[lambda r=r, o=o: follow_user(owner=r, target=o) for r in readers for o in (bob, carol)],
    ]

    at_once(*acts)

    for post in posts:
        assert {owner for owner, who in entries(post) if who} == {each.pk for each in readers}

    undo_all = [
        *[lambda p=p: unrepost_post(post=p, owner=bob) for p in posts],
        *[lambda r=r: unfollow_user(owner=r, target=bob) for r in readers],
    ]
    at_once(*undo_all)
    for post in posts:
        assert {who for _, who in entries(post) if who} == {carol.pk}


@pytest.mark.django_db(transaction=True)
def test_following_the_author_and_reposts_at_once_leave_one_row_from_the_author(
    alice, bob, carol, person
):
    readers = [person(f"r{n}") for n in range(8)]
    for reader in readers:
        follow_user(owner=reader, target=bob)
    posts = [published(alice) for _ in range(4)]

    at_once(
        *[lambda p=p: repost_post(post=p, owner=bob) for p in posts],
        *[lambda r=r: follow_user(owner=r, target=alice) for r in readers],
    )

    for post in posts:
        assert entries(post) == {(each.pk, None) for each in (*readers, alice)}


@pytest.mark.django_db(transaction=True)
def test_an_unfollow_and_the_undoing_of_the_next_at_once_show_nothing(
    alice, bob, carol, reader, as_user
):
    posts = [published(alice) for _ in range(6)]
    for post in posts:
        repost_post(post=post, owner=bob)
        repost_post(post=post, owner=carol)

    at_once(
        lambda: unfollow_user(owner=reader, target=bob),
        *[lambda p=p: unrepost_post(post=p, owner=carol) for p in posts],
    )

    assert timeline(as_user(reader)) == []
