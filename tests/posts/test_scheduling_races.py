"""Drafts are published once (issue 5; Y8): many at one moment, and a stop half-way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from posts.actions import scheduling
from posts.actions.drafts import edit_draft
from posts.models import Post, PostMedia
from posts.tasks import process_post, publish_due_posts
from tests.conftest import deliver_all
from tests.media import stores
from tests.posts.drafting import NOON, at, drafted, published_events, ready, state
from tests.posts.test_access import MISSING
from tests.posts.test_processing import counts, owners
from tests.racing import at_once
from users.actions.relationships import follow_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


# --- A stop half-way -----------------------------------------------------------------------------


def test_y8_a_stop_before_the_commit_leaves_a_draft_that_is_due(alice, announced, settings):
    post = ready(alice, NOON)
    settings.EVENT_SUBSCRIPTIONS = "tests.subscriptions.NO_TABLE"  # announcing is the last step
    with at(1), pytest.raises(ImportError, match="NO_TABLE"):
        scheduling.publish_if_due(post.pk)
    assert (state(post), counts(alice), owners(post)) == ("draft", (0, 0, 0), [])

    settings.EVENT_SUBSCRIPTIONS = "tests.subscriptions.RECORDED"
    with at(1):
        publish_due_posts()
    assert (state(post), counts(alice)) == ("published", (0, 1, 0))


def test_y8_a_store_that_fails_while_the_pictures_move_delays_and_loses_nothing(
    alice, bob, as_user
):
    post = drafted(alice, 2, publish_at=NOON)

    full = stores.nth("save", 1, stores.raising(OSError("The disk is full.")))
    with at(1), stores.faulty("default", full):
        publish_due_posts()
        with pytest.raises(AssertionError, match="The disk is full"):
            deliver_all()
        assert state(post) == "processing"
        assert as_user(bob).get(f"/posts/{post.pk}/").content == MISSING

    deliver_all()
    assert as_user(bob).get(f"/posts/{post.pk}/").json()["state"] == "published"
    assert counts(alice) == (1, 0, 0)


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_y8_fifty_publishes_and_two_clocks_at_once_publish_once(
    alice, bob, as_user, announced, settings
):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "post": "1000/min"}
    follow_user(owner=bob, target=alice)
    post = ready(alice, timezone.now() - timedelta(seconds=1))
    answers = []

    def publish():
        answers.append(as_user(alice).post(f"/posts/{post.pk}/publish/"))

    at_once(*[publish] * 50, *[publish_due_posts] * 2, lambda: process_post(post_id=post.pk))

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["state"] for answer in answers} == {"published"}
    assert len({answer.json()["published_at"] for answer in answers}) == 1
    assert published_events(announced) == [post.pk]
    assert counts(alice) == (0, 1, 0)
    assert owners(post) == sorted([alice.pk, bob.pk])


@pytest.mark.django_db(transaction=True)
def test_y8_five_clocks_at_once_publish_each_of_many_once(alice, bob, carol, announced):
    moment = timezone.now() - timedelta(seconds=1)
    posts = [ready(who, moment) for who in (alice, bob, carol) for _ in range(6)]

    at_once(*[publish_due_posts] * 5)

    assert {state(each) for each in posts} == {"published"}
    assert sorted(published_events(announced)) == sorted(each.pk for each in posts)
    assert [counts(who) for who in (alice, bob, carol)] == [(0, 6, 0)] * 3


@pytest.mark.django_db(transaction=True)
def test_a_time_that_is_taken_away_at_that_moment_is_either_in_time_or_too_late(
    alice, as_user, announced
):
    for _ in range(5):
        post = ready(alice, timezone.now() - timedelta(seconds=1))
        answers: list[Any] = []

        def cancel(post=post, answers=answers):
            sent = {"publish_at": None}
            answers.append(as_user(alice).patch(f"/posts/{post.pk}/", sent, format="json"))

        at_once(cancel, publish_due_posts)

        (answer,) = answers
        expected = {200: "draft", 409: "published"}
        assert state(post) == expected[answer.status_code]


@pytest.mark.django_db(transaction=True)
def test_deleting_and_publishing_at_once_leave_no_count(alice, as_user, announced):
    for _ in range(5):
        post = ready(alice, timezone.now() - timedelta(seconds=1))

        at_once(
            lambda post=post: as_user(alice).delete(f"/posts/{post.pk}/"),
            publish_due_posts,
            lambda post=post: as_user(alice).post(f"/posts/{post.pk}/publish/"),
        )

        assert counts(alice) == (0, 0, 0)
        assert owners(post) == []


def test_what_another_changed_since_it_was_looked_up_decides(alice, announced):
    """`edit_draft` works on the row that is held, not on the one that was asked with."""
    post = ready(alice)
    stale = Post.objects.get(pk=post.pk)
    with at(), transaction.atomic():
        edit_draft(Post.objects.get(pk=post.pk), {"publish_at": NOON + timedelta(hours=1)})

    with at():
        scheduling.publish_draft(post=stale, editor=alice)

    assert state(post) == "published"
    assert not PostMedia.objects.filter(media__state="moving").exists()
