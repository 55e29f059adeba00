"""Pages of a thread, in one of three orders; a page begins right behind the last row of another.

By row values, so that PostgreSQL finds the place in the index of that order, however far down.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from drf_yasg import openapi
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from comments.querysets import CommentQuerySet
from common import cursors
from common.pagination import page_size

# Of each order its columns, and whether they go down.
ORDERS: dict[str, tuple[tuple[str, ...], bool]] = {
    "oldest": (("id",), False),
    "newest": (("id",), True),
    "reactions": (("reactions_count", "id"), True),
}
SORT = openapi.Parameter(
    "sort",
    openapi.IN_QUERY,
    type=openapi.TYPE_STRING,
    enum=list(ORDERS),
    default="oldest",
    description="Which come first; those with the most reactions among them the newest.",
)


@dataclass(frozen=True)
class Place:
    """A cursor: right behind, or before, the row of these values in an order."""

    sort: str
    backwards: bool
    values: tuple[int, ...]

    def encode(self) -> str:
        way = "before" if self.backwards else "behind"
        text = ".".join([self.sort, way, *map(str, self.values)])
        return cursors.pack(text)

    @classmethod
    def of(cls, request: Request, sort: str) -> "Place | None":
        """The request's `?cursor=`; None without one, a 400 when it is not one of this order."""
        sent = request.query_params.get("cursor")
        if not sent:
            return None
        try:
            text = cursors.unpack(sent)
            order, way, *numbers = text.split(".")
            values = tuple(map(int, numbers))
        except ValueError as error:
            raise cursors.bad_cursor() from error
        ours = (order, len(values)) == (sort, len(ORDERS[sort][0])) and way in ("before", "behind")
        if not ours or not all(0 <= value < 2**63 for value in values):
            raise cursors.bad_cursor()
        return cls(sort, way == "before", values)


class ThreadPages(BasePagination):
    """`{next, previous, results}` of what has a place right below a post or a comment."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        self._request = request
        self._sort = request.query_params.get("sort") or "oldest"
        if self._sort not in ORDERS:
            raise ValidationError({"sort": [f"One of {', '.join(ORDERS)}, please."]})
        size = page_size(request)
        place = Place.of(request, self._sort)
        try:
            found = list(_from(queryset, self._sort, place)[: size + 1])
        except (ValueError, DjangoValidationError) as error:
            raise cursors.bad_cursor() from error
        more, page = len(found) > size, found[:size]
        if place and place.backwards:
            page.reverse()
            self._behind, self._before = bool(page), more
        else:
            self._behind, self._before = more, bool(place and page)
        self._page = page
        return page

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self._link(-1, backwards=False) if self._behind else None,
                "previous": self._link(0, backwards=True) if self._before else None,
                "results": data,
            }
        )

    def _link(self, index: int, *, backwards: bool) -> str:
        columns, _ = ORDERS[self._sort]
        row = self._page[index]
        place = Place(self._sort, backwards, tuple(getattr(row, each) for each in columns))
        return cursors.link(self._request, place.encode())


def _from(queryset: CommentQuerySet, sort: str, place: Place | None) -> CommentQuerySet:
    """The rows from a place on, in the direction of reading."""
    columns, down = ORDERS[sort]
    if place and place.backwards:
        down = not down
    ordered = queryset.order_by(*(F(each).desc() if down else F(each).asc() for each in columns))
    if place is None:
        return ordered
    lookup = TupleLessThan if down else TupleGreaterThan
    if len(columns) == 1:
        return ordered.filter(**{f"{columns[0]}__{'lt' if down else 'gt'}": place.values[0]})
    return ordered.filter(lookup(Tuple(*map(F, columns)), place.values))
