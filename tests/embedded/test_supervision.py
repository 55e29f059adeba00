"""Children end with their parent, are started again when they fall, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from embedded import logs, records
from embedded.home import Home, Instance
from embedded.processes import Process, is_alive
from embedded.supervisor import Supervisor
from tests.embedded.waiting import eventually

pytestmark = pytest.mark.xdist_group("embedded")
ROOT = Path(__file__).parents[2]

PARENT = """
import sys, time
from pathlib import Path
from embedded import postgres, redis
folder = Path(sys.argv[1])
servers = [postgres.Server(folder / "postgres", durable=False), redis.Server(folder / "redis")]
for server in servers:
    server.start()
print(*(member.pid for server in servers for member in server.family()), flush=True)
time.sleep(60)
"""
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("WARNING: beware", flush=True)
time.sleep(60)
"""


def family(tmp_path, **options):
    command = [sys.executable, "-c", FAMILY]
    return Process("family", command, log=tmp_path / "family.log", **options)


def test_a_kill_of_the_parent_leaves_no_process(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        members = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert len(members) > 2

        parent.kill()

    assert eventually(lambda: not any(is_alive(member) for member in members))


def test_ctrl_c_at_the_terminal_does_not_reach_the_children(tmp_path):
    with family(tmp_path) as process:
        assert os.getsid(process.pid) == process.pid != os.getsid(0)


def test_stopping_takes_the_grandchildren_along(tmp_path):
    process = family(tmp_path)
    process.start()
    assert eventually(lambda: len(process.family()) == 2)
    members = process.family()

    process.stop()

    assert not any(is_alive(member) for member in members)


def test_what_does_not_listen_is_ended_by_force_and_sooner_in_a_hurry(tmp_path):
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True)"
    command = [sys.executable, "-c", f"{stubborn}; time.sleep(60)"]
    process = Process("deaf", command, log=tmp_path / "log", patience=30)
    process.start()
    assert eventually(lambda: "deaf" in process.last_words())
    began = time.monotonic()

    process.stop(hurry=lambda: time.monotonic() - began > 0.2)

    assert process.popen
    assert process.popen.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_what_falls_is_started_again_and_its_warnings_are_shown(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("embedded.console._screen", sys.stderr)
    supervisor = Supervisor(tmp_path)
    process = family(tmp_path)
    supervisor.start(process)
    supervisor.wards[0].delay = 0.05
    first = process.pid
    with process.log.open("a") as log:
        log.write("WARNING: the lamp is low\n")

    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not process.running)

    def is_back():
        supervisor.look()
        return process.running and process.pid != first

    assert eventually(is_back)
    supervisor.stop()

    shown = capfd.readouterr().err
    assert "family | WARNING: the lamp is low" in shown
    assert "family ended unexpectedly (signal 9)" in shown
    assert "family started again" in shown
    assert not list(tmp_path.glob("*.process"))


def test_the_next_start_ends_what_a_crash_left(tmp_path):
    process = family(tmp_path)
    process.start()
    assert eventually(lambda: len(process.family()) == 2)
    members = process.family()
    records.write(tmp_path, process)
    members[0].kill()  # the leader, so that only its child is left
    assert eventually(lambda: not process.running)
    assert is_alive(members[1])

    ended = records.end_leftovers(tmp_path)

    assert ended == ["family"]
    assert not is_alive(members[1])
    assert records.end_leftovers(tmp_path) == []


def test_a_number_that_was_given_to_somebody_else_is_left_alone(tmp_path):
    with family(tmp_path) as stranger:
        stranger.started_at -= 1000  # the record speaks of an older process
        records.write(tmp_path, stranger)

        assert records.end_leftovers(tmp_path) == []

        assert stranger.running


def test_one_process_at_a_time_has_the_folder_and_tells_who_it_is(tmp_path):
    first, second = Home(tmp_path / "var"), Home(tmp_path / "var")
    told = Instance(
        pid=1, command="make up", ready=True, site="http://x", environment={"REDIS_URL": "y"}
    )

    with first.locked() as alone:
        assert alone
        first.announce(told)
        with second.locked() as also:
            assert not also
        assert second.instance() == told
        assert oct((first.run / "instance.json").stat().st_mode)[-3:] == "600"

    assert second.instance() is None


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path):
    home = Home(tmp_path)

    first = home.secrets()

    assert len(first["SECRET_KEY"]) >= 50
    assert home.secrets() == first
    assert oct((tmp_path / "env").stat().st_mode)[-3:] == "600"


def test_a_long_log_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "MAX_BYTES", 10)
    log = tmp_path / "web.log"
    log.write_text("more than ten bytes")

    logs.rotate(log)

    assert not log.exists()
    assert (tmp_path / "web.log.1").read_text() == "more than ten bytes"
