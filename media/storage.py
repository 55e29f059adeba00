"""The one door to the stores: originals in private, renditions for everyone.

Each picture has one folder, of the same name in both stores, that nobody can guess, and
everything in a folder belongs to its picture. Names come from here, never from a client.
Any Django storage serves: `settings.STORAGES["originals"]` and `["default"]`.
"""

import contextlib
import posixpath
import re
import secrets
from collections.abc import Collection
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

_FOLDER = r"[0-9a-f]{2}/[0-9a-f]{38}"
_RENDITION = re.compile(_FOLDER + r"/\w{1,40}\.(?:jpg|webp)", re.ASCII)


def new_folder() -> str:
    """A new name of 160 random bits, `ab/cdef…`: two digits to spread the folders, and the rest."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"


def folder_of(name: str) -> str:
    """The folder of an original or a rendition."""
    return posixpath.dirname(name)


def save_original(folder: str, file: "BinaryIO | File[bytes]") -> str:
    """Keep what was uploaded; its name there. Raises OSError."""
    # Wrapped, so that no store learns the name and the type that the client claimed.
    return _originals().save(f"{folder}/original", File(cast("BinaryIO", file)))


def save_rendition(folder: str, longest_side: int, content: bytes, extension: str) -> str:
    """Keep a rendition, in place of an earlier one; its name there. Raises OSError."""
    return _public().save(f"{folder}/{longest_side}.{extension}", ContentFile(content))


def open_original(name: str) -> "File[bytes]":
    """Raises FileNotFoundError, or another OSError."""
    return _originals().open(name)


def is_rendition(name: str) -> bool:
    """Whether `name` can be one of ours: nothing else is ever looked for in the store."""
    return _RENDITION.fullmatch(name) is not None


def open_rendition(name: str) -> "File[bytes]":
    """Raises FileNotFoundError for whatever is no rendition, or another OSError."""
    if not is_rendition(name):
        raise FileNotFoundError(name)
    return _public().open(name)


def url(name: str) -> str:
    """Where a client finds a rendition: absolute, and the same for as long as it exists."""
    return f"{settings.MEDIA_URL}{name}"


def delete_originals(names: Collection[str]) -> None:
    """Missing ones count as deleted. Raises OSError."""
    _delete(_originals(), names)


def delete_renditions(names: Collection[str]) -> None:
    """Missing ones count as deleted. Raises OSError."""
    _delete(_public(), names)


def tidy(folder: str, *, keep: Collection[str]) -> None:
    """Delete what earlier or killed attempts left among the renditions. Raises OSError."""
    _delete(_public(), set(_names(_public(), folder)).difference(keep))


def remove(folder: str) -> None:
    """Delete everything of a picture; what is gone already counts as deleted. Raises OSError.

    A folder whose name is not one of ours is left alone.
    """
    if not re.fullmatch(_FOLDER, folder):
        return
    for store in (_public(), _originals()):
        _delete(store, _names(store, folder))


def _public() -> Storage:
    return storages["default"]


def _originals() -> Storage:
    return storages["originals"]


def _names(store: Storage, folder: str) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return [f"{folder}/{each}" for each in store.listdir(folder)[1]]
    return []


def _delete(store: Storage, names: Collection[str]) -> None:
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            store.delete(name)
