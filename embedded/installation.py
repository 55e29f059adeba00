"""The parts of an installation on one machine, and the order in which they start.

Servers named by DATABASE_URL, REDIS_URL and ELASTICSEARCH_URL are used as they are; the others
are started here, Elasticsearch only with SEARCH=elasticsearch.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from embedded import console, elasticsearch, elasticsearch_jars, ffmpeg, ports, postgres, redis
from embedded.home import ROOT, Home, chosen
from embedded.processes import Process, ServerError
from embedded.supervisor import Supervisor

DEFAULT_PORT = 8000
WEB_SECONDS = 60.0
FOLDERS = {
    "MEDIA_ROOT": "media",
    "STATIC_ROOT": "static",
    "MAIL_DIR": "mail",
    "BEAT_SCHEDULE": "beat",
}
ENGINES = ("postgres", "elasticsearch")  # of SEARCH
CELERY = ("--loglevel=INFO", "--without-mingle", "--without-gossip")


class Installation:
    """`environment` is what the children get beside our own variables."""

    def __init__(self, home: Home, supervisor: Supervisor) -> None:
        self.home = home
        self.supervisor = supervisor
        self.chosen = chosen()
        self.environment = {**home.secrets(), "PYTHONUNBUFFERED": "1"}
        self.environment["LOG_JSON"] = "false"
        self.environment["FFMPEG"] = ffmpeg.program()
        for variable, name in FOLDERS.items():
            self.environment[variable] = str(home.var / name)
        for name in self.environment.keys() & self.chosen.keys():
            self.environment[name] = self.chosen[name]
        self.port = 0
        self.site = ""

    @property
    def child_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    @property
    def letters(self) -> str:
        """Where mail goes, for people to read."""
        if self.chosen.get("EMAIL_URL"):
            return "by the mail server of EMAIL_URL"
        return self.environment["MAIL_DIR"]

    def start_servers(self) -> None:
        with_elasticsearch = self._wants_elasticsearch()
        self.environment["DATABASE_URL"] = self._database()
        self.environment["REDIS_URL"] = self._redis()
        if with_elasticsearch:
            self.environment["ELASTICSEARCH_URL"] = self._elasticsearch()

    def _database(self) -> str:
        if given := self.chosen.get("DATABASE_URL"):
            return self._check("PostgreSQL", "DATABASE_URL", given, postgres.why_silent)
        server = postgres.Server(
            self.home.var / "postgres",
            port=self._port("POSTGRES_PORT"),
            log=self.home.log("postgres"),
        )
        with console.step("PostgreSQL") as step:
            self.supervisor.start(server)
            step.outcome = f"ready on {ports.LOOPBACK}:{server.port}"
        return server.url

    def _redis(self) -> str:
        if given := self.chosen.get("REDIS_URL"):
            return self._check("Redis", "REDIS_URL", given, redis.why_silent)
        server = redis.Server(
            self.home.var / "redis", port=self._port("REDIS_PORT"), log=self.home.log("redis")
        )
        with console.step("Redis") as step:
            self.supervisor.start(server)
            step.outcome = f"ready on {ports.LOOPBACK}:{server.port}"
        return server.url

    def _wants_elasticsearch(self) -> bool:
        engine = self.chosen.get("SEARCH", ENGINES[0])
        if engine not in ENGINES:
            raise ServerError(f"SEARCH must be one of {', '.join(ENGINES)}, not {engine!r}.")
        return engine == "elasticsearch"

    def _elasticsearch(self) -> str:
        if given := self.chosen.get("ELASTICSEARCH_URL"):
            return self._check(
                "Elasticsearch", "ELASTICSEARCH_URL", given, elasticsearch.why_silent
            )
        server = elasticsearch.Server(
            self.home.var / "elasticsearch",
            port=self._port("ELASTICSEARCH_PORT"),
            log=self.home.log("elasticsearch"),
        )
        elasticsearch_jars.install(elasticsearch_jars.home())
        with console.step("Elasticsearch") as step:
            self.supervisor.start(server)
            memory = f"{server.memory / 1e6:.0f} MB of memory, its heap grows to {server.heap}"
            step.outcome = f"ready on {ports.LOOPBACK}:{server.port}, {memory}"
        return server.url

    def _check(self, name: str, variable: str, url: str, why_silent: Callable[[str], str]) -> str:
        with console.step(f"{name} of {variable}") as step:
            step.outcome = "answers"
            if reason := why_silent(url):
                place = urlsplit(url)
                raise ServerError(
                    f"{name} at {place.hostname or url}:{place.port or '(default port)'} cannot be "
                    f"used: {reason}\nStart it, correct {variable}, or unset {variable} to use the "
                    f"{name} that comes with Yafig."
                )
        return url

    def migrate(self) -> None:
        with console.step("Database tables") as step:
            self._manage("migrate", "--noinput")
            step.outcome = "up to date"

    def collect_static(self) -> None:
        """Only when something changed: it takes longer than all else of a second start."""
        stamp = self.home.run / "static.stamp"
        newest = str(newest_change())
        if (
            Path(self.environment["STATIC_ROOT"]).is_dir()
            and stamp.exists()
            and stamp.read_text() == newest
        ):
            return
        with console.step("Files of the admin and /docs") as step:
            self._manage("collectstatic", "--noinput")
            step.outcome = "in place"
        stamp.write_text(newest)

    def _manage(self, command: str, *arguments: str) -> None:
        log = self.home.log(command)
        with log.open("wb") as output:
            code = subprocess.call(
                [sys.executable, "manage.py", command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.child_environment,
                cwd=ROOT,
            )
        if code:
            end = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            raise ServerError(f"`manage.py {command}` failed. The end of {log}:\n{end}")

    def choose_address(self) -> None:
        """Settle where the site will be, which worker and letters need to know as well."""
        self.port = self._web_port()
        self.environment["SITE_URL"] = self.site = (
            self.chosen.get("SITE_URL") or f"http://{ports.LOOPBACK}:{self.port}"
        ).rstrip("/")

    def start_worker(self) -> None:
        """Two: one for videos, each of which takes minutes, and one that is there meanwhile."""
        cores = f"--concurrency={cores_to_use()}"
        queues = ("--queues=default,media", cores), ("--queues=video", "--concurrency=1")
        with console.step("Worker") as step:
            for name, wanted in zip(("worker", "videos"), queues, strict=True):
                options = ("-A", "config", "worker", *CELERY, f"--hostname={name}@%h", *wanted)
                self._start(name, "celery", *options, patience=20.0)
            step.outcome = "started"

    def start_beat(self) -> None:
        with console.step("Clock") as step:
            self._start("beat", "celery", "-A", "config", "beat", "--loglevel=INFO")
            step.outcome = "started"

    def start_web(self) -> None:
        """Start the site and wait until it answers that it is ready."""
        wanted = {"WORKERS": cores_to_use(), "BLOCKING_THREADS": 4, "WORKERS_KILL_TIMEOUT": 8}
        for name, value in wanted.items():
            variable = f"GRANIAN_{name}"
            self.environment[variable] = self.chosen.get(variable, str(value))
        arguments = ["--interface", "wsgi", "--host", ports.LOOPBACK, "--port", str(self.port)]
        arguments += ["--respawn-failed-workers", "config.wsgi:application"]
        with console.step("Web") as step:
            web = self._start("web", "granian", *arguments, patience=1.0)
            web.wait_until(self._is_ready, seconds=WEB_SECONDS)
            web.patience = 15.0  # from now on there may be requests to finish
            step.outcome = f"ready on port {self.port}"

    def _is_ready(self) -> bool:
        connection = HTTPConnection(ports.LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": urlsplit(self.site).netloc})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _start(self, name: str, program: str, *arguments: str, patience: float = 10.0) -> Process:
        process = Process(
            name,
            [str(Path(sys.executable).with_name(program)), *arguments],
            log=self.home.log(name),
            env=self.child_environment,
            cwd=ROOT,
            patience=patience,
        )
        self.supervisor.start(process)
        return process

    def _port(self, variable: str) -> int | None:
        """The port a person has set. Raises `ServerError` when it cannot be had."""
        text = self.chosen.get(variable)
        if text is None:
            return None
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise ServerError(f"{variable} must be a number from 1 to 65535, not {text!r}.")
        if not ports.is_free(int(text)):
            raise ServerError(
                f"Port {text} is in use by another program. Stop that one, or choose another "
                f"port: {variable}=… make up"
            )
        return int(text)

    def _web_port(self) -> int:
        if (port := self._port("PORT")) is not None:
            return port
        port = ports.free_port_from(DEFAULT_PORT)
        if port != DEFAULT_PORT:
            console.say(f"  Port {DEFAULT_PORT} is in use by another program: taking {port}.")
        return port


def cores_to_use() -> int:
    return min(os.cpu_count() or 1, 4)


def newest_change() -> float:
    """Of the files that `collectstatic` collects: our own, and those of the locked packages."""
    lock = ROOT / "requirements-embedded.txt"
    sources = [path for path in ROOT.glob("*/static/**/*") if ROOT / "var" not in path.parents]
    return max((path.stat().st_mtime for path in (lock, *sources) if path.is_file()), default=0.0)
