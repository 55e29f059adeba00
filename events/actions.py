"""Everything that changes the outbox."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from events import courier
from events.events import Event, subscriber_named, subscriptions
from events.models import Announcement

LONGEST_BACKOFF = timedelta(minutes=15)
ERROR_LENGTH = 4_000  # characters of a traceback that are kept


def announce(event: Event) -> None:
    """Write `event` into the outbox, inside the caller's transaction.

    After the commit its subscribers are handed to the broker; a rollback takes all of it
    back. Never waits for the broker and never raises because of it: what is not handed
    over now, `sweep` hands over later.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of what it tells of.")
    subscribers = subscriptions()[type(event)]
    if not subscribers:
        return
    row = Announcement.objects.create(
        kind=event.label(),
        payload=asdict(event),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
        pending=[each.name for each in subscribers],
        due_at=timezone.now() + timedelta(seconds=settings.EVENTS_GRACE),
    )

    def hand_over() -> None:  # a partial breaks robust=True before Django 6.1
        courier.offer(
            [courier.Parcel(row.pk, each.name, each.queue, each.seconds) for each in subscribers]
        )

    transaction.on_commit(hand_over, robust=True)


@transaction.atomic
def claim(announcement_id: int, name: str) -> Announcement | None:
    """Begin a turn of subscriber `name`; None when it has finished, is stuck or is unknown.

    Counts the attempt before it is made, so that work which kills its worker is counted
    too, and keeps the sweeper away for `settings.EVENTS_LEASE` seconds, or for as long as it may
    take.
    """
    row = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if row is None or name not in row.pending:
        return None
    begun = row.attempts.get(name, 0)
    if begun >= settings.EVENTS_MAX_ATTEMPTS:
        row.pending.remove(name)
        row.stuck.append(name)
        row.save(update_fields=["pending", "stuck"])
        return None
    row.attempts[name] = begun + 1
    row.due_at = max(row.due_at, timezone.now() + _lease(row.kind, name))
    row.save(update_fields=["attempts", "due_at"])
    return row


def _lease(kind: str, name: str) -> timedelta:
    found = subscriber_named(kind, name)
    longer = found.seconds + 10 if found and found.seconds else 0
    return timedelta(seconds=max(settings.EVENTS_LEASE, longer))


def hold(announcement_id: int, name: str) -> bool:
    """Whether subscriber `name` has yet to act; if so, nobody else does before the commit."""
    row = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    return row is not None and name in row.pending


@transaction.atomic
def strike_off(announcement_id: int, name: str) -> None:
    """Record that subscriber `name` has finished; the row goes with its last subscriber."""
    row = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if row is None:
        return
    row.pending = [each for each in row.pending if each != name]
    row.stuck = [each for each in row.stuck if each != name]
    if row.pending or row.stuck:
        row.save(update_fields=["pending", "stuck"])
    else:
        row.delete()


@transaction.atomic
def record_failure(announcement_id: int, name: str, error: str) -> None:
    """Keep what went wrong and set the time of the next try: 2, 4, 8 … seconds from now."""
    row = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if row is None or name not in row.pending:
        return
    begun = row.attempts.get(name, 1)
    row.last_error = f"{name}: {error}"[-ERROR_LENGTH:]
    if begun >= settings.EVENTS_MAX_ATTEMPTS:
        row.pending.remove(name)
        row.stuck.append(name)
    row.due_at = timezone.now() + min(timedelta(seconds=2**begun), LONGEST_BACKOFF)
    row.save(update_fields=["last_error", "pending", "stuck", "due_at"])


@transaction.atomic
def retry(*, announcement: Announcement) -> None:
    """Give every stuck subscriber of `announcement` its attempts back and try now."""
    row = Announcement.objects.select_for_update().filter(pk=announcement.pk).first()
    if row is None:
        return
    row.pending = [*row.pending, *(name for name in row.stuck if name not in row.pending)]
    row.stuck = []
    row.attempts = {}
    row.due_at = timezone.now()
    row.save(update_fields=["pending", "stuck", "attempts", "due_at"])


@transaction.atomic
def take_late(limit: int) -> list[Announcement]:
    """Up to `limit` late announcements, put off by a lease so that no other sweep takes them."""
    now = timezone.now()
    rows = list(
        Announcement.objects.late(now).select_for_update(skip_locked=True, no_key=True)[:limit]
    )
    put_off: dict[str, Any] = {"due_at": now + timedelta(seconds=settings.EVENTS_LEASE)}
    Announcement.objects.filter(pk__in=[row.pk for row in rows]).update(**put_off)
    return rows
