"""Waiting for what workers do, for clients that rather wait than ask again.

A request that waits holds a thread of the web server. Each process has `WAITERS_MAX` seats for
such requests, fewer than it has threads; who finds none is answered at once, as without `?wait=`.
"""

import time
from collections.abc import Callable
from threading import Semaphore

from django.conf import settings
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

LONGEST = 20  # seconds
POLL = 0.1  # seconds between two looks

_seats = Semaphore(settings.WAITERS_MAX)


def seconds_asked(request: Request) -> int:
    """`?wait=`: whole seconds, 0 without it. A 400 when it is no number."""
    sent = request.query_params.get("wait", "0")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 9:
        raise ValidationError({"wait": ["A whole number of seconds, please."]})
    return min(int(sent), LONGEST)


def wait_while(unsettled: Callable[[], bool], seconds: float) -> None:
    """Return once `unsettled` is false, at the latest after `seconds`, at once without a seat.

    Holds no lock and no transaction, only its thread.
    """
    deadline = time.monotonic() + min(seconds, LONGEST)
    if seconds <= 0 or not _seats.acquire(blocking=False):
        return
    try:
        while time.monotonic() < deadline and unsettled():
            time.sleep(POLL)
    finally:
        _seats.release()
