"""A thread of ten thousand comments, page by page: our statements against bare ones.

A thread is read level by level, so what counts is what a page costs wherever it stands: among
thousands of siblings, in the middle of an order by reactions, five thousand levels down.
"""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from benchmarks.seed import FIRST_POST, FIRST_READER, run
from benchmarks.stage import Stage
from benchmarks.table import Row
from benchmarks.timeline import pgbench
from comments.models import Comment
from comments.pages import Place
from posts.models import Post
from users.models import User

WIDE, DEEP, SIZE, ROUNDS = 5_000, 5_000, 50, 5

# What a page needs, by hand: one index scan from a place on; for each row its author, the
# reader's reaction, a picture, and what decides whether the reader may read it.
BARE = """
SELECT c.id, c.post_id, c.parent_id, c.text, c.created_at, c.edited_at, c.replies_count,
    c.shown_replies, c.reactions_count, u.id, u.username, u.name, a.renditions, a.state,
    m.renditions, r.emoji
FROM comments_comment c
LEFT JOIN users_user u ON u.id = c.author_id
LEFT JOIN media_media a ON a.id = u.avatar_id
LEFT JOIN comments_commentpicture p ON p.comment_id = c.id
LEFT JOIN media_media m ON m.id = p.media_id
LEFT JOIN comments_commentreaction r ON r.comment_id = c.id AND r.owner_id = {me}
WHERE {level} AND c.is_shown AND (c.shown_replies > 0 OR (
    u.suspended_at IS NULL AND u.deleted_at IS NULL
    AND c.deleted_at IS NULL AND c.hidden_at IS NULL
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.owner_id = {me} AND b.target_id = u.id)
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.target_id = {me} AND b.owner_id = u.id)))
AND EXISTS (
    SELECT FROM posts_post o JOIN users_user w ON w.id = o.author_id
    WHERE o.id = {post} AND o.state = 'published' AND o.visibility = 'public'
    AND o.deleted_at IS NULL AND o.hidden_at IS NULL
    AND w.suspended_at IS NULL AND w.deleted_at IS NULL AND NOT w.is_private
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.owner_id = {me} AND b.target_id = w.id)
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.target_id = {me} AND b.owner_id = w.id))
ORDER BY {order} LIMIT {size}
"""


def rows(stage: Stage) -> list[Row]:
    post, levels = _grow()
    me = FIRST_READER
    client = APIClient()
    client.force_authenticate(User.objects.get(pk=me))
    top = f"/posts/{post.pk}/comments/?limit={SIZE}"
    middle = Comment.objects.filter(post=post, parent=None).order_by("pk")[WIDE // 2]
    place = Place("reactions", False, (middle.reactions_count, middle.pk))
    liked = f"(c.reactions_count, c.id) < ({middle.reactions_count}, {middle.pk})"
    at_top = f"c.post_id = {post.pk} AND c.parent_id IS NULL"
    deep = levels[DEEP // 2]
    below = f"/posts/{post.pk}/comments/{deep}/replies/?limit={SIZE}"
    by_reactions = "c.reactions_count DESC, c.id DESC"
    return [
        _sql(stage, "the oldest of 5,000", client, top, at_top, "c.id"),
        _sql(
            stage,
            "from the middle, by reactions",
            client,
            f"{top}&sort=reactions&cursor={place.encode()}",
            f"{at_top} AND {liked}",
            by_reactions,
        ),
        _sql(stage, "2,500 levels down", client, below, f"c.parent_id = {deep}", "c.id"),
        _whole(client, top, at_top),
    ]


def _grow() -> tuple[Post, list[int]]:
    """A post with WIDE comments, and DEEP below the last of them, one below the other."""
    post = Post.objects.get(pk=FIRST_POST)
    run(
        """
        INSERT INTO comments_comment (id, post_id, parent_id, author_id, text, created_at, counted,
            replies_count, shown_replies, reactions_count, idempotency_fingerprint)
        SELECT n, %s, CASE WHEN n <= %s THEN NULL ELSE n - 1 END, %s + n %% 500,
            'Where is this? The light is like nowhere else.', now(), true,
            below, below, (n * 7919) %% 13, ''
        FROM generate_series(1, %s) n, LATERAL (SELECT (n >= %s AND n < %s)::int AS below) t
        """,
        [post.pk, WIDE, FIRST_READER, WIDE + DEEP, WIDE, WIDE + DEEP],
    )
    run("VACUUM ANALYZE comments_comment")
    return post, list(range(WIDE + 1, WIDE + DEEP + 1))


def _bare(level: str, order: str) -> str:
    return BARE.format(me=FIRST_READER, post=FIRST_POST, level=level, order=order, size=SIZE + 1)


def _sql(stage: Stage, name: str, client: APIClient, url: str, level: str, order: str) -> Row:
    with CaptureQueriesContext(connection) as queries:
        found = client.get(url).json()["results"]
    ours, bare = stage.folder / "comments.sql", stage.folder / "bare-comments.sql"
    ours.write_text(queries[-1]["sql"].replace("\n", " ") + ";")
    text = _bare(level, order)
    bare.write_text(text.replace("\n", " ") + ";")
    with connection.cursor() as cursor:
        cursor.execute(text)
        assert [row[0] for row in cursor.fetchall()][:SIZE] == [each["id"] for each in found]
    pairs = [(pgbench(stage, ours), pgbench(stage, bare)) for _ in range(ROUNDS)]
    mine, best = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(
        f"SQL of a page of {len(found)}, {name}",
        f"{mine:.3f} CPU-ms",
        f"{best:.3f} CPU-ms (bare statement)",
        statistics.median(a / b for a, b in pairs),
        "≤ 1.5 × the reference",
    )


def _whole(client: APIClient, top: str, at_top: str) -> Row:
    """All 5,000 at the top, through the views, against the bare statements of the same pages."""

    def ours() -> int:
        url, count = top, 0
        while url:
            page = client.get(url).json()
            url, count = page["next"], count + len(page["results"])
        return count

    def bare() -> int:
        after, count = 0, 0
        with connection.cursor() as cursor:
            while True:
                level = f"{at_top} AND c.id > {after}"
                cursor.execute(_bare(level, "c.id"))
                page = cursor.fetchall()[:SIZE]
                if not page:
                    return count
                after, count = page[-1][0], count + len(page)

    pairs = [(_seconds(ours), _seconds(bare)) for _ in range(ROUNDS)]
    mine, best = (
        statistics.median(column) * 1000 / (WIDE / SIZE) for column in zip(*pairs, strict=True)
    )
    return Row(
        f"a page of {SIZE} with views and JSON, in process",
        f"{mine:.1f} ms",
        f"{best:.1f} ms (bare statement)",
        statistics.median(a / b for a, b in pairs),
    )


def _seconds(act: Callable[[], int]) -> float:
    began = time.perf_counter()
    assert act() == WIDE
    return time.perf_counter() - began
