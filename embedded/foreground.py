"""Running a command that has the terminal, while this process looks after its servers.

Ctrl-C reaches both: the command decides what it means, and this process waits for it to end.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType


def run(command: Sequence[str], *, env: Mapping[str, str]) -> int:
    """Its exit code, in the shell's manner: 128 + n when signal n ended it."""
    with subprocess.Popen(with_python(command), env=dict(env)) as child, passing_on(child):
        code = child.wait()
    return code if code >= 0 else 128 - code


def with_python(command: Sequence[str]) -> list[str]:
    """`manage.py …` means: run by this very Python."""
    return [sys.executable, *command] if command[0].endswith(".py") else list(command)


@contextmanager
def passing_on(child: subprocess.Popen[bytes]) -> Iterator[None]:
    def leave_to_the_child(_number: int, _frame: FrameType | None) -> None:
        """The terminal has told the child as well."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, leave_to_the_child),
        signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
        signal.SIGHUP: signal.signal(signal.SIGHUP, pass_on),
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
