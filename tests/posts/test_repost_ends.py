"""What becomes of reposts (L6, D9, D10) when people and posts go, and come back."""

import pytest

from events.models import Announcement
from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, restore_post
from posts.actions.posts import delete_post
from posts.models import Repost
from posts.tasks import fan_out_reposts
from tests.albums import made_anew, published
from tests.carrying import entries, repost, shelf, timeline, undo
from users.actions.accounts import change_profile, delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.models import RepostEntry, TimelineEntry

# --- People who go -------------------------------------------------------------------------------


def test_d10_a_suspended_reposter_hides_and_comes_back(
    alice, bob, reader, as_user, moderator, committed
):
    post = published(alice)
    repost(as_user(bob), post)

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
        for asked in ({}, {"type": "photo"}):
            assert timeline(as_user(reader), **asked) == []  # before any task has run
    assert timeline(as_user(reader)) == []
    with committed():
        lift_suspension(user=bob, moderator=moderator, reason="a mistake")
    assert timeline(as_user(reader)) == [(post.pk, "bob")]


def test_d10_a_deleted_reposter_is_followed_by_the_next(
    alice, bob, carol, reader, as_user, committed
):
    both, one = published(alice), published(alice)
    for each, post in ((bob, both), (carol, both), (bob, one)):
        repost(as_user(each), post)

    with committed():
        delete_user(user=bob)

    assert timeline(as_user(reader)) == [(both.pk, "carol")]
    assert not RepostEntry.objects.filter(reposter_id=bob.pk).exists()


def test_d10_a_deleted_author_takes_the_posts_along(alice, bob, reader, as_user, committed):
    post = published(alice)
    repost(as_user(bob), post)

    with committed():
        delete_user(user=alice)

    assert timeline(as_user(reader)) == []
    assert (entries(post), shelf(post)) == ({(alice.pk, None)}, set())


# --- Posts that go -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["delete", "hide", "private"])
def test_d9_a_post_that_is_taken_away_returns_with_its_reposts(
    alice, bob, carol, reader, as_user, moderator, committed, how
):
    post = published(alice)
    for each in (carol, bob):
        repost(as_user(each), post)

    if how == "delete":
        delete_post(post=post, editor=alice)
    elif how == "hide":
        hide_post(post=post, moderator=moderator, reason="test")
    else:
        edit_post(post=post, editor=alice, changes={"visibility": "private"})
    assert timeline(as_user(reader)) == []
    assert {owner for owner, _ in entries(post)} <= {alice.pk}

    if how == "private":
        edit_post(post=post, editor=alice, changes={"visibility": "public"})
    else:
        restore_post(post=post, moderator=moderator, reason="test")
        made_anew(post)
    for owner in Repost.objects.values_list("owner_id", flat=True):
        assert (reader.pk, owner) not in entries(post)  # nothing has run yet
    spread(post)
    assert timeline(as_user(reader)) == [(post.pk, "carol")]


def spread(post):
    """Run what was announced about the reposts of a post."""
    assert Announcement.objects.filter(kind="posts.RepostsShown").exists()
    fan_out_reposts(post_id=post.pk)


def test_d9_a_post_that_is_narrowed_is_hidden_from_who_does_not_follow_its_author(
    alice, bob, reader, as_user
):
    post = published(alice)
    repost(as_user(bob), post)

    edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    assert timeline(as_user(reader)) == []
    edit_post(post=post, editor=alice, changes={"visibility": "public"})
    assert timeline(as_user(reader)) == [(post.pk, "bob")]
    change_profile(user=alice, changes={"is_private": True})
    assert timeline(as_user(reader)) == []


def test_d9_what_stands_in_the_table_proves_no_repost(alice, bob, carol, reader, as_user):
    post = published(alice)
    repost(as_user(bob), post)
    stale = list(TimelineEntry.objects.filter(owner_id=reader.pk))
    undo(as_user(bob), post)

    TimelineEntry.objects.bulk_create(stale)

    for asked in ({}, {"type": "photo"}):
        assert timeline(as_user(reader), **asked) == []
