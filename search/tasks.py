"""Background work on what can be found: after events, and by the clock."""

import time
from contextlib import closing

import structlog
from celery import shared_task
from django.conf import settings

from events.events import subscriber
from search import checking, rebuilding, sending
from search.actions import documents
from search.questions import EngineUnavailable

log = structlog.get_logger(__name__)

SLICE = 45.0  # seconds of a rebuild in one piece: less than `settings.TASK_TIME_LIMIT`


@subscriber
def index_post(*, post_id: int) -> None:
    """Let a post be found as it is now, or not any more."""
    documents.index_posts([post_id])


@subscriber
def index_person(*, user_id: int) -> None:
    """The same for a person, without the posts."""
    documents.index_people([user_id])


@subscriber(atomic=False)
def index_posts_of(*, user_id: int) -> None:
    """The same for all posts of an author, one short transaction after the other."""
    for index_chunk in (documents.index_chunk_of, documents.index_orphans_of):
        after: int | None = 0
        while after is not None:
            after = index_chunk(author_id=user_id, after=after)


@subscriber(atomic=False)
def send_documents() -> None:
    """Let Elasticsearch know, if there is one."""
    sending.send_unsent()


@shared_task(ignore_result=True, expires=60)
def send_late_documents() -> None:
    """Send what could not be sent when it changed."""
    sending.send_unsent()


@shared_task(ignore_result=True, expires=60)
def restore_index() -> None:
    """Make an index if there is none, and finish a rebuild that was left, a slice at a time."""
    end = time.monotonic() + min(SLICE, settings.TASK_TIME_LIMIT / 2)
    try:
        with closing(rebuilding.restore_index()) as steps:
            for _ in steps:
                if time.monotonic() > end:
                    break
    except (EngineUnavailable, rebuilding.RebuildRunningError) as error:
        log.warning("search.not_restored", reason=repr(error))


@shared_task(ignore_result=True, expires=60)
def check_documents() -> None:
    """Compare the next documents with what they are about, and mend what differs."""
    checking.check_slice(seconds=min(checking.SLICE, settings.TASK_TIME_LIMIT / 2))


@shared_task(ignore_result=True, expires=3600)
def sweep_documents() -> None:
    """Remove what is left of documents that have been empty for a day."""
    sending.sweep()
