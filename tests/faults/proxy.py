"""A proxy before a store, which breaks what a test tells it to break.

It passes bytes on as they are, `Host` included, so that signatures stay good.
"""

import contextlib
import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

FAILURE = b"<Error><Code>InternalError</Code><Message>by the test</Message></Error>"
HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """One request: passed on, or given to the fault that is set."""

    protocol_version = "HTTP/1.1"
    server: "Proxy"
    timeout = 30

    def log_message(self, *_: object) -> None:
        pass

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.command, urlsplit(self.path).path))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = self.server.fault_for(self.command, self.path)
        if fault:
            fault(self, body)
        else:
            self.answer(self.forward(body))

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`do_GET` and its like, which are all one here."""
        if name.startswith("do_"):
            return self.handle_one
        raise AttributeError(name)

    def forward(self, body: bytes) -> Answer:
        """What the store really says."""
        connection = http.client.HTTPConnection(self.server.upstream, timeout=20)
        try:
            connection.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self.headers.items():
                if name.lower() not in {*HOP_BY_HOP, "expect"}:
                    connection.putheader(name, value)
            connection.endheaders(body or None)
            found = connection.getresponse()
            kept = [pair for pair in found.getheaders() if pair[0].lower() not in HOP_BY_HOP]
            return Answer(found.status, kept, found.read())
        finally:
            connection.close()

    def begin(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        told = {name.lower() for name, _ in answer.headers}
        for name, value in answer.headers:
            self.send_header(name, value)
        if "content-length" not in told and answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()

    def answer(self, answer: Answer) -> None:
        self.begin(answer)
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def hang_up(self) -> None:
        """Cut the connection, as a machine does that dies."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.shutdown(socket.SHUT_RDWR)


Fault = Callable[[Handler, bytes], None]


class Proxy(ThreadingHTTPServer):
    """`seen` has the method and path of every request, `headers` its headers."""

    daemon_threads = True

    def __init__(self, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = urlsplit(upstream).netloc
        self.seen: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._only: tuple[str, ...] = ()
        self._place = ""
        self._left = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def break_with(
        self, fault: Fault, *, only: tuple[str, ...] = (), place: str = "", times: int = 10**6
    ) -> None:
        """From now on, for these methods and paths with `place` in them, so many times."""
        with self._lock:
            self._fault, self._only, self._place, self._left = fault, only, place, times

    def heal(self) -> None:
        with self._lock:
            self._fault = None

    def fault_for(self, method: str, path: str) -> Fault | None:
        with self._lock:
            if self._fault is None or self._left < 1:
                return None
            if (self._only and method not in self._only) or self._place not in path:
                return None
            self._left -= 1
            return self._fault

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone, which is what these tests are about."""


# What can go wrong


def status(code: int) -> Fault:
    """The store answers, and does nothing."""

    def fault(handler: Handler, _: bytes) -> None:
        handler.answer(Answer(code, [("Content-Type", "application/xml")], FAILURE))

    return fault


def silent(seconds: float) -> Fault:
    """The store takes the request and says nothing for so long."""

    def fault(handler: Handler, _: bytes) -> None:
        time.sleep(seconds)
        handler.hang_up()

    return fault


def slow(bytes_a_second: int) -> Fault:
    """The store answers, a little at a time."""

    def fault(handler: Handler, body: bytes) -> None:
        answer = handler.forward(body)
        handler.begin(answer)
        for at in range(0, len(answer.body), max(1, bytes_a_second // 10)):
            handler.wfile.write(answer.body[at : at + max(1, bytes_a_second // 10)])
            time.sleep(0.1)

    return fault


def cut(handler: Handler, body: bytes) -> None:
    """The answer breaks off in the middle of its body."""
    answer = handler.forward(body)
    handler.begin(answer)
    handler.wfile.write(answer.body[: len(answer.body) // 2])
    handler.wfile.flush()
    time.sleep(0.05)  # for the half to arrive before the end does
    handler.hang_up()


def lost(handler: Handler, body: bytes) -> None:
    """The store does what it is asked to, and the answer never arrives."""
    handler.forward(body)
    handler.hang_up()


BROKEN: dict[str, Fault] = {  # for whatever is asked
    "answers 500": status(500),
    "answers 503": status(503),
    "says nothing": silent(3),
    "loses the answer": lost,
}
IN_SHORT = ("answers 500", "loses the answer")  # done nothing, and done it all
QUICK = {"S3_CONNECT_TIMEOUT": "1", "S3_READ_TIMEOUT": "1"}  # seconds


@contextlib.contextmanager
def before(upstream: str) -> Iterator[Proxy]:
    """A proxy before the server at `upstream`, for the time of the block."""
    proxy = Proxy(upstream)
    threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
