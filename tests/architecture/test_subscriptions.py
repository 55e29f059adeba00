"""The table of events and their subscribers is whole."""

import inspect
from dataclasses import fields

import pytest

from config.subscriptions import SUBSCRIPTIONS
from events.events import Event


def declared():
    """Every event of the apps (the tests declare some of their own)."""
    return {event for event in Event.__subclasses__() if not event.__module__.startswith("tests")}


def test_every_event_is_in_the_table():
    assert declared() == set(SUBSCRIPTIONS)


@pytest.mark.parametrize(
    ("event", "subscriber"),
    [(event, each) for event, subscribers in SUBSCRIPTIONS.items() for each in subscribers],
    ids=lambda x: getattr(x, "name", None) or x.__name__,
)
def test_a_subscriber_takes_exactly_the_fields_of_its_event(event, subscriber):
    parameters = set(inspect.signature(subscriber.run).parameters)
    assert parameters == {field.name for field in fields(event)}


def test_names_in_the_outbox_are_unique():
    labels = [event.label() for event in SUBSCRIPTIONS]
    assert len(labels) == len(set(labels))
    for subscribers in SUBSCRIPTIONS.values():
        names = [each.name for each in subscribers]
        assert len(names) == len(set(names))


def test_an_event_carries_only_plain_values():
    for event in SUBSCRIPTIONS:
        for field in fields(event):
            assert field.type in (int, str, list[int], list[str]), event
