"""`python -m embedded.elasticsearch_fetch FOLDER`: the jars that are named, out of Maven Central.

With `--lock VERSION` it names them: it writes `elasticsearch.sums` anew for another version.
Whoever runs it looks at the hashes (`embedded.elasticsearch_jars`).
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jgo.maven import MavenContext
from requests import RequestException

from embedded.elasticsearch_jars import LIBRARY, NETWORK, SUMS, Jar, named, sha256

AT_ONCE = 6
TRIES = 3
ANSWER_SECONDS = 10

SERVER = "org.elasticsearch:elasticsearch"
MODULE = "org.elasticsearch.plugin:transport-netty4"
HEADING = """\
# sha256, folder, Maven coordinates. By: python -m embedded.elasticsearch_fetch --lock {version}
"""


def fetch(folder: Path) -> None:
    """All that is named, into its places below `folder`. Raises what the last try raised."""
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=".repository-") as repository,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        jars = named()
        paths = pool.map(lambda jar: download(jar, Path(repository)), jars)
        for jar, path in zip(jars, paths, strict=True):
            (folder / jar.place).parent.mkdir(parents=True, exist_ok=True)
            path.rename(folder / jar.place)


def download(jar: Jar, repository: Path) -> Path:
    context = MavenContext(repo_cache=repository, timeout=ANSWER_SECONDS)
    artifact = context.create_dependency(jar.coordinates).artifact
    for attempt in range(1, TRIES + 1):
        try:
            return artifact.resolve()
        except (RequestException, RuntimeError):
            if attempt == TRIES:
                raise
            if artifact.cached_path is not None:
                artifact.cached_path.unlink(missing_ok=True)  # the part that came
            time.sleep(attempt / 2)
    raise AssertionError


def write_sums(version: str) -> None:
    with tempfile.TemporaryDirectory() as repository:
        lines = [
            f"{sha256(download(jar, Path(repository)))}  {jar.folder}  {jar.coordinates}\n"
            for jar in needed(version, Path(repository))
        ]
    SUMS.write_text(HEADING.format(version=version) + "".join(lines))


def needed(version: str, repository: Path) -> Iterator[Jar]:
    """The server and its libraries, then the module of the network and what it adds to them."""
    context = MavenContext(repo_cache=repository, timeout=ANSWER_SECONDS)
    seen: set[str] = set()
    for folder, project in ((LIBRARY, SERVER), (NETWORK, MODULE)):
        direct, further = context.resolver.resolve(
            [context.create_dependency(f"{project}:{version}")]
        )
        for part in (*direct, *further):
            if (coordinates := f"{part.groupId}:{part.artifactId}:{part.version}") not in seen:
                seen.add(coordinates)
                yield Jar("", folder, coordinates)


if __name__ == "__main__":
    if sys.argv[1] == "--lock":
        write_sums(sys.argv[2])
    else:
        try:
            fetch(Path(sys.argv[1]))
        except (RequestException, RuntimeError, OSError) as error:
            sys.exit(str(error))
