"""Background work on the stores."""

from celery import shared_task
from django.conf import settings

from events.events import subscriber
from media import storage
from media.actions import access, deleting, sweeping, videos
from media.actions.processing import process_media
from media.actions.videos import make_video

INSPECT_SECONDS = 30.0  # of each hour


@subscriber(atomic=False, queue="media")
def remove_files(*, folders: list[str]) -> None:
    """Delete everything in `folders`; safe to run twice."""
    for folder in folders:
        storage.remove(folder)


@subscriber(atomic=False, queue="media")
def remove_renditions(*, folders: list[str]) -> None:
    """Delete the renditions in `folders`, which no row names any more; the originals stay."""
    for folder in folders:
        storage.tidy(folder, keep=())


@subscriber(atomic=False, queue="media")
def move_renditions(*, media_ids: list[int]) -> None:
    """Bring the files of pictures to where they are public, or signed; safe to run twice."""
    access.move_media(media_ids)


@subscriber(atomic=False, queue="media")
def remove_what_was_left(*, media_ids: list[int], folders: list[str]) -> None:
    """Delete the renditions in the folders that pictures have left; the originals stay."""
    for folder in folders:
        storage.tidy(folder, keep=())


@subscriber(atomic=False, queue="media")
def process_upload(*, media_id: int) -> None:
    """Make the renditions of a photo that was sent straight to the store."""
    process_media(media_id)


@subscriber(atomic=False, queue="video", seconds=settings.VIDEO_TASK_LIMIT)
def process_video(*, media_id: int) -> None:
    """Make a video, which takes minutes: on a queue of its own, so that nothing waits behind it."""
    make_video(media_id)


@shared_task(ignore_result=True, expires=60)
def resume_videos() -> None:
    """Have videos made whose worker was killed over them."""
    videos.resume_videos()


@shared_task(ignore_result=True, expires=3600)
def upload_sweep() -> None:
    """Forget yesterday's uploads, with pictures that nothing shows, and parts never joined."""
    while sweeping.forget_uploads():
        pass
    sweeping.abort_parts()


@shared_task(ignore_result=True, expires=3600)
def inspect_stores() -> None:
    """Compare a part of the stores with the rows, and repair what differs."""
    sweeping.inspect_stores(INSPECT_SECONDS)


@shared_task(ignore_result=True, expires=3600)
def media_sweep() -> None:
    """Have removed what no picture has owned for a day, and moved what stopped on its way."""
    while deleting.abandon_uploads():
        pass
    access.resume_moves()


@shared_task(ignore_result=True, expires=3600)
def forget_signed_urls() -> None:
    """Delete what was kept of signed URLs that have expired."""
    while deleting.forget_signed_urls():
        pass
