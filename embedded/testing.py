"""The suite on servers of its own, which nobody else sees and which keep nothing.

Where DATABASE_URL, REDIS_URL or ELASTICSEARCH_URL name servers, as on CircleCI, it uses those.
The S3 server is always its own: the tests end its sessions and freeze it.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from embedded import elasticsearch, ffmpeg, foreground, postgres, redis, s3

SETTINGS = "config.settings.test"
WITH_ELASTICSEARCH = True
MAX_CONNECTIONS = 200  # each worker of pytest-xdist races threads against each other


@contextmanager
def servers(*, with_elasticsearch: bool = False, with_s3: bool = False) -> Iterator[dict[str, str]]:
    """The variables that lead to the servers, started here where none is named."""
    with ExitStack() as stack:
        temporary = tempfile.TemporaryDirectory(prefix="yafig-test-")
        folder = Path(stack.enter_context(temporary))
        kinds: dict[str, postgres.Server | redis.Server | elasticsearch.Server] = {
            "DATABASE_URL": postgres.Server(
                folder / "postgres", durable=False, max_connections=MAX_CONNECTIONS
            ),
            "REDIS_URL": redis.Server(folder / "redis", durable=False),
        }
        if with_elasticsearch:
            kinds["ELASTICSEARCH_URL"] = elasticsearch.Server(
                folder / "elasticsearch", durable=False
            )
        addresses = {name: os.environ[name] for name in kinds if os.environ.get(name)}
        addresses["FFMPEG"] = ffmpeg.program()
        for name, server in kinds.items():
            if name not in addresses:
                stack.enter_context(server)
                addresses[name] = server.url
        if with_s3:
            addresses["TEST_S3_URL"] = stack.enter_context(s3.Server(folder / "s3")).url
        yield addresses


def main(arguments: Sequence[str]) -> int:
    """Run pytest in parallel with `arguments`; its exit code."""
    pytest = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]
    return run([*pytest, *arguments], with_elasticsearch=WITH_ELASTICSEARCH, with_s3=True)


def run(command: Sequence[str], *, with_elasticsearch: bool = False, with_s3: bool = False) -> int:
    """Run any command under the settings of the tests, on servers for its duration."""
    with servers(with_elasticsearch=with_elasticsearch, with_s3=with_s3) as addresses:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **addresses}
        return foreground.run(command, env=environment)
