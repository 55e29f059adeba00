"""A new index takes the place of the old with no gap, wherever the rebuild is stopped (Y12)."""

from io import StringIO

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.management import CommandError, call_command
from django.db import connection

from posts.actions.editing import edit_post
from posts.actions.posts import delete_post
from search import rebuilding, sending, tasks, turns
from search.actions import documents, rebuilds
from search.models import Document, Rebuild, Word
from tests.racing import at_once
from tests.search.found import document, found, is_empty, many, said, state, tags
from tests.search.indexes import in_index, in_table, killed, steps_to, titles
from users.models import User

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "http://127.0.0.1:1"


def test_y12_everything_is_in_the_new_index_and_the_old_one_is_gone(
    posts, old, elasticsearch_engine
):
    call_command("search_rebuild", stdout=StringIO())

    new = elasticsearch_engine.serving()
    assert new != old
    assert elasticsearch_engine.index_names() == [new]
    assert in_index(elasticsearch_engine, new) == in_table()
    assert len(in_table()) == len(posts) + 2
    assert not Rebuild.objects.exists()
    assert turns.position("rebuild") == {}


def test_y12_the_old_index_answers_until_the_new_one_has_everything(
    posts, old, elasticsearch_engine
):
    before = in_index(elasticsearch_engine, elasticsearch_engine.alias())

    for step in rebuilding.rebuild():
        if step.done < step.total or step.stage != "index":
            assert elasticsearch_engine.serving() == old
            assert in_index(elasticsearch_engine, elasticsearch_engine.alias()) == before

    assert elasticsearch_engine.serving() != old


def test_what_changes_during_a_rebuild_is_in_both(
    alice, posts, old, elasticsearch_engine, node, committed
):
    steps = steps_to("index", rebuilding.rebuild())
    first, last = posts[0], posts[-1]
    with committed():  # one is in the new index already, the other is not
        edit_post(post=first, editor=alice, changes={"caption": "first"})
        edit_post(post=last, editor=alice, changes={"caption": "last"})
        added = found(alice, caption="added")
    new = Rebuild.objects.get().index
    for index in (old, new):
        shown = titles(elasticsearch_engine, node, index)
        assert [shown[f"post:{each.pk}"] for each in (first, last, added)] == [
            "first",
            "last",
            "added",
        ]

    list(steps)

    assert elasticsearch_engine.serving() == new
    assert in_index(elasticsearch_engine, new) == in_table()
    assert not Document.objects.unsent().exists()


def test_what_is_deleted_during_a_rebuild_is_not_brought_back(
    alice, posts, old, elasticsearch_engine, node, committed
):
    steps = steps_to("index", rebuilding.rebuild())
    new = Rebuild.objects.get()
    last = posts[-1]
    held = list(Document.objects.filter(pk__gt=new.filled_to).order_by("pk"))  # read, not yet sent
    with committed():
        delete_post(post=last, editor=alice)

    elasticsearch_engine.send(held, [new.index])  # and only now on its way
    list(steps)

    shown = titles(elasticsearch_engine, node, new.index)
    assert shown[f"post:{last.pk}"] == ""
    assert in_index(elasticsearch_engine, new.index) == in_table()


def test_a_batch_read_before_the_rebuild_began_and_sent_after_is_in_the_new_index(
    alice, posts, old, elasticsearch_engine
):
    edit_post(post=posts[0], editor=alice, changes={"caption": "changed"})
    tasks.index_post(post_id=posts[0].pk)
    batch = sending.next_unsent()  # the sender has read, and looks for its targets only now
    steps = steps_to("index", rebuilding.rebuild())
    sending.send(batch)

    list(steps)

    new = elasticsearch_engine.serving()
    assert in_index(elasticsearch_engine, new) == in_table()
    assert not Document.objects.unsent().exists()


def test_a_document_gone_before_the_rebuild_keeps_a_late_copy_out(
    alice, posts, old, elasticsearch_engine, committed
):
    late = [document("post", posts[0].pk)]
    with committed():
        delete_post(post=posts[0], editor=alice)
    steps = steps_to("index", rebuilding.rebuild())

    sending.send(late)  # a sender that was asleep since before the deletion
    list(steps)

    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()
    assert is_empty("post", posts[0].pk)


def test_two_rebuilds_at_once_the_second_says_so_and_ends(posts, old, elasticsearch_engine):
    steps = steps_to("index", rebuilding.rebuild())
    new = Rebuild.objects.get().index

    with pytest.raises(CommandError, match="A rebuild is running"):
        call_command("search_rebuild", stdout=StringIO())
    with pytest.raises(CommandError, match="A rebuild is running"):
        call_command("search_rebuild", "--fresh", stdout=StringIO())
    tasks.restore_index()

    list(steps)
    assert elasticsearch_engine.index_names() == [new]


