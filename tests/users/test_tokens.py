"""What is no token of ours, and what a token is for (D5, D8)."""

import uuid
from datetime import UTC, datetime, timedelta

import jwt
import pytest
import time_machine
from django.conf import settings as conf
from rest_framework.test import APIClient

from tests.users.credentials import bearer, claims_of, status
from users.models import Session


def signed(claims, *, key=None, algorithm="HS256"):
    return jwt.encode(claims, key or conf.SIMPLE_JWT["SIGNING_KEY"], algorithm)


DEEP = "eyJhbGciOiJIUzI1NiJ9." + "W1tb" * 9000 + ".x"  # [[[[… : no parser's stack is that deep


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "é.ö.ü", "....", "a b", "\x7f", "null", DEEP, DEEP[21:] + ".y"]
)
def test_rubbish_is_a_401_on_every_read(alice, token):
    response = bearer(token).get("/users/alice/")  # which a guest may read

    assert (response.status_code, response.json()["code"]) == (401, "token_not_valid")
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert APIClient().post("/users/refresh", {"refresh": token}).status_code in (400, 401)
    assert APIClient().post("/users/logout", {"refresh": token}).status_code in (400, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": None},
        {"user_id": "1"},
        {"user_id": True},
        {"user_id": 1.5},
        {"user_id": [1]},
        {"user_id": {"a": 1}},
        {"user_id": -1},
        {"user_id": 2**63},
        {"user_id": 10**400},
        {"sid": None},
        {"sid": 5},
        {"sid": ["x"]},
        {"sid": "x"},
        {"sid": "é" * 32},
        {"sid": uuid.UUID(int=7).hex},
        {"jti": 7},
        {"jti": None},
        {"token_type": None},
        {"token_type": ["access"]},
        {"exp": "soon"},
        {"exp": [1]},
        {"exp": None},
        {"exp": 1e400},
        {"exp": 1},
        {"iat": "x"},
        {"aud": 5},
        {"sub": 5},
    ],
    ids=str,
)
def test_odd_claims_are_a_401_even_when_we_signed_them(alice, pair_of, changes):
    pair = pair_of(alice)
    for kind, token in pair.items():
        odd = signed({**claims_of(token), **changes})
        if kind == "access":
            assert bearer(odd).get("/users").status_code == 401
        else:
            assert APIClient().post("/users/refresh", {"refresh": odd}).status_code == 401
    assert not Session.objects.filter(revoked_at__isnull=False).exists()


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_tokens_of_other_keys_and_algorithms_are_refused(alice, pair_of):
    claims = claims_of(pair_of(alice)["access"])
    unsigned = jwt.encode(claims, None, "none")

    assert bearer(unsigned).get("/users").status_code == 401
    assert bearer(signed(claims, key="k" * 32)).get("/users").status_code == 401
    assert bearer(signed(claims, algorithm="HS512")).get("/users").status_code == 401


def test_neither_token_serves_for_the_other(alice, pair_of, guest):
    pair = pair_of(alice)

    assert bearer(pair["refresh"]).get("/users").status_code == 401
    assert guest.post("/users/refresh", {"refresh": pair["access"]}).status_code == 401
    assert status(pair) == (200, 200)


def test_a_token_names_its_own_session_only(alice, bob, pair_of):
    hers, his = pair_of(alice), pair_of(bob)
    mixed = {**claims_of(hers["access"]), "sid": claims_of(his["access"])["sid"]}

    assert bearer(signed(mixed)).get("/users").status_code == 401
    stolen = {**claims_of(his["refresh"]), "user_id": alice.pk}
    answer = APIClient().post("/users/refresh", {"refresh": signed(stolen)})
    assert answer.status_code == 401


def test_an_access_token_ends_after_ten_minutes(alice, pair_of):  # D5
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False) as clock:
        pair = pair_of(alice)
        clock.move_to(now + timedelta(minutes=9, seconds=58))
        assert bearer(pair["access"]).get("/users").status_code == 200
        clock.move_to(now + timedelta(minutes=10, seconds=1))
        assert bearer(pair["access"]).get("/users").status_code == 401


@pytest.mark.parametrize("scheme", ["Basic abc", "Token abc", "", "Bearerx"])
def test_other_schemes_are_guests(alice, scheme):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=scheme)

    assert client.get("/users/alice/").status_code == 200
    response = client.get("/users")
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_who_is_asking_costs_one_query(alice, pair_of, bearing, django_assert_num_queries):
    client = bearing(pair_of(alice))
    client.get("/users/sessions/")

    with django_assert_num_queries(2):  # the person with the session, and the list itself
        assert client.get("/users/sessions/").status_code == 200
