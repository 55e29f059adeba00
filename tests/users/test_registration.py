"""Registration (Y1, D6, D8)."""

import pytest

from instance.models import Site
from tests.racing import at_once
from users.models import User
from users.names import RESERVED
from users.urls import urlpatterns

ADA = {"username": "Ada.L", "email": "ada@Example.ORG", "password": "poetical science"}


def register(guest, **fields):
    return guest.post("/users/register", {**ADA, **fields})


def test_who_registers_gets_a_profile_and_can_sign_in(guest, db, announced):  # Y1
    response = register(guest)

    assert response.status_code == 201
    body = response.json()
    joined = User.objects.get().joined_at.isoformat().replace("+00:00", "Z")
    assert body == {
        "id": User.objects.get().pk,
        "username": "Ada.L",
        "name": "",
        "avatar_url": None,
        "bio": "",
        "website": "",
        "is_private": False,
        "posts_count": 0,
        "followers_count": 0,
        "following_count": 0,
        "joined_at": joined,
        "viewer": dict.fromkeys(["follows", "requested", "follows_me", "blocks", "mutes"], False),
        "email": "ada@example.org",
        "email_verified": False,
        "shows_followed_tags": False,
        "avatar_processing": False,
    }
    assert announced == [("UserRegistered", {"user_id": body["id"]})]
    answer = guest.post("/users/login", {"username": "ada.l", "password": ADA["password"]})
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"username": "ADA.l", "email": "other@example.org"}, {"username"}),
        ({"username": "other", "email": "ADA@example.org"}, {"email"}),
        ({"username": "aDa.L", "email": "aDa@eXample.org"}, {"username", "email"}),
    ],
)
def test_name_and_address_are_taken_whatever_the_case(guest, db, sent, fields):  # Y1, D6
    register(guest)

    response = register(guest, **sent)

    assert response.status_code == 400
    assert response.json()["code"] == "taken"
    assert set(response.json()["fields"]) == fields
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_want_one_name_at_once_one_gets_it(guest, settings):  # Y1: never a 500
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "register": "1000/min"}
    answers = []

    def attempt(n):
        address = f"ada{n}@example.org"
        answers.append(register(guest.__class__(), username="ada", email=address))

    at_once(*[lambda n=n: attempt(n) for n in range(20)])

    assert sorted(each.status_code for each in answers) == [201] + [400] * 19
    assert {tuple(each.json()["fields"]) for each in answers if each.status_code == 400} == {
        ("username",)
    }
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["ab", "A1", "a.b-c_d", "0-0", "a" * 30])
def test_names_of_letters_digits_and_three_signs_are_taken(guest, db, name):  # D6
    assert register(guest, username=name).status_code == 201


@pytest.mark.parametrize(
    "name",
    [
        *("a", "a" * 31, ".ab", "ab.", "_ab", "ab-", "a b", "a/b", "a@b", "äöü", "ada\n", ""),
        *("\N{CYRILLIC SMALL LETTER A}da", "x\x00y", "../etc", "%41da", "ad\u202ea", "Ⅷi"),
        *(None, True, ["ada"], {"a": 1}),
    ],
)
def test_other_names_are_refused_with_the_field(guest, db, name):  # D6, D8
    # "ada\n" has its blank end trimmed, as every text field does; it is then a good name.
    response = register(guest, username=name)

    if name == "ada\n":
        assert (response.status_code, response.json()["username"]) == (201, "ada")
        return
    assert response.status_code == 400
    assert set(response.json()["fields"]) == {"username"}
    assert not User.objects.exists()


def test_every_fixed_path_below_users_is_a_reserved_name():  # D6
    first = {str(each.pattern).partition("/")[0] for each in urlpatterns}
    fixed = {segment for segment in first if segment and not segment.startswith("<")}

    assert "login" in fixed
    assert fixed <= RESERVED
    assert {segment.lower() for segment in RESERVED} == RESERVED


def test_a_reserved_name_is_refused_whatever_the_case(guest, db):
    assert register(guest, username="LogIn").json()["fields"] == {
        "username": ["This name is reserved."]
    }


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "12345678901",
        "password1",
        "Ada.L.Ada",
        "a" * 1025,
        "with\x00nul",
        7,
        None,
        ["a" * 9],
    ],
)
def test_weak_and_impossible_passwords_are_refused(guest, db, password):  # Y1, D6
    response = register(guest, username="Ada.L.Ada", password=password)

    assert response.status_code == 400
    assert set(response.json()["fields"]) == {"password"}
    assert not User.objects.exists()


def test_a_password_may_be_long_and_keeps_its_blanks(guest, db):  # D6: never capped below 128
    password = "  " + "ß" * 1020 + "  "

    assert register(guest, password=password).status_code == 201

    def status(sent):
        return guest.post("/users/login", {"username": "ada.l", "password": sent}).status_code

    assert status(password) == 200
    assert status(password.strip()) == 401


@pytest.mark.parametrize(
    "email", ["nobody", "a@b", "a@b.c\x00d", "x" * 250 + "@example.org", "", None, 5, ["a@b.cd"]]
)
def test_what_is_no_address_is_refused(guest, db, email):
    response = register(guest, email=email)

    assert (response.status_code, set(response.json()["fields"])) == (400, {"email"})
    assert not User.objects.exists()


@pytest.mark.parametrize("body", ["", "[1]", "{", '"x"', "null", '{"username": "\\ud800"}', "\x00"])
def test_a_body_that_cannot_be_read_is_a_400(guest, db, body):  # D8
    response = guest.post("/users/register", body, content_type="application/json")

    assert response.status_code == 400
    assert set(response.json()) == {"code", "detail", "fields"}


def test_nobody_registers_while_the_site_is_closed(guest, db):
    Site.objects.update_or_create(pk=1, defaults={"registrations_open": False})

    response = register(guest)

    assert (response.status_code, response.json()["code"]) == (403, "registrations_closed")
    assert not User.objects.exists()


def test_flags_cannot_be_sent_along(guest, db):
    assert register(guest, is_staff=True, is_superuser=True, followers_count=9).status_code == 201

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.followers_count) == (False, False, 0)
