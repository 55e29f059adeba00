"""The sandbox in which strangers' files are read: what a program cannot do there, and its end."""

import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from media import sandbox
from media.sandbox import Limits, NotWanted, TakesTooLong

LIMITS = Limits(seconds=20, memory=512 * 2**20, size=2**20)
linux = pytest.mark.skipif(sys.platform != "linux", reason="there is no such sandbox elsewhere")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "inside"
    made.mkdir()
    return made


def tried(code):
    return f"try:\n    {code}\nexcept BaseException as error:\n    print(type(error).__name__)"


@pytest.fixture
def inside(folder):
    """Run code there: its end, and the lines that it prints."""
    places = [Path("/usr/local/bin/python3"), Path("/usr/bin/python3")]
    system = next((each for each in places if each.exists()), None)
    if system is None:
        pytest.skip("the system has no Python among its programs")

    def run(code, limits=LIMITS, **more):
        said: list[str] = []
        command = [str(system), "-I", "-S", "-c", code]
        done = sandbox.run(command, folder=folder, limits=limits, hear=said.append, **more)
        return done, said

    return run


@linux
def test_no_socket_of_any_kind_is_made(inside):
    kinds = ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK")
    code = "import socket\n" + "\n".join(
        tried(f"socket.socket(socket.{kind}, socket.SOCK_DGRAM); print('made')") for kind in kinds
    )

    done, said = inside(code)

    assert (done.code, said) == (0, ["PermissionError"] * 4)


@linux
def test_nobody_is_called(inside):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        connect = f"socket.create_connection(('127.0.0.1', {port}))"

        done, said = inside("import socket\n" + tried(connect))

        assert (done.code, said) == (0, ["PermissionError"])
        with pytest.raises(TimeoutError):
            listener.accept()


@linux
def test_only_the_folder_is_read_and_written(inside, folder, tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("a secret")
    (folder / "own").write_text("mine")
    (folder / "link").symlink_to(canary)
    steps = [
        "print(open('own').read())",
        f"print(open({str(canary)!r}).read())",
        "print(open('link').read())",
        "print(open('../canary').read())",
        "print(open('/etc/passwd').read())",
        "print(open('/proc/self/environ').read())",
        f"open({str(tmp_path / 'new')!r}, 'w')",
        "open('new', 'w').write('x'); print('written')",
    ]

    done, said = inside("\n".join(tried(step) for step in steps))

    assert (done.code, said) == (0, ["mine", *["PermissionError"] * 6, "written"])
    assert not (tmp_path / "new").exists()


@linux
def test_nothing_leads_out_of_the_folder_or_the_group(inside, tmp_path):
    """Not for whoever looks into the folder afterwards either."""
    steps = [
        f"os.symlink({str(tmp_path)!r}, 'made.mp4')",
        f"os.rename('code', {str(tmp_path / 'code')!r})",
        "os.mkfifo('made.mp4')",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "os.kill(os.getppid(), 0)",
    ]

    done, said = inside("import os; open('code', 'w')\n" + "\n".join(tried(each) for each in steps))

    assert (done.code, said) == (0, ["PermissionError"] * len(steps))


def test_memory_and_the_size_of_files_are_limited(inside, folder):
    steps = [
        "print(len(bytes(2**30)))",
        "import signal; open('large', 'wb').write(bytes(2**22)); print('written')",
    ]

    _, said = inside("\n".join(tried(step) for step in steps))

    assert said == ["MemoryError", "OSError"]
    assert (folder / "large").stat().st_size <= LIMITS.size


def test_it_is_polite_and_inherits_nothing(inside, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "nobody's business")

    code = "import os; print(os.nice(0) >= 10, 'SECRET_KEY' in os.environ, sorted(os.listdir('.')))"
    _, said = inside(code)

    assert said == ["True False ['errors']"]


def test_one_that_takes_too_long_is_killed_with_its_children(inside, folder):
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    time.sleep(2)\n"
        "    open('alive', 'w')\n"
        "time.sleep(60)\n"
    )
    began = time.monotonic()

    with pytest.raises(TakesTooLong):
        inside(code, replace(LIMITS, seconds=1))

    assert time.monotonic() - began < 20
    time.sleep(1.5)
    assert not (folder / "alive").exists()


def test_one_that_only_burns_the_processor_is_ended_too(inside):
    done, _ = inside("while True: pass", replace(LIMITS, threads=0))

    assert done.code < 0


def test_one_that_says_much_and_never_a_line_is_listened_to(inside):
    code = "import sys\nfor _ in range(100):\n    sys.stdout.write('x' * 10**4)\nprint('\\nend')"

    done, said = inside(code)

    assert (done.code, said[-1]) == (0, "end")
    assert len(said[0]) < 10**4


def test_a_watcher_ends_it(inside):
    asked = []

    def watch():
        asked.append(1)
        return len(asked) < 3

    with pytest.raises(NotWanted):
        inside("import time; time.sleep(60)", watch=watch)


@linux
def test_it_dies_with_whoever_started_it(folder):
    """By the power cut's little brother: SIGKILL to the worker."""
    here = str(Path(__file__).parents[2])
    command = ["/bin/sh", "-c", "touch started; sleep 2; touch alive"]
    code = (
        f"import sys; sys.path.insert(0, {here!r})\n"
        "from pathlib import Path\n"
        "from media.sandbox import Limits, run\n"
        f"run({command!r}, folder=Path({str(folder)!r}), limits=Limits(60, 2**30, 2**20))\n"
    )
    worker = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)
    deadline = time.monotonic() + 20
    while not (folder / "started").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)

    os.kill(worker, 9)
    os.waitpid(worker, 0)

    time.sleep(2.5)
    assert not (folder / "alive").exists()


def test_a_program_that_is_not_there_is_told_apart(folder):
    done = sandbox.run(["/nowhere/ffmpeg"], folder=folder, limits=LIMITS)

    assert done.code == sandbox.NOT_STARTED
    assert "No such file" in done.words
