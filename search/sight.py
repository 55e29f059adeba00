"""What a viewer may see of what an engine has found, as the database has it now (D9).

An index may be late; these rows are not. Everything ends in `visible_to`, here and once more
when the rows of a page are loaded. One statement a kind, whatever the number of hits.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Lower

from common.statements import Statement
from posts.models import Post
from posts.querysets import PostQuerySet
from search.models import Document
from search.questions import Found, Hit, Reach, microseconds
from search.ranking import Candidate
from users.models import Block, Follow, User
from users.querysets import CARD

POST, PERSON, TAG = Document.Kind.POST.value, Document.Kind.USER.value, Document.Kind.TAG.value
KINDS: Final = (POST, PERSON, TAG)
TAGS: Final = 100  # that are looked at of one answer
SOMEBODY, SOMETHING = 7_777_777_777_777_777_773, 7_777_777_777_777_777_777  # stand in statements

Viewer = User | None


def reach_of(viewer: Viewer) -> Reach:
    """Whom the viewer follows and who is hidden from them, the latest; one statement.

    It is cut at `SEARCH_FOLLOWS_MAX`: of older follows, only what is for everyone is found.
    """
    if viewer is None:
        return Reach()
    found: tuple[list[int], list[int]] = ([], [])
    for is_block, partner in _partners(settings.SEARCH_FOLLOWS_MAX).run(viewer_id=viewer.pk):
        found[is_block].append(partner)
    return Reach(viewer_id=viewer.pk, follows=tuple(found[0]), hidden=tuple(found[1]))


@cache
def _partners(most: int) -> Statement:
    """Rows of whether it is a block, and with whom."""

    def rows(viewer_id: int) -> QuerySet[Any, Any]:
        follows = Follow.objects.filter(owner=viewer_id).annotate(partner=F("target_id"))
        sides = [
            side.annotate(is_block=Value(is_block, BooleanField()))
            .values_list("is_block", "partner")
            .order_by("-id")[:most]
            for side, is_block in (
                (follows, False),
                (Block.objects.all().partners_of(User(pk=viewer_id)), True),
            )
        ]
        both: QuerySet[Any, Any] = sides[0].union(sides[1], all=True)
        return both

    return Statement(rows, viewer_id=SOMEBODY)


def people_called(names: Iterable[str], viewer: Viewer) -> dict[str, int]:
    """The ids of people by their names in lower case, of those whom the viewer may see."""
    people = User.objects.visible_to(viewer).alias(lowered=Lower("username"))
    rows = people.filter(lowered__in=sorted(names)).values_list("pk", "username")
    return {name.lower(): pk for pk, name in rows}


# --- What was found, and may be seen -------------------------------------------------------------


def candidates(found: Found, kind: str, viewer: Viewer, reach: Reach) -> list[Candidate]:
    """The hits of one kind that the viewer may see, with what they are ranked by."""
    hits = found.hits.get(kind, [])
    return _CANDIDATES[kind](hits, viewer, reach) if hits else []


def _posts(hits: Sequence[Hit], viewer: Viewer, reach: Reach) -> list[Candidate]:
    scores = {int(hit.key): hit.score for hit in hits}
    # What was found by words that an edit has taken away may tell of them to nobody.
    as_of = {int(hit.key): hit.as_of for hit in hits}
    return [
        Candidate(
            kind=POST,
            key=str(pk),
            words=scores[pk],
            id=pk,
            day=day,
            likes=likes,
            is_followed=followed or author_id == reach.viewer_id,
        )
        for pk, author_id, day, likes, followed, edited in _rows(_post_rows, scores, viewer)
        if microseconds(edited) == as_of[pk]
    ]


def _post_rows(ids: Any, viewer: Viewer) -> QuerySet[Any, Any]:
    found = visible_posts(ids, viewer).annotate(followed=_followed(viewer, "author_id"))
    return found.order_by().values_list(
        "pk",
        "author_id",
        "published_at__date",
        "likes_count",
        "followed",
        Coalesce("edited_at", "published_at"),
    )


def _people(hits: Sequence[Hit], viewer: Viewer, reach: Reach) -> list[Candidate]:
    scores = {int(hit.key): hit.score for hit in hits}
    return [
        Candidate(
            kind=PERSON,
            key=str(pk),
            words=scores[pk],
            id=pk,
            likes=followers,
            is_followed=followed,
        )
        for pk, followers, followed in _rows(_people_rows, scores, viewer)
    ]


def _people_rows(ids: Any, viewer: Viewer) -> QuerySet[Any, Any]:
    found = visible_people(ids, viewer).annotate(followed=_followed(viewer, "pk"))
    return found.values_list("pk", "followers_count", "followed")


Rows = Callable[[Any, Viewer], QuerySet[Any, Any]]


def _rows(build: Rows, ids: Iterable[int], viewer: Viewer) -> list[tuple[Any, ...]]:
    """What `build` finds of `ids`, by a statement that is compiled once and prepared."""
    who = {} if viewer is None else {"viewer_id": viewer.pk}
    return _statement(build, viewer is None).run(ids=list(ids), **who)


@cache
def _statement(build: Rows, is_guest: bool) -> Statement:
    def rows(ids: list[int], viewer_id: int | None = None) -> QuerySet[Any, Any]:
        any_of = RawSQL("SELECT unnest(%s::bigint[])", (ids,))
        return build(any_of, None if viewer_id is None else User(pk=viewer_id))

    who = {} if is_guest else {"viewer_id": SOMEBODY}
    return Statement(rows, ids=[SOMETHING], **who)


def people_to_suggest(found: Found, viewer: Viewer) -> list[Candidate]:
    """The people whom the viewer may see, loaded for cards; one statement, or none."""
    hits = found.hits.get(PERSON, [])
    seen = visible_people(_ids(hits), viewer).annotate(followed=_followed(viewer, "pk"))
    people = seen.select_related("avatar").only(*CARD, "followers_count") if hits else ()
    scores = {int(hit.key): hit.score for hit in hits}
    return [
        Candidate(
            kind=PERSON,
            key=str(user.pk),
            words=scores[user.pk],
            id=user.pk,
            likes=user.followers_count,
            is_followed=user.followed,
            name=user.username.lower(),
            row=user,
        )
        for user in people
    ]


def _tags(hits: Sequence[Hit], viewer: Viewer, reach: Reach) -> list[Candidate]:
    scores = {hit.key: hit.score for hit in hits[:TAGS]}
    seen = visible_tags(list(scores), viewer, reach)
    return [
        Candidate(kind=TAG, key=tag, words=scores[tag], name=tag, row=tag) for tag in sorted(seen)
    ]


_CANDIDATES: Final[dict[str, Callable[[Sequence[Hit], Viewer, Reach], list[Candidate]]]] = {
    POST: _posts,
    PERSON: _people,
    TAG: _tags,
}


def _ids(hits: Sequence[Hit]) -> list[int]:
    return [int(hit.key) for hit in hits]


def _followed(viewer: Viewer, column: str) -> Any:
    if viewer is None:
        return Value(False, BooleanField())
    return Exists(Follow.objects.filter(owner=viewer, target=OuterRef(column)))


# --- Rows ----------------------------------------------------------------------------------------


def visible_posts(ids: Any, viewer: Viewer) -> PostQuerySet:
    """Published posts alone: one's own drafts are not searched."""
    return Post.objects.visible_to(viewer).published().filter(pk__in=ids)


