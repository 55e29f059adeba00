"""The files of Elasticsearch: fetched once, then below `var/` for every start of site and tests.

`elasticsearch.sums` names each of them with its hash. A folder that holds anything else is refused,
and one comes into being whole, by a rename, or not at all.
"""

import fcntl
import hashlib
import os
import shutil
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded import console
from embedded.home import ROOT
from embedded.processes import Process, ServerError

SUMS = Path(__file__).with_name("elasticsearch.sums")
LIBRARY = "lib"
NETWORK = "modules/transport-netty4"
DESCRIPTION = "META-INF/es-plugins/transport-netty4/"  # what the jar says of itself as a module
FETCH_SECONDS = 300.0  # for 41 MB in all; a single answer has ten seconds
LOOK_SECONDS = 0.2
TELL_EACH = 12  # files

DIFFERS = """\
{path} is not the file that embedded/{sums} names. Remove the folder {folder}, and it is fetched
again at the next start; if that does not help, something on the way changes what is fetched.
"""
NOT_FETCHED = """\
The files of Elasticsearch could not be fetched: {reason}
They come from Maven Central, once. When the network is back, run the same command again. On a
machine without one, copy the folder {folder} from a machine that has it, or set ELASTICSEARCH_URL
to a server you have.
"""


@dataclass(frozen=True)
class Jar:
    """One file: its hash, where it belongs, and its Maven coordinates, group:artifact:version."""

    sha256: str
    folder: str
    coordinates: str

    @property
    def place(self) -> Path:
        _, artifact, version = self.coordinates.split(":")
        return Path(self.folder, f"{artifact}-{version}.jar")


def named() -> list[Jar]:
    """What `elasticsearch.sums` names; the server itself comes first."""
    return [Jar(*line.split()) for line in SUMS.read_text().splitlines() if line[:1] != "#"]


def home() -> Path:
    """Where the installed files are, for this version."""
    version = named()[0].coordinates.rpartition(":")[2]
    return ROOT / "var" / f"elasticsearch-{version}"


def install(folder: Path) -> None:
    """Fetch into `folder` what is not there yet; what is there is checked.

    Raises `ServerError` when a file differs, or when the files cannot be had in time.
    """
    if not folder.exists():
        with alone(folder):
            if not folder.exists():
                _fetch(folder)
    check(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """`make up` and `make test` on a fresh clone: the second waits for what the first fetches."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check(folder: Path) -> None:
    """Raises `ServerError` unless `folder` holds what is named, and no other jar."""
    jars = named()
    for jar in jars:
        path = folder / jar.place
        if not path.exists() or sha256(path) != jar.sha256:
            raise differs(path, folder)
    for path in {*folder.rglob("*.jar")} - {folder / jar.place for jar in jars}:
        raise differs(path, folder)
    for name, text in descriptions(folder):
        path = folder / NETWORK / name
        if not path.exists() or path.read_bytes() != text:
            raise differs(path, folder)


def differs(path: Path, folder: Path) -> ServerError:
    return ServerError(DIFFERS.format(path=path, sums=SUMS.name, folder=folder))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def descriptions(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The two files that lie beside the module of the network, out of its jar."""
    (jar,) = (folder / jar.place for jar in named() if ":transport-netty4:" in jar.coordinates)
    with zipfile.ZipFile(jar) as archive:
        for name in archive.namelist():
            if name.startswith(DESCRIPTION) and not name.endswith("/"):
                yield name.removeprefix(DESCRIPTION), archive.read(name)


def _fetch(folder: Path) -> None:
    """In a process of its own, which can be ended: its parts wait for the network as they like."""
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    log = folder.with_name(f"{folder.name}.log")
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "embedded.elasticsearch_fetch", str(fresh)]
    process = Process("Fetching", command, log=log, env=_environment(), patience=1.0)
    try:
        with console.step(f"Files of {folder.name}, fetched once") as step, process:
            _wait_for(process, fresh, folder)
            for name, text in descriptions(fresh):
                (fresh / NETWORK / name).write_bytes(text)
            (fresh / "plugins").mkdir()
            check(fresh)
            fresh.rename(folder)
            step.outcome = "in place"
        log.unlink()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _environment() -> dict[str, str]:
    """With the proxies that ours names."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _wait_for(process: Process, fresh: Path, folder: Path) -> None:
    total, told = len(named()), 0
    deadline = time.monotonic() + FETCH_SECONDS
    while process.running:
        count = sum(1 for _ in fresh.glob("[lm]*/**/*.jar"))
        if count >= told + TELL_EACH:
            told = count
            console.say(f"{count}/{total} ", end="")
        if time.monotonic() > deadline:
            raise ServerError(
                NOT_FETCHED.format(reason=f"not done in {FETCH_SECONDS:.0f} s.", folder=folder)
            )
        time.sleep(LOOK_SECONDS)
    if process.popen is None or process.popen.returncode:
        raise ServerError(NOT_FETCHED.format(reason=f"\n{process.last_words(3)}", folder=folder))
