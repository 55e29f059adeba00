"""What hidden people said does not count, and counts again when they are shown again."""

from django.db import transaction

from comments.actions import counts
from comments.models import Comment
from posts.actions.locks import lock_posts
from users import timelines

BATCH = 500  # comments a transaction


def recount_comments_of(user_id: int) -> None:
    """Let the comments of a person count if, and only if, that person is not hidden.

    Acts on what is so now, not on what was announced, in batches; twice changes nothing.
    """
    while _recount_batch(user_id):
        pass


@transaction.atomic
def _recount_batch(user_id: int) -> bool:
    """Whether there was something to put right."""
    user = timelines.lock_author(user_id)  # nobody hides or restores them meanwhile
    if user is None:
        return False
    wrong = Comment.objects.miscounted(user)
    found = dict(wrong.order_by("post_id", "id").values_list("pk", "post_id")[:BATCH])
    lock_posts(list(found.values()))
    still = list(wrong.filter(pk__in=found).values_list("pk", flat=True))
    counts.set_counted(still, sorted(set(found.values())), counted=user.is_active)
    return bool(found)
