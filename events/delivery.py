"""One subscriber's turn: claim, run, strike off. Safe to run any number of times, anywhere."""

import traceback

import structlog
from django.db import transaction

from events import actions
from events.events import Subscriber, subscriber_named
from events.models import Announcement

log = structlog.get_logger(__name__)


def deliver(announcement_id: int, name: str) -> bool:
    """Let subscriber `name` act on an announcement; False when it failed and will be tried again.

    What has been done already, or is stuck, is skipped and counts as done.
    """
    row = actions.claim(announcement_id, name)
    if row is None:
        return True
    with structlog.contextvars.bound_contextvars(request_id=row.request_id, subscriber=name):
        try:
            _run(row, subscriber_named(row.kind, name), name)
        except Exception as error:
            actions.record_failure(row.pk, name, traceback.format_exc())
            log.exception("delivery.failed", announcement=row.pk, error=repr(error))
            return False
        log.info("delivery.done", announcement=row.pk)
        return True


def _run(row: Announcement, subscriber: Subscriber | None, name: str) -> None:
    if subscriber is None:  # the table has changed since: nobody is left to do it
        actions.strike_off(row.pk, name)
    elif subscriber.atomic:
        with transaction.atomic():
            if actions.hold(row.pk, name):
                subscriber(**row.payload)
                actions.strike_off(row.pk, name)
    else:
        subscriber(**row.payload)
        actions.strike_off(row.pk, name)
