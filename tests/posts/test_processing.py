"""From created to published or failed (Y7, Y8): each step once in effect, however often tried."""

import threading
import time

import pytest
from django.db import connection

from media.models import Media
from posts.actions import publication
from posts.actions.posts import create_post, delete_post
from posts.models import Post
from posts.tasks import fan_out_post, process_post
from tests import pictures
from tests.albums import album, published
from tests.racing import at_once
from users.actions.relationships import follow_user
from users.models import TimelineEntry


def counts(user):
    user.refresh_from_db()
    return (user.public_posts_count, user.followers_posts_count, user.private_posts_count)


def owners(post):
    rows = TimelineEntry.objects.filter(post_id=post.pk).order_by("owner_id")
    return list(rows.values_list("owner_id", flat=True))


def broken(name="photo.jpg"):
    """A file whose header is a photo's, and nothing else of it."""
    whole = pictures.uploaded(640, 480)
    whole.file.truncate(len(whole.file.getvalue()) // 2)
    whole.size = len(whole.file.getvalue())
    return whole


def test_y7_publishing_counts_the_post_and_puts_it_into_the_timeline(alice, announced):
    post = album(alice)

    publication.publish_post(post.pk)

    post.refresh_from_db()
    assert post.state == "published"
    assert counts(alice) == (1, 0, 0)
    assert owners(post) == [alice.pk]
    assert announced == [("PostPublished", {"post_id": post.pk})]


@pytest.mark.parametrize("times", [2, 3])
def test_y8_publishing_again_changes_nothing(alice, announced, times):
    post = album(alice)
    publication.publish_post(post.pk)
    first = Post.objects.filter(pk=post.pk).values().get()

    for _ in range(times):
        publication.publish_post(post.pk)

    assert Post.objects.filter(pk=post.pk).values().get() == first
    assert counts(alice) == (1, 0, 0)
    assert announced == [("PostPublished", {"post_id": post.pk})]


def test_a_post_waits_for_its_last_picture(alice, announced):
    post = album(alice, pictures=2)
    Media.objects.filter(place__post=post, place__position=1).update(
        state="processing", renditions={}
    )

    publication.publish_post(post.pk)

    post.refresh_from_db()
    assert post.state == "processing"
    assert counts(alice) == (0, 0, 0)
    assert announced == []


def test_y8_the_task_run_three_times_publishes_once(alice, announced):
    post = create_post(author=alice, images=[pictures.uploaded(), pictures.uploaded()])

    for _ in range(3):
        process_post(post_id=post.pk)

    names = [name for name, _ in announced.events()]
    assert names == ["PostCreated", "PostPublished"]
    assert counts(alice) == (1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_y8_the_task_run_five_times_at_once_publishes_once(alice, announced):
    post = create_post(author=alice, images=[pictures.uploaded() for _ in range(3)])

    at_once(*[lambda: process_post(post_id=post.pk)] * 5)

    assert [name for name, _ in announced.events()] == ["PostCreated", "PostPublished"]
    assert counts(alice) == (1, 0, 0)
    assert Media.objects.filter(state="ready").count() == 3


def test_y7_a_broken_picture_fails_its_post_and_tells_its_author_alone(
    as_user, alice, bob, committed
):
    with committed():
        post = create_post(author=alice, images=[pictures.uploaded(), broken()])

    mine = as_user(alice).get(f"/posts/{post.pk}/").json()
    assert mine["state"] == "failed"
    assert [each["state"] for each in mine["media"]] == ["ready", "failed"]
    assert mine["media"][1]["error"].startswith("This photo is damaged or incomplete.")
    assert as_user(bob).get(f"/posts/{post.pk}/").status_code == 404
    assert counts(alice) == (0, 0, 0)
    assert owners(post) == []


def test_y7_a_failed_post_can_be_tried_again(as_user, alice, bob, announced):
    post = create_post(author=alice, images=[pictures.uploaded()])
    Media.objects.filter(place__post=post).update(state="failed", error="The disk was full.")
    publication.publish_post(post.pk)

    assert as_user(bob).post(f"/posts/{post.pk}/retry/").status_code == 404
    tried = as_user(alice).post(f"/posts/{post.pk}/retry/")
    again = as_user(alice).post(f"/posts/{post.pk}/retry/")

    assert (tried.status_code, tried.json()["state"]) == (200, "processing")
    assert tried.json()["media"][0]["error"] is None
    assert again.json() == tried.json()
    assert [name for name, _ in announced.events()] == ["PostCreated", "PostCreated"]
    process_post(post_id=post.pk)
    assert as_user(bob).get(f"/posts/{post.pk}/").json()["state"] == "published"
    done = as_user(alice).post(f"/posts/{post.pk}/retry/")
    assert (done.status_code, done.json()["code"]) == (409, "nothing_to_retry")
    assert as_user(bob).post(f"/posts/{post.pk}/retry/").status_code == 403


def test_progress_is_seen_picture_by_picture(alice):
    post = create_post(author=alice, images=[pictures.uploaded(), pictures.uploaded()])
    before = Post.objects.get(pk=post.pk).revision

    process_post(post_id=post.pk)

    assert Post.objects.get(pk=post.pk).revision == before + 3  # two pictures, and the state


def test_processing_stops_when_the_post_is_deleted(as_user, alice, announced):
    post = create_post(author=alice, images=[pictures.uploaded()])
    assert as_user(alice).delete(f"/posts/{post.pk}/").status_code == 204

    process_post(post_id=post.pk)
    process_post(post_id=10**9)

    assert Media.objects.get().state == "processing"
    assert Post.objects.get().state == "processing"
    assert counts(alice) == (0, 0, 0)
    assert owners(post) == []


def test_a_post_hidden_while_it_is_processed_is_not_shown(alice, person, announced):
    post = create_post(author=alice, images=[pictures.uploaded()])
    Post.objects.filter(pk=post.pk).update(hidden_at="2026-01-01T00:00Z")

    process_post(post_id=post.pk)

    assert counts(alice) == (0, 0, 0)
    assert owners(post) == []


def test_a_private_post_is_in_its_authors_timeline_alone(alice, bob, announced):
    follow_user(owner=bob, target=alice)

    private = published(alice, visibility="private")
    public = published(alice)

    assert owners(private) == [alice.pk]
    assert owners(public) == sorted([alice.pk, bob.pk])
    assert counts(alice) == (1, 0, 1)


def test_a_large_audience_is_written_by_a_task(alice, person, announced, settings):
    settings.TIMELINE_INLINE_FOLLOWERS, settings.TIMELINE_CHUNK = 2, 2
    followers = [person(f"follower{n}") for n in range(5)]
    for each in followers:
        follow_user(owner=each, target=alice)

    post = published(alice)
    assert owners(post) == [alice.pk]
    assert ("FanOutDue", {"post_id": post.pk}) in announced.events()
    fan_out_post(post_id=post.pk)
    fan_out_post(post_id=post.pk)

    assert owners(post) == sorted([alice.pk, *(each.pk for each in followers)])


def test_a_large_audience_never_gets_what_was_taken_back(alice, person, announced, settings):
    settings.TIMELINE_INLINE_FOLLOWERS = 0
    follow_user(owner=person("follower"), target=alice)
    post = published(alice)
    delete_post(post=post, editor=alice)

    fan_out_post(post_id=post.pk)
    fan_out_post(post_id=10**9)

    assert owners(post) == []


# --- Waiting -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_y7_the_answer_waits_for_the_pictures_and_holds_no_lock(as_user, alice, announced):
    def worker():
        while not (post := Post.objects.first()):
            time.sleep(0.02)
        time.sleep(0.3)
        process_post(post_id=post.pk)
        connection.close()

    working = threading.Thread(target=worker)
    working.start()
    answer = as_user(alice).post(
        "/posts/?wait=10", {"images": [pictures.uploaded()]}, format="multipart"
    )
    working.join()

    assert answer.status_code == 201
    assert answer.json()["state"] == "published"
    assert answer.json()["media"][0]["state"] == "ready"


def test_y7_whoever_waited_long_enough_gets_what_there_is(as_user, alice, announced):
    began = time.monotonic()
    answer = as_user(alice).post(
        "/posts/?wait=1", {"images": [pictures.uploaded()]}, format="multipart"
    )

    assert 1.0 <= time.monotonic() - began < 3.0
    assert (answer.status_code, answer.json()["state"]) == (201, "processing")


# --- Races ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_d1_twenty_requests_with_one_key_make_one_post(as_user, alice, announced):
    answers = []

    def send():
        answers.append(
            as_user(alice).post(
                "/posts/",
                {"images": [pictures.uploaded()], "caption": "once"},
                format="multipart",
                headers={"Idempotency-Key": "k-1"},
            )
        )

    at_once(*[send] * 20)

    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Post.objects.count() == 1
    assert Media.objects.count() == 1
    assert [name for name, _ in announced.events()] == ["PostCreated"]
