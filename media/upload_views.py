"""HTTP doors of photos that are sent straight to the store, and the file store's own two.

Those two are plain Django: they take bytes from whoever has a permit, as a bucket does, and know
nobody's name. Where photos are kept in a bucket they take nothing.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import UnreadablePostError
from drf_yasg.utils import no_body, swagger_auto_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import error
from common.problems import problem
from common.throttles import throttle
from media import signing, storage, uploads
from media.actions import uploads as actions
from media.actions.receiving import StoreUnavailable
from media.models import Upload
from media.permits import NotPermitted, Permit
from media.serializers import MediaCard, media_card
from media.upload_serializers import UploadDetail, UploadWrite, upload_detail

if TYPE_CHECKING:
    from users.models import User

log = structlog.get_logger(__name__)

_TAGS = ["uploads"]
_NO_STORE = error(
    "store_unavailable",
    "Nothing was lost: try again when `Retry-After` says.",
    StoreUnavailable.detail,
)
_OVER = error("upload_expired", "Its time is over.", actions.UploadExpired.detail)
_FULL = error("too_many_uploads", "Too many are open.", actions.TooManyUploads.detail)
_PARTIAL = error("upload_incomplete", "Send the rest.", actions.UploadIncomplete.detail)
_USED = error("picture_in_use", "Something shows it.", actions.PictureInUse.detail)
_REFUSED = error(
    "not_a_photo",
    "Its bytes are gone. Or `empty_file`, `damaged_photo`, `photo_too_large`, `too_many_pixels`,"
    " `too_much_memory`.",
    "This file is not a photo. Photos can be JPEG, PNG, WebP, GIF, HEIC or AVIF.",
)


def _me(request: Request) -> "User":
    return cast("User", request.user)  # `IsAuthenticated` let nobody else in


def _shown(request: Request, upload: Upload, code: int = status.HTTP_200_OK) -> Response:
    arrived = actions.what_arrived(upload) if code == status.HTTP_200_OK else set()
    way = None if upload.is_settled else uploads.way(upload)
    urls = signing.urls_for([upload.media], _me(request)) if upload.media else {}
    return Response(upload_detail(upload, way, arrived, urls), status=code)


class Uploads(APIView):
    throttle_classes = [throttle("upload")]

    @swagger_auto_schema(
        tags=_TAGS,
        request_body=UploadWrite,
        responses={201: UploadDetail, 409: _FULL, 503: _NO_STORE},
    )
    def post(self, request: Request) -> Response:
        """Begin to send a photo straight to the store.

        Send it as the answer says: one form, whose fields come before the file; or parts, in any
        order and as often as needed. Then complete it. A post can be made of it within a day.
        """
        sent = UploadWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        size = sent.validated_data["size"]
        in_parts = sent.validated_data.get("parts", size > settings.UPLOAD_PART_BYTES)
        upload = actions.begin_upload(
            owner=_me(request), size=size, mime=sent.validated_data["type"], in_parts=in_parts
        )
        return _shown(request, upload, status.HTTP_201_CREATED)


class OneUpload(APIView):
    """Its owner's alone."""

    @swagger_auto_schema(tags=_TAGS, responses={200: UploadDetail, 410: _OVER, 503: _NO_STORE})
    def get(self, request: Request, upload_id: int) -> Response:
        """What has arrived of an upload, where to send the rest, and what became of it."""
        upload = actions.own_upload(owner=_me(request), upload_id=upload_id)
        actions.check_time(upload)
        return _shown(request, upload)

    @swagger_auto_schema(tags=_TAGS, responses={204: "Given up.", 409: _USED})
    def delete(self, request: Request, upload_id: int) -> Response:
        """Give up an upload, with what has arrived, or with its picture if nothing shows it."""
        actions.give_up_upload(owner=_me(request), upload_id=upload_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CompleteUpload(APIView):
    throttle_classes = [throttle("upload")]

    @swagger_auto_schema(
        tags=_TAGS,
        request_body=no_body,
        responses={200: MediaCard, 400: _REFUSED, 409: _PARTIAL, 410: _OVER, 503: _NO_STORE},
    )
    def post(self, request: Request, upload_id: int) -> Response:
        """Make a picture of what has arrived; twice is once.

        It is checked by its content, and its renditions are made in the background. Its id goes
        into `media` of a new post. A picture that nothing shows is deleted after a day.
        """
        me = _me(request)
        media = actions.complete_upload(owner=me, upload_id=upload_id)
        return Response(media_card(media, signing.urls_for([media], me)))


# --- What a bucket does by itself ----------------------------------------------------------------

_OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
_PREFLIGHT = {**_OPEN, "Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "3600"}
_FORM = 64 * 1024  # bytes of a form beside its file
_CHUNK = 64 * 1024  # bytes


class _Refused(Exception):  # noqa: N818 -- an answer
    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail


def _wrong_size(permit: Permit) -> _Refused:
    return _Refused(400, "wrong_size", f"Exactly {permit.size} bytes, please.")


_BROKE_OFF = "Not everything arrived. Please send it again."


def receive_form(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file in a form, by a permit of `media.disk`: 204, and it is there whole."""
    return _answer(request, "POST", name, _keep_form, 204)


def receive_part(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bare bytes of a part, by a permit of `media.disk`: 200, and it is there whole."""
    return _answer(request, "PUT", name, _keep_body, 200)


def _answer(
    request: HttpRequest, method: str, name: str, keep: Any, success: int
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204, headers={**_PREFLIGHT, "Access-Control-Allow-Methods": method}
        )
    try:
        if request.method != method:
            raise _Refused(405, "method_not_allowed", f"Only {method} goes here.")
        keep(request, _permit(request, method, name))
    except _Refused as refused:
        headers = {**_OPEN, **({"Allow": f"{method}, OPTIONS"} if refused.status == 405 else {})}
        body = problem(refused.code, refused.detail)
        return JsonResponse(body, status=refused.status, headers=headers)
    except UnreadablePostError:
        return JsonResponse(problem("broke_off", _BROKE_OFF), status=400, headers=_OPEN)
    except OSError:
        log.exception("media.upload_not_kept", name=name)
        body = problem(StoreUnavailable.code, StoreUnavailable.detail)
        headers = {**_OPEN, "Retry-After": str(StoreUnavailable.retry_after)}
        return JsonResponse(body, status=503, headers=headers)
    return HttpResponse(status=success, headers=_OPEN)


def _permit(request: HttpRequest, method: str, name: str) -> Permit:
    if not storage.takes_permits():
        raise _Refused(404, "not_found", "Not found.")
    try:
        return Permit.read(method, name, request.GET.dict())
    except NotPermitted as refused:
        detail = "This address is not signed, or its time is over. Ask for the upload again."
        raise _Refused(403, "permission_denied", detail) from refused


def _length(request: HttpRequest) -> int:
    sent = request.META.get("CONTENT_LENGTH") or ""
    if not sent.isascii() or not sent.isdigit():
        raise _Refused(411, "length_required", "Say how many bytes it has: `Content-Length`.")
    return int(sent)


def _keep_body(request: HttpRequest, permit: Permit) -> None:
    if _length(request) != permit.size:
        raise _wrong_size(permit)
    storage.save_upload(permit.name, _Body(request, permit))


class _Body(File):  # type: ignore[type-arg]
    """The body as it comes in, never in memory as a whole; short of its size it is an error."""

    def __init__(self, request: HttpRequest, permit: Permit) -> None:
        super().__init__(None)
        self._request, self._permit = request, permit

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        left = self._permit.size
        while left > 0 and (chunk := self._request.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
        if left:
            raise _Refused(400, "broke_off", _BROKE_OFF)


def _keep_form(request: HttpRequest, permit: Permit) -> None:
    if _length(request) > permit.size + _FORM:
        raise _wrong_size(permit)
    request.upload_handlers = [_Measured(request, permit.size)]
    file = request.FILES.get("file")
    if request.POST.get("Content-Type") != permit.type:
        raise _Refused(403, "permission_denied", f"`Content-Type` must be {permit.type}.")
    if file is None or file.size != permit.size:
        raise _wrong_size(permit)
    storage.save_upload(permit.name, File(file.file))


class _Measured(TemporaryFileUploadHandler):
    """To the disk as it comes in, up to a number of bytes; a longer file is none."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self._limit = limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self._limit:
            raise StopUpload
        super().receive_data_chunk(raw_data, start)
