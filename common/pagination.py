"""Pages by cursor (D7): `{next, previous, results}`; nothing is lost or repeated as rows arrive."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from common import cursors


def page_size(request: Request) -> int:
    """`?limit=`, at least 1 and at most `settings.PAGE_SIZE_MAX`; a 400 when it is no number."""
    sent = request.query_params.get("limit")
    if sent is None:
        return int(settings.PAGE_SIZE)
    if not sent.isascii() or not sent.isdigit() or len(sent) > 9 or int(sent) < 1:
        raise ValidationError({"limit": ["A whole number from 1 on, please."]})
    return min(int(sent), int(settings.PAGE_SIZE_MAX))


class NewestFirst(CursorPagination):
    """Newest first by id; subclasses name another `ordering`, ending in a unique column."""

    ordering: Any = ("-id",)
    cursor_query_param = "cursor"
    page_size_query_param = "limit"

    def get_page_size(self, request: Request) -> int:
        return page_size(request)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        try:  # a cursor can be well-formed and name a position that no row could have
            found: Any = super().paginate_queryset(queryset, request, view)
        except (ValueError, DjangoValidationError) as error:
            raise cursors.bad_cursor() from error
        self.base_url = f"{settings.SITE_URL}{request.get_full_path()}"
        return found

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
        except NotFound as error:
            raise cursors.bad_cursor() from error
        if cursor is not None and not _POSITION.fullmatch(str(cursor.position or 0)):
            raise cursors.bad_cursor()
        return cursor


class OldestFirst(NewestFirst):
    ordering = ("id",)


# What `str` makes of our ids and times. PostgreSQL refuses zones that Python takes.
_POSITION = re.compile(r"\d{1,19}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?\+00:00", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Moment:
    """A cursor for lists that are read by a statement of our own: older or newer than a row.

    `at` and `id` are the row's own, so a page neither loses nor repeats rows that share a time.
    """

    at: datetime
    id: int
    newer: bool = False

    def encode(self) -> str:
        micros = (self.at - _EPOCH) // timedelta(microseconds=1)
        text = f"{'n' if self.newer else 'o'}{micros}.{self.id}"
        return cursors.pack(text)

    @classmethod
    def of(cls, request: Request) -> "Moment | None":
        """The request's `?cursor=`; None without one, a 400 when it is not one of ours."""
        sent = request.query_params.get("cursor")
        if not sent:
            return None
        try:
            text = cursors.unpack(sent)
            micros, _, ident = text[1:].partition(".")
            found = cls(_EPOCH + timedelta(microseconds=int(micros)), int(ident), text[0] == "n")
        except (ValueError, IndexError, OverflowError) as error:
            raise cursors.bad_cursor() from error
        if abs(found.id) >= 2**63:
            raise cursors.bad_cursor()
        return found

    def link(self, request: Request) -> str:
        """The request's own address, at this cursor; on the site's name, whatever was asked."""
        return cursors.link(request, self.encode())
