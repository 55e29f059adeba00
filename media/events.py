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
class UploadCompleted(Event):
    """A photo that was sent straight to the store is a picture now, and has no renditions yet."""

    media_id: int


@dataclass(frozen=True, kw_only=True)
class VideoDue(Event):
    """A video waits to be made."""

    media_id: int


@dataclass(frozen=True, kw_only=True)
class VideoSettled(Event):
    """A video is ready, or failed."""

    media_id: int


@dataclass(frozen=True, kw_only=True)
class UploadsAbandoned(Event):
    """No row came, or the row went a day ago; nothing may be left in these folders."""

    folders: list[str]


@dataclass(frozen=True, kw_only=True)
class MediaAccessChanged(Event):
    """Ready pictures are to be found elsewhere; their files are still where they were."""

    media_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class MediaMoved(Event):
    """Pictures can be fetched again, at their new place; `folders` are the former ones."""

    media_ids: list[int]
    folders: list[str]
