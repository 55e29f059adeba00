"""Documents end right however late, often, or at once their events come (Y8, Y9)."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.statements import execute
from events.models import Announcement
from posts.actions.editing import edit_post
from posts.actions.posts import delete_post
from posts.actions.publication import publish_post
from posts.models import Post
from search import tasks
from search.actions import documents
from search.actions.copies import SWEPT_AFTER
from search.models import Document, Word
from tests.albums import album, published
from tests.conftest import deliver_all
from tests.racing import at_once
from tests.search.found import many, said, state, tags
from users.actions.accounts import change_profile
from users.models import User

# --- Often, late, in any order, at once ---------------------------------------------------------


def test_events_delivered_late_twice_and_in_any_order_end_the_same(alice, committed):
    kept, deleted = published(alice, tags=["sea"]), published(alice, tags=["sun"])
    edit_post(post=kept, editor=alice, changes={"tags": ["sand"]})
    delete_post(post=deleted, editor=alice)
    change_profile(user=alice, changes={"name": "Al"})
    rows = list(Announcement.objects.order_by("-pk").values_list("kind", "payload"))
    work = {
        "posts.PostPublished": tasks.index_post,
        "posts.PostEdited": tasks.index_post,
        "posts.PostWithdrawn": tasks.index_post,
        "users.UserChanged": tasks.index_posts_of,
    }

    for _ in range(2):
        for kind, payload in rows:
            if kind in work:
                work[kind](**payload)
    first = state()
    deliver_all()

    assert [row[:3] for row in first] == [
        ("post", str(kept.pk), True),
        ("tag", "sand", True),
    ]
    assert state() == [*first, *state()[2:]]
    assert said("post", kept.pk)["names"] == "alice al"


@pytest.mark.django_db(transaction=True)
def test_y8_a_rollback_leaves_nothing_to_be_found(alice):
    post = album(alice, tags=["sea"])
    with transaction.atomic():
        publish_post(post.pk)
        tasks.index_post(post_id=post.pk)
        transaction.set_rollback(True)
    deliver_all()

    assert not Document.objects.exists()
    assert not Word.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_y8_fifty_at_once_make_one_document(alice):
    post = published(alice, caption="sunset", tags=["sea", "sun"])

    at_once(*[lambda: tasks.index_post(post_id=post.pk)] * 50)

    assert Document.objects.filter(kind="post").count() == 1
    assert said("post", post.pk)["title"] == "sunset"
    assert tags() == ["sea", "sun"]


@pytest.mark.django_db(transaction=True)
def test_deletions_and_publications_at_once_leave_what_is_there(alice, bob):
    posts = [published(alice, tags=["sea", f"t{n % 3}"]) for n in range(12)]
    documents.index_posts(post.pk for post in posts[:6])

    def delete(post):
        delete_post(post=post, editor=alice)
        tasks.index_post(post_id=post.pk)

    at_once(
        *[lambda post=post: delete(post) for post in posts[:11]],
        *[lambda post=post: tasks.index_post(post_id=post.pk) for post in posts],
        *[lambda: tasks.index_posts_of(user_id=alice.pk)] * 5,
    )

    live = Document.objects.live()
    assert [row.key for row in live.filter(kind="post")] == [str(posts[11].pk)]
    assert tags() == ["sea", "t2"]


@pytest.mark.django_db(transaction=True)
def test_the_last_post_of_a_tag_going_while_another_comes_keeps_the_tag(alice, bob):
    for _ in range(5):
        old = published(alice, tags=["sea"])
        tasks.index_post(post_id=old.pk)
        new = published(bob, tags=["sea"])
        delete_post(post=old, editor=alice)

        at_once(
            lambda post=old: tasks.index_post(post_id=post.pk),
            lambda post=new: tasks.index_post(post_id=post.pk),
        )
        assert tags() == ["sea"]

        delete_post(post=new, editor=bob)
        tasks.index_post(post_id=new.pk)
        assert tags() == []


def index_apart(post):
    tasks.index_post(post_id=post.pk)
    connection.close()


def is_anybody_waiting():
    """Whether somebody who has to do with documents waits for a row of them."""
    return bool(execute(_WAITING, []))


_WAITING = """
SELECT FROM pg_locks waiting JOIN pg_locks used USING (pid)
WHERE NOT waiting.granted AND used.relation = 'search_document'::regclass
  AND used.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.mark.django_db(transaction=True)
def test_a_document_that_is_swept_just_when_it_is_needed_again_is_made_again(alice):
    post = published(alice, caption="sunset")
    tasks.index_post(post_id=post.pk)
    Document.objects.update(gone_at=timezone.now() - 2 * SWEPT_AFTER)
    swept = Document.objects.to_sweep(SWEPT_AFTER).select_for_update(skip_locked=True)

    with transaction.atomic():  # as `sweep_empty` does it, with time in between
        ids = list(swept.values_list("pk", flat=True))
        indexing = Thread(target=index_apart, args=(post,))
        indexing.start()
        while not is_anybody_waiting():
            assert indexing.is_alive()
            time.sleep(0.01)
        Document.objects.filter(pk__in=ids).delete()
    indexing.join()

    assert said("post", post.pk)["title"] == "sunset"


# --- Many --------------------------------------------------------------------------------------


def test_an_author_of_many_posts_is_brought_up_to_date_in_chunks(alice):
    posts = many(alice, documents.CHUNK + 50)
    first = documents.index_chunk_of(author_id=alice.pk, after=0)  # and then the power goes
    assert Document.objects.filter(kind="post").count() == documents.CHUNK

    tasks.index_posts_of(user_id=alice.pk)

    assert first == posts[documents.CHUNK - 1].pk
    assert Document.objects.live().filter(kind="post").count() == len(posts)
    User.objects.filter(pk=alice.pk).update(name="Al")
    tasks.index_posts_of(user_id=alice.pk)
    assert set(Document.objects.filter(kind="post").values_list("names", flat=True)) == {"alice al"}


def test_as_many_statements_for_a_hundred_posts_as_for_two(alice):
    few, lots = many(alice, 2, tags=["a", "b"]), many(alice, 100, tags=["b", "c"])

    with CaptureQueriesContext(connection) as for_few:
        documents.index_posts(post.pk for post in few)
    with CaptureQueriesContext(connection) as for_lots:
        documents.index_posts(post.pk for post in lots)

    assert len(for_lots) == len(for_few)
    assert Document.objects.live().filter(kind="post").count() == 102


def test_without_elasticsearch_nobody_is_asked_to_send(alice, settings):
    settings.ELASTICSEARCH_URL = ""
    published(alice)
    with transaction.atomic():
        tasks.index_post(post_id=Post.objects.get().pk)

    assert not Announcement.objects.filter(kind="search.DocumentsChanged").exists()


def test_with_elasticsearch_a_change_is_told_of_once_and_no_change_not_at_all(alice, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    post = published(alice, tags=["sea"])
    for _ in range(3):
        with transaction.atomic():
            tasks.index_post(post_id=post.pk)

    assert Announcement.objects.filter(kind="search.DocumentsChanged").count() == 1
