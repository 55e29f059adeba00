"""Hands fresh deliveries to the broker, on a thread of its own.

A request never waits for the broker, even a frozen one. The queue is only a shortcut: what
it loses (a full queue, a dead broker, a killed process) the sweeper finds in the outbox.
"""

import os
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from celery import current_app
from django.conf import settings

log = structlog.get_logger(__name__)
PAUSE = 2.0  # seconds without trying after the broker failed


@dataclass(frozen=True)
class Parcel:
    """One subscriber's turn at one announcement."""

    announcement_id: int
    subscriber: str
    queue: str
    seconds: int | None = None  # if it may take another time than the rest


def send(parcel: Parcel) -> None:
    """Put one delivery on the broker's queue; raises what the broker's client raises."""
    current_app.send_task(
        "events.tasks.deliver",
        kwargs={"announcement_id": parcel.announcement_id, "name": parcel.subscriber},
        queue=parcel.queue,
        shadow=parcel.subscriber,
        time_limit=parcel.seconds,
        soft_time_limit=parcel.seconds - 10 if parcel.seconds else None,
        retry=False,
    )


class Courier:
    """A bounded queue and one daemon thread, started by the first parcel in each process."""

    def __init__(self, size: int = 10_000) -> None:
        self._parcels: queue.Queue[Parcel] = queue.Queue(size)
        self._start = threading.Lock()
        self._pid = 0
        self._closed_until = 0.0

    def offer(self, parcels: Sequence[Parcel]) -> None:
        """Take the parcels along if there is room; never waits, never raises."""
        self._ensure_running()
        for parcel in parcels:
            try:
                self._parcels.put_nowait(parcel)
            except queue.Full:
                log.warning("courier.full", announcement=parcel.announcement_id)
                return

    def _ensure_running(self) -> None:
        if self._pid == os.getpid():  # a forked child has no thread yet
            return
        with self._start:
            if self._pid != os.getpid():
                self._parcels = queue.Queue(self._parcels.maxsize)
                threading.Thread(target=self._run, name="courier", daemon=True).start()
                self._pid = os.getpid()

    def _run(self) -> None:
        while True:
            parcel = self._parcels.get()
            if time.monotonic() >= self._closed_until:
                self._send(parcel)

    def _send(self, parcel: Parcel) -> None:
        try:
            send(parcel)
        except Exception as error:
            self._closed_until = time.monotonic() + PAUSE
            log.warning("courier.broker_unavailable", error=repr(error))


courier = Courier()


def offer(parcels: Sequence[Parcel]) -> None:
    """Ask for the parcels' delivery soon; what is lost on the way is swept up later."""
    if settings.EVENTS_COURIER:
        courier.offer(parcels)
