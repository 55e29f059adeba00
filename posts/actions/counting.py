"""Who is hidden does not count: saves and reposts, put right for one person at a time.

As with reactions, the rows know whether they are counted (docs/decisions/0036).
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from posts.actions.locks import lock_posts
from posts.models import Post, Repost, Save
from users import timelines

BATCH = 500  # posts a transaction
_COUNTS: tuple[tuple[type[Save] | type[Repost], str], ...] = (
    (Save, "saves_count"),
    (Repost, "reposts_count"),
)


def recount_what_is_kept_by(user_id: int) -> None:
    """Let the saves and reposts of a person count if, and only if, that person is not hidden.

    Acts on what is so now, not on what was announced, in batches; twice changes nothing.
    """
    for rows, column in _COUNTS:
        while _recount_batch(user_id, rows, column):
            pass


@transaction.atomic
def _recount_batch(user_id: int, rows: type[Save] | type[Repost], column: str) -> bool:
    """Whether there was something to put right."""
    user = timelines.lock_author(user_id)  # nobody hides or restores them meanwhile
    if user is None:
        return False
    wrong = rows.objects.miscounted(user).order_by("post_id")
    post_ids = list(wrong.values_list("post_id", flat=True)[:BATCH])
    lock_posts(post_ids)
    rows.objects.filter(owner=user, post__in=post_ids).update(counted=user.is_active)
    here = rows.objects.filter(post=OuterRef("pk"), counted=True)
    Post.objects.filter(pk__in=post_ids).update(**{column: tally(here, "post")})
    return bool(post_ids)


def tally(rows: "QuerySet[Any]", of: str) -> Coalesce:
    """How many `rows` there are for a row of the outer query, which their column `of` names."""
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
