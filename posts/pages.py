"""One page of a home timeline, made from bytes that are kept.

One prepared statement tells which posts stand there (`users.timelines`), which of them the
viewer may see (`visible_to`, as everywhere), the counts and the viewer's own marks. The rest
of a card is alike for every viewer and is kept as JSON under (post, its revision, its author's
revision); the revisions come from that statement, so a kept card is never a stale one. Where a
card has signed pictures or mentions somebody, what is kept has holes, which one `urls_for` and
one `linked` a page fill.
"""

import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from cachetools import LRUCache
from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import RawSQL

from common.renderers import dumps
from common.statements import Statement, execute
from media.models import Media
from media.serializers import URL_FIELDS, media_card
from media.signing import URLs, urls_for
from posts import tagging
from posts.mentioning import Kept, Linked, linked, mentions_anybody, shown
from posts.models import Post, Repost
from posts.serializers import live_card, static_card
from users import timelines
from users.models import User
from users.querysets import CARD
from users.serializers import person_card
from users.timelines import NEWEST, Position

ROUNDS = 5  # of reading on, each twice as long, when what was read may not be seen
CardKey = tuple[int, int, int]  # post, its revision, its author's revision


@dataclass(frozen=True)
class TimelinePage:
    """Cards as JSON bytes, newest first, and the positions between which they stand."""

    cards: list[bytes]
    newest: Position | None
    oldest: Position | None
    more: bool  # in the direction of reading


class _Seen(NamedTuple):
    """An entry whose post the viewer may see, in the columns of the statement."""

    shown_at: datetime
    post_id: int
    reposter_id: int | None
    key: CardKey
    live: tuple[int, int, int, int, int, str | None, bool, bool]  # as `_live` takes them
    reposter_revision: int | None  # None when there is none, or none to be seen

    @property
    def position(self) -> Position:
        return Position(self.shown_at, self.post_id)


@dataclass(frozen=True)
class _Holed:
    """A card of which parts are the viewer's: pieces of JSON, and a picture between each two.

    `entities` are those of a caption that mentions somebody, and are to be filled in at the end.
    """

    pieces: list[bytes]
    pictures: list[Media]
    author_id: int
    entities: list[Kept] | None


Body = bytes | _Holed
_kept: LRUCache[CardKey, Body] = LRUCache(maxsize=settings.CARDS_KEPT)
_lock = threading.Lock()


def timeline(
    viewer: User, *, before: Position = NEWEST, after: Position | None = None, size: int
) -> TimelinePage:
    """Up to `size` cards older than `before`, or newer than `after` if given.

    Posts that the viewer may not see are passed over. Costs one statement, two more for cards
    that are not kept, and one where somebody is mentioned. For a viewer who `shows_followed_tags`,
    posts with these tags stand among the others; nobody else pays for it.
    """
    found: list[_Seen] = []
    edge: Position | None = None
    more, wanted = True, size + 1
    for _ in range(ROUNDS):
        rows = _rows(
            viewer.pk, tags=viewer.shows_followed_tags, before=before, after=after, size=wanted
        )
        found += [
            _Seen(row[0], row[1], row[2], row[3:6], row[6:14], row[14])
            for row in rows
            if row[3] is not None and (row[2] is None or row[14] is not None)
        ]
        more = len(rows) == wanted
        if not more or len(found) > size:
            break
        edge = Position(*rows[-1][:2])
        before, after = (before, edge) if after else (edge, None)
        wanted *= 2
    shown = found[:size]
    ends = [seen.position for seen in (*shown[:1], *shown[-1:])]
    if edge and len(found) <= size:
        ends.append(edge)  # reading ended at what may not be seen: go on from there
    if after:
        shown.reverse()
    return TimelinePage(
        cards=_cards(viewer, shown),
        newest=max(ends, default=None),
        oldest=min(ends, default=None),
        more=more or len(found) > size,
    )


# --- What one viewer may see, and has done -----------------------------------------------------


