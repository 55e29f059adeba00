"""Accounts on threetography's surface (T1, D3, D5): registering, signing in, and for how long."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from tests.conftest import PASSWORD, deliver_all
from tests.racing import at_once
from tests.showcase.threetography import ADA, SHAPE, refused, signed_in
from users.actions.accounts import delete_user
from users.actions.moderation import suspend_user
from users.models import Session, User

pytestmark = pytest.mark.usefixtures("unthrottled")


def test_who_registers_signs_in_and_is_authenticated(guest, db):  # T1
    registered = guest.post("/api/register", ADA)
    assert (registered.status_code, registered.json()) == (200, {"registered": True})

    answer = guest.post("/api/login", ADA)
    assert answer.status_code == 200
    assert set(answer.json()) == {"accessToken"}
    bearer = {"Authorization": f"Bearer {answer.json()['accessToken']}"}
    assert guest.get("/api/authenticated", headers=bearer).json() == {"authenticated": True}
    me = guest.get("/api/me", headers=bearer).json()
    assert me == {"user": "Ada", "imageUrls": ["", "", ""], "description": ""}


def test_an_account_without_an_address_gets_no_letter_and_is_claimed_by_none(guest, db):  # T1, Y1
    for name in ("ada", "ben"):  # the constraint on addresses lets both be
        guest.post("/api/register", {**ADA, "user": name})
    deliver_all()
    assert mail.outbox == []
    assert list(User.objects.values_list("email", flat=True)) == [None, None]

    for address in ("", "None", "null", "ada@invalid.invalid"):
        guest.post("/users/password/reset", {"email": address})
        assert guest.post("/api/login", {**ADA, "user": address or "x"}).status_code == 401
    deliver_all()
    assert mail.outbox == []


def test_the_account_is_one_like_any_other_and_can_get_an_address(guest, db, as_user):  # D3
    guest.post("/api/register", ADA)
    user = User.objects.get()
    assert guest.post(
        "/users/login", {"username": "ada", "password": ADA["password"]}
    ).status_code == (200)
    client = as_user(user)
    assert client.get("/users").json()["email"] is None
    assert client.post(
        "/users/password/change",
        {"old_password": ADA["password"], "new_password": "flying engines"},
    ).status_code == (200)

    sent = {"email": "ada@example.org", "password": "flying engines"}
    assert as_user(user).post("/users/email/change", sent).status_code == 202
    deliver_all()
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    token = unquote(letter.body.partition("token=")[2].split()[0])
    assert guest.post("/users/activate", {"token": token}).json() == {"activated": True}
    deliver_all()
    user.refresh_from_db()
    assert user.email == "ada@example.org"
    assert user.email_verified_at is not None
    assert len(mail.outbox) == 1  # nobody is told of at an address that never was


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"user": "ADA", "password": "poetical science"}, "user"),
        ({"user": "", "password": "poetical science"}, "user"),
        ({"user": "a", "password": "poetical science"}, "user"),
        ({"user": "me", "password": "poetical science"}, "user"),
        ({"user": "x' OR '1'='1", "password": "poetical science"}, "user"),
        ({"user": ["ben"], "password": "poetical science"}, "user"),
        ({"user": "ben", "password": "short"}, "password"),
        ({"user": "ben", "password": "12345678901"}, "password"),
        ({"user": "ben"}, "password"),
        ({"password": "poetical science"}, "user"),
        ({"username": "ben", "password": "poetical science"}, "user"),
    ],
)
def test_what_cannot_be_registered_is_a_400_with_a_reason(guest, db, sent, field):  # T1, D8
    guest.post("/api/register", ADA)

    answer = guest.post("/api/register", sent)

    assert answer.status_code == 400
    assert set(answer.json()) == SHAPE
    assert field in answer.json()["fields"]
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_want_one_name_at_once_one_gets_it():  # T1: never a 500
    answers = []

    def attempt():
        answers.append(APIClient().post("/api/register", ADA).status_code)

    at_once(*[attempt] * 50)

    assert sorted(answers) == [200] + [400] * 49


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(alice, bob, guest):  # T1
    suspend = User.objects.filter(pk=bob.pk)
    suspend.update(suspended_at=timezone.now())
    answers = [
        guest.post("/api/login", {"user": name, "password": password})
        for name, password in (("nobody", PASSWORD), ("alice", "wrong"), ("bob", PASSWORD))
    ]

    assert {each.content for each in answers} == {answers[0].content}
    body = refused(answers[0], 401, "wrong_credentials")
    assert body["reasonForFailure"] == "No account has this name and this password."


HEADERS = [
    {},
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": "Bearer null"},
    {"Authorization": "Bearer undefined"},
    {"Authorization": "Bearer a.b.c"},
    {"Authorization": "Bearer " + "x" * 4000},
    {"Authorization": "Bearer \x00\xff"},
    {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJ1c2VyX2lkIjoxfQ."},
    {"Authorization": "Basic YWxpY2U6cHc="},
    {"Authorization": "alice"},
    {"Accept": "text/html"},
    {"Cookie": "sessionid=1"},
]


@pytest.mark.parametrize("headers", HEADERS)
def test_authenticated_is_false_and_never_an_error_whatever_is_sent(guest, db, headers):  # T1
    answer = guest.get("/api/authenticated", headers=headers)

    assert (answer.status_code, answer.json()) == (200, {"authenticated": False})


def test_what_ends_a_session_ends_its_token(alice, person):  # T1, D5
    mo = person("mo", is_staff=True)

    def ends(user, end):
        client = signed_in(user)
        assert client.get("/api/authenticated").json() == {"authenticated": True}
        end(client)
        assert client.get("/api/authenticated").json() == {"authenticated": False}
        refused(client.get("/api/me"), 401, "token_not_valid")

    ends(alice, lambda client: client.post("/users/logout", {}))
    ends(alice, lambda client: Session.objects.filter(user=alice).delete())
    ends(person("ben"), lambda client: client.delete("/users/ben"))
    ends(person("cat"), lambda _: suspend_user(user=user("cat"), moderator=mo, reason="x"))
    ends(person("dan"), lambda _: delete_user(user=user("dan")))


def user(name):
    return User.objects.get(username=name)


def test_its_token_lasts_as_long_as_its_session_here_and_ten_minutes_elsewhere(alice):
    """D5: a client written for threetography knows of no refreshing."""
    began, client = timezone.now(), signed_in(alice)
    assert client.get("/users").status_code == 200

    with time_machine.travel(began + timedelta(minutes=11)):
        assert client.get("/users").status_code == 401
        assert client.get("/api/authenticated").json() == {"authenticated": True}
        assert client.get("/api/me").status_code == 200
    Session.objects.update(expires_at=timezone.now())
    assert client.get("/api/authenticated").json() == {"authenticated": False}


def test_no_other_token_lasts(alice, guest):
    """D5: neither an access token of `/users/login` nor a refresh token."""
    began = timezone.now()
    pair = guest.post("/users/login", {"username": "alice", "password": PASSWORD}).json()

    def good(token):
        headers = {"Authorization": f"Bearer {token}"}
        return guest.get("/api/authenticated", headers=headers).json()["authenticated"]

    assert (good(pair["access"]), good(pair["refresh"])) == (True, False)
    with time_machine.travel(began + timedelta(minutes=11)):
        assert (good(pair["access"]), good(pair["refresh"])) == (False, False)


def test_the_device_is_in_the_list_of_sessions(alice, guest, as_user):
    headers = {"User-Agent": "three/1.0"}
    guest.post("/api/login", {"user": "alice", "password": PASSWORD}, headers=headers)

    (session,) = as_user(alice).get("/users/sessions").json()["results"]
    assert session["user_agent"] == "three/1.0"
