"""What an event is, who follows it, and how a subscriber is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast, overload

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Event:
    """A committed fact, in the past tense. Carries ids, never model instances."""

    @classmethod
    def label(cls) -> str:
        """The event's name in the outbox: `"posts.PostPublished"`."""
        return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"


@dataclass(frozen=True)
class Subscriber:
    """A piece of work that follows an event, and takes the event's fields as its arguments.

    `atomic`: run in the transaction that also strikes it off, so that its effect and the
    record of it are one. Work that is long or is not in the database runs outside (`False`)
    and must be safe to run twice. `seconds`: how long it may take, if not as long as any other.
    """

    run: Callable[..., None]
    atomic: bool = True
    queue: str = "default"
    seconds: int | None = None

    @property
    def name(self) -> str:
        """`"posts.fan_out_post"`: the app and the effect."""
        return f"{self.run.__module__.partition('.')[0]}.{self.run.__name__}"

    def __call__(self, **fields: Any) -> None:
        self.run(**fields)


@overload
def subscriber(run: Callable[..., None]) -> Subscriber: ...
@overload
def subscriber(
    *, atomic: bool = ..., queue: str = ..., seconds: int | None = ...
) -> Callable[[Callable[..., None]], Subscriber]: ...
def subscriber(
    run: Callable[..., None] | None = None,
    *,
    atomic: bool = True,
    queue: str = "default",
    seconds: int | None = None,
) -> Subscriber | Callable[[Callable[..., None]], Subscriber]:
    """Declare a function as work that may stand in `config/subscriptions.py`."""
    if run is not None:
        return Subscriber(run)
    return lambda function: Subscriber(function, atomic=atomic, queue=queue, seconds=seconds)


Subscriptions = Mapping[type[Event], tuple[Subscriber, ...]]


def subscriptions() -> Subscriptions:
    """The table of `config/subscriptions.py`."""
    return cast("Subscriptions", import_string(settings.EVENT_SUBSCRIPTIONS))


def subscriber_named(kind: str, name: str) -> Subscriber | None:
    """The subscriber of the event labelled `kind`; None when the table no longer has it."""
    for event, subscribers in subscriptions().items():
        if event.label() == kind:
            return next((each for each in subscribers if each.name == name), None)
    return None
