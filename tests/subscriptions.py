"""A table in which every event is only recorded."""

from config.subscriptions import SUBSCRIPTIONS
from events.events import subscriber


@subscriber
def record(**fields):
    raise AssertionError("Recorded events are not delivered.")


RECORDED = dict.fromkeys(SUBSCRIPTIONS, (record,))
