"""A whole Yafig in processes of its own: web, worker, clock and Redis, to be frozen and killed."""

import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg

from embedded import ports, redis
from embedded.processes import Process
from tests import pictures

ROOT = Path(__file__).parents[1]
UNLIMITED = "1000000/min"
QUICK = {  # seconds; the defaults are meant for people, not for a test that waits
    "EVENTS_GRACE": "2",
    "EVENTS_LEASE": "4",
    "SWEEP_SECONDS": "0.5",
    "TASK_TIME_LIMIT": "30",
    "VIDEO_LEASE": "4",
    "VIDEO_SWEEP_SECONDS": "1",
}
SCOPES = (
    *("LOGIN", "REGISTER", "PASSWORD", "REFRESH", "PROFILE"),
    *("POST", "COMMENT", "FOLLOW", "LIKE", "SEARCH", "AUTOCOMPLETE"),
)


class System:
    """Started by `with`; each part can be stopped, frozen, killed and started again."""

    def __init__(self, folder: Path, database_url: str, **extra: str) -> None:
        self.folder = folder
        self.redis = redis.Server(folder / "redis", durable=True)
        self.port = ports.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            **QUICK,
            **{f"THROTTLE_{scope}": UNLIMITED for scope in SCOPES},
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "DATABASE_URL": database_url,
            "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
            "SITE_URL": self.url,
            "MEDIA_ROOT": str(folder / "media"),
            "MAIL_DIR": str(folder / "mail"),
            "STATIC_ROOT": str(folder / "static"),
            "BEAT_SCHEDULE": str(folder / "beat"),
            "ELASTICSEARCH_URL": "",  # the one of the suite is for those who ask for it
            "LOG_JSON": "true",
            "LOG_LEVEL": "INFO",
            **extra,
        }

    def __enter__(self) -> "System":
        self.redis.start()
        self.env["REDIS_URL"] = self.redis.url
        self.manage("migrate", "--noinput")
        self.web = self._process(
            "web",
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", "16", "config.wsgi:application"),
        )
        self.worker = self._process(
            "worker", "celery", "-A", "config", "worker", "--concurrency", "2", "-l", "INFO"
        )
        self.beat = self._process("beat", "celery", "-A", "config", "beat", "-l", "INFO")
        self.start_web()
        self.worker.start()
        self.beat.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.redis.resume()
        for part in (self.web, self.beat, self.worker, self.redis):
            part.kill()

    def start_web(self) -> None:
        """Start the web process and wait until it answers."""
        self.web.start()
        self.web.wait_until(self._answers, seconds=30)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/livez", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def manage(self, *arguments: str) -> None:
        done = Process(
            "manage",
            [sys.executable, "manage.py", *arguments],
            log=self.log("manage"),
            env=self.env,
            cwd=ROOT,
        )
        done.start()
        assert done.popen is not None
        assert done.popen.wait(180) == 0, done.last_words(40)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _process(self, name: str, program: str, *arguments: str) -> Process:
        command = [str(Path(sys.executable).with_name(program)), *arguments]
        return Process(name, command, log=self.log(name), env=self.env, cwd=ROOT)

    def person(self, username: str) -> "Client":
        """A new person who is signed in."""
        client = Client(self.url)
        password = "correct horse battery"
        sent = {"username": username, "email": f"{username}@example.org", "password": password}
        answer = client.post("/users/register", json=sent)
        assert answer.status_code == 201, answer.text
        tokens = client.post("/users/login", json={"username": username, "password": password})
        client.headers["Authorization"] = f"Bearer {tokens.json()['access']}"
        return client


class Client(httpx.Client):
    """What a program of somebody's sends."""

    def __init__(self, url: str) -> None:
        super().__init__(base_url=url, timeout=30)

    def publish(self, count: int = 1, *, width: int = 400, **fields: str) -> httpx.Response:
        content = pictures.picture(width, width * 3 // 4)
        files = [("images", (f"{n}.jpg", content, "image/jpeg")) for n in range(count)]
        return self.post("/posts/", data=fields, files=files)

    def timeline(self) -> list[int]:
        answer = self.get("/posts/timeline/")
        assert answer.status_code == 200, answer.text
        return [post["id"] for post in answer.json()["results"]]


def fresh_database(url: str, name: str) -> str:
    """Make an empty database beside the one of `url`; its own URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def eventually(check, *, seconds: float = 20.0):
    """The first true answer of `check()`; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"still {answer!r} after {seconds} s"
        time.sleep(0.1)
