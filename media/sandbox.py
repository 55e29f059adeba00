"""Programs that read what strangers have sent: each in a folder and a process group of its own.

What the program may not do is `confinement.py`'s; here is its end: after so many seconds, or when
whoever watches it has seen enough, the whole group is killed, whatever it is doing.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from media.confinement import NOT_STARTED

__all__ = ["NOT_STARTED", "Done", "Limits", "NotWanted", "TakesTooLong", "run"]

_CONFINEMENT = Path(__file__).with_name("confinement.py")
_ERRORS = "errors"  # what it says, in its folder
_WORDS = 16 * 1024  # bytes of that
_LOOK = 0.5  # seconds until a watcher is asked again
_LINE = 4096  # bytes


@dataclass(frozen=True)
class Limits:
    """`seconds` by the clock on the wall, and for each of `threads` by the processor's; the others
    in bytes. `size` is that of the largest file."""

    seconds: float
    memory: int
    size: int
    threads: int = 1


class TakesTooLong(Exception):  # noqa: N818 -- an answer that callers must expect
    """The program was killed for its time."""


class NotWanted(Exception):  # noqa: N818
    """The program was killed because its watcher wanted no more of it."""


@dataclass(frozen=True)
class Done:
    """`code` is negative when a signal ended it; `words` is how its standard error began."""

    code: int
    words: str


def run(
    command: Sequence[str],
    *,
    folder: Path,
    limits: Limits,
    hear: Callable[[str], None] | None = None,
    watch: Callable[[], bool] | None = None,
) -> Done:
    """Run `command` in `folder`, the one place where it can read and write.

    `hear` gets each line that it prints; `watch` is asked at least twice a second whether to go
    on. Raises `TakesTooLong`, `NotWanted`, and OSError when it cannot be started.
    """
    errors = folder / _ERRORS
    with errors.open("wb") as said:
        child = subprocess.Popen(  # noqa: S603 -- our own words, but for names of files in `folder`
            [sys.executable, "-I", "-S", str(_CONFINEMENT), _as_json(limits), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=folder,
            start_new_session=True,
        )
    try:
        _attend(child, time.monotonic() + limits.seconds, hear, watch)
    finally:
        _end(child)
    with errors.open("rb") as heard:
        return Done(child.returncode, heard.read(_WORDS).decode(errors="replace"))


def _as_json(limits: Limits) -> str:
    seconds = int(limits.seconds * limits.threads) + 1
    return json.dumps({"memory": limits.memory, "seconds": seconds, "size": limits.size})


def _attend(
    child: "subprocess.Popen[bytes]",
    until: float,
    hear: Callable[[str], None] | None,
    watch: Callable[[], bool] | None,
) -> None:
    """Listen until it has ended; its output is read whoever wants it, or it would stand still."""
    for line in _lines(child, until, watch):
        if hear:
            hear(line)
    with contextlib.suppress(subprocess.TimeoutExpired):  # then it has only closed its output
        child.wait(max(0.1, until - time.monotonic()))


def _lines(
    child: "subprocess.Popen[bytes]", until: float, watch: Callable[[], bool] | None
) -> Iterator[str]:
    output = cast("IO[bytes]", child.stdout)
    rest = b""
    with selectors.DefaultSelector() as waiting, output:
        waiting.register(output, selectors.EVENT_READ)
        while True:
            if time.monotonic() > until:
                raise TakesTooLong
            if watch and not watch():
                raise NotWanted
            if waiting.select(_LOOK):
                piece = os.read(output.fileno(), _LINE)
                if not piece:
                    return
                *lines, rest = (rest[-_LINE:] + piece).split(b"\n")
                yield from (line.decode(errors="replace") for line in lines)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill whatever is left of the group, and wait for its first: nothing stays behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: it is a zombie already
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
