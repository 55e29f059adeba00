"""The stores (Y7, Y9): names nobody can guess, whole files or none, and nothing left behind."""

import contextlib
import io
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from environs import Env, EnvError

from config.settings.storages import photo_storages
from media import storage
from tests.faults import proxy
from tests.media import stores
from tests.racing import at_once


def originals():
    return Path(settings.STORAGES["originals"]["OPTIONS"]["location"])


# Names


def test_a_folder_has_a_name_of_160_random_bits_and_no_two_are_alike():
    folders = {storage.new_folder() for _ in range(2_000)}

    assert len(folders) == 2_000
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}", folder) for folder in folders)
    assert len({folder[:2] for folder in folders}) > 200


def test_no_store_learns_the_name_or_the_type_that_the_client_claims(bucket):
    file = SimpleUploadedFile("../../evil.html", b"bytes", content_type="text/html")

    name = storage.save_original(storage.new_folder(), file)

    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}/original", name)
    assert bucket.keys() == [f"originals/{name}"]
    kept = bucket.get(f"originals/{name}")
    assert kept["ContentType"] == "application/octet-stream"
    assert kept["Metadata"] == {}


def test_an_original_is_not_among_the_files_that_are_served():
    name = storage.save_original(storage.new_folder(), io.BytesIO(b"private"))

    with pytest.raises(FileNotFoundError):
        storage.open_rendition(name)

    assert stores.kept("default") == []
    assert not storage.is_rendition(name)
    assert storage.open_original(name).read() == b"private"


def test_a_url_is_absolute_and_leads_to_where_the_settings_say(settings):
    folder = storage.new_folder()
    name = storage.save_rendition(folder, 320, b"small", "jpg")

    assert name == f"{folder}/320.jpg"
    assert storage.url(name) == f"http://testserver/media/{folder}/320.jpg"
    settings.MEDIA_URL = "https://cdn.example.org/p/"
    assert storage.url(name) == f"https://cdn.example.org/p/{folder}/320.jpg"


# Whole or not at all


def test_saving_a_name_again_replaces_the_file_for_new_readers_only():
    folder = storage.new_folder()
    name = storage.save_rendition(folder, 320, b"first", "jpg")
    reader = storage.open_rendition(name)

    again = storage.save_rendition(folder, 320, b"second", "jpg")

    assert again == name
    assert reader.read() == b"first"
    assert storage.open_rendition(name).read() == b"second"
    assert stores.files("default") == [name]


def test_a_file_that_breaks_off_leaves_nothing():
    class BreaksOff(io.BytesIO):
        def read(self, *args):
            if self.tell():
                raise OSError("the client is gone")
            return super().read(*args)

    with pytest.raises(OSError, match="the client is gone"):
        storage.save_original(storage.new_folder(), BreaksOff(b"x" * 100_000))

    assert stores.kept() == []


def test_a_disk_that_takes_nothing_is_an_oserror_and_leaves_nothing():
    originals().parent.mkdir(exist_ok=True)
    originals().write_bytes(b"a file where the folder should be")

    with pytest.raises(OSError, match="original"):
        storage.save_original(storage.new_folder(), io.BytesIO(b"x"))

    assert originals().is_file()


def test_folders_go_with_their_last_file_while_others_arrive():
    def come_and_go():
        for _ in range(50):
            folder = "ab/" + storage.new_folder()[3:]
            storage.save_original(folder, io.BytesIO(b"x"))
            storage.remove(folder)

    at_once(*[come_and_go] * 4)
    assert set(stores.kept()) <= {"ab"}  # while it is busy, the folder that they share may stay

    come_and_go()
    assert stores.kept() == []


def test_a_shared_folder_is_not_pruned_under_a_writer_that_needs_it():
    pruning = (
        "import sys\n"
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from media.disk import Disk\n"
        "settings.configure()\n"
        "disk = Disk(location=sys.argv[1])\n"
        "while True:\n"
        "    disk._prune(Path(sys.argv[1]) / 'ab' / 'x')\n"
        "    (Path(sys.argv[1]) / 'ab' / 'x').mkdir(parents=True, exist_ok=True)\n"
    )
    root = settings.STORAGES["originals"]["OPTIONS"]["location"]
    pruner = subprocess.Popen([sys.executable, "-c", pruning, str(root)])
    try:
        began = time.monotonic()
        while time.monotonic() - began < 1.5:
            folder = "ab/" + storage.new_folder()[3:]
            storage.save_original(folder, io.BytesIO(b"x"))
            storage.remove(folder)
    finally:
        pruner.kill()
        pruner.wait()


