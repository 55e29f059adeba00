"""Signing in, keeping signed in, and ending it (Y1, D5)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.conftest import PASSWORD
from tests.racing import at_once
from tests.users.credentials import bearer, claims_of, status
from tests.users.hashers import CountingHasher
from users import tokens
from users.actions import accounts, moderation, passwords, sessions
from users.models import Session, User

# --- Signing in ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["alice", "ALICE", " alice ", "alice@example.org", "Alice@Example.Org"]
)
def test_name_and_address_sign_in_whatever_the_case(alice, guest, name):  # Y1
    response = guest.post("/users/login", {"username": name, "password": PASSWORD})

    assert response.status_code == 200
    pair = response.json()
    assert set(pair) == {"access", "refresh"}
    assert bearer(pair["access"]).get("/users").json()["username"] == "alice"


def test_the_tokens_live_ten_minutes_and_fourteen_days(alice, pair_of):  # D5
    pair = pair_of(alice)
    access, refresh = claims_of(pair["access"]), claims_of(pair["refresh"])

    assert access["exp"] - access["iat"] == 600
    assert refresh["exp"] - refresh["iat"] == 14 * 24 * 3600
    assert (access["token_type"], refresh["token_type"]) == ("access", "refresh")
    assert access["user_id"] == refresh["user_id"] == alice.pk
    session = Session.objects.get()
    assert access["sid"] == refresh["sid"] == session.pk.hex
    assert refresh["jti"] == session.refresh_id


def test_every_refusal_to_sign_in_is_the_same(alice, bob, carol, person, guest, settings):  # Y1
    # Hasher calls stand for the time, which they are; the rest is one query.
    settings.PASSWORD_HASHERS = ["tests.users.hashers.CountingHasher"]
    for user in (alice, bob, carol):
        user.set_password(PASSWORD)
        user.save()
    User.objects.filter(pk=bob.pk).update(deleted_at=datetime.now(UTC))
    User.objects.filter(pk=carol.pk).update(suspended_at=datetime.now(UTC))
    no_password = person("erin")
    no_password.set_unusable_password()
    no_password.save()
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "login": "1000/min"}

    answers = []
    for name, password in [
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("alice", "wrong password"),
        ("bob", PASSWORD),
        ("carol", PASSWORD),
        ("erin", PASSWORD),
    ]:
        CountingHasher.worked = 0
        with CaptureQueriesContext(connection) as queries:
            response = guest.post("/users/login", {"username": name, "password": password})
        assert CountingHasher.worked == 1, name
        assert len(queries) == 1, name
        answers.append((response.status_code, response.content, response["WWW-Authenticate"]))

    assert len(set(answers)) == 1
    assert answers[0][0] == 401
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"username": "alice"},
        {"username": ["alice"], "password": PASSWORD},
        {"username": {"a": 1}, "password": PASSWORD},
        {"username": "a\x00", "password": PASSWORD},
        {"username": "alice", "password": None},
        {"username": "x" * 5000, "password": PASSWORD},
        {"username": "alice", "password": "x" * 5000},
    ],
)
def test_a_sign_in_of_the_wrong_shape_is_a_400(alice, guest, sent):  # D8
    assert guest.post("/users/login", sent).status_code == 400


def test_an_old_token_in_the_header_does_not_hinder_signing_in(alice):
    client = bearer("rubbish")

    response = client.post("/users/login", {"username": "alice", "password": PASSWORD})

    assert response.status_code == 200


def test_a_password_in_an_older_hash_is_hashed_anew(alice, guest, settings):
    settings.PASSWORD_HASHERS = ["tests.users.hashers.CountingHasher", *settings.PASSWORD_HASHERS]

    for _ in range(2):
        answer = guest.post("/users/login", {"username": "alice", "password": PASSWORD})
        assert answer.status_code == 200

    assert User.objects.get().password.startswith("counting$")


@pytest.mark.django_db(transaction=True)
def test_a_password_that_changes_meanwhile_opens_no_session(alice):
    """Signing in with the old one while it is replaced leaves nobody signed in by the old one."""
    for n in range(5):
        User.objects.filter(pk=alice.pk).update(password=make(f"old password {n}"))

        def change(n=n):
            passwords.change_password(
                user=alice,
                old_password=f"old password {n}",
                new_password=f"correct horse {n}",
                device=sessions.Device("the new one"),
            )

        def come_in(n=n):
            try:
                sessions.sign_in(
                    name_or_email="alice",
                    password=f"old password {n}",
                    device=sessions.Device("an old one"),
                )
            except sessions.WrongCredentials:
                return

        at_once(change, *[come_in] * 6)

        assert [each.user_agent for each in Session.objects.live()] == ["the new one"]


def make(password):
    user = User()
    user.set_password(password)
    return user.password


# --- Refreshing ----------------------------------------------------------------------------------


def test_a_refresh_token_is_spent_for_new_tokens(alice, pair_of, guest):  # Y1, D5
    first = pair_of(alice)

    response = guest.post("/users/refresh", {"refresh": first["refresh"]})

    assert response.status_code == 200
    second = response.json()
    assert set(second) == {"access", "refresh"}
    assert second["refresh"] != first["refresh"]
    assert claims_of(second["access"])["sid"] == claims_of(first["access"])["sid"]
    assert Session.objects.count() == 1
    assert status(second) == (200, 200)


def test_a_spent_refresh_token_ends_its_whole_family(alice, pair_of, guest):  # D5
    other_device = pair_of(alice)
    first = pair_of(alice)
    second = guest.post("/users/refresh", {"refresh": first["refresh"]}).json()

    response = guest.post("/users/refresh", {"refresh": first["refresh"]})

    assert (response.status_code, response.json()["code"]) == (401, "token_not_valid")
    assert status(second) == (401, 401)
    assert status(other_device) == (200, 200)


@pytest.mark.django_db(transaction=True)
def test_of_eight_parallel_redemptions_exactly_one_succeeds(alice, pair_of, settings):
    """D5. The library's rotation with its blacklist gave more than one in 52 of 60 rounds."""
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "refresh": "1000/min"}
    for _ in range(10):
        pair = pair_of(alice)
        answers: list[Any] = []

        def redeem(pair=pair, answers=answers):
            answers.append(APIClient().post("/users/refresh", {"refresh": pair["refresh"]}))

        at_once(*[redeem] * 8)

        assert sorted(each.status_code for each in answers) == [200] + [401] * 7
        won = next(each.json() for each in answers if each.status_code == 200)
        assert status(won) == (401, 401)  # the other seven were reuse


