"""Uploads whose time is over, and stores that fail on the way: nothing half done (D8)."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from media import storage, tasks, uploads
from media.models import LooseFolder, Media, Upload
from tests.media import stores
from tests.media.sending import (
    NOT_FOUND,
    NOTHING,
    PHOTO,
    complete,
    hidden,
    in_a_bucket,
    large,
    look,
    on_files,
    send_form,
    send_part,
    sent,
    slices,
)
from tests.media.uploads import Killed

pytestmark = pytest.mark.django_db


# Time


@on_files
def test_an_upload_is_over_when_its_time_is(store, as_user, alice, begin, committed):
    content = large()
    form, parts = begin(PHOTO), begin(content)
    begun = datetime.now(UTC)
    send_part(store, parts, 1, slices(content)[1])

    with time_machine.travel(begun + timedelta(hours=6, minutes=1)):
        api = as_user(alice)
        assert send_form(store, form, PHOTO).status == 403
        assert send_part(store, parts, 2, slices(content)[2]).status == 403
        for answer in (look(api, form), complete(api, form), complete(api, parts)):
            assert (answer.status_code, answer.json()["code"]) == (410, "upload_expired")
    assert len(store.names("originals")) == 1

    with time_machine.travel(begun + timedelta(hours=25)), committed():
        tasks.upload_sweep()
        tasks.media_sweep()
    assert store.everything() == NOTHING
    assert (Upload.objects.count(), LooseFolder.objects.count()) == (0, 0)
    assert hidden(complete(as_user(alice), form)) == NOT_FOUND


@on_files
def test_pictures_that_nothing_shows_go_after_a_day_and_others_stay(
    store, as_user, alice, begin, committed
):
    api = as_user(alice)
    kept = complete(api, sent(store, begin, PHOTO)).json()["id"]
    complete(api, sent(store, begin, PHOTO))
    api.post("/posts/", {"media": [kept]})
    now = datetime.now(UTC)

    with time_machine.travel(now + timedelta(hours=23)), committed():
        tasks.upload_sweep()
    assert Media.objects.count() == 2

    with time_machine.travel(now + timedelta(hours=25)), committed():
        tasks.upload_sweep()
    assert [media.pk for media in Media.objects.all()] == [kept]
    assert Upload.objects.count() == 0
    assert {name.partition("/original")[0] for name in store.names("originals")} == {
        storage.folder_of(Media.objects.get().original)
    }


@in_a_bucket
def test_parts_that_nobody_remembers_are_given_up(store, begin):
    upload = begin(large())
    Upload.objects.all().delete()  # as if the power had gone before its row was there

    assert uploads.abort_before(timezone.now() - timedelta(hours=1)) == 0
    assert uploads.abort_before(timezone.now() + timedelta(hours=1)) == 1
    assert uploads.abort_before(timezone.now() + timedelta(hours=1)) == 0
    assert send_part(store, upload, 1, slices(large())[1]).status == 404


# When the store fails


def unavailable(answer):
    return (
        answer.status_code,
        answer.json()["code"],
        int(answer.headers["Retry-After"]) > 0,
    ) == (503, "store_unavailable", True)


@on_files
@pytest.mark.parametrize("operation", ["save", "open"])
def test_d8_a_store_that_fails_at_the_completion_is_tried_again(
    store, api, begin, operation, announced
):
    upload = sent(store, begin, PHOTO)
    fault = stores.nth(operation, 1, stores.raising(OSError("the disk is full")))

    with stores.faulty("originals", fault):
        answer = complete(api, upload)

    assert unavailable(answer)
    assert (Media.objects.count(), announced, LooseFolder.objects.count()) == (0, [], 1)
    assert len(store.names("originals")) == 1
    assert look(api, upload).json()["arrived"]
    assert complete(api, upload).status_code == 200
    assert len(announced.events()) == 1


@on_files
def test_d8_a_store_that_fails_takes_no_bytes_and_says_when_to_come_again(store, begin, api):
    form, parts = begin(PHOTO), begin(PHOTO, parts=True)

    with stores.faulty("originals", stores.nth("save", 1, stores.raising(OSError("full")))):
        refused = send_form(store, form, PHOTO)
    with stores.faulty("originals", stores.nth("save", 1, stores.raising(OSError("full")))):
        also = send_part(store, parts, 1, PHOTO)

    for answer in (refused, also):
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
    assert store.everything() == NOTHING
    assert send_form(store, form, PHOTO).status == 204
    assert send_part(store, parts, 1, PHOTO).status == 200


@in_a_bucket
def test_d8_a_bucket_that_is_away_is_told_and_nothing_is_half_done(
    store, begin, api, monkeypatch, announced
):
    upload = sent(store, begin, large())
    with socket.create_server(("127.0.0.1", 0)) as dead:
        address = f"http://127.0.0.1:{dead.getsockname()[1]}"
    stores.use_bucket(monkeypatch, **{**store.bucket.variables, "S3_ENDPOINT_URL": address})

    begun = api.post("/media/uploads/", {"size": 10, "type": "image/png", "parts": True})
    assert all(unavailable(each) for each in (begun, look(api, upload), complete(api, upload)))
    assert [row.pk for row in Upload.objects.all()] == [upload["id"]]
    assert (Media.objects.count(), announced) == (0, [])

    stores.use_bucket(monkeypatch, **store.bucket.variables)
    assert look(api, upload).json()["arrived"]
    assert complete(api, upload).status_code == 200
    assert store.names("originals") == [Media.objects.get().original]


@pytest.mark.parametrize("in_parts", [False, True], ids=["form", "parts"])
def test_an_answer_of_the_store_that_was_lost_is_made_good(store, api, begin, in_parts):
    content = large()
    upload = sent(store, begin, content, parts=in_parts)
    # A first run that had everything joined and copied, and never heard of it.
    folder = LooseFolder.objects.create(folder=storage.new_folder()).folder
    uploads.gather(Upload.objects.get(), folder)

    assert look(api, upload).json()["arrived"]
    assert complete(api, upload).status_code == 200

    media = Media.objects.get()
    assert store.read("originals", media.original) == content
    storage.remove(folder)  # as the sweep does
    assert store.names("originals") == [media.original]


@on_files
@pytest.mark.parametrize(("operation", "number"), [("save", 1), ("open", 1), ("delete", 1)])
def test_when_the_power_goes_it_is_completed_by_the_next_try(
    store, as_user, alice, begin, committed, operation, number
):
    api = as_user(alice)
    upload = sent(store, begin, PHOTO)
    fault = stores.nth(operation, number, stores.raising(Killed()))

    with stores.faulty("originals", fault), pytest.raises(Killed):
        complete(api, upload)

    assert complete(api, upload).status_code == 200
    media = Media.objects.get()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)), committed():
        tasks.media_sweep()
    assert store.names("originals") == [media.original]


def test_a_dead_broker_and_a_dead_cache_change_nothing(store, api, begin, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BROKER_URL = settings.REDIS_URL

    assert complete(api, sent(store, begin, PHOTO)).status_code == 200
