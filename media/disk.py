"""Files in a folder of this machine: whole or not there at all, even when the power goes.

Django's own storage writes in place, so that a reader can get half a file, and leaves the bytes
in the kernel's memory, so that a committed row can outlive them.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


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
