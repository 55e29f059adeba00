"""Stores for the tests: one that fails when told to, and both kinds that Yafig is run on.

A test that asks for `store` runs twice: on folders of this machine, and in a bucket of the real S3
server. Both are looked at and asked by the same words.
"""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import setting_changed
from django.test import Client
from environs import Env

from config.settings.storages import photo_storages
from media.bucket import Bucket
from media.disk import Disk
from tests.media import s3


class FaultyDisk(Disk):
    """A disk that calls `fault(operation, name)` before it works; the fault may raise."""

    def __init__(self, *, fault, **options):
        super().__init__(**options)
        self._fault = fault

    def open(self, name, mode="rb"):
        self._fault("open", name)
        return super().open(name, mode)

    def _save(self, name, content):
        self._fault("save", name)
        return super()._save(name, content)

    def delete(self, name):
        self._fault("delete", name)
        super().delete(name)


class CountedDisk(Disk):
    """A disk that puts down in `signed` what it is asked to sign."""

    def __init__(self, *, signed, **options):
        super().__init__(**options)
        self._signed = signed

    def signed_url(self, name, **terms):
        self._signed.append(name)
        return super().signed_url(name, **terms)


class CountedBucket(Bucket):
    """As `CountedDisk`."""

    def __init__(self, *, signed, **options):
        super().__init__(**options)
        self._signed = signed

    def signed_url(self, name, **terms):
        self._signed.append(name)
        return super().signed_url(name, **terms)


def count_signatures():
    """The names that are signed from now on, in the order of the calls."""
    kept = settings.STORAGES["originals"]
    signed: list[str] = []
    name = "CountedDisk" if kept["BACKEND"].endswith("Disk") else "CountedBucket"
    options = {**kept["OPTIONS"], "signed": signed}
    put("originals", {"BACKEND": f"tests.media.stores.{name}", "OPTIONS": options})
    return signed


def nth(operation, number, do):
    """A fault: do something at the `number`-th `operation`, once."""
    seen = []

    def fault(found, _):
        seen.append(found)
        if found == operation and seen.count(found) == number:
            do()

    return fault


def raising(error):
    def do():
        raise error

    return do


@contextmanager
def faulty(alias, fault):
    """Put a `FaultyDisk` over the store `alias` for the time of the block."""
    kept = settings.STORAGES[alias]
    options = {**kept["OPTIONS"], "fault": fault}
    put(alias, {"BACKEND": "tests.media.stores.FaultyDisk", "OPTIONS": options})
    try:
        yield
    finally:
        put(alias, kept)


def put(alias, storage):
    """Change a store as another settings file would."""

    settings.STORAGES = {**settings.STORAGES, alias: storage}
    setting_changed.send(None, setting="STORAGES", value=settings.STORAGES, enter=True)


def kept(alias=None):
    """Every file and folder in the stores, or in one, by its path."""
    found = []
    for each in (alias,) if alias else ("default", "originals"):
        root = Path(settings.STORAGES[each]["OPTIONS"]["location"])
        found += [str(path.relative_to(root)) for path in sorted(root.rglob("*"))]
    return found


def files(alias):
    """The names of the files in a store."""
    root = Path(settings.STORAGES[alias]["OPTIONS"]["location"])
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Answer:
    """What a client gets, from whichever store: `headers` by lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes


class Folders:
    """The stores on this machine's disk, whose files Yafig itself serves."""

    kind = "files"

    def names(self, alias):
        return files(alias)

    def read(self, alias, name):
        return (Path(settings.STORAGES[alias]["OPTIONS"]["location"]) / name).read_bytes()

    def everything(self):
        return {alias: self.names(alias) for alias in ("default", "originals")}

    def fill(self, alias, names):
        """Files with a byte each, put there in no time."""
        for name in names:
            path = Path(settings.STORAGES[alias]["OPTIONS"]["location"]) / name
            path.parent.mkdir(parents=True)
            path.write_bytes(b".")

    def guesses(self, name):
        """Where somebody would look for a private file whose name got out."""
        site = f"{settings.SITE_URL}/media"
        return [settings.MEDIA_URL + name, f"{site}/signed/{name}", f"{site}/originals/{name}"]

    def lists(self):
        return [settings.MEDIA_URL, f"{settings.SITE_URL}/media/signed/"]

    def send(self, method, url, *, headers=None, content=b"", form=None, file=b""):
        """A request of somebody who has nothing but the URL; with `form`, its fields and a file."""
        place = urlsplit(url)
        client = Client(headers=headers or {}, raise_request_exception=True)
        path = f"{place.path}?{place.query}" if place.query else place.path
        if form is None:
            answer: Any = client.generic(method, path, content)
        else:
            sent = SimpleUploadedFile("photo", file, content_type="application/octet-stream")
            answer = client.post(path, {**form, "file": sent})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answer(answer.status_code, {k.lower(): v for k, v in answer.items()}, body)


class InBucket:
    """The stores in a bucket of the real S3 server."""

    kind = "s3"
    places = {"default": "public/", "originals": "originals/"}

    def __init__(self, bucket, http):
        self.bucket = bucket
        self.http = http

    def names(self, alias):
        place = self.places[alias]
        return [key.removeprefix(place) for key in self.bucket.keys(place)]

    def read(self, alias, name):
        return self.bucket.get(self.places[alias] + name)["Body"].read()

    def everything(self):
        return {alias: self.names(alias) for alias in self.places}

    def fill(self, alias, names):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: self.bucket.put(self.places[alias] + name, b"."), names))

    def guesses(self, name):
        own = f"{self.bucket.server.endpoint}/{self.bucket.name}"
        return [f"{own}/{place}{name}" for place in self.places.values()]

    def lists(self):
        own = f"{self.bucket.server.endpoint}/{self.bucket.name}"
        return [own, f"{own}/?list-type=2", f"{own}/?prefix=public/", f"{own}/?uploads"]

    def send(self, method, url, *, headers=None, content=b"", form=None, file=b""):
        """As `Folders.send`, to the server itself."""
        if form is None:
            told = {"content": content} if content else {}
        else:
            told = {"data": form, "files": {"file": ("photo", file)}}
        answer = self.http.request(method, url, headers=headers, **told)
        headers = {k.lower(): v for k, v in answer.headers.items()}
        return Answer(answer.status_code, headers, answer.content)


def use_bucket(monkeypatch, **variables):
    """Both stores in a bucket, as the settings make them of the environment."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for alias, store in photo_storages(Env(), Path("/nowhere")).items():
        put(alias, store)


@pytest.fixture(scope="session")
def bucket_of_this_worker():
    """Made once for each worker process of the suite."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    found = s3.Bucket(f"yafig-{worker}-{secrets.token_hex(3)}")
    found.prepare()
    return found


@pytest.fixture
def bucket(bucket_of_this_worker, monkeypatch, settings):
    """An empty bucket, with Yafig's stores in it."""
    use_bucket(monkeypatch, **bucket_of_this_worker.variables)
    settings.MEDIA_URL = bucket_of_this_worker.public_url
    yield bucket_of_this_worker
    bucket_of_this_worker.empty()


@pytest.fixture(params=["files", "s3"])
def store(request):
    """Run the test on both kinds of stores."""
    if request.param == "files":
        return Folders()
    return InBucket(request.getfixturevalue("bucket"), request.getfixturevalue("http"))


@pytest.fixture(scope="session")
def http():
    """A client that sends what it is told, and to nobody but whom it is told."""
    with httpx.Client(timeout=20, trust_env=False) as client:
        yield client
