"""Elasticsearch comes to know of every change, whatever happens on the way (Y8, Y9)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.models import Announcement
from posts.actions.editing import edit_post
from posts.actions.posts import delete_post
from search import elasticsearch, sending, tasks, turns
from search.actions import copies, documents
from search.elasticsearch import door
from search.models import Document, Turn
from search.questions import EngineUnavailable
from tests.conftest import deliver_all
from tests.racing import at_once
from tests.search.found import document, found, is_empty, many, title_of

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "http://127.0.0.1:1"


def sent(*keys):
    """Versions of the documents of these posts, as Elasticsearch has them."""
    asked = [document("post", key) for key in keys]
    from_index = elasticsearch.versions(asked, elasticsearch.alias())
    return [from_index.get(("post", str(key))) for key in keys]


def unsent():
    return list(Document.objects.unsent().values_list("kind", "key"))


def test_y8_a_published_post_is_in_elasticsearch_in_its_words(alice, elasticsearch_engine, node):
    post = found(alice, caption="Súnset", tags=["sea"])

    row = document("post", post.pk)
    copy = node.get(index=elasticsearch_engine.alias(), id=f"post:{post.pk}")
    assert (copy["_version"], copy["_source"]["post"]["title"]) == (row.version, "sunset")
    assert unsent() == []


def test_y9_a_deleted_post_is_empty_in_elasticsearch_at_once(
    alice, elasticsearch_engine, node, committed
):
    post = found(alice, caption="sunset", tags=["sea"])

    with committed():
        delete_post(post=post, editor=alice)

    for kind, key in (("post", post.pk), ("tag", "sea")):
        copy = node.get(index=elasticsearch_engine.alias(), id=f"{kind}:{key}")
        assert title_of(copy) == ""
        assert copy["_version"] == document(kind, key).version
    assert unsent() == []


def test_an_older_copy_that_comes_late_changes_nothing(alice, elasticsearch_engine, committed):
    post = found(alice, caption="before")
    late = [document("post", post.pk)]
    with committed():
        delete_post(post=post, editor=alice)

    assert sending.send(late) == 0

    assert sent(post.pk) == [document("post", post.pk).version]
    assert is_empty("post", post.pk)


def test_a_change_while_it_is_sent_is_sent_too(alice, elasticsearch_engine, committed):
    post = found(alice, caption="before")
    Document.objects.update(is_sent=False)
    batch = sending.next_unsent()
    edit_post(post=post, editor=alice, changes={"caption": "after"})
    tasks.index_post(post_id=post.pk)

    sending.send(batch)  # what was read before the edit

    assert unsent() == [("post", str(post.pk))]
    sending.send_unsent()
    assert sent(post.pk) == [document("post", post.pk).version]
    assert unsent() == []


def test_the_power_goes_between_sending_and_noting_it(alice, elasticsearch_engine):
    many(alice, 3)
    documents.index_chunk_of(author_id=alice.pk, after=0)
    batch = sending.next_unsent()
    elasticsearch_engine.send(batch, sending.targets())  # and then the power goes

    sending.send_unsent()

    assert unsent() == []
    assert Document.objects.count() == 4


def test_a_sender_that_died_holds_up_the_next_for_a_lease_and_no_longer(
    alice, elasticsearch_engine
):
    many(alice, 1)
    documents.index_chunk_of(author_id=alice.pk, after=0)
    Turn.objects.create(name="send", holder="dead", held_until=timezone.now() + turns.LEASE)
    sending.send_unsent()
    assert len(unsent()) == 2

    Turn.objects.update(held_until=timezone.now())
    sending.send_unsent()

    assert unsent() == []


def test_whoever_has_sent_looks_again_after_letting_go(alice, elasticsearch_engine):
    many(alice, 30)

    def one(post_id):
        tasks.index_post(post_id=post_id)
        tasks.send_documents()

    ids = list(alice.posts.order_by("pk").values_list("pk", flat=True))
    at_once(*[lambda post_id=post_id: one(post_id) for post_id in ids])

    assert unsent() == []


def test_y8_a_dead_elasticsearch_loses_nothing_and_fails_nothing(
    alice, elasticsearch_engine, settings
):
    address, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOWHERE
    post = found(alice, caption="sunset", tags=["sea"])
    tasks.send_late_documents()
    assert not Announcement.objects.exists()  # done, as far as it can be
    assert len(unsent()) == 2

    settings.ELASTICSEARCH_URL = address
    door.work.reset()
    tasks.send_late_documents()

    assert unsent() == []
    assert sent(post.pk) == [document("post", post.pk).version]


def test_without_an_index_everything_waits_until_there_is_one(alice, node):
    post = found(alice, caption="sunset")
    assert len(unsent()) == 1

    tasks.restore_index()

    assert unsent() == []
    assert sent(post.pk) == [document("post", post.pk).version]


def test_more_than_a_batch_is_sent_in_one_go(alice, elasticsearch_engine):
    many(alice, sending.BATCH + 20)
    tasks.index_posts_of(user_id=alice.pk)

    tasks.send_documents()

    assert unsent() == []
    elasticsearch_engine.refresh(elasticsearch_engine.alias())
    copied = elasticsearch_engine.copies_after(None, elasticsearch_engine.alias(), limit=1000)
    assert len(copied) == sending.BATCH + 20 + 1


def test_no_transaction_waits_for_elasticsearch(alice, elasticsearch_engine):
    """Told by an index that is not there: what the sender has done until then is not undone."""
    many(alice, 2)
    documents.index_chunk_of(author_id=alice.pk, after=0)
    batch = sending.next_unsent()

    assert not connection.in_atomic_block
    with pytest.raises(EngineUnavailable):
        elasticsearch_engine.send(batch, ["test-missing-documents-20200101000000000000"])
    assert sending.send(batch) == 3


# --- The end of what is gone --------------------------------------------------------------------


def age(**ago):
    Document.objects.exclude(gone_at=None).update(gone_at=timezone.now() - timedelta(**ago))


def test_y9_a_day_later_nothing_is_left_of_what_is_gone(
    alice, elasticsearch_engine, node, committed
):
    post = found(alice, tags=["sea"])
    with committed():
        delete_post(post=post, editor=alice)
    age(hours=23)
    tasks.sweep_documents()
    assert is_empty("post", post.pk)

    age(hours=25)
    tasks.sweep_documents()

    assert not Document.objects.filter(kind__in=("post", "tag")).exists()
    assert not node.exists(index=elasticsearch_engine.alias(), id=f"post:{post.pk}")


def test_nothing_is_swept_from_the_table_while_its_copy_cannot_be(
    alice, elasticsearch_engine, settings, committed
):
    post = found(alice)
    with committed():
        delete_post(post=post, editor=alice)
    age(days=2)

    settings.ELASTICSEARCH_URL = NOWHERE
    tasks.sweep_documents()

    assert is_empty("post", post.pk)


def test_what_comes_back_while_it_is_swept_stays(alice, elasticsearch_engine, committed):
    post = found(alice, tags=["sea"])
    with committed():
        delete_post(post=post, editor=alice)
    age(days=2)
    read = list(Document.objects.to_sweep(copies.SWEPT_AFTER))
    found(alice, tags=["sea"])

    elasticsearch_engine.delete(read, sending.targets())
    copies.sweep_empty({each.version for each in read})

    assert document("tag", "sea").gone_at is None
    copy = elasticsearch_engine.versions([document("tag", "sea")], elasticsearch_engine.alias())
    assert copy == {("tag", "sea"): document("tag", "sea").version}
    assert document("post", post.pk) is None


def test_with_postgresql_alone_it_is_swept_as_well(alice, committed):
    post = found(alice)
    with committed():
        delete_post(post=post, editor=alice)
    age(days=2)

    tasks.sweep_documents()

    assert document("post", post.pk) is None


def test_a_swept_document_is_not_brought_back_by_late_news(alice, committed):
    post = found(alice)
    with committed():
        delete_post(post=post, editor=alice)
    age(days=2)
    tasks.sweep_documents()

    tasks.index_post(post_id=post.pk)
    deliver_all()

    assert document("post", post.pk) is None


def test_without_elasticsearch_nothing_is_sent_and_nothing_counted_as_sent(alice):
    found(alice, tags=["sea"])

    tasks.send_late_documents()
    tasks.restore_index()

    assert len(unsent()) == 2
    assert not Turn.objects.filter(name="send").exists()
