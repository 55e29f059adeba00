"""The cast and the stage of every test: real servers, a standing cast, and three fixtures.

`announced` tells what was announced while no work runs; `committed()` runs a block and then
the work that follows it, here; `as_user(...)` is an API client that is signed in.
"""

import os
from contextlib import contextmanager
from threading import Semaphore

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from common import redis, throttles, waiting
from events import delivery
from events.models import Announcement
from tests import pictures
from users.models import User

PASSWORD = "correct horse battery"


def pytest_make_parametrize_id(val):
    """Name bytes by their number: every worker must call a test the same, whatever made them."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _own_redis():
    """Each worker process has a Redis database of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    settings.REDIS_URL = settings.REDIS_URL.rpartition("/")[0] + f"/{int(worker) % 16}"
    redis.door.reset()


@pytest.fixture(autouse=True)
def _clean_redis():
    redis.door.reset()
    throttles.local.reset()
    redis.door.run("return redis.call('FLUSHDB')", keys=[], args=[])


@pytest.fixture(autouse=True)
def _media_root(tmp_path, settings):
    for alias, folder in (("default", "public"), ("originals", "originals")):
        storage = {**settings.STORAGES[alias]}
        storage["OPTIONS"] = {**storage["OPTIONS"], "location": tmp_path / folder}
        settings.STORAGES = {**settings.STORAGES, alias: storage}


@pytest.fixture
def seats(monkeypatch):
    """Let so many requests wait at one time: `seats(2)`."""
    return lambda number: monkeypatch.setattr(waiting, "_seats", Semaphore(number))


@pytest.fixture
def person(db):
    """Make people: `person("alice")`, `person("carol", is_private=True)`."""

    def make(username, **fields):
        user = User.objects.create_user(username, f"{username}@example.org", PASSWORD)
        if fields:
            User.objects.filter(pk=user.pk).update(**fields)
            user.refresh_from_db()
        return user

    return make


@pytest.fixture
def alice(person):
    return person("alice")


@pytest.fixture
def bob(person):
    return person("bob")


@pytest.fixture
def carol(person):
    return person("carol")


@pytest.fixture
def dave(person):
    """Dave's account is private."""
    return person("dave", is_private=True)


@pytest.fixture
def guest():
    return APIClient()


@pytest.fixture
def as_user():
    """A client that is signed in without a token: for tests that are not about signing in."""

    def client(user):
        api = APIClient()
        api.force_authenticate(User.objects.get(pk=user.pk))
        return api

    return client


@pytest.fixture
def announced(settings):
    """The events announced so far, in order; no work runs."""
    settings.EVENT_SUBSCRIPTIONS = "tests.subscriptions.RECORDED"
    return Recorder()


class Recorder:
    def __eq__(self, other):
        return self.events() == other

    def __repr__(self):
        return repr(self.events())

    def events(self):
        rows = Announcement.objects.order_by("id").values_list("kind", "payload")
        return [(kind.partition(".")[2], payload) for kind, payload in rows]


@pytest.fixture
def committed():
    """Run a block, then all the work that it announced, and the work that follows from that.

    The outbox does not care for the test's own transaction, so it need not be committed.
    """

    @contextmanager
    def run():
        yield
        deliver_all()

    return run


def deliver_all(limit=1000):
    """Deliver what is in the outbox until nothing is left; a failure fails the test."""
    for _ in range(limit):
        row = Announcement.objects.filter(pending__len__gt=0).order_by("id").first()
        if row is None:
            return
        assert delivery.deliver(row.pk, row.pending[0]), Announcement.objects.get(
            pk=row.pk
        ).last_error
    raise AssertionError("The outbox never came to rest.")


@pytest.fixture
def photo():
    """Make an uploaded picture: `photo()`, `photo(width=800, height=600, name="a.jpg")`."""
    return pictures.uploaded
