"""Home timelines: one row says that a post stands in somebody's timeline, and since when.

The author's own timeline holds the author's posts, so every movement is one set-based
statement on this table and the follows, without knowing of posts. Whoever moves an author's
posts holds the lock on that author's row (`lock_author`): a follow and a publication at the
same moment then see each other. The table is derived and decides nothing about who may see
a post; readers go through `Post.objects.visible_to`. What others repost is in `users.reposts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from common.statements import execute
from users.models import Follow, TimelineEntry, User

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, order=True)
class Position:
    """A place in a timeline: when a post was shown, and its id among those of one moment."""

    shown_at: datetime
    post_id: int


NEWEST = Position(END_OF_TIME, LARGEST_ID)


@dataclass(frozen=True)
class Entry:
    """A post in a timeline, and who brought it there if it was not its author."""

    position: Position
    reposter_id: int | None

    @property
    def post_id(self) -> int:
        return self.position.post_id


# --- Writing ---------------------------------------------------------------------------------


def lock_author(author_id: int) -> User | None:
    """Hold the author's row until the transaction ends; None when there is no such person."""
    author: User | None = User.objects.select_for_update(no_key=True).filter(pk=author_id).first()
    return author


def publish(*, post_id: int, author_id: int, shown_at: datetime) -> bool:
    """Put a post into its author's timeline, and into every follower's if they are few.

    True when that is all. False when there are more than `TIMELINE_INLINE_FOLLOWERS`: the
    rest is for `publish_chunk`, from a task. Above `TIMELINE_JOIN_FOLLOWERS` the author's
    posts are joined in at reading from now on, and nothing remains to be done. The author's
    row must be locked. Twice is as good as once.
    """
    add_own(author_id, [(post_id, shown_at)])
    author = User.objects.only("followers_count", "joined_at_reading").get(pk=author_id)
    if author.joined_at_reading:
        return True
    if author.followers_count > settings.TIMELINE_JOIN_FOLLOWERS:
        User.objects.filter(pk=author_id).update(joined_at_reading=True)
        return True
    if author.followers_count > settings.TIMELINE_INLINE_FOLLOWERS:
        return False
    _execute(_SPREAD, [post_id, post_id, author_id, shown_at, author_id, 0, LARGEST_ID])
    return True


def publish_chunk(
    *, post_id: int, author_id: int, shown_at: datetime, after: int = 0
) -> int | None:
    """Put a post into the timelines of the next `TIMELINE_CHUNK` followers beyond follow `after`.

    Returns where the next chunk begins, None when this was the last. The author's row must
    be locked for the length of one chunk; twice is as good as once.
    """
    size = settings.TIMELINE_CHUNK
    followers = Follow.objects.filter(target_id=author_id, pk__gt=after).order_by("pk")
    beyond = list(followers.values_list("pk", flat=True)[size : size + 1])
    last = beyond[0] - 1 if beyond else LARGEST_ID
    _execute(_SPREAD, [post_id, post_id, author_id, shown_at, author_id, after, last])
    return last if beyond else None


# To the followers who do not have the post yet. ON CONFLICT would do, and cost as much again as
# the rows; with the author's row locked nobody else writes this post meanwhile. Who has it is
# read by one scan of one post's entries, never by a probe for each follower.
_SPREAD = """
WITH there AS MATERIALIZED (SELECT owner_id FROM users_timelineentry WHERE post_id = %s)
INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at)
SELECT f.owner_id, %s, %s, %s
FROM users_follow f LEFT JOIN there ON there.owner_id = f.owner_id
WHERE f.target_id = %s AND f.id > %s AND f.id <= %s AND there.owner_id IS NULL
"""


def add_own(author_id: int, posts: Iterable[tuple[int, datetime]]) -> None:
    """Put posts, as (id, shown at), into their author's own timeline."""
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                owner_id=author_id, post_id=post_id, author_id=author_id, shown_at=shown_at
            )
            for post_id, shown_at in posts
        ],
        ignore_conflicts=True,
    )


def withdraw(post_id: int) -> None:
    """Take a post out of every timeline."""
    TimelineEntry.objects.filter(post_id=post_id).delete()


def withdraw_author(author_id: int) -> None:
    """Take an author's posts out of every timeline but the author's own."""
    _execute(
        """
        DELETE FROM users_timelineentry other USING users_timelineentry own
        WHERE own.owner_id = %s AND own.author_id = %s
          AND other.post_id = own.post_id AND other.owner_id <> %s
        """,
        [author_id, author_id, author_id],
    )


def backfill(*, owner_id: int, author_id: int) -> None:
    """Bring the newest posts of an author to somebody who begins to follow."""
    _execute(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at)
        SELECT %s, post_id, author_id, shown_at FROM users_timelineentry
        WHERE owner_id = %s AND author_id = %s
        ORDER BY shown_at DESC, post_id DESC LIMIT %s
        ON CONFLICT DO NOTHING
        """,
        [owner_id, author_id, author_id, settings.TIMELINE_BACKFILL],
    )


def purge(*, owner_id: int, author_id: int) -> None:
    """Take an author's posts out of somebody's timeline."""
    TimelineEntry.objects.filter(owner_id=owner_id, author_id=author_id).delete()


def forget(owner_id: int) -> None:
    """Empty somebody's own timeline, when their account is purged."""
    TimelineEntry.objects.filter(owner_id=owner_id).delete()


