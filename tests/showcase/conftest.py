"""A worker at the side, for requests that wait for one; and a way to hang pictures."""

import threading

import pytest
from django.db import connection

from events import delivery
from events.models import Announcement
from tests.showcase import hanging


@pytest.fixture
def worker(transactional_db):
    """Does what is announced while a request waits, on a thread of its own."""
    over = threading.Event()
    failures: list[str] = []

    def run():
        try:
            while not over.wait(0.02):
                for row in Announcement.objects.filter(pending__len__gt=0).order_by("id"):
                    failures.extend(
                        name for name in row.pending if not delivery.deliver(row.pk, name)
                    )
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    over.set()
    thread.join()
    assert failures == []


@pytest.fixture
def unthrottled(settings):
    """For tests that try often and are not about how often one may."""
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000/min")


@pytest.fixture
def hang(as_user, photo, committed):
    """Let a picture hang: `hang(alice, "one")`; its row."""

    def make(owner, place="one", **fields):
        with committed():
            answer = hanging.put(as_user(owner), owner, place, file=photo(**fields))
            assert answer.status_code == 200, answer.content
        return hanging.current(owner, place)

    return make
