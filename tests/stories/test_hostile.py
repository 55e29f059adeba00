"""Stories that try to break the API (L13): bodies and files that no client of ours sends."""

import base64
import io
import json
import logging

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from PIL import Image
from structlog.stdlib import ProcessorFormatter

from config.wsgi import application
from media.models import Media
from posts.models import Post
from tests import albums, pictures
from users.actions.sessions import Device, open_session

SHAPE = {"code", "detail", "fields"}


def refused(answer, status):
    """The code of an error of `status` that has the one shape (D8)."""
    assert answer.status_code == status, answer.content[:300]
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


def over_wsgi(path, content_type):
    """Status and body of a GET as the web server gets them, without Django's test client."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    started: list[str] = []

    def start(status, headers, exc_info=None):
        started.append(status)
        return started.append

    request_started.disconnect(close_old_connections)  # as Django's test client does
    try:
        body = application(environ, start)
    finally:
        request_started.connect(close_old_connections)
    return int(started[0].split()[0]), json.loads(b"".join(body))


@pytest.mark.parametrize(
    "content_type",
    [
        *(
            f"x/y; charset={name}"
            for name in ("hex", "idna", "undefined", "utf-7", "latin-1", "no")
        ),
        "x/y; charset*=no-such-charset''a",
    ],
)
@pytest.mark.django_db
def test_d8_texts_in_another_charset_than_utf_8_are_a_415(content_type):
    status, body = over_wsgi("/users/x/posts/?tag=%2B2AA-%5Cud800", content_type)

    assert (status, set(body), body["code"]) == (415, SHAPE, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16"])
def test_d8_a_form_of_half_characters_is_a_415(guest, db, charset):
    form = f"application/x-www-form-urlencoded; charset={charset}"

    answer = guest.post("/users/login", "username=%2B2AA-%5Cud800&password=x", content_type=form)

    assert refused(answer, 415) == "unsupported_media_type"


def test_d8_a_query_of_too_many_words_is_a_400_with_a_charset_too(alice):
    query = "&".join(["a=b"] * 1_500)

    status, body = over_wsgi(f"/users/alice/posts/?{query}", "application/json; charset=utf-8")

    assert (status, set(body), body["code"]) == (400, SHAPE, "bad_request")


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii"])
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


def test_a_report_in_the_log_tells_no_variables():
    """`rich`, where it is installed, would write a dump of them: passwords, and 40 s of work."""
    password = "poetical science"
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    formatters = [each.formatter for each in logging.getLogger().handlers]
    handler.setFormatter(next(each for each in formatters if isinstance(each, ProcessorFormatter)))
    log = logging.getLogger("tests.apart")
    log.propagate = False
    log.addHandler(handler)

    try:
        raise RuntimeError(f"{len(password)} characters")
    except RuntimeError:
        log.exception("hidden")
    log.removeHandler(handler)

    assert out.getvalue().endswith("RuntimeError: 16 characters\n")
    assert "poetical science" not in out.getvalue()


# --- Files that are not what they say ------------------------------------------------------------


def stored_files(root):
    return [path for path in root.rglob("*") if path.is_file()]


def heic():
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 80, 40)).save(out, "HEIF")
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
