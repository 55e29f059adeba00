"""A compiled queryset answers as the queryset does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.statements import Statement, execute
from users.models import User

STATEMENT = Statement(
    lambda name, ident: (
        User.objects.active().filter(username=name).exclude(pk=ident).values_list("pk", "username")
    ),
    name="a stand-in that nobody is called",
    ident=7_777_777_777_777_777_771,
)


def test_each_run_brings_its_own_values(alice, bob):
    assert STATEMENT.run(name="alice", ident=0) == [(alice.pk, "alice")]
    assert STATEMENT.run(name="bob", ident=0) == [(bob.pk, "bob")]
    assert STATEMENT.run(name="bob", ident=bob.pk) == []


def test_values_are_values_and_never_sql(alice):
    assert STATEMENT.run(name="' OR true --", ident=0) == []
    assert STATEMENT.run(name="%s", ident=0) == []


def test_a_statement_is_counted_like_any_query(alice):
    with CaptureQueriesContext(connection) as queries:
        STATEMENT.run(name="alice", ident=0)

    assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_is_opened_anew_outside_a_transaction(alice):
    execute("SELECT 1", [])
    pid = execute("SELECT pg_backend_pid()", [])[0][0]
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.connection.close()

    assert STATEMENT.run(name="alice", ident=0) == [(alice.pk, "alice")]


@pytest.mark.django_db
def test_a_long_statement_keeps_its_percent_signs_and_the_order_of_its_values():
    padding = " " * 5_000  # beyond what psycopg keeps of a statement
    sql = f"SELECT %s::int, 'a%%s', 7 %% 4, %s::text {padding}"

    assert execute(sql, [1, "$1"]) == [(1, "a%s", 3, "$1")]
