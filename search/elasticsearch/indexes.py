"""Indexes of documents, each with its time of birth in its name, and the alias that serves one.

An index is never made by writing to it: each has an alias of its own for writing, which is
required, so a document on its way to an index that is gone is refused.
"""

import re
from datetime import UTC, datetime

from django.conf import settings
from elasticsearch import NotFoundError

from search.elasticsearch.door import work
from search.elasticsearch.mapping import index_settings, mappings

SECONDS = 20.0  # for what a cluster has to agree upon, or to write out
PATIENCE = "15s"  # how long the server itself may wait for its nodes

_BIRTH = re.compile(r"\d{20}")


def alias() -> str:
    """The name under which questions find the index that serves: `<prefix>documents`."""
    return f"{settings.ELASTICSEARCH_PREFIX}documents"


def way_in(index: str) -> str:
    """The alias through which documents get into `index`; into the one that serves: its alias."""
    return index if index == alias() else f"{index}-in"


def create_index() -> str:
    """Make a new, empty index that does not serve yet; its name. Raises `EngineUnavailable`."""
    name = f"{alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    with work.open() as client:
        client.options(request_timeout=SECONDS).indices.create(
            index=name,
            mappings=mappings(),
            settings=index_settings(),
            aliases={way_in(name): {}},
            timeout=PATIENCE,
            master_timeout=PATIENCE,
        )
    return name


def serving() -> str | None:
    """The name of the index that serves, or None: then there is none, and one must be built.

    Raises `EngineUnavailable` when that cannot be known.
    """
    with work.open() as client:
        try:
            found = client.indices.get_alias(name=alias())
        except NotFoundError:
            return None
        return max(found)


def serve(index: str) -> None:
    """Let `index` answer from now on, and no other: in one step, no question falls between.

    Raises `IndexMissing` when it is not there, otherwise `EngineUnavailable`.
    """
    everywhere = {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}
    with work.open() as client:
        client.options(request_timeout=SECONDS).indices.update_aliases(
            actions=[{"remove": everywhere}, {"add": {"index": index, "alias": alias()}}],
            timeout=PATIENCE,
            master_timeout=PATIENCE,
        )


def index_names() -> list[str]:
    """All indexes of documents, serving or not, the oldest first. Raises `EngineUnavailable`."""
    with work.open() as client:
        found = client.indices.get_alias(index=f"{alias()}-*", expand_wildcards="all")
    return sorted(name for name in found if _is_ours(name))


def delete_index(index: str) -> None:
    """Remove `index`; one that is not there is no error. Raises `EngineUnavailable`."""
    if not _is_ours(index):
        raise ValueError(f"{index!r} is not an index of documents.")
    with work.open() as client:
        client.options(request_timeout=SECONDS).indices.delete(
            index=index, ignore_unavailable=True, timeout=PATIENCE, master_timeout=PATIENCE
        )


def refresh(index: str) -> None:
    """Let questions find what was written to `index` so far, without waiting a second.

    Before `copies_after`, and in tests. Raises `IndexMissing`, `EngineUnavailable`.
    """
    with work.open() as client:
        client.options(request_timeout=SECONDS).indices.refresh(index=index)


def _is_ours(index: str) -> bool:
    head, _, birth = index.rpartition("-")
    return head == alias() and _BIRTH.fullmatch(birth) is not None
