"""Reposts in home timelines (L6, D9): once a reader, under a name that the reader follows.

`alice` writes; `bob` and `carol` repost; `reader` follows the two and not her.
"""

import pytest

from tests.albums import published
from tests.carrying import TIMELINE, entries, repost, timeline, undo
from tests.signed import follow
from users.actions.accounts import change_profile
from users.actions.relationships import (
    block_user,
    follow_user,
    mute_user,
    unblock_user,
    unfollow_user,
    unmute_user,
)
from users.models import User

# --- Once ----------------------------------------------------------------------------------------


def test_l6_a_repost_stands_in_the_timelines_of_followers_under_the_reposters_name(
    alice, bob, carol, reader, as_user
):
    old, new = published(alice), published(bob)
    repost(as_user(bob), old)

    assert timeline(as_user(reader)) == [(old.pk, "bob"), (new.pk, None)]
    assert timeline(as_user(bob)) == [(new.pk, None)]  # one's own repost is no news
    assert timeline(as_user(alice)) == [(old.pk, None)]
    assert timeline(as_user(carol)) == []
    card = as_user(reader).get(TIMELINE).json()["results"][0]
    alone = as_user(reader).get(f"/posts/{old.pk}/").json()
    who = as_user(reader).get("/users/bob/").json()
    assert alone["reposted_by"] is None
    assert card == {
        **alone,
        "reposted_by": {name: who[name] for name in ("id", "username", "name", "avatar_url")},
    }
    assert (card["reposts_count"], card["viewer"]["reposted"]) == (1, False)
    change_profile(user=bob, changes={"name": "Bob B."})
    card = as_user(reader).get(TIMELINE).json()["results"][0]
    assert card["reposted_by"]["name"] == "Bob B."


def test_l6_however_many_repost_it_stands_once_under_the_first(alice, bob, carol, reader, as_user):
    post = published(alice)
    for each in (carol, bob):
        repost(as_user(each), post)

    assert timeline(as_user(reader)) == [(post.pk, "carol")]


def test_l6_who_follows_the_author_has_it_from_the_author(alice, bob, carol, reader, as_user):
    follow(reader, alice)
    post, newer = published(alice), published(alice)
    repost(as_user(bob), post)

    assert timeline(as_user(reader)) == [(newer.pk, None), (post.pk, None)]
    undo(as_user(bob), post)
    assert timeline(as_user(reader)) == [(newer.pk, None), (post.pk, None)]


def test_who_follows_the_author_gets_nothing_twice_or_older_by_reposts(
    alice, bob, reader, as_user, settings
):
    settings.TIMELINE_BACKFILL = 1
    old, new = published(alice), published(alice)
    follow_user(owner=reader, target=alice)

    repost(as_user(bob), old)

    assert timeline(as_user(reader)) == [(new.pk, None)]


def test_an_author_who_follows_the_reposter_sees_nothing_new(alice, bob, as_user):
    follow(alice, bob)
    post = published(alice)

    repost(as_user(bob), post)

    assert timeline(as_user(alice)) == [(post.pk, None)]


# --- Undone --------------------------------------------------------------------------------------


def test_l6_undoing_falls_back_to_another_whom_the_reader_follows(
    alice, bob, carol, person, reader, as_user
):
    stranger = person("stranger")
    post = published(alice)
    for each in (stranger, bob, carol):
        repost(as_user(each), post)
    assert timeline(as_user(reader)) == [(post.pk, "bob")]

    undo(as_user(bob), post)
    assert timeline(as_user(reader)) == [(post.pk, "carol")]
    undo(as_user(stranger), post)
    assert timeline(as_user(reader)) == [(post.pk, "carol")]
    undo(as_user(carol), post)
    assert timeline(as_user(reader)) == []
    assert entries(post) == {(alice.pk, None)}


def test_a_hidden_person_takes_nothing_over(alice, bob, carol, reader, as_user):
    post = published(alice)
    for each in (bob, carol):
        repost(as_user(each), post)
    User.objects.filter(pk=carol.pk).update(suspended_at="2026-01-01T00:00Z")

    undo(as_user(bob), post)

    assert entries(post) == {(alice.pk, None)}


# --- Follows -------------------------------------------------------------------------------------


