"""The queue's doors to the outbox."""

from celery import shared_task

from events import actions, courier, delivery
from events.events import subscriber_named

SWEEP_SIZE = 500  # announcements


@shared_task
def deliver(*, announcement_id: int, name: str) -> None:
    """One subscriber's turn at one announcement."""
    delivery.deliver(announcement_id, name)


@shared_task(ignore_result=True, expires=60)
def sweep() -> None:
    """Hand over again what is late: lost on the way, failed, or left by a worker that died."""
    for row in actions.take_late(SWEEP_SIZE):
        for name in row.pending:
            subscriber = subscriber_named(row.kind, name)
            queue = subscriber.queue if subscriber else "default"
            seconds = subscriber.seconds if subscriber else None
            courier.send(courier.Parcel(row.pk, name, queue, seconds))
