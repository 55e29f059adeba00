"""Background work on posts: their pictures, large audiences, and what runs by the clock."""

from celery import shared_task

from events.events import subscriber
from media.actions import process_media
from media.models import Media
from posts.actions import moderation, publication, reactions

PURGE_SIZE = 50  # posts a transaction


@subscriber(atomic=False, queue="media")
def process_post(*, post_id: int) -> None:
    """Make a post's pictures, each shown to its author as soon as it is ready; then publish.

    Stops when the post is deleted meanwhile. Run again, it goes on where it was stopped.
    """
    waiting = Media.objects.unprocessed().filter(place__post=post_id, place__post__deleted_at=None)
    for media_id in waiting.order_by("place__position").values_list("pk", flat=True):
        if not waiting.filter(pk=media_id).exists():
            continue  # the post was deleted, or somebody else has processed this one
        process_media(media_id)
        publication.note_progress(post_id)
    publication.publish_post(post_id)


@subscriber(atomic=False)
def fan_out_post(*, post_id: int) -> None:
    """Write a post into the timelines of many followers, one short transaction after the other."""
    after: int | None = 0
    while after is not None:
        after = publication.fan_out_chunk(post_id=post_id, after=after)


@subscriber(atomic=False)
def recount_posts_reacted_to(*, user_id: int) -> None:
    """Count the reactions of somebody who is hidden now, or shown again, out or in."""
    reactions.recount_reactions_of(user_id)


@shared_task(ignore_result=True, expires=3600)
def purge_posts() -> None:
    """Remove what is left of posts that were deleted `settings.PURGE_AFTER_DAYS` ago."""
    while moderation.purge_deleted_posts(PURGE_SIZE):
        pass
