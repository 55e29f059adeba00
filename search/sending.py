"""Sending documents to Elasticsearch, in bulk, outside of every transaction.

What is to be sent is told by the rows alone, so that nothing is lost when Elasticsearch or this
process goes away at any point: whatever was not recorded as arrived is sent again, to no harm.
"""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import structlog
from django.utils.functional import SimpleLazyObject

from search import engines, turns
from search.actions.copies import SWEPT_AFTER, mark_sent, sweep_empty
from search.models import Document, Rebuild
from search.questions import EngineUnavailable

if TYPE_CHECKING:
    from search import elasticsearch
else:  # an installation without it never loads its client
    elasticsearch = SimpleLazyObject(partial(import_module, engines.ELASTICSEARCH))

log = structlog.get_logger(__name__)

BATCH = 500  # documents


def send_unsent() -> None:
    """Send all that is unsent; leaves it to the next call when Elasticsearch is away.

    One process does it at a time. Who comes meanwhile goes away at once, so whoever has done
    it looks once more after letting go.
    """
    if not engines.has_copies():
        return
    try:
        while Document.objects.unsent().exists() and _send_in_turn():
            pass
    except EngineUnavailable as error:
        log.warning("search.unsent", reason=str(error))


def _send_in_turn() -> int:
    """How many documents are sent now that were not before."""
    done, after = 0, 0
    with turns.hold("send") as turn:
        if turn is None:
            return 0
        while batch := next_unsent(after):
            done += send(batch)
            after = batch[-1].version  # nothing twice in one go: some are refused for good
            if not turn.keep():
                break
    return done


def next_unsent(after: int = 0) -> list[Document]:
    """The next batch that is to be sent, beyond a version."""
    return list(Document.objects.unsent().filter(version__gt=after).defer("vector")[:BATCH])


def send(documents: list[Document]) -> int:
    """Send documents wherever they belong; how many are up to date by this.

    Raises `EngineUnavailable`. The documents have been read by now, and only then is it looked
    up whether a new index is being filled. The other way round, an index that was begun in
    between would be filled from older rows than these, and these would be recorded as sent
    without having gone there. This way, an index that is not seen here is filled later than
    these were read.
    """
    return mark_sent(elasticsearch.send(documents, targets()).arrived)


def targets() -> list[str]:
    """Where copies belong: in what serves, and in what is to serve next."""
    filling = Rebuild.objects.values_list("index", flat=True)
    return [elasticsearch.alias(), *filling]


def sweep() -> None:
    """Remove documents that have been empty for a day: copies first, so that none is left over."""
    try:
        while batch := list(Document.objects.to_sweep(SWEPT_AFTER)[:BATCH]):
            gone = {document.version for document in batch}
            if engines.has_copies():
                gone = elasticsearch.delete(batch, targets())
            if not sweep_empty(gone):
                break
    except EngineUnavailable as error:
        log.warning("search.unswept", reason=str(error))