def test_a_session_goes_on_for_as_long_as_it_is_used(alice, pair_of, guest):
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        pair = pair_of(alice)
        clock.shift(timedelta(days=13))
        # PostgreSQL's own clock stands still, so that the row's end is seen in the row.
        pair = guest.post("/users/refresh", {"refresh": pair["refresh"]}).json()
        assert Session.objects.get().expires_at == datetime.now(UTC) + timedelta(days=14)
        clock.shift(timedelta(days=14))
        assert guest.post("/users/refresh", {"refresh": pair["refresh"]}).status_code == 401


def test_a_session_past_its_end_is_over_whatever_its_tokens_say(alice, pair_of):
    pair = pair_of(alice)
    Session.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert status(pair) == (401, 401)


# --- Ends of sessions ----------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["refresh", "access"])
def test_signing_out_ends_both_tokens_and_twice_is_the_same(alice, pair_of, guest, by):  # Y1, D5
    pair, other = pair_of(alice), pair_of(alice)

    for _ in range(2):
        if by == "refresh":
            response = guest.post("/users/logout", {"refresh": pair["refresh"]})
        else:
            response = bearer(pair["access"]).post("/users/logout")
        assert (response.status_code, response.content) == (204, b"")

    assert status(pair) == (401, 401)
    assert status(other) == (200, 200)


def test_signing_out_without_a_token_is_a_401(alice, guest):
    assert guest.post("/users/logout").status_code == 401
    assert guest.post("/users/logout", {"refresh": 7}).status_code == 401


