"""The probes: quick and honest whatever is away."""

import socket
import time

import pytest
from django.db import connections
from django.utils import timezone

from common import redis
from embedded import ports
from embedded import redis as servers
from events.models import Announcement
from search import elasticsearch

pytestmark = pytest.mark.django_db(transaction=True)


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


@pytest.fixture(params=["dead", "frozen"])
def database_away(request, monkeypatch):
    """Where the database was, nobody listens, or somebody who never says a word."""
    with socket.socket() as silent:
        silent.bind((ports.LOOPBACK, 0))
        if request.param == "frozen":
            silent.listen(100)
        address = {"HOST": ports.LOOPBACK, "PORT": str(silent.getsockname()[1])}
        for name, value in address.items():
            monkeypatch.setitem(connections.settings["default"], name, value)
        yield
        monkeypatch.undo()


def test_a_process_that_answers_is_alive(guest):
    for path in ("/livez", "/livez/"):
        assert guest.get(path).json() == {"status": "ok"}


def test_ready_tells_of_the_work_that_waits(guest):
    for fields in ({"pending": ["a.b"]}, {"pending": ["a.b"]}, {"pending": [], "stuck": ["a.b"]}):
        Announcement.objects.create(kind="a.B", payload={}, due_at=timezone.now(), **fields)

    answer = guest.get("/readyz")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "redis": "ok",
        "search": "ok",
        "outbox": {"pending": 2, "stuck": 1},
    }


def test_without_the_database_it_is_alive_and_not_ready_and_says_so_within_three_seconds(
    guest, database_away
):
    for _ in range(4):  # more than there are threads to be left behind
        answer, seconds = timed(lambda: guest.get("/readyz"))
        assert answer.status_code == 503
        assert answer.json() == {"status": "unavailable", "database": "unavailable"}
        assert seconds < 3

    assert guest.get("/livez").status_code == 200


@pytest.mark.parametrize("fault", ["pause", "kill"])
def test_without_redis_it_is_ready_and_tells_of_it(guest, settings, tmp_path, fault):
    with servers.Server(tmp_path / "redis", durable=False) as server:
        settings.REDIS_URL = server.url
        redis.door.reset()
        getattr(server, fault)()

        answer, seconds = timed(lambda: guest.get("/readyz"))

        assert (answer.status_code, answer.json()["redis"]) == (200, "unavailable")
        assert seconds < 1
        server.resume()
    redis.door.reset()


def test_without_elasticsearch_it_is_ready_and_tells_of_it(guest, settings):
    with socket.socket() as silent:
        silent.bind((ports.LOOPBACK, 0))
        silent.listen(100)
        settings.ELASTICSEARCH_URL = f"http://{ports.LOOPBACK}:{silent.getsockname()[1]}"

        answer, seconds = timed(lambda: guest.get("/readyz"))

        assert (answer.status_code, answer.json()["search"]) == (200, "degraded")
        assert seconds < 2
    elasticsearch.reset()


def test_it_is_ready_again_once_the_database_is_back(guest, monkeypatch):
    here = connections.settings["default"]["PORT"]
    monkeypatch.setitem(connections.settings["default"], "PORT", str(ports.free_port()))
    assert guest.get("/readyz").status_code == 503
    monkeypatch.setitem(connections.settings["default"], "PORT", here)
    assert guest.get("/readyz").status_code == 200
