"""A rebuild that is stopped anywhere leaves the old index serving, and is gone on with (Y12)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from posts.actions.editing import edit_post
from search import elasticsearch, rebuilding, tasks, turns
from search.elasticsearch import door
from search.models import Document, Rebuild
from tests.search.found import many
from tests.search.indexes import in_index, in_table, steps_to

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "http://127.0.0.1:1"


# --- Stopped at every step ----------------------------------------------------------------------


def test_y12_stopped_after_any_step_it_goes_on_to_the_same_end(alice, old, elasticsearch_engine):
    many(alice, rebuilding.BATCH + 1)
    steps = rebuilding.rebuild()
    whole = [(step.stage, step.done) for step in steps]

    for stop in range(1, len(whole)):
        steps = rebuilding.rebuild()
        for _ in range(stop):
            next(steps)
        serving = elasticsearch_engine.serving()
        steps.close()
        assert serving in elasticsearch_engine.index_names()

        rest = [step.stage for step in rebuilding.rebuild()]

        assert rest == [stage for stage, _ in whole[stop:]]
        assert elasticsearch_engine.index_names() == [elasticsearch_engine.serving()]
        assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()


def test_the_power_goes_before_an_index_was_noted(posts, old, elasticsearch_engine):
    orphan = elasticsearch_engine.create_index()

    list(rebuilding.rebuild())

    assert orphan not in elasticsearch_engine.index_names()
    assert elasticsearch_engine.index_names() == [elasticsearch_engine.serving()]


def test_the_power_goes_between_the_swap_and_its_record(
    alice, posts, old, elasticsearch_engine, committed
):
    steps = steps_to("index", rebuilding.rebuild())
    new = Rebuild.objects.get().index
    elasticsearch_engine.serve(new)
    steps.close()
    with committed():
        edit_post(post=posts[0], editor=alice, changes={"caption": "after the swap"})

    tasks.restore_index()

    assert elasticsearch_engine.index_names() == [new]
    assert elasticsearch_engine.serving() == new
    assert in_index(elasticsearch_engine, new) == in_table()
    assert not Rebuild.objects.exists()


def test_an_index_that_somebody_deletes_while_it_is_filled_is_begun_again(
    posts, old, elasticsearch_engine
):
    steps = steps_to("index", rebuilding.rebuild())
    first = Rebuild.objects.get().index
    elasticsearch_engine.delete_index(first)
    with pytest.raises(elasticsearch_engine.IndexMissing):
        list(steps)
    assert elasticsearch_engine.serving() == old

    tasks.restore_index()

    assert elasticsearch_engine.serving() not in (old, first)
    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()


def test_elasticsearch_goes_away_in_the_middle_and_the_clock_ends_it(
    posts, old, elasticsearch_engine, settings
):
    address = settings.ELASTICSEARCH_URL
    steps_to("documents", rebuilding.rebuild()).close()
    settings.ELASTICSEARCH_URL = NOWHERE
    with pytest.raises(CommandError, match="Elasticsearch is away"):
        call_command("search_rebuild", stdout=StringIO())
    tasks.restore_index()  # away still

    settings.ELASTICSEARCH_URL = address
    door.work.reset()
    tasks.restore_index()

    assert elasticsearch_engine.serving() != old
    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()


# --- By the clock ------------------------------------------------------------------------------


def test_y12_an_index_that_is_deleted_comes_back_by_the_clock(posts, old, elasticsearch_engine):
    elasticsearch_engine.delete_index(old)

    tasks.restore_index()

    new = elasticsearch_engine.serving()
    assert in_index(elasticsearch_engine, new) == in_table()
    assert turns.position("rebuild") == {}


def test_the_first_index_is_filled_and_nothing_is_sent_twice(alice, node):
    many(alice, 20)
    tasks.index_posts_of(user_id=alice.pk)

    tasks.restore_index()

    engine = elasticsearch
    assert in_index(engine, engine.serving()) == in_table()
    assert not Document.objects.unsent().exists()


def test_the_clock_leaves_an_index_alone_that_serves(posts, old, elasticsearch_engine):
    tasks.restore_index()

    assert elasticsearch_engine.index_names() == [old]


def test_a_rebuild_by_hand_after_the_clocks_makes_the_documents_anew_as_well(
    posts, old, elasticsearch_engine
):
    elasticsearch_engine.delete_index(old)
    steps_to("index", rebuilding.restore_index()).close()
    Document.objects.filter(kind="post").update(title="nonsense")

    call_command("search_rebuild", stdout=StringIO())

    assert set(Document.objects.filter(kind="post").values_list("title", flat=True)) == {"light"}
    assert in_index(elasticsearch_engine, elasticsearch_engine.serving()) == in_table()
