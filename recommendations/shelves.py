"""The statements that fill shelves, in sets: for the site, and for many people at once.

Each looks at what is latest, by index and up to a number, never at a whole table. The rule of what
is for everyone is the posts' own (`visible_to(None)`); the arithmetic is that of `scoring`, under
the same names. What is for followers alone is not looked at: those who follow have it at home.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from posts.models import Post
from recommendations.scoring import HALVINGS, weights

Params = dict[str, Any]

_INSERT = """
INSERT INTO recommendations_pick
    (shelf_id, kind, position, thing_id, tag, score, reason, via_ids, via_tag)
"""


def _decay(moment: str, half_life: str = "half_life") -> str:
    """`scoring.decay` of what is as old as `moment`."""
    age = f"extract(epoch FROM %(now)s::timestamptz - {moment})::float8 / 3600"
    halvings = f"least(greatest(0, {age}) / %({half_life})s::float8, {HALVINGS})"
    return f"power(0.5::float8, {halvings})"


# --- The site ------------------------------------------------------------------------------------

_SITE = f"""
WITH newest AS MATERIALIZED ({{newest}}),
event AS (
    SELECT post_id, owner_id, %(reaction)s * {_decay("created_at")} AS warmth
    FROM (SELECT post_id, owner_id, created_at, counted FROM posts_reaction
          ORDER BY id DESC LIMIT %(sample)s) r WHERE counted
    UNION ALL
    SELECT post_id, author_id, %(comment)s * {_decay("max(created_at)")}
    FROM (SELECT post_id, author_id, created_at, counted FROM comments_comment
          ORDER BY id DESC LIMIT %(sample)s) c WHERE counted GROUP BY post_id, author_id
),
post AS MATERIALIZED (
    SELECT id, author_id, published_at, sum(warmth) AS heat FROM (
        SELECT id, author_id, published_at, 0 AS warmth FROM newest
        UNION ALL
        SELECT o.id, o.author_id, o.published_at, e.warmth
        FROM event e JOIN ({{everyones}}) o ON o.id = e.post_id AND o.author_id <> e.owner_id
    ) touched GROUP BY id, author_id, published_at
),
thing AS (
    SELECT 'post' AS kind, id AS thing_id, '' AS tag, author_id,
        ln(1 + heat) + %(fresh)s * {_decay("published_at", "fresh_half_life")} AS score
    FROM post
    UNION ALL
    SELECT 'person', u.id, '', u.id, ln(1 + sum(heat)) + %(popular)s * ln(1 + u.followers_count)
    FROM post JOIN users_user u ON u.id = post.author_id GROUP BY u.id
    UNION ALL
    SELECT 'tag', 0, tag, 0, ln(1 + sum(warmth)) FROM (
        SELECT l.tag, {_decay("max(newest.published_at)")} AS warmth
        FROM newest JOIN posts_posttag l ON l.post_id = newest.id
        GROUP BY l.tag, newest.author_id
    ) used GROUP BY tag
)
{_INSERT}
SELECT %(shelf)s, kind, place, thing_id, tag, score, 'site', '{{{{}}}}', '' FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY score DESC, thing_id DESC, tag) AS place
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY kind, author_id ORDER BY score DESC, thing_id DESC) AS of_author
        FROM thing
    ) counted WHERE kind <> 'post' OR of_author <= %(per_author)s
) placed WHERE place <= %(size)s
"""  # noqa: S608 (of constants)


def fill_for_site(*, shelf_id: int, now: datetime) -> int:
    """What is good on the site, onto an empty shelf; how many rows that were."""
    recent = _everyones().order_by("-published_at", "-id")[: settings.EXPLORE_SAMPLE]
    newest, first = _named(recent, "newest")
    everyones, second = _named(_everyones().order_by(), "open")
    sql = _SITE.format(newest=newest, everyones=everyones)
    return _execute(sql, {"shelf": shelf_id, **first, **second, **_params(now)})


# --- People --------------------------------------------------------------------------------------

_AROUND = f"""
WITH me AS MATERIALIZED (
    SELECT * FROM unnest(%(owners)s::bigint[], %(shelves)s::bigint[]) AS me (owner_id, shelf_id)
),
followed AS MATERIALIZED (
    SELECT me.owner_id, f.target_id AS friend_id FROM me CROSS JOIN LATERAL (
        SELECT target_id FROM users_follow WHERE owner_id = me.owner_id
        ORDER BY id DESC LIMIT %(follows)s
    ) f JOIN users_user u ON u.id = f.target_id
    WHERE u.suspended_at IS NULL AND u.deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM users_mute m WHERE m.owner_id = me.owner_id AND m.target_id = f.target_id
        AND (m.until IS NULL OR m.until > %(now)s))
),
friend AS MATERIALIZED (SELECT DISTINCT friend_id FROM followed),
friend_reaction AS MATERIALIZED (
    SELECT friend.friend_id, r.post_id, o.author_id, {_decay("r.created_at")} AS warmth
    FROM friend CROSS JOIN LATERAL (
        SELECT post_id, created_at, counted FROM posts_reaction
        WHERE owner_id = friend.friend_id ORDER BY id DESC LIMIT %(each)s
    ) r JOIN ({{everyones}}) o ON o.id = r.post_id WHERE r.counted
),
friend_follow AS MATERIALIZED (
    SELECT friend.friend_id, f.target_id FROM friend CROSS JOIN LATERAL (
        SELECT target_id FROM users_follow WHERE owner_id = friend.friend_id
        ORDER BY id DESC LIMIT %(each)s
    ) f JOIN users_user u ON u.id = f.target_id
    WHERE u.suspended_at IS NULL AND u.deleted_at IS NULL
),
friend_tag AS MATERIALIZED (
    SELECT DISTINCT ON (l.tag, friend.friend_id)
        friend.friend_id, l.tag, l.post_id, {_decay("p.published_at")} AS warmth
    FROM friend CROSS JOIN LATERAL (
        SELECT id, published_at FROM posts_post WHERE author_id = friend.friend_id
        AND state = 'published' AND deleted_at IS NULL AND hidden_at IS NULL
        ORDER BY published_at DESC, id DESC LIMIT %(each)s
    ) p JOIN posts_posttag l ON l.post_id = p.id AND l.is_public
    ORDER BY l.tag, friend.friend_id, p.published_at DESC, l.post_id DESC
),
own_reaction AS MATERIALIZED (
    SELECT me.owner_id, r.post_id, p.author_id, {_decay("r.created_at")} AS warmth
    FROM me CROSS JOIN LATERAL (
        SELECT post_id, created_at FROM posts_reaction
        WHERE owner_id = me.owner_id ORDER BY id DESC LIMIT %(each)s
    ) r JOIN posts_post p ON p.id = r.post_id JOIN users_user u ON u.id = p.author_id
    WHERE u.suspended_at IS NULL AND u.deleted_at IS NULL
),
engaged AS (
    SELECT r.owner_id, l.tag, count(*) / (count(*) + %(engaged)s::float8) AS value
    FROM own_reaction r JOIN posts_posttag l ON l.post_id = r.post_id
    WHERE r.author_id <> r.owner_id GROUP BY r.owner_id, l.tag
),
interest AS MATERIALIZED (
    SELECT * FROM (
        SELECT owner_id, tag, max(value) AS value, bool_or(is_followed) AS is_followed,
            row_number() OVER (PARTITION BY owner_id
                ORDER BY bool_or(is_followed) DESC, max(value) DESC, tag) AS place
        FROM (
            SELECT owner_id, tag, value, false AS is_followed FROM engaged
            UNION ALL
            SELECT me.owner_id, t.tag, 1, true FROM me CROSS JOIN LATERAL (
                SELECT tag FROM posts_tagfollow WHERE owner_id = me.owner_id
                ORDER BY id DESC LIMIT %(each)s
            ) t
        ) either GROUP BY owner_id, tag
    ) ranked WHERE place <= %(each)s
),
tagged AS MATERIALIZED (
    SELECT t.tag, l.post_id, o.author_id, {_decay("l.published_at")} AS warmth
    FROM (SELECT DISTINCT tag FROM interest) t CROSS JOIN LATERAL (
        SELECT post_id, published_at FROM posts_posttag WHERE tag = t.tag AND is_public
        ORDER BY published_at DESC, post_id DESC LIMIT %(each)s
    ) l JOIN ({{everyones}}) o ON o.id = l.post_id
),
on_site AS MATERIALIZED (
    SELECT k.kind, k.thing_id, k.tag, k.score, coalesce(o.author_id, u.id, 0) AS author_id
    FROM recommendations_pick k
    LEFT JOIN ({{everyones}}) o ON k.kind = 'post' AND o.id = k.thing_id
    LEFT JOIN users_user u ON k.kind = 'person' AND u.id = k.thing_id
        AND u.suspended_at IS NULL AND u.deleted_at IS NULL
    WHERE k.shelf_id = %(site_shelf)s AND (k.kind = 'tag' OR o.id IS NOT NULL OR u.id IS NOT NULL)
),
"""  # noqa: S608 (of constants)

_PARTS = """
part AS (
    SELECT f.owner_id, 'post' AS kind, r.post_id AS thing_id, '' AS tag, r.author_id,
        %(friends)s * ln(1 + sum(r.warmth)) AS friends, 0::float8 AS own, 0::float8 AS site,
        false AS is_followed, ''::varchar AS via_tag,
        (array_agg(f.friend_id ORDER BY r.warmth DESC, f.friend_id))[:%(via)s] AS via_ids
    FROM followed f JOIN friend_reaction r USING (friend_id)
    GROUP BY f.owner_id, r.post_id, r.author_id
    UNION ALL
    SELECT f.owner_id, 'person', t.target_id, '', t.target_id,
        %(friends)s * ln(1 + count(*)), 0, 0, false, '',
        (array_agg(f.friend_id ORDER BY f.friend_id))[:%(via)s]
    FROM followed f JOIN friend_follow t USING (friend_id) GROUP BY f.owner_id, t.target_id
    UNION ALL
    SELECT f.owner_id, 'tag', 0, t.tag, 0, %(friends)s * ln(1 + sum(t.warmth)), 0, 0, false, '',
        (array_agg(t.post_id ORDER BY t.warmth DESC, t.post_id))[:%(via)s]
    FROM followed f JOIN friend_tag t USING (friend_id) GROUP BY f.owner_id, t.tag
    UNION ALL
    (SELECT DISTINCT ON (i.owner_id, t.post_id) i.owner_id, 'post', t.post_id, '', t.author_id,
        0, %(own)s * i.value * t.warmth, 0, i.is_followed, i.tag, '{{}}'::bigint[]
    FROM interest i JOIN tagged t USING (tag)
    ORDER BY i.owner_id, t.post_id, i.value DESC, i.is_followed DESC, i.tag)
    UNION ALL
    SELECT owner_id, 'person', author_id, '', author_id,
        0, %(own)s * ln(1 + sum(warmth)), 0, false, '', '{{}}'
    FROM own_reaction GROUP BY owner_id, author_id
    UNION ALL
    SELECT owner_id, 'tag', 0, tag, 0, 0, %(own)s * value, 0, false, '', '{{}}' FROM engaged
    UNION ALL
    SELECT me.owner_id, s.kind, s.thing_id, s.tag, s.author_id,
        0, 0, %(site)s * s.score, false, '', '{{}}'
    FROM me CROSS JOIN on_site s
),
thing AS (
    SELECT owner_id, kind, thing_id, tag, author_id, sum(friends) AS friends, sum(own) AS own,
        sum(site) AS site, bool_or(is_followed) AS is_followed, max(via_tag) AS via_tag,
        max(via_ids) AS via_ids
    FROM part GROUP BY owner_id, kind, thing_id, tag, author_id
),
"""

# Of a tag there is nobody (0) to be followed or blocked.
_KEPT = f"""
kept AS (
    SELECT * FROM thing t WHERE author_id <> owner_id
    AND NOT EXISTS (SELECT FROM users_follow f
        WHERE f.owner_id = t.owner_id AND f.target_id = t.author_id)
    AND NOT EXISTS (SELECT FROM users_block x
        WHERE x.owner_id = t.owner_id AND x.target_id = t.author_id)
    AND NOT EXISTS (SELECT FROM users_block x
        WHERE x.owner_id = t.author_id AND x.target_id = t.owner_id)
    AND NOT EXISTS (SELECT FROM users_mute m
        WHERE m.owner_id = t.owner_id AND m.target_id = t.author_id
        AND (m.until IS NULL OR m.until > %(now)s))
    AND CASE kind
        WHEN 'post' THEN NOT EXISTS (SELECT FROM posts_reaction r
            WHERE r.post_id = t.thing_id AND r.owner_id = t.owner_id)
        WHEN 'person' THEN NOT EXISTS (SELECT FROM users_followrequest q
            WHERE q.owner_id = t.owner_id AND q.target_id = t.thing_id)
        ELSE NOT EXISTS (SELECT FROM posts_tagfollow f
            WHERE f.owner_id = t.owner_id AND f.tag = t.tag)
        END
),
counted AS (
    SELECT *, friends + own + site AS score, row_number() OVER (
        PARTITION BY owner_id, kind, author_id
        ORDER BY friends + own + site DESC, thing_id DESC) AS of_author
    FROM kept
),
placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY owner_id, kind ORDER BY score DESC, thing_id DESC, tag) AS place,
        CASE WHEN friends > 0 AND friends >= greatest(own, site) THEN 'friends'
             WHEN own > 0 AND own >= site AND is_followed THEN 'followed'
             WHEN own > 0 AND own >= site THEN 'own' ELSE 'site' END AS reason
    FROM counted WHERE kind <> 'post' OR of_author <= %(per_author)s
)
{_INSERT}
SELECT me.shelf_id, p.kind, p.place, p.thing_id, p.tag, p.score, p.reason,
    CASE p.reason WHEN 'friends' THEN p.via_ids ELSE '{{{{}}}}' END,
    CASE WHEN p.reason IN ('followed', 'own') THEN p.via_tag ELSE '' END
