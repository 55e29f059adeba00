"""What people carry on into the timelines of their followers: the other half of `timelines`.

A reader has a post once. Whoever follows its author has it from the author, and from nobody else;
of those who repost it, the first whom the reader follows brings it. Where a reposter moves a post,
the rows of the reposter and of the author are held, so that all that write one post into timelines
wait for each other. What stands in the table proves nothing: readers look whether the repost still
stands and the reposter may be seen (`posts.pages`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from users.models import Follow, RepostEntry, TimelineEntry, User
from users.timelines import LARGEST_ID

# --- One repost --------------------------------------------------------------------------------


def publish(*, post_id: int, author_id: int, reposter_id: int, shown_at: datetime) -> bool:
    """Carry a post on to the followers of `reposter_id`, if they are few.

    As `timelines.publish`: False when the rest is for `publish_chunk`; with very many followers
    it is joined in at reading, and True. Twice is as good as once.
    """
    shelve(reposter_id, [(post_id, author_id, shown_at)])
    reposter = User.objects.only("followers_count", "joined_at_reading").get(pk=reposter_id)
    if reposter.joined_at_reading:
        return True
    if reposter.followers_count > settings.TIMELINE_JOIN_FOLLOWERS:
        User.objects.filter(pk=reposter_id).update(joined_at_reading=True)
        return True
    if reposter.followers_count > settings.TIMELINE_INLINE_FOLLOWERS:
        return False
    _spread(post_id, author_id, reposter_id, shown_at, 0, LARGEST_ID)
    return True


def publish_chunk(
    *, post_id: int, author_id: int, reposter_id: int, shown_at: datetime, after: int = 0
) -> int | None:
    """Carry it on to the next `TIMELINE_CHUNK` followers beyond follow `after`.

    Returns where the next chunk begins, None when this was the last; twice is as good as once.
    """
    size = settings.TIMELINE_CHUNK
    followers = Follow.objects.filter(target_id=reposter_id, pk__gt=after).order_by("pk")
    beyond = list(followers.values_list("pk", flat=True)[size : size + 1])
    last = beyond[0] - 1 if beyond else LARGEST_ID
    _spread(post_id, author_id, reposter_id, shown_at, after, last)
    return last if beyond else None


def _spread(
    post_id: int, author_id: int, reposter_id: int, shown_at: datetime, after: int, last: int
) -> None:
    params = [post_id, post_id, author_id, shown_at, reposter_id, reposter_id, after, last]
    _execute(_SPREAD, [*params, author_id, author_id])


# To whom it is not there yet, and who does not follow its author. Somebody who begins to follow
# another reposter may write the same row at the same moment: hence ON CONFLICT.
_SPREAD = """
WITH there AS MATERIALIZED (SELECT owner_id FROM users_timelineentry WHERE post_id = %s)
INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at, reposter_id)
SELECT f.owner_id, %s, %s, %s, %s
FROM users_follow f LEFT JOIN there ON there.owner_id = f.owner_id
WHERE f.target_id = %s AND f.id > %s AND f.id <= %s AND there.owner_id IS NULL
  AND f.owner_id <> %s AND NOT EXISTS (
    SELECT FROM users_follow near WHERE near.owner_id = f.owner_id AND near.target_id = %s)
ON CONFLICT DO NOTHING
"""


def withdraw(*, post_id: int, reposter_id: int) -> None:
    """Undo `publish`: another who reposted it brings it to those who follow them; twice is once."""
    _fall_back(reposter_id, "AND e.post_id = %s", [post_id])
    RepostEntry.objects.filter(reposter_id=reposter_id, post_id=post_id).delete()


def _fall_back(reposter_id: int, which: str, params: Sequence[Any]) -> None:
    sql = _FALL_BACK.format(which=which)
    _execute(sql, [reposter_id, *params, reposter_id])


# What `reposter` brought: by the next whom the reader follows, or gone. Those who are joined in at
# reading need no row.
_FALL_BACK = """
WITH mine AS MATERIALIZED (
    SELECT e.owner_id, e.post_id
    FROM users_repostentry gone
    JOIN users_timelineentry e ON e.post_id = gone.post_id AND e.reposter_id = gone.reposter_id
    WHERE gone.reposter_id = %s {which}
), next AS MATERIALIZED (
    SELECT DISTINCT ON (mine.owner_id, mine.post_id)
        mine.owner_id, mine.post_id, r.reposter_id, r.shown_at
    FROM mine
    JOIN users_repostentry r ON r.post_id = mine.post_id AND r.reposter_id <> %s
    JOIN users_follow f ON f.owner_id = mine.owner_id AND f.target_id = r.reposter_id
    JOIN users_user u ON u.id = r.reposter_id
    WHERE u.suspended_at IS NULL AND u.deleted_at IS NULL AND NOT u.joined_at_reading
    ORDER BY mine.owner_id, mine.post_id, r.shown_at, r.reposter_id
), moved AS (
    UPDATE users_timelineentry e SET reposter_id = next.reposter_id, shown_at = next.shown_at
    FROM next WHERE e.owner_id = next.owner_id AND e.post_id = next.post_id
)
DELETE FROM users_timelineentry e USING mine
WHERE e.owner_id = mine.owner_id AND e.post_id = mine.post_id AND NOT EXISTS (
    SELECT FROM next WHERE next.owner_id = mine.owner_id AND next.post_id = mine.post_id)
