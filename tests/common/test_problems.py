"""Every error leaves in one shape (D8), and paths answer with and without a slash (D2)."""

import json
import logging

import pytest
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from common import problems
from common.errors import Invalid, Missing
from events.models import Announcement

SHAPE = {"code", "detail", "fields"}


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (Missing(), 404, {"code": "not_found", "detail": "Not found.", "fields": {}}),
        (
            Invalid("No.", fields={"name": ["No."]}),
            400,
            {"code": "invalid", "detail": "No.", "fields": {"name": ["No."]}},
        ),
        (Http404(), 404, {"code": "not_found", "detail": "Not found.", "fields": {}}),
        (
            exceptions.ValidationError({"a": ["x", "y"], "b": {"c": ["z"]}}),
            400,
            {"code": "invalid", "detail": "x", "fields": {"a": ["x", "y"], "b.c": ["z"]}},
        ),
        (
            exceptions.ValidationError([{}, {"text": ["too long"]}]),
            400,
            {"code": "invalid", "detail": "too long", "fields": {"1.text": ["too long"]}},
        ),
        (
            exceptions.ValidationError({"non_field_errors": ["both or neither"]}),
            400,
            {"code": "invalid", "detail": "both or neither", "fields": {"": ["both or neither"]}},
        ),
        (
            exceptions.MethodNotAllowed("PUT"),
            405,
            {"code": "method_not_allowed", "detail": 'Method "PUT" not allowed.', "fields": {}},
        ),
    ],
)
def test_an_error_has_the_one_shape(error, status, body):
    response = problems.exception_handler(error, {})

    assert response is not None
    assert (response.status_code, response.data) == (status, body)


def test_a_throttled_answer_says_when_to_come_back():
    response = problems.exception_handler(exceptions.Throttled(wait=12.2), {})

    assert response is not None
    assert (response.status_code, response.headers["Retry-After"]) == (429, "13")
    assert response.data["code"] == "throttled"


def test_a_fault_of_ours_tells_an_id_and_no_trace():
    response = problems.server_error(RequestFactory().get("/"))

    body = json.loads(response.content)
    assert (response.status_code, body["code"], set(body)) == (500, "server_error", SHAPE)
    assert "Traceback" not in body["detail"]


@pytest.mark.parametrize("path", ["/nothing", "/nothing/", "/users/a/b/c/d", "/%00", "/posts/x/"])
def test_an_unknown_path_is_missing_in_the_one_shape(guest, path, db):
    response = guest.get(path)

    assert response.status_code == 404
    assert response.json() == {"code": "not_found", "detail": "Not found.", "fields": {}}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"--x\r\n", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_400(guest, db, body, content_type):
    response = guest.generic("POST", "/users/login/", body, content_type=content_type)

    assert (response.status_code, set(response.json())) == (400, SHAPE)


def test_another_media_type_is_a_415(guest, db):
    response = guest.generic("POST", "/users/login/", b"<a/>", content_type="application/xml")

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_a_json_body_of_two_megabytes_is_refused(guest, db):
    response = guest.generic(
        "POST",
        "/users/login/",
        b'{"a":"' + b"x" * 2_000_000 + b'"}',
        content_type="application/json",
    )

    assert response.status_code in (400, 413)


@pytest.mark.parametrize("path", ["/users/login", "/users/login/"])
def test_a_path_answers_with_and_without_a_slash_and_keeps_its_body(alice, guest, path):
    sent = {"username": "alice", "password": "correct horse battery"}

    response = guest.post(path, sent)

    assert (response.status_code, set(response.json())) == (200, {"access", "refresh"})


def test_a_request_has_an_id_and_keeps_one_that_it_brought(guest, db):
    made = guest.get("/livez").headers["X-Request-Id"]
    kept = guest.get("/livez", headers={"X-Request-Id": "abc-12345"}).headers["X-Request-Id"]
    strange = guest.get("/livez", headers={"X-Request-Id": "a\tb<script>"}).headers["X-Request-Id"]

    assert len(made) == 32
    assert kept == "abc-12345"
    assert len(strange) == 32


def test_the_id_of_a_request_follows_into_the_work_it_leaves(alice, bob, as_user, settings):
    settings.EVENT_SUBSCRIPTIONS = "tests.subscriptions.RECORDED"
    as_user(bob).post("/users/follow/alice", headers={"X-Request-Id": "follow-me-1"})

    assert Announcement.objects.get().request_id == "follow-me-1"


@pytest.fixture(autouse=True)
def _quiet():
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


def test_a_body_beyond_any_album_is_refused_before_it_is_read(guest, db, settings):  # D6
    settings.BODY_MAX_BYTES = 2**20

    response = guest.generic("POST", "/posts/", b"x" * (2**20 + 1), content_type="text/plain")

    assert (response.status_code, response.json()["code"]) == (413, "too_large")
