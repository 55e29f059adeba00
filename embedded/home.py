"""Where an installation on one machine keeps things, and the variables it runs with.

What the environment says goes first, then `.env`, then `var/env` (the secrets made here).
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What another command needs to know of the installation that runs."""

    pid: int
    command: str
    ready: bool
    site: str
    environment: dict[str, str]


@dataclass(frozen=True)
class Home:
    """The folder `var/`."""

    var: Path = ROOT / "var"

    @property
    def run(self) -> Path:
        return self.var / "run"

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def make(self) -> None:
        for path in (self.var, self.run, self.var / "log"):
            path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Whether this process has the folder to itself; the lock ends with the process."""
        self.make()
        with (self.run / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            try:
                yield True
            finally:
                self._instance_file.unlink(missing_ok=True)

    def announce(self, instance: Instance) -> None:
        write_private(self._instance_file, json.dumps(asdict(instance), indent=2))

    def instance(self) -> Instance | None:
        """The one that holds the lock, as far as it has told."""
        try:
            told: dict[str, Any] = json.loads(self._instance_file.read_text())
        except FileNotFoundError:
            return None
        return Instance(**told)

    def secrets(self) -> dict[str, str]:
        """The values of `var/env`; what is missing is made, once and for good."""
        path = self.var / "env"
        known = filled(dotenv_values(path)) if path.exists() else {}
        if "SECRET_KEY" not in known:
            known["SECRET_KEY"] = secrets.token_urlsafe(48)
            write_private(path, "".join(f"{name}={value}\n" for name, value in known.items()))
        return known

    @property
    def _instance_file(self) -> Path:
        return self.run / "instance.json"


def chosen() -> dict[str, str]:
    """What the person in charge has set, in `.env` or in the environment."""
    return {**filled(dotenv_values(ROOT / ".env")), **filled(os.environ)}


def filled(values: Mapping[str, str | None]) -> dict[str, str]:
    """Without the empty ones: `DATABASE_URL=` in a file means that there is none."""
    return {name: value for name, value in values.items() if value}


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step, readable to its owner only."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(path)
