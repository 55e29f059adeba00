"""`python3 embedded/environment.py LOCK`: a virtualenv in `.venv` with what the lock file names.

The only module that runs before anything is installed, on whatever `python3` is. It therefore
uses the standard library alone, and nothing newer than Python 3.7 until it knows better.
"""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
OTHER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
TOO_OLD = """\
Yafig needs Python 3.11 or newer; this one, {here}, is {version}.
Install a newer one (Debian 12, Ubuntu 24.04 and Fedora have it; on macOS: brew install
python@3.13) and name it:

    make PYTHON=/path/to/python3.13 {goal}
"""
NO_PIP = """\
This Python, {here}, cannot make environments: its parts `ensurepip` and `pip` are missing.
On Debian and Ubuntu: sudo apt install python3-venv
Without administrator's rights, name another Python: make PYTHON=/path/to/python3 {goal}
"""
FAILED = """\
The packages could not be installed; pip's last words are above, all of them in {log}.
If the network was away, run the same command again: it goes on where it stopped.
"""


def main(lock: Path) -> int:
    if sys.version_info < OLDEST:
        return start_again_with_newer()
    with lock.open() as held:  # `make up` and `make test` at once on a fresh clone
        fcntl.flock(held, fcntl.LOCK_EX)
        installer = ready_venv()
        if installer is None:
            return complain(NO_PIP)
        return install(installer, lock)


def start_again_with_newer() -> int:
    for name in OTHER_NAMES:
        other = shutil.which(name)
        if other and works(other):
            os.execv(other, [other, *sys.argv])  # noqa: S606
    return complain(TOO_OLD)


def complain(text: str) -> int:
    version = ".".join(map(str, sys.version_info[:3]))
    goal = os.environ.get("MAKECMDGOALS", "up")
    sys.stderr.write(text.format(here=sys.executable, version=version, goal=goal))
    return 1


def ready_venv() -> list[str] | None:
    """The command that installs into `.venv`, which is made if it is missing or broken."""
    if not works(str(PYTHON)):
        shutil.rmtree(VENV, ignore_errors=True)
        say("▸ Python environment in .venv …")
        make_venv()
    if succeeds(str(PYTHON), "-m", "pip", "--version"):
        return [str(PYTHON), "-m", "pip"]
    if succeeds(sys.executable, "-m", "pip", "--python", str(PYTHON), "--version"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return None


def make_venv() -> None:
    """With a pip of its own if this Python can, as Debian's cannot without python3-venv."""
    for command in (
        ["-m", "venv", str(VENV)],
        ["-m", "virtualenv", "--quiet", str(VENV)],
        ["-m", "venv", "--clear", "--without-pip", str(VENV)],
    ):
        if succeeds(sys.executable, *command) and works(str(PYTHON)):
            return


def install(installer: list[str], lock: Path) -> int:
    total = sum("==" in line for line in lock.read_text().splitlines())
    command = [*installer, "install", "--require-hashes", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar=off", "--requirement", str(lock)]
    log = VENV / "install.log"
    pip = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    progress = Progress(total)
    with log.open("w") as record:
        for line in pip.stdout or ():
            record.write(line)
            progress.see(line)
    if pip.wait() == 0:
        progress.end()
        return 0
    sys.stderr.write("\n" + "".join(log.read_text().splitlines(keepends=True)[-15:]))
    sys.stderr.write(FAILED.format(log=log))
    return 1


class Progress:
    """Counts pip's packages: on one line of a terminal, or one line in ten elsewhere."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0

    def see(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word in {"Collecting", "Requirement"}:
            self.count += 1
            name = rest.replace("already satisfied: ", "").partition("==")[0]
            self.show(f"{min(self.count, self.total)}/{self.total} {name}", self.count % 10 == 1)
        elif word == "Building":
            self.show(f"compiling {rest.replace('wheel for ', '').partition(' ')[0]}", True)
        elif word == "Installing":
            self.show("unpacking", True)

    def show(self, text: str, elsewhere: bool) -> None:
        if sys.stdout.isatty():
            sys.stdout.write(f"\r\033[K▸ Python packages … {text[:60]}")
            sys.stdout.flush()
        elif elsewhere:
            say(f"▸ Python packages … {text}")

    def end(self) -> None:
        sys.stdout.write("\r\033[K" if sys.stdout.isatty() else "")
        say(f"▸ Python packages … {self.total} in place")


def works(python: str) -> bool:
    """Whether it runs and is new enough; a virtualenv that was moved or upgraded away is not."""
    return succeeds(python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})")


def succeeds(*command: str) -> bool:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(main(Path(sys.argv[1])))
    except KeyboardInterrupt:
        sys.exit(130)
