"""Serving renditions: public, immutable, and nothing but pictures.

Plain Django, since a page of posts asks for twenty of these. Where `MEDIA_ACCEL_REDIRECT` is
set, nginx sends the bytes.
"""

import posixpath
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.files import File
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)

from common.problems import problem
from media import storage

_TYPES = {".jpg": "image/jpeg", ".webp": "image/webp"}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_CHUNK = 64 * 1024  # bytes
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bytes of a rendition, whole or one range of them; 404 for whatever is none."""
    if request.method not in ("GET", "HEAD"):
        return _refuse(405, "method_not_allowed", "Pictures are only read.", Allow="GET, HEAD")
    if not storage.is_rendition(name):
        return _refuse(404, "not_found", "Not found.")
    # A name keeps its bytes for as long as it exists, so the name is the version.
    headers = {**_HEADERS, "ETag": f'"{name.translate(str.maketrans("/.", "--"))}"'}
    headers["Content-Type"] = _TYPES[posixpath.splitext(name)[1]]
    if settings.MEDIA_ACCEL_REDIRECT:
        headers["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL_REDIRECT}{name}"
        return HttpResponse(headers=headers)
    try:
        file = storage.open_rendition(name)
    except FileNotFoundError:
        return _refuse(404, "not_found", "Not found.")
    except OSError:
        detail = "Pictures cannot be read at the moment. Please try again in a few minutes."
        return _refuse(503, "store_unavailable", detail, **{"Retry-After": "60"})
    return _answer(request, file, headers)


def _answer(request: HttpRequest, file: "File[bytes]", headers: dict[str, str]) -> HttpResponseBase:
    size = file.size
    if _names(request.headers.get("If-None-Match", ""), headers["ETag"]):
        file.close()
        return HttpResponse(status=304, headers=headers)
    if request.method == "HEAD":
        file.close()
        return HttpResponse(headers={**headers, "Content-Length": str(size)})
    span = _span(request, headers["ETag"], size)
    if not span:
        file.close()
        content_range = {"Content-Range": f"bytes */{size}"}
        return _refuse(416, "invalid_range", f"This picture has {size} bytes.", **content_range)
    headers["Content-Length"] = str(len(span))
    if len(span) == size:
        return StreamingHttpResponse(_Piece(file, span), headers=headers)
    headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
    return StreamingHttpResponse(_Piece(file, span), status=206, headers=headers)


def _refuse(status: int, code: str, detail: str, **headers: str) -> JsonResponse:
    return JsonResponse(problem(code, detail), status=status, headers=headers)


def _names(field: str, etag: str) -> bool:
    """Whether `etag` is among those of an If-None-Match field (RFC 9110, 13.1.2)."""
    return any(each.strip().removeprefix("W/") in (etag, "*") for each in field.split(","))


def _span(request: HttpRequest, etag: str, size: int) -> range:
    """The bytes asked for, empty when there are none such (RFC 9110, 14.2).

    Several ranges and what cannot be read as one are ignored, as the RFC allows: the whole.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not asked or asked[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return range(size)
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return range(size)
    return range(int(first), min(size, int(last) + 1) if last else size)


class _Piece:
    """Iterates over `span` of a file; Django closes it, and so the file, after the answer."""

    def __init__(self, file: "File[bytes]", span: range) -> None:
        self._file = file
        self._span = span

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._span.start)
        left = len(self._span)
        while left > 0 and (chunk := self._file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()
