"""New passwords, by the old one and by letter (Y1, D5)."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.conftest import PASSWORD
from tests.racing import at_once
from users import tokens
from users.models import Session, User

NEW = "a much better one"


def signs_in(password):
    sent = {"username": "alice", "password": password}
    return APIClient(REMOTE_ADDR="203.0.113.9").post("/users/login", sent).status_code == 200


def confirm(token, password=NEW):
    sent = {"token": token, "password": password}
    return APIClient().post("/users/password/reset/confirm", sent)


# --- By letter -----------------------------------------------------------------------------------


def test_a_forgotten_password_is_set_anew_by_letter(
    alice, pair_of, guest, committed, settings
):  # Y1
    settings.FRONTEND_URL = "https://yafig.example"
    old = pair_of(alice)
    with committed():
        assert (
            guest.post("/users/password/reset", {"email": "ALICE@example.org"}).status_code == 202
        )
        assert mail.outbox == []
    (letter,) = mail.outbox
    (token,) = re.findall(r"https://yafig\.example/reset\?token=(\S+)", str(letter.body))
    assert (letter.to, letter.subject) == (["alice@example.org"], "A new password for Yafig")

    with committed():
        response = confirm(token)

    assert (response.status_code, response.content) == (204, b"")
    assert (signs_in(NEW), signs_in(PASSWORD)) == (True, False)
    assert guest.post("/users/refresh", {"refresh": old["refresh"]}).status_code == 401
    assert mail.outbox[1].subject == "Your password for Yafig was changed"
    assert User.objects.get().email_verified_at is not None  # the letter was read


def test_known_and_unknown_addresses_answer_alike_and_do_the_same(
    alice, bob, guest, settings, committed
):  # Y1
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "password": "1000/min"}
    User.objects.filter(pk=bob.pk).update(suspended_at=datetime.now(UTC))
    answers, costs = set(), set()

    with committed():
        for address in ("alice@example.org", "nobody@example.org", "bob@example.org"):
            with CaptureQueriesContext(connection) as queries:
                response = guest.post("/users/password/reset", {"email": address})
            answers.add((response.status_code, response.content))
            costs.add(tuple(each["sql"].split()[0] for each in queries))

    assert len(answers) == 1
    assert len(costs) == 1  # the same statements
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]


def test_a_reset_token_works_once(alice):
    token = tokens.for_reset(alice)
    assert confirm(token).status_code == 204

    again = confirm(token, "yet another one")

    assert (again.status_code, again.json()["code"]) == (400, "link_not_valid")
    assert signs_in(NEW)


@pytest.mark.django_db(transaction=True)
def test_a_reset_token_works_once_however_many_use_it_together(alice, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "password": "1000/min"}
    token = tokens.for_reset(alice)
    answers = {}

    def use(n):
        answers[n] = confirm(token, f"{NEW} {n}").status_code

    at_once(*[lambda n=n: use(n) for n in range(10)])

    assert sorted(answers.values()) == [204] + [400] * 9
    winner = next(n for n, status in answers.items() if status == 204)
    assert signs_in(f"{NEW} {winner}")


@pytest.mark.parametrize(
    "token", ["", "x", "1", "1-", "-", "1-x-y", "zzzzzzzzzzzzzzzzz-a-b", "é-1-2", "0-a-b", None, 3]
)
def test_other_tokens_set_no_password(alice, token):  # D8
    assert confirm(token).status_code == 400
    assert signs_in(PASSWORD)


def test_a_reset_token_is_for_one_person(alice, bob):
    hers, his = tokens.for_reset(alice), tokens.for_reset(bob)
    mixed = f"{hers.partition('-')[0]}-{his.partition('-')[2]}"

    assert confirm(mixed).status_code == 400
    assert signs_in(PASSWORD)


@pytest.mark.parametrize(("days", "status"), [(2.9, 204), (3.1, 400)])
def test_a_reset_token_lives_three_days(alice, days, status):
    token = tokens.for_reset(alice)
    with time_machine.travel(datetime.now(UTC).timestamp() + days * 86_400):
        assert confirm(token).status_code == status


def test_a_reset_token_dies_with_the_address_that_it_was_sent_to(alice):
    token = tokens.for_reset(alice)
    User.objects.update(email="new@example.org")

    assert confirm(token).status_code == 400


def test_a_weak_password_leaves_the_reset_token_good(alice):
    token = tokens.for_reset(alice)

    weak = confirm(token, "12345678")

    assert (weak.status_code, set(weak.json()["fields"])) == (400, {"password"})
    assert confirm(token).status_code == 204


def test_a_suspended_person_resets_nothing(alice):
    token = tokens.for_reset(alice)
    User.objects.update(suspended_at=datetime.now(UTC))

    assert confirm(token).status_code == 400


# --- By the old password -------------------------------------------------------------------------


def change(client, old=PASSWORD, new=NEW):
    return client.post("/users/password/change", {"old_password": old, "new_password": new})


def test_a_new_password_signs_every_device_out_and_this_one_in(
    alice, pair_of, bearing, guest, committed
):  # Y1, D5
    here, other = pair_of(alice), pair_of(alice)

    with committed():
        response = change(bearing(here))

    assert response.status_code == 200
    fresh = response.json()
    assert bearing(fresh).get("/users").status_code == 200
    for old in (here, other):
        assert bearing(old).get("/users").status_code == 401
        assert guest.post("/users/refresh", {"refresh": old["refresh"]}).status_code == 401
    assert (signs_in(NEW), signs_in(PASSWORD)) == (True, False)
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", NEW, "old_password"),
        (PASSWORD, "12345678", "new_password"),
        (PASSWORD, "alice@example.org", "new_password"),
        (PASSWORD, None, "new_password"),
        (None, NEW, "old_password"),
        (PASSWORD, "x\x00" * 8, "new_password"),
    ],
)
def test_a_refused_change_changes_nothing(alice, pair_of, bearing, announced, old, new, field):
    pair = pair_of(alice)

    response = change(bearing(pair), old, new)

    assert (response.status_code, set(response.json()["fields"])) == (400, {field})
    assert announced == []
    assert bearing(pair).get("/users").status_code == 200
    assert signs_in(PASSWORD)


def test_a_guest_changes_no_password(guest, alice):
    assert change(guest).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_of_ten_changes_at_once_one_wins_and_one_session_is_left(
    alice, pair_of, bearing, settings, announced
):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "password": "1000/min"}
    pair, answers = pair_of(alice), []

    def attempt(n):
        answers.append(change(bearing(pair), new=f"{NEW} {n}").status_code)

    at_once(*[lambda n=n: attempt(n) for n in range(10)])

    assert answers.count(200) == 1
    assert set(answers) <= {200, 400, 401}  # 401: the winner's change had ended the session
    assert Session.objects.live().count() == 1
    assert announced == [("PasswordChanged", {"user_id": alice.pk})]


def test_a_password_set_on_the_command_line_ends_all_sessions(alice, pair_of, bearing, monkeypatch):
    pair = pair_of(alice)
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)

    call_command("changepassword", "alice", verbosity=0)

    assert signs_in(NEW)
    assert bearing(pair).get("/users").status_code == 401
