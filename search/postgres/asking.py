"""Asking PostgreSQL: one statement for the words that may be meant, and one for each kind.

What is best is looked for among the `SCORED` most promising that meet the question, which are
those that meet it exactly, then the newest: to score all of a hundred thousand takes too long.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from time import monotonic
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from search.models import Document
from search.postgres import vocabulary
from search.postgres.matching import (
    Meeting,
    Sql,
    anyhow,
    as_a_whole,
    every,
    named,
    named_from,
    phrase,
    score,
    side_by_side,
)
from search.postgres.vectors import marked, quoted
from search.questions import (
    EXACT,
    EngineUnavailable,
    Found,
    Hit,
    Question,
    Reach,
    Words,
    microseconds,
)

SCORED: Final = 2_000  # documents of a kind
FORBIDDEN: Final = "ABC"  # where words that are not wanted may not stand: anywhere but in names

_BEST: Final = """
SELECT key, worth::float8, as_of FROM (
    SELECT key, published_at, as_of, followed, {worth} AS worth FROM (
        SELECT id, {followed} AS followed FROM (
            SELECT * FROM search_document WHERE {indexed} OFFSET 0
        ) AS met WHERE {filters} ORDER BY {promising} LIMIT %s
    ) AS promising JOIN search_document USING (id)
) AS scored ORDER BY {order} LIMIT %s
"""  # OFFSET 0 fences: planners like to look up all that everybody may see, and intersect
_KEY: Final = 'key COLLATE "C"'
_NEWEST: Final = f"published_at DESC NULLS LAST, {_KEY}"


def find(question: Question, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Found:
    """As `questions.Engine.find`. Raises `EngineUnavailable`."""
    with _time_limit() as start:
        start()
        meant = vocabulary.near(question.words)
        return _ask([_find(question, meant, kind) for kind in kinds], reach, limit, start)


def complete(prefix: Words, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Found:
    """As `questions.Engine.complete`. Raises `EngineUnavailable`."""
    if not prefix:
        return Found({kind: [] for kind in kinds})
    with _time_limit() as start:
        return _ask([_complete(prefix, kind) for kind in kinds], reach, limit, start)


# --- What is asked ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is asked of the documents of a kind, and how they are put in order."""

    kind: str
    meetings: list[Meeting]
    addition: Sql
    indexed: list[Sql]  # conditions that are looked up, and
    filters: list[Sql]  # those that are tried on what was found
    promising: str  # the order of those to score, among what is met equally well
    order: str


def _find(question: Question, meant: Mapping[str, Words], kind: str) -> _Asked:
    words, phrases = question.words, tuple(filter(None, question.phrases))
    meetings = [anyhow(marked(word, kind), _marked(meant.get(word, ()), kind)) for word in words]
    meetings += [phrase(_marked(each, kind)) for each in phrases]
    whole = " ".join([*words, *chain.from_iterable(phrases)])
    return _Asked(
        kind=kind,
        meetings=meetings,
        addition=as_a_whole(_marked(words, kind), whole),
        indexed=[*_met(kind, meetings, question.tags), *_by(question.authors)],
        filters=list(_filters(kind, question)),
        promising=f"followed DESC, {_NEWEST}",
        order=f"worth DESC, followed DESC, {_NEWEST}",
    )


def _complete(prefix: Words, kind: str) -> _Asked:
    *whole, last = words = _marked(prefix, kind)
    meetings = [*map(named, whole), named_from(last)]
    return _Asked(
        kind=kind,
        meetings=meetings,
        addition=as_a_whole(words, " ".join(prefix)),
        indexed=list(_met(kind, meetings)),
        filters=[],
        promising=f"followed DESC, {_KEY}",
        order=f"followed DESC, worth DESC, {_KEY}",
    )


def _marked(words: Words, kind: str) -> Words:
    return tuple([marked(word, kind) for word in words])


def _met(kind: str, meetings: list[Meeting], tags: Words = ()) -> Iterator[Sql]:
    if queries := [*(meeting.met for meeting in meetings), *_tags(kind, tags)]:
        yield "vector @@ %s::tsquery", [every(queries)]
    else:
        yield "kind = %s", [kind]


