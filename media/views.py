"""Serving renditions: public ones for ever, signed ones to whom they were signed for.

Plain Django, since a page of posts asks for twenty of these. Where `MEDIA_ACCEL_REDIRECT` is
set, nginx sends the bytes.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.module_loading import import_string

from common.problems import problem
from media import signatures, storage
from media.models import Media
from media.signing import EVERYBODY

Rule: TypeAlias = Callable[[Any], QuerySet[Any, Any]]  # see `config.pictures`

_TYPES = {".jpg": "image/jpeg", ".webp": "image/webp", ".mp4": "video/mp4"}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_CHUNK = 64 * 1024  # bytes
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bytes of a public rendition, whole or one range of them; 404 for whatever is none."""
    if request.method not in ("GET", "HEAD"):
        return _refuse(405, "method_not_allowed", "Pictures are only read.", Allow="GET, HEAD")
    if not storage.is_rendition(name):
        return _refuse(404, "not_found", "Not found.")
    caching = "public, max-age=31536000, immutable"
    return _serve(request, name, "public", caching, settings.MEDIA_ACCEL_REDIRECT)


def signed_rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bytes of a signed rendition, for whom its URL was signed and who may see it still.

    A 403 in every other case, which tells nothing of what there is.
    """
    query = request.META.get("QUERY_STRING", "")
    claim = signatures.read(name, query, now=timezone.now())
    is_reading = request.method in ("GET", "HEAD")  # which is all that was signed for
    is_ours = is_reading and claim is not None and storage.is_rendition(name)
    if claim is None or not is_ours or not _may_see(claim.viewer_id, name):
        detail = "This link has ended, or was never good. Please load the page it came from again."
        return _refuse(403, "link_refused", detail, **{"Cache-Control": "no-store"})
    caching = f"private, max-age={claim.seconds_left}"
    return _serve(request, name, "signed", caching, settings.MEDIA_ACCEL_REDIRECT_SIGNED)


def _may_see(viewer_id: int, name: str) -> bool:
    """Whether the picture that has this rendition is one that `viewer_id` may see now."""
    media = Media.objects.signed_in(storage.folder_of(name)).first()
    if media is None or name not in media.renditions.values():
        return False
    viewer = None
    if viewer_id != EVERYBODY:
        viewer = get_user_model().objects.filter(pk=viewer_id).first()
        if viewer is None or not viewer.is_active:
            return False
        if viewer.pk == media.owner_id or getattr(viewer, "is_staff", False):
            return True
    rules: tuple[Rule, ...] = import_string(settings.PICTURE_RULES)
    return any(rule(viewer).filter(media=media).exists() for rule in rules)


def _serve(
    request: HttpRequest, name: str, access: str, caching: str, location: str
) -> HttpResponseBase:
    # A name keeps its bytes for as long as it exists, so the name is the version.
    headers = {**_HEADERS, "ETag": f'"{name.translate(str.maketrans("/.", "--"))}"'}
    headers["Cache-Control"] = caching
    headers["Content-Type"] = _TYPES[posixpath.splitext(name)[1]]
    if location:
        headers["X-Accel-Redirect"] = f"{location}{name}"
        return HttpResponse(headers=headers)
    try:
        file = storage.open_rendition(name, access=access)
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
        return _refuse(416, "invalid_range", f"This file has {size} bytes.", **content_range)
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
