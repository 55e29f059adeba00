"""What can happen to pictures. The names are those of folders in the stores (`media.storage`)."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class MediaDeleted(Event):
    """Rows went; nothing may be left in their folders."""

    folders: list[str]


@dataclass(frozen=True, kw_only=True)
class MediaConcealed(Event):
    """Nobody may see these pictures any more: their renditions are not to be found either."""

    folders: list[str]


@dataclass(frozen=True, kw_only=True)
class UploadsAbandoned(Event):
    """No row came, or the row went a day ago; nothing may be left in these folders."""

    folders: list[str]
