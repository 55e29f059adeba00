"""Pictures in, renditions out, and all of it gone again without a trace.

Invariant: a folder in the stores is owned by a `Media` row or listed as a `LooseFolder`. It is
loose before its first byte is written, and the transaction that writes the row claims it; so
whatever fails, rolls back or is killed between the two is found, at once or by `media_sweep`.
No pixel is touched inside a transaction, and no file is written inside one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, ClassVar, cast

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import Error as DatabaseTrouble
from django.db import transaction
from django.utils import timezone

from common.errors import Invalid, Refusal
from events.actions import announce
from media import images, storage
from media.events import MediaConcealed, MediaDeleted, UploadsAbandoned
from media.models import LooseFolder, Media

if TYPE_CHECKING:
    from users.models import User

log = structlog.get_logger(__name__)

ABANDONED_AFTER = timedelta(days=1)  # longer than any request or task
SWEEP_SIZE = 500  # folders


class NotAPhoto(Invalid):
    """The file cannot become a photo here; `message` tells its owner what to do."""

    code: ClassVar[str] = "not_a_photo"


class EmptyFile(NotAPhoto):
    code = "empty_file"


class DamagedPhoto(NotAPhoto):
    code = "damaged_photo"


class PhotoTooLarge(NotAPhoto):
    code = "photo_too_large"


class TooManyPixels(NotAPhoto):
    code = "too_many_pixels"


class TooMuchMemory(NotAPhoto):
    code = "too_much_memory"


class StoreUnavailable(Refusal):
    """The store did not take the bytes; nothing was kept."""

    code = "store_unavailable"
    status = 503
    detail = "Photos cannot be stored at the moment. Please try again in a few minutes."


_REASONS: dict[str, type[NotAPhoto]] = {
    each.code: each for each in (EmptyFile, DamagedPhoto, TooManyPixels, TooMuchMemory)
}


@dataclass(frozen=True)
class ReceivedPhoto:
    """Checked bytes in the private store that no row owns yet; `add_media` makes one."""

    original: str
    size: int
    probe: images.Probe


def check_photo(file: "UploadedFile[bytes]", *, field: str = "") -> images.Probe:
    """What the photo is, by its header alone: no pixel is decoded.

    Raises `NotAPhoto`, with the reason under `field` too when one is named.
    """
    if (file.size or 0) > settings.PHOTO_MAX_BYTES:
        raise _refusal(
            PhotoTooLarge,
            f"This photo has {(file.size or 0) / 2**20:.1f} MiB; at most "
            f"{settings.PHOTO_MAX_BYTES / 2**20:g} are accepted. Please upload a smaller one.",
            field,
        )
    try:
        return images.probe(cast("BinaryIO", file), max_pixels=settings.PHOTO_MAX_PIXELS)
    except images.UnusablePhoto as error:
        raise _refusal(_REASONS.get(error.code, NotAPhoto), error.detail, field) from error


def _refusal(kind: type[NotAPhoto], detail: str, field: str) -> NotAPhoto:
    return kind(detail, fields={field: [detail]} if field else None)


@contextmanager
def receive_photos(
    files: Sequence["UploadedFile[bytes]"], *, field: str
) -> Iterator[list[ReceivedPhoto]]:
    """Check `files` and keep their bytes, for a transaction inside the block to `add_media`.

        with receive_photos(images, field="images") as photos, transaction.atomic():
            media = [add_media(owner=author, photo=each) for each in photos]

    Nothing is written unless every file is a photo. What has no row when the block ends,
    whichever way, is deleted. `field` names the files in a refusal: `images.2` is the third.
    Raises `NotAPhoto`, `StoreUnavailable`, and RuntimeError inside a transaction: the bytes
    of an album can take seconds, and nothing here would outlive its rollback.
    """
    probes = [check_photo(file, field=f"{field}.{i}") for i, file in enumerate(files)]
    folders = [storage.new_folder() for _ in files]
    with transaction.atomic(durable=True):
        LooseFolder.objects.bulk_create([LooseFolder(folder=each) for each in folders])
    try:
        yield [
            ReceivedPhoto(original=_save(folder, file), size=file.size or 0, probe=seen)
            for folder, file, seen in zip(folders, files, probes, strict=True)
        ]
    finally:
        _discard(folders)


def _save(folder: str, file: "UploadedFile[bytes]") -> str:
    try:
        return storage.save_original(folder, file)
    except OSError as error:
        log.exception("media.not_stored", folder=folder)
        raise StoreUnavailable from error


def _discard(folders: list[str]) -> None:
    """Delete what is still loose; what cannot be deleted now is left to the sweep.

    The rows decide, not the error: a commit whose answer was lost may have happened, or be
    happening, which is what the lock waits for.
    """
    try:
        with transaction.atomic():
            for loose in LooseFolder.objects.select_for_update().filter(folder__in=folders):
                storage.remove(loose.folder)
                loose.delete()
    except (OSError, DatabaseTrouble):
        log.exception("media.not_discarded", folders=folders)


@transaction.atomic
def add_media(*, owner: "User", photo: ReceivedPhoto, alt_text: str = "") -> Media:
    """Make `photo` a picture of `owner`, to be processed."""
    claimed, _ = LooseFolder.objects.filter(folder=storage.folder_of(photo.original)).delete()
    if not claimed:
        raise RuntimeError(f"{photo.original} has an owner already, or was swept away.")
    return Media.objects.create(
        owner=owner,
        alt_text=alt_text,
        original=photo.original,
        mime=photo.probe.mime,
        size=photo.size,
        width=photo.probe.width,
        height=photo.probe.height,
    )


def store_photo(*, owner: "User", file: "UploadedFile[bytes]", alt_text: str = "") -> Media:
    """Receive and add one photo that nothing else is written with.

    Where more rows belong to it, use `receive_photos`, which this does, and raises as it does.
    """
    with receive_photos([file], field="file") as (photo,):
        return add_media(owner=owner, photo=photo, alt_text=alt_text)


def process_media(media_id: int) -> Media | None:
    """Make the renditions: `ready` afterwards, or `failed` with the reason. None when it is gone.

    Changes nothing of a picture that is not `processing`. May be killed anywhere, run again, and
    run twice at once: names depend on the folder alone, the row takes the names of one run only,
    and every run clears away what the row does not name. Raises OSError when a store fails.
    """
    media = Media.objects.filter(pk=media_id).first()
    if media is None:
        return None
    if media.state != Media.State.PROCESSING:
        return _settle(media)
    try:
        with storage.open_original(media.original) as file:
            processed = images.process(
                cast("BinaryIO", file),
                sizes=settings.RENDITION_SIZES,
                max_pixels=settings.PHOTO_MAX_PIXELS,
            )
    except images.UnusablePhoto as error:
        return _fail(media, error.detail)
    except MemoryError:
        return _fail(media, "This photo needs too much memory. Please upload a smaller one.")
    except FileNotFoundError:
        if Media.objects.filter(pk=media_id).exists():
            raise
        return None  # deleted in the meantime
    return _finish(media, processed)


def _finish(media: Media, processed: images.Processed) -> Media | None:
    folder = _public_folder(media)
    try:
        renditions = {
            str(each.longest_side): storage.save_rendition(
                folder, each.longest_side, each.content, each.extension
            )
            for each in processed.renditions
        }
    except FileNotFoundError:  # tidied away, half-written, by a run that was quicker
        if Media.objects.being_processed(media).exists():
            raise
        return _settle(media)
    Media.objects.being_processed(media).update(
        state=Media.State.READY,
        width=processed.width,
        height=processed.height,
        blurhash=processed.blurhash,
        renditions=renditions,
        error="",
    )
    return _settle(media)


def _fail(media: Media, reason: str) -> Media | None:
    log.warning("media.failed", media=media.pk, reason=reason)
    Media.objects.being_processed(media).update(state=Media.State.FAILED, error=reason[:300])
    return _settle(media)


def _settle(media: Media) -> Media | None:
    """The row as it is now, and its folder as the row says.

    Tidied only when `ready`, which is final: a failed one can be in a new run already.
    """
    folder = _public_folder(media)
    current = Media.objects.filter(pk=media.pk).first()
    if current is None:
        storage.remove(folder)
        storage.remove(storage.folder_of(media.original))
    elif _public_folder(current) != folder:  # concealed in the meantime
        storage.tidy(folder, keep=())
    elif current.state == Media.State.READY:
        storage.tidy(folder, keep=current.renditions.values())
    return current


def _public_folder(media: Media) -> str:
    """Where its renditions are: in the original's folder until they were concealed once."""
    return media.public_folder or storage.folder_of(media.original)


