"""Pages of a shelf: a cursor names the shelf and a position on it, so that nothing moves meanwhile.

Who asks first gets the latest shelf of their own, or everybody's; the pages after it are of the
same one, for as long as it is kept. After that a cursor is refused, which says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from rest_framework.request import Request

from common import cursors
from common.errors import Refusal
from common.pagination import page_size
from common.statements import Statement, execute
from posts.models import Post
from posts.serializers import linked_people, post_card, signed_urls
from recommendations.models import Pick, Shelf
from recommendations.querysets import PickQuerySet
from recommendations.scoring import FOLLOWED
from recommendations.serializers import person_pick, post_pick, reason_card, tag_pick
from users.models import User
from users.querysets import CARD
from users.viewer import viewer_or_guest

SMALLEST = -(2**31)
POST, PERSON, TAG = Pick.Kind.POST.value, Pick.Kind.PERSON.value, Pick.Kind.TAG.value


class ListRenewed(Refusal):
    code = "list_renewed"
    status = 410
    detail = "These recommendations were made anew. Please begin again."


@dataclass(frozen=True)
class Place:
    """A cursor: behind a position of a shelf, or before it."""

    shelf_id: int
    position: int = SMALLEST
    backwards: bool = False

    def encode(self) -> str:
        way = "before" if self.backwards else "behind"
        text = f"{self.shelf_id}.{way}.{self.position}"
        return cursors.pack(text)

    @classmethod
    def of(cls, request: Request) -> "Place | None":
        """The request's `?cursor=`; None without one, a 400 when it is not one of ours."""
        sent = request.query_params.get("cursor")
        if not sent:
            return None
        try:
            text = cursors.unpack(sent)
            shelf, way, position = text.split(".")
            found = cls(int(shelf), int(position), way == "before")
        except ValueError as error:
            raise cursors.bad_cursor() from error
        ours = 0 < found.shelf_id < 2**63 and abs(found.position) < 2**31
        if not ours or way not in ("before", "behind"):
            raise cursors.bad_cursor()
        return found


class Found(NamedTuple):
    """What stands on a shelf and the viewer may see, with what may be told of its reason."""

    position: int
    thing_id: int
    tag: str
    part: str
    via_tag: str
    names: list[str]
    follows_tag: bool


def page(request: Request, kind: str) -> dict[str, Any]:
    """One page with its links. One statement for the shelf, one for the page, those of its cards.

    Raises `ListRenewed` when the shelf of the cursor is gone, or never was the viewer's.
    """
    viewer, size, place = viewer_or_guest(request), page_size(request), Place.of(request)
    mine = Shelf.objects.visible_to(viewer)
    at = place or Place(mine.with_any(kind).values_list("pk", flat=True).first() or 0)
    found = _found(kind, viewer, at, size + 1) if at.shelf_id else []
    # Asked for last: a shelf that is there now was there when it was read.
    if place and not mine.filter(pk=place.shelf_id).exists():
        raise ListRenewed
    more, shown = len(found) > size, found[:size]
    if at.backwards:
        shown.reverse()
    behind, before = (bool(shown), more) if at.backwards else (more, bool(place and shown))
    return {
        "next": _link(request, at, shown[-1], backwards=False) if behind else None,
        "previous": _link(request, at, shown[0], backwards=True) if before else None,
        "results": _CARDS[kind](shown, viewer),
    }


def _link(request: Request, at: Place, edge: Found, *, backwards: bool) -> str:
    cursor = Place(at.shelf_id, edge.position, backwards).encode()
    return cursors.link(request, cursor)


# --- The statement -------------------------------------------------------------------------------

_SOMEBODY, _SHELF, _POSITION = 7_777_777_777_777_777_773, 7_777_777_777_777_777_775, 2_000_000_011
_RULES = {
    POST: PickQuerySet.posts_visible_to,
    PERSON: PickQuerySet.people_visible_to,
    TAG: PickQuerySet.tags_visible_to,
}


def _found(kind: str, viewer: User | None, at: Place, size: int) -> list[Found]:
    sql, params = page_sql(kind, viewer, at, size)
    return [Found(*row) for row in execute(sql, params)]


def page_sql(kind: str, viewer: User | None, at: Place, size: int) -> tuple[str, list[Any]]:
    """The statement of a page and its parameters."""
    statement = _statement(kind, viewer is None, at.backwards)
    member = {} if viewer is None else {"viewer_id": viewer.pk}
    sql, params = statement.bind(shelf_id=at.shelf_id, position=at.position, **member)
    return f"{sql} LIMIT %s", [*params, size]


@cache
def _statement(kind: str, is_guest: bool, backwards: bool) -> Statement:
    def rows(shelf_id: int, position: int, viewer_id: int | None = None) -> QuerySet[Any, Any]:
        viewer = None if viewer_id is None else User(pk=viewer_id)
        here = Pick.objects.all().from_place(shelf_id, position, backwards=backwards)
        return _RULES[kind](here, viewer).with_reasons_for(viewer, kind).shown()

    member = {} if is_guest else {"viewer_id": _SOMEBODY}
    return Statement(rows, shelf_id=_SHELF, position=_POSITION, **member)


# --- Cards ---------------------------------------------------------------------------------------


def _posts(found: Sequence[Found], viewer: User | None) -> list[dict[str, Any]]:
    ids = [each.thing_id for each in found]
    seen = Post.objects.visible_to(viewer).filter(pk__in=ids).for_cards().with_marks_of(viewer)
    posts = {post.pk: post for post in seen} if ids else {}
    urls, people = signed_urls(posts.values(), viewer), linked_people(posts.values(), viewer)
    return [
        post_pick(post_card(post, urls, people), _reason(post, each))
        for each in found
        if (post := posts.get(each.thing_id))
    ]


def _reason(post: Post, found: Found) -> dict[str, Any]:
    """A tag is told of while the post has it: an edit may have taken it away."""
    holds = found.via_tag in post.tags and (found.part != FOLLOWED or found.follows_tag)
    tag = found.via_tag if holds else None
    return reason_card(POST, found.part, names=found.names[:3], tag=tag)


def _people(found: Sequence[Found], viewer: User | None) -> list[dict[str, Any]]:
    ids = [each.thing_id for each in found]
    seen = User.objects.visible_to(viewer).filter(pk__in=ids).select_related("avatar").only(*CARD)
    people = {person.pk: person for person in seen} if ids else {}
    return [
        person_pick(people[each.thing_id], reason_card(PERSON, each.part, names=each.names[:3]))
        for each in found
        if each.thing_id in people
    ]


def _tags(found: Sequence[Found], viewer: User | None) -> list[dict[str, Any]]:
    return [tag_pick(each.tag, reason_card(TAG, each.part, names=each.names[:3])) for each in found]


_CARDS = {POST: _posts, PERSON: _people, TAG: _tags}
