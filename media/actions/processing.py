"""Renditions of the originals, made by a worker that may be killed anywhere."""

from typing import BinaryIO, cast

import structlog
from django.conf import settings
from django.db import transaction

from events.actions import announce
from media import images, storage
from media.events import VideoDue
from media.models import Media

log = structlog.get_logger(__name__)


def process_media(media_id: int) -> Media | None:
    """Make the renditions: `ready` afterwards, or `failed` with the reason. None when it is gone.

    Of a video, which is made later by `make_video`, the row as it is. Changes nothing of a picture
    that is not `processing`. May be killed anywhere, run again, and
    run twice at once: names depend on the folder alone, the row takes the names of one run only,
    and every run clears away what the row does not name. Raises OSError when a store fails.
    """
    media = Media.objects.filter(pk=media_id).first()
    if media is None:
        return None
    if media.state != Media.State.PROCESSING:
        return settle(media)
    if media.type == Media.Type.VIDEO:  # takes minutes: elsewhere
        with transaction.atomic():
            announce(VideoDue(media_id=media.pk))
        return media
    try:
        processed = render(media)
    except images.UnusablePhoto as error:
        return _fail(media, error.detail)
    except MemoryError:
        return _fail(media, "This photo needs too much memory. Please upload a smaller one.")
    except FileNotFoundError:
        if Media.objects.filter(pk=media_id).exists():
            raise
        return None  # deleted in the meantime
    return _finish(media, processed)


def render(media: Media) -> images.Processed:
    """The renditions of the original, in memory. Raises `UnusablePhoto`, MemoryError, OSError."""
    with storage.open_original(media.original) as file:
        return images.process(
            cast("BinaryIO", file),
            sizes=settings.RENDITION_SIZES,
            max_pixels=settings.PHOTO_MAX_PIXELS,
        )


def _finish(media: Media, processed: images.Processed) -> Media | None:
    try:
        renditions = keep_renditions(media, processed)
    except FileNotFoundError:  # tidied away, half-written, by a run that was quicker
        if Media.objects.being_processed(media).exists():
            raise
        return settle(media)
    Media.objects.being_processed(media).update(
        state=Media.State.READY,
        width=processed.width,
        height=processed.height,
        blurhash=processed.blurhash,
        renditions=renditions,
        error="",
    )
    return settle(media)


def keep_renditions(media: Media, processed: images.Processed) -> dict[str, str]:
    """Write the files to where `media` has its renditions; the names. Raises OSError."""
    return {
        str(each.longest_side): storage.save_rendition(
            media.folder, each.longest_side, each.content, each.extension, access=media.access
        )
        for each in processed.renditions
    }


def _fail(media: Media, reason: str) -> Media | None:
    log.warning("media.failed", media=media.pk, reason=reason)
    Media.objects.being_processed(media).update(state=Media.State.FAILED, error=reason[:300])
    return settle(media)


def settle(media: Media) -> Media | None:
    """The row as it is now, and its folder as the row says.

    Tidied only when `ready`, which is final: a failed one can be in a new run already.
    """
    current = Media.objects.filter(pk=media.pk).first()
    if current is None:
        storage.remove(media.folder)
        storage.remove(storage.folder_of(media.original))
    elif media.folder not in current.rendition_folders:  # concealed or moved in the meantime
        storage.tidy(media.folder, keep=(), access=media.access)
    elif current.folder == media.folder and current.state == Media.State.READY:
        storage.tidy(media.folder, keep=current.renditions.values(), access=media.access)
    return current


def retry_media(media: Media) -> Media:
    """Let a failed picture be processed again; anything else is left as it is."""
    Media.objects.filter(pk=media.pk, state=Media.State.FAILED).update(
        state=Media.State.PROCESSING, error="", progress=0
    )
    media.refresh_from_db(fields=["state", "error"])
    return media
