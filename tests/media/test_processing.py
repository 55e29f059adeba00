"""The making of renditions: however often, at once, half-way, or over what is gone (Y8)."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from PIL import Image

from media import storage, tasks
from media.actions import deleting, processing, receiving
from media.models import Media
from tests.conftest import deliver_all
from tests.media import stores
from tests.media.uploads import Killed, jpeg, nothing_is_left, process, served, upload
from tests.racing import at_once

pytestmark = pytest.mark.django_db


# The making of renditions: Y8


def test_processing_three_times_is_as_good_as_once(media):
    first = process(media)
    bytes_of_first = served(first)

    with stores.faulty("originals", stores.nth("open", 1, stores.raising(Killed()))):
        second, third = process(media), process(media)

    assert second.renditions == third.renditions == first.renditions
    assert served(third) == bytes_of_first
    assert stores.files("default") == sorted(first.renditions.values())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_set_of_whole_renditions(media):
    at_once(*[lambda: process(media)] * 4)

    done = process(media)
    assert done.state == "ready"
    assert stores.files("default") == sorted(done.renditions.values())
    for content in served(done):
        Image.open(io.BytesIO(content)).load()


def test_a_run_that_another_has_overtaken_changes_nothing(media, settings):
    def overtake():
        settings.RENDITION_SIZES = [200]
        process(media)

    with stores.faulty("default", stores.nth("save", 2, overtake)):
        late = process(media)

    assert (late.state, list(late.renditions)) == ("ready", ["200"])
    assert stores.files("default") == list(late.renditions.values())


def test_a_run_that_fails_after_another_has_finished_changes_nothing(media):
    def overtake():
        process(media)
        raise MemoryError

    with stores.faulty("originals", stores.nth("open", 1, overtake)):
        late = process(media)

    assert (late.state, late.error) == ("ready", "")
    assert stores.files("default") == sorted(late.renditions.values())


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("error", [OSError("the store is gone"), Killed()])
def test_a_run_that_ends_half_way_is_finished_by_the_next(media, number, error):
    fault = stores.nth("save", number, stores.raising(error))
    with stores.faulty("default", fault), pytest.raises(type(error)):
        process(media)
    media.refresh_from_db()
    assert (media.state, media.renditions) == ("processing", {})

    done = process(media)

    assert done.state == "ready"
    assert stores.files("default") == sorted(done.renditions.values())


def test_what_a_killed_writer_left_in_the_folder_is_cleared_away(media):
    storage.save_rendition(storage.folder_of(media.original), 480, b"of other settings", "jpg")

    done = process(media)

    assert list(done.renditions) == ["320", "640", "1080"]
    assert stores.files("default") == sorted(done.renditions.values())


def test_a_run_killed_after_its_row_is_tidied_by_the_next(media):
    storage.save_rendition(storage.folder_of(media.original), 480, b"of other settings", "jpg")
    fault = stores.nth("delete", 1, stores.raising(Killed()))
    with stores.faulty("default", fault), pytest.raises(Killed):
        process(media)

    done = process(media)

    assert stores.files("default") == sorted(done.renditions.values())


def test_a_store_that_fails_is_not_held_against_the_photo(media):
    fault = stores.nth("open", 1, stores.raising(OSError("the store is gone")))

    with stores.faulty("originals", fault), pytest.raises(OSError, match="the store is gone"):
        process(media)

    media.refresh_from_db()
    assert (media.state, media.error) == ("processing", "")


def test_a_missing_original_is_an_error_that_is_tried_again(media):
    storage.delete_names("originals", [media.original])

    with pytest.raises(FileNotFoundError):
        process(media)

    assert Media.objects.get().state == "processing"


def test_a_photo_that_turns_out_damaged_fails_with_a_reason_and_can_be_retried(alice):
    content = jpeg()
    media = receiving.store_photo(owner=alice, file=upload(content[: len(content) // 2]))

    failed = process(media)

    assert failed.state == "failed"
    assert failed.error == (
        "This photo is damaged or incomplete. Please export it again or choose another one."
    )
    assert (failed.renditions, stores.kept("default")) == ({}, [])
    assert process(media).state == "failed"  # until someone asks for it

    again = processing.retry_media(failed)
    assert (again.state, again.error) == ("processing", "")
    storage.save_original(storage.folder_of(media.original), io.BytesIO(content))
    assert process(media).state == "ready"


def test_a_photo_for_which_memory_does_not_suffice_fails_with_a_reason(media):
    fault = stores.nth("open", 1, stores.raising(MemoryError()))

    with stores.faulty("originals", fault):
        failed = process(media)

    assert (failed.state, failed.error) == (
        "failed",
        "This photo needs too much memory. Please upload a smaller one.",
    )


def test_retrying_what_has_not_failed_changes_nothing(media):
    ready = process(media)

    assert processing.retry_media(ready).state == "ready"


def test_a_picture_that_is_gone_is_not_processed(media):
    deleting.delete_media([media.pk])
    deliver_all()

    assert processing.process_media(media.pk) is None
    assert stores.kept() == []


@pytest.mark.parametrize(("operation", "store"), [("open", "originals"), ("save", "default")])
def test_a_picture_deleted_while_it_is_processed_leaves_nothing(media, operation, store):
    def delete():
        deleting.delete_media([media.pk])
        deliver_all()

    with stores.faulty(store, stores.nth(operation, 1, delete)):
        assert processing.process_media(media.pk) is None

    assert stores.kept() == []


def test_a_worker_killed_over_a_deleted_picture_leaves_nothing_for_more_than_a_day(
    media, committed
):
    def delete():
        deleting.delete_media([media.pk])
        deliver_all()

    def fault(operation, _, saves=[]):  # noqa: B006
        saves.append(operation)
        if len(saves) == 1:
            delete()
        elif len(saves) == 3:
            raise Killed

    with stores.faulty("default", fault), pytest.raises(Killed):
        process(media)
    assert stores.files("default") != []

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)), committed():
        tasks.media_sweep()
    assert nothing_is_left()
