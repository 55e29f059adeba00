"""What of a photo sent straight to the store is refused (D6, D8), and by whom: us, or the store."""

import io
from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client
from django.utils import timezone

from media.models import LooseFolder, Upload
from tests.media import stores
from tests.media.sending import NOTHING, PHOTO, TEXT, complete, large, look, send_form, sent, slices
from tests.media.uploads import MIB
from tests.racing import at_once

pytestmark = pytest.mark.django_db


# What is refused before anything


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"size": 0, "type": "image/png"}, "size"),
        ({"size": -1, "type": "image/png"}, "size"),
        ({"size": 20 * MIB + 1, "type": "image/png"}, "size"),
        ({"size": 2**80, "type": "image/png"}, "size"),
        ({"size": "many", "type": "image/png"}, "size"),
        ({"type": "image/png"}, "size"),
        ({"size": 10, "type": "image/svg+xml"}, "type"),
        ({"size": 10, "type": "text/html"}, "type"),
        ({"size": 10, "type": ["image/png"]}, "type"),
        ({"size": 10}, "type"),
        ({"size": 10, "type": "image/png", "parts": "perhaps"}, "parts"),
    ],
)
def test_d6_wrong_sizes_and_types_are_refused_before_anything(api, body, field):
    answer = api.post("/media/uploads/", body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["fields"]) == [field]
    assert (Upload.objects.count(), LooseFolder.objects.count()) == (0, 0)


def test_the_largest_photo_is_taken(api, settings):
    body = {"size": settings.PHOTO_MAX_BYTES, "type": "image/png"}

    answer = api.post("/media/uploads", body)  # D2: without its last slash

    assert answer.status_code == 201
    assert [part["size"] // MIB for part in answer.json()["parts"]] == [8, 8, 4]


def test_guests_begin_nothing(guest, db):
    answer = guest.post("/media/uploads/", {"size": 10, "type": "image/png"})

    assert answer.status_code == 401
    assert Upload.objects.count() == 0


def test_d6_beginning_and_completing_are_throttled_together(api, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "upload": "2/min"}
    body = {"size": 10, "type": "image/png"}
    upload = api.post("/media/uploads/", body).json()

    assert complete(api, upload).status_code == 409
    for answer in (api.post("/media/uploads/", body), complete(api, upload)):
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert look(api, upload).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_fifty_that_are_begun_at_once_are_no_more_than_may_be_open(as_user, alice, settings):
    settings.UPLOADS_OPEN_MAX = 7
    answers = []

    def begin():
        body = {"size": 10, "type": "image/png"}
        answers.append(as_user(alice).post("/media/uploads/", body).status_code)

    at_once(*[begin] * 50)

    assert sorted(answers) == [201] * 7 + [409] * 43
    assert Upload.objects.count() == LooseFolder.objects.count() == 7


def test_what_is_completed_refused_given_up_or_over_is_not_open_any_more(
    api, begin, settings, store
):
    settings.UPLOADS_OPEN_MAX = 1
    body = {"size": 10, "type": "image/png"}

    def full():
        return api.post("/media/uploads/", body).json()["code"] == "too_many_uploads"

    upload = sent(store, begin, PHOTO)
    assert full()
    complete(api, upload)
    refused = sent(store, begin, TEXT)
    assert full()
    assert complete(api, refused).status_code == 400
    given_up = begin(PHOTO)
    assert full()
    api.delete(f"/media/uploads/{given_up['id']}/")
    over = begin(PHOTO)
    assert full()
    Upload.objects.filter(pk=over["id"]).update(expires_at=timezone.now())
    assert not begin(PHOTO)["arrived"]


# What the store refuses


@pytest.mark.parametrize("content", [PHOTO[:-1], PHOTO + b".", b"", PHOTO * 20])
def test_d6_a_form_takes_exactly_what_was_announced(store, api, begin, content):
    upload = begin(PHOTO)

    answer = send_form(store, upload, content)

    assert answer.status in (400, 403)
    assert store.everything() == NOTHING
    assert not look(api, upload).json()["arrived"]


def test_a_form_takes_no_other_type_and_no_other_name(store, begin):
    upload, other = begin(PHOTO), begin(PHOTO)
    fields = upload["fields"]
    place, _, query = upload["url"].partition("?")
    forged = [
        {**upload, "fields": {**fields, "Content-Type": "text/html"}},
        {**upload, "fields": {**fields, "Content-Type": ""}},
    ]
    if store.kind == "s3":
        forged += [
            {**upload, "fields": {**fields, "key": other["fields"]["key"]}},
            {**upload, "fields": {**fields, "policy": other["fields"]["policy"]}},
            {**upload, "fields": {k: v for k, v in fields.items() if k != "x-amz-signature"}},
        ]
    else:
        forged += [
            {**upload, "url": f"{other['url'].partition('?')[0]}?{query}"},
            {**upload, "url": f"{place}?{other['url'].partition('?')[2]}"},
            {**upload, "url": place},
            {**upload, "url": upload["url"].replace("size=", "size=9")},
            {**upload, "url": upload["url"].replace("expires=", "expires=9")},
            {**upload, "url": upload["url"].replace("files/", "parts/")},
        ]
    for each in forged:
        assert send_form(store, each, PHOTO).status in (400, 403, 405)
    assert store.everything() == NOTHING
    assert send_form(store, upload, PHOTO).status in (200, 201, 204)


def test_a_part_takes_exactly_its_bytes_and_no_other_number(store, api, begin):
    content = large()
    pieces = slices(content)
    upload = begin(content)
    (first, second, _) = [part["url"] for part in upload["parts"]]

    assert store.send("PUT", first, content=pieces[1][:-1]).status in (400, 403)
    assert store.send("PUT", first, content=pieces[1] + b".").status in (400, 403)
    assert store.send("POST", first, content=pieces[1]).status in (400, 403, 405)
    forged = first.replace("upload.1?", "upload.2?").replace("partNumber=1", "partNumber=2")
    assert forged != first
    assert store.send("PUT", forged, content=pieces[1]).status == 403
    assert store.send("PUT", second[:-1] + "!", content=pieces[2]).status == 403
    assert not any(part["arrived"] for part in look(api, upload).json()["parts"])
    assert store.everything() == NOTHING


# The file store's own doors


@pytest.fixture
def door(begin):
    """The two doors of the file store, as a browser of another origin finds them."""
    form, parts = begin(PHOTO), begin(PHOTO, parts=True)
    place = live.SITE_URL
    return form["url"].removeprefix(place), parts["parts"][0]["url"].removeprefix(place)


def test_the_doors_are_open_to_other_origins_and_to_one_method_each(door):
    for path, method in zip(door, ("POST", "PUT"), strict=True):
        asked = Client().options(path)
        assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, method)
        assert asked["Access-Control-Allow-Origin"] == "*"
        refused = Client().get(path)
        assert (refused.status_code, refused["Allow"]) == (405, f"{method}, OPTIONS")
        assert refused.json()["code"] == "method_not_allowed"
        assert refused["Access-Control-Allow-Origin"] == "*"