FROM placed p JOIN me USING (owner_id) WHERE p.place <= %(size)s
"""  # noqa: S608

_PEOPLE = _AROUND + _PARTS + _KEPT


def fill_for_people(
    *, shelves: Sequence[tuple[int, int]], site_shelf_id: int, now: datetime
) -> int:
    """What is good for each owner, onto empty shelves as (owner, shelf); how many rows."""
    everyones, params = _named(_everyones().order_by(), "open")
    owners = {"owners": [owner for owner, _ in shelves], "shelves": [pk for _, pk in shelves]}
    sql = _PEOPLE.format(everyones=everyones)
    return _execute(sql, {**owners, "site_shelf": site_shelf_id, **params, **_params(now)})


# --- Steps ---------------------------------------------------------------------------------------

MEMORY = "32MB"  # for each sort of a statement, so that none goes to the disk
VIA = 5  # people behind a reason; fewer are told of, but some may be hidden by then


def _everyones() -> QuerySet[Any, Any]:
    """The posts that anybody may see."""
    seen = Post.objects.visible_to(None).filter(state="published")
    return seen.values_list("id", "author_id", "published_at")


def _named(rows: QuerySet[Any, Any], prefix: str) -> tuple[str, Params]:
    """A queryset as a part of a statement whose parameters have names."""
    sql, params = rows.query.sql_with_params()
    names = [f"{prefix}{number}" for number in range(len(params))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, params, strict=True))


def _params(now: datetime) -> Params:
    return {
        **asdict(weights()),
        "now": now,
        "sample": settings.EXPLORE_SAMPLE,
        "follows": settings.EXPLORE_FOLLOWS,
        "each": settings.EXPLORE_EACH,
        "per_author": settings.EXPLORE_PER_AUTHOR,
        "size": settings.EXPLORE_SIZE,
        "via": VIA,
    }


def _execute(sql: str, params: Params) -> int:
    """Within EXPLORE_STATEMENT_SECONDS; how many rows were written."""
    limit = str(int(settings.EXPLORE_STATEMENT_SECONDS * 1000))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config('work_mem', %s, true)",
            [limit, MEMORY],
        )
        cursor.execute(sql, params)
        written: int = cursor.rowcount
        return written
