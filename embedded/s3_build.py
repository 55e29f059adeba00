"""The program of the S3 server: built once, from sources that `versitygw/go.sum` names by hash.

Go's module cache and its compiled packages, 0.8 GB, lie beside it only while it is being built;
nothing is written into anybody's home. What is there came into being whole, by a rename.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import time
from pathlib import Path

from embedded import console
from embedded.elasticsearch_jars import alone
from embedded.home import ROOT
from embedded.processes import Process, ServerError

MODULE = Path(__file__).with_name("versitygw")
PACKAGE = "github.com/versity/versitygw/cmd/versitygw"
BUILD_SECONDS = 900.0  # 70 on two cores, most of it for 340 MB of sources
LOOK_SECONDS = 0.2

NO_GO = """\
The S3 server of the tests is built with Go, which is not here. Install it with

    .venv/bin/pip install -r requirements-dev.txt

or, where that has no Go for this machine, any Go from 1.25 on.
"""
NOT_BUILT = """\
The S3 server of the tests could not be built: {reason}
Its sources are fetched once, as Go modules. When the network is back, run the same command again.
On a machine without one, copy the folder {folder} from a machine of the same kind.
"""


def version() -> str:
    """Of versitygw, as `go.mod` has it: `1.8.0`."""
    (found,) = re.findall(r"github.com/versity/versitygw v(\S+)", _text("go.mod"))
    return str(found)


def home() -> Path:
    """The folder of the program; another one for other sources."""
    sources = hashlib.sha256((_text("go.mod") + _text("go.sum")).encode()).hexdigest()
    return ROOT / "var" / f"versitygw-{version()}-{sources[:8]}"


def install(folder: Path) -> Path:
    """The program in `folder`, built now if it was not before.

    Raises `ServerError` when it cannot be had.
    """
    if not folder.exists():
        with alone(folder):
            if not folder.exists():
                _build(folder)
    return folder / "versitygw"


def go() -> str:
    """The Go of the wheel, or that of the machine. Raises `ServerError` without either."""
    wheel = importlib.util.find_spec("go")
    for place in (wheel and wheel.submodule_search_locations) or ():
        if (own := Path(place) / "bin" / "go").exists():
            return str(own)
    if found := shutil.which("go"):
        return found
    raise ServerError(NO_GO)


def _build(folder: Path) -> None:
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "done").mkdir(parents=True)
    log = folder.with_name(f"{folder.name}.log")
    log.unlink(missing_ok=True)
    target = fresh / "done" / "versitygw"
    command = [go(), "build", "-mod=readonly", "-trimpath", "-ldflags=-s -w", f"-o={target}"]
    process = Process(
        "Building", [*command, PACKAGE], log=log, env=_environment(fresh), cwd=MODULE, patience=1.0
    )
    try:
        with console.step(f"{folder.name}, built once, a minute or two") as step, process:
            _wait_for(process, folder)
            (fresh / "done").rename(folder)
            step.outcome = "in place"
        log.unlink()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _environment(fresh: Path) -> dict[str, str]:
    """With the proxies that ours names. No other toolchain is fetched, and no compiler needed."""
    return {
        **{name: value for name, value in os.environ.items() if name != "GOROOT"},
        "CGO_ENABLED": "0",
        "GOCACHE": str(fresh / "cache"),
        "GOFLAGS": "-buildvcs=false -modcacherw",
        "GOPATH": str(fresh / "path"),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }


def _wait_for(process: Process, folder: Path) -> None:
    deadline = time.monotonic() + BUILD_SECONDS
    while process.running:
        if time.monotonic() > deadline:
            reason = f"not done in {BUILD_SECONDS:.0f} s."
            raise ServerError(NOT_BUILT.format(reason=reason, folder=folder))
        time.sleep(LOOK_SECONDS)
    if process.popen is None or process.popen.returncode:
        reason = f"\n{process.last_words(3)}"
        raise ServerError(NOT_BUILT.format(reason=reason, folder=folder))


def _text(name: str) -> str:
    return (MODULE / name).read_text()
