"""Waiting for a post to be processed, for clients that rather wait than ask again."""

import time

from posts.models import Post

LONGEST = 20  # seconds
POLL = 0.1  # seconds between two looks


def wait_until_settled(post_id: int, seconds: float) -> None:
    """Return once the post is published, failed or gone, at the latest after `seconds`.

    Holds no lock and no transaction, only its thread.
    """
    processing = Post.objects.filter(
        pk=post_id, state=Post.State.PROCESSING, deleted_at=None, hidden_at=None
    )
    deadline = time.monotonic() + min(seconds, LONGEST)
    while time.monotonic() < deadline and processing.exists():
        time.sleep(POLL)
