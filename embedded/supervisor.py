"""Keeping the children alive, and ending them in the reverse order of their start."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from embedded import console, logs, records
from embedded.processes import Process, ServerError, never

FIRST_DELAY, LAST_DELAY = 1.0, 30.0  # seconds until a child that ended is started again
STEADY_AFTER = 60.0  # seconds of life after which earlier ends are forgotten


@dataclass
class Ward:
    """A child and what is remembered of it."""

    process: Process
    tail: logs.Tail
    delay: float = FIRST_DELAY
    started: float = field(default_factory=time.monotonic)
    start_again_at: float | None = None


class Supervisor:
    """`run` is the folder for the records of what was started."""

    def __init__(self, run: Path) -> None:
        self.run = run
        self.wards: list[Ward] = []

    def start(self, process: Process) -> None:
        logs.rotate(process.log)
        ward = Ward(process, logs.Tail(process.log))
        self.wards.append(ward)
        process.start()
        records.write(self.run, process)
        ward.tail.skip()  # what a server says until it is ready is for its log

    def look(self) -> None:
        """Show new warnings, and start again what has ended."""
        for ward in self.wards:
            for line in ward.tail.news():
                console.say(f"  {ward.process.name} | {line}")
            if ward.start_again_at is None:
                self._note_end(ward)
            elif time.monotonic() >= ward.start_again_at:
                self._start_again(ward)

    def stop(self, *, hurry: Callable[[], bool] = never) -> None:
        """Stop all, the last started first. Nothing here raises: all must get their turn."""
        while self.wards:
            process = self.wards.pop().process
            if process.popen is None:
                continue
            with console.step(f"Stopping {process.name}") as step:
                process.stop(hurry=hurry)
                step.outcome = "done"
            records.remove(self.run, process)

    def _note_end(self, ward: Ward) -> None:
        process = ward.process
        if process.running or process.popen is None:
            return
        process.kill()  # what it had started itself
        if time.monotonic() - ward.started > STEADY_AFTER:
            ward.delay = FIRST_DELAY
        console.say(
            f"! {process.name} ended unexpectedly ({ending(process.popen.returncode)}); "
            f"see {process.log}. Starting it again in {ward.delay:.0f} s."
        )
        ward.start_again_at = time.monotonic() + ward.delay
        ward.delay = min(ward.delay * 2, LAST_DELAY)

    def _start_again(self, ward: Ward) -> None:
        ward.started = time.monotonic()
        ward.start_again_at = None
        try:
            ward.process.start()
        except ServerError as error:
            console.say(f"! {error}")
        else:
            records.write(self.run, ward.process)
            console.say(f"▸ {ward.process.name} started again.")


def ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code}"
