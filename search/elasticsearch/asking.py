"""Questions to Elasticsearch: one request for all kinds of documents, and its answer as hits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
from django.conf import settings

from search.elasticsearch.clauses import (
    Query,
    as_a_whole,
    audience,
    beginnings,
    by,
    exclusions,
    filters,
    hidden,
    meetings,
    refuse_more_than_can_be_asked,
    worth,
)
from search.elasticsearch.door import Late, Misunderstood, failure, questions
from search.elasticsearch.indexes import alias
from search.models import Document
from search.questions import EngineUnavailable, Found, Hit, Question, Reach, Words

Asked = Callable[[str], Query]  # by the kind of documents

# What lifts people that the viewer follows; taken from their scores again. Among equals only: less
# than two scores of up to a dozen words can differ by. Before all others: more than any score.
AMONG_EQUALS = 0.001
BEFORE_ALL = 64.0

ORDER = [
    {"_score": "desc"},
    {"published_at": {"order": "desc", "missing": "_last"}},
    "key",
    "as_of",
]
SCORE, _, KEY, AS_OF = range(4)  # where they stand in what a hit says of its place in that order
ANSWER = "responses.hits.hits.sort,responses.timed_out,responses.error,responses.status"


def find(question: Question, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Found:
    """As `questions.Engine.find`. Raises `EngineUnavailable`."""
    refuse_more_than_can_be_asked(question)

    def asked(kind: str) -> Query:
        return {
            "must": meetings(question, kind),
            "should": as_a_whole(question.words, question.phrases, kind),
            "filter": [*filters(question, kind), audience(reach)],
            "must_not": [*exclusions(question, kind), *hidden(reach)],
        }

    return _ask(asked, reach, kinds=kinds, limit=limit, lift=AMONG_EQUALS)


def complete(prefix: Words, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Found:
    """As `questions.Engine.complete`. Raises `EngineUnavailable`."""
    if not prefix:
        return Found({kind: [] for kind in kinds})
    refuse_more_than_can_be_asked(Question(words=prefix))

    def asked(kind: str) -> Query:
        return {
            "must": beginnings(prefix, kind),
            "should": as_a_whole(prefix, (), kind),
            "filter": [audience(reach)],
            "must_not": hidden(reach),
        }

    return _ask(asked, reach, kinds=kinds, limit=limit, lift=BEFORE_ALL)


def answers() -> bool:
    """Whether a question would be answered now."""
    try:
        _ask(_anything, Reach(), kinds=(Document.Kind.TAG,), limit=1, lift=0)
    except EngineUnavailable:
        return False
    return True


def _anything(_: str) -> Query:
    return {"should": [], "filter": []}


def _ask(asked: Asked, reach: Reach, *, kinds: tuple[str, ...], limit: int, lift: float) -> Found:
    """The hits of all `kinds`; people whom the viewer follows are lifted by `lift`."""
    if not kinds:
        return Found()
    lines: list[Query] = []
    for kind in kinds:
        lines.append({"index": alias(), "allow_partial_search_results": False})
        lines.append(_search(_of_kind(asked(kind), kind, reach, lift), limit))
    try:
        content: Any = [orjson.dumps(line) for line in lines]
    except TypeError as error:  # half a character
        raise Misunderstood(str(error)) from error
    with questions.open() as client:
        answer = client.msearch(searches=content, filter_path=ANSWER)
        found = {
            kind: _hits(kind, each) for kind, each in zip(kinds, answer["responses"], strict=True)
        }
    if Document.Kind.USER in found and reach.follows:
        followed = {str(person) for person in reach.follows}
        found["user"] = [_lowered(hit, followed, lift) for hit in found["user"]]
    return Found(found)


def _of_kind(asked: Query, kind: str, reach: Reach, lift: float) -> Query:
    asked["filter"] += [{"term": {"kind": kind}}, {"term": {"gone": False}}]
    if kind == Document.Kind.USER and reach.follows:
        asked["should"].append(worth(lift, by(reach.follows)))
    return asked


def _search(asked: Query, limit: int) -> Query:
    return {
        "query": {"bool": asked},
        "size": limit,
        "sort": ORDER,
        "timeout": f"{int(settings.SEARCH_TIMEOUT * 800)}ms",  # before we stop waiting for it
        "track_total_hits": False,
        "_source": False,
    }


def _hits(kind: str, response: dict[str, Any]) -> list[Hit]:
    """The hits of one kind. Raises `EngineUnavailable` when some may be missing."""
    if error := response.get("error"):
        raise failure(response["status"], f"{error['type']}: {error['reason']}")
    if response["timed_out"]:
        raise Late("It has not finished in time.")
    places = [hit["sort"] for hit in response.get("hits", {}).get("hits", ())]
    return [Hit(kind, place[KEY], place[SCORE], place[AS_OF]) for place in places]


def _lowered(hit: Hit, followed: set[str], lift: float) -> Hit:
    return replace(hit, score=hit.score - lift) if hit.key in followed else hit
