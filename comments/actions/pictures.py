"""The picture of a comment: signed, shown once it is processed, and out of reach while it is gone.

Acts on what is so now, not on what was announced; any of it may run late, twice or half.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from comments.events import CommentPictured
from comments.models import Comment, CommentPicture
from common.errors import Invalid
from events.actions import announce
from media.actions.deleting import conceal_media, delete_media
from media.actions.processing import process_media
from media.actions.receiving import ReceivedPhoto, add_media, receive_photos
from media.models import Media

BATCH = 100  # pictures a transaction


@contextmanager
def received(image: "UploadedFile[bytes]") -> Iterator[ReceivedPhoto]:
    """Keep the bytes of one picture for a transaction inside the block, as `receive_photos`.

    Its refusals name the field `image`.
    """
    try:
        with receive_photos([image], field="image") as photos:
            yield photos[0]
    except Invalid as error:
        raise type(error)(error.message, fields={"image": [error.message]}) from error


def hang(comment: Comment, photo: ReceivedPhoto, alt_text: str) -> None:
    """Put a picture to a comment that was just made."""
    if comment.author is None:
        raise ValueError(f"{comment} is nobody's.")
    media = add_media(
        owner=comment.author, photo=photo, alt_text=alt_text, access=Media.Access.SIGNED
    )
    CommentPicture.objects.create(comment=comment, media=media)
    announce(CommentPictured(comment_id=comment.pk))


def conceal(comment: Comment) -> None:
    """Take the picture of a comment that is gone out of the public store."""
    conceal_media(_media_of([comment.pk]))


def bring_back(comment: Comment) -> None:
    """Have the picture of a comment made anew that is there again."""
    if CommentPicture.objects.filter(comment=comment).exists():
        announce(CommentPictured(comment_id=comment.pk))


def delete_pictures(comment_ids: list[int]) -> None:
    """Delete the pictures of comments, with their files once that is committed."""
    delete_media(_media_of(comment_ids))


def _media_of(comment_ids: list[int]) -> list[int]:
    found = CommentPicture.objects.filter(comment__in=comment_ids)
    return list(found.values_list("media_id", flat=True))


def settle_picture(comment_id: int) -> None:
    """Make the renditions of a comment's picture, or take them away when it is gone."""
    for media_id in _media_of([comment_id]):
        if CommentPicture.objects.wanted().filter(media=media_id).exists():
            process_media(media_id)
        if not CommentPicture.objects.wanted().filter(media=media_id).exists():
            conceal_media([media_id])  # it may have gone while it was processed


def settle_pictures_under(post_id: int) -> None:
    """The same for all comments under a post, which was shown or taken away."""
    under = CommentPicture.objects.filter(comment__post=post_id)
    waiting = CommentPicture.objects.wanted().filter(
        comment__post=post_id, media__state=Media.State.PROCESSING
    )
    for comment_id in list(waiting.values_list("comment_id", flat=True)):
        if comment_id is not None:
            settle_picture(comment_id)
    left = under.unwanted().filter(media__state=Media.State.READY)
    while batch := list(left.values_list("media_id", flat=True)[:BATCH]):
        conceal_media(batch)


@transaction.atomic
def clear_loose_pictures() -> int:
    """Delete pictures whose comments went with their posts; how many there were."""
    loose = CommentPicture.objects.filter(comment=None).order_by("pk")
    found = list(loose.values_list("media_id", flat=True)[:BATCH])
    delete_media(found)
    return len(found)
