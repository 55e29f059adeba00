"""Requests that wait take seats, so that they never hold all threads of a web server."""

import time
from threading import Barrier, Event, Thread

import pytest

from common import waiting


def never():
    raise AssertionError("never to be looked at")


def test_what_is_settled_is_not_waited_for():
    started = time.monotonic()

    waiting.wait_while(lambda: False, 20)

    assert time.monotonic() - started < 10


def test_it_ends_as_soon_as_it_is_settled():
    looks = iter([True, True, False, True])

    waiting.wait_while(lambda: next(looks), 20)

    assert list(looks) == [True]


def test_it_ends_when_the_time_is_over():
    looks = []

    def look():
        looks.append(1)
        return True

    waiting.wait_while(look, 2.5 * waiting.POLL)

    assert 1 <= len(looks) <= 3


def test_who_finds_no_seat_does_not_wait(seats):
    seats(2)
    seated, leave = Barrier(3), Event()

    def sit():
        seated.wait(30)
        leave.wait(30)
        return False

    waiters = [Thread(target=waiting.wait_while, args=(sit, 20)) for _ in range(2)]
    for each in waiters:
        each.start()
    seated.wait(30)

    waiting.wait_while(never, 20)
    leave.set()
    for each in waiters:
        each.join(30)

    looks = iter([True, False])
    waiting.wait_while(lambda: next(looks), 20)
    assert list(looks) == []  # the seats are free again


def test_a_seat_is_free_again_after_an_error(seats):
    seats(1)
    for _ in range(3):
        with pytest.raises(AssertionError, match="never"):
            waiting.wait_while(never, 20)
