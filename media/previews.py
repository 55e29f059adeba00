"""Pictures that nobody else may see, for moderators: made from the original when they look."""

from typing import BinaryIO, cast

from django.conf import settings

from common.errors import Missing
from media import images, storage
from media.models import Media

LONGEST_SIDE = 640  # pixels


def preview(media: Media) -> images.Rendition:
    """One small rendition, kept nowhere. Costs about 0.1 s; `Missing` when it cannot be made."""
    try:
        with storage.open_original(media.original) as file:
            made = images.process(
                cast("BinaryIO", file), sizes=[LONGEST_SIDE], max_pixels=settings.PHOTO_MAX_PIXELS
            )
    except (OSError, images.UnusablePhoto) as error:
        raise Missing from error
    return made.renditions[-1]
