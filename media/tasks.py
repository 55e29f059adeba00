"""Background work on the stores."""

from celery import shared_task

from events.events import subscriber
from media import actions, storage


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


@shared_task(ignore_result=True, expires=3600)
def media_sweep() -> None:
    """Have the files removed that no picture has owned for a day."""
    actions.abandon_uploads()
