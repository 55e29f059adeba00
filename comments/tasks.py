"""Background work on comments: whose count, their pictures, and what runs by the clock."""

from celery import shared_task

from comments.actions import people, pictures, purging, reactions
from events.events import subscriber

PURGE_SIZE = 500  # comments a transaction


@subscriber(atomic=False)
def recount_posts_commented_on(*, user_id: int) -> None:
    """Count the comments of somebody who is hidden now, or shown again, out or in."""
    people.recount_comments_of(user_id)


@subscriber(atomic=False)
def recount_comments_reacted_to(*, user_id: int) -> None:
    """Count the reactions to comments of somebody who is hidden now, or shown again."""
    reactions.recount_reactions_of(user_id)


@subscriber(atomic=False)
def purge_comments_of(*, user_id: int) -> None:
    """Remove what somebody said whose account was purged, but for the places that hold replies."""
    while purging.purge_comments_of_gone_people(PURGE_SIZE):
        pass


@subscriber(atomic=False, queue="media")
def process_comment_picture(*, comment_id: int) -> None:
    """Make the renditions of a comment's picture, which others see from then on."""
    pictures.settle_picture(comment_id)


@subscriber(atomic=False, queue="media")
def settle_pictures_of_comments(*, post_id: int) -> None:
    """Hide the pictures below a post that was taken away; make them anew when it is back."""
    pictures.settle_pictures_under(post_id)


@shared_task(ignore_result=True, expires=3600)
def purge_comments() -> None:
    """Remove what is left of comments that were deleted `settings.PURGE_AFTER_DAYS` ago.

    And of comments by accounts, and pictures below posts, that went in that time.
    """
    while purging.purge_deleted_comments(PURGE_SIZE):
        pass
    while purging.purge_comments_of_gone_people(PURGE_SIZE):
        pass
    while pictures.clear_loose_pictures():
        pass
