"""Stories that try to break the API, and security stories (L13): each was once tried by hand."""

import base64
import hashlib
import hmac
import io
import json
from datetime import UTC, datetime

import jwt
import pytest
from django.conf import settings

from events.models import Announcement
from media.models import Media
from posts.models import Post
from tests import albums, pictures
from users import tokens
from users.actions.sessions import Device, open_session
from users.models import Session, User

SHAPE = {"code", "detail", "fields"}
NOBODY = 999_999_999


def refused(answer, *statuses):
    """The code of an error that has the one shape (D8) and one of the `statuses`."""
    assert answer.status_code in statuses, answer.content[:300]
    body = answer.json()
    assert set(body) == SHAPE
    return body["code"]


# --- Bodies that no client of ours sends ---------------------------------------------------------

WRITES = ["/users/register", "/users/login", "/users/refresh", "/users/password/reset"]


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("field", ["username", "email", "refresh"])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_d8_a_body_that_is_nested_a_thousand_deep_is_a_400(
    guest, db, path, field, opening, closing
):
    body = f'{{"{field}": {opening * 1000}1{closing * 1000}}}'

    answer = guest.post(path, body, content_type="application/json")

    assert refused(answer, 400) == "parse_error"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"1",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"username": "\\ud800"}',
        b'{"username": 1e400}',
        b'{"username": NaN}',
    ],
)
def test_d8_a_body_that_is_no_object_of_text_is_a_400(guest, db, body):
    answer = guest.post("/users/login", body, content_type="application/json")

    assert refused(answer, 400) in ("parse_error", "invalid")


@pytest.mark.parametrize("charset", ["hex", "utf-7", "unicode_escape", "idna", "utf-16", "latin-1"])
def test_d8_texts_in_another_charset_than_utf_8_are_a_415(guest, db, charset):
    form = f"application/x-www-form-urlencoded; charset={charset}"

    for answer in (
        guest.post("/users/login", "username=%2B2AA-&password=x", content_type=form),
        guest.get("/instance?a=b", CONTENT_TYPE=f"text/plain; charset={charset}"),
        guest.get("/users/x/posts/?tag=a", CONTENT_TYPE=f"text/plain; charset={charset}"),
    ):
        assert refused(answer, 415) == "unsupported_media_type"


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "no-such-charset"])
def test_texts_in_utf_8_are_read_whatever_it_is_called(guest, db, charset):
    form = f"application/x-www-form-urlencoded; charset={charset}"

    answer = guest.post("/users/login", "username=ada&password=x", content_type=form)

    assert refused(answer, 401) == "wrong_credentials"


def cursor(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "p=9999-12-31 23:59:59-23:59",
        "p=0001-01-01 00:00:00+23:59",
        "p=2026-02-30 00:00:00+00:00",
        "p=infinity",
        "p=1e400",
        "p=" + "9" * 5000,
        "p=\x00",
        "p=';select pg_sleep(5)--",
    ],
)
def test_d7_a_cursor_of_a_place_that_no_row_can_have_is_a_400(alice, as_user, text):
    client = as_user(alice)

    for path in ("/users/sessions/", "/users/alice/posts/", "/posts/"):
        assert refused(client.get(path, {"cursor": cursor(text)}), 400) == "invalid"


def test_d7_every_cursor_that_a_list_gives_is_taken_back(alice, as_user):
    client = as_user(alice)
    for _ in range(3):
        open_session(user_id=alice.pk, device=Device())
        albums.published(alice)

    for path in ("/users/sessions/", "/users/alice/posts/", "/posts/", "/posts/timeline/"):
        first = client.get(path, {"limit": 1}).json()
        second = client.get(first["next"]).json()
        third = client.get(second["next"]).json()
        back = client.get(third["previous"]).json()
        pages = [first, second, third]
        assert len({page["results"][0]["id"] for page in pages}) == 3
        assert back["results"] == second["results"]


# --- Files that are not what they say ------------------------------------------------------------


def stored_files(root):
    return [path for path in root.rglob("*") if path.is_file()]


def heic():
    out = io.BytesIO()
    pictures.Image.new("RGB", (640, 480), (200, 80, 40)).save(out, "HEIF")
    return out.getvalue()


def avif():
    return pictures.picture(640, 480, kind="AVIF")


@pytest.mark.parametrize("whole", [heic(), avif()], ids=["HEIC", "AVIF"])
def test_half_a_photo_of_a_telephone_is_refused_and_leaves_nothing(
    alice, as_user, photo, tmp_path, whole
):
    client = as_user(alice)

    for size in (len(whole) - 1, len(whole) * 3 // 4, len(whole) // 2, 200, 30):
        torn = photo(name="IMG_1.HEIC")
        torn.file = io.BytesIO(whole[:size])
        torn.size = size
        answer = client.post("/posts/", {"images": [photo(), torn]}, format="multipart")
        assert refused(answer, 400) == "damaged_photo"
        assert set(answer.json()["fields"]) == {"images.1"}

    assert (Post.objects.count(), Media.objects.count()) == (0, 0)
    assert stored_files(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<script>alert(1)</script>",
        b"GIF89a/*<script>alert(1)</script>*/=1;",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.4",
        b"%!PS-Adobe-3.0 EPSF\n",
        pictures.picture(kind="TIFF"),
        pictures.picture(kind="BMP"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\0\0\0\x01\x08\x02\0\0\0xxxx",
    ],
)
def test_what_is_no_photo_is_a_400_and_leaves_nothing(alice, as_user, photo, tmp_path, content):
    fake = photo(name="../../etc/passwd.jpg")
    fake.file, fake.size = io.BytesIO(content), len(content)

    answer = as_user(alice).post("/posts/", {"images": [photo(), fake]}, format="multipart")

    refused(answer, 400)
    assert (Post.objects.count(), Media.objects.count()) == (0, 0)
    assert stored_files(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["../../../x.jpg", "a\x00b.jpg", 'a"b.jpg', "con.php", "\u202egpj.exe"]
)
def test_the_name_of_a_file_decides_nothing(alice, as_user, photo, tmp_path, name):
    answer = as_user(alice).post("/posts/", {"images": [photo(name=name)]}, format="multipart")

    assert answer.status_code == 201
    assert [path.name for path in stored_files(tmp_path)] == ["original"]
    assert stored_files(tmp_path)[0].is_relative_to(tmp_path / "originals")


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
    key = settings.SIMPLE_JWT["SIGNING_KEY"]
    said = {**jwt.decode(pair["access"], key, ["HS256"]), **claims}
    unsigned = f"{b64({'alg': 'HS256', 'typ': 'JWT'})}.{b64(said)}"
    signature = hmac.new(key.encode(), unsigned.encode(), hashlib.sha256).digest()

    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {unsigned}.{b64(signature)}")

    assert refused(guest.get("/users/"), 401) == "token_not_valid"


@pytest.mark.django_db
def test_y1_a_letter_opens_only_the_door_that_it_was_written_for(guest, alice):
    activation, reset = tokens.for_address(alice, alice.email), tokens.for_reset(alice)
    password = "another horse battery"

    for token in (activation, f"{reset}x", reset.upper(), f"{alice.pk + 1}-{reset}", "-", "1-"):
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
    assert client.patch(f"/posts/{his.pk}/", {**EVIL, "media": [1]}).status_code == 200
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

    assert answer.json()["next"].startswith("http://testserver/posts/?cursor=")
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
    answer = guest.post("/posts/", b"", content_type="multipart/form-data", CONTENT_LENGTH=2**30)

    assert refused(answer, 413) == "too_large"
