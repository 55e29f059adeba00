"""Whatever has come to differ is told of, both ways, and mended (Y12)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Announcement
from posts.actions.editing import edit_post
from posts.models import Post
from search import checking, sending, tasks, turns
from search.models import Document, Turn, Word
from tests.albums import published
from tests.conftest import deliver_all
from tests.search.found import document, found, is_empty, many, said, state, tags, title_of
from users.actions.accounts import change_profile
from users.models import User

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "http://127.0.0.1:1"


def told(*arguments):
    """The lines that the command prints, and its last word if it ends with 1."""
    out = StringIO()
    try:
        call_command("search_check", *arguments, stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()


def in_order():
    return told()[-1] == "No drift."


@pytest.fixture
def post(alice):
    """A post that can be found, by somebody who can be."""
    tasks.index_person(user_id=alice.pk)
    return found(alice, 2, caption="sunset", tags=["sea"])


def test_y12_where_nothing_differs_it_says_so(post):
    assert told() == [
        "posts: 1 looked at, none wrong",
        "people: 1 looked at, none wrong",
        "documents: 3 looked at, none wrong",
        f"words: {Word.objects.count()} looked at, none wrong",
        "No drift.",
    ]


# --- Truth and documents -----------------------------------------------------------------------


def forget_documents(post):
    Document.objects.all().delete()


def write_by_hand(post):
    Document.objects.filter(kind="post").update(title="sea")


def widen_the_audience(post):
    Post.objects.filter(pk=post.pk).update(visibility="private")
    Document.objects.filter(kind="post").update(audience="everyone")


def describe_otherwise(post):
    post.places.first().media.__class__.objects.update(alt_text="a hill")


def rename(post):
    User.objects.update(name="Al")


def delete(post):
    Post.objects.update(deleted_at=timezone.now())


def suspend(post):
    User.objects.update(suspended_at=timezone.now())


def purge_the_post(post):
    Post.objects.all().delete()


def purge_everything(post):
    User.objects.get().delete()


def bring_back(post):
    row = Document.objects.filter(kind="post")
    Post.objects.update(deleted_at=timezone.now())
    tasks.index_post(post_id=post.pk)
    Post.objects.update(deleted_at=None)
    assert row.get().gone_at


def lose_a_tag(post):
    Document.objects.filter(kind="tag").delete()


def empty_a_tag(post):
    Document.objects.filter(kind="tag").update(gone_at=timezone.now(), title="")


def invent_a_tag(post):
    Document.objects.create(kind="tag", key="alice", title="alice", tags=["alice"], vector="")


def invent_a_post(post):
    Document.objects.create(kind="post", key="987654321", title="sunset", vector="'sunset':1")


def forget_words(post):
    Word.objects.filter(text__in=["sunset", "sea", "alice"]).delete()


def write_nonsense(post):
    Document.objects.create(kind="post", key="nonsense", vector="")
    Document.objects.create(kind="user", key="9" * 30, vector="")


@pytest.mark.parametrize(
    ("harm", "wrong"),
    [
        (forget_words, {"documents": "3 words missing"}),
        (write_nonsense, {"documents": "2 too many"}),
        (forget_documents, {"posts": "1 missing", "people": "1 missing"}),
        (write_by_hand, {"posts": "1 outdated"}),
        (widen_the_audience, {"posts": "1 outdated"}),
        (describe_otherwise, {"posts": "1 outdated"}),
        (rename, {"posts": "1 outdated", "people": "1 outdated"}),
        (delete, {"posts": "1 too many"}),
        (suspend, {"posts": "1 too many", "people": "1 too many"}),
        (purge_the_post, {"documents": "1 too many"}),
        (purge_everything, {"documents": "2 too many"}),
        (bring_back, {"posts": "1 missing"}),
        (lose_a_tag, {"documents": "1 missing"}),
        (empty_a_tag, {"documents": "1 missing"}),
        (invent_a_tag, {"documents": "1 too many"}),
        (invent_a_post, {"documents": "1 too many"}),
    ],
)
def test_y12_a_document_that_differs_from_the_truth_is_told_of_and_mended(post, harm, wrong):
    harm(post)
    number = sum(int(each.split()[0]) for each in wrong.values())

    lines = told()
    looked = [line.partition(" looked at, ") for line in lines if " looked at, " in line]
    assert {where.split(":")[0]: what for where, _, what in looked if what != "none wrong"} == wrong
    assert lines[-1] == f"Drift: {number}. `search_check --repair` mends it."
    assert told()[-1] == lines[-1]  # looking changes nothing

    assert told("--repair")[-1].startswith("Mended: ")
    assert in_order()
    mended = state()
    tasks.index_post(post_id=post.pk)
    tasks.index_posts_of(user_id=post.author_id)
    assert state() == mended


def test_words_that_nobody_uses_are_told_of_and_dropped(post):
    Word.objects.create(text="it's\\odd", deletions=["odd"])
    Word.objects.create(text="moonrise", deletions=["moonrise"])
    before = Word.objects.count()

    assert told()[-2:] == ["2 words of no document left.", "No drift."]
    assert told("--repair")[-2:] == ["2 words of no document dropped.", "No drift."]

    assert Word.objects.count() == before - 2
    assert Word.objects.filter(text="sunset").exists()


def test_what_an_event_will_still_put_right_is_no_drift(alice, bob, post):
    published(alice, tags=["sun"])
    edit_post(post=post, editor=alice, changes={"caption": "moonrise"})
    change_profile(user=alice, changes={"name": "Al"})
    change_profile(user=bob, changes={"name": "Bo"})

    assert in_order()


def test_what_an_event_was_to_put_right_that_is_stuck_is_drift(alice, post):
    published(alice, tags=["sun"])
    Announcement.objects.update(pending=[], stuck=["search.index_post"])

    assert told()[-1].startswith("Drift: 1.")


def test_the_names_by_which_it_knows_the_work_are_right():
    names = {each.name for each in (tasks.index_post, tasks.index_person, tasks.index_posts_of)}
    assert names == {checking.INDEX_POST, checking.INDEX_PERSON, checking.INDEX_POSTS_OF}


def test_as_many_statements_for_many_as_for_few(alice):
    counts = []
    for number in (3, 60):
        many(alice, number, tags=["sea", f"t{number}"])
        tasks.index_posts_of(user_id=alice.pk)
        tasks.index_person(user_id=alice.pk)
        Document.objects.filter(kind="post").update(title="wrong")
        with CaptureQueriesContext(connection) as captured:
            assert sum(look.drift.total() for _, look in checking.check(repair=False))
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- Documents and copies ----------------------------------------------------------------------


@pytest.fixture
def copied(elasticsearch_engine, post):
    """The post's document, of which Elasticsearch has a copy."""
    sending.send_unsent()
    return document("post", post.pk)


