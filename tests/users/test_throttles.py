"""How often somebody may try (Y1, issue 3): counted exactly, not dodged, and never in the way."""

import os
import signal
import time

import pytest
from rest_framework.test import APIClient

from common import redis
from embedded.redis import Server
from tests.conftest import PASSWORD
from tests.racing import at_once
from users import tokens
from users.models import User


def login(name="alice", password=f"not {PASSWORD}", **headers):
    sent = {"username": name, "password": password}
    return APIClient(**headers).post("/users/login", sent)


def test_the_sixth_try_in_a_minute_is_refused_in_the_one_shape(alice):  # D8
    answers = [login() for _ in range(6)]

    assert [each.status_code for each in answers] == [401] * 5 + [429]
    body = answers[5].json()
    assert (body["code"], body["fields"]) == ("throttled", {})
    assert 1 <= int(answers[5]["Retry-After"]) <= 60


def test_a_right_password_does_not_help_who_tried_too_often(alice):
    for _ in range(5):
        login()

    assert login(password=PASSWORD).status_code == 429
    assert login("bob").status_code == 429  # the address is what is counted
    assert login(password=PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_changing_a_page_and_guessing_a_password_to_delete_it_are_counted(alice, as_user, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "profile": "2/hour"}
    client = as_user(alice)

    assert client.patch("/users/alice", {"bio": "Engines."}).status_code == 200
    assert client.delete("/users/alice", {"password": "a guess"}).status_code == 400
    assert client.delete("/users/alice", {"password": PASSWORD}).status_code == 429
    assert client.patch("/users/alice", {"bio": "Poetry."}).status_code == 429
    assert client.get("/users/alice").json()["bio"] == "Engines."


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_parallel_tries_exactly_five_are_let_through(alice):
    """The library's throttle lets more through: it reads, then writes."""
    answers = []

    at_once(*[lambda: answers.append(login().status_code)] * 100)

    assert sorted(answers) == [401] * 5 + [429] * 95


def test_a_forged_forwarding_header_changes_nothing(alice):
    """The library counts each value as another client."""
    answers = [login(HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(10)]

    assert answers == [401] * 5 + [429] * 5


def test_behind_our_own_proxy_the_address_before_it_counts(alice, settings):
    settings.TRUSTED_PROXIES = 1

    def behind(forged, real):
        return login(HTTP_X_FORWARDED_FOR=f"{forged}, {real}").status_code

    assert [behind(f"203.0.113.{n}", "192.0.2.1") for n in range(6)] == [401] * 5 + [429]
    assert behind("203.0.113.1", "192.0.2.2") == 401


def test_a_network_of_version_6_is_one_client(alice):
    answers = [login(REMOTE_ADDR=f"2001:db8:1:2::{n}").status_code for n in range(6)]

    assert answers == [401] * 5 + [429]
    assert login(REMOTE_ADDR="2001:db8:1:3::1").status_code == 401


def test_guesses_at_one_account_are_counted_from_everywhere(alice, bob):
    names = ["alice", "ALICE", " Alice "] * 4

    answers = [
        login(name, REMOTE_ADDR=f"198.51.100.{n}").status_code for n, name in enumerate(names)
    ]

    assert answers == [401] * 10 + [429] * 2
    assert login("bob", PASSWORD, REMOTE_ADDR="198.51.100.99").status_code == 200


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/users/register", "register"),
        ("/users/password/reset", "password"),
        ("/users/password/reset/confirm", "password"),
        ("/users/refresh", "refresh"),
    ],
)
def test_every_door_for_strangers_is_counted(db, guest, settings, path, scope):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, scope: "2/min"}

    answers = [guest.post(path, {"username": f"n{n}"}).status_code for n in range(3)]

    assert answers == [400, 400, 429]


def test_one_address_is_not_flooded_with_letters(alice, committed):
    def ask(n):
        client = APIClient(REMOTE_ADDR=f"198.51.100.{n}")
        return client.post("/users/password/reset", {"email": "alice@example.org"}).status_code

    assert [ask(n) for n in range(6)] == [202] * 5 + [429]


def test_changes_of_a_password_are_counted_for_the_person(alice, as_user):
    def change(n):
        sent = {"old_password": "wrong", "new_password": "a good new one"}
        return as_user(alice).post("/users/password/change", sent, REMOTE_ADDR=f"192.0.2.{n}")

    assert [change(n).status_code for n in range(6)] == [400] * 5 + [429]


def test_who_is_refused_by_address_does_not_lock_the_account_for_others(alice):
    for _ in range(30):
        login()

    assert login(password=PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_reading_is_never_counted(alice, guest):
    assert {guest.get("/users/alice/").status_code for _ in range(100)} == {200}


@pytest.mark.parametrize("body", ["[]", "{", '{"username": ["a"]}', '{"username": {"a": 1}}'])
def test_what_cannot_be_read_is_still_a_400(db, guest, body):
    assert guest.post("/users/login", body, content_type="application/json").status_code == 400


# --- Without Redis -------------------------------------------------------------------------------


@pytest.fixture
def own_redis(tmp_path, settings):
    """A Redis of this test's own, to freeze and to kill."""
    with Server(tmp_path / "redis", durable=False) as server:
        settings.REDIS_URL = server.url
        redis.door.reset()
        yield server
    redis.door.reset()


def stop(server, how):
    os.kill(server.pid, signal.SIGSTOP if how == "frozen" else signal.SIGKILL)


def resume(server, how):
    if how == "frozen":
        os.kill(server.pid, signal.SIGCONT)


@pytest.mark.parametrize("how", ["frozen", "dead"])
def test_without_redis_tries_are_counted_here_quickly_and_none_is_forgiven(alice, own_redis, how):
    assert [login().status_code for _ in range(3)] == [401] * 3
    stop(own_redis, how)
    try:
        waits, answers = [], []
        for _ in range(4):
            begun = time.monotonic()
            answers.append(login().status_code)
            waits.append(time.monotonic() - begun)
    finally:
        resume(own_redis, how)

    assert answers == [401, 401, 429, 429]
    assert max(waits) < 0.3  # seconds


@pytest.mark.parametrize("how", ["frozen", "dead"])
def test_without_redis_everything_else_goes_on(alice, own_redis, pair_of, bearing, how):
    pair = pair_of(alice)
    stop(own_redis, how)
    try:
        begun = time.monotonic()
        assert bearing(pair).get("/users/alice/").status_code == 200
        assert login(password=PASSWORD).status_code == 200
        fresh = APIClient().post("/users/refresh", {"refresh": pair["refresh"]})
        assert fresh.status_code == 200
        assert bearing(fresh.json()).patch("/users/alice/", {"bio": "x"}).status_code == 200
        assert time.monotonic() - begun < 0.6  # seconds for four requests
    finally:
        resume(own_redis, how)
    assert User.objects.get().bio == "x"
    assert tokens.read_access(fresh.json()["access"]).user_id == alice.pk
