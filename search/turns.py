"""Whose turn it is with a job that one process does at a time, and how far the job has come.

A turn is a row that is held for some seconds and held on to by whoever goes on working: a
process that dies lets go by doing nothing. No lock of the database's would do, since between
two statements of the job there are calls to Elasticsearch, which no transaction waits for.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from search.models import Turn

LEASE = timedelta(seconds=30)  # longer than one step of any job

Position = dict[str, Any]  # anything JSON; {} is the beginning


class HeldTurn:
    """What `hold` gives to whoever has the turn."""

    def __init__(self, name: str, holder: str, position: Position) -> None:
        self._mine = Turn.objects.filter(name=name, holder=holder)
        self.position = position

    def keep(self, position: Position | None = None) -> bool:
        """Hold on for another `LEASE`, and remember how far the job is.

        False when the job has been taken over, after more than `LEASE` without a sign of life.
        """
        self.position = self.position if position is None else position
        return bool(self._mine.update(held_until=Now() + LEASE, position=self.position))


@contextmanager
def hold(name: str) -> Iterator[HeldTurn | None]:
    """Have the turn at job `name` for a block; None when another process has it."""
    holder = uuid.uuid4().hex
    turn, _ = Turn.objects.get_or_create(name=name)
    free = Turn.objects.filter(name=name, held_until__lte=Now())
    if not free.update(held_until=Now() + LEASE, holder=holder):
        yield None
        return
    turn.refresh_from_db()  # whoever had it before may have gone on since
    try:
        yield HeldTurn(name, holder, turn.position)
    finally:
        Turn.objects.filter(name=name, holder=holder).update(held_until=Now(), holder="")


def position(name: str) -> Position:
    """How far job `name` is, whoever has it; {} at its beginning."""
    turn = Turn.objects.filter(name=name).first()
    return turn.position if turn else {}