@transaction.atomic
def rebuild(owner_id: int) -> None:
    """Write anew what others brought into somebody's timeline, from the follows."""
    followed = Follow.objects.filter(owner_id=owner_id).values("target_id")
    authors = User.objects.select_for_update(no_key=True).filter(pk__in=followed)
    list(authors.order_by("pk").values_list("pk", flat=True))  # nobody publishes meanwhile
    TimelineEntry.objects.filter(owner_id=owner_id).exclude(author_id=owner_id).delete()
    _execute(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at)
        SELECT %s, newest.post_id, newest.author_id, newest.shown_at
        FROM users_follow f CROSS JOIN LATERAL (
            SELECT post_id, author_id, shown_at FROM users_timelineentry
            WHERE owner_id = f.target_id AND author_id = f.target_id
            ORDER BY shown_at DESC, post_id DESC LIMIT %s
        ) newest
        WHERE f.owner_id = %s
        ON CONFLICT DO NOTHING
        """,
        [owner_id, settings.TIMELINE_BACKFILL, owner_id],
    )


def _execute(sql: str, params: list[Any]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


# --- Reading ---------------------------------------------------------------------------------

# Entries of one's own timeline, and those of followed authors with too many followers to be
# written to each; UNION drops what was written before an author became one of these.
_PAGE = """
SELECT shown_at, post_id, reposter_id FROM (
    (SELECT shown_at, post_id, reposter_id FROM users_timelineentry
     WHERE owner_id = %s AND (shown_at, post_id) {beyond} (%s, %s)
       AND author_id NOT IN ({muted})
       AND (reposter_id IS NULL OR reposter_id NOT IN ({muted}))
     ORDER BY shown_at {order}, post_id {order} LIMIT %s)
    UNION
    (SELECT own.shown_at, own.post_id, own.reposter_id
     FROM users_user author
     JOIN users_follow f ON f.target_id = author.id AND f.owner_id = %s
     CROSS JOIN LATERAL (
         (SELECT shown_at, post_id, reposter_id FROM users_timelineentry
          WHERE owner_id = author.id AND author_id = author.id
            AND (shown_at, post_id) {beyond} (%s, %s)
          ORDER BY shown_at {order}, post_id {order} LIMIT %s)
         UNION ALL
         ({carried})
     ) own
     WHERE author.joined_at_reading AND author.id NOT IN ({muted}))
) entry ORDER BY shown_at {order}, post_id {order} LIMIT %s
"""
MUTED = (
    "SELECT target_id FROM users_mute"
    " WHERE owner_id = %s AND (until IS NULL OR until > statement_timestamp())"
)
# What they reposted: of nobody whom the reader follows, not what is there already, and once.
_CARRIED = """
          SELECT r.shown_at, r.post_id, r.reposter_id FROM users_repostentry r
          WHERE r.reposter_id = author.id AND (r.shown_at, r.post_id) {beyond} (%s, %s)
            AND r.author_id <> f.owner_id AND r.author_id NOT IN ({muted})
            AND NOT EXISTS (
                SELECT FROM users_follow near
                WHERE near.owner_id = f.owner_id AND near.target_id = r.author_id)
            AND NOT EXISTS (
                SELECT FROM users_timelineentry there
                WHERE there.owner_id = f.owner_id AND there.post_id = r.post_id)
            AND NOT EXISTS (
                SELECT FROM users_repostentry earlier
                JOIN users_user other ON other.id = earlier.reposter_id AND other.joined_at_reading
                JOIN users_follow via
                    ON via.owner_id = f.owner_id AND via.target_id = earlier.reposter_id
                WHERE earlier.post_id = r.post_id AND earlier.reposter_id NOT IN ({muted})
                  AND (earlier.shown_at, earlier.reposter_id) < (r.shown_at, r.reposter_id))
          ORDER BY r.shown_at {order}, r.post_id {order} LIMIT %s
"""


def _page_of(beyond: str, order: str) -> str:
    carried = _CARRIED.format(beyond=beyond, order=order, muted=MUTED)
    return _PAGE.format(beyond=beyond, order=order, muted=MUTED, carried=carried)


_OLDER = _page_of("<", "DESC")
_NEWER = _page_of(">", "ASC")


def standing_in(owner: User) -> QuerySet[TimelineEntry, Any]:
    """The ids of all posts in somebody's timeline, for reads that look for some of them."""
    followed = Follow.objects.filter(owner=owner).values("target_id")
    joined = User.objects.filter(joined_at_reading=True, pk__in=followed).values("pk")
    theirs = Q(owner_id__in=joined, author_id=F("owner_id"))
    return TimelineEntry.objects.filter(Q(owner_id=owner.pk) | theirs).values("post_id")


def page(
    owner_id: int, *, before: Position = NEWEST, after: Position | None = None, size: int
) -> list[Entry]:
    """Up to `size` entries, nearest first: older than `before`, or newer than `after` if given.

    Without the posts of those whom `owner` has muted, and what they repost.
    """
    rows = execute(*page_sql(owner_id, before=before, after=after, size=size))
    return [
        Entry(Position(shown_at, post_id), reposter_id) for shown_at, post_id, reposter_id in rows
    ]


def page_sql(
    owner_id: int, *, before: Position = NEWEST, after: Position | None = None, size: int
) -> tuple[str, list[Any]]:
    """The statement of `page` and its parameters."""
    edge = after or before
    beyond = [edge.shown_at, edge.post_id]
    own = [owner_id, *beyond, owner_id, owner_id, size]
    carried = [*beyond, owner_id, owner_id, size]
    params = [*own, owner_id, *beyond, size, *carried, owner_id, size]
    return _NEWER if after else _OLDER, params
