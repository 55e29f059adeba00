"""Threads of ten thousand levels (L5): no recursion, and no statement for each level."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions import delete_comment, restore_comment
from comments.models import Comment
from comments.tasks import purge_comments, recount_posts_commented_on
from tests.albums import published
from tests.comments.threads import chain, path, say, whole, wrong_counts
from users.models import User


@pytest.fixture
def post(alice):
    return published(alice)


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


def cost(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_l5_ten_thousand_levels_cost_as_one(alice, bob, as_user, post):
    """No recursion, and no statement a level: adding, reading, removing at the bottom."""
    levels = chain(post, bob, 10_000)
    short = published(alice)
    (single,) = chain(short, bob, 1)
    client = as_user(alice)

    def costs(under, bottom):
        made = []
        return [
            cost(lambda: made.append(say(under, alice, "new", below=bottom))),
            cost(lambda: client.get(path(under))),
            cost(lambda: client.get(path(under, bottom, "replies/?sort=reactions"))),
            cost(lambda: client.delete(path(under, made[0]))),
        ]

    assert costs(post, levels[-1]) == costs(short, single)
    page = client.get(path(post, levels[4_999], "replies/")).json()
    assert [each["text"] for each in page["results"]] == ["5001"]


def test_l5_ten_thousand_places_fall_with_the_last_comment_in_as_many_statements_as_one(
    alice, bob, as_user, post, moderator
):
    def costs(under, length):
        levels = chain(under, bob, length + 1)
        places = [each.pk for each in levels[:-1]]
        gone = {"deleted_at": timezone.now(), "counted": False, "replies_count": 0}
        Comment.objects.filter(pk__in=places).update(**gone)
        Comment.objects.filter(pk=places[-1]).update(replies_count=1)
        type(under).objects.filter(pk=under.pk).update(comments_count=1)
        assert wrong_counts(under) == {}
        yield cost(lambda: as_user(bob).delete(path(under, levels[-1])))
        assert wrong_counts(under) == {}
        assert whole(as_user(bob), path(under)) == []
        restored = {"moderator": moderator, "reason": "it was fine"}
        yield cost(lambda: restore_comment(comment=levels[-1], **restored))
        assert wrong_counts(under) == {}
        assert len(whole(as_user(bob), path(under))) == 1

    assert list(costs(post, 10_000)) == list(costs(published(alice), 1))


def test_l5_ten_thousand_levels_are_recounted_and_purged(alice, bob, as_user, post, settings):
    levels = chain(post, bob, 10_000)
    say(post, alice, "at the bottom", below=levels[-1])
    User.objects.filter(pk=bob.pk).update(suspended_at=timezone.now())
    recount_posts_commented_on(user_id=bob.pk)
    assert wrong_counts(post) == {}
    assert [each["removed"] for each in whole(as_user(alice), path(post))] == [True]

    settings.PURGE_AFTER_DAYS = 0
    past = timezone.now() - timedelta(seconds=1)
    Comment.objects.filter(author=bob).update(deleted_at=past)
    purge_comments()
    assert Comment.objects.filter(purged_at__isnull=False, text="").count() == 10_000
    last = Comment.objects.get(purged_at=None)
    delete_comment(comment=last, deleter=alice)
    Comment.objects.filter(pk=last.pk).update(deleted_at=past)
    assert cost(purge_comments) < 200
    assert not Comment.objects.exists()


@pytest.mark.parametrize("sort", ["oldest", "newest", "reactions"])
def test_a_level_costs_the_same_at_5_and_at_50_with_places_in_it(alice, bob, as_user, post, sort):
    above = say(post, bob, "above")

    client = as_user(alice)

    def costs(rows):
        while Comment.objects.filter(parent=above).count() < rows:
            place = say(post, bob, "place", below=above)
            say(post, alice, "below", below=place)
            delete_comment(comment=place, deleter=bob)
        url = path(post, above, f"replies/?limit=50&sort={sort}")
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(url).json()["results"]) == rows
        return len(queries)

    assert costs(5) == costs(50) == 2  # the parent, the page
