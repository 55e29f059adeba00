"""Files in a bucket that speaks S3. Every call has an end, and fails as a file would: `OSError`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The bucket failed: {error}") from error


class Bucket(S3Storage):  # type: ignore[misc]
    """`connect_timeout` and `read_timeout` in seconds; the other options are django-storages'.

    No ACL is sent: an object without one is private, and buckets with "bucket owner enforced",
    which is Amazon's default, refuse any.
    """

    def __init__(self, *, connect_timeout: float, read_timeout: float, **options: Any) -> None:
        options["client_config"] = Config(
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Newer checksums are unknown to many stores that speak S3.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**options)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with _as_os_errors():
            file: File[bytes] = super()._open(name, mode)
            _ = file.file  # fetched here, where errors are translated, and not at the first read
            return file

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _as_os_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            folders, files = super().listdir(path)
            return folders, files
