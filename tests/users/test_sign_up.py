"""Signing up by a code (L1): six digits, an hour, five tries; the same answer for everybody."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from instance.models import Site
from tests.conftest import PASSWORD
from tests.racing import at_once
from users.models import SignUp, User
from users.tasks import purge_sessions

ADA = "ada@example.org"


@pytest.fixture(autouse=True)
def _patient(settings):
    generous = dict.fromkeys(("register", "password", "letters"), "1000/min")
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, **generous}


@pytest.fixture
def code(guest, committed):
    """Ask for a code and read it in the letter."""

    def ask(email=ADA):
        with committed():
            answer = guest.post("/users/register/code", {"email": email})
        assert answer.status_code == 202
        return str(mail.outbox[-1].subject)[:6]

    return ask


def verify(guest, code, email=ADA):
    return guest.post("/users/register/verify", {"email": email, "code": code})


def register(guest, ticket, **fields):
    sent = {"username": "ada", "password": PASSWORD, "ticket": ticket, **fields}
    return guest.post("/users/register", sent)


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_who_has_the_code_gets_an_account_with_a_proved_address(guest, db, code, committed):  # L1
    ticket = verify(guest, code("Ada@Example.ORG"), "ada@example.org").json()["ticket"]
    with committed():
        made = register(guest, ticket)

    assert made.status_code == 201
    assert made.json()["email"] == "Ada@example.org"
    assert made.json()["email_verified"] is True
    assert not SignUp.objects.exists()
    code_letter, welcome = mail.outbox
    assert str(code_letter.subject)[6:].startswith(" is your code for ")
    assert code_letter.to == ["Ada@example.org"]
    assert "/activate" not in welcome.body
    assert "/login" in welcome.body
    signed_in = guest.post("/users/login", {"username": ADA, "password": PASSWORD})
    assert signed_in.status_code == 200


def test_the_code_is_new_each_time_and_kept_nowhere(guest, db, code):  # L1
    codes = [code() for _ in range(6)]

    assert len(set(codes)) > 1
    row = SignUp.objects.get()
    assert codes[-1] not in row.secret
    assert verify(guest, codes[-1]).status_code == 200


def test_only_the_newest_code_counts(guest, db, code):
    former = code()
    newest = former
    while newest == former:  # once in a million
        newest = code()

    assert verify(guest, former).json()["code"] == "code_not_valid"
    assert verify(guest, newest).status_code == 200


def test_a_taken_address_answers_the_same_and_its_reader_is_told(guest, alice, committed):  # L1
    with committed():
        known = guest.post("/users/register/code", {"email": "ALICE@example.org"})
        unknown = guest.post("/users/register/code", {"email": ADA})

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    told, code_letter = mail.outbox
    assert told.to == ["ALICE@example.org"]
    assert "account" in told.subject
    assert not re.search(r"\b\d{6}\b", str(told.body))
    assert re.search(r"\b\d{6}\b", str(code_letter.body))
    guesses = [verify(guest, "123456", email) for email in ("alice@example.org", "no@example.org")]
    assert guesses[0].content == guesses[1].content


def test_a_wrong_code_is_refused_with_the_field(guest, db, code):
    right = code()

    answer = verify(guest, other_than(right))

    assert answer.status_code == 400
    assert answer.json()["code"] == "code_not_valid"
    assert set(answer.json()["fields"]) == {"code"}
    assert SignUp.objects.get().proved_at is None


def test_the_fifth_try_counts_and_the_sixth_does_not(guest, db, code):  # L1
    right = code()
    for _ in range(4):
        assert verify(guest, other_than(right)).status_code == 400
    assert verify(guest, right).status_code == 200
    again = code()
    for _ in range(5):
        assert verify(guest, other_than(again)).status_code == 400

    assert verify(guest, again).json()["code"] == "code_not_valid"


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_at_once_are_five_tries(guest, code):  # L1
    right = code()
    answers = []
    at_once(
        *[lambda: answers.append(verify(guest.__class__(), other_than(right))) for _ in range(50)]
    )

    assert {each.status_code for each in answers} == {400}
    assert SignUp.objects.get().tries_left == 0
    assert verify(guest, right).status_code == 400


def test_the_right_code_twice_answers_the_same(guest, db, code):
    right = code()

    first, second = verify(guest, right), verify(guest, right)

    assert first.json() == second.json()
    assert SignUp.objects.get().tries_left == 5


def test_a_code_lives_for_an_hour(guest, db, code):  # L1
    right = code()
    asked = timezone.now()

    with time_machine.travel(asked + timedelta(minutes=59), tick=False):
        assert verify(guest, right).status_code == 200
    with time_machine.travel(asked + timedelta(minutes=61), tick=False):
        assert verify(guest, right).json()["code"] == "code_not_valid"


def test_a_ticket_is_good_once(guest, db, code):
    ticket = verify(guest, code()).json()["ticket"]
    assert register(guest, ticket).status_code == 201

    second = register(guest, ticket, username="ada2")

    assert second.status_code == 400
    assert second.json()["code"] == "ticket_not_valid"
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_ticket_used_by_twenty_at_once_makes_one_account(guest, code):
    ticket = verify(guest, code()).json()["ticket"]
    answers = []
    at_once(
        *[
            lambda n=n: answers.append(register(guest.__class__(), ticket, username=f"ada{n}"))
            for n in range(20)
        ]
    )

    assert sorted(each.status_code for each in answers) == [201] + [400] * 19
    assert User.objects.count() == 1


def test_a_refusal_leaves_the_ticket_good(guest, alice, code):
    ticket = verify(guest, code()).json()["ticket"]

    taken = register(guest, ticket, username="ALICE")
    weak = register(guest, ticket, password="12345678")

    assert (taken.json()["code"], weak.status_code) == ("taken", 400)
    assert register(guest, ticket).status_code == 201


def test_a_ticket_for_an_address_that_was_taken_meanwhile_is_refused(guest, db, code):
    ticket = verify(guest, code()).json()["ticket"]
    sent = {"username": "first", "password": PASSWORD, "email": ADA}
    assert guest.post("/users/register", sent).status_code == 201

    late = register(guest, ticket)

    assert late.status_code == 400
    assert set(late.json()["fields"]) == {"email"}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{}, {"email": ADA, "ticket": "x"}, {"ticket": "x"}, {"ticket": "a:b:c"}]
)
def test_neither_both_nor_a_made_up_ticket_registers(guest, db, sent):
    answer = guest.post("/users/register", {"username": "ada", "password": PASSWORD, **sent})

    assert answer.status_code == 400
    assert not User.objects.exists()


def test_a_ticket_of_a_code_that_was_asked_for_anew_is_worth_nothing(guest, db, code):
    ticket = verify(guest, code()).json()["ticket"]
    code()

    assert register(guest, ticket).json()["code"] == "ticket_not_valid"


@pytest.mark.parametrize("sent", ["12345", "1234567", "१२३४५६", "12 456", "", None, 123456.5, []])
def test_what_is_no_code_costs_no_try(guest, db, code, sent):
    code()

    assert verify(guest, sent).status_code == 400
    assert SignUp.objects.get().tries_left == 5


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@", "\N{CYRILLIC SMALL LETTER A}da@example.org", "a\x00@example.org", None],
)
def test_what_is_no_address_gets_no_code(guest, db, email, announced):
    answer = guest.post("/users/register/code", {"email": email})

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"email"}
    assert announced == []


def test_a_closed_site_gives_no_codes(guest, db, announced):
    Site.objects.update_or_create(pk=1, defaults={"registrations_open": False})

    answer = guest.post("/users/register/code", {"email": ADA})

    assert answer.status_code == 403
    assert answer.json()["code"] == "registrations_closed"
    assert announced == []
    assert not SignUp.objects.exists()


def test_what_has_expired_is_forgotten_by_the_clock(guest, db, code):
    code()
    SignUp.objects.update(expires_at=timezone.now())

    purge_sessions()

    assert not SignUp.objects.exists()


def test_letters_to_one_address_are_limited(guest, db, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "letters": "5/hour"}
    sent = [guest.post("/users/register/code", {"email": ADA}).status_code for _ in range(6)]

    assert sent == [202] * 5 + [429]
