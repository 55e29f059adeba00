"""Which copies in Elasticsearch are up to date, and the end of what is gone.

Rows of many documents are locked in the order of kind and key, as everywhere.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from common.statements import execute
from events.actions import announce
from search import engines
from search.events import DocumentsChanged
from search.models import Document, NextVersion

SWEPT_AFTER = timedelta(days=1)  # far longer than anything can be on its way
LEAP = 1_000_000  # versions passed over in one statement


@transaction.atomic
def mark_sent(versions: Collection[int]) -> int:
    """Record that copies of these versions have arrived; how many are still the newest.

    A document that has changed meanwhile has another version, and is still to be sent.
    """
    rows = Document.objects.unsent().filter(version__in=versions)
    return Document.objects.filter(pk__in=_hold(rows)).update(is_sent=True)


@transaction.atomic
def send_anew(document_ids: Collection[int], *, beyond: int = 0) -> int:
    """Have copies sent once more, above version `beyond`, which some index has already."""
    pass_over(beyond)
    rows = Document.objects.filter(pk__in=document_ids)
    done = Document.objects.filter(pk__in=_hold(rows)).update(version=NextVersion(), is_sent=False)
    if done and engines.has_copies():
        announce(DocumentsChanged())
    return done


@transaction.atomic
def sweep_empty(versions: Collection[int]) -> int:
    """Remove documents that have been empty for a day, unless they say something again."""
    rows = Document.objects.to_sweep(SWEPT_AFTER).filter(version__in=versions)
    held = rows.select_for_update(skip_locked=True).values_list("pk", flat=True)
    done, _ = Document.objects.filter(pk__in=list(held)).delete()
    return done


def _hold(rows: "QuerySet[Document]") -> list[int]:
    held = rows.order_by("kind", "key").select_for_update(no_key=True)
    return list(held.values_list("pk", flat=True))


def pass_over(version: int) -> None:
    """Let the next version be above this one: a restored backup is behind what was sent.

    Counted up to, never set: a version that was given is never given again.
    """
    while True:
        ((last,),) = execute("SELECT last_value FROM search_version", [])
        if last >= version:
            return
        many = min(version - last, LEAP)
        execute("SELECT count(nextval('search_version')) FROM generate_series(1, %s)", [many])
