"""Photos on their way in: taken, or refused with nothing left behind (Y7, D6)."""

import io
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DataError, IntegrityError, connection, transaction
from PIL import Image

from media import storage, tasks
from media.actions import receiving
from media.actions.receiving import NotAPhoto, StoreUnavailable, add_media, receive_photos
from media.models import LooseFolder, Media
from media.probe import ACCEPTED
from tests.media import samples, stores
from tests.media.uploads import MIB, jpeg, nothing_is_left, process, refusal, served, upload
from users.models import User

pytestmark = pytest.mark.django_db


# Photos that are taken: Y7


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_every_accepted_format_becomes_renditions_whatever_its_name_says(alice, kind):
    content = samples.saved(samples.quarters(800, 600), kind)

    media = receiving.store_photo(
        owner=alice, file=upload(content, "notes.txt", "text/plain"), alt_text="Four colours"
    )
    ready = process(media)

    assert (media.state, ready.state) == ("processing", "ready")
    assert (ready.owner_id, ready.alt_text, ready.size) == (alice.pk, "Four colours", len(content))
    assert ready.mime == ACCEPTED[kind]
    assert (ready.width, ready.height) == (800, 600)
    assert list(ready.renditions) == ["320", "640", "800"]
    assert stores.files("default") == sorted(ready.renditions.values())
    assert stores.files("originals") == [ready.original]
    assert storage.open_original(ready.original).read() == content


def test_the_renditions_of_a_large_photo_are_those_of_the_settings_and_no_larger(alice):
    media = process(receiving.store_photo(owner=alice, file=upload(jpeg())))

    assert list(media.renditions) == ["320", "640", "1080"]
    sizes = [Image.open(io.BytesIO(each)).size for each in served(media)]
    assert sizes == [(320, 240), (640, 480), (1080, 810)]
    assert len(media.blurhash) >= 20


def test_a_photo_at_its_limits_is_taken():
    content = jpeg(64, 48)
    padded = content + bytes(20 * MIB - len(content))
    header = samples.png(8000, 5000, 8, 2, b"")

    assert receiving.check_photo(upload(padded)).format == "JPEG"
    assert receiving.check_photo(upload(header)).width == 8000  # 40 megapixels, none of them there


def test_the_file_is_at_its_beginning_after_the_check():
    file = upload(jpeg(64, 48))

    receiving.check_photo(file)

    assert file.tell() == 0


# Files that are refused: D6


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"Dear diary, this is no picture.", "not_a_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_a_photo"),
        (b"%PDF-1.7\n" + jpeg(64, 48), "not_a_photo"),
        (b"<html>" + jpeg(64, 48), "not_a_photo"),
        (b"GIF89a/*" + b"*/=alert(1)//" * 20, "damaged_photo"),
        (b"BM" + bytes(100), "not_a_photo"),
        (jpeg(64, 48)[:20], "damaged_photo"),
        (samples.png(8000, 5001, 8, 2, b""), "too_many_pixels"),
        (samples.jpeg_header(8200, 5000), "too_many_pixels"),
        (samples.webp_header(8200, 5000), "too_many_pixels"),
        (samples.gif_header(8200, 5000), "too_many_pixels"),
    ],
)
def test_what_is_no_photo_here_is_a_400_with_a_reason_and_leaves_nothing(alice, content, code):
    for name in ("photo.png", "photo.jpg"):
        with pytest.raises(NotAPhoto) as caught:
            receiving.store_photo(owner=alice, file=upload(content, name, "image/png"))

        assert (caught.value.code, caught.value.status) == (code, 400)
        assert caught.value.message.endswith(".")
        assert caught.value.fields == {"file.0": [caught.value.message]}
        assert nothing_is_left()


def test_a_photo_of_21_mib_is_refused_before_a_byte_is_read():
    class Unreadable(io.BytesIO):
        def read(self, *_):
            raise AssertionError("read")

    file = upload(b"")
    file.file, file.size = Unreadable(), 21 * MIB

    with pytest.raises(NotAPhoto) as caught:
        receiving.check_photo(file)

    assert (caught.value.code, caught.value.status) == ("photo_too_large", 400)
    assert caught.value.message == (
        "This photo has 21.0 MiB; at most 20 are accepted. Please upload a smaller one."
    )


def test_the_limits_are_those_of_the_settings(settings):
    settings.PHOTO_MAX_PIXELS = 64 * 47
    assert refusal(jpeg(64, 48)).code == "too_many_pixels"

    settings.PHOTO_MAX_BYTES = 100
    assert refusal(jpeg(64, 48)).code == "photo_too_large"


# All or nothing


@pytest.mark.parametrize("bad", range(4))
def test_one_bad_file_among_four_leaves_nothing_and_is_named(bad):
    files = [upload(jpeg(64, 48)) for _ in range(4)]
    files[bad] = upload(b"text", "photo.png")

    with pytest.raises(NotAPhoto) as caught, receive_photos(files, field="images"):
        pytest.fail("the block was entered")

    assert list(caught.value.fields) == [f"images.{bad}"]
    assert nothing_is_left()


