"""Files that become pictures: checked first, kept, and then owned by a row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, ClassVar, TypeAlias, cast

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import Error as DatabaseTrouble
from django.db import transaction

from common.errors import Invalid, Refusal
from media import containers, images, storage
from media.models import LooseFolder, Media

if TYPE_CHECKING:
    from users.models import User

log = structlog.get_logger(__name__)


class NotAPhoto(Invalid):
    """The file cannot become a photo here; `message` tells its owner what to do."""

    code: ClassVar[str] = "not_a_photo"

    @staticmethod
    def named(code: str, detail: str) -> "NotAPhoto":
        """The refusal of that code again."""
        kinds: list[type[NotAPhoto]] = [NotAPhoto, *NotAPhoto.__subclasses__()]
        return next((each for each in kinds if each.code == code), NotAPhoto)(detail)


class EmptyFile(NotAPhoto):
    code = "empty_file"


class DamagedPhoto(NotAPhoto):
    code = "damaged_photo"


class PhotoTooLarge(NotAPhoto):
    code = "photo_too_large"


class VideoTooLarge(NotAPhoto):
    code = "video_too_large"


class TooManyPixels(NotAPhoto):
    code = "too_many_pixels"


class TooMuchMemory(NotAPhoto):
    code = "too_much_memory"


class StoreUnavailable(Refusal):
    """The store did not take the bytes; nothing was kept."""

    code = "store_unavailable"
    status = 503
    retry_after = 60
    detail = "Photos cannot be stored at the moment. Please try again in a few minutes."


_VIDEOS = "Videos can be MP4, MOV or WebM."
_REASONS: dict[str, type[NotAPhoto]] = {
    each.code: each for each in (EmptyFile, DamagedPhoto, TooManyPixels, TooMuchMemory)
}


@dataclass(frozen=True)
class SeenVideo:
    """What holds a video, and nothing of what is in it: a worker looks at that."""

    mime: str
    width: int = 0
    height: int = 0


Seen: TypeAlias = "images.Probe | SeenVideo"


@dataclass(frozen=True)
class ReceivedPhoto:
    """Checked bytes in the private store that no row owns yet; `add_media` makes one."""

    original: str
    size: int
    probe: Seen


def check_photo(file: "File[bytes]", *, field: str = "") -> images.Probe:
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


def check_media(file: "File[bytes]", *, field: str = "") -> Seen:
    """What the photo or video is, by its first bytes. Raises `NotAPhoto` as `check_photo` does."""
    mime = containers.kind_of(cast("BinaryIO", file)) if settings.FFMPEG else None
    if mime is not None:
        return check_video(mime, file.size or 0, field=field)
    try:
        return check_photo(file, field=field)
    except NotAPhoto as error:
        if error.code != NotAPhoto.code or not settings.FFMPEG:
            raise
        raise _refusal(NotAPhoto, f"{error.message} {_VIDEOS}", field) from error


def check_video(mime: str, size: int, *, field: str = "") -> SeenVideo:
    """A file that begins as a video of that type, of `size` bytes. Raises `VideoTooLarge`."""
    if size > settings.VIDEO_MAX_BYTES:
        raise _refusal(
            VideoTooLarge,
            f"This video has {size / 2**20:.1f} MiB; at most "
            f"{settings.VIDEO_MAX_BYTES / 2**20:g} are accepted. Please upload a smaller one.",
            field,
        )
    return SeenVideo(mime)


def _refusal(kind: type[NotAPhoto], detail: str, field: str) -> NotAPhoto:
    return kind(detail, fields={field: [detail]} if field else None)


@contextmanager
def receive_photos(
    files: Sequence["UploadedFile[bytes]"],
    *,
    field: str,
    check: Callable[..., Seen] = check_photo,
) -> Iterator[list[ReceivedPhoto]]:
    """Check `files` and keep their bytes, for a transaction inside the block to `add_media`.

        with receive_photos(images, field="images") as photos, transaction.atomic():
            media = [add_media(owner=author, photo=each) for each in photos]

    Nothing is written unless every file is a photo, or with `check_media` a video. What has no row
    when the block ends, whichever way, is deleted. `field` names the files in a refusal: `images.2`
    is the third. Raises `NotAPhoto`, `StoreUnavailable`, and RuntimeError inside a transaction: the
    bytes of an album can take seconds, and nothing here would outlive its rollback.
    """
    probes = [check(file, field=f"{field}.{i}") for i, file in enumerate(files)]
    folders = [storage.new_folder() for _ in files]
    with transaction.atomic(durable=True):
        LooseFolder.objects.bulk_create([LooseFolder(folder=each) for each in folders])
    try:
        yield [
            ReceivedPhoto(original=_save(folder, file), size=file.size or 0, probe=seen)
            for folder, file, seen in zip(folders, files, probes, strict=True)
        ]
    finally:
        discard(folders)


def _save(folder: str, file: "UploadedFile[bytes]") -> str:
    try:
        return storage.save_original(folder, file)
    except OSError as error:
        log.exception("media.not_stored", folder=folder)
        raise StoreUnavailable from error


def discard(folders: list[str]) -> None:
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
def add_media(
    *,
    owner: "User",
    photo: ReceivedPhoto,
    alt_text: str = "",
    access: str = Media.Access.PUBLIC,
) -> Media:
    """Make `photo` a picture of `owner`, to be processed; its renditions public or signed."""
    claimed, _ = LooseFolder.objects.filter(folder=storage.folder_of(photo.original)).delete()
    if not claimed:
        raise RuntimeError(f"{photo.original} has an owner already, or was swept away.")
    return Media.objects.create(
        owner=owner,
        type=Media.Type.VIDEO if isinstance(photo.probe, SeenVideo) else Media.Type.PHOTO,
        alt_text=alt_text,
        original=photo.original,
        access=access,
        renditions_folder="" if access == Media.Access.PUBLIC else storage.new_folder(),
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


def set_alt_text(media: Media, text: str) -> Media:
    """Describe the picture for those who do not see it."""
    Media.objects.filter(pk=media.pk).update(alt_text=text)
    media.alt_text = text
    return media
