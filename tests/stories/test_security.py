"""Security stories (L13): forged tokens, what is not one's own, and headers that lie."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import jwt
import pytest
from django.conf import settings

from events.models import Announcement
from tests import albums
from users import tokens
from users.actions.sessions import Device, open_session
from users.models import Session, User

SHAPE = {"code", "detail", "fields"}
NOBODY = 999_999_999


def refused(answer, status):
    """The code of an error of `status` that has the one shape (D8)."""
    assert answer.status_code == status, answer.content[:300]
    body = answer.json()
    assert set(body) == SHAPE
    return body["code"]


# --- Tokens that somebody has written themselves -------------------------------------------------


def b64(data):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forgeries(token):
    _, payload, signature = token.split(".")
    unsigned = f"{b64({'alg': 'HS256'})}.{payload}"
    empty_key = hmac.new(b"", unsigned.encode(), hashlib.sha256).digest()
    return [
        f"{b64({'alg': 'none'})}.{payload}.",
        f"{b64({'alg': 'None'})}.{payload}.{signature}",
        f"{b64({'alg': 'RS256'})}.{payload}.{signature}",
        f"{unsigned}.{b64(empty_key)}",
        f"{unsigned}.",
        f"{b64(b'[' * 100_000)}.{payload}.{signature}",
        jwt.encode(
            jwt.decode(token, options={"verify_signature": False}),
            settings.SIMPLE_JWT["SIGNING_KEY"],
            "HS512",
        ),
        "a" * 60_000,
        "." * 1_000,
        "é",
    ]


@pytest.fixture
def pair(alice):
    return open_session(user_id=alice.pk, device=Device())


@pytest.mark.django_db
def test_d5_a_token_that_we_did_not_sign_lets_nobody_in(guest, pair):
    for token in [*forgeries(pair["access"]), pair["refresh"]]:
        guest.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        for path in ("/users/", "/posts/timeline/", "/users/alice/"):
            assert refused(guest.get(path), 401) == "token_not_valid"


@pytest.mark.parametrize(
    "claims",
    [
        {"user_id": "other"},
        {"sid": "other"},
        {"user_id": -1},
        {"user_id": True},
        {"user_id": "1"},
        {"user_id": 2**70},
        {"sid": 5},
        {"sid": [1]},
        {"sid": "x"},
        {"exp": 1},
        {"exp": float("inf")},
        {"exp": "soon"},
        {"nbf": 9_999_999_999},
        {"aud": "x"},
        {"token_type": "refresh"},
        {"token_type": ["access"]},
    ],
)
@pytest.mark.django_db
def test_d5_a_token_about_somebody_elses_session_lets_nobody_in(guest, pair, bob, claims):
    his = tokens.read_access(open_session(user_id=bob.pk, device=Device())["access"])
    other = {"user_id": his.user_id, "sid": his.session_id.hex}
    claims = {name: other[name] if value == "other" else value for name, value in claims.items()}
    key = str(settings.SIMPLE_JWT["SIGNING_KEY"])
    said = {**jwt.decode(pair["access"], key, ["HS256"]), **claims}
    unsigned = f"{b64({'alg': 'HS256', 'typ': 'JWT'})}.{b64(said)}"
    signature = hmac.new(key.encode(), unsigned.encode(), hashlib.sha256).digest()

    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {unsigned}.{b64(signature)}")

    assert refused(guest.get("/users/"), 401) == "token_not_valid"


@pytest.mark.django_db
def test_y1_a_letter_opens_only_the_door_that_it_was_written_for(guest, alice):
    activation, reset = tokens.for_address(alice, alice.email), tokens.for_reset(alice)
    password = "another horse battery"

    for token in (activation, f"{reset}x", reset.upper(), f"{alice.pk + 1}-{reset}", "-"):
        body = {"token": token, "password": password}
        assert refused(guest.post("/users/password/reset/confirm", body), 400) == "link_not_valid"
    assert refused(guest.post("/users/activate", {"token": reset}), 400) == "link_not_valid"
    alice.refresh_from_db()
    assert (alice.check_password(password), alice.email_verified_at) == (False, None)


@pytest.mark.parametrize(
    "email",
    [
        "\u212aate@example.org",  # a Kelvin sign, which is a k whatever the case
        "d\u0131ana@example.org",
        "boo\u017ft@example.org",
        '"a\x0b"@example.org',
        "ada\r\nBcc: eve@example.org",
        f"ada@{'ü' * 60}.org",  # more than the DNS has room for
        "ada@example.org.",
        "ada@example",
    ],
)
def test_y1_an_address_that_no_letter_reaches_registers_nobody(guest, db, email):
    body = {"username": "ada", "email": email, "password": "poetical science"}

    answer = guest.post("/users/register", body)

    assert refused(answer, 400) == "invalid"
    assert set(answer.json()["fields"]) == {"email"}
    assert (User.objects.count(), Announcement.objects.count()) == (0, 0)


# --- What is not one's own -----------------------------------------------------------------------

EVIL = {
    "id": 1,
    "is_staff": True,
    "is_superuser": True,
    "posts_count": 99,
    "public_posts_count": 99,
    "followers_count": 99,
    "revision": 77,
    "email": "evil@example.org",
    "email_verified": True,
    "email_verified_at": "2020-01-01T00:00:00Z",
    "deleted_at": "2020-01-01T00:00:00Z",
    "suspended_at": "2020-01-01T00:00:00Z",
    "joined_at_reading": True,
    "state": "failed",
    "published_at": "2020-01-01T00:00:00Z",
    "hidden_at": "2020-01-01T00:00:00Z",
    "created_at": "2020-01-01T00:00:00Z",
    "edited_at": "2020-01-01T00:00:00Z",
    "likes_count": 99,
    "reactions_count": 99,
    "comments_count": 99,
    "author": 1,
    "author_id": 1,
    "owner": 1,
    "user": 1,
}


def row(thing):
    return type(thing).objects.filter(pk=thing.pk).values().get()


@pytest.mark.django_db
def test_y2_no_write_sets_what_only_the_server_sets(alice, bob, as_user):
    client = as_user(bob)
    hers, his = albums.published(alice), albums.published(bob)
    before = [row(alice), row(bob), row(hers)]

    assert client.patch("/users/bob/", EVIL).status_code == 200
    assert client.patch(f"/posts/{his.pk}/", EVIL).status_code == 200
    assert client.patch(f"/posts/{his.pk}/", {**EVIL, "media": [1]}).status_code == 409
    said = client.post(f"/posts/{his.pk}/comments/", {**EVIL, "post": hers.pk, "text": "mine"})

    assert said.status_code == 201
    assert (said.json()["author"]["id"], said.json()["post_id"]) == (bob.pk, his.pk)
    assert [row(alice), row(bob), row(hers)] == before
    his.refresh_from_db()
    assert (his.author_id, his.state, his.likes_count, his.hidden_at) == (
        bob.pk,
        "published",
        0,
        None,
    )
    assert his.created_at > datetime(2021, 1, 1, tzinfo=UTC)


READS_AND_WRITES = [
    ("get", "", None),
    ("head", "", None),
    ("options", "", None),
    ("put", "", {"caption": "mine"}),
    ("patch", "", {"visibility": "bad"}),
    ("delete", "", None),
    ("get", "edits/", None),
    ("post", "retry/", None),
    ("post", "like/", None),
    ("delete", "like/", None),
    ("options", "like/", None),
    ("get", "comments/", None),
    ("get", "comments/?cursor=zz", None),
    ("post", "comments/", {}),
    ("post", "comments/", {"text": "mine"}),
    ("options", "comments/", None),
    ("get", "comments/1/", None),
    ("delete", "comments/1/", None),
]


def told(answer):
    return answer.status_code, answer.content, {**answer.headers, "X-Request-Id": ""}


@pytest.mark.django_db
def test_d9_a_hidden_post_answers_like_a_missing_one_header_for_header(alice, bob, as_user, guest):
    stranger = as_user(bob)
    hidden = [
        albums.published(alice, visibility="private"),
        albums.published(alice, visibility="followers"),
        albums.album(alice, media_state="processing"),
    ]
    before = [row(each) for each in hidden]

    for client in (stranger, guest):
        for method, path, body in READS_AND_WRITES:
            act = getattr(client, method)
            missing = told(act(f"/posts/{NOBODY}/{path}", body))
            for each in hidden:
                assert told(act(f"/posts/{each.pk}/{path}", body)) == missing, (method, path)
    assert [row(each) for each in hidden] == before


@pytest.mark.django_db
def test_d5_the_session_of_another_is_as_missing_as_none(alice, bob, as_user):
    open_session(user_id=bob.pk, device=Device())
    his = Session.objects.get(user=bob)
    client = as_user(alice)

    answers = [
        told(client.delete(f"/users/sessions/{each}/"))
        for each in (his.pk, "00000000-0000-0000-0000-000000000001")
    ]

    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert Session.objects.get(pk=his.pk).revoked_at is None


# --- The wire ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_ORIGINAL_URL"]
)
def test_no_header_turns_links_to_another_site(alice, as_user, header):
    for _ in range(2):
        albums.published(alice)

    answer = as_user(alice).get("/posts/?limit=1", **{header: "evil.example"})

    assert answer.json()["next"].startswith(f"{settings.SITE_URL}/posts/?cursor=")
    assert "evil" not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize(
    "header", ["HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD"]
)
def test_d1_no_header_turns_one_method_into_another(alice, as_user, header):
    client = as_user(alice)

    assert refused(client.post("/users/alice/", {"_method": "DELETE"}, **{header: "DELETE"}), 405)
    assert client.get("/users/alice/", **{header: "DELETE"}).status_code == 200
    alice.refresh_from_db()
    assert alice.deleted_at is None


def test_a_body_beyond_any_album_is_refused_before_it_is_read(guest, db):
    answer = guest.post(
        "/posts/", b"", content_type="multipart/form-data", CONTENT_LENGTH=str(2**30)
    )

    assert refused(answer, 413) == "too_large"
