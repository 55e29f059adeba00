"""What the person at the terminal reads. A terminal that went away stops nothing."""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_screen: TextIO = sys.stderr  # standard output belongs to the commands that we run


class Step:
    """Its `outcome` stands at the end of the line."""

    outcome = "ready"


def say(text: str = "", *, end: str = "\n") -> None:
    with suppress(OSError, ValueError):
        print(text, end=end, file=_screen, flush=True)


@contextmanager
def step(name: str) -> Iterator[Step]:
    """`▸ PostgreSQL … ready  1.4 s`"""
    began = time.monotonic()
    say(f"▸ {name} … ", end="")
    result = Step()
    try:
        yield result
    except BaseException:
        say("failed" if sys.exc_info()[0] is not KeyboardInterrupt else "")
        raise
    say(f"{result.outcome}  {time.monotonic() - began:.1f} s")


def speak_on(stream: TextIO) -> None:
    """Talk on `stream`; no arrow or dash may break one that knows ASCII only."""
    global _screen
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    _screen = stream
