"""Photos that clients send straight to the private store: begun here, completed here, given up.

An upload's folder is loose from its beginning to a day later, whatever becomes of it: the client
keeps a signed way into it for hours. What it sent is therefore copied out of its reach first, then
checked by its content, and only then made a picture; the row decides who was first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, cast

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from common.errors import Missing, Refusal
from events.actions import announce
from media import containers, storage, uploads
from media.actions.deleting import delete_media
from media.actions.receiving import (
    NotAPhoto,
    ReceivedPhoto,
    StoreUnavailable,
    add_media,
    check_media,
    check_video,
    discard,
)
from media.events import UploadCompleted
from media.models import LooseFolder, Media, Upload

if TYPE_CHECKING:
    from users.models import User

log = structlog.get_logger(__name__)


class TooManyUploads(Refusal):
    code = "too_many_uploads"
    detail = "Too many photos are under way already. Please complete or give up some of them."


class UploadExpired(Refusal):
    code = "upload_expired"
    status = 410
    detail = "The time for this upload is over. Please begin it anew."


class UploadIncomplete(Refusal):
    code = "upload_incomplete"
    detail = "Not everything has arrived yet."


class PictureInUse(Refusal):
    code = "picture_in_use"
    detail = "This picture is used already; delete what shows it."


def begin_upload(*, owner: "User", size: int, mime: str, in_parts: bool) -> Upload:
    """Let `owner` send a photo or video of exactly `size` bytes, announced as `mime`.

    Raises `TooManyUploads`, `StoreUnavailable`. Not to be called inside a transaction.
    """
    upload = _open(owner, size, mime, settings.UPLOAD_PART_BYTES if in_parts else 0)
    try:
        upload.token = uploads.begin(upload)
    except OSError as error:
        log.exception("media.upload_not_begun", upload=upload.pk)
        upload.delete()
        raise StoreUnavailable from error
    Upload.objects.filter(pk=upload.pk).update(token=upload.token)
    return upload


@transaction.atomic
def _open(owner: "User", size: int, mime: str, part_size: int) -> Upload:
    now = timezone.now()
    # Whoever begins many at once waits here, so that they are counted one after the other.
    people = get_user_model().objects.select_for_update(no_key=True)
    if not people.filter(pk=owner.pk).exists():
        raise Missing
    if Upload.objects.of(owner).open(now).count() >= settings.UPLOADS_OPEN_MAX:
        raise TooManyUploads
    folder = LooseFolder.objects.create(folder=storage.new_folder())
    return Upload.objects.create(
        owner=owner,
        folder=folder.pk,
        size=size,
        mime=mime,
        part_size=part_size,
        expires_at=now + timedelta(hours=settings.UPLOAD_HOURS),
    )


def own_upload(*, owner: "User", upload_id: int) -> Upload:
    """Raises `Missing` for somebody else's as for none."""
    upload = Upload.objects.of(owner).select_related("media").filter(pk=upload_id).first()
    if upload is None:
        raise Missing
    return upload


def check_time(upload: Upload) -> None:
    """Raises `UploadExpired` for one that never became anything in its time."""
    if not upload.is_settled and upload.expires_at <= timezone.now():
        raise UploadExpired


def what_arrived(upload: Upload) -> set[int]:
    """The numbers of its parts that the store has; none of a settled one.

    Raises `StoreUnavailable`.
    """
    if upload.is_settled:
        return set()
    try:
        return uploads.arrived(upload)
    except OSError as error:
        log.exception("media.upload_not_seen", upload=upload.pk)
        raise StoreUnavailable from error


def complete_upload(*, owner: "User", upload_id: int) -> Media:
    """Make a picture of what has arrived, to be processed; the same one however often.

    Raises `Missing`, `UploadExpired`, `UploadIncomplete`, `StoreUnavailable`, after which it can be
    tried again, and `NotAPhoto`, which is final: its bytes are gone. Not to be called inside a
    transaction.
    """
    upload = own_upload(owner=owner, upload_id=upload_id)
    if not upload.is_settled:
        check_time(upload)
        try:
            _receive(upload)
        except UploadIncomplete:
            # Perhaps somebody else has completed it meanwhile, and cleared it away.
            if not own_upload(owner=owner, upload_id=upload_id).is_settled:
                raise
        upload = own_upload(owner=owner, upload_id=upload_id)
    if upload.media is not None:
        return upload.media
    raise NotAPhoto.named(upload.error_code, upload.error)


