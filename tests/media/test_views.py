"""Fetching renditions (Y7, D8, D9): pictures and nothing else, whole or in part, for ever."""

from pathlib import Path

import pytest
from django.conf import settings

from media import storage
from media.actions import deleting, processing, receiving
from tests import pictures
from tests.media import stores
from tests.media.stores import nth, raising

pytestmark = pytest.mark.django_db
MISSING = {"code": "not_found", "detail": "Not found.", "fields": {}}


@pytest.fixture
def media(alice):
    photo = pictures.uploaded(width=700, height=500)
    return processing.process_media(receiving.store_photo(owner=alice, file=photo).pk)


@pytest.fixture
def url(media):
    return storage.url(media.renditions["320"])


@pytest.fixture
def content(media):
    with storage.open_rendition(media.renditions["320"]) as file:
        return file.read()


def test_a_rendition_is_served_to_everyone_for_ever(guest, url, content):
    response = guest.get(url)

    assert response.status_code == 200
    assert response.getvalue() == content
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(content))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in response
    assert "Vary" not in response


def test_transparent_pictures_are_webp(guest):
    name = storage.save_rendition(storage.new_folder(), 320, b"webp", "webp")

    assert guest.get(storage.url(name))["Content-Type"] == "image/webp"


def test_no_query_is_made(guest, url, django_assert_num_queries):
    with django_assert_num_queries(0):
        guest.get(url)


def test_head_tells_the_same_without_the_bytes(guest, url, content):
    whole, head = guest.get(url), guest.head(url, HTTP_RANGE="bytes=0-9")

    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) | {"X-Request-Id": ""} == dict(whole.headers) | {"X-Request-Id": ""}


# Versions


def test_who_has_it_already_gets_no_bytes(guest, url):
    etag = guest.get(url)["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = guest.get(url, HTTP_IF_NONE_MATCH=known)
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == etag
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert guest.get(url, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_each_rendition_is_a_version_of_its_own(guest, media):
    etags = {guest.get(storage.url(name))["ETag"] for name in media.renditions.values()}

    assert len(etags) == 3


def test_a_deleted_picture_is_missing_even_for_who_has_it(guest, media, url, committed):
    etag = guest.get(url)["ETag"]
    with committed():
        deleting.delete_media([media.pk])

    response = guest.get(url, HTTP_IF_NONE_MATCH=etag)

    assert (response.status_code, response.json()) == (404, MISSING)


# Ranges


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=10-", 10, None),
        ("bytes=-5", -5, None),
        ("bytes=1-999999", 1, None),
        ("bytes=1-99999999999999999", 1, None),
    ],
)
def test_one_range_is_served(guest, url, content, asked, start, stop):
    response = guest.get(url, HTTP_RANGE=asked)

    expected = content[start:stop]
    first = content.index(expected)
    assert (response.status_code, response.getvalue()) == (206, expected)
    assert response["Content-Length"] == str(len(expected))
    assert response["Content-Range"] == (
        f"bytes {first}-{first + len(expected) - 1}/{len(content)}"
    )


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=999999-1000000", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_served(guest, url, content, asked):
    response = guest.get(url, HTTP_RANGE=asked)

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(content)}"
    assert response.json() == {
        "code": "invalid_range",
        "detail": f"This file has {len(content)} bytes.",
        "fields": {},
    }


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-", "bytes=-999999", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "bytes=a-b",
     "lines=1-2", "bytes=٣-٤", "bytes=" + "9" * 5000 + "-"],
)  # fmt: skip
def test_what_is_no_single_range_gets_the_whole(guest, url, content, asked):
    response = guest.get(url, HTTP_RANGE=asked)

    assert (response.status_code, response.getvalue()) == (200, content)
    assert "Content-Range" not in response


def test_a_range_of_another_version_gets_the_whole(guest, url, content):
    etag = guest.get(url)["ETag"]

    fresh = guest.get(url, HTTP_RANGE="bytes=0-3", HTTP_IF_RANGE=etag)
    stale = guest.get(url, HTTP_RANGE="bytes=0-3", HTTP_IF_RANGE='"other"')

    assert (fresh.status_code, fresh.getvalue()) == (206, content[:4])
    assert (stale.status_code, stale.getvalue()) == (200, content)


# Nothing else


FOLDER = "ab/" + "0" * 38


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "..",
        "../originals/" + FOLDER + "/original",
        "%2e%2e/originals/" + FOLDER + "/original",
        "..%2foriginals%2f" + FOLDER + "%2foriginal",
        "..%5coriginals",
        FOLDER,
        FOLDER + "/",
        FOLDER + "/original",
        FOLDER + "/secret.txt",
        FOLDER + "/320.jpg/",
        FOLDER + "/320.jpg%00",
        FOLDER + "/320.jpg%0a",
        FOLDER + "/320.JPG",
        FOLDER + "/640.jpg",
        FOLDER + "/../" + FOLDER + "/320.jpg",
        FOLDER.upper() + "/320.jpg",
        "./" + FOLDER + "/320.jpg",
        "//" + FOLDER + "/320.jpg",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "%00",
        "%ff%fe",
        "ab",
        FOLDER + "/" + "9" * 5000 + ".jpg",
    ],
)
def test_whatever_is_no_rendition_is_missing(guest, path):
    storage.save_rendition(FOLDER, 320, b"there", "jpg")
    public = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    (public / FOLDER / "secret.txt").write_text("not a picture")
    storage.save_original(FOLDER, pictures.uploaded())

    response = guest.get(f"/media/{path}")

    assert (response.status_code, response.json()) == (404, MISSING)


def test_an_original_is_missing_whatever_stands_before_its_name(guest, media):
    for prefix in ("", "originals/", "../originals/", "public/../../originals/"):
        response = guest.get(f"/media/{prefix}{media.original}")
        assert (response.status_code, response.json()) == (404, MISSING)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_pictures_are_only_read(guest, url, method, media):
    response = getattr(guest, method)(url)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["code"] == "method_not_allowed"
    assert stores.files("default") == sorted(media.renditions.values())


def test_a_store_that_fails_is_told_of_and_not_kept_in_caches(guest, url):
    with stores.faulty("default", nth("open", 1, raising(OSError("the store is gone")))):
        response = guest.get(url)

    assert (response.status_code, response.json()["code"]) == (503, "store_unavailable")
    assert response["Retry-After"] == "60"
    assert "Cache-Control" not in response


# Before nginx


def test_nginx_is_told_what_to_send(guest, url, media, settings):
    settings.MEDIA_ACCEL_REDIRECT = "/renditions/"

    response = guest.get(url)

    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/renditions/{media.renditions['320']}"
    assert response["Content-Type"] == "image/jpeg"


def test_nginx_is_never_told_to_send_anything_else(guest, media, settings):
    settings.MEDIA_ACCEL_REDIRECT = "/renditions/"

    response = guest.get(f"/media/../originals/{media.original}")

    assert (response.status_code, response.json()) == (404, MISSING)
    assert "X-Accel-Redirect" not in response
