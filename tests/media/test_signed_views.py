"""The door where the file store's signed pictures are served (T7): what was signed, and no more."""

from urllib.parse import urlsplit

import pytest

from media import storage
from tests.media import stores
from tests.signed import HOUR, at, signed_picture, urls_of

pytestmark = pytest.mark.django_db

REFUSED = {
    "code": "link_refused",
    "detail": "This link has ended, or was never good. Please load the page it came from again.",
    "fields": {},
}


@pytest.fixture
def picture(alice):
    return signed_picture(alice)


@pytest.fixture
def url(alice, picture):
    return urls_of(picture, alice)["320"]


def test_every_letter_of_a_signed_url_counts(guest, url):
    """T7: from the name of the file to the last letter of the signature."""
    place = urlsplit(url)
    whole = f"{place.path}?{place.query}"
    assert guest.get(whole).status_code == 200

    for position in range(len("/media/signed/"), len(whole)):
        letter = "0" if whole[position] != "0" else "1"
        changed = whole[:position] + letter + whole[position + 1 :]
        answer = guest.get(changed)
        assert (answer.status_code, answer.json()) == (403, REFUSED), changed
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "change",
    [
        lambda query: "",
        lambda query: query + "&expires=99999999999",
        lambda query: "expires=99999999999&" + query,
        lambda query: query + "&",
        lambda query: query + "=",
        lambda query: query[:-1],
        lambda query: query.upper(),
        lambda query: query.replace("&viewer=", "&viewer=0"),
        lambda query: query.replace("expires=", "expires=%30"),
        lambda query: query.replace("&", ";"),
        lambda query: query.partition("&signature")[0],
        lambda query: query.partition("signature=")[0] + "signature=" + "A" * 43,
        lambda query: query.partition("signature=")[0] + "signature=" + "é" * 43,
        lambda query: "expires=" + "9" * 5000 + "&viewer=1&signature=" + "A" * 43,
        lambda query: "%00%ff",
    ],
)
def test_a_query_that_was_not_signed_is_refused(guest, url, change):
    path, _, query = url.partition("?")

    answer = guest.get(f"{path}?{change(query)}")

    assert (answer.status_code, answer.json()) == (403, REFUSED)


def test_a_signature_opens_neither_an_original_nor_a_neighbour(guest, url, picture, alice):
    other = signed_picture(alice)
    query = url.partition("?")[2]

    for name in (
        picture.original,
        f"{picture.folder}/original",
        f"{picture.folder}/../{other.renditions['320']}",
        other.renditions["320"],
        "..",
    ):
        assert guest.get(f"/media/signed/{name}?{query}").status_code == 403


def test_a_signed_picture_is_nowhere_among_the_public_ones(guest, picture):
    for name in picture.renditions.values():
        assert guest.get(f"/media/{name}").status_code == 404
    assert stores.files("default") == []


def test_another_key_signs_nothing_and_a_former_one_checks(guest, url, settings):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key, and as long as the first is"
    assert guest.get(url).status_code == 403

    settings.SECRET_KEY_FALLBACKS = [former]
    assert guest.get(url).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_signed_pictures_are_only_read(guest, url, method, picture):
    response = getattr(guest, method)(url)

    assert (response.status_code, response.json()["code"]) == (403, "link_refused")
    assert set(stores.files("originals")) == {picture.original, *picture.renditions.values()}


def test_signed_bytes_come_with_headers_for_one_person_alone(guest, alice, picture):
    with at(0 * HOUR):
        url = urls_of(picture, alice)["320"]
    name = picture.renditions["320"]
    with storage.open_rendition(name, access="signed") as file:
        content = file.read()

    with at(2 * HOUR):
        whole, head = guest.get(url), guest.head(url)
        part = guest.get(url, headers={"Range": "bytes=10-19"})
        same = guest.get(url, headers={"If-None-Match": whole["ETag"]})

    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, content)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(content)))
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(content)}"
    assert (same.status_code, same.content) == (304, b"")
    for answer in (whole, head, part, same):
        assert answer["Cache-Control"] == "private, max-age=21600"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'"
        assert answer["Accept-Ranges"] == "bytes"


def test_a_signed_picture_whose_file_is_lost_is_missing(guest, url, picture):
    storage.delete_names("originals", [picture.renditions["320"]])

    assert guest.get(url).status_code == 404


def test_a_store_that_fails_is_told_of(guest, url):
    fault = stores.nth("open", 1, stores.raising(OSError("the store is gone")))
    with stores.faulty("originals", fault):
        response = guest.get(url)

    assert (response.status_code, response.json()["code"]) == (503, "store_unavailable")
    assert response["Retry-After"] == "60"
    assert "Cache-Control" not in response


def test_nginx_is_told_what_to_send_and_nothing_that_was_not_signed(guest, url, picture, settings):
    settings.MEDIA_ACCEL_REDIRECT = "/_media/"
    settings.MEDIA_ACCEL_REDIRECT_SIGNED = "/_signed/"

    response = guest.get(url)
    refused = guest.get(url[:-1])

    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/_signed/{picture.renditions['320']}"
    assert response["Cache-Control"].startswith("private, max-age=")
    assert refused.status_code == 403
    assert "X-Accel-Redirect" not in refused


def test_any_django_storage_serves_signed_pictures(guest, alice):
    for alias in ("default", "originals"):
        stores.put(alias, {"BACKEND": "django.core.files.storage.InMemoryStorage"})
    picture = signed_picture(alice)

    url = urls_of(picture, alice)["320"]

    assert guest.get(url).status_code == 200
    assert guest.get(url.partition("?")[0]).status_code == 403