def test_following_a_reposter_brings_the_newest_reposts(alice, bob, person, as_user, settings):
    settings.TIMELINE_BACKFILL = 2
    late = person("late")
    posts = [published(alice) for _ in range(3)]
    for post in posts:
        repost(as_user(bob), post)

    follow_user(owner=late, target=bob)

    assert timeline(as_user(late)) == [(posts[2].pk, "bob"), (posts[1].pk, "bob")]


def test_following_a_reposter_brings_nothing_of_oneself_or_of_whom_one_follows(
    alice, bob, person, as_user
):
    late = person("late")
    follow(late, alice)
    hers, own, other = published(alice), published(late), published(person("else"))
    for post in (hers, own, other):
        repost(as_user(bob), post)

    follow_user(owner=late, target=bob)

    assert timeline(as_user(late)) == [(other.pk, "bob"), (own.pk, None), (hers.pk, None)]


def test_unfollowing_a_reposter_falls_back_to_the_other(alice, bob, carol, reader, as_user):
    both, one = published(alice), published(alice)
    for each, post in ((bob, both), (carol, both), (bob, one)):
        repost(as_user(each), post)

    unfollow_user(owner=reader, target=bob)

    assert timeline(as_user(reader)) == [(both.pk, "carol")]
    unfollow_user(owner=reader, target=carol)
    assert timeline(as_user(reader)) == []


def test_following_the_author_takes_over_what_others_had_brought(
    alice, bob, reader, as_user, settings
):
    settings.TIMELINE_BACKFILL = 1
    old, new = published(alice), published(alice)
    repost(as_user(bob), old)
    assert timeline(as_user(reader)) == [(old.pk, "bob")]

    follow_user(owner=reader, target=alice)
    assert timeline(as_user(reader)) == [(new.pk, None), (old.pk, None)]
    undo(as_user(bob), old)
    assert timeline(as_user(reader)) == [(new.pk, None), (old.pk, None)]


def test_unfollowing_the_author_takes_their_posts_until_the_next_repost(
    alice, bob, carol, reader, as_user
):
    follow(reader, alice)
    post = published(alice)
    repost(as_user(bob), post)

    unfollow_user(owner=reader, target=alice)
    assert timeline(as_user(reader)) == []
    repost(as_user(carol), post)
    assert timeline(as_user(reader)) == [(post.pk, "carol")]


# --- Blocks and mutes ----------------------------------------------------------------------------


@pytest.mark.parametrize("by_reader", [True, False])
def test_d9_a_block_with_the_reposter_falls_back_to_the_other(
    alice, bob, carol, reader, as_user, by_reader
):
    both, one = published(alice), published(alice)
    for each, post in ((bob, both), (carol, both), (bob, one)):
        repost(as_user(each), post)

    owner, target = (reader, bob) if by_reader else (bob, reader)
    block_user(owner=owner, target=target)

    assert timeline(as_user(reader)) == [(both.pk, "carol")]


def test_d9_a_block_with_the_author_takes_what_others_repost(
    alice, bob, reader, as_user, committed
):
    post = published(alice)
    repost(as_user(bob), post)
    with committed():
        block_user(owner=alice, target=reader)

    again = published(alice)
    repost(as_user(bob), again)

    assert timeline(as_user(reader)) == []
    assert timeline(as_user(reader), type="photo") == []
    unblock_user(owner=alice, target=reader)
    assert timeline(as_user(reader)) == [(again.pk, "bob")]


def test_d9_a_block_between_author_and_reposter_ends_the_repost(
    alice, bob, reader, as_user, committed
):
    post = published(alice)
    repost(as_user(bob), post)

    with committed():
        block_user(owner=alice, target=bob)

    assert timeline(as_user(reader)) == []


def test_a_mute_hides_what_the_muted_wrote_and_what_they_repost(alice, bob, carol, reader, as_user):
    hers, his = published(alice), published(bob)
    repost(as_user(bob), hers)
    repost(as_user(carol), his)
    before = timeline(as_user(reader))
    assert before == [(hers.pk, "bob"), (his.pk, None)]

    mute_user(owner=reader, target=bob)
    for asked in ({}, {"type": "photo"}):
        assert timeline(as_user(reader), **asked) == []
    unmute_user(owner=reader, target=bob)
    mute_user(owner=reader, target=alice)
    assert timeline(as_user(reader)) == [(his.pk, None)]
    unmute_user(owner=reader, target=alice)
    assert timeline(as_user(reader)) == before
