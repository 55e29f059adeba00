"""Background work on comments: whose count, and what runs by the clock."""

from celery import shared_task

from comments.actions import purge_deleted_comments, recount_comments_of
from events.events import subscriber

PURGE_SIZE = 500  # comments a transaction


@subscriber(atomic=False)
def recount_posts_commented_on(*, user_id: int) -> None:
    """Count the comments of somebody who is hidden now, or shown again, out or in."""
    recount_comments_of(user_id)


@shared_task(ignore_result=True, expires=3600)
def purge_comments() -> None:
    """Remove what is left of comments that were deleted `settings.PURGE_AFTER_DAYS` ago."""
    while purge_deleted_comments(PURGE_SIZE):
        pass
