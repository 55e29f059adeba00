"""The log files of the children: kept short, and their warnings shown on the screen."""

import re
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 10_000_000
MAX_LINES = 6  # shown of one log at one look
WORTH_SEEING = re.compile(
    r"\b(WARNING|ERROR|CRITICAL|FATAL|PANIC)\b"
    r"|\[(warning|error|critical)\s*\]"
    r'|"level": ?"(warning|error|critical)"'
)


def rotate(path: Path) -> None:
    """Put a long log aside, as one older file."""
    if path.exists() and path.stat().st_size > MAX_BYTES:
        path.replace(path.with_suffix(".log.1"))


class Tail:
    """The warnings that a log gained since the last look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = 0
        self.skip()

    def skip(self) -> None:
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def news(self) -> Iterator[str]:
        interesting = [line for line in self._new_lines() if WORTH_SEEING.search(line)]
        yield from interesting[:MAX_LINES]
        if len(interesting) > MAX_LINES:
            yield f"… and {len(interesting) - MAX_LINES} more in {self.path}"

    def _new_lines(self) -> list[str]:
        if not self.path.exists():
            return []
        with self.path.open("rb") as log:
            log.seek(self.position)
            text = log.read()
        complete = text[: text.rfind(b"\n") + 1]  # the rest of a line comes with the next look
        self.position += len(complete)
        return complete.decode(errors="replace").splitlines()
