"""An upload under way, as the private store sees it: where its bytes go and which have arrived.

The client sends them to the store itself, by a signed form or in signed parts; the store joins
them under a name of ours. Nothing here touches a row. Every call may raise OSError.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.core.files import File
from django.utils import timezone

from media import storage
from media.models import Upload


class Store(Protocol):
    """What `media.disk` and `media.bucket` both offer. `token` is the store's word for an upload
    in parts; parts count from 1; a name that is not there is a FileNotFoundError."""

    def form(
        self, name: str, *, mime: str, size: int, seconds: int
    ) -> tuple[str, dict[str, str]]: ...
    def begin_parts(self, name: str) -> str: ...
    def part_url(self, name: str, token: str, number: int, *, size: int, seconds: int) -> str: ...
    def part_sizes(self, name: str, token: str) -> dict[int, int]: ...
    def gather(self, name: str, to: str, *, token: str, parts: int) -> None: ...
    def abort_parts(self, name: str, token: str) -> None: ...
    def abort_parts_before(self, moment: datetime) -> int: ...
    def fetch(self, name: str, limit: int) -> "File[bytes]": ...
    def size(self, name: str) -> int: ...


@dataclass(frozen=True)
class Part:
    """`number` counts from 1; `size` in bytes, exactly; PUT to `url`."""

    number: int
    size: int
    url: str


@dataclass(frozen=True)
class Way:
    """How to send the bytes: one form, with its fields before the file; or parts, in any order."""

    method: str
    url: str | None
    fields: dict[str, str]
    parts: list[Part]


def begin(upload: Upload) -> str:
    """The store's token for an upload in parts; empty for a form, which needs none."""
    return _store().begin_parts(_name(upload)) if upload.part_size else ""


def way(upload: Upload) -> Way:
    """Signed anew at each call, until the upload expires; asks nobody."""
    seconds = max(1, int((upload.expires_at - timezone.now()).total_seconds()))
    name = _name(upload)
    if not upload.part_size:
        url, fields = _store().form(name, mime=upload.mime, size=upload.size, seconds=seconds)
        return Way("POST", url, fields, [])
    parts = [
        Part(
            number, size, _store().part_url(name, upload.token, number, size=size, seconds=seconds)
        )
        for number, size in enumerate(upload.part_sizes, 1)
    ]
    return Way("PUT", None, {}, parts)


def arrived(upload: Upload) -> set[int]:
    """The numbers of the parts that are there in full; a form is part 1. One call to the store."""
    store, name = _store(), _name(upload)
    expected = dict(enumerate(upload.part_sizes, 1))
    if upload.part_size:
        try:
            found = store.part_sizes(name, upload.token)
            return {number for number, size in expected.items() if found.get(number) == size}
        except FileNotFoundError:
            pass  # joined already, by a call whose answer was lost
    try:
        return set(expected) if store.size(name) == upload.size else set()
    except FileNotFoundError:
        return set()


def gather(upload: Upload, folder: str) -> str:
    """Make an original of what has arrived, out of its sender's reach; its name in `folder`.

    Raises FileNotFoundError when something is missing. May be called again, whatever failed.
    """
    to = storage.original_in(folder)
    parts = len(upload.part_sizes) if upload.part_size else 0
    _store().gather(_name(upload), to, token=upload.token, parts=parts)
    return to


def fetch(name: str, limit: int) -> "File[bytes]":
    """An original on this machine's disk, up to one byte more than `limit`."""
    return _store().fetch(name, limit)


def clear(upload: Upload) -> None:
    """Delete everything that has arrived; what arrives afterwards, the sweep finds."""
    if upload.part_size:
        _store().abort_parts(_name(upload), upload.token)
    storage.remove(upload.folder)


def abort_before(moment: datetime) -> int:
    """Give up uploads in parts that began before `moment`, whoever remembers them; how many."""
    return _store().abort_parts_before(moment)


def _name(upload: Upload) -> str:
    return storage.upload_in(upload.folder)


def _store() -> Store:
    store: Store = storage.upload_store()
    return store
