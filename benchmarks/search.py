"""`make bench-search`: the gold set on both engines, and what is paid beside Elasticsearch itself.

The reference is the same body, byte for byte, sent to the same node by a bare connection.
"""

import http.client
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.core.management import call_command

from benchmarks.stage import Stage
from benchmarks.table import Row, show
from embedded import elasticsearch as node

ENGINES = ("elasticsearch", "postgres")
ROUNDS = 7
PREFIXES = ("s", "su", "sun", "ma", "jo", "k", "har", "li")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="yafig-bench-") as folder:
        stage, server = Stage(Path(folder)), node.Server(Path(folder) / "elasticsearch")
        stage.start()
        server.start()
        os.environ |= {"ELASTICSEARCH_URL": server.url, "SEARCH_TIMEOUT": "30"}
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            print(import_module("benchmarks.search").tables())
        finally:
            server.kill()
            stage.stop()


def tables() -> str:
    """The gold set, and the times."""
    gold = import_module("tests.search.gold")
    names = gold.fill()
    print("making the documents …", file=sys.stderr)
    for _ in import_module("search.rebuilding").rebuild(fresh=True):
        pass
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself, in time
    fred = import_module("users.models").User.objects.get(username="fred")
    return f"{_gold(gold, names, fred)}\n\n{show([*_times(gold, fred), _bulk()])}"


# --- The gold set ------------------------------------------------------------------------------


def _gold(gold: Any, names: dict[str, str], fred: Any) -> str:
    """Reciprocal rank and recall of every question."""
    lines = ["| question | " + " | ".join(f"{e}: rank, recall" for e in ENGINES) + " |"]
    lines.append("|---" * (1 + len(ENGINES)) + "|")
    measured: dict[str, list[tuple[float, float]]] = {}
    for engine in ENGINES:
        with _answering(engine):
            measured[engine] = [
                gold.measure(asked, _found(gold, names, fred, asked)) for asked in gold.ASKED
            ]
    for number, asked in enumerate(gold.ASKED):
        cells = [f"{rank:.2f}, {recall:.2f}" for rank, recall in _of(measured, number)]
        lines.append(f"| `{asked.query}` | {' | '.join(cells)} |")
    means = [
        ", ".join(f"{statistics.fmean(column):.3f}" for column in zip(*rows, strict=True))
        for rows in measured.values()
    ]
    return "\n".join([*lines, f"| **mean** | {' | '.join(means)} |"])


def _of(measured: dict[str, list[tuple[float, float]]], number: int) -> Iterator[Any]:
    return (rows[number] for rows in measured.values())


def _found(gold: Any, names: dict[str, str], fred: Any, asked: Any) -> list[str]:
    cards = _query(gold.text_of(asked), fred)
    return [gold.name_of(card, names) for card in cards]


def _query(text: str, viewer: Any) -> list[dict[str, Any]]:
    """The results of a search, as the view would write them."""
    queries, serializers = import_module("search.queries"), import_module("search.serializers")
    asked = queries.Asked(text=text)
    results = queries.search(viewer, asked, limit=10, offset=0).results
    cards: list[dict[str, Any]] = serializers.result_cards(results, viewer)
    return cards


@contextmanager
def _answering(engine: str) -> Iterator[None]:
    settings = import_module("django.conf").settings
    url = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = url if engine == "elasticsearch" else ""
    try:
        yield
    finally:
        settings.ELASTICSEARCH_URL = url


# --- Times -------------------------------------------------------------------------------------


def _times(gold: Any, fred: Any) -> Iterator[Row]:
    queries = import_module("search.queries")
    texts = [gold.text_of(asked) for asked in gold.ASKED]
    yield from _beside("query", [partial(_query, text, fred) for text in texts])
    suggestions = [partial(queries.suggest, fred, text, limit=10) for text in PREFIXES]
    yield from _beside("autocomplete", suggestions)


def _beside(what: str, calls: Sequence[Callable[[], Any]]) -> Iterator[Row]:
    """The median time of `calls`, on each engine, beside that of the bodies they send."""
    bodies = [_recorded(call) for call in calls]
    raw = _Raw("/_msearch")
    pairs = [
        (_milliseconds(call), _milliseconds(partial(raw.send, body)))
        for _ in range(ROUNDS)
        for call, body in zip(calls, bodies, strict=True)
        if body
    ]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    reference = f"{bare:.1f} ms (its body alone)"
    yield Row(f"{what}, Elasticsearch", f"{ours:.1f} ms", reference, ratio)
    with _answering("postgres"):
        times = [_milliseconds(call) for _ in range(ROUNDS) for call in calls]
    yield Row(f"{what}, PostgreSQL", f"{statistics.median(times):.1f} ms", "", None)


def _milliseconds(call: Callable[[], Any]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


class _Raw:
    """A bare connection to the node."""

    def __init__(self, path: str) -> None:
        place = urlsplit(import_module("django.conf").settings.ELASTICSEARCH_URL)
        self.connection = http.client.HTTPConnection(str(place.hostname), place.port)
        self.path = path

    def send(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/x-ndjson"}
        self.connection.request("POST", self.path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:500]
        return content

    def send_all(self, bodies: Sequence[bytes]) -> None:
        for body in bodies:
            self.send(body)


def _recorded(call: Callable[[], Any]) -> bytes:
    """The body that `call` sends to Elasticsearch; empty when it asks nothing."""
    door = import_module("search.elasticsearch.door")
    with door.questions.open() as client, _recording(client, "msearch", "searches") as kept:
        call()
    return b"".join(line + b"\n" for line in kept[0]) if kept else b""


@contextmanager
def _recording(client: Any, method: str, argument: str) -> Iterator[list[Any]]:
    """What is passed to `method` as `argument`, which does what it does."""
    kept: list[Any] = []
    original = getattr(client, method)

    def record(**arguments: Any) -> Any:
        kept.append(arguments[argument])
        return original(**arguments)

    setattr(client, method, record)
    try:
        yield kept
    finally:
        setattr(client, method, original)


def _bulk() -> Row:
    """All documents into a new index, and the same bytes into another."""
    engine = import_module("search.elasticsearch")
    indexes = import_module("search.elasticsearch.indexes")
    door = import_module("search.elasticsearch.door")
    documents = list(import_module("search.models").Document.objects.defer("vector"))
    pairs = []
    with door.work.open() as client, _recording(client, "bulk", "operations") as bodies:
        for _ in range(ROUNDS):
            bodies.clear()
            index = engine.create_index()
            ours = _milliseconds(partial(engine.send, documents, [index]))
            engine.delete_index(index)
            index = engine.create_index()
            other = bodies[0].split(b'"_index":"')[1].split(b'"')[0]
            ways = [body.replace(other, indexes.way_in(index).encode()) for body in bodies]
            raw = _Raw("/_bulk?filter_path=errors")
            pairs.append((ours, _milliseconds(partial(raw.send_all, ways))))
            engine.delete_index(index)
    mine, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(
        f"{len(documents):,} documents in bulk",
        f"{len(documents) / mine * 1000:,.0f} a second",
        f"{len(documents) / bare * 1000:,.0f} a second (its bytes alone)",
        statistics.median(theirs / ours for ours, theirs in pairs),
    )


if __name__ == "__main__":
    main()
