"""Files in a bucket that speaks S3. Every call has an end, and fails as a file would: `OSError`."""

import contextlib
import json
import time
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from django.core.files import File
from django.utils import timezone
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

_MISSING = {"404", "NoSuchKey", "NoSuchUpload"}
_CHUNK = 256 * 1024  # bytes


@contextlib.contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _MISSING:
            raise FileNotFoundError(str(error)) from error
        raise OSError(f"The bucket failed: {error}") from error
    except (BotoCoreError, HTTPError) as error:
        raise OSError(f"The bucket failed: {error}") from error


class _Sent:
    """A file on its way to the bucket, which has so long to take it, however it is retried."""

    def __init__(self, file: "File[bytes]", seconds: float) -> None:
        self._file = file
        self._until = time.monotonic() + seconds

    def read(self, size: int = -1) -> bytes:
        if time.monotonic() > self._until:
            raise TimeoutError("The bucket failed: it takes too slowly.")
        return cast("bytes", self._file.read(size))

    def seek(self, offset: int, whence: int = 0) -> int:
        return cast("int", self._file.seek(offset, whence))

    def tell(self) -> int:
        return cast("int", self._file.tell())


class Bucket(S3Storage):  # type: ignore[misc]
    """`connect_timeout` and `read_timeout` in seconds, from byte to byte, and `object_timeout` for
    all bytes of one object; the other options are django-storages'.

    `public_endpoint_url`: where clients reach the store, if not where we do; it goes into what is
    signed for them. `token_expires_at` is of `security_token`, whose end nobody else can tell.
    No ACL is sent: an object without one is private, and buckets with "bucket owner enforced",
    which is Amazon's default, refuse any.
    """

    def __init__(
        self,
        *,
        connect_timeout: float,
        read_timeout: float,
        object_timeout: float,
        public_endpoint_url: str | None = None,
        token_expires_at: datetime | None = None,
        **options: Any,
    ) -> None:
        self._limits = Config(
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": 2},
        )
        options["client_config"] = self._limits.merge(
            Config(
                signature_version="s3v4",  # boto3 would sign URLs by the older way in some regions
                # Newer checksums are unknown to many stores that speak S3.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
        )
        self._object_timeout = object_timeout
        self._public_endpoint_url = public_endpoint_url
        self._token_expires_at = token_expires_at
        super().__init__(**options)

    def make(self) -> None:
        """Make the bucket, if it is not there, and let everybody read the public renditions.

        With keys that may do so; those of a server that runs may not.
        """
        place = {"LocationConstraint": self.region_name}
        abroad = self.region_name and self.region_name != "us-east-1"
        with _as_os_errors():
            with contextlib.suppress(self._client.exceptions.BucketAlreadyOwnedByYou):
                self.bucket.create(**({"CreateBucketConfiguration": place} if abroad else {}))
            self.bucket.Policy().put(Policy=json.dumps(_public_policy(self.bucket_name)))

    def _create_session(self) -> Any:
        session = super()._create_session()
        # Those who hand out credentials have no more time than the store.
        session._session.set_default_client_config(self._limits)  # noqa: SLF001
        self._connections.session = session
        return session

    def credentials_expire_at(self) -> datetime | None:
        """When what signs now will be worth nothing; None: not by itself.

        Fetches new credentials where those at hand soon end. Raises OSError.
        """
        if self.security_token:
            return self._token_expires_at
        with _as_os_errors():
            _ = self.connection
            credentials = self._connections.session.get_credentials()
            if credentials is None:
                raise NoCredentialsError
            credentials.get_frozen_credentials()
            return cast("datetime | None", getattr(credentials, "_expiry_time", None))

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """All of it at once: errors are translated here, and not at the first read."""
        file = SpooledTemporaryFile(max_size=self.max_memory_size)  # noqa: SIM115 -- the caller's
        try:
            self._download(name, file)
        except BaseException:
            file.close()
            raise
        return File(cast("Any", file), name)

    def _download(self, name: str, file: "IO[bytes]", *, limit: int | None = None) -> None:
        """Up to a chunk more than `limit` bytes into `file`, which is left at its beginning."""
        with _as_os_errors():
            client = self._client  # the first in its thread takes a while to make
            until = time.monotonic() + self._object_timeout
            answer = client.get_object(**self._at(name))
            with answer["Body"] as raw:
                # `read1` takes what has come; `read` would wait for a whole chunk, however long.
                while chunk := raw.read1(_CHUNK):
                    file.write(chunk)
                    if limit is not None and file.tell() > limit:
                        break
                    if time.monotonic() > until:
                        raise TimeoutError("The bucket failed: it sends too slowly.")
                else:
                    if file.tell() != answer["ContentLength"]:
                        raise OSError("The bucket failed: it sent a part of the file.")
        file.seek(0)

    def _save(self, name: str, content: "File[bytes]") -> str:
        content.seek(0)
        with _as_os_errors():
            client = self._client
            client.put_object(
                **self._at(name),
                **self._get_write_parameters(name, content),
                Body=_Sent(content, self._object_timeout),
            )
        return name

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            folders, files = super().listdir(path)
            return folders, files

    def size(self, name: str) -> int:
        with _as_os_errors():
            return int(self._client.head_object(**self._at(name))["ContentLength"])

    def exists(self, name: str) -> bool:
        try:
            return self.size(name) >= 0
        except FileNotFoundError:
            return False

    def listed(self, after: str) -> Iterator[tuple[str, datetime]]:
        """Every name behind `after` with the time of its last change, byte by byte in order."""
        prefix = f"{self.location}/" if self.location else ""
        asked = {"Bucket": self.bucket_name, "Prefix": prefix, "StartAfter": prefix + after}
        while True:
            with _as_os_errors():
                page = self._client.list_objects_v2(**asked)
            for each in page.get("Contents", []):
                yield each["Key"].removeprefix(prefix), each["LastModified"]
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    # Uploads under way: what `media.uploads.Store` asks for.

    def form(self, name: str, *, mime: str, size: int, seconds: int) -> tuple[str, dict[str, str]]:
        with _as_os_errors():
            made = self._signer.generate_presigned_post(
                **self._at(name),
                Fields={"Content-Type": mime},
                Conditions=[{"Content-Type": mime}, ["content-length-range", size, size]],
                ExpiresIn=seconds,
            )
        return made["url"], made["fields"]

    def begin_parts(self, name: str) -> str:
        with _as_os_errors():
            return str(self._client.create_multipart_upload(**self._at(name))["UploadId"])

    def part_url(self, name: str, token: str, number: int, *, size: int, seconds: int) -> str:
        part = {"UploadId": token, "PartNumber": number, "ContentLength": size}
        with _as_os_errors():
            return str(
                self._signer.generate_presigned_url(
                    "upload_part", Params={**self._at(name), **part}, ExpiresIn=seconds
                )
            )

    def part_sizes(self, name: str, token: str) -> dict[int, int]:
        return {each["PartNumber"]: each["Size"] for each in self._parts(name, token)}

    def _parts(self, name: str, token: str) -> list[dict[str, Any]]:
        with _as_os_errors():  # a thousand in one answer; ours have a few
            found: list[dict[str, Any]] = self._client.list_parts(
                **self._at(name), UploadId=token
            ).get("Parts", [])
            return found

    def gather(self, name: str, to: str, *, token: str, parts: int) -> None:
        if parts:
            # Done before, by a call whose answer was lost; else the copy misses it.
            with contextlib.suppress(FileNotFoundError):
                self._complete(name, token)
        with _as_os_errors():
            self._client.copy_object(
                **self._at(to),
                CopySource=self._at(name),
                MetadataDirective="REPLACE",
                ContentType=self.default_content_type,
            )

    def _complete(self, name: str, token: str) -> None:
        parts = [
            {"PartNumber": each["PartNumber"], "ETag": each["ETag"]}
            for each in self._parts(name, token)
        ]
        with _as_os_errors():
            self._client.complete_multipart_upload(
                **self._at(name), UploadId=token, MultipartUpload={"Parts": parts}
            )

    def abort_parts(self, name: str, token: str) -> None:
        """Twice is once."""
        try:
            with _as_os_errors():
                self._client.abort_multipart_upload(**self._at(name), UploadId=token)
        except FileNotFoundError:
            pass

    def abort_parts_before(self, moment: datetime) -> int:
        prefix = f"{self.location}/" if self.location else ""
        asked: dict[str, Any] = {"Bucket": self.bucket_name, "Prefix": prefix}
        aborted = 0
        while True:
            with _as_os_errors():
                page = self._client.list_multipart_uploads(**asked)
            for each in page.get("Uploads", []):
                if each["Initiated"] < moment:
                    self.abort_parts(each["Key"].removeprefix(prefix), each["UploadId"])
                    aborted += 1
            if not page.get("IsTruncated"):
                return aborted
            asked["KeyMarker"] = page["NextKeyMarker"]
            asked["UploadIdMarker"] = page["NextUploadIdMarker"]

    def fetch(self, name: str, limit: int) -> "File[bytes]":
        """On this machine's disk, not in memory."""
        file = TemporaryFile()  # noqa: SIM115 -- the caller's
        try:
            self._download(name, file, limit=limit)
        except BaseException:
            file.close()
            raise
        return File(file)

    # Signed pictures.

    def signed_url(self, name: str, *, viewer_id: int, expires_at: datetime) -> str:
        """A URL at which the bucket serves the file; no two viewers get the same. No call."""
        seconds = max(1, int((expires_at - timezone.now()).total_seconds()))
        wanted = {**self._at(name), _VIEWER: str(viewer_id)}
        with _as_os_errors():
            return str(
                self._signer.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)
            )

    def copy_from(self, source: "Bucket", name: str, to: str) -> str:
        """Take a file of another prefix, without its bytes coming here. Raises OSError."""
        with _as_os_errors():
            self._client.copy_object(
                **self._at(to),
                CopySource=source._at(name),  # noqa: SLF001 -- a bucket too
                MetadataDirective="REPLACE",
                **self._get_write_parameters(to),
            )
        return to

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    @property
    def _signer(self) -> Any:
        """A client that signs what others will send."""
        signer = getattr(self._connections, "signer", None)
        if signer is None:
            signer = self._connections.signer = self._new_signer()
            # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/s3-presigned-urls.html
            signer.meta.events.register("provide-client-params.s3.GetObject", _take_viewer)
            signer.meta.events.register("before-sign.s3.GetObject", _put_viewer)
        return signer

    def _new_signer(self) -> Any:
        if not self._public_endpoint_url:
            return self._client
        _ = self.connection
        return self._connections.session.client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self._public_endpoint_url,
            config=self.client_config,
        )

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": f"{self.location}/{name}".lstrip("/")}


def _public_policy(bucket: str) -> dict[str, Any]:
    """As `deploy/s3-bucket-policy.json`; a test compares the two."""
    everybody = {
        "Sid": "PublicRenditions",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/public/*",
    }
    return {"Version": "2012-10-17", "Statement": [everybody]}


# A store ignores what begins with `x-` in a query, and signs it all the same.
_VIEWER = "x-viewer"


def _take_viewer(params: dict[str, Any], context: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Keep the viewer from boto3's check of the parameters, which knows none such."""
    context["viewer"] = params.get(_VIEWER)
    return {name: value for name, value in params.items() if name != _VIEWER}


def _put_viewer(request: Any, **_: Any) -> None:
    if viewer := request.context.get("viewer"):
        request.url += f"{'&' if '?' in request.url else '?'}{_VIEWER}={viewer}"