"""


# --- Follows -----------------------------------------------------------------------------------


def backfill(*, owner_id: int, reposter_id: int) -> None:
    """Bring the newest of what somebody reposted to a reader who begins to follow them."""
    _execute(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at, reposter_id)
        SELECT %s, r.post_id, r.author_id, r.shown_at, r.reposter_id FROM users_repostentry r
        WHERE r.reposter_id = %s AND r.author_id <> %s AND NOT EXISTS (
            SELECT FROM users_follow f WHERE f.owner_id = %s AND f.target_id = r.author_id)
        ORDER BY r.shown_at DESC, r.post_id DESC LIMIT %s
        ON CONFLICT DO NOTHING
        """,
        [owner_id, reposter_id, owner_id, owner_id, settings.TIMELINE_BACKFILL],
    )


def hand_over(*, owner_id: int, author_id: int) -> None:
    """Let a reader who begins to follow `author_id` have from them what others had brought."""
    _execute(
        """
        UPDATE users_timelineentry e SET reposter_id = NULL, shown_at = own.shown_at
        FROM users_timelineentry own, users_user author
        WHERE e.owner_id = %s AND e.author_id = %s AND e.reposter_id IS NOT NULL
          AND own.owner_id = e.author_id AND own.post_id = e.post_id
          AND author.id = e.author_id AND NOT author.joined_at_reading
        """,
        [owner_id, author_id],
    )
    brought = TimelineEntry.objects.filter(owner_id=owner_id, author_id=author_id)
    brought.exclude(reposter_id=None).delete()


def leave(*, owner_id: int, reposter_id: int) -> None:
    """Take what `reposter_id` brought from a reader who follows them no more."""
    _fall_back(reposter_id, "AND e.owner_id = %s", [owner_id])


# --- People and posts that go ------------------------------------------------------------------


def withdraw_person(user_id: int) -> None:
    """Take everything that somebody reposted out of all timelines, and who reposted theirs."""
    _fall_back(user_id, "", [])
    RepostEntry.objects.filter(reposter_id=user_id).delete()
    RepostEntry.objects.filter(author_id=user_id).delete()


def forget_posts(post_ids: Sequence[int]) -> None:
    """Nobody reposts these any more: they are purged."""
    RepostEntry.objects.filter(post_id__in=post_ids).delete()


# --- Anew --------------------------------------------------------------------------------------


def shelve(reposter_id: int, reposts: Iterable[tuple[int, int, datetime]]) -> None:
    """Note what somebody reposted, as (post, author, when)."""
    RepostEntry.objects.bulk_create(
        [
            RepostEntry(
                reposter_id=reposter_id, post_id=post_id, author_id=author_id, shown_at=shown_at
            )
            for post_id, author_id, shown_at in reposts
        ],
        ignore_conflicts=True,
    )


def rebuild(owner_id: int) -> None:
    """After `timelines.rebuild`: write anew what was reposted into somebody's timeline."""
    _execute(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at, reposter_id)
        SELECT DISTINCT ON (newest.post_id)
            %s, newest.post_id, newest.author_id, newest.shown_at, newest.reposter_id
        FROM users_follow f
        JOIN users_user u ON u.id = f.target_id AND NOT u.joined_at_reading
        CROSS JOIN LATERAL (
            SELECT r.* FROM users_repostentry r
            WHERE r.reposter_id = f.target_id AND r.author_id <> f.owner_id AND NOT EXISTS (
                SELECT FROM users_follow near
                WHERE near.owner_id = f.owner_id AND near.target_id = r.author_id)
            ORDER BY r.shown_at DESC, r.post_id DESC LIMIT %s
        ) newest
        WHERE f.owner_id = %s
        ORDER BY newest.post_id, newest.shown_at, newest.reposter_id
        ON CONFLICT DO NOTHING
        """,
        [owner_id, settings.TIMELINE_BACKFILL, owner_id],
    )


def _execute(sql: str, params: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


# --- Reading, for lists that look for some of a timeline ---------------------------------------


def joined_for(owner: User) -> QuerySet[RepostEntry, Any]:
    """What is joined in at reading: by whom `owner` follows, of authors whom they do not."""
    followed = Follow.objects.filter(owner=owner).values("target_id")
    joined = User.objects.filter(joined_at_reading=True, pk__in=followed).values("pk")
    theirs = RepostEntry.objects.filter(reposter_id__in=joined).exclude(author_id=owner.pk)
    return theirs.exclude(author_id__in=followed)


def reposter_for(owner: User) -> Coalesce:
    """Who brought the outer query's post into somebody's timeline; None if its author did."""
    written = TimelineEntry.objects.filter(owner_id=owner.pk, post_id=OuterRef("pk"))
    joined = joined_for(owner).filter(post_id=OuterRef("pk")).order_by("shown_at", "reposter_id")
    return Coalesce(
        Subquery(written.values("reposter_id")[:1]), Subquery(joined.values("reposter_id")[:1])
    )