def copy_of(engine, row):
    return engine.versions([row], engine.alias()).get((row.kind, row.key))


def test_y12_where_copies_are_right_as_well_it_says_so(copied):
    assert told()[3:5] == [
        "sent: 3 looked at, none wrong",
        "copies: 3 looked at, none wrong",
    ]
    assert in_order()


def test_a_copy_that_is_missing_is_sent_again(copied, elasticsearch_engine):
    elasticsearch_engine.delete([copied], [elasticsearch_engine.alias()])

    assert "sent: 3 looked at, 1 copy missing" in told()
    assert told("--repair")[-1] == "Mended: 1."

    copied.refresh_from_db()
    assert copy_of(elasticsearch_engine, copied) == copied.version
    assert copied.is_sent
    assert in_order()


def test_a_copy_that_is_too_old_is_sent_again(copied, elasticsearch_engine):
    with transaction.atomic():
        tasks.index_post(post_id=int(copied.key))
        Post.objects.update(caption="moonrise")
        tasks.index_post(post_id=int(copied.key))
    Document.objects.update(is_sent=True)  # which is a lie

    assert "sent: 3 looked at, 1 copy outdated" in told()
    assert told("--repair")[-1] == "Mended: 1."

    copied.refresh_from_db()
    assert copy_of(elasticsearch_engine, copied) == copied.version
    assert in_order()


