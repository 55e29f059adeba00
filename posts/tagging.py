"""Which posts stand on the page of which tag, and who follows tags.

A post that is shown has one `PostTag` for each of its tags; nothing else has any. Whoever moves a
post in or out of sight, or changes its tags, audience or time, calls `label` in that transaction,
under the lock of the post's row. Who may see a post is no matter of these rows: readers go
through `Post.objects.visible_to`.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet

from posts.models import Post, PostTag, TagFollow
from posts.querysets import PostQuerySet
from users.models import Follow, User
from users.timelines import MUTED, Position

# --- Writing -------------------------------------------------------------------------------------


def label(post: Post) -> None:
    """Let a locked post stand on the pages of its tags, and on no others; twice is once."""
    if not post.is_shown or post.published_at is None:
        unlabel(post)
        return
    PostTag.objects.filter(post=post).exclude(tag__in=post.tags).delete()
    PostTag.objects.bulk_create(
        [
            PostTag(
                tag=tag,
                post=post,
                author_id=post.author_id,
                is_public=post.visibility == Post.Visibility.PUBLIC,
                published_at=post.published_at,
                weight=weight(post.reactions_count),
            )
            for tag in post.tags
        ],
        update_conflicts=True,
        unique_fields=["post", "tag"],
        update_fields=["is_public", "published_at", "weight"],
    )


def unlabel(post: Post) -> None:
    """Take a locked post off the pages of its tags."""
    PostTag.objects.filter(post=post).delete()


def weight(reactions: int) -> int:
    """What `top` sorts by: the reactions, from a hundred on to two places (1234 → 1200).

    So that a post which many react to is moved in the indexes of its tags by every tenth of what
    it has, not by every reaction.
    """
    step: int = 10 ** max(0, len(str(reactions)) - 2)
    return reactions // step * step


def reweigh(counts: Mapping[int, int]) -> None:
    """Weigh locked posts anew, from reactions by post. No statement for none."""
    if counts:
        with connection.cursor() as cursor:
            weights = [weight(count) for count in counts.values()]
            cursor.execute(_REWEIGH, [list(counts), weights])


_REWEIGH = """
UPDATE posts_posttag label SET weight = now.weight
FROM unnest(%s::bigint[], %s::int[]) AS now (post_id, weight)
WHERE label.post_id = now.post_id AND label.weight <> now.weight
"""


# --- Reading -------------------------------------------------------------------------------------


def posts_count(tag: str, viewer: User | None) -> int:
    """How many of the newest `TAG_COUNT_MAX` posts with a tag `viewer` may see.

    Bounded, so that the most used tag costs no more; a flag that there are more would tell of
    posts that the viewer may not see.
    """
    newest = PostTag.objects.on(tag).values("post_id")[: settings.TAG_COUNT_MAX]
    return int(Post.objects.visible_to(viewer).filter(pk__in=newest).count())


def posts_on(tag: str, viewer: User | None) -> PostQuerySet:
    """Posts with a tag that `viewer` may see, to be sorted by `tagged_at` or `weight`, then by id.

    That is the id that the index of the tags has: sorted by the post's own, each page would read
    all that stands before it.
    """
    found = Post.objects.visible_to(viewer).filter(labels__tag=tag)
    wanted = found if viewer is None else found.wanted_by(viewer)
    return wanted.annotate(
        tagged_at=F("labels__published_at"),
        weight=F("labels__weight"),
        tagged_id=F("labels__post_id"),
    )


# Entries of a home timeline, and the posts for everyone that have a tag which its owner follows.
# Those of people whom the owner follows stand there already, or once did; so do the owner's own,
# and whatever else brought a post there: nothing comes twice.
_JOINED = """
SELECT shown_at, post_id, reposter_id FROM (
    ({entries})
    UNION ALL
    (SELECT DISTINCT newest.published_at, newest.post_id, NULL::bigint
     FROM posts_tagfollow f CROSS JOIN LATERAL (
         SELECT label.published_at, label.post_id FROM posts_posttag label
         WHERE label.tag = f.tag AND label.is_public
           AND (label.published_at, label.post_id) {beyond} (%s, %s)
           AND label.author_id <> %s
           AND label.author_id NOT IN (SELECT target_id FROM users_follow WHERE owner_id = %s)
           AND label.author_id NOT IN ({muted})
           AND NOT EXISTS (
               SELECT FROM users_timelineentry there
               WHERE there.owner_id = %s AND there.post_id = label.post_id
           )
           AND NOT EXISTS (
               SELECT FROM users_repostentry carried
               JOIN users_user other
                   ON other.id = carried.reposter_id AND other.joined_at_reading
               JOIN users_follow via
                   ON via.owner_id = %s AND via.target_id = carried.reposter_id
               WHERE carried.post_id = label.post_id AND carried.reposter_id NOT IN ({muted})
           )
         ORDER BY label.published_at {order}, label.post_id {order} LIMIT %s
     ) newest
     WHERE f.owner_id = %s)
) joined ORDER BY shown_at {order}, post_id {order} LIMIT %s
"""


def joined_sql(
    entries: tuple[str, list[Any]], *, owner_id: int, edge: Position, newer: bool, size: int
) -> tuple[str, list[Any]]:
    """`timelines.page_sql` and, among its entries, the posts with tags that the owner follows."""
    sql, params = entries
    joined = _JOINED.format(
        entries=sql, beyond=">" if newer else "<", order="ASC" if newer else "DESC", muted=MUTED
    )
    beyond = [edge.shown_at, edge.post_id]
    return joined, [*params, *beyond, *[owner_id] * 6, size, owner_id, size]


def standing_by_tag(owner: User) -> "QuerySet[PostTag, Any]":
    """The ids of what `joined_sql` adds to a timeline, for reads that look for some of it."""
    tags = TagFollow.objects.of(owner).values("tag")
    followed = Follow.objects.filter(owner=owner).values("target_id")
    labels = PostTag.objects.filter(tag__in=tags, is_public=True)
    return labels.exclude(author_id__in=followed).values("post_id")
