"""What a comment's coming and going means above it: statements over whole branches.

Each costs one statement at any depth: PostgreSQL walks up, by one index probe a level. The post's
row must be locked. A comment has a place in its thread (`is_shown`) while it counts or something
below it has one; `shown_replies` counts the direct replies that have.
"""

from typing import Any

from django.db import connection


def move(*, parent_id: int, replies: int, shown: int) -> None:
    """Add to the counts of a parent: direct replies that count, and those that are shown.

    Where a comment that does not count itself loses its last shown reply, or gets its first, it
    goes from its thread or comes back, and so on upwards.
    """
    turns_at = {1: 0, -1: 1}.get(shown, -1)  # the number of shown replies that makes it turn
    _execute(_MOVE, [parent_id, turns_at, shown, parent_id, replies])


# OFFSET 0 keeps each step of a walk a probe by primary key, whatever the planner thinks of it.
_MOVE = """
WITH RECURSIVE path AS (
    SELECT id, parent_id, counted, shown_replies FROM comments_comment WHERE id = %s
    UNION ALL
    SELECT up.* FROM path CROSS JOIN LATERAL (
        SELECT id, parent_id, counted, shown_replies FROM comments_comment
        WHERE id = path.parent_id OFFSET 0) up
    WHERE NOT path.counted AND path.shown_replies = %s
)
UPDATE comments_comment c
SET shown_replies = c.shown_replies + %s,
    replies_count = c.replies_count + CASE WHEN c.id = %s THEN %s ELSE 0 END
FROM path WHERE c.id = path.id
"""


def recount_above(comment_ids: list[int]) -> None:
    """Put the counts above many comments right whose `counted` was just changed."""
    _execute(_RECOUNT, [comment_ids])


# touched: these comments, and above them whatever may turn. shown: those of the touched that have
# a place afterwards, by counting or by something below, and all above such. The rest of the tree
# says itself whether it has one.
_RECOUNT = """
WITH RECURSIVE walk AS (
    SELECT id, parent_id, true AS may_turn FROM comments_comment WHERE id = ANY(%s)
    UNION
    SELECT up.* FROM walk CROSS JOIN LATERAL (
        SELECT id, parent_id, NOT counted FROM comments_comment
        WHERE id = walk.parent_id OFFSET 0) up
    WHERE walk.may_turn
), touched AS MATERIALIZED (SELECT DISTINCT id FROM walk
), kid AS MATERIALIZED (
    SELECT c.id, c.parent_id, c.counted, c.is_shown, other.id IS NOT NULL AS is_touched
    FROM touched JOIN comments_comment c ON c.parent_id = touched.id
    LEFT JOIN touched other ON other.id = c.id
), shown AS (
    (SELECT c.id, c.parent_id FROM touched JOIN comments_comment c ON c.id = touched.id
     WHERE c.counted
     UNION
     SELECT c.id, c.parent_id FROM kid JOIN comments_comment c ON c.id = kid.parent_id
     WHERE kid.is_shown AND NOT kid.is_touched)
    UNION
    SELECT up.* FROM shown CROSS JOIN LATERAL (
        SELECT id, parent_id FROM comments_comment WHERE id = shown.parent_id OFFSET 0) up
), tally AS (
    SELECT kid.parent_id, count(*) FILTER (WHERE kid.counted) AS replies,
        count(*) FILTER (
            WHERE CASE WHEN kid.is_touched THEN shown.id IS NOT NULL ELSE kid.is_shown END
        ) AS shown
    FROM kid LEFT JOIN shown ON shown.id = kid.id GROUP BY kid.parent_id
)
UPDATE comments_comment c
SET replies_count = coalesce(tally.replies, 0), shown_replies = coalesce(tally.shown, 0)
FROM touched LEFT JOIN tally ON tally.parent_id = touched.id
WHERE c.id = touched.id AND (c.replies_count, c.shown_replies)
    IS DISTINCT FROM (coalesce(tally.replies, 0), coalesce(tally.shown, 0))
"""


def spent(comment_ids: list[int]) -> list[int]:
    """Of comments that are to go, and of the empty ones above them: those that bear nothing else.

    The others are needed, for the shape of the thread.
    """
    return [row[0] for row in _execute(_SPENT, [comment_ids])]


_SPENT = """
WITH RECURSIVE leaving AS (
    SELECT id, parent_id FROM comments_comment WHERE id = ANY(%s)
    UNION
    SELECT up.* FROM leaving CROSS JOIN LATERAL (
        SELECT id, parent_id FROM comments_comment
        WHERE id = leaving.parent_id AND purged_at IS NOT NULL OFFSET 0) up
), needed AS (
    (SELECT DISTINCT leaving.id, leaving.parent_id
     FROM leaving JOIN comments_comment kid ON kid.parent_id = leaving.id
     LEFT JOIN leaving other ON other.id = kid.id WHERE other.id IS NULL)
    UNION
    SELECT up.* FROM needed CROSS JOIN LATERAL (
        SELECT id, parent_id FROM comments_comment WHERE id = needed.parent_id OFFSET 0) up
)
SELECT leaving.id FROM leaving LEFT JOIN needed ON needed.id = leaving.id WHERE needed.id IS NULL
"""


def _execute(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
