"""`manage.py media_check`, and the same by the clock: stores and rows agree again (Y7, Y9)."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as live
from django.core.management import CommandError, call_command
from django.utils import timezone

from media import storage, tasks
from media.actions import processing, sweeping
from media.models import Inspection
from tests.media import stores
from tests.media.differing import LATER, differences, put

pytestmark = pytest.mark.django_db

ALIKE = "Stores and rows are alike."


# The command


def aged():
    """Set the files' times back by 25 hours."""
    for alias in ("default", "originals"):
        root = Path(live.STORAGES[alias]["OPTIONS"]["location"])
        for name in stores.files(alias):
            moment = (datetime.now(UTC) - LATER).timestamp()
            os.utime(root / name, (moment, moment))


def check(*arguments):
    """What the command prints, and what it ends with: None when all is well."""
    out = io.StringIO()
    try:
        call_command("media_check", *arguments, stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), None


def test_the_command_counts_and_is_content_where_nothing_differs(picture):
    picture()
    aged()

    printed, error = check()

    assert error is None
    assert printed.splitlines() == [
        "originals: 1 files in 1 folders with a row",
        "  0 folders that no row knows",
        "  0 files in a picture's folder that its row does not name",
        "  0 pictures without some of their renditions",
        "  0 pictures without their original",
        "default: 2 files in 1 folders with a row",
        "  0 folders that no row knows",
        "  0 files in a picture's folder that its row does not name",
        "  0 pictures without some of their renditions",
        "  0 pictures without their original",
        ALIKE,
    ]


@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_the_command_changes_nothing_unless_it_is_told_and_ends_with_an_error(picture, arguments):
    media = picture()
    folder = storage.new_folder()
    put("originals", f"{folder}/original")
    storage.delete_names("default", [media.renditions["320"]])
    aged()
    before = stores.kept()

    printed, error = check(*arguments)

    assert error == "2 differences are left."
    assert "  1 folders that no row knows" in printed
    assert "  1 pictures without some of their renditions" in printed
    assert stores.kept() == before
    named, _ = check("--verbosity", "2")
    assert f"originals: {folder} (folders that no row knows)" in named


def test_the_command_repairs_and_then_all_is_well(picture):
    media = picture()
    put("originals", f"{storage.new_folder()}/original")
    put("default", f"{media.folder}/old.webp")
    storage.delete_names("default", [media.renditions["320"]])
    aged()

    printed, error = check("--repair")

    assert error is None
    assert printed.count("  1 removed, 0 made again") == 1
    assert printed.count("  1 removed, 1 made again") == 1
    assert check()[1] is None
    assert stores.files("default") == sorted(media.renditions.values())


def test_what_cannot_be_repaired_is_told_again(picture):
    storage.delete_names("originals", [picture().original])

    assert check("--repair")[1] == "1 differences are left."
    assert check()[1] == "1 differences are left."


def test_the_command_removes_most_of_a_store_by_force_alone(picture):
    picture()
    stores.Folders().fill("originals", [f"{storage.new_folder()}/original" for _ in range(30)])
    aged()

    printed, error = check("--repair")
    assert error == "30 differences are left."
    assert "Is this the right database?" in printed
    assert len(stores.files("originals")) == 31

    assert check("--repair", "--force")[1] is None
    assert len(stores.files("originals")) == 1


def test_the_command_goes_on_where_it_stopped(picture):
    made = sorted((picture(64) for _ in range(4)), key=lambda media: media.original)
    storage.delete_names("default", [made[2].renditions["64"]])
    fault = stores.nth("save", 1, stores.raising(OSError("the disk is full")))

    with stores.faulty("default", fault):
        printed, error = check("--repair", "--size", "1")

    assert "originals: 4 files" in printed
    assert "the disk is full" in error
    place = error.rpartition(" ")[2]
    assert place == f"default:{made[1].folder}0"
    printed, error = check("--repair", "--after", place)
    assert error is None
    assert "originals" not in printed
    assert check("--after", "nowhere:ab")[1] == "The stores are originals and default."


# By the clock


def test_by_the_clock_both_stores_are_compared_once_a_day(picture, committed):
    media = picture()
    orphan = put("originals", f"{storage.new_folder()}/original")
    storage.delete_names("default", [media.renditions["320"]])
    aged()

    tasks.inspect_stores()

    assert stores.files("originals") == [media.original]
    assert stores.files("default") == sorted(media.renditions.values())
    assert {(each.store, each.after) for each in Inspection.objects.all()} == {
        ("originals", ""),
        ("default", ""),
    }
    put("originals", orphan)
    aged()
    tasks.inspect_stores()
    assert orphan in stores.files("originals")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=24, minutes=1)):
        tasks.inspect_stores()
    assert orphan not in stores.files("originals")


def test_by_the_clock_it_goes_on_where_its_time_was_over(db):
    folders = sorted(storage.new_folder() for _ in range(6))
    for folder in folders:
        put("originals", f"{folder}/original")
    aged()
    Inspection.objects.create(
        store="originals", after=f"{folders[1]}0", began_at=timezone.now() - timedelta(hours=2)
    )

    sweeping.inspect_stores(30, size=2)

    assert stores.files("originals") == [f"{each}/original" for each in folders[:2]]
    assert Inspection.objects.get(store="originals").ended_at is not None


def test_a_store_that_fails_is_inspected_from_there_another_time(picture):
    made = sorted((picture(64) for _ in range(3)), key=lambda media: media.original)
    storage.delete_names("default", [made[1].renditions["64"]])
    fault = stores.nth("save", 1, stores.raising(OSError("full")))

    with stores.faulty("default", fault), pytest.raises(OSError, match="full"):
        sweeping.inspect_stores(30, size=1)

    mark = Inspection.objects.get(store="default")
    assert (mark.after, mark.ended_at) == (f"{made[0].folder}0", None)
    sweeping.inspect_stores(30)
    assert Inspection.objects.filter(ended_at=None).count() == 0
    assert differences() == {}


def test_time_that_is_over_stops_it_before_the_next_stretch(picture):
    picture(64)

    sweeping.inspect_stores(0)

    assert Inspection.objects.get(store="originals").ended_at is None


def test_processing_is_as_it_was(picture):
    """`process_media` of a ready picture still tidies, now that others settle as well."""
    media = picture()
    put("default", f"{media.folder}/old.webp")

    processing.process_media(media.pk)

    assert stores.files("default") == sorted(media.renditions.values())