def _by(authors: tuple[int, ...] | None) -> Iterator[Sql]:
    if authors is not None:
        yield "author_id = ANY(%s::bigint[])", [list(authors)]


def _filters(kind: str, question: Question) -> Iterator[Sql]:
    phrases = [side_by_side(_marked(words, kind), FORBIDDEN) for words in question.without if words]
    for query in [*phrases, *_tags(kind, question.not_tags)]:
        yield "NOT vector @@ %s::tsquery", [query]
    if question.has:
        yield "has @> %s::varchar[]", [list(question.has)]
    if question.since is not None:
        yield "published_at >= %s", [question.since]
    if question.before is not None:
        yield "published_at < %s", [question.before]


def _tags(kind: str, tags: Words) -> list[str]:
    return [f"{quoted(tag)}:A" for tag in _marked(tags, kind)]


def _within(reach: Reach) -> Iterator[Sql]:
    """What `reach` says may be found at all; that it may be seen is decided elsewhere."""
    followers, author = Document.Audience.FOLLOWERS, Document.Audience.AUTHOR
    viewer = [] if reach.viewer_id is None else [reach.viewer_id]
    yield "gone_at IS NULL", []
    yield (
        "(audience = %s OR (audience = %s AND author_id = ANY(%s::bigint[]))"
        " OR (audience = %s AND author_id = ANY(%s::bigint[])))",
        [Document.Audience.EVERYONE, followers, [*viewer, *reach.follows], author, viewer],
    )
    if reach.hidden:
        yield "(author_id IS NULL OR author_id <> ALL(%s::bigint[]))", [list(reach.hidden)]


def _followed(kind: str, reach: Reach) -> Sql:
    if kind != Document.Kind.USER or not reach.follows:
        return "false", []
    return "author_id = ANY(%s::bigint[])", [list(reach.follows)]


# --- Asking ----------------------------------------------------------------------------------


def _ask(asked: list[_Asked], reach: Reach, limit: int, start: Callable[[], None]) -> Found:
    hits = {}
    for each in asked:
        statement, values = _statement(each, reach)
        scored = max(SCORED, limit) if each.meetings else limit
        start()
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, scored, limit])
            hits[each.kind] = [
                Hit(each.kind, key, worth, microseconds(as_of))
                for key, worth, as_of in cursor.fetchall()
            ]
    return Found(hits)


def _statement(asked: _Asked, reach: Reach) -> Sql:
    """The statement, and its parameters but for the two limits."""
    worth, worth_values = "%s", [EXACT]
    if asked.meetings:
        worth, worth_values = score(asked.meetings, asked.addition)
    followed, followed_values = _followed(asked.kind, reach)
    indexed, indexed_values = _all(asked.indexed)
    filters, filter_values = _all([*asked.filters, *_within(reach)])
    tiers = [every(tier) for tier in zip(*[m.promising for m in asked.meetings], strict=True)]
    statement = _BEST.format(
        worth=worth,
        followed=followed,
        indexed=indexed,
        filters=filters,
        promising="vector @@ %s::tsquery DESC, " * len(tiers) + asked.promising,
        order=asked.order,
    )
    values = [*worth_values, *followed_values, *indexed_values, *filter_values, *tiers]
    return statement, values


def _all(conditions: list[Sql]) -> Sql:
    values = chain.from_iterable(values for _, values in conditions)
    return " AND ".join([sql for sql, _ in conditions]), list(values)


@contextmanager
def _time_limit() -> Iterator[Callable[[], None]]:
    """A transaction that takes `SEARCH_TIMEOUT` at most, if told before each statement.

    It is rolled back at its end: nothing was written, and the limit goes with it.
    """
    end = monotonic() + settings.SEARCH_TIMEOUT

    def start() -> None:
        left = int((end - monotonic()) * 1000)
        if left <= 0:
            raise EngineUnavailable("No time is left.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(left)])

    try:
        with transaction.atomic():
            yield start
            transaction.set_rollback(True)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise EngineUnavailable("It did not finish in time.") from error
