"""Whether a post is a photo, a video or a reel: by what is in it, and what its author asked for."""

from collections.abc import Sequence

from common.errors import Invalid
from media.models import Media
from posts.models import Post

_REEL = "A reel is exactly one video."


def kind_of(pictures: Sequence[Media], asked: str | None) -> str:
    """What a post of these, in their order, is: as its first, which stands for it in a grid.

    A reel only if it was asked for. Raises `Invalid` when it cannot be what was asked for.
    """
    if not pictures:  # a draft that is yet to get some
        return asked or Post.Type.PHOTO
    first = pictures[0].type
    if asked in (None, first):
        return first
    if asked == Post.Type.REEL:
        if len(pictures) == 1 and first == Media.Type.VIDEO:
            return asked
        raise Invalid(_REEL, fields={"type": [_REEL]})
    message = f"This post begins with a {first}."
    raise Invalid(message, fields={"type": [message]})


def kind_still(post: Post, pictures: Sequence[Media]) -> str:
    """What a draft is with these pictures now: a reel for as long as it can be one."""
    fits = len(pictures) == 1 and pictures[0].type == Media.Type.VIDEO
    wished = post.type if post.type == Post.Type.REEL and (fits or not pictures) else None
    return kind_of(pictures, wished)
