"""The suite on servers of its own, which nobody else sees and which keep nothing.

Where DATABASE_URL or REDIS_URL name servers, as on CircleCI, the suite uses those.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from embedded import foreground, postgres, redis

SETTINGS = "config.settings.test"
MAX_CONNECTIONS = 200  # each worker of pytest-xdist races threads against each other


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The variables that lead to a PostgreSQL and a Redis, started here where none is named."""
    with ExitStack() as stack:
        given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
        if not all(given.values()):
            temporary = tempfile.TemporaryDirectory(prefix="yafig-test-")
            folder = Path(stack.enter_context(temporary))
        if not given["DATABASE_URL"]:
            given["DATABASE_URL"] = stack.enter_context(
                postgres.Server(folder / "postgres", durable=False, max_connections=MAX_CONNECTIONS)
            ).url
        if not given["REDIS_URL"]:
            given["REDIS_URL"] = stack.enter_context(
                redis.Server(folder / "redis", durable=False)
            ).url
        yield given


def main(arguments: Sequence[str]) -> int:
    """Run pytest in parallel with `arguments`; its exit code."""
    pytest = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]
    return run([*pytest, *arguments])


def run(command: Sequence[str]) -> int:
    """Run any command under the settings of the tests, on servers for its duration."""
    with servers() as addresses:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **addresses}
        return foreground.run(command, env=environment)
