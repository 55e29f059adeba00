"""Reading the one row, from the cache or past it."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from instance.models import Site

ROW = 1  # the id of the one row


class SiteQuerySet(models.QuerySet["Site"]):
    def current(self) -> "Site":
        """What is published of this server; the defaults while nobody has written the row.

        Kept in Redis by django-cacheops, until the row is saved and for a minute at most.
        """
        return self._one(self)

    def stored(self) -> "Site":
        """The same as the database has it now: for rules."""
        uncached: Any = self
        return self._one(uncached.nocache())

    def _one(self, rows: "models.QuerySet[Site]") -> "Site":
        try:
            return rows.get(pk=ROW)
        except self.model.DoesNotExist:
            return self.model(pk=ROW)
