"""Background work on posts: their pictures, large audiences, and what runs by the clock."""

import structlog
from celery import shared_task

from events.events import subscriber
from media.actions.deleting import conceal_media
from media.actions.processing import process_media
from media.models import Media
from posts.actions import (
    counting,
    moderation,
    pictures,
    publication,
    reactions,
    reposts,
    scheduling,
)
from posts.models import Post, Repost

log = structlog.get_logger(__name__)

PURGE_SIZE = 50  # posts a transaction
SETTLE_SIZE = 100  # posts a transaction


@subscriber(atomic=False, queue="media")
def process_post(*, post_id: int) -> None:
    """Make a post's pictures, each shown to its author as soon as it is ready; then publish.

    A draft only if it is due. Stops when the post is deleted meanwhile. Run again, it goes on
    where it was stopped.
    """
    waiting = Media.objects.unprocessed().filter(
        place__post=post_id, place__post__deleted_at=None, place__post__hidden_at=None
    )
    for video_id in waiting.videos().values_list("pk", flat=True):
        process_media(video_id)  # which only has it made, elsewhere
    ordered = waiting.stills().order_by("place__position").values_list("pk", flat=True)
    while (media_id := ordered.first()) is not None:  # again, if it moved meanwhile
        process_media(media_id)
        publication.note_progress(post_id)
    scheduling.publish_if_due(post_id)
    publication.publish_post(post_id)


@subscriber(atomic=False)
def show_moved_pictures(*, media_ids: list[int], folders: list[str]) -> None:
    """Let the cards of posts name pictures that have moved; publish what waited for them."""
    for post_id in Post.objects.filter(places__media__in=media_ids).values_list("pk", flat=True):
        publication.note_progress(post_id)
        publication.publish_post(post_id)


@subscriber(atomic=False)
def show_made_video(*, media_id: int) -> None:
    """Publish the post that waited for a video, or let its author see what is wrong with it.

    Made for a post that went meanwhile, it goes too.
    """
    post = Post.objects.select_related("author").filter(places__media=media_id).first()
    if post is None:
        return
    if post.is_gone or post.author.deleted_at is not None:
        conceal_media([media_id])
    publication.note_progress(post.pk)
    publication.publish_post(post.pk)


@subscriber(atomic=False)
def settle_pictures_of(*, user_id: int) -> None:
    """Move the pictures of somebody whose account was opened, or closed."""
    while pictures.settle_pictures(SETTLE_SIZE, author_id=user_id):
        pass


@subscriber(atomic=False)
def fan_out_post(*, post_id: int) -> None:
    """Write a post into the timelines of many followers, one short transaction after the other."""
    after: int | None = 0
    while after is not None:
        after = publication.fan_out_chunk(post_id=post_id, after=after)


@subscriber(atomic=False)
def fan_out_repost(*, post_id: int, owner_id: int) -> None:
    """Carry a repost on to many followers, one short transaction after the other."""
    after: int | None = 0
    while after is not None:
        after = reposts.fan_out_repost(post_id=post_id, owner_id=owner_id, after=after)


@subscriber(atomic=False)
def fan_out_reposts(*, post_id: int) -> None:
    """Bring a post that is to be seen again to whom people had carried it, the first first."""
    owners = Repost.objects.filter(post=post_id, owner__deleted_at=None).order_by("pk")
    for owner_id in list(owners.values_list("owner_id", flat=True)):
        fan_out_repost.run(post_id=post_id, owner_id=owner_id)


@subscriber(atomic=False)
def end_reposts_between(*, owner_id: int, target_id: int) -> None:
    """Two people who have nothing to do with each other pass on nothing of each other."""
    reposts.end_reposts_between(owner_id, target_id)


@subscriber(atomic=False)
def recount_posts_reacted_to(*, user_id: int) -> None:
    """Count the reactions of somebody who is hidden now, or shown again, out or in."""
    reactions.recount_reactions_of(user_id)


@shared_task(ignore_result=True, expires=60)
def publish_due_posts() -> None:
    """Publish the drafts whose time has come, however long ago; safe to run twice at once."""
    for post_id in Post.objects.due().order_by("publish_at", "pk").values_list("pk", flat=True):
        try:
            scheduling.publish_if_due(post_id)
        except Exception:  # one that cannot be published keeps no other
            log.exception("scheduling.failed", post=post_id)


@subscriber(atomic=False)
def recount_posts_kept(*, user_id: int) -> None:
    """Count what somebody saved or reposted who is hidden now, or shown again, out or in."""
    counting.recount_what_is_kept_by(user_id)


@shared_task(ignore_result=True, expires=3600)
def purge_posts() -> None:
    """Remove what is left of posts that were deleted `settings.PURGE_AFTER_DAYS` ago."""
    while moderation.purge_deleted_posts(PURGE_SIZE):
        pass


@shared_task(ignore_result=True, expires=3600)
def settle_pictures() -> None:
    """Move pictures that are public although not everybody may see them, or the other way round.

    The actions leave none such; rows of before there were signed pictures are brought over.
    """
    while pictures.settle_pictures(SETTLE_SIZE):
        pass
