"""Videos made from their originals, by one worker at a time, which may be killed anywhere.

Whoever makes one says so on its row every second, until `working_until`; a row that says nothing
any more is taken up again by the clock. The row takes what one run has made, all of it at once.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from events.actions import announce
from media import sandbox, storage, video
from media.actions.processing import keep_renditions, settle
from media.events import MediaConcealed, VideoDue, VideoSettled
from media.models import Media

log = structlog.get_logger(__name__)

TICK = 1.0  # seconds between two words on the row
RUNS = 12  # that were killed, or failed, until the video is held to be the reason
LONGEST_BACKOFF = timedelta(minutes=15)
SWEEP_SIZE = 100  # videos
_FOLDER = "yafig-video-"
_GONE_WRONG = (
    "This video could not be processed here. Please export it again or choose another one."
)


def make_video(media_id: int) -> Media | None:
    """Make the video: `ready` afterwards, or `failed` with the reason. None when it is gone.

    Changes nothing of one that is not `processing`, or that somebody else is making just now. May
    be killed anywhere, run again, and run twice at once. Raises OSError when a store fails.
    """
    while (media := _begin(media_id)) is not None:  # again, if it moved meanwhile
        try:
            if media.runs > RUNS:
                raise video.UnusableVideo(_GONE_WRONG)
            _run(media)
        except video.UnusableVideo as error:
            log.warning("media.failed", media=media.pk, reason=error.detail)
            _conclude(media, state=Media.State.FAILED, error=error.detail[:300])
        except sandbox.NotWanted:
            settle(media)
        except Exception:
            if _put_off(media):
                raise
            settle(media)  # deleted in the meantime
        _let_go(media)
    return Media.objects.filter(pk=media_id).first()


def _begin(media_id: int) -> Media | None:
    now = timezone.now()
    waiting = Media.objects.videos().unprocessed().filter(pk=media_id)
    free = waiting.filter(Q(working_until=None) | Q(working_until__lt=now))
    begun = free.update(working_until=_until(), runs=F("runs") + 1, progress=0)
    return Media.objects.filter(pk=media_id).first() if begun else None


def _until() -> datetime:
    """When whoever works now, and says nothing more, is taken for dead."""
    return timezone.now() + timedelta(seconds=settings.VIDEO_LEASE)


def _put_off(media: Media) -> int:
    """A store failed: let the clock have it made in 2, 4, 8 … seconds, whoever else does."""
    later = timezone.now() + min(timedelta(seconds=2**media.runs), LONGEST_BACKOFF)
    return Media.objects.filter(pk=media.pk).update(working_until=later)


def _let_go(media: Media) -> None:
    """Nobody makes it any more: what is not settled can be begun again at once."""
    Media.objects.filter(pk=media.pk, working_until__isnull=False).update(working_until=None)


def _run(media: Media) -> None:
    with copied_original(media) as folder:
        seen = video.look(folder)
        first = video.poster(seen.picture, sizes=settings.RENDITION_SIZES[:1])
        work = _Work(media, seen.seconds)
        work.note(width=seen.width, height=seen.height, blurhash=first.blurhash)
        made = video.make(folder, hear=work.reached, watch=work.goes_on)
        poster = video.poster(made.poster, sizes=settings.RENDITION_SIZES)
        work.note()
        renditions = keep_renditions(media, poster)
        with made.path.open("rb") as file:
            renditions[Media.VIDEO] = storage.save_video(
                media.folder, file, video.EXTENSION, access=media.access
            )
    _conclude(
        media,
        state=Media.State.READY,
        renditions=renditions,
        blurhash=poster.blurhash,
        duration_seconds=made.seconds,
        progress=100,
        error="",
    )


@contextmanager
def copied_original(media: Media) -> Iterator[Path]:
    """A folder with the original, and nothing else, which goes afterwards."""
    _clear_away()
    with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
        folder = Path(name)
        with storage.open_original(media.original) as file, (folder / "original").open("wb") as to:
            for chunk in file.chunks():
                to.write(chunk)
        yield folder


def _clear_away() -> None:
    """Remove the folders of workers that were killed."""
    old = time.time() - settings.VIDEO_TASK_LIMIT
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        if folder.is_dir() and folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)


class _Work:
    """A run as its row shows it; `seconds` is how long the video says that it is."""

    def __init__(self, media: Media, seconds: float) -> None:
        self._media = media
        self._seconds = seconds
        self._done = 0.0
        self._noted = 0.0

    def reached(self, seconds: float) -> None:
        self._done = seconds

    def goes_on(self) -> bool:
        """Whether the row still waits for this run; told to it at most once in a second."""
        if time.monotonic() - self._noted < TICK:
            return True
        try:
            self.note()
        except sandbox.NotWanted:
            return False
        return True

    def note(self, **columns: object) -> None:
        """Raises `NotWanted` when the video was deleted, or is to go elsewhere."""
        self._noted = time.monotonic()
        share = self._done / self._seconds if self._seconds else 0.0
        there = Media.objects.being_processed(self._media).update(
            progress=min(99, int(100 * share)), working_until=_until(), **columns
        )
        if not there:
            raise sandbox.NotWanted


def _conclude(media: Media, **columns: object) -> None:
    with transaction.atomic():
        row = Media.objects.being_processed(media)
        if row.update(working_until=None, runs=0, **columns):
            announce(VideoSettled(media_id=media.pk))
    settle(media)


# --- What waits ----------------------------------------------------------------------------------


@transaction.atomic
def resume_videos() -> int:
    """Have videos made whose maker has died; how many there were."""
    left = Media.objects.left_half_made(timezone.now()).select_for_update(skip_locked=True)
    media_ids = list(left.values_list("pk", flat=True)[:SWEEP_SIZE])
    Media.objects.filter(pk__in=media_ids).update(working_until=None)
    for media_id in media_ids:
        announce(VideoDue(media_id=media_id))
    return len(media_ids)


@transaction.atomic
def make_again(media: Media) -> None:
    """Have a video made whose files are lost: it is being processed until they are there."""
    lost = Media.objects.with_renditions().filter(pk=media.pk, state=media.state)
    if lost.update(state=Media.State.PROCESSING, renditions={}, moved_from={}, progress=0):
        if left := media.rendition_folders - {media.folder}:
            announce(MediaConcealed(folders=sorted(left)))
        announce(VideoDue(media_id=media.pk))
