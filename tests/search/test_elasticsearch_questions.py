"""Questions to a real Elasticsearch: what it is asked, hostile words, and what they may cost (Y11).

That it finds the same as PostgreSQL, by the same scores, is in test_engines.py.
"""

import time
from datetime import UTC, datetime

import pytest

from search import elasticsearch
from search.elasticsearch.door import Misunderstood
from search.models import Document
from search.questions import EngineUnavailable, Question, Reach

KINDS = ("post", "user", "tag")
HOSTILE = [
    "(" * 10_000,
    "[[{{" * 2_500,
    "*",
    "*" * 200,
    "?" * 64,
    "a*b?c*",
    ".*.*.*.*(a+)+$",
    "/(a|aa)+b/",
    "_exists_:title",
    "_exists_",
    "title:sunset",
    "gone:true",
    "sunset~2 OR *:*",
    '{"match_all":{}}',
    "'; DROP TABLE search_document; --",
    "\\",
    '"',
    "\x00",
    "sun\x00set",
    "\n{}\n",
    "🌅" * 3_000,
    "👩‍👩‍👧‍👦",
    "\u202egnitfihs\u202c",
    "غروب",
    "\ud800",
    "x" * 10_000,
    "ab" * 5_000,
    "é" * 64,
    "",
]


@pytest.fixture
def engine(elasticsearch_engine):
    documents = [
        Document(kind="post", key="1", version=1, title="red sunset", text="the sea"),
        Document(kind="post", key="2", version=2, title="sunset", tags=["sea"]),
        Document(kind="user", key="3", version=3, title="ada", text="ada lovelace", author_id=3),
        Document(kind="user", key="4", version=4, title="adam", text="adam smith", author_id=4),
        Document(kind="tag", key="sea", version=5, title="sea"),
    ]
    elasticsearch.send(documents, [elasticsearch.alias()])
    elasticsearch.refresh(elasticsearch.alias())
    return elasticsearch_engine


def keys(found):
    return {kind: [hit.key for hit in hits] for kind, hits in found.hits.items()}


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words(engine, node, hostile):
    questions = [
        Question(words=(hostile,)),
        Question(words=("sunset", hostile)),
        Question(phrases=((hostile, "sea"), ("the", hostile)), without=((hostile,),)),
        Question(words=("sunset",), without=((hostile, hostile),), not_tags=(hostile,)),
        Question(words=("sunset",), tags=(hostile,), has=(hostile,)),
    ]
    began = time.monotonic()
    for question in questions:
        refusing(lambda q=question: engine.find(q, Reach(), kinds=KINDS, limit=10))
    refusing(lambda: engine.complete((hostile,), Reach(), kinds=KINDS, limit=10))

    assert time.monotonic() - began < 6 * 2.0  # on a busy machine; each takes milliseconds
    assert node.cluster.health(index=engine.alias())["status"] == "green"
    found = engine.find(Question(words=("sunset",)), Reach(), kinds=KINDS, limit=10)
    assert keys(found) == {"post": ["2", "1"], "user": [], "tag": []}


def refusing(ask):
    """Nothing that is hostile is found; half a character may also be called a mistake."""
    try:
        found = ask()
    except Misunderstood:
        return
    assert set(keys(found)) == set(KINDS)


def test_ten_thousand_words_are_refused_without_asking(engine):
    words = ("(",) * 10_000
    for ask in (
        lambda: engine.find(Question(words=words), Reach(), kinds=KINDS, limit=10),
        lambda: engine.find(Question(phrases=(words,)), Reach(), kinds=KINDS, limit=10),
        lambda: engine.find(Question(without=(words,)), Reach(), kinds=KINDS, limit=10),
        lambda: engine.complete(words, Reach(), kinds=KINDS, limit=10),
    ):
        with pytest.raises(EngineUnavailable, match="10000 words"):
            ask()

    assert keys(engine.complete(("s",), Reach(), kinds=("tag",), limit=10)) == {"tag": ["sea"]}


def test_a_question_has_as_many_words_as_people_may_write(engine):
    words = tuple(f"sunrise{number}" for number in range(12))

    found = engine.find(Question(words=words), Reach(), kinds=KINDS, limit=500)

    assert keys(found) == {"post": [], "user": [], "tag": []}


def test_somebody_who_follows_and_hides_many_can_ask(engine):
    reach = Reach(viewer_id=9, follows=tuple(range(70_000)), hidden=tuple(range(5, 70_000)))

    found = engine.find(Question(words=("ada",)), reach, kinds=("user",), limit=10)

    assert keys(found) == {"user": ["3", "4"]}


def test_followed_people_come_first_and_keep_their_scores(engine):
    """Y11: people you follow first; among equals in a search, before all in a completion."""
    reach = Reach(viewer_id=9, follows=(4,))

    found = engine.find(Question(words=("ad",)), reach, kinds=("user",), limit=10)
    assert [(hit.key, hit.score) for hit in found.hits["user"]] == [
        ("4", pytest.approx(3, abs=1e-4)),
        ("3", pytest.approx(3, abs=1e-4)),
    ]
    found = engine.find(Question(words=("ada",)), reach, kinds=("user",), limit=10)
    assert keys(found) == {"user": ["3", "4"]}

    found = engine.complete(("ada",), reach, kinds=("user",), limit=10)
    assert [(hit.key, hit.score) for hit in found.hits["user"]] == [
        ("4", pytest.approx(3, abs=1e-4)),
        ("3", pytest.approx(9 + 4, abs=1e-4)),
    ]


def test_moments_are_compared_to_the_microsecond_and_any_date_can_be_asked_for(engine):
    moment = datetime(2026, 7, 1, 12, 0, 0, 123_456, tzinfo=UTC)
    dated = Document(kind="post", key="9", version=9, title="dated", published_at=moment)
    engine.send([dated], [engine.alias()])
    engine.refresh(engine.alias())

    def found(**span):
        question = Question(words=("dated",), **span)
        return keys(engine.find(question, Reach(), kinds=("post",), limit=1))["post"]

    assert found(since=moment) == ["9"]
    assert found(before=moment) == []
    assert found(since=moment.replace(microsecond=123_457)) == []
    assert found(before=moment.replace(microsecond=123_457)) == ["9"]
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert found(since=first, before=last) == ["9"]
    assert found(before=first) == found(since=last) == []


def test_nobody_named_is_nobody_found(engine):
    question = Question(words=("ada",), authors=())

    assert keys(engine.find(question, Reach(), kinds=("user",), limit=5)) == {"user": []}