# Deleting


def test_deleting_what_is_missing_is_no_error():
    folder = storage.new_folder()

    storage.delete_names("originals", [f"{folder}/original"])
    storage.delete_names("default", [f"{folder}/320.jpg", f"{folder}/640.jpg"])
    storage.tidy(folder, keep=[])
    storage.remove(folder)

    assert stores.kept() == []


def test_deleting_takes_what_is_named_and_nothing_else():
    folder = storage.new_folder()
    original = storage.save_original(folder, io.BytesIO(b"x"))
    small = storage.save_rendition(folder, 320, b"x", "jpg")
    large = storage.save_rendition(folder, 640, b"x", "jpg")

    storage.delete_names("default", [small])
    assert (stores.files("default"), stores.files("originals")) == ([large], [original])

    storage.delete_names("originals", [original])
    assert (stores.files("default"), stores.files("originals")) == ([large], [])


def test_tidying_takes_what_killed_writers_left_and_keeps_the_rest():
    folder = storage.new_folder()
    name = storage.save_rendition(folder, 320, b"x", "jpg")
    storage.save_rendition(folder, 320, b"x", "webp")
    root = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    (root / folder / "640.jpg.00c0ffee.part").write_bytes(b"half")

    storage.tidy(folder, keep=[name])

    assert stores.files("default") == [name]


@pytest.mark.parametrize("folder", ["", ".", "..", "ab", "ab/..", "/etc", "ab/" + "0" * 37])
def test_removing_a_folder_that_is_not_ours_removes_nothing(folder):
    name = storage.save_original("ab/" + "0" * 38, io.BytesIO(b"x"))

    storage.remove(folder)

    assert stores.files("originals") == [name]


def test_any_django_storage_serves():
    for alias in ("default", "originals"):
        stores.put(alias, {"BACKEND": "django.core.files.storage.InMemoryStorage"})
    folder = storage.new_folder()

    original = storage.save_original(folder, io.BytesIO(b"large"))
    first = storage.save_rendition(folder, 320, b"first", "jpg")
    again = storage.save_rendition(folder, 320, b"again", "jpg")  # Django finds it another name
    storage.tidy(folder, keep=[again])

    assert storage.open_original(original).read() == b"large"
    assert storage.open_rendition(again).read() == b"again"
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(first)
    storage.remove(folder)
    with pytest.raises(FileNotFoundError):
        storage.open_original(original)


# A bucket


def test_what_is_public_says_so_by_its_place_and_no_acl_is_sent(bucket, monkeypatch):
    folder = storage.new_folder()
    with proxy.before(bucket.server.endpoint) as before:
        stores.use_bucket(monkeypatch, **{**bucket.variables, "S3_ENDPOINT_URL": before.url})

        storage.save_original(folder, io.BytesIO(b"large"))
        storage.save_rendition(folder, 320, b"small", "jpg")

    private, public = before.headers
    assert public["content-type"] == "image/jpeg"
    assert public["cache-control"] == "public, max-age=31536000, immutable"
    assert private["cache-control"].startswith("private,")
    assert not any(name.startswith(("x-amz-acl", "x-amz-grant")) for name in {**private, **public})


def test_a_photo_goes_in_one_request_and_comes_in_one(bucket, monkeypatch):
    content = bytes(20 * 2**20)
    with proxy.before(bucket.server.endpoint) as before:
        stores.use_bucket(monkeypatch, **{**bucket.variables, "S3_ENDPOINT_URL": before.url})

        name = storage.save_original(storage.new_folder(), io.BytesIO(content))
        assert storage.open_original(name).read() == content

    assert [method for method, _ in before.seen] == ["PUT", "GET"]