def test_copies_from_after_the_backup_that_was_restored_are_put_right(
    copied, elasticsearch_engine, node
):
    """The table and its sequence are as they were yesterday, the index as it was today."""
    ahead = copied.version + 5_000
    late = Document(kind="post", key=copied.key, version=ahead, title="tomorrow", vector="")
    other = Document(kind="post", key="987654321", version=ahead + 1, title="lost", vector="")
    elasticsearch_engine.send([late, other], [elasticsearch_engine.alias()])
    elasticsearch_engine.refresh(elasticsearch_engine.alias())

    lines = told()
    assert "sent: 3 looked at, 1 copy ahead" in lines
    assert "copies: 4 looked at, 1 copy too many" in lines
    assert told("--repair")[-1] == "Mended: 2."

    copied.refresh_from_db()
    assert copied.version > ahead
    copy = node.get(index=elasticsearch_engine.alias(), id=f"post:{copied.key}")
    assert (copy["_version"], title_of(copy)) == (copied.version, "sunset")
    assert is_empty("post", "987654321")
    assert document("post", "987654321").version > ahead + 1
    assert in_order()


def test_a_copy_without_a_document_of_a_post_that_is_there_makes_one(copied, elasticsearch_engine):
    Document.objects.filter(pk=copied.pk).delete()
    looks = dict(checking.check(repair=False))
    assert looks["copies"].drift == {"copy too many": 1}

    checking.stages()["copies"](None, True)

    assert said("post", copied.key)["title"] == "sunset"
    deliver_all()
    assert in_order()


def test_an_empty_document_needs_no_copy_but_not_a_live_one_either(copied, elasticsearch_engine):
    Post.objects.update(deleted_at=timezone.now())
    tasks.index_post(post_id=int(copied.key))
    sending.send_unsent()
    row = document("post", copied.key)
    assert in_order()
    elasticsearch_engine.delete([row], [elasticsearch_engine.alias()])

    assert in_order()


def test_what_is_unsent_is_no_drift_and_is_told_of(copied):
    Post.objects.update(caption="moonrise at sea")
    tasks.index_post(post_id=int(copied.key))
    Announcement.objects.all().delete()

    assert told()[-2:] == ["1 on their way to Elasticsearch.", "No drift."]


def test_elasticsearch_is_away(copied, settings, elasticsearch_engine):
    settings.ELASTICSEARCH_URL = NOWHERE
    Document.objects.filter(kind="post").update(title="wrong")

    assert told()[-1].startswith("Elasticsearch is away, its copies are unknown")
    checking.check_slice()

    assert said("post", copied.key)["title"] == "sunset"
    assert turns.position("check") == {}  # it came to the end of its round all the same


# --- By the clock ------------------------------------------------------------------------------


def test_y12_an_installation_that_has_just_migrated_is_filled_by_the_clock(alice, bob):
    many(alice, 3 * checking.BATCH + 1, tags=["sea"])

    checking.check_slice(batches=1)  # which counts only batches that were in order

    assert Document.objects.live().filter(kind="post").count() == 3 * checking.BATCH + 1
    assert Document.objects.live().filter(kind="user").count() == 2
    assert tags() == ["sea"]
    assert Word.objects.filter(text="light").exists()


def test_the_clock_goes_on_where_it_stopped_and_round_again(alice):
    posts = many(alice, checking.BATCH + 1)
    tasks.index_posts_of(user_id=alice.pk)
    tasks.index_person(user_id=alice.pk)

    assert checking.check_slice(batches=1) == {}
    place = posts[checking.BATCH - 1].pk
    assert turns.position("check") == {"stage": "posts", "after": place}
    Document.objects.filter(key=str(posts[0].pk)).update(title="wrong")  # behind it
    Document.objects.filter(key=str(posts[-1].pk)).update(title="wrong")  # before it
    assert checking.check_slice(batches=1) == {"outdated": 1}
    assert said("post", posts[-1].pk)["title"] == "light"
    assert said("post", posts[0].pk)["title"] == "wrong"

    for _ in range(2):
        tasks.check_documents()

    assert said("post", posts[0].pk)["title"] == "light"


def test_one_process_at_a_time_checks_by_the_clock(alice):
    many(alice, 1)
    with turns.hold("check"):
        tasks.check_documents()
        assert not Document.objects.exists()

    tasks.check_documents()
    assert Document.objects.exists()


def test_a_place_that_no_longer_exists_is_the_beginning(alice):
    many(alice, 1)
    Turn.objects.create(name="check", position={"stage": "renamed", "after": "?"})

    tasks.check_documents()

    assert Document.objects.exists()