# The page's entries in order, and beside each its post if the viewer may see it.
_PAGE = """
WITH entry AS MATERIALIZED ({entries})
SELECT entry.shown_at, entry.post_id, entry.reposter_id, seen.*
FROM entry LEFT JOIN LATERAL ({seen}) seen ON true
ORDER BY entry.shown_at {order}, entry.post_id {order}
"""


_IS_REPOSTED = RawSQL("entry.reposter_id IS NOT NULL", (), output_field=BooleanField())


def _build(viewer_id: int) -> QuerySet[Any, Any]:
    """The post of an `entry`, if the viewer may see it."""
    mine = FilteredRelation("reactions", condition=Q(reactions__owner=viewer_id))
    saved = FilteredRelation("saves", condition=Q(saves__owner=viewer_id))
    reposted = FilteredRelation("reposts", condition=Q(reposts__owner=viewer_id))
    still = Repost.objects.filter(owner=OuterRef("pk"), post=RawSQL("entry.post_id", ()))
    reposters = User.objects.visible_to(User(pk=viewer_id)).filter(Exists(still))
    reposter = reposters.filter(pk=RawSQL("entry.reposter_id", ()))
    return (
        Post.objects.visible_to(User(pk=viewer_id))
        .filter(pk=RawSQL("entry.post_id", ()))
        .annotate(mine=mine, saved=saved, reposted=reposted)
        .annotate(
            is_saved=Q(saved__isnull=False),
            is_reposted=Q(reposted__isnull=False),
            reposter_revision=Case(When(_IS_REPOSTED, then=Subquery(reposter.values("revision")))),
        )
        .values_list(
            "pk",
            "revision",
            "author__revision",
            "reactions_count",
            "likes_count",
            "comments_count",
            "reposts_count",
            "saves_count",
            "mine__emoji",
            "is_saved",
            "is_reposted",
            "reposter_revision",
        )
    )


_SEEN = Statement(_build, viewer_id=7_777_777_777_777_777_771)


def page_sql(
    viewer_id: int,
    *,
    tags: bool = False,
    before: Position = NEWEST,
    after: Position | None = None,
    size: int,
) -> tuple[str, list[Any]]:
    """The statement of a page and its parameters; with `tags`, of followed tags too."""
    found = timelines.page_sql(viewer_id, before=before, after=after, size=size)
    if tags:
        edge, newer = after or before, after is not None
        found = tagging.joined_sql(found, owner_id=viewer_id, edge=edge, newer=newer, size=size)
    entries, where = found
    seen, who = _SEEN.bind(viewer_id=viewer_id)
    order = "ASC" if after else "DESC"
    return _PAGE.format(entries=entries, seen=seen, order=order), [*where, *who]


def _rows(viewer_id: int, **where: Any) -> list[tuple[Any, ...]]:
    return execute(*page_sql(viewer_id, **where))


# --- Cards -------------------------------------------------------------------------------------


def _cards(viewer: User, shown: Sequence[_Seen]) -> list[bytes]:
    """Whole cards: what is kept, and after it what is this viewer's or this moment's."""
    with _lock:
        found = {seen.key: _kept.get(seen.key) for seen in shown}
    if missing := [key for key, body in found.items() if body is None]:
        made = _make(viewer, missing)
        with _lock:
            _kept.update(made)
        found |= made
    bodies = _filled(viewer, found)
    people = _reposters(shown)
    return [
        body + _live(*seen.live) + people.get(seen.reposter_id, b"null") + b"}"
        for seen in shown
        if (body := bodies.get(seen.key))
    ]


def _make(viewer: User, keys: Sequence[CardKey]) -> dict[CardKey, Body]:
    """The part of each card that is alike for all, as JSON that is left open at its end.

    A card that has changed since it was asked for is kept as it is now, unless it is hidden now.
    """
    asked = {key[0]: key for key in keys}
    posts = Post.objects.visible_to(viewer).filter(pk__in=list(asked)).for_cards()
    return {asked[post.pk]: _body(post) for post in posts}


# --- Signed pictures -----------------------------------------------------------------------------

_MARK = secrets.token_hex(16)  # which nobody can have written into a card
_HOLE = dumps(dict.fromkeys(URL_FIELDS, _MARK))[1:-1]


