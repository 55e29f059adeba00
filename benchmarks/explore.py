"""Explore: a page beside the bare statement, and finding what 1,000 people may like, in rows.

Each reader follows 25 of 500 authors, who follow and react too: all three sources are there.
"""

import statistics
import time
from typing import Any

from django.conf import settings
from django.db import connection
from rest_framework.test import APIClient

from benchmarks.seed import FIRST_AUTHOR, FIRST_POST, FIRST_READER, run
from benchmarks.stage import AUTHORS, POSTS_EACH, READERS, Stage
from benchmarks.table import Row
from benchmarks.timeline import pgbench
from posts.models import Post
from recommendations import actions, pages
from recommendations.models import Pick, Shelf
from users.models import User

SIZE, ROUNDS = 20, 5

# What a page needs, by hand: the shelf in its order, and for each place the post, its author, what
# decides whether the reader may see and wants it, and who of those they follow is the reason.
BARE = """
SELECT k.position, k.thing_id, k.tag, k.reason, k.via_tag, ARRAY(
    SELECT v.username FROM unnest(k.via_ids) via JOIN users_user v ON v.id = via
    WHERE v.suspended_at IS NULL AND v.deleted_at IS NULL
    AND EXISTS (SELECT FROM users_follow f WHERE f.owner_id = {me} AND f.target_id = v.id)
    AND EXISTS (SELECT FROM posts_reaction r
        WHERE r.post_id = k.thing_id AND r.owner_id = v.id AND r.counted)
    AND NOT EXISTS (SELECT FROM users_mute m WHERE m.owner_id = {me} AND m.target_id = v.id
        AND (m.until IS NULL OR m.until > now()))
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.owner_id = {me} AND b.target_id = v.id)
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.target_id = {me} AND b.owner_id = v.id)
    ORDER BY v.username),
    EXISTS (SELECT FROM posts_tagfollow t WHERE t.owner_id = {me} AND t.tag = k.via_tag)
FROM recommendations_pick k
JOIN posts_post p ON p.id = k.thing_id
JOIN users_user u ON u.id = p.author_id
WHERE k.shelf_id = {shelf} AND k.kind = 'post' AND k.position > 0
AND p.state = 'published' AND p.visibility = 'public' AND p.deleted_at IS NULL
AND p.hidden_at IS NULL AND u.suspended_at IS NULL AND u.deleted_at IS NULL
AND NOT u.is_private AND u.id <> {me}
AND NOT EXISTS (SELECT FROM users_follow f WHERE f.owner_id = {me} AND f.target_id = u.id)
AND NOT EXISTS (SELECT FROM posts_reaction r WHERE r.post_id = p.id AND r.owner_id = {me})
AND NOT EXISTS (SELECT FROM users_mute m WHERE m.owner_id = {me} AND m.target_id = u.id
    AND (m.until IS NULL OR m.until > now()))
AND NOT EXISTS (SELECT FROM users_block b WHERE b.owner_id = {me} AND b.target_id = u.id)
AND NOT EXISTS (SELECT FROM users_block b WHERE b.target_id = {me} AND b.owner_id = u.id)
ORDER BY k.position LIMIT {size}
"""


def rows(stage: Stage) -> list[Row]:
    _grow()
    computed = _computing()
    me = User.objects.get(pk=FIRST_READER)
    shelf = Shelf.objects.filter(owner_id=me.pk).latest("pk").pk
    bare = BARE.format(me=me.pk, shelf=shelf, size=SIZE + 1).replace("\n", " ")
    return [*computed, _sql(stage, me, shelf, bare), _whole(me, bare)]


def _grow() -> None:
    """Tags of all posts, and authors who follow 20 others and react to 40 posts, at any hour."""
    last = FIRST_POST + AUTHORS * POSTS_EACH - 1
    run(
        """
        INSERT INTO posts_posttag (tag, post_id, author_id, is_public, published_at, weight)
        SELECT tag, p.id, p.author_id, true, p.published_at, 0
        FROM posts_post p, LATERAL unnest(p.tags || ARRAY['t' || p.id %% 300]) tag
        WHERE p.id BETWEEN %s AND %s
        """,
        [FIRST_POST, last],
    )
    run(
        """
        INSERT INTO users_follow (owner_id, target_id, created_at)
        SELECT a, t, now() FROM generate_series(%s, %s) a, generate_series(1, 20) k,
            LATERAL (SELECT %s + (a * 31 + k * 17) %% %s AS t) o WHERE a <> t
        ON CONFLICT DO NOTHING
        """,
        [FIRST_AUTHOR, FIRST_AUTHOR + AUTHORS - 1, FIRST_AUTHOR, AUTHORS],
    )
    run(
        """
        INSERT INTO posts_reaction (post_id, owner_id, emoji, counted, created_at)
        SELECT %s + (a * 37 + k * 101) %% %s, a, '❤', true, now() - (k * 3 || ' hours')::interval
        FROM generate_series(%s, %s) a, generate_series(1, 40) k ON CONFLICT DO NOTHING
        """,
        [FIRST_POST, AUTHORS * POSTS_EACH, FIRST_AUTHOR, FIRST_AUTHOR + AUTHORS - 1],
    )
    run(
        """
        INSERT INTO posts_tagfollow (owner_id, tag, created_at)
        SELECT r, 't' || (r + k) %% 300, now()
        FROM generate_series(%s, %s) r, generate_series(1, 3) k
        """,
        [FIRST_READER, FIRST_READER + READERS - 1],
    )
    run("VACUUM ANALYZE")


