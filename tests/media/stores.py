"""Stores for the tests: one that fails when told to, and a small server that speaks S3."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.signals import setting_changed

from media.disk import Disk


class FaultyDisk(Disk):
    """A disk that calls `fault(operation, name)` before it works; the fault may raise."""

    def __init__(self, *, fault, **options):
        super().__init__(**options)
        self._fault = fault

    def open(self, name, mode="rb"):
        self._fault("open", name)
        return super().open(name, mode)

    def _save(self, name, content):
        self._fault("save", name)
        return super()._save(name, content)

    def delete(self, name):
        self._fault("delete", name)
        super().delete(name)


def nth(operation, number, do):
    """A fault: do something at the `number`-th `operation`, once."""
    seen = []

    def fault(found, _):
        seen.append(found)
        if found == operation and seen.count(found) == number:
            do()

    return fault


def raising(error):
    def do():
        raise error

    return do


@contextmanager
def faulty(alias, fault):
    """Put a `FaultyDisk` over the store `alias` for the time of the block."""
    kept = settings.STORAGES[alias]
    options = {**kept["OPTIONS"], "fault": fault}
    put(alias, {"BACKEND": "tests.media.stores.FaultyDisk", "OPTIONS": options})
    try:
        yield
    finally:
        put(alias, kept)


def put(alias, storage):
    """Change a store as another settings file would."""

    settings.STORAGES = {**settings.STORAGES, alias: storage}
    setting_changed.send(None, setting="STORAGES", value=settings.STORAGES, enter=True)


def kept(alias=None):
    """Every file and folder in the stores, or in one, by its path."""
    found = []
    for each in (alias,) if alias else ("default", "originals"):
        root = Path(settings.STORAGES[each]["OPTIONS"]["location"])
        found += [str(path.relative_to(root)) for path in sorted(root.rglob("*"))]
    return found


def files(alias):
    """The names of the files in a store."""
    root = Path(settings.STORAGES[alias]["OPTIONS"]["location"])
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    objects: dict[str, tuple[bytes, dict[str, str]]]
    broken = False


class _S3(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_):
        pass

    def _answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _key(self):
        return unquote(urlsplit(self.path).path)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.objects[self._key()] = (body, dict(self.headers))
        self._answer(200, ETag='"1"')

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        if "prefix" in query:
            return self._list(query["prefix"][0])
        if self.server.broken and self.command == "GET":
            return self._answer(500)
        if self._key() not in self.server.objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        body = self.server.objects[self._key()][0]
        return self._answer(200, body, ETag='"1"')

    def do_HEAD(self):
        self.do_GET()

    def _list(self, prefix):
        start = f"{self._key().rstrip('/')}/{prefix}"
        keys = [key for key in self.server.objects if key.startswith(start)]
        bucket = self._key().rstrip("/")
        listed = "".join(
            f"<Contents><Key>{key.removeprefix(bucket)[1:]}</Key><Size>1</Size></Contents>"
            for key in keys
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
        return self._answer(200, body.encode(), Content_Type="application/xml")

    def do_DELETE(self):
        self.server.objects.pop(self._key(), None)
        self._answer(204)


@contextmanager
def s3():
    """A server that speaks enough S3 for a bucket; its `objects` are by `/bucket/key`.

    While it is `broken` it finds its objects and cannot read them.
    """
    server = _Server(("127.0.0.1", 0), _S3)
    server.objects = {}
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
