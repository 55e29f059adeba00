"""Elasticsearch away: PostgreSQL answers for it and says so; nothing fails (Y8, Y11)."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from embedded import ports
from search import elasticsearch, engines
from search.questions import EngineUnavailable, Question, Reach
from tests.search.found import found
from tests.search.front import Front

ROOT = Path(__file__).parents[2]
QUESTION = Question(words=("sunset",))

LOADED = """
import os, sys
os.environ["ELASTICSEARCH_URL"] = ""
import django
django.setup()
import config.celery, config.urls, config.schedule, config.subscriptions
from search import engines
assert engines.state() == "ok" and not engines.has_copies()
sys.exit(f"loaded: {sorted(loaded)}" if (loaded := {"elasticsearch", "elastic_transport"} & set(sys.modules)) else 0)
"""  # noqa: E501


@pytest.fixture
def post(alice, elasticsearch_engine):
    """A post that both engines know."""
    post = found(alice, caption="Sunset", tags=["sunset"])
    elasticsearch.refresh(elasticsearch.alias())
    return post


@pytest.fixture
def away(settings):
    """Nobody listens where Elasticsearch was."""

    def go():
        settings.ELASTICSEARCH_URL = f"http://{ports.LOOPBACK}:{ports.free_port()}"

    return go


def find():
    answer = engines.find(QUESTION, Reach(), kinds=("post", "tag"), limit=10)
    hits = {
        kind: [(hit.key, hit.score) for hit in each] for kind, each in answer.found.hits.items()
    }
    return hits, answer.is_degraded


def complete():
    answer = engines.complete(("sun",), Reach(), kinds=("tag",), limit=10)
    return [hit.key for hit in answer.found.hits["tag"]], answer.is_degraded


def test_an_installation_without_elasticsearch_never_loads_its_client():
    command = [sys.executable, "-c", LOADED]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_without_an_address_postgres_answers_and_nothing_is_degraded(post, settings):
    settings.ELASTICSEARCH_URL = ""

    hits, is_degraded = find()

    assert hits == {"post": [(str(post.pk), 13.0)], "tag": [("sunset", 13.0)]}
    assert not is_degraded
    assert complete() == (["sunset"], False)


def test_postgres_answers_the_same_while_elasticsearch_is_away(post, away, settings):
    before, is_degraded = find()
    assert not is_degraded
    assert complete() == (["sunset"], False)
    assert engines.state() == "ok"

    away()

    assert find() == (before, True)
    assert complete() == (["sunset"], True)
    assert engines.state() == "degraded"


def test_a_missing_index_is_answered_for_too(post):
    for index in elasticsearch.index_names():
        elasticsearch.delete_index(index)

    hits, is_degraded = find()

    assert [key for key, _ in hits["post"]] == [str(post.pk)]
    assert is_degraded


def test_elasticsearch_answers_again_once_it_is_back(post, settings):
    settings.SEARCH_PAUSE = 0.0
    with Front(settings.ELASTICSEARCH_URL) as front:
        settings.ELASTICSEARCH_URL = front.url
        front.answer(429)
        assert find()[1]
        front.heal()
        assert not find()[1]


def test_what_a_question_has_wrong_is_left_to_postgres_and_to_nobody_else(post):
    many = Question(words=("sunset",) * 65)

    assert engines.find(many, Reach(), kinds=("post",), limit=1).is_degraded
    assert not find()[1]


@pytest.mark.django_db(transaction=True)
def test_with_both_away_it_is_told_in_time(away, settings):
    away()
    settings.SEARCH_TIMEOUT = 0.3
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE search_document IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(EngineUnavailable):
            find()
    finally:
        holder.close()
