"""Querysets compiled once and run as prepared statements, for the few reads that must be quick.

The ORM stays the one place where a rule is written; what it compiles is kept, so that a
request pays neither for building the SQL (about a millisecond for a page of posts) nor for
PostgreSQL's planning of it.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import QuerySet


class Slot:
    """Stands in a queryset for a value that each run brings, by name."""

    def __init__(self, name: str, stand_in: Any) -> None:
        self.name = name
        self.stand_in = stand_in


class Statement:
    """`build(**stand_ins)` gives a queryset of `values_list`; `run(**values)` gives its rows.

    With `only` instead, a row has these columns in the order of the model's fields.

    Each stand-in must be a value that stands nowhere else in the query, so that its places
    are found among the parameters. The rows are tuples, as `values_list` would give them
    for plain columns: no Python-side conversion is applied.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._compiled: tuple[str, list[Any]] | None = None

    def run(self, **values: Any) -> list[tuple[Any, ...]]:
        return execute(*self.bind(**values))

    def bind(self, **values: Any) -> tuple[str, list[Any]]:
        """The SQL and its parameters, for these values."""
        sql, params = self.compiled()
        return sql, [values[p.name] if isinstance(p, Slot) else p for p in params]

    def compiled(self) -> tuple[str, list[Any]]:
        """The SQL, and its parameters with a `Slot` where each run's values go."""
        if self._compiled is None:
            sql, params = self._build(**self._stand_ins).query.sql_with_params()
            self._compiled = sql, [self._slot(param) for param in params]
        return self._compiled

    def _slot(self, param: Any) -> Any:
        for name, stand_in in self._stand_ins.items():
            if type(param) is type(stand_in) and param == stand_in:
                return Slot(name, stand_in)
        return param


def execute(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is prepared on the server and answers in binary.

    Runs on Django's own connection, inside its transaction if there is one. A connection
    that PostgreSQL has closed since the last request is opened anew, once.
    """
    connection.ensure_connection()
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    with connection.wrap_database_errors:
        try:
            rows = _fetch(sql, params)
        except psycopg.OperationalError:
            if connection.in_atomic_block or not connection.connection.closed:
                raise
            connection.close()
            connection.ensure_connection()
            rows = _fetch(sql, params)
    # It answered: Django need not ask again in this request.
    connection.health_check_done = True  # type: ignore[attr-defined]
    return rows


def _fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(_numbered(sql), params, prepare=True, binary=True)
        return cursor.fetchall()


@lru_cache(maxsize=256)
def _numbered(sql: str) -> str:
    """With `$1`, `$2`, … for each `%s`: psycopg would look for them anew in each long statement."""
    number = itertools.count(1)
    return re.sub("%[s%]", lambda found: "%" if found[0] == "%%" else f"${next(number)}", sql)
