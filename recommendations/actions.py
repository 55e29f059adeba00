"""Making shelves and clearing them away. A shelf is written whole or not at all, and never again.

Nobody is locked: of two that are made at the same moment the later one is shown.
"""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg.errors import QueryCanceled

from recommendations import shelves
from recommendations.models import EVERYBODY, Pick, Shelf

log = structlog.get_logger(__name__)


@transaction.atomic
def make_shelf_for_site() -> Shelf:
    """Find what is good on the site, for those without a shelf and for those who have one."""
    shelf = Shelf.objects.create(owner_id=EVERYBODY, made_at=timezone.now())
    shelves.fill_for_site(shelf_id=shelf.pk, now=shelf.made_at)
    return shelf


def make_shelves(owner_ids: Sequence[int]) -> int:
    """Find what is good for each of these people; how many rows were written.

    Those whose statement takes too long are divided until it is known who takes it: that person
    gets an empty shelf, which shows what is good on the site, until the next turn.
    """
    waiting, written = [list(owner_ids)], 0
    while waiting:
        people = waiting.pop()
        try:
            written += _make(people)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            log.warning("explore.too_long", people=len(people), first=people[0])
            if len(people) == 1:
                Shelf.objects.create(owner_id=people[0])
            else:
                half = len(people) // 2
                waiting += [people[half:], people[:half]]
    return written


@transaction.atomic
def _make(people: list[int]) -> int:
    if not people:
        return 0
    site = Shelf.objects.filter(owner_id=EVERYBODY).order_by("-id").first()
    now = timezone.now()
    made = Shelf.objects.bulk_create(Shelf(owner_id=each, made_at=now) for each in people)
    return shelves.fill_for_people(
        shelves=[(each.owner_id, each.pk) for each in made],
        site_shelf_id=site.pk if site else 0,
        now=now,
    )


@transaction.atomic
def forget_shelves(size: int) -> int:
    """Remove up to `size` shelves that nobody reads any more; how many there were."""
    old = list(Shelf.objects.to_forget().values_list("pk", flat=True)[:size])
    Pick.objects.filter(shelf_id__in=old).delete()
    Shelf.objects.filter(pk__in=old).delete()
    return len(old)


def people_due() -> list[int]:
    """The next `EXPLORE_CHUNK` of people who were here lately and whose shelf is old."""
    return list(Shelf.objects.people_due()[: settings.EXPLORE_CHUNK])
