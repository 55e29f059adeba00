"""What can happen to the pictures of a showcase."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class PictureSent(Event):
    """To hang in its place once it is prepared."""

    hanging_id: int


@dataclass(frozen=True, kw_only=True)
class PictureHung(Event):
    hanging_id: int


@dataclass(frozen=True, kw_only=True)
class PictureTakenDown(Event):
    """By its owner or a moderator, or because another hangs there now."""

    hanging_id: int
