"""Changing what this installation says of itself."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from instance.models import Site
from instance.querysets import ROW


@transaction.atomic
def change_site(changes: Mapping[str, Any]) -> Site:
    """Set columns of the one row, which is made if need be.

    By `save()`, since that is what takes the row out of the cache.
    """
    site, _ = Site.objects.select_for_update().get_or_create(pk=ROW)
    for name, value in changes.items():
        setattr(site, name, value)
    site.save(update_fields=list(changes))
    return site
