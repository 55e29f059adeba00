"""The outbox (Y8): announced with the commit, delivered however often it takes, once in effect."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from events import actions, delivery
from events.events import Event, subscriber
from events.models import Announcement
from tests.racing import at_once
from users.models import User


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    user_id: int


@subscriber
def add_a_star(*, user_id):
    """Deliberately not idempotent: only the outbox keeps it to once."""
    user = User.objects.get(pk=user_id)
    User.objects.filter(pk=user_id).update(name=user.name + "*")


@subscriber
def fail_after_writing(*, user_id):
    User.objects.filter(pk=user_id).update(bio="half done")
    raise ValueError("the disk is on fire")


@subscriber(atomic=False, queue="media")
def count_calls(*, user_id):
    calls.append(user_id)


calls: list[int] = []
TABLE = {Renamed: (add_a_star,)}
FAILING = {Renamed: (fail_after_writing, add_a_star)}
OUTSIDE = {Renamed: (count_calls,)}


@pytest.fixture
def table(settings):
    def use(name):
        settings.EVENT_SUBSCRIPTIONS = f"{__name__}.{name}"

    use("TABLE")
    return use


def announce_renamed(user):
    with transaction.atomic():
        actions.announce(Renamed(user_id=user.pk))
    return Announcement.objects.get()


@pytest.mark.django_db(transaction=True)
def test_announcing_outside_a_transaction_is_a_mistake(table):
    with pytest.raises(RuntimeError):
        actions.announce(Renamed(user_id=1))
    assert not Announcement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_announcement_back(alice, table):
    with transaction.atomic():
        actions.announce(Renamed(user_id=alice.pk))
        transaction.set_rollback(True)

    assert not Announcement.objects.exists()


def test_what_was_delivered_is_gone_and_a_second_and_third_delivery_change_nothing(alice, table):
    row = announce_renamed(alice)

    assert [delivery.deliver(row.pk, "tests.add_a_star") for _ in range(3)] == [True] * 3

    alice.refresh_from_db()
    assert alice.name == "*"
    assert not Announcement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_deliveries_at_once_have_one_effect(alice, table):
    row = announce_renamed(alice)

    at_once(*[lambda: delivery.deliver(row.pk, "tests.add_a_star")] * 10)

    alice.refresh_from_db()
    assert alice.name == "*"
    assert not Announcement.objects.exists()


def test_a_failure_leaves_no_effect_is_told_and_does_not_hold_up_the_others(alice, table):
    table("FAILING")
    row = announce_renamed(alice)

    assert delivery.deliver(row.pk, "tests.fail_after_writing") is False
    assert delivery.deliver(row.pk, "tests.add_a_star") is True

    alice.refresh_from_db()
    row.refresh_from_db()
    assert (alice.bio, alice.name) == ("", "*")
    assert row.pending == ["tests.fail_after_writing"]
    assert row.attempts["tests.fail_after_writing"] == 1
    assert "the disk is on fire" in row.last_error


def test_what_fails_too_often_is_stuck_until_a_moderator_retries_it(alice, table, settings):
    settings.EVENTS_MAX_ATTEMPTS = 2
    table("FAILING")
    row = announce_renamed(alice)
    delivery.deliver(row.pk, "tests.add_a_star")

    for _ in range(3):
        delivery.deliver(row.pk, "tests.fail_after_writing")

    row.refresh_from_db()
    assert (row.pending, row.stuck) == ([], ["tests.fail_after_writing"])
    assert list(Announcement.objects.stuck()) == [row]

    actions.retry(announcement=row)
    row.refresh_from_db()
    assert (row.pending, row.stuck, row.attempts) == (["tests.fail_after_writing"], [], {})


def test_work_that_kills_its_worker_is_counted_and_ends_up_stuck(alice, table, settings):
    settings.EVENTS_MAX_ATTEMPTS = 3
    row = announce_renamed(alice)

    for _ in range(3):  # claimed, and the worker died each time
        assert actions.claim(row.pk, "tests.add_a_star")
    assert actions.claim(row.pk, "tests.add_a_star") is None

    row.refresh_from_db()
    assert row.stuck == ["tests.add_a_star"]


def test_the_sweeper_takes_what_is_late_and_leaves_what_is_being_worked_on(alice, table, settings):
    row = announce_renamed(alice)
    assert actions.take_late(10) == []

    Announcement.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert actions.take_late(10) == [row]
    assert actions.take_late(10) == []

    Announcement.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    actions.claim(row.pk, "tests.add_a_star")
    assert actions.take_late(10) == []


def test_a_retry_waits_twice_as_long_each_time(alice, table, settings):
    table("FAILING")
    row = announce_renamed(alice)
    waits = []
    for _ in range(3):
        delivery.deliver(row.pk, "tests.fail_after_writing")
        row.refresh_from_db()
        waits.append(round((row.due_at - timezone.now()).total_seconds()))

    assert waits == [2, 4, 8]


def test_a_subscriber_that_left_the_table_holds_nothing_up(alice, table):
    row = announce_renamed(alice)
    table("OUTSIDE")

    assert delivery.deliver(row.pk, "tests.add_a_star") is True
    assert not Announcement.objects.exists()


def test_work_outside_the_transaction_is_struck_off_after_it_ran(alice, table):
    table("OUTSIDE")
    calls.clear()
    row = announce_renamed(alice)
    assert not row.stuck

    delivery.deliver(row.pk, "tests.count_calls")
    delivery.deliver(row.pk, "tests.count_calls")

    assert calls == [alice.pk]
    assert not Announcement.objects.exists()


def test_news_of_nobody_leaves_no_row(alice, settings):
    settings.EVENT_SUBSCRIPTIONS = f"{__name__}.NOBODY"

    with transaction.atomic():
        actions.announce(Renamed(user_id=alice.pk))

    assert not Announcement.objects.exists()


NOBODY = {Renamed: ()}
