"""Which processes were started here, on disk, so that the next start finds what a crash left.

A record names a process group by its leader's number and age: a number that was given to somebody
else since is left alone.
"""

import json
import os
import signal
from pathlib import Path

from embedded.processes import Process, group_members, send, wait_for_the_end

POLITE_SECONDS = 10.0


def write(folder: Path, process: Process) -> None:
    record = {
        "name": process.name,
        "pid": process.pid,
        "created": process.started_at,
        "stop_signal": int(process.stop_signal),
    }
    _path(folder, process).write_text(json.dumps(record))


def remove(folder: Path, process: Process) -> None:
    _path(folder, process).unlink(missing_ok=True)


def end_leftovers(folder: Path) -> list[str]:
    """Stop what an earlier run left behind; the names of what was found.

    Call it only with the lock held: then nobody else can own these processes.
    """
    return [path.stem for path in sorted(folder.glob("*.process")) if _end(path)]


def _end(path: Path) -> bool:
    try:
        record = json.loads(path.read_text())
        left = group_members(record["pid"], record["created"])
    except (ValueError, KeyError):  # half written when the machine stopped
        left = []
    mine = [process for process in left if process.pid != os.getpid()]
    if mine:
        send(signal.SIGCONT, mine)
        leaders = [process for process in mine if process.pid == record["pid"]]
        send(signal.Signals(record["stop_signal"]), leaders or mine)
        if not wait_for_the_end(mine, seconds=POLITE_SECONDS):
            send(signal.SIGKILL, mine)
            wait_for_the_end(mine, seconds=POLITE_SECONDS)
    path.unlink()
    return bool(mine)


def _path(folder: Path, process: Process) -> Path:
    return folder / f"{process.name}.process"
