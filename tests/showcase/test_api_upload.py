"""Uploading on threetography's surface (T5, T7, T8): three places, and answered when it hangs."""

import pytest

from media.models import LooseFolder, Media
from posts.actions.posts import create_post
from showcase.models import Hanging
from tests.conftest import deliver_all
from tests.media.stores import faulty, nth, raising
from tests.racing import at_once
from tests.showcase.hanging import NO_PHOTOS, current, fetch, files, history, put, shown
from tests.showcase.threetography import SHAPE, refused, signed_in, upload

pytestmark = pytest.mark.usefixtures("unthrottled")


@pytest.mark.parametrize("field", ["Pos", "pos"])
def test_an_upload_hangs_when_it_is_answered(alice, photo, worker, guest, field):  # T5
    client = signed_in(alice)
    for place in ("one", "two", "three", "two"):
        answer = upload(client, photo(), **{field: place})
        assert (answer.status_code, answer.json()) == (200, {"uploaded": True})

    urls = client.get("/api/me").json()["imageUrls"]
    assert len(set(urls)) == 3
    assert [fetch(guest, url) for url in urls] == [200] * 3
    assert [url.partition("?")[0] == url for url in urls] == [False] * 3
    assert fetch(guest, urls[0].partition("?")[0]) == 403  # T7
    assert Hanging.objects.current().count() == 3
    assert len(history(client, alice)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Pos": ""},
        {"Pos": "four"},
        {"Pos": "0"},
        {"Pos": "One"},
        {"Pos": "one "},
        {"Pos": "one'; DROP TABLE showcase_hanging; --"},
        {"Pos": "one\x00"},
        {"pos": "four"},
        {"POS": "one"},
        {"position": "one"},
        {"Pos": "one", "pos": "two"},
        {"Pos": "four", "pos": "one"},
    ],
)
def test_any_other_place_is_a_400_and_changes_nothing(
    alice, photo, hang, announced, fields
):  # T5, D8
    client = signed_in(alice)

    answer = upload(client, photo(), **fields)

    assert answer.status_code == 400
    assert set(answer.json()) == SHAPE
    assert announced == []
    assert (Hanging.objects.exists(), Media.objects.exists(), files()) == (False, False, [])


@pytest.mark.parametrize("number", range(len(NO_PHOTOS)))
def test_a_file_that_is_no_image_is_a_400_and_changes_nothing(alice, hang, number):  # T5, D8
    present = hang(alice, "one")
    before = files()
    NO_PHOTOS[number].seek(0)

    answer = upload(signed_in(alice), NO_PHOTOS[number], Pos="one")

    assert answer.status_code == 400
    assert set(answer.json()) == SHAPE
    assert list(answer.json()["fields"]) == ["File"]
    assert current(alice, "one") == present
    assert (files(), LooseFolder.objects.exists()) == (before, False)


def test_no_file_at_all_is_a_400(alice):  # T5
    client = signed_in(alice)
    for answer in (
        client.post("/api/upload", {"Pos": "one"}, format="multipart"),
        client.post("/api/upload", {"Pos": "one", "File": "photo.jpg"}, format="multipart"),
        client.post("/api/upload", {"Pos": "one", "File": "photo.jpg"}),
    ):
        body = refused(answer, 400, "invalid")
        assert body["reasonForFailure"].startswith("File: ")


def test_a_picture_whose_pixels_are_damaged_is_a_400_and_leaves_nothing(alice, hang, photo, worker):
    """T5: its header looks good, so that this is found out while it is prepared."""
    present = hang(alice, "one")
    before = files()
    torn = photo(1600, 1200, quality=95)
    torn.size = torn.size // 2
    torn.file.truncate(torn.size)

    answer = upload(signed_in(alice), torn, Pos="one")

    refused(answer, 400, "not_a_photo")
    assert current(alice, "one") == present
    deliver_all()
    assert (files(), Hanging.objects.count(), Media.objects.count()) == (before, 1, 1)


def test_without_a_worker_the_answer_is_honest_and_the_picture_hangs_later(alice, photo, settings):
    settings.UPLOAD_WAIT = 0.2
    client = signed_in(alice)

    answer = upload(client, photo(), Pos="one")

    assert answer.status_code == 202
    assert set(answer.json()) == {"uploaded", "reasonForFailure"}
    assert answer.json()["uploaded"] is False
    assert client.get("/api/me").json()["imageUrls"] == ["", "", ""]
    deliver_all()
    assert client.get("/api/me").json()["imageUrls"][0]


def test_who_finds_no_seat_to_wait_in_is_answered_at_once(alice, photo, seats):
    seats(0)
    client = signed_in(alice)

    answer = upload(client, photo(), Pos="one")  # no worker: waiting would take `UPLOAD_WAIT`

    assert (answer.status_code, answer.json()["uploaded"]) == (202, False)
    deliver_all()
    assert client.get("/api/me").json()["imageUrls"][0]


def test_a_store_that_fails_is_a_503_with_a_reason(alice, photo):
    with faulty("originals", nth("save", 1, raising(OSError("full")))):
        refused(upload(signed_in(alice), photo(), Pos="one"), 503, "store_unavailable")

    assert (Hanging.objects.exists(), files()) == (False, [])


@pytest.mark.django_db(transaction=True)
def test_twelve_uploads_at_once_to_one_place_leave_one_there(alice, photo, worker, seats):  # T5
    client, answers = signed_in(alice), []
    seats(12)

    at_once(*[lambda: answers.append(upload(client, photo(), Pos="one").json())] * 12)

    assert answers == [{"uploaded": True}] * 12
    assert [bool(url) for url in client.get("/api/me").json()["imageUrls"]] == [True, False, False]
    assert len(history(client, alice)) == 11


def test_both_surfaces_show_the_same_pictures(alice, as_user, photo, hang, guest):  # D3
    row = hang(alice, "three")
    assert signed_in(alice).get("/api/me").json()["imageUrls"][2]
    assert shown(guest, alice) == [None, None, row.media_id]
    post = create_post(author=alice, images=[photo()])
    deliver_all()
    put(as_user(alice), alice, "one", media_id=post.places.get().media_id)
    deliver_all()
    urls = signed_in(alice).get("/api/me").json()["imageUrls"]
    assert [bool(url) for url in urls] == [True, False, True]
