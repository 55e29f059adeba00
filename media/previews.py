"""Pictures for moderators, whoever else may see them: what is kept, or made when they look."""

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.conf import settings

from common.errors import Missing
from media import images, storage, video
from media.actions.videos import copied_original
from media.models import Media

LONGEST_SIDE = 640  # pixels
_MIMES = {".jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class Preview:
    content: bytes
    mime: str


def preview(media: Media) -> Preview:
    """One small rendition; `Missing` when there is none. Made anew, it costs about 0.1 s."""
    try:
        if media.state == Media.State.READY:
            return _kept(media)
        if media.type == Media.Type.VIDEO:
            return _first_frame(media)
        with storage.open_original(media.original) as file:
            made = images.process(
                cast("BinaryIO", file), sizes=[LONGEST_SIDE], max_pixels=settings.PHOTO_MAX_PIXELS
            )
    except (OSError, images.UnusablePhoto, video.UnusableVideo) as error:
        raise Missing from error
    return Preview(made.renditions[-1].content, made.renditions[-1].mime)


def _first_frame(media: Media) -> Preview:
    with copied_original(media) as folder:
        seen = video.look(folder)
    made = video.poster(seen.picture, sizes=[LONGEST_SIDE])
    return Preview(made.renditions[-1].content, made.renditions[-1].mime)


def _kept(media: Media) -> Preview:
    sides = media.sides
    fitting = [side for side in sides if int(side) <= LONGEST_SIDE] or sides[:1]
    name = media.renditions[fitting[-1]]
    with storage.open_rendition(name, access=media.access) as file:
        return Preview(file.read(), _MIMES[name[-4:]])
