"""Pages by two columns, both falling, of which the second is unique (D7).

The next page begins below a row, by a comparison of whole rows that an index answers: however many
rows share the first column, none is skipped one by one. The cursor is the row's own values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Func, Value
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from common import cursors
from common.pagination import page_size

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Edge:
    """The row where a page begins; times in microseconds. `kind` is that of the pagination."""

    kind: str
    first: int
    second: int
    newer: bool = False

    def encode(self) -> str:
        text = f"{self.kind}{'n' if self.newer else 'o'}{self.first}.{self.second}"
        return cursors.pack(text)

    @classmethod
    def decode(cls, sent: str, kind: str) -> "Edge":
        """Raises `ValidationError` for what is not one of ours, or of another list."""
        try:
            text = cursors.unpack(sent)
            first, _, second = text[2:].partition(".")
            edge = cls(kind, int(first), int(second), text[1] == "n")
        except (ValueError, IndexError) as error:
            raise cursors.bad_cursor() from error
        if text[0] != kind or max(abs(edge.first), abs(edge.second)) > _LARGEST:
            raise cursors.bad_cursor()
        return edge


def _row(*columns: Any, joined_by: str = ", ") -> Func:
    return Func(
        *columns, template="(%(expressions)s)", arg_joiner=joined_by, output_field=BooleanField()
    )


class ByRow(BasePagination):
    """Name `columns`, annotations or fields of the rows; `timed` when the first is a time."""

    kind = "r"  # one letter; a cursor is good for one kind
    columns: tuple[str, str]
    timed = False

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        size = page_size(request)
        sent = request.query_params.get("cursor")
        asked = Edge.decode(sent, self.kind) if sent else None
        upwards = asked is not None and asked.newer
        found = queryset if asked is None else queryset.filter(self.beyond(asked))
        order = self.columns if upwards else tuple(f"-{column}" for column in self.columns)
        rows = list(found.order_by(*order)[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if upwards:
            rows.reverse()
        self._older = self._link(rows[-1:], newer=False) if more or upwards else None
        self._newer = self._link(rows[:1], newer=True) if (more if upwards else asked) else None
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._older, "previous": self._newer, "results": data})

    def beyond(self, edge: Edge) -> Func:
        """`(first, second) < (…, …)`, or the other way round."""
        first: Any = edge.first
        if self.timed:
            try:
                first = _EPOCH + timedelta(microseconds=edge.first)
            except OverflowError as error:
                raise cursors.bad_cursor() from error
        there = _row(Value(first), Value(edge.second))
        return _row(_row(*self.columns), there, joined_by=" > " if edge.newer else " < ")

    def _link(self, rows: Sequence[Any], *, newer: bool) -> str | None:
        """The request's own address beyond a row, on the site's name, whatever was asked."""
        for row in rows:
            first, second = (getattr(row, column) for column in self.columns)
            at = (first - _EPOCH) // timedelta(microseconds=1) if self.timed else first
            cursor = Edge(self.kind, at, second, newer).encode()
            return cursors.link(self.request, cursor)
        return None