def test_an_album_is_kept_in_its_order(alice):
    files = [upload(jpeg(64 + i, 48)) for i in range(3)]

    with receive_photos(files, field="images") as photos, transaction.atomic():
        album = [
            add_media(owner=alice, photo=each, alt_text=str(i)) for i, each in enumerate(photos)
        ]

    assert [(each.width, each.alt_text) for each in album] == [(64, "0"), (65, "1"), (66, "2")]
    assert stores.files("originals") == sorted(each.original for each in album)
    assert LooseFolder.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_when_the_database_refuses_at_the_commit_nothing_is_left(alice):
    User.objects.filter(pk=alice.pk).delete()

    with pytest.raises(IntegrityError):
        receiving.store_photo(owner=alice, file=upload(jpeg(64, 48)))

    assert nothing_is_left()


def test_when_the_database_refuses_the_row_nothing_is_left(alice):
    with (
        pytest.raises(DataError),
        receive_photos([upload(jpeg(64, 48))], field="images") as (photo,),
        transaction.atomic(),
    ):
        add_media(owner=alice, photo=replace(photo, size=2**70))

    assert nothing_is_left()


def test_when_the_callers_transaction_rolls_back_nothing_is_left(alice):
    files = [upload(jpeg(64, 48)), upload(jpeg(64, 48))]

    with (  # noqa: PT012
        pytest.raises(ZeroDivisionError),
        receive_photos(files, field="images") as photos,
        transaction.atomic(),
    ):
        for each in photos:
            add_media(owner=alice, photo=each)
        1 / 0  # noqa: B018

    assert nothing_is_left()


def test_photos_that_got_no_row_are_not_kept(alice):
    with receive_photos([upload(jpeg(64, 48)), upload(jpeg(64, 48))], field="images") as photos:
        media = add_media(owner=alice, photo=photos[1])

    assert stores.files("originals") == [media.original]
    assert LooseFolder.objects.count() == 0


def test_when_the_store_fails_at_the_second_photo_the_first_is_not_left():
    fault = stores.nth("save", 2, stores.raising(OSError("disk full")))

    with (
        stores.faulty("originals", fault),
        pytest.raises(StoreUnavailable) as caught,
        receive_photos([upload(jpeg(64, 48))] * 3, field="images"),
    ):
        pytest.fail("the block was entered")

    assert (caught.value.status, caught.value.code) == (503, "store_unavailable")
    assert nothing_is_left()


def test_bytes_are_not_received_inside_a_transaction(alice):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        receiving.store_photo(owner=alice, file=upload(jpeg(64, 48)))

    assert nothing_is_left()


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_nobody_heard_of_keeps_its_photo(alice):
    locked = threading.Event()

    def commit_late(photo):
        with transaction.atomic():
            add_media(owner=alice, photo=photo)
            locked.set()
            time.sleep(0.3)
        connection.close()

    with (  # noqa: PT012
        pytest.raises(ZeroDivisionError),
        receive_photos([upload(jpeg())], field="images") as sent,
    ):
        thread = threading.Thread(target=commit_late, args=sent)
        thread.start()
        locked.wait(5)
        1 / 0  # noqa: B018
    thread.join()

    assert stores.files("originals") == [Media.objects.get().original]


def test_a_photo_is_added_only_once(alice):
    with receive_photos([upload(jpeg(64, 48))], field="images") as (photo,):
        add_media(owner=alice, photo=photo)
        with pytest.raises(RuntimeError, match="an owner already"):
            add_media(owner=alice, photo=photo)

    assert Media.objects.count() == 1


def test_what_a_killed_request_left_is_gone_after_a_day(alice, committed):
    kept = receiving.store_photo(owner=alice, file=upload(jpeg(64, 48)))
    killed = receive_photos([upload(jpeg(64, 48))] * 2, field="images")
    killed.__enter__()
    now = datetime.now(UTC)

    with time_machine.travel(now + timedelta(hours=23)), committed():
        tasks.media_sweep()
    assert len(stores.files("originals")) == 3

    with time_machine.travel(now + timedelta(hours=25)), committed():
        tasks.media_sweep()
    assert stores.files("originals") == [kept.original]
    assert LooseFolder.objects.count() == 0


def test_when_even_the_cleaning_fails_the_sweep_does_it(alice, committed):
    def fault(operation, _):
        if operation == "delete":
            raise OSError("the store is gone")

    with (
        stores.faulty("originals", fault),
        pytest.raises(ZeroDivisionError),
        receive_photos([upload(jpeg(64, 48))], field="images"),
    ):
        1 / 0  # noqa: B018
    assert len(stores.files("originals")) == 1

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)), committed():
        tasks.media_sweep()
    assert nothing_is_left()