def _body(post: Post) -> Body:
    card = static_card(post, {}, {})
    mentioning = mentions_anybody(post.entities)
    if mentioning:
        del card["mentions"], card["entities"]
    signed = {
        place.media.pk: _bare(place.media)
        for place in post.places.all()
        if place.media.access == Media.Access.SIGNED and place.media.state == Media.State.READY
    }
    for picture in card["media"]:
        if picture["id"] in signed:
            picture.update(dict.fromkeys(URL_FIELDS, _MARK))
    body = dumps(card)[:-1]
    if not signed and not mentioning:
        return body
    entities = post.entities if mentioning else None
    return _Holed(body.split(_HOLE), list(signed.values()), post.author_id, entities)


def _bare(media: Media) -> Media:
    """What the URLs of a picture need of it; as it was loaded, it would keep its whole post."""
    return Media(
        pk=media.pk,
        type=media.type,
        access=media.access,
        state=media.state,
        renditions=media.renditions,
        renditions_folder=media.renditions_folder,
    )


def _filled(viewer: User, found: dict[CardKey, Body | None]) -> dict[CardKey, bytes]:
    """The bodies as `viewer` gets them; where no card has holes, they are that already."""
    holed = {key: body for key, body in found.items() if isinstance(body, _Holed)}
    whole = {key: body for key, body in found.items() if isinstance(body, bytes)}
    if not holed:
        return whole
    urls = urls_for([each for body in holed.values() for each in body.pictures], viewer)
    people = linked(((each.author_id, each.entities or ()) for each in holed.values()), viewer)
    return whole | {key: _fill(body, urls, people) for key, body in holed.items()}


def _fill(body: _Holed, urls: URLs, people: Linked) -> bytes:
    parts = [body.pieces[0]]
    for picture, piece in zip(body.pictures, body.pieces[1:], strict=True):
        card = media_card(picture, urls)
        parts += (dumps({name: card[name] for name in URL_FIELDS})[1:-1], piece)
    if body.entities is not None:
        parts += (b",", dumps(shown(body.author_id, body.entities, people))[1:-1])
    return b"".join(parts)


# --- The rest ------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _live(
    reactions: int,
    likes: int,
    comments: int,
    reposts: int,
    saves: int,
    reaction: str | None,
    is_saved: bool,
    is_reposted: bool,
) -> bytes:
    """The rest of a card, up to who reposted it."""
    live = live_card(
        reactions=reactions,
        likes=likes,
        comments=comments,
        reposts=reposts,
        saves=saves,
        reaction=reaction,
        is_saved=is_saved,
        is_reposted=is_reposted,
    )
    return b"," + dumps(live)[1:].removesuffix(b"null}")


# --- Who reposted --------------------------------------------------------------------------------

_people: LRUCache[tuple[int, int], bytes] = LRUCache(maxsize=settings.CARDS_KEPT)


def _reposters(shown: Sequence[_Seen]) -> dict[int | None, bytes]:
    """The cards of those who brought posts, by id; kept under their revisions as posts are."""
    keys = {
        (seen.reposter_id, seen.reposter_revision)
        for seen in shown
        if seen.reposter_id is not None and seen.reposter_revision is not None
    }
    if not keys:
        return {}
    with _lock:
        found = {key: _people[key] for key in keys if key in _people}
    if missing := [key for key in keys if key not in found]:
        asked = {key[0]: key for key in missing}
        people = User.objects.filter(pk__in=list(asked)).select_related("avatar").only(*CARD)
        made = {asked[user.pk]: dumps(person_card(user)) for user in people}
        with _lock:
            _people.update(made)
        found |= made
    return {user_id: card for (user_id, _), card in found.items()}


def name_reposters(posts: Iterable[Any]) -> None:
    """Set `reposter` on posts that were loaded with a `reposter_id`, for their cards; one query."""
    brought = [post for post in posts if post.reposter_id is not None]
    if brought:
        ids = {post.reposter_id for post in brought}
        people = User.objects.select_related("avatar").only(*CARD).in_bulk(ids)
        for post in brought:
            post.reposter = people.get(post.reposter_id)
