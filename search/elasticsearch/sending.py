"""Copies of documents in an index: sent in bulk, the newest version stays, whatever comes late."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol

import orjson
import structlog

from search.elasticsearch.door import IndexMissing, failure, work
from search.elasticsearch.indexes import way_in
from search.elasticsearch.mapping import identity, source
from search.models import Document
from search.questions import EngineUnavailable

log = structlog.get_logger(__name__)

BULK_LINES = 1000
BULK_BYTES = 4_000_000


class Versioned(Protocol):
    """A `Document`, or a `Copy`."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class Copy:
    """What an index knows of a document besides its words."""

    kind: str
    key: str
    version: int


@dataclass(frozen=True)
class Sent:
    """What became of documents that were sent, by their versions (no two documents share one).

    `arrived`: this version or a newer one is in all the indexes. `refused`: Elasticsearch will
    never take it, and says why (logged already). What is in neither could not be taken now:
    send it again later.
    """

    arrived: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)


def send(documents: Iterable[Document], indexes: Sequence[str]) -> Sent:
    """Put copies of `documents` into each of `indexes` (names, or `alias()`), in bulk.

    An older version never replaces a newer one, and the same again changes nothing. What is
    gone (`gone_at`) is sent as an empty document, which stays and keeps late ones out until
    `delete`. Documents are read as they are in memory: version and words of one moment.

    Raises `IndexMissing` when one of the indexes is not there (nothing has been marked: what
    went to the others is sent again without harm), and `EngineUnavailable` when nothing was
    taken: away, too busy, or read-only.
    """
    lines = (_as_copy(document, index) for document in documents for index in indexes)
    return _in_bulk(lines)


def delete(copies: Iterable[Versioned], indexes: Sequence[str]) -> set[int]:
    """Remove the copies of swept tombstones, or of documents that have no row; the versions done.

    A copy of a newer version than told stays (its version counts as done: it is another's). One
    that is not there is done. Raises as `send`.
    """
    told = list(copies)
    lines = [line for index in indexes for line in _removals(told, index)]
    left = {line.version for line in lines} - _in_bulk(lines).arrived
    return {copy.version for copy in told} - left


def versions(documents: Collection[Versioned], index: str) -> dict[tuple[str, str], int]:
    """(kind, key) to version, of those of `documents` that have a copy, tombstones too.

    Sees what was written a moment ago. Raises `IndexMissing`, `EngineUnavailable`.
    """
    return {(each.kind, each.key): copy["_version"] for each, copy in _there(documents, index)}


def copies_after(last: Copy | None, index: str, *, limit: int) -> list[Copy]:
    """The next `limit` copies in `index`, by kind and key (bytes); after `last`, or from the start.

    Call `refresh` before the first. Shorter than `limit` at the end. Raises as `versions`.
    """
    with work.open() as client:
        answer = client.search(
            index=index,
            size=limit,
            sort=[{"kind": "asc"}, {"key": "asc"}],
            search_after=None if last is None else [last.kind, last.key],
            version=True,
            source=False,
            track_total_hits=False,
            allow_partial_search_results=False,
        )
        hits = [(*hit["sort"], hit["_version"]) for hit in answer["hits"]["hits"]]
        return [Copy(kind, key, version) for kind, key, version in hits]


def _there(
    documents: Collection[Versioned], index: str
) -> Iterator[tuple[Versioned, dict[str, Any]]]:
    """Those of `documents` that have a copy, and what Elasticsearch says of it beside its body."""
    if not documents:
        return
    names = [identity(each.kind, each.key) for each in documents]
    with work.open() as client:
        copies = client.mget(index=index, ids=names, source=False)["docs"]
        for copy in copies:
            if error := copy.get("error"):
                missing = error["type"] == "index_not_found_exception"
                raise (IndexMissing if missing else EngineUnavailable)(error["reason"])
    for each, copy in zip(documents, copies, strict=True):
        if copy["found"]:
            yield each, copy


@dataclass(frozen=True)
class Line:
    """A part of a bulk: what becomes of the copy of one document in one index."""

    version: int
    content: bytes


def _as_copy(document: Document, index: str) -> Line:
    place = {"_index": way_in(index), "_id": identity(document.kind, document.key)}
    order = {"version": document.version, "version_type": "external_gte", **place}
    body = orjson.dumps(source(document))
    return Line(document.version, orjson.dumps({"index": order}) + b"\n" + body + b"\n")


def _removals(copies: Collection[Versioned], index: str) -> Iterator[Line]:
    """Remove what is there as it was seen: a deletion with a version of ours would make an index.

    `require_alias` is nothing to deletions, and those with external versions, as the only ones,
    bring an index into being when there is none.
    """
    for each, copy in _there(copies, index):
        if copy["_version"] <= each.version:
            seen = {"if_seq_no": copy["_seq_no"], "if_primary_term": copy["_primary_term"]}
            order = {"_index": way_in(index), "_id": copy["_id"], **seen}
            yield Line(each.version, orjson.dumps({"delete": order}) + b"\n")


@dataclass(frozen=True)
class Outcome:
    """What became of one line; `reason` is empty when nothing is left to be done."""

    version: int
    status: int
    reason: str = ""


def _in_bulk(lines: Iterable[Line]) -> Sent:
    """Send `lines`, and take together what became of those of each version."""
    tried: set[int] = set()
    later: dict[int, EngineUnavailable] = {}
    refused: dict[int, str] = {}
    for part, content in _parts(lines):
        tried.update(line.version for line in part)
        try:
            outcomes = _bulk(part, content)
        except IndexMissing:
            raise
        except EngineUnavailable as error:
            later.update({line.version: error for line in part})
            break
        for outcome in filter(lambda each: each.reason, outcomes):
            if outcome.status == HTTPStatus.BAD_REQUEST:
                refused[outcome.version] = outcome.reason
            else:
                later[outcome.version] = failure(outcome.status, outcome.reason)
    if refused:
        log.error("elasticsearch.refused", versions=sorted(refused), first=min(refused.items()))
    arrived = tried - later.keys() - refused.keys()
    if later and not arrived:
        raise next(iter(later.values()))
    return Sent(arrived, refused)


def _parts(lines: Iterable[Line]) -> Iterator[tuple[list[Line], bytes]]:
    """Lines in parts that a small server takes in one request."""
    part: list[Line] = []
    content = bytearray()
    for line in lines:
        part.append(line)
        content += line.content
        if len(part) == BULK_LINES or len(content) >= BULK_BYTES:
            yield part, bytes(content)
            part, content = [], bytearray()
    if part:
        yield part, bytes(content)


def _bulk(part: list[Line], content: bytes) -> list[Outcome]:
    """Send a part. Raises `IndexMissing` when a line names an index that is not there."""
    operations: Any = content
    with work.open() as client:
        answer = client.bulk(
            operations=operations,
            require_alias=True,
            timeout=f"{int(work.limit() * 800)}ms",  # before we stop waiting for it
            filter_path="items.*.status,items.*.error.type,items.*.error.reason",
        )
        return [
            _outcome(line.version, *item.values())
            for line, item in zip(part, answer["items"], strict=True)
        ]


def _outcome(version: int, item: dict[str, Any]) -> Outcome:
    status, error = item["status"], item.get("error")
    if error is None or status == HTTPStatus.CONFLICT:  # a newer one is there
        return Outcome(version, status)
    if error["type"] == "index_not_found_exception":
        raise IndexMissing(error["reason"])
    # The reason goes on with words of the document, which are nothing for a log.
    reason, _, _ = error["reason"].partition(" Preview of")
    return Outcome(version, status, f"{error['type']}: {reason}")
