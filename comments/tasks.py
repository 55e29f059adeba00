"""Background work on comments."""

from comments.actions import recount_comments_of
from events.events import subscriber


@subscriber(atomic=False)
def recount_posts_commented_on(*, user_id: int) -> None:
    """Count the comments of somebody who is hidden now, or shown again, out or in."""
    recount_comments_of(user_id)
