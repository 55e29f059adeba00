"""Pictures whose files and rows can be made to differ, and what is found then."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from media import inventory
from media.actions import access, receiving, sweeping
from tests.media.uploads import jpeg, process, upload

LATER = timedelta(hours=25)


@pytest.fixture
def picture(alice):
    """Make a picture that is ready."""

    def make(width=640):
        return process(receiving.store_photo(owner=alice, file=upload(jpeg(width, width // 2))))

    return make


@pytest.fixture
def move(committed):
    """Let a picture be public or signed, and its files follow."""

    def moved(media, kind):
        with committed():
            access.set_access([media.pk], kind)
        media.refresh_from_db()
        return media

    return moved


def later():
    """Everything there is older than a day: the clocks of stores do not travel."""
    return timezone.now() + LATER


def differences(now=None, **size):
    """What `compare` finds in both stores, at the time when everything is old enough."""
    found: dict[str, list[Any]] = {"orphans": [], "strays": [], "lost": [], "bare": []}
    for store in inventory.STORES:
        position: str | None = inventory.BEGINNING
        while position is not None:
            stretch = inventory.compare(store, position, now or later(), **size)
            for kind in found:
                found[kind] += getattr(stretch, kind)
            position = stretch.until
    return {kind: each for kind, each in found.items() if each}


def repair():
    for store in inventory.STORES:
        sweeping.repair(inventory.compare(store, inventory.BEGINNING, later()))


def put(alias, name, content=b"x"):
    storages[alias].save(name, io.BytesIO(content))
    return name