def _computing() -> list[Row]:
    """For all readers in chunks, against writing the same rows without a thought."""
    began = time.perf_counter()
    actions.make_shelf_for_site()
    for_site = time.perf_counter() - began
    people = list(range(FIRST_READER, FIRST_READER + READERS))
    began, count = time.perf_counter(), 0
    for first in range(0, READERS, settings.EXPLORE_CHUNK):
        count += actions.make_shelves(people[first : first + settings.EXPLORE_CHUNK])
    ours = time.perf_counter() - began
    run("CREATE TABLE bare (LIKE recommendations_pick INCLUDING ALL)")
    began = time.perf_counter()
    run(
        """
        INSERT INTO bare SELECT * FROM recommendations_pick
        WHERE shelf_id IN (SELECT id FROM recommendations_shelf WHERE owner_id > 0)
        """
    )
    bare = time.perf_counter() - began
    run("DROP TABLE bare")
    run("VACUUM ANALYZE recommendations_pick")
    assert count == Pick.objects.count() - Pick.objects.filter(shelf_id=_site()).count()
    return [
        Row("what is good on the site", f"{for_site * 1000:.0f} ms", "", None),
        Row(
            f"what {READERS:,} people may like: {count:,} rows, {READERS / ours:.0f} people/s",
            f"{count / ours / 1000:.0f}k rows/s",
            f"{count / bare / 1000:.0f}k rows/s (INSERT … SELECT of the same rows)",
            bare / ours,
        ),
    ]


def _site() -> int:
    return Shelf.objects.filter(owner_id=0).latest("pk").pk


def _sql(stage: Stage, me: User, shelf: int, bare: str) -> Row:
    sql, params = pages.page_sql(pages.POST, me, pages.Place(shelf, 0), SIZE + 1)
    literals = tuple(_literal(param) for param in params)
    ours, best = stage.folder / "explore.sql", stage.folder / "bare-explore.sql"
    ours.write_text((sql % literals).replace("\n", " ") + ";")
    best.write_text(bare + ";")
    with connection.cursor() as cursor:
        cursor.execute(sql % literals)
        mine = cursor.fetchall()
        cursor.execute(bare)
        assert mine == cursor.fetchall()
        assert len(mine) == SIZE + 1
    pairs = [(pgbench(stage, ours), pgbench(stage, best)) for _ in range(ROUNDS)]
    page, ideal = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(
        f"SQL of a page of {SIZE} in explore (prepared, pgbench)",
        f"{page:.3f} CPU-ms",
        f"{ideal:.3f} CPU-ms (bare statement)",
        statistics.median(a / b for a, b in pairs),
        "≤ 1.5 × the reference",
    )


def _literal(param: Any) -> str:
    return f"'{param}'" if isinstance(param, str) else str(int(param))


def _whole(me: User, bare: str) -> Row:
    """A page with its cards through the view, against the bare statement and that of the cards."""
    client = APIClient()
    client.force_authenticate(me)

    def ours() -> int:
        return len(client.get("/explore/", {"limit": SIZE}).json()["results"])

    def by_hand() -> int:
        with connection.cursor() as cursor:
            cursor.execute(bare)
            ids = [row[1] for row in cursor.fetchall()][:SIZE]
        return len(Post.objects.filter(pk__in=ids).for_cards())

    def seconds(act: Any) -> float:
        began = time.perf_counter()
        assert all(act() == SIZE for _ in range(20))
        return (time.perf_counter() - began) / 20

    seconds(ours)
    pairs = [(seconds(ours), seconds(by_hand)) for _ in range(ROUNDS)]
    page, ideal = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    return Row(
        f"a page of {SIZE} in explore with views and JSON, in process",
        f"{page:.1f} ms",
        f"{ideal:.1f} ms (bare statement, and loading the posts)",
        statistics.median(a / b for a, b in pairs),
    )
