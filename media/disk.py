"""Files in a folder of this machine: whole or not there at all, even when the power goes.

Django's own storage writes in place, so that a reader can get half a file, and leaves the bytes
in the kernel's memory, so that a committed row can outlive them.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from media import signatures
from media.permits import Permit


class Disk(FileSystemStorage):
    """A name keeps its file until it is replaced, at once; folders go with their last file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True, **options})

    def _save(self, name: str, content: "File[bytes]") -> str:
        target = Path(self.path(name))
        # Beside its target, so that the replacement is one step; `listdir` shows it, so that
        # whoever tidies the folder finds what a killed writer left.
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        descriptor = self._create(part)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            self._prune(part.parent)
            raise
        self._sync_folders(target.parent)
        return name

    def _create(self, path: Path) -> int:
        """A new file, and the folders on its way, none of which is pruned in between."""
        with self._lock(fcntl.LOCK_SH):
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            return os.open(path, flags, self.file_permissions_mode or 0o666)

    def signed_url(self, name: str, *, viewer_id: int, expires_at: datetime) -> str:
        """A URL at which `media.views` serves the file."""
        return signatures.signed_url(name, viewer_id=viewer_id, expires_at=expires_at)

    def delete(self, name: str) -> None:
        super().delete(name)
        self._prune(Path(self.path(name)).parent)

    def _prune(self, folder: Path) -> None:
        """Remove `folder` and those above it, up to the location, as long as they are empty.

        Those above stay where another writer is making folders just now.
        """
        location = Path(self.location)
        with contextlib.suppress(OSError):
            folder.rmdir()
            with self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB):
                while (folder := folder.parent) != location:
                    folder.rmdir()

    @contextlib.contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        """Hold the location, for the moment that making or removing folders takes."""
        Path(self.location).mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.location, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)

    def _sync_folders(self, folder: Path) -> None:
        """Make the entries that lead to a new file as lasting as the file."""
        location = Path(self.location)
        for each in (folder, *folder.parents):
            descriptor = os.open(each, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if each == location:
                return

    # What a bucket offers for uploads under way (media.uploads), with permits for its signatures.

    takes_permits = True

    def form(self, name: str, *, mime: str, size: int, seconds: int) -> tuple[str, dict[str, str]]:
        query = Permit("POST", name, size, mime).query(seconds=seconds)
        return f"{settings.SITE_URL}/media/uploads/files/{name}?{query}", {"Content-Type": mime}

    def begin_parts(self, name: str) -> str:
        return ""

    def part_url(self, name: str, token: str, number: int, *, size: int, seconds: int) -> str:
        part = _part(name, number)
        query = Permit("PUT", part, size, "").query(seconds=seconds)
        return f"{settings.SITE_URL}/media/uploads/parts/{part}?{query}"

    def part_sizes(self, name: str, token: str) -> dict[int, int]:
        folder, _, base = name.rpartition("/")
        found = {}
        with contextlib.suppress(FileNotFoundError):
            for each in self.listdir(folder)[1]:
                number = each.removeprefix(f"{base}.")
                if number.isascii() and number.isdigit():
                    found[int(number)] = self.size(f"{folder}/{each}")
        return found

    def gather(self, name: str, to: str, *, token: str, parts: int) -> None:
        sources = [_part(name, number) for number in range(1, parts + 1)] or [name]
        self.save(to, _Joined([Path(self.path(each)) for each in sources]))

    def abort_parts(self, name: str, token: str) -> None:
        """Parts are files, and go with their folder."""

    def abort_parts_before(self, moment: datetime) -> int:
        return 0

    def fetch(self, name: str, limit: int) -> "File[bytes]":
        return self.open(name)

    def listed(self, after: str) -> Iterator[tuple[str, datetime]]:
        """Every name behind `after` with the time of its last change, byte by byte in order."""
        yield from self._listed(Path(self.location), "", after)

    def _listed(self, folder: Path, prefix: str, after: str) -> Iterator[tuple[str, datetime]]:
        try:
            with os.scandir(folder) as entries:
                found = sorted(
                    f"{each.name}/" if each.is_dir(follow_symlinks=False) else each.name
                    for each in entries
                )
        except FileNotFoundError:
            return
        for each in found:
            name = prefix + each
            if each.endswith("/"):
                if name > after or after.startswith(name):
                    yield from self._listed(folder / each, name, after)
            elif name > after:
                with contextlib.suppress(FileNotFoundError):
                    changed = (folder / each).stat(follow_symlinks=False).st_mtime
                    yield name, datetime.fromtimestamp(changed, UTC)


def _part(name: str, number: int) -> str:
    return f"{name}.{number}"


class _Joined(File):  # type: ignore[type-arg]
    """Files of this disk, one after the other."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__(None)
        self._paths = paths

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for path in self._paths:
            with path.open("rb") as file:
                while chunk := file.read(chunk_size or self.DEFAULT_CHUNK_SIZE):
                    yield chunk
