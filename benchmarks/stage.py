"""The stage: a PostgreSQL of its own, filled with a million timeline rows, and servers on it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded import ports, postgres, redis
from embedded.processes import Process

ROOT = Path(__file__).parents[1]
READERS, AUTHORS, POSTS_EACH, FOLLOWED = 1_000, 500, 40, 25  # readers × followed × posts = 10⁶


class Stage:
    """Servers for the benchmarks, and Django in this process, on data under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        options = {"shared_buffers": "512MB", "max_wal_size": "4GB", "autovacuum": "off"}
        self.postgres = postgres.Server(folder / "postgres", options=options)
        self.redis = redis.Server(folder / "redis", durable=False)

    def start(self) -> None:
        self.postgres.start()
        self.redis.start()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "only-for-benchmarks-only-for-benchmarks",
            "MEDIA_ROOT": str(self.folder / "media"),
            "LOG_LEVEL": "WARNING",
            "DATABASE_STATEMENT_TIMEOUT": "600000",  # filling the tables takes long statements
        }

    def stop(self) -> None:
        self.redis.kill()
        self.postgres.stop()

    @contextmanager
    def web(self, application: str, path: str, **env: str) -> Iterator[tuple[int, int]]:
        """A granian with one worker that serves `application`: (its pid, its port)."""
        port = ports.free_port()
        server = Process(
            "web",
            [
                str(Path(sys.executable).with_name("granian")),
                *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
                *("--workers", "1", "--blocking-threads", "8", "--no-ws", application),
            ],
            log=self.folder / "web.log",
            env={**os.environ, **env},
            cwd=ROOT,
        )
        with server:
            server.wait_until(lambda: not ports.is_free(port), seconds=30)
            yield server.pid, port
