"""The S3 server of the tests (T7, Y16): on loopback, gone with its parent, and strict."""

import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import psutil
import pytest

from embedded import ports, s3, s3_build
from embedded.elasticsearch_jars import alone
from embedded.processes import ServerError, is_alive
from tests.embedded.waiting import eventually
from tests.media.s3 import Bucket

pytestmark = pytest.mark.xdist_group("embedded")
ROOT = Path(__file__).parents[2]

PARENT = """
import sys, time
from pathlib import Path
from embedded import s3
server = s3.Server(Path(sys.argv[1]))
server.start()
print(server.people.pid, server.gateway.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path):
    with s3.Server(tmp_path / "a folder with a long name and an açcent" / "s3") as server:
        yield server


def listening(pid):
    return {
        connection.laddr.ip
        for connection in psutil.Process(pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def test_it_listens_on_loopback_only_and_shows_no_key_on_its_command_line(server):
    for process in (server.people, server.gateway):
        assert listening(process.pid) == {ports.LOOPBACK}
        assert server.secret_key not in " ".join(psutil.Process(process.pid).cmdline())


def test_what_was_kept_is_there_after_a_kill_on_the_same_address(server):
    bucket = Bucket("photos", s3.Address.of(server.url))
    bucket.prepare()
    bucket.put("public/a", b"x")
    before = server.url

    server.kill()
    assert not server.running
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{bucket.public_url}a")
    server.start()

    assert server.url == before
    assert httpx.get(f"{bucket.public_url}a").content == b"x"
    assert httpx.get(f"{server.endpoint}/photos/a").status_code == 403


def test_a_paused_one_is_silent_and_goes_on_when_resumed(server):
    url = f"{server.endpoint}{s3.HEALTH}"

    server.pause()
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(url, timeout=0.3)
    server.resume()

    assert httpx.get(url).status_code == 200


def test_a_kill_of_the_parent_leaves_no_process(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "s3")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        members = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert len(members) == 2
        assert all(is_alive(member) for member in members)

        parent.kill()

    assert eventually(lambda: not any(is_alive(member) for member in members), seconds=15)


def test_a_server_that_cannot_start_leaves_nothing_and_says_why(tmp_path):
    server = s3.Server(tmp_path / "s3")
    with socket.create_server((ports.LOOPBACK, 0)) as taken:
        server.port = taken.getsockname()[1]

        with pytest.raises(ServerError, match="S3 ended while starting"):
            server.__enter__()

    assert not server.people.running
    assert not server.gateway.running


# Its program


def test_the_program_is_of_the_sources_that_are_locked():
    folder = s3_build.home()

    assert folder.name.startswith(f"versitygw-{s3_build.version()}-")
    assert s3_build.install(folder) == folder / "versitygw"
    lines = (s3_build.MODULE / "go.sum").read_text().splitlines()
    locked = [line for line in lines if line.startswith("github.com/versity/versitygw ")]
    assert [line.split()[1].partition("/")[0] for line in locked] == [f"v{s3_build.version()}"] * 2


def test_without_go_and_without_the_program_a_person_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "path", [path for path in sys.path if "site-packages" not in path])
    monkeypatch.setenv("PATH", "/nonexistent")
    assert shutil.which("go") is None

    with pytest.raises(ServerError, match=r"requirements-dev\.txt"):
        s3_build.go()


def test_sources_that_cannot_be_had_are_told_of_and_leave_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "versitygw-1.2.3"
    monkeypatch.setenv("GOPROXY", "off")

    with pytest.raises(ServerError, match=r"could not be built(.|\n)*copy the folder"):
        s3_build.install(folder)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "versitygw-1.2.3.lock",
        "versitygw-1.2.3.log",
    ]


def test_whoever_comes_second_waits_for_the_first_and_takes_what_it_built(tmp_path, monkeypatch):
    monkeypatch.setenv("GOPROXY", "off")
    folder = tmp_path / "versitygw-1.2.3"
    found = []
    second = threading.Thread(target=lambda: found.append(s3_build.install(folder)))
    with alone(folder):
        second.start()
        second.join(0.3)
        assert second.is_alive()
        folder.mkdir()
    second.join(10)

    assert found == [folder / "versitygw"]