def test_a_body_without_its_length_is_refused(door):
    answer = Client().generic("PUT", door[1], PHOTO, CONTENT_LENGTH="")

    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")
    assert stores.kept() == []


def test_a_body_that_breaks_off_leaves_nothing(door):
    environ: Any = {"wsgi.input": io.BytesIO(PHOTO[:-9]), "CONTENT_LENGTH": str(len(PHOTO))}
    answer = Client().generic("PUT", door[1], **environ)

    assert (answer.status_code, answer.json()["code"]) == (400, "broke_off")
    assert stores.kept() == []


def test_nothing_is_read_of_what_has_no_permit_or_is_announced_too_large(door):
    class Unreadable:
        def read(self, *_):
            raise AssertionError("read")

        readline = read

    form, part = door
    for path, length, status in (
        (form + "x", 10, 403),
        (part + "x", 10, 403),
        (form, len(PHOTO) + MIB, 400),
        (part, len(PHOTO) + 1, 400),
    ):
        environ: Any = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(length)}
        answer = Client().generic("POST" if "files/" in path else "PUT", path, **environ)
        assert answer.status_code == status, path


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"Content-Type=image%2Fjpeg", "application/x-www-form-urlencoded"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"{}", "application/json"),
    ],
)
def test_d8_what_is_no_form_is_refused(door, body, kind):
    answer = Client().generic("POST", door[0], body, content_type=kind)

    assert answer.status_code in (400, 403, 411)
    assert set(answer.json()) == {"code", "detail", "fields"}
    assert stores.kept() == []


def test_where_photos_are_in_a_bucket_the_doors_are_shut(begin, door, bucket):
    for path, method in zip(door, ("POST", "PUT"), strict=True):
        answer = Client().generic(method, path, PHOTO)

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
