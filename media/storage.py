"""The one door to the stores: renditions for everyone in one, all that is private in the other.

The folders of a picture have names that nobody can guess, and everything in a folder belongs to
its picture. Names come from here, never from a client. A rendition is in the public store or in
the private one, as the `access` of its picture says. Any Django storage serves:
`settings.STORAGES["default"]` is the public store and `["originals"]` the private one.
"""

import contextlib
import posixpath
import re
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from media import signatures

ORIGINAL = "original"
_FOLDER = r"[0-9a-f]{2}/[0-9a-f]{38}"
_RENDITION = re.compile(_FOLDER + r"/\w{1,40}\.(?:jpg|webp|mp4)", re.ASCII)


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
    return _private().save(original_in(folder), File(cast("BinaryIO", file)))


def original_in(folder: str) -> str:
    """The name of the original in its folder."""
    return f"{folder}/{ORIGINAL}"


def upload_in(folder: str) -> str:
    """The name of what a client sends straight to the private store."""
    return f"{folder}/upload"


def save_upload(name: str, file: "File[bytes]") -> None:
    """Keep a file, or a part of one, that came with a permit. Raises OSError."""
    _private().save(name, file)


def takes_permits() -> bool:
    """Whether uploads come to this server, which signs for its files: a bucket takes its own."""
    return bool(getattr(_private(), "takes_permits", False))


def upload_store() -> Any:
    """The private store, to which clients send uploads: see `media.uploads.Store`."""
    return _private()


def save_rendition(
    folder: str, longest_side: int, content: bytes, extension: str, *, access: str = "public"
) -> str:
    """Keep a rendition, in place of an earlier one; its name there. Raises OSError."""
    return _store(access).save(f"{folder}/{longest_side}.{extension}", ContentFile(content))


def save_video(folder: str, file: BinaryIO, extension: str, *, access: str) -> str:
    """Keep a video that was made, in place of an earlier one; its name there. Raises OSError."""
    return _store(access).save(f"{folder}/video.{extension}", File(file))


def copy_rendition(name: str, *, access: str, to_folder: str, to_access: str) -> str:
    """Keep a rendition in another place too; its name there.

    Raises FileNotFoundError when it is not where `name` and `access` say, or another OSError.
    """
    source, target = _store(access), _store(to_access)
    copied = f"{to_folder}/{posixpath.basename(name)}"
    copy = getattr(target, "copy_from", None)
    if copy and type(source) is type(target):  # a bucket copies by itself
        return cast("str", copy(source, name, copied))
    with source.open(name) as file:
        return target.save(copied, file)


def open_original(name: str) -> "File[bytes]":
    """Raises FileNotFoundError, or another OSError."""
    return _private().open(name)


def is_rendition(name: str) -> bool:
    """Whether `name` can be one of ours: nothing else is ever looked for in the store."""
    return _RENDITION.fullmatch(name) is not None


def open_rendition(name: str, *, access: str = "public") -> "File[bytes]":
    """Raises FileNotFoundError for whatever is no rendition, or another OSError."""
    if not is_rendition(name):
        raise FileNotFoundError(name)
    return _store(access).open(name)


def url(name: str) -> str:
    """Where a client finds a public rendition: absolute, and the same for as long as it exists."""
    return f"{settings.MEDIA_URL}{name}"


def signed_url(name: str, *, viewer_id: int, expires_at: datetime) -> str:
    """Where `viewer_id` (0: everybody) finds a signed rendition until `expires_at`.

    Asks no server. Raises OSError when there are no credentials to sign with.
    """
    store: Any = _private()
    sign = getattr(store, "signed_url", signatures.signed_url)
    return cast("str", sign(name, viewer_id=viewer_id, expires_at=expires_at))


def credentials_expire_at() -> datetime | None:
    """When what the private store signs with will be worth nothing; None: not by itself.

    May fetch new credentials. Raises OSError.
    """
    expire_at = getattr(_private(), "credentials_expire_at", None)
    return cast("datetime | None", expire_at()) if expire_at else None


def tidy(folder: str, *, keep: Collection[str], access: str | None = None) -> None:
    """Delete what earlier or killed attempts left among the renditions; the original stays.

    In the store of one access, or in both. Raises OSError.
    """
    spared = {*keep, f"{folder}/{ORIGINAL}"}
    for store in (_store(access),) if access else (_public(), _private()):
        _delete(store, set(_names(store, folder)).difference(spared))


def remove(folder: str) -> None:
    """Delete everything of a picture; what is gone already counts as deleted. Raises OSError.

    A folder whose name is not one of ours is left alone.
    """
    if not is_folder(folder):
        return
    for store in (_public(), _private()):
        _delete(store, _names(store, folder))


def listed(alias: str, after: str) -> Iterator[tuple[str, datetime]]:
    """What is in a store behind `after`: names, byte by byte in order, and their last change.

    `alias` as in `settings.STORAGES`. Reads on as it is asked. Raises OSError.
    """
    store: Any = storages[alias]
    found: Iterator[tuple[str, datetime]] = store.listed(after)
    return found


def is_there(alias: str, name: str) -> bool:
    """Raises OSError."""
    return storages[alias].exists(name)


def delete_names(alias: str, names: Collection[str]) -> None:
    """Missing ones count as deleted. Raises OSError."""
    _delete(storages[alias], names)


def is_folder(folder: str) -> bool:
    """Whether `folder` is the name of one of ours."""
    return re.fullmatch(_FOLDER, folder) is not None


def alias_of(access: str) -> str:
    """The store of renditions of this access, as `settings.STORAGES` names it."""
    return "originals" if access == "signed" else "default"


def _store(access: str) -> Storage:
    return storages[alias_of(access)]


def _public() -> Storage:
    return storages["default"]


def _private() -> Storage:
    return storages["originals"]


def _names(store: Storage, folder: str) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return [f"{folder}/{each}" for each in store.listdir(folder)[1]]
    return []


def _delete(store: Storage, names: Collection[str]) -> None:
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            store.delete(name)