def test_what_is_signed_for_others_names_the_address_that_they_can_reach(bucket, monkeypatch):
    there = "https://photos.example.org"
    stores.use_bucket(monkeypatch, **{**bucket.variables, "S3_PUBLIC_ENDPOINT_URL": there})
    name = storage.save_original(storage.new_folder(), io.BytesIO(b"x"))
    ends = timezone.now() + timedelta(hours=1)

    url = storage.signed_url(name, viewer_id=1, expires_at=ends)
    form, _ = storage.upload_store().form(name, mime="image/jpeg", size=1, seconds=60)
    part = storage.upload_store().part_url(name, "token", 1, size=1, seconds=60)

    assert url.startswith(f"{there}/{bucket.name}/originals/{name}?")
    assert form == f"{there}/{bucket.name}"
    assert part.startswith(f"{there}/{bucket.name}/originals/{name}?")


def test_a_frozen_bucket_is_an_oserror_within_its_time(bucket, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        endpoint = f"http://127.0.0.1:{frozen.getsockname()[1]}"
        quick = {"S3_READ_TIMEOUT": "0.3", "S3_CONNECT_TIMEOUT": "0.3"}
        stores.use_bucket(monkeypatch, **{**bucket.variables, **quick, "S3_ENDPOINT_URL": endpoint})
        began = time.monotonic()

        for call in (
            lambda: storage.save_original(storage.new_folder(), io.BytesIO(b"x")),
            lambda: storage.open_original(f"{storage.new_folder()}/original"),
            lambda: storage.remove(storage.new_folder()),
            lambda: storage.delete_names("originals", [f"{storage.new_folder()}/original"]),
            lambda: storage.is_there("originals", f"{storage.new_folder()}/original"),
            lambda: list(storage.listed("originals", "")),
        ):
            with pytest.raises(OSError, match="The bucket failed"):
                call()

        assert time.monotonic() - began < 20


def test_a_bucket_that_takes_a_file_byte_by_byte_is_an_oserror_within_its_time(bucket, monkeypatch):
    done = threading.Event()

    def sip(listening):
        with contextlib.suppress(OSError):
            connection, _ = listening.accept()
            with connection:
                while not done.wait(0.05) and connection.recv(1000):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}"
        limits = {"S3_READ_TIMEOUT": "2", "S3_OBJECT_TIMEOUT": "1.5"}
        stores.use_bucket(
            monkeypatch, **{**bucket.variables, **limits, "S3_ENDPOINT_URL": endpoint}
        )
        sipping = threading.Thread(target=sip, args=(listening,))
        sipping.start()
        try:
            with pytest.raises(OSError, match="takes too slowly"):
                storage.save_original(storage.new_folder(), io.BytesIO(bytes(64 * 2**20)))
        finally:
            done.set()
            sipping.join()


def test_a_call_to_the_store_ends_in_bounded_time_by_default(monkeypatch, tmp_path):
    """Two tries, of which each has so long to connect and so long from byte to byte."""
    for name in ("S3_CONNECT_TIMEOUT", "S3_READ_TIMEOUT", "S3_OBJECT_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    stores.use_bucket(monkeypatch, MEDIA_STORAGE="s3", S3_BUCKET="b", S3_REGION="eu-central-1")

    for alias in ("default", "originals"):
        store: Any = storages[alias]
        config = store.connection.meta.client.meta.config
        assert config.retries["total_max_attempts"] == 2
        assert (
            config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout)
            == 26
        )
        assert settings.STORAGES[alias]["OPTIONS"]["object_timeout"] == 60


# Settings


def test_folders_are_the_default_and_a_misspelt_kind_is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv("MEDIA_STORAGE", raising=False)
    found = photo_storages(Env(), tmp_path)

    assert {alias: each["OPTIONS"] for alias, each in found.items()} == {
        "default": {"location": tmp_path / "public"},
        "originals": {"location": tmp_path / "originals"},
    }
    monkeypatch.setenv("MEDIA_STORAGE", "s4")
    with pytest.raises(EnvError):
        photo_storages(Env(), tmp_path)


def test_a_bucket_without_a_name_is_refused_at_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_STORAGE", "s3")
    monkeypatch.delenv("S3_BUCKET", raising=False)

    with pytest.raises(EnvError):
        photo_storages(Env(), tmp_path)
