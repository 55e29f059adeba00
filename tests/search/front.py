"""A server in front of the real Elasticsearch that passes everything on, until told otherwise."""

import ssl
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx

PRODUCT = ("X-Elastic-Product", "Elasticsearch")
TYPE = ("Content-Type", "application/json")
DROPPED = {"host", "connection", "content-length", "transfer-encoding", "content-encoding"}


class Front(ThreadingHTTPServer):
    """`answer(status, body, headers)` instead of what is behind; `cut()` closes every connection.

    `freeze()` goes on taking requests and answers none, until `heal()`. `requests` tells what
    came, as (method, path); `headers` those of the last.
    """

    daemon_threads = True
    request_queue_size = 100

    def __init__(self, behind, *, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        self.behind = behind
        self.requests = []
        self.headers = Message()
        self._thawed = threading.Event()
        self.heal()

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def heal(self):
        self.way = self.pass_on
        self._thawed.set()

    def answer(self, status, body=b"{}", headers=(PRODUCT, TYPE)):
        self.way = lambda _: (status, body, headers)

    def cut(self):
        self.way = lambda _: None

    def freeze(self):
        self._thawed.clear()
        self.way = self._wait

    def _wait(self, handler):
        self._thawed.wait(60)
        return self.pass_on(handler)

    def pass_on(self, handler):
        body = handler.body
        headers = {name: value for name, value in handler.headers.items() if kept(name)}
        answer = httpx.request(
            handler.command, self.behind + handler.path, content=body, headers=headers, timeout=30
        )
        return answer.status_code, answer.content, [*filter(named, answer.headers.items())]

    def handle_error(self, request, client_address):
        """Whoever stopped waiting has gone; that is no news."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}).start()
        return self

    def __exit__(self, *_):
        self.heal()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Front
    protocol_version = "HTTP/1.1"

    def handle_one(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, urlsplit(self.path).path))
        self.server.headers = self.headers
        answer = self.server.way(self)
        if answer is None:
            self.close_connection = True
            return
        status, body, headers = answer
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_one  # noqa: N815

    def log_message(self, format, *args):
        pass


def kept(name):
    return name.lower() not in DROPPED


def named(pair):
    return kept(pair[0])