def visible_people(ids: Any, viewer: Viewer) -> QuerySet[User]:
    found: QuerySet[User] = User.objects.visible_to(viewer).filter(pk__in=ids)
    return found


def posts_of_page(ids: Sequence[int], viewer: Viewer) -> dict[str, Post]:
    """Whole posts by key: two statements, or none."""
    posts = visible_posts(ids, viewer).order_by().for_cards().with_marks_of(viewer)
    return {str(post.pk): post for post in posts} if ids else {}


def people_of_page(ids: Sequence[int], viewer: Viewer) -> dict[str, User]:
    """People as lists show them, by key: one statement, or none."""
    people = visible_people(ids, viewer).select_related("avatar").only(*CARD)
    return {str(user.pk): user for user in people} if ids else {}


# Documents lead to the posts, which decide: a planner that looks for a tag in the posts themselves
# reads all of them where most are hidden from a guest. `OFFSET 0` keeps the order, documents first,
# before there are statistics too.
_SEEN = """
SELECT tag FROM unnest(%s::text[]) AS tag WHERE EXISTS (
    SELECT FROM search_document d CROSS JOIN LATERAL ({seen} OFFSET 0) seen
    WHERE d.gone_at IS NULL AND d.audience = 'everyone' AND d.author_id <> ALL (%s::bigint[])
      AND d.tag_keys @> ARRAY[tag] AND seen.tags @> ARRAY[tag]::varchar[]
)
"""


def visible_tags(tags: Sequence[str], viewer: Viewer, reach: Reach) -> set[str]:
    """Those of `tags` that stand on a published post for everyone which the viewer may see.

    One statement, planned each time: prepared for any list of people, it would look at each
    person for each tag.
    """
    if not tags:
        return set()
    member = {} if viewer is None else {"viewer_id": viewer.pk}
    seen, who = _carrying(viewer is None).bind(**member)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN.format(seen=seen), [list(tags), *who, list(reach.hidden)])
        return {tag for (tag,) in cursor.fetchall()}


@cache
def _carrying(is_guest: bool) -> Statement:
    """The post of the document `d`, if the viewer may see it, with the tags that it has now."""

    def rows(viewer_id: int | None = None) -> QuerySet[Any, Any]:
        post = RawSQL("CASE d.kind WHEN 'post' THEN d.key::bigint END", ())
        viewer = None if viewer_id is None else User(pk=viewer_id)
        seen = Post.objects.visible_to(viewer).filter(pk=post, state="published")
        return seen.values_list("tags")

    return Statement(rows, **({} if is_guest else {"viewer_id": SOMEBODY}))
