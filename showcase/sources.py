"""Photos that somebody has here already and may hang: which they are, and their bytes.

What hangs is a copy of the original with files of its own, so that deleting the post leaves the
place alone, and the showcase's picture is signed while the post's may be public.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from media import storage
from media.actions.receiving import StoreUnavailable
from media.models import Media
from posts.models import Post
from showcase.models import Hanging
from users.models import User

log = structlog.get_logger(__name__)


def own_photos(owner: User) -> QuerySet[Media]:
    """The photos of one's own posts and showcase, and one's uploads that nothing shows yet.

    Nothing that a moderator has taken away comes back by this way, nothing that was deleted, and
    nothing that could not be prepared.
    """
    posts = Post.objects.visible_to(owner).of(owner)
    hung = Hanging.objects.current().filter(owner=owner) | Hanging.objects.kept_by(owner)
    own = Media.objects.filter(owner=owner, type=Media.Type.PHOTO).exclude(state=Media.State.FAILED)
    unused = own.unattached().values("pk")
    return own.filter(Q(place__post__in=posts) | Q(hanging__in=hung) | Q(pk__in=unused))


@contextmanager
def opened(photo: Media) -> "Iterator[UploadedFile[bytes]]":
    """The original of `photo`, as if its owner had sent it again. Raises `StoreUnavailable`."""
    try:
        file = storage.open_original(photo.original)
    except OSError as error:
        log.exception("showcase.not_copied", media=photo.pk)
        raise StoreUnavailable from error
    with file:
        yield cast("UploadedFile[bytes]", UploadedFile(file, name="original", size=photo.size))