ENDINGS = {
    "deleted": lambda user, admin: accounts.delete_user(user=user),
    "suspended": lambda user, admin: moderation.suspend_user(
        user=user, moderator=admin, reason="spam"
    ),
    "new password": lambda user, admin: passwords.change_password(
        user=user,
        old_password=PASSWORD,
        new_password="another good one",
        device=sessions.Device(),
    ),
    "reset": lambda user, admin: passwords.reset_password(
        token=tokens.for_reset(User.objects.get(pk=user.pk)), password="another good one"
    ),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_every_older_token_ends_at_once(alice, bob, pair_of, ending):
    """D5. The library's tokens live on, and its refresh of a deleted user is a 500."""
    pairs = [pair_of(alice) for _ in range(3)]
    pairs[0] = APIClient().post("/users/refresh", {"refresh": pairs[0]["refresh"]}).json()

    ending(alice, bob)

    assert [status(pair) for pair in pairs] == [(401, 401)] * 3


def test_a_purged_persons_tokens_are_a_401(alice, pair_of):
    pair = pair_of(alice)
    User.objects.all().delete()

    assert status(pair) == (401, 401)


@pytest.mark.django_db(transaction=True)
def test_no_refresh_survives_a_suspension_at_the_same_moment(alice, bob, pair_of, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "refresh": "1000/min"}
    for _ in range(5):
        pairs = [pair_of(alice) for _ in range(6)]
        won: list[Any] = []

        def refresh(pair, won=won):
            answer = APIClient().post("/users/refresh", {"refresh": pair["refresh"]})
            if answer.status_code == 200:
                won.append(answer.json())

        at_once(
            lambda: moderation.suspend_user(user=alice, moderator=bob, reason="spam"),
            *[lambda pair=pair: refresh(pair) for pair in pairs],
        )

        assert [status(pair) for pair in won] == [(401, 401)] * len(won)
        moderation.lift_suspension(user=alice, moderator=bob, reason="a mistake")
        assert [status(pair) for pair in won] == [(401, 401)] * len(won)


# --- The list of devices -------------------------------------------------------------------------


def test_the_list_shows_where_somebody_is_signed_in(alice, bob, pair_of):  # D5
    client = APIClient(HTTP_USER_AGENT="Firefox", REMOTE_ADDR="198.51.100.7")
    sent = {"username": "alice", "password": PASSWORD}
    first = client.post("/users/login", sent).json()
    second = pair_of(alice)
    pair_of(bob)

    body = bearer(first["access"]).get("/users/sessions").json()

    assert (body["next"], body["previous"]) == (None, None)
    assert [each["current"] for each in body["results"]] == [False, True]
    own = body["results"][1]
    assert (own["user_agent"], own["address"]) == ("Firefox", "198.51.100.7")
    assert uuid.UUID(own["id"]).hex == claims_of(first["access"])["sid"]
    assert set(own) == {
        "id", "user_agent", "address", "created_at", "used_at", "expires_at", "current",
    }  # fmt: skip
    assert status(second) == (200, 200)


def test_a_lost_device_is_signed_out_from_another(alice, pair_of):  # D5
    here, lost = pair_of(alice), pair_of(alice)
    path = f"/users/sessions/{uuid.UUID(claims_of(lost['access'])['sid'])}/"

    for _ in range(2):
        assert bearer(here["access"]).delete(path).status_code == 204

    assert status(lost) == (401, 401)
    assert len(bearer(here["access"]).get("/users/sessions").json()["results"]) == 1


def test_nobody_ends_the_session_of_another(alice, bob, pair_of):
    hers, his = pair_of(alice), pair_of(bob)
    client = bearer(his["access"])

    foreign = client.delete(f"/users/sessions/{uuid.UUID(claims_of(hers['access'])['sid'])}/")
    unknown = client.delete(f"/users/sessions/{uuid.uuid4()}/")

    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert client.delete("/users/sessions/1/").status_code == 404
    assert status(hers) == (200, 200)


def test_all_other_devices_are_signed_out_at_once(alice, bob, pair_of):
    here, others, his = pair_of(alice), [pair_of(alice) for _ in range(3)], pair_of(bob)

    assert bearer(here["access"]).delete("/users/sessions").status_code == 204

    assert [status(pair) for pair in others] == [(401, 401)] * 3
    assert status(here) == (200, 200)
    assert status(his) == (200, 200)


def test_sessions_come_in_pages(alice, pair_of):  # D7
    client = bearer([pair_of(alice) for _ in range(5)].pop()["access"])

    seen, link = [], "/users/sessions/?limit=2"
    while link:
        body = client.get(link).json()
        seen += [each["id"] for each in body["results"]]
        link = body["next"]

    assert len(seen) == len(set(seen)) == 5
    for cursor in ("x", "cD1hYmM=", "cD0lMDA="):  # the last two: p=abc, p=%00
        assert client.get(f"/users/sessions/?cursor={cursor}").status_code == 400
