"""The stores (Y7, Y9): names nobody can guess, whole files or none, and nothing left behind."""

import io
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from environs import Env, EnvError

from config.settings.storages import photo_storages
from media import storage
from tests.media import stores
from tests.racing import at_once


def originals():
    return Path(settings.STORAGES["originals"]["OPTIONS"]["location"])


@pytest.fixture
def bucket(monkeypatch):
    """Both stores in a bucket, as the settings make them of the environment."""
    with stores.s3() as server:
        use_bucket(monkeypatch, f"http://127.0.0.1:{server.server_port}")
        yield server


def use_bucket(monkeypatch, endpoint, **variables):
    variables = {
        "MEDIA_STORAGE": "s3",
        "S3_BUCKET": "photos",
        "S3_ENDPOINT_URL": endpoint,
        "S3_REGION": "eu-central-1",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        **variables,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for alias, store in photo_storages(Env(), Path("/nowhere")).items():
        stores.put(alias, store)


# Names


def test_a_folder_has_a_name_of_160_random_bits_and_no_two_are_alike():
    folders = {storage.new_folder() for _ in range(2_000)}

    assert len(folders) == 2_000
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}", folder) for folder in folders)
    assert len({folder[:2] for folder in folders}) > 200


def test_no_store_learns_the_name_or_the_type_that_the_client_claims(bucket):
    file = SimpleUploadedFile("../../evil.html", b"bytes", content_type="text/html")

    name = storage.save_original(storage.new_folder(), file)

    ((key, (_, headers)),) = bucket.objects.items()
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{38}/original", name)
    assert key == f"/photos/originals/{name}"
    assert headers["Content-Type"] == "application/octet-stream"


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

    storage.delete_originals([f"{folder}/original"])
    storage.delete_renditions([f"{folder}/320.jpg", f"{folder}/640.jpg"])
    storage.tidy(folder, keep=[])
    storage.remove(folder)

    assert stores.kept() == []


def test_deleting_takes_what_is_named_and_nothing_else():
    folder = storage.new_folder()
    original = storage.save_original(folder, io.BytesIO(b"x"))
    small = storage.save_rendition(folder, 320, b"x", "jpg")
    large = storage.save_rendition(folder, 640, b"x", "jpg")

    storage.delete_renditions([small])
    assert (stores.files("default"), stores.files("originals")) == ([large], [original])

    storage.delete_originals([original])
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


def test_a_bucket_keeps_and_forgets_like_a_folder(bucket):
    folder, other = storage.new_folder(), storage.new_folder()

    original = storage.save_original(folder, io.BytesIO(b"large"))
    small = storage.save_rendition(folder, 320, b"small", "jpg")
    storage.save_rendition(folder, 640, b"stray", "webp")
    kept = storage.save_rendition(other, 320, b"other", "jpg")
    storage.tidy(folder, keep=[small])

    assert storage.open_original(original).read() == b"large"
    assert storage.open_rendition(small).size == 5
    assert storage.open_rendition(small).read() == b"small"
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(f"{folder}/640.webp")
    storage.remove(folder)
    storage.remove(folder)
    assert list(bucket.objects) == [f"/photos/public/{kept}"]


def test_what_is_public_says_so_by_its_place_and_no_acl_is_sent(bucket):
    folder = storage.new_folder()

    storage.save_original(folder, io.BytesIO(b"large"))
    storage.save_rendition(folder, 320, b"small", "jpg")

    private = bucket.objects[f"/photos/originals/{folder}/original"][1]
    public = bucket.objects[f"/photos/public/{folder}/320.jpg"][1]
    assert public["Content-Type"] == "image/jpeg"
    assert public["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cache-Control" not in private
    assert not any(name.lower() == "x-amz-acl" for name in {**private, **public})


def test_a_bucket_that_breaks_while_it_is_read_is_an_oserror_when_it_is_opened(bucket):
    name = storage.save_original(storage.new_folder(), io.BytesIO(b"large"))
    bucket.broken = True

    with pytest.raises(OSError, match="The bucket failed"):
        storage.open_original(name)


def test_a_frozen_bucket_is_an_oserror_within_its_time(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        endpoint = f"http://127.0.0.1:{frozen.getsockname()[1]}"
        use_bucket(monkeypatch, endpoint, S3_READ_TIMEOUT="0.3", S3_CONNECT_TIMEOUT="0.3")
        began = time.monotonic()

        for call in (
            lambda: storage.save_original(storage.new_folder(), io.BytesIO(b"x")),
            lambda: storage.open_original(f"{storage.new_folder()}/original"),
            lambda: storage.remove(storage.new_folder()),
            lambda: storage.delete_originals([f"{storage.new_folder()}/original"]),
        ):
            with pytest.raises(OSError, match="The bucket failed"):
                call()

        assert time.monotonic() - began < 15


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