def retry_media(media: Media) -> Media:
    """Let a failed picture be processed again; anything else is left as it is."""
    Media.objects.filter(pk=media.pk, state=Media.State.FAILED).update(
        state=Media.State.PROCESSING, error=""
    )
    media.refresh_from_db(fields=["state", "error"])
    return media


def set_alt_text(media: Media, text: str) -> Media:
    """Describe the picture for those who do not see it."""
    Media.objects.filter(pk=media.pk).update(alt_text=text)
    media.alt_text = text
    return media


@transaction.atomic
def conceal_media(media_ids: Iterable[int]) -> None:
    """Take pictures out of the public store, for posts and people that are gone (D10).

    The originals stay, and `process_media` brings the renditions back under other names: a URL
    that somebody kept leads nowhere, now or later. Files go after the commit.
    """
    ready = Media.objects.filter(pk__in=list(media_ids), state=Media.State.READY)
    folders = []
    for media in ready.order_by("pk").select_for_update():
        folders.append(_public_folder(media))
        Media.objects.filter(pk=media.pk).update(
            state=Media.State.PROCESSING, renditions={}, public_folder=storage.new_folder()
        )
    if folders:
        announce(MediaConcealed(folders=folders))


@transaction.atomic
def delete_media(media_ids: Iterable[int]) -> None:
    """Delete the rows now and, once that is committed, their files; unknown ids are skipped.

    The folders stay listed as loose for a day: a worker may be writing into one right now.
    """
    rows = Media.objects.filter(pk__in=list(media_ids))
    folders = [
        folder
        for media in rows.order_by("pk").select_for_update()
        for folder in {storage.folder_of(media.original), _public_folder(media)}
    ]
    if not folders:
        return
    rows.delete()
    LooseFolder.objects.bulk_create(
        [LooseFolder(folder=each) for each in folders], ignore_conflicts=True
    )
    announce(MediaDeleted(folders=folders))


@transaction.atomic
def abandon_uploads() -> int:
    """Give up the folders that have been loose for a day; how many there were."""
    before = timezone.now() - ABANDONED_AFTER
    folders = list(
        LooseFolder.objects.since_before(before)
        .select_for_update(skip_locked=True)
        .values_list("folder", flat=True)[:SWEEP_SIZE]
    )
    if folders:
        LooseFolder.objects.filter(folder__in=folders).delete()
        announce(UploadsAbandoned(folders=folders))
    return len(folders)
