"""Drafts published by the clock (issue 5; Y7, D8, D10): at their time, or as soon as it runs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from config.schedule import schedule
from media.models import Media
from posts.actions.posts import create_post, delete_post
from posts.models import Post
from posts.tasks import process_post, publish_due_posts
from tests import pictures
from tests.albums import picture
from tests.conftest import deliver_all
from tests.posts.drafting import NOON, at, drafted, published_events, ready, state
from tests.posts.test_processing import broken, counts, owners
from users.actions.accounts import delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import follow_user
from users.models import User

pytestmark = pytest.mark.django_db
EVENING = "2027-03-01T18:00:00+01:00"  # 17:00 in UTC


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


# --- A time --------------------------------------------------------------------------------------


def test_a_time_is_sent_with_its_offset_and_answered_in_utc(api, alice):
    with at():
        answer = api.post(
            "/posts/",
            {"images": [pictures.uploaded()], "publish_at": EVENING},
            format="multipart",
        )

    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["publish_at"]) == (
        "draft",
        "2027-03-01T17:00:00Z",
    )


@pytest.mark.parametrize(
    "sent",
    [
        *("2027-03-01T18:00:00", "2027-03-01", "tomorrow", "18:00", 12, ["x"], {"at": 1}, True),
        *("2027-03-01T11:59:59Z", "2027-03-01T12:00:00Z", "2027-03-01T12:59:59+01:00"),
        *("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2027-02-30T12:00:00Z"),
        *("2027-03-01T18:00:00+25:00", "٢٠٢٧-03-01T18:00:00Z" * 99),
    ],
)
def test_d8_what_is_no_moment_to_come_is_named_and_changes_nothing(api, alice, sent, announced):
    post = ready(alice)
    free = picture(alice)

    with at():
        created = api.post("/posts/", {"media": [free.pk], "publish_at": sent}, format="json")
        edited = api.patch(f"/posts/{post.pk}/", {"publish_at": sent}, format="json")

    for answer in (created, edited):
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["publish_at"])
    assert [each.publish_at for each in Post.objects.all()] == [None]


def test_d8_what_is_scheduled_has_a_picture(api, alice, announced):
    post = create_post(author=alice, caption="only words", draft=True)
    scheduled = ready(alice, timezone.now() + timedelta(hours=1))
    (last,) = Media.objects.filter(place__post=scheduled)

    bare = api.patch(f"/posts/{post.pk}/", {"publish_at": "2999-01-01T00:00Z"}, format="json")
    new = api.post("/posts/", {"publish_at": "2999-01-01T00:00Z"}, format="json")
    removed = api.delete(f"/posts/{scheduled.pk}/media/{last.pk}/")
    emptied = api.patch(f"/posts/{scheduled.pk}/", {"media": []}, format="json")

    message = "A post needs a picture before it can be scheduled."
    for answer in (bare, new):
        assert (answer.status_code, answer.json()["fields"]) == (400, {"publish_at": [message]})
    for answer in (removed, emptied):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_picture")
    assert Media.objects.get() == last
    both: dict[str, Any] = {"media": [], "publish_at": None}
    assert api.patch(f"/posts/{scheduled.pk}/", both, format="json").json()["media"] == []


def test_a_time_is_changed_and_taken_away(api, alice, announced):
    with at():
        post = ready(alice, NOON + timedelta(hours=1))
        path = f"/posts/{post.pk}/"
        later = api.patch(path, {"publish_at": EVENING}, format="json")
        assert later.json()["publish_at"] == "2027-03-01T17:00:00Z"
        assert api.patch(path, {"caption": "words"}).json()["publish_at"] is not None
    with at(2):
        publish_due_posts()
        assert state(post) == "draft"
        cancelled = api.patch(path, {"publish_at": None}, format="json")
        assert (cancelled.status_code, cancelled.json()["publish_at"]) == (200, None)
    with at(6):
        publish_due_posts()
    assert state(post) == "draft"
    assert published_events(announced) == []


def test_d1_a_scheduled_post_sent_again_after_its_time_is_the_same_post(api, alice, announced):
    body = {"media": [picture(alice, access="signed").pk], "publish_at": EVENING}
    key = {"Idempotency-Key": "k-1"}
    with at():
        first = api.post("/posts/", body, format="json", headers=key)
    with at(6):
        again = api.post("/posts/", body, format="json", headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]


def test_only_a_draft_can_have_a_time(alice):
    post = ready(alice, timezone.now())

    with pytest.raises(IntegrityError, match="post_scheduled_is_a_draft"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(state="processing")


# --- The clock -----------------------------------------------------------------------------------


def test_the_clock_looks_for_what_is_due():
    tasks = [each["task"] for each in schedule().values()]
    assert tasks.count("posts.tasks.publish_due_posts") == 1


@pytest.mark.parametrize(
    ("hours", "shown"), [(4.99, False), (5, True), (5.01, True), (5 + 24 * 40, True)]
)
def test_y7_the_clock_publishes_at_the_time_and_however_late_it_comes(
    api, alice, bob, as_user, hours, shown
):
    """Missed hours too: it appears when the clock runs again, as of then."""
    with at():
        follow_user(owner=bob, target=alice)
        post = drafted(alice, publish_at=NOON + timedelta(hours=5))

    with at(hours):
        publish_due_posts()
        publish_due_posts()
        deliver_all()
        answer = as_user(bob).get(f"/posts/{post.pk}/")
        assert answer.status_code == (200 if shown else 404)

    if shown:
        now = NOON + timedelta(hours=hours)
        post.refresh_from_db()
        assert (post.published_at, post.publish_at) == (now, None)
        assert post.created_at < now
        assert owners(post) == sorted([alice.pk, bob.pk])
    assert counts(alice) == (int(shown), 0, 0)


def test_what_is_due_while_its_pictures_are_made_is_published_when_they_are(
    alice, announced, as_user
):
    with at():
        post = create_post(
            author=alice,
            images=[pictures.uploaded()],
            visibility="private",
            publish_at=NOON + timedelta(hours=1),
        )
    with at(2):
        publish_due_posts()
        assert state(post) == "draft"
        process_post(post_id=post.pk)
        assert state(post) == "published"
    assert Post.objects.get().published_at == NOON + timedelta(hours=2)
    assert published_events(announced) == [post.pk]


def test_what_was_due_with_failed_pictures_stays_a_draft_and_says_why(api, alice, committed):
    with at(), committed():
        post = create_post(
            author=alice,
            images=[broken(), pictures.uploaded()],
            publish_at=NOON + timedelta(hours=1),
        )
    assert api.get(f"/posts/{post.pk}/").json()["publish_error"] is None  # not yet

    with at(2):
        for _ in range(3):
            publish_due_posts()
        revision = Post.objects.get().revision
        publish_due_posts()

    card = api.get(f"/posts/{post.pk}/").json()
    assert (card["state"], card["publish_at"]) == ("draft", None)
    assert card["publish_error"].startswith("Picture 1 could not be processed: This photo is")
    assert Post.objects.get().revision == revision
    with at(2):
        later = {"publish_at": "2027-03-02T12:00:00Z"}
        assert api.patch(f"/posts/{post.pk}/", later, format="json").json()["publish_error"] is None


def test_one_that_cannot_be_published_keeps_no_other(alice, bob, announced, settings):
    with at():
        first, poisoned, last = (ready(who, NOON) for who in (alice, bob, alice))
    # Nothing follows what is announced for bob alone: his statement fails in the database.
    User.objects.filter(pk=bob.pk).update(followers_posts_count=2**31 - 1)

    with at(1):
        publish_due_posts()

    assert [state(each) for each in (first, poisoned, last)] == ["published", "draft", "published"]
    User.objects.filter(pk=bob.pk).update(followers_posts_count=0)
    with at(1):
        publish_due_posts()
    assert state(poisoned) == "published"


def test_d10_nothing_of_a_suspended_author_is_published_then_or_later(
    alice, person, api, announced
):
    mo = person("mo", is_staff=True)
    post = ready(alice, NOON)
    suspend_user(user=alice, moderator=mo, reason="test")

    with at(1):
        publish_due_posts()
        lift_suspension(user=alice, moderator=mo, reason="test")
        publish_due_posts()

    card = api.get(f"/posts/{post.pk}/").json()
    assert (card["state"], card["publish_at"]) == ("draft", None)
    assert card["publish_error"] == "Your account was suspended at that time."
    assert counts(alice) == (0, 0, 0)
    assert published_events(announced) == []


def test_d10_nothing_of_a_deleted_account_or_draft_is_published(alice, bob, announced):
    hers, his = ready(alice, NOON), ready(bob, NOON)
    delete_user(user=alice)
    delete_post(post=his, editor=bob)

    with at(1):
        publish_due_posts()

    assert (state(hers), state(his)) == ("draft", "draft")
    assert published_events(announced) == []


def test_a_suspension_that_is_over_before_the_time_changes_nothing(alice, person, announced):
    mo = person("mo", is_staff=True)
    post = ready(alice, NOON)
    suspend_user(user=alice, moderator=mo, reason="test")
    lift_suspension(user=alice, moderator=mo, reason="test")

    with at(1):
        publish_due_posts()

    assert state(post) == "published"


def test_the_clock_costs_one_statement_when_nothing_is_due(alice, django_assert_num_queries):
    for _ in range(20):
        ready(alice, timezone.now() + timedelta(hours=1))

    with django_assert_num_queries(1):
        publish_due_posts()