def _receive(upload: Upload) -> None:
    missing = set(range(1, len(upload.part_sizes) + 1)) - what_arrived(upload)
    if missing:
        raise _incomplete(upload, missing)
    try:
        with _copied(upload) as photo:
            _settle(upload, photo)
    except NotAPhoto as refusal:
        Upload.objects.filter(pk=upload.pk, media=None, error_code="").update(
            error_code=refusal.code, error=refusal.message[:300]
        )
    _clear(upload)


def _incomplete(upload: Upload, missing: set[int]) -> UploadIncomplete:
    if not upload.part_size:
        return UploadIncomplete("The photo has not arrived yet.")
    numbers = ", ".join(str(each) for each in sorted(missing))
    message = f"Of its {len(upload.part_sizes)} parts there are missing: {numbers}."
    return UploadIncomplete(message, fields={"parts": [message]})


@contextmanager
def _copied(upload: Upload) -> Iterator[ReceivedPhoto]:
    """What was sent, checked and in a folder of its own, which goes unless it is claimed inside."""
    folder = storage.new_folder()
    with transaction.atomic(durable=True):
        LooseFolder.objects.create(folder=folder)
    try:
        yield _check(_gather(upload, folder), upload)
    finally:
        discard([folder])


def _gather(upload: Upload, folder: str) -> str:
    try:
        return uploads.gather(upload, folder)
    except FileNotFoundError as error:
        raise UploadIncomplete from error
    except OSError as error:
        log.exception("media.upload_not_gathered", upload=upload.pk)
        raise StoreUnavailable from error


def _check(original: str, upload: Upload) -> ReceivedPhoto:
    try:
        if mime := _kind_of_video(original):  # of which the store has exactly what was announced
            seen = check_video(mime, upload.size)
            return ReceivedPhoto(original=original, size=upload.size, probe=seen)
        with uploads.fetch(original, settings.PHOTO_MAX_BYTES) as file:
            return ReceivedPhoto(original=original, size=file.size, probe=check_media(file))
    except OSError as error:
        log.exception("media.upload_not_read", original=original)
        raise StoreUnavailable from error


def _kind_of_video(original: str) -> str | None:
    """By its beginning: nobody waits here until all of a video has come. Raises OSError."""
    if not settings.FFMPEG:
        return None
    with uploads.fetch(original, containers.HEAD) as file:
        return containers.kind_of(cast("BinaryIO", file))


@transaction.atomic
def _settle(upload: Upload, photo: ReceivedPhoto) -> None:
    """Make the picture, unless somebody was quicker. Raises `Missing` when it was given up,
    or its owner is hidden by now.
    """
    # Held, because an account that turns private moves every picture that it finds to be public.
    people = get_user_model().objects.active().select_for_update(no_key=True)
    owner = people.filter(pk=upload.owner_id).first()
    held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if owner is None or held is None:
        raise Missing
    if held.is_settled:
        return
    access = Media.Access.SIGNED if owner.is_private else Media.Access.PUBLIC
    media = add_media(owner=owner, photo=photo, access=access)
    Upload.objects.filter(pk=held.pk).update(media=media)
    announce(UploadCompleted(media_id=media.pk))


def give_up_upload(*, owner: "User", upload_id: int) -> None:
    """Forget an upload, with its bytes and its picture; the second time is `Missing`.

    Raises `PictureInUse` when something shows the picture.
    """
    with transaction.atomic():
        upload = Upload.objects.of(owner).select_for_update().filter(pk=upload_id).first()
        if upload is None:
            raise Missing
        if upload.media_id is not None:
            held = Media.objects.select_for_update().filter(pk=upload.media_id)
            if list(held) and not Media.objects.unattached().filter(pk=upload.media_id).exists():
                raise PictureInUse
            delete_media([upload.media_id])
        Upload.objects.filter(pk=upload.pk).delete()
    if upload.media_id is None:
        _clear(upload)


def _clear(upload: Upload) -> None:
    """Delete what was sent. The folder stays loose: more may come, and a store may fail here."""
    try:
        uploads.clear(upload)
    except OSError:
        log.exception("media.upload_not_cleared", upload=upload.pk)