def test_a_rebuild_that_was_overtaken_in_its_sleep_ends(posts, old, elasticsearch_engine):
    asleep = steps_to("posts", rebuilding.rebuild())
    killed()
    other = steps_to("people", rebuilding.rebuild())

    with pytest.raises(rebuilding.RebuildRunningError):
        next(asleep)

    list(other)
    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()


def test_eight_rebuilds_at_once_make_one_index(alice, old, elasticsearch_engine):
    many(alice, 30)
    refused = []

    def one():
        try:
            list(rebuilding.rebuild())
        except rebuilding.RebuildRunningError as error:
            refused.append(error)

    at_once(*[one] * 8)

    assert len(refused) < 8
    assert elasticsearch_engine.index_names() == [elasticsearch_engine.serving()]
    assert not Rebuild.objects.exists()
    sending.send_unsent()
    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()


def test_fresh_begins_again_with_another_index(posts, old, elasticsearch_engine):
    left = steps_to("index", rebuilding.rebuild())
    first = Rebuild.objects.get().index
    left.close()

    out = StringIO()
    call_command("search_rebuild", "--fresh", stdout=out)

    assert "Going on" not in out.getvalue()
    assert elasticsearch_engine.serving() not in (old, first)
    assert elasticsearch_engine.index_names() == [elasticsearch_engine.serving()]


def test_the_command_tells_where_it_goes_on_and_what_it_does(posts, old, elasticsearch_engine):
    steps_to("people", rebuilding.rebuild()).close()

    out = StringIO()
    call_command("search_rebuild", stdout=out)

    assert out.getvalue().splitlines() == [
        "Going on with what was left at: people.",
        f"documents: {len(posts) + 2}",
        f"words: {Word.objects.count()}",
        f"index: {len(posts) + 2}",
        "All that can be found has been made anew.",
    ]


class Terminal(StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_shows_a_bar(alice, old, elasticsearch_engine):
    many(alice, 3)
    out = Terminal()

    call_command("search_rebuild", stdout=out)

    assert f"posts     {'█' * 30} 3/3" in out.getvalue()


# --- With PostgreSQL alone ----------------------------------------------------------------------


def test_y12_on_an_old_installation_everything_is_found_for_the_first_time(alice, bob):
    many(alice, 3, tags=["sea"])

    call_command("search_rebuild", stdout=StringIO())

    assert Document.objects.live().filter(kind="post").count() == 3
    assert said("user", bob.pk)["title"] == "bob"
    assert tags() == ["sea"]
    assert set(Word.objects.values_list("text", flat=True)) >= {"light", "alice", "hill"}
    assert not Rebuild.objects.exists()


def test_vectors_and_words_are_made_anew_and_nothing_is_missing_meanwhile(alice, person):
    gone = person("gone")
    many(alice, 3, tags=["sea"])
    many(gone, 1, tags=["lost"])
    documents.index_people([alice.pk, gone.pk])
    for author in (alice, gone):
        documents.index_chunk_of(author_id=author.pk, after=0)
    before = state()
    versions = dict(Document.objects.values_list("pk", "version"))
    Document.objects.filter(kind="post").update(vector="")
    Word.objects.create(text="nobody", deletions=["nobody"])
    gone.delete()  # without a word to anybody

    light = SearchQuery("light", config="simple")
    seen = []
    for step in rebuilding.rebuild():
        seen.append((step.stage, Document.objects.live().count()))
        if step.stage == "posts":
            assert Document.objects.filter(vector=light).count() == 3

    assert min(number for _, number in seen) == len(before) - 3
    assert [row for row in state() if row[2]] == [
        row for row in before if row[1] not in (str(gone.pk), "lost") and "gone" not in str(row)
    ]
    assert not Word.objects.filter(text__in=["nobody", "gone", "lost"]).exists()
    kept = Document.objects.live().values_list("pk", "version")
    assert dict(kept) == {pk: versions[pk] for pk, _ in kept}


def test_a_rebuild_left_from_times_with_elasticsearch_is_given_up_by_a_fresh_one(alice):
    rebuilds.begin_rebuild("yafig-documents-20200101000000000000")

    call_command("search_rebuild", "--fresh", stdout=StringIO())

    assert not Rebuild.objects.exists()
    assert User.objects.count() == Document.objects.filter(kind="user").count()
    assert not connection.in_atomic_block
