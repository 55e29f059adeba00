"""A child process with an orderly end.

A child leads its own session, so that Ctrl-C in the terminal reaches only its parent, which stops
it in order. Should the parent vanish, the kernel sends the child its stop signal (on Linux; what
is left elsewhere is found by `embedded.records` at the next start).
"""

import os
import pwd
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

from embedded import privileges

TICK = 0.02  # seconds between two looks at something that is awaited


class ServerError(Exception):
    """A server cannot be used; the text tells a person why and what to do."""


def never() -> bool:
    return False


class Process:
    """One program: start, watch, stop, and for the fault tests pause, resume and kill.

    Start it from the main thread: the kernel takes the end of the starting *thread* for the end
    of the parent.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience: float = 10.0,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.env = None if env is None else dict(env)
        self.cwd = cwd
        self.stop_signal = stop_signal
        self.patience = patience
        self.user: pwd.struct_passwd | None = None  # whom it runs as, if not as we do
        self.popen: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0  # seconds since the epoch, as psutil's create_time

    @property
    def pid(self) -> int:
        """Raises `ServerError` when it was never started."""
        if self.popen is None:
            raise ServerError(f"{self.name} has not been started.")
        return self.popen.pid

    @property
    def running(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def start(self) -> None:
        """Start the program; one that runs already is left as it is."""
        if not self.running:
            self.launch()

    def launch(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                preexec_fn=privileges.in_child(self.stop_signal, self.user),
            )
        self.started_at = created_at(self.popen.pid)

    def stop(self, *, hurry: Callable[[], bool] = never) -> None:
        """Ask it to end, and end it by force after `patience` seconds or once `hurry()` is true."""
        if self.popen is None:
            return
        if self.running:
            self.resume()
            self.popen.send_signal(self.stop_signal)
            deadline = time.monotonic() + self.patience
            while self.running and time.monotonic() < deadline and not hurry():
                time.sleep(TICK)
        self.kill()

    def kill(self) -> None:
        """End it and everything it started, at once."""
        if self.popen is None:
            return
        family = [*self.family(), *group_members(self.popen.pid, self.started_at)]
        send(signal.SIGKILL, family)
        self.popen.wait()
        wait_for_the_end(family, seconds=5)

    def pause(self) -> None:
        """Freeze it and its children: connections stay open and nobody answers."""
        send(signal.SIGSTOP, self.family())

    def resume(self) -> None:
        send(signal.SIGCONT, self.family())

    def family(self) -> list[psutil.Process]:
        if not self.running:
            return []
        try:
            leader = psutil.Process(self.pid)
            return [leader, *leader.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def last_words(self, lines: int = 8) -> str:
        """The end of its log, for a message."""
        if not self.log.exists():
            return "(it wrote nothing)"
        with self.log.open(errors="replace") as log:
            return "".join(f"    {line}" for line in deque(log, maxlen=lines)).rstrip()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait for `ready()`. Raises `ServerError` when the program ends first or time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise ServerError(
                    f"{self.name} ended while starting. Its log, {self.log}:\n{self.last_words()}"
                )
            if time.monotonic() > deadline:
                raise ServerError(
                    f"{self.name} does not answer after {seconds:.0f} s. Its log, {self.log}:\n"
                    f"{self.last_words()}"
                )
            time.sleep(TICK)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def created_at(pid: int) -> float:
    """When the process began; 0.0 when it is gone already."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0


def group_members(leader: int, since: float) -> list[psutil.Process]:
    """The living processes of the group that `leader` opened at `since`.

    A group's number is not given to anybody else while it has members, so a leader of another age
    means that the group is a stranger's.
    """
    members = list(_members(leader))
    strangers = any(
        process.pid == leader and abs(process.create_time() - since) > 1 for process in members
    )
    return [] if strangers else members


def _members(group: int) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue


def is_alive(process: psutil.Process) -> bool:
    """A zombie is not: it holds nothing any more, and only its parent can remove it."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def works_in(folder: Path, *, pid: int, name: str) -> bool:
    """Whether process `pid` is a program called `name` whose working directory is `folder`."""
    try:
        process = psutil.Process(pid)
        return bool(process.name() == name and Path(process.cwd()) == folder.resolve())
    except psutil.Error:
        return False


def wait_for_the_end(processes: Sequence[psutil.Process], *, seconds: float) -> bool:
    """Whether all of them ended in time."""
    deadline = time.monotonic() + seconds
    while any(is_alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
    return True


def send(number: signal.Signals, processes: Sequence[psutil.Process]) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue
