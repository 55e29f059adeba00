"""Errors on threetography's surface (D3, D8): the one shape, with a reason, whatever happened."""

import pytest

from tests.conftest import PASSWORD
from tests.showcase.threetography import ADA, SHAPE, refused, signed_in
from users.models import User

pytestmark = pytest.mark.usefixtures("unthrottled")


PRIVATE = [
    ("get", "me"),
    ("get", "following"),
    ("get", "search?user=a"),
    ("post", "follow"),
    ("post", "unfollow"),
    ("post", "description"),
    ("post", "upload"),
]
ALL = [*PRIVATE, ("get", "authenticated"), ("post", "register"), ("post", "login")]


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_guests_are_told_to_sign_in(guest, db, method, path):  # D8
    answer = getattr(guest, method)(f"/api/{path}")

    refused(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path"), ALL)
def test_changing_state_is_never_a_get_and_reading_never_a_post(  # D1, D8
    alice, method, path
):
    other = "post" if method == "get" else "get"
    refused(getattr(signed_in(alice), other)(f"/api/{path}"), 405, "method_not_allowed")
    refused(signed_in(alice).delete(f"/api/{path}"), 405, "method_not_allowed")


@pytest.mark.parametrize("path", [path for method, path in ALL if method == "post"])
def test_a_body_that_cannot_be_read_is_a_400(alice, path):  # D8
    for body, kind in (
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"user": "\xff"}', "application/json"),
        (b"--x\r\n", "multipart/form-data"),
    ):
        answer = signed_in(alice).generic("POST", f"/api/{path}", body, content_type=kind)
        refused(answer, 400, "parse_error")


def test_errors_of_the_whole_house_have_a_reason_under_api_alone(guest, alice, settings):
    """D3, D8: of paths that are none, of bodies that are too large or no text, and throttles."""
    for path in ("/api/nothing", "/api/", "/api/me/x", "/api/%00"):
        refused(guest.get(path), 404, "not_found")
    assert set(guest.get("/nothing").json()) == SHAPE - {"reasonForFailure"}
    assert set(guest.get("/apis").json()) == SHAPE - {"reasonForFailure"}
    xml = guest.generic("POST", "/api/login", b"<a/>", content_type="application/xml")
    refused(xml, 415, "unsupported_media_type")
    strange = guest.generic("POST", "/api/login", b"{}", content_type="text/plain; charset=hex")
    refused(strange, 415, "unsupported_media_type")
    settings.BODY_MAX_BYTES = 10
    refused(guest.post("/api/login", ADA), 413, "too_large")


def test_attempts_are_counted_together_with_those_elsewhere(alice, guest, settings):  # D3
    settings.THROTTLE_RATES = {
        **settings.THROTTLE_RATES,
        "login": "1000/min",
        "login_account": "4/min",
        "register": "2/min",
    }
    for _ in range(2):
        guest.post("/api/login", {"user": "Alice", "password": "wrong"})
        guest.post("/users/login", {"username": "alice", "password": "wrong"})

    answer = guest.post("/api/login", {"user": "alice", "password": PASSWORD})
    refused(answer, 429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert guest.post("/users/login", {"username": "alice", "password": PASSWORD}).status_code == (
        429
    )
    guest.post("/api/register", {"user": "", "password": ""})
    guest.post("/users/register", {})
    refused(guest.post("/api/register", ADA), 429, "throttled")


@pytest.mark.parametrize(
    ("scope", "method", "sent"),
    [
        ("follow", "follow", {"user": "nobody"}),
        ("follow", "unfollow", {"user": "nobody"}),
        ("profile", "description", {"description": "x"}),
        ("post", "upload", {}),
    ],
)
def test_each_act_is_counted_as_its_counterpart_is(alice, settings, scope, method, sent):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, scope: "1/min"}
    client = signed_in(alice)
    client.post(f"/api/{method}", sent)

    refused(client.post(f"/api/{method}", sent), 429, "throttled")


def test_a_fault_of_ours_has_a_reason_too(alice, settings):
    """D8: with the number of the report, and nothing of what went wrong."""
    settings.EVENT_SUBSCRIPTIONS = "nowhere.at.all"
    client = signed_in(alice)
    client.raise_request_exception = False
    follow = client.post("/api/follow", {"user": User.objects.create(username="ben").username})

    body = refused(follow, 500, "server_error")
    assert body["reasonForFailure"] == body["detail"]
    assert "nowhere" not in follow.content.decode()
