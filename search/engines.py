"""Which engine answers: Elasticsearch where there is one, and PostgreSQL while that is away.

Engines are named by their paths, so that an installation without Elasticsearch never loads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from django.conf import settings

from search.questions import Engine, EngineUnavailable, Found, Question, Reach, Words

ELASTICSEARCH = "search.elasticsearch"
POSTGRES = "search.postgres"


@dataclass(frozen=True)
class Answer:
    """`is_degraded`: Elasticsearch is away, and PostgreSQL has answered for it."""

    found: Found
    is_degraded: bool


def find(question: Question, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Answer:
    """The best `limit` documents of each of `kinds`, by whoever can tell.

    Raises `EngineUnavailable` when PostgreSQL cannot in time either.
    """
    return _first_answer(lambda engine: engine.find(question, reach, kinds=kinds, limit=limit))


def complete(prefix: Words, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Answer:
    """People and tags that begin like this, by whoever can tell. Raises as `find`."""
    return _first_answer(lambda engine: engine.complete(prefix, reach, kinds=kinds, limit=limit))


def has_copies() -> bool:
    """Whether documents are to be sent to Elasticsearch at all: whether there is an address."""
    return bool(settings.ELASTICSEARCH_URL)


def state() -> str:
    """`ok`, or `degraded` while Elasticsearch is away; for `/readyz`. At most `SEARCH_TIMEOUT`."""
    if not has_copies():
        return "ok"
    return "ok" if import_module(ELASTICSEARCH).answers() else "degraded"


def _first_answer(ask: Callable[[Engine], Found]) -> Answer:
    if has_copies():
        try:
            return Answer(ask(_engine(ELASTICSEARCH)), is_degraded=False)
        except EngineUnavailable:  # logged where it was noticed
            return Answer(ask(_engine(POSTGRES)), is_degraded=True)
    return Answer(ask(_engine(POSTGRES)), is_degraded=False)


def _engine(path: str) -> Engine:
    """The module at `path`: a module with the two functions is an engine."""
    return cast("Engine", import_module(path))
