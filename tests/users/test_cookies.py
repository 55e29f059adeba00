"""How a browser stays signed in: a cookie that no script can read (D5, Y13)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from tests.conftest import PASSWORD
from tests.racing import at_once
from tests.users.credentials import bearer
from users import tokens
from users.cookies import NAME
from users.models import Session

HERE = "http://testserver"


@pytest.fixture
def browser():
    """A client that says where its pages come from, as browsers do."""
    return APIClient(HTTP_ORIGIN=HERE)


def sign_in(browser, **more):
    sent = {"username": "alice", "password": PASSWORD, "browser": True, **more}
    return browser.post("/users/login", sent)


def test_the_cookie_stands_in_for_the_refresh_token(alice, browser):
    answer = sign_in(browser)

    assert set(answer.json()) == {"access"}
    assert bearer(answer.json()["access"]).get("/users").json()["username"] == "alice"
    cookie = answer.cookies[NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/users/")
    assert cookie["max-age"] == 14 * 24 * 3600
    assert not cookie["secure"]


def test_over_https_the_cookie_is_sent_over_https_alone(alice, settings):
    settings.SITE_URL = settings.FRONTEND_URL = "https://photos.example.org"
    browser = APIClient(HTTP_ORIGIN="https://photos.example.org")

    assert sign_in(browser).cookies[NAME]["secure"]


def test_each_use_replaces_the_cookie(alice, browser):
    first = sign_in(browser).cookies[NAME].value

    answer = browser.post("/users/refresh")

    assert set(answer.json()) == {"access"}
    assert bearer(answer.json()["access"]).get("/users").status_code == 200
    second = answer.cookies[NAME].value
    assert second != first
    assert Session.objects.get().refresh_id == tokens.read_browser(second).token_id


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_a_page_of_somebody_else_gets_nothing_for_it(alice, browser, origin):
    cookie = sign_in(browser).cookies[NAME].value
    elsewhere = APIClient(**({"HTTP_ORIGIN": origin} if origin else {}))
    elsewhere.cookies[NAME] = cookie

    assert elsewhere.post("/users/refresh").status_code == 400
    assert elsewhere.post("/users/logout").status_code == 401
    assert "refresh" in sign_in(elsewhere).json()  # as any other client
    assert Session.objects.filter(revoked_at=None).count() == 2
    assert browser.post("/users/refresh").status_code == 200


def test_an_answer_that_was_lost_is_given_once_more(alice, browser):
    spent = sign_in(browser).cookies[NAME].value
    lost = browser.post("/users/refresh").cookies[NAME].value

    browser.cookies[NAME] = spent
    again = browser.post("/users/refresh")

    assert again.status_code == 200
    assert tokens.read_browser(again.cookies[NAME].value).token_id == (
        tokens.read_browser(lost).token_id
    )


def test_a_cookie_that_was_spent_long_ago_ends_its_session(alice, browser):
    spent = sign_in(browser).cookies[NAME].value
    browser.post("/users/refresh")
    Session.objects.update(used_at=datetime.now(UTC) - timedelta(seconds=61))

    thief = APIClient(HTTP_ORIGIN=HERE)
    thief.cookies[NAME] = spent

    assert thief.post("/users/refresh").json()["code"] == "token_not_valid"
    assert browser.post("/users/refresh").status_code == 401
    assert Session.objects.get().revoked_at is not None


def test_a_cookie_that_was_spent_twice_over_ends_its_session(alice, browser):
    spent = sign_in(browser).cookies[NAME].value
    browser.post("/users/refresh")
    browser.post("/users/refresh")

    browser.cookies[NAME] = spent

    assert browser.post("/users/refresh").status_code == 401
    assert Session.objects.get().revoked_at is not None


@pytest.mark.django_db(transaction=True)
def test_many_tabs_at_once_get_one_cookie(person):
    person("alice")
    cookie = sign_in(APIClient(HTTP_ORIGIN=HERE)).cookies[NAME].value

    answers = []

    def ask():
        tab = APIClient(HTTP_ORIGIN=HERE)
        tab.cookies[NAME] = cookie
        answers.append(tab.post("/users/refresh"))

    at_once(*[ask] * 10)

    assert {answer.status_code for answer in answers} == {200}
    kept = {tokens.read_browser(answer.cookies[NAME].value).token_id for answer in answers}
    assert kept == {Session.objects.get().refresh_id}


def test_neither_kind_is_taken_for_the_other(alice, browser, guest):
    cookie = sign_in(browser).cookies[NAME].value
    pair = guest.post("/users/login", {"username": "alice", "password": PASSWORD}).json()

    assert guest.post("/users/refresh", {"refresh": cookie}).status_code == 401
    browser.cookies[NAME] = pair["refresh"]
    assert browser.post("/users/refresh").status_code == 401
    assert Session.objects.filter(revoked_at=None).count() == 2


def test_logging_out_needs_the_cookie_alone_and_takes_it_away(alice, browser):
    access = sign_in(browser).json()["access"]

    answer = browser.post("/users/logout")

    assert answer.status_code == 204
    assert answer.cookies[NAME].value == ""
    assert bearer(access).get("/users").status_code == 401
    assert Session.objects.get().revoked_at is not None


def test_a_new_password_leaves_this_browser_signed_in(alice, browser):
    access = sign_in(browser).json()["access"]
    browser.credentials(HTTP_AUTHORIZATION=f"Bearer {access}", HTTP_ORIGIN=HERE)

    sent = {"old_password": PASSWORD, "new_password": "another horse battery"}
    answer = browser.post("/users/password/change", sent)

    assert set(answer.json()) == {"access"}
    assert browser.post("/users/refresh").status_code == 200


def test_it_lasts_fourteen_days_from_its_last_use(alice, browser):
    sign_in(browser)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=14, minutes=1), tick=False):
        assert browser.post("/users/refresh").status_code == 401


def test_pages_at_another_address_may_ask_and_no_others(alice, settings):
    settings.FRONTEND_URL = "https://photos.example.org"
    pages = APIClient(HTTP_ORIGIN="https://photos.example.org")

    asked = pages.options("/users/login", HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST")
    answer = sign_in(pages)

    assert asked.status_code == 204
    assert "Content-Type" in asked["Access-Control-Allow-Headers"]
    for each in (asked, answer):
        assert each["Access-Control-Allow-Origin"] == "https://photos.example.org"
        assert each["Access-Control-Allow-Credentials"] == "true"
        assert "Origin" in each["Vary"]
    assert pages.post("/users/refresh").status_code == 200
    other = APIClient(HTTP_ORIGIN="https://elsewhere.example").get("/instance")
    assert "Access-Control-Allow-Origin" not in other
