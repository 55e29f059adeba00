"""Read the captions of posts that were written before captions were read: tags and mentions.

In batches, each in a transaction that holds its posts, so that it may be stopped, run again, and
run while people post. A post that was read has tags that were sent, or entities, or neither to
find. Nobody is told of a mention of long ago.
"""

import json

from django.conf import settings
from django.db import connection, migrations, transaction

from posts.entities import entities, names_in

BATCH = 1000

_POSTS = """
SELECT id, author_id, caption, tags FROM posts_post
WHERE id > %s AND sent_tags = '{}' AND entities = '[]' ORDER BY id LIMIT %s
FOR NO KEY UPDATE
"""
# By author and name: active people with no block in between.
_PEOPLE = """
SELECT asked.author_id, asked.name, person.id
FROM unnest(%s::bigint[], %s::text[]) AS asked (author_id, name)
JOIN users_user person ON lower(person.username) = asked.name
WHERE person.suspended_at IS NULL AND person.deleted_at IS NULL AND NOT EXISTS (
    SELECT FROM users_block b WHERE (b.owner_id, b.target_id) = (person.id, asked.author_id)
       OR (b.owner_id, b.target_id) = (asked.author_id, person.id)
)
"""
_WRITE = """
UPDATE posts_post SET sent_tags = posts_post.tags, revision = revision + 1, entities = now.entities,
    tags = ARRAY(SELECT jsonb_array_elements_text(now.tags))
FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[]) AS now (id, entities, tags)
WHERE posts_post.id = now.id
"""
_MENTION = """
INSERT INTO posts_mention (post_id, user_id, told, created_at)
SELECT DISTINCT post_id, user_id, true, now() FROM unnest(%s::bigint[], %s::bigint[])
    AS said (post_id, user_id)
ON CONFLICT DO NOTHING
"""
# As `posts.tagging.weight`: from a hundred on to two places.
_LABEL = """
INSERT INTO posts_posttag (tag, post_id, author_id, is_public, published_at, weight)
SELECT tag, id, author_id, visibility = 'public', published_at, CASE WHEN reactions_count < 100
    THEN reactions_count ELSE trunc(reactions_count, 2 - length(reactions_count::text)) END
FROM posts_post CROSS JOIN unnest(tags) AS tag
WHERE id = ANY (%s) AND state = 'published' AND deleted_at IS NULL AND hidden_at IS NULL
ON CONFLICT DO NOTHING
"""


def read_captions(apps, schema_editor):
    last = 0
    while last is not None:
        with transaction.atomic():
            last = _read_batch(last)


def _rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def _read_batch(after):
    posts = _rows(_POSTS, after, BATCH)
    if not posts:
        return None
    found = {post_id: entities(caption) for post_id, _, caption, _ in posts}
    asked = {
        (author_id, name.lower())
        for post_id, author_id, _, _ in posts
        for each in found[post_id]
        if each.kind == "mention"
        for name in names_in(each)
    }
    people = _people(asked)
    written, mentions = [], []
    for post_id, author_id, _, sent in posts:
        tags = list(dict.fromkeys([*sent, *_tags(found[post_id])]))
        tags = tags[: max(settings.TAGS_MAX_COUNT, len(sent))]
        kept = _kept(found[post_id], author_id, tags, people)
        if kept or sent:
            written.append((post_id, kept, tags))
            mentions += [(post_id, each["user_id"]) for each in kept if "user_id" in each]
    _write(written, mentions)
    return posts[-1][0]


def _tags(found):
    return [each.value for each in found if each.kind == "tag"]


def _people(asked):
    authors, names = [author_id for author_id, _ in asked], [name for _, name in asked]
    return {row[:2]: row[2] for row in _rows(_PEOPLE, authors, names)} if asked else {}


def _kept(found, author_id, tags, people):
    kept, mentioned = [], set()
    for each in found:
        if each.kind == "tag" and each.value in tags:
            place = {"kind": "tag", "start": each.start, "end": each.end}
            kept.append({**place, "value": each.value})
        for name in names_in(each) if each.kind == "mention" else ():
            user_id = people.get((author_id, name.lower()))
            if user_id is not None:
                if len(mentioned | {user_id}) <= settings.MENTIONS_MAX_COUNT:
                    mentioned.add(user_id)
                    end = each.start + 1 + len(name)
                    place = {"kind": "mention", "start": each.start, "end": end}
                    kept.append({**place, "user_id": user_id})
                break
    return kept


def _write(written, mentions):
    if not written:
        return
    ids = [post_id for post_id, _, _ in written]
    _rows(
        _WRITE,
        ids,
        [json.dumps(kept) for _, kept, _ in written],
        [json.dumps(tags) for _, _, tags in written],
    )
    _rows(_LABEL, ids)
    if mentions:
        _rows(_MENTION, [post_id for post_id, _ in mentions], [user_id for _, user_id in mentions])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("posts", "0004_tags"),
        ("users", "0004_tags"),
    ]

    operations = [migrations.RunPython(read_captions, migrations.RunPython.noop)]
