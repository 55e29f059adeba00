"""What is served is the picture and nothing else; what is deleted is gone (Y7, Y9, D10)."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from PIL import Image

from events.models import Announcement
from media import storage, tasks
from media.actions import deleting, receiving
from media.models import LooseFolder, Media
from media.serializers import MediaCard, media_card
from tests.media import samples, stores
from tests.media.uploads import jpeg, process, served, upload

PHOTOS = Path(os.environ.get("YAFIG_PHOTOS") or Path(__file__).parents[3] / "shared" / "photos")
real_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="no folder of real photos")
pytestmark = pytest.mark.django_db


# Nothing but the picture


def metadata():
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return exif.tobytes()


@pytest.mark.parametrize("kind", [kind for kind in samples.FORMATS if kind != "GIF"])
def test_no_served_file_says_where_or_with_what_a_photo_was_taken(alice, kind):
    content = samples.saved(
        samples.quarters(800, 600), kind, exif=metadata(), icc_profile=samples.display_p3()
    )
    assert b"Camera Maker" in content

    media = process(receiving.store_photo(owner=alice, file=upload(content)))

    for each in served(media):
        picture = Image.open(io.BytesIO(each))
        assert dict(picture.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
        assert b"Camera Maker" not in each


def test_what_is_hidden_behind_the_pixels_is_not_served(alice):
    content = jpeg() + b"PK\x03\x04<script>alert(1)</script>"

    media = process(receiving.store_photo(owner=alice, file=upload(content)))

    assert not any(b"<script>" in each for each in served(media))


@real_photos
@pytest.mark.parametrize(
    "path",
    sorted(path for path in PHOTOS.glob("*") if path.suffix.lower() in (".jpg", ".heic")),
    ids=lambda path: path.name,
)
def test_a_real_photo_goes_through_upright_and_without_metadata(alice, path):
    media = receiving.store_photo(owner=alice, file=upload(path.read_bytes(), path.name))
    ready = process(media)

    assert ready.state == "ready"
    assert (ready.width, ready.height) == (media.width, media.height)
    for side, content in zip(ready.renditions, served(ready), strict=True):
        picture = Image.open(io.BytesIO(content))
        assert (picture.format, max(picture.size)) == ("JPEG", int(side))
        assert (picture.width > picture.height) == (ready.width > ready.height)
        assert dict(picture.getexif()) == {}
        for mark in (b"Exif\0", b"http://ns.adobe.com/", b"ICC_PROFILE", b"Apple", b"NIKON"):
            assert mark not in content


# Describing and deleting: Y9, D10


def test_a_description_is_changed(media):
    receiving.set_alt_text(media, "A lake")

    assert media.alt_text == Media.objects.get().alt_text == "A lake"


def test_deleted_pictures_go_with_their_files(alice, committed, media):
    gone = [process(media).pk, receiving.store_photo(owner=alice, file=upload(jpeg())).pk]
    stays = process(receiving.store_photo(owner=alice, file=upload(jpeg())))

    with committed():
        deleting.delete_media([*gone, 987_654])

    assert list(Media.objects.all()) == [stays]
    assert stores.files("originals") == [stays.original]
    assert stores.files("default") == sorted(stays.renditions.values())


def test_the_files_stay_for_as_long_as_the_deletion_can_be_taken_back(media, announced):
    ready = process(media)
    before = stores.kept()

    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        deleting.delete_media([media.pk])
        1 / 0  # noqa: B018

    assert (stores.kept(), announced.events()) == (before, [])
    assert list(Media.objects.all()) == [ready]


def test_deleting_announces_folders_once_and_nothing_for_unknown_pictures(media, announced):
    deleting.delete_media([media.pk])
    deleting.delete_media([media.pk])
    deleting.delete_media([])

    folder = storage.folder_of(media.original)
    assert announced == [("MediaDeleted", {"folders": [folder]})]


def test_files_that_cannot_be_removed_now_are_removed_later(media):
    process(media)
    deleting.delete_media([media.pk])
    row = Announcement.objects.get()

    with stores.faulty("default", stores.nth("delete", 2, stores.raising(OSError("gone")))):
        with pytest.raises(OSError, match="gone"):
            tasks.remove_files(**row.payload)
        tasks.remove_files(**row.payload)
        tasks.remove_files(**row.payload)

    assert stores.kept() == []


def test_a_day_after_a_deletion_nothing_remembers_it(media, committed):
    with committed():
        deleting.delete_media([media.pk])
    assert LooseFolder.objects.count() == 1

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)), committed():
        tasks.media_sweep()

    assert (LooseFolder.objects.count(), Announcement.objects.count()) == (0, 0)


# The card


def test_a_picture_in_each_state_has_the_shape_of_the_contract(media, settings):
    folder = storage.folder_of(media.original)
    card = {
        "id": media.pk,
        "type": "photo",
        "state": "processing",
        "alt_text": "",
        "width": 1600,
        "height": 1200,
        "blurhash": None,
        "url": None,
        "renditions": {},
        "poster": None,
        "duration_seconds": None,
        "progress": None,
        "error": None,
    }
    assert media_card(media, {}) == card

    ready = process(media)
    urls = {side: f"http://testserver/media/{folder}/{side}.jpg" for side in ("320", "640", "1080")}
    assert media_card(ready, {}) == card | {
        "state": "ready",
        "blurhash": ready.blurhash,
        "url": urls["1080"],
        "renditions": urls,
    }
    assert list(media_card(ready, {})["renditions"]) == ["320", "640", "1080"]

    ready.state = "moving"
    assert media_card(ready, {}) == card | {"blurhash": ready.blurhash}

    ready.state, ready.error = "failed", "No."
    assert media_card(ready, {}) == card | {
        "state": "failed",
        "blurhash": ready.blurhash,
        "error": "No.",
    }


def test_the_documented_shape_is_the_one_that_is_sent(media):
    ready = process(media)

    for each in (media, ready):
        assert MediaCard(media_card(each, {})).data == media_card(each, {})
