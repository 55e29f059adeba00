"""What their author may change of drafts, which nobody else has ever seen.

Nothing is kept of what a draft said before. Its pictures can be added, taken out and put into
another order; they are signed until it is published. A scheduled draft has at least one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from common.errors import Invalid, Missing, Refusal
from events.actions import announce
from media.actions.access import set_access
from media.actions.attaching import take_media
from media.actions.deleting import delete_media
from media.actions.receiving import add_media, check_media, receive_photos, set_alt_text
from media.models import Media
from posts.actions.captions import keep_mentions, read_anew
from posts.actions.kinds import kind_still
from posts.actions.locks import lock_own
from posts.actions.publication import write
from posts.actions.scheduling import check_time
from posts.events import PicturesAdded
from posts.models import Post, PostMedia
from users.models import User


class NotADraft(Refusal):
    code: ClassVar[str] = "not_a_draft"
    detail = "This can only be changed of a draft."


class LastPicture(Refusal):
    code: ClassVar[str] = "last_picture"
    detail = "A scheduled post needs a picture. Please take its time away first."


def edit_draft(post: Post, changes: Mapping[str, Any]) -> None:
    """Set `caption`, `tags`, `visibility`, `publish_at` (None: never), `media` or `alt_texts`.

    `media` is all its pictures in order: those that it has, others that were uploaded; what is not
    named is deleted. Holds: the locks of `lock_own`. Raises `Invalid`, and changes nothing then.
    """
    pictures = _pictures(post)
    columns = {
        name: value
        for name, value in changes.items()
        if name not in ("media", "alt_texts", "tags") and value != getattr(post, name)
    }
    reading = read_anew(post, changes, columns)
    if "media" in changes and changes["media"] != [media.pk for media in pictures]:
        pictures = _arrange(post, pictures, changes["media"])
        columns |= {"publish_error": "", "type": kind_still(post, pictures)}
    if "alt_texts" in changes:
        _describe(pictures, changes["alt_texts"])
    if "publish_at" in columns:
        check_time(columns["publish_at"], pictures=len(pictures))
        columns["publish_error"] = ""
    elif post.publish_at is not None and not pictures:
        raise LastPicture
    if columns or "alt_texts" in changes:
        write(post, **columns)
    if reading is not None:
        keep_mentions(post, reading)


def add_pictures(
    *,
    post: Post,
    editor: User,
    images: "Sequence[UploadedFile[bytes]]",
    alt_texts: Sequence[str] = (),
) -> None:
    """Put new pictures behind those of a draft.

    Raises `NotYours`, `Missing`, `NotADraft`, `NotAPhoto`, and `Invalid` when they are too many;
    then neither rows nor files are left. Not to be called inside a transaction.
    """
    texts = [*alt_texts, *[""] * (len(images) - len(alt_texts))]
    received = receive_photos(images, field="images", check=check_media)
    with received as photos, transaction.atomic():
        post = _lock_draft(post, editor)
        pictures = _pictures(post)
        if len(pictures) + len(photos) > settings.MEDIA_MAX_COUNT:
            message = f"A post has at most {settings.MEDIA_MAX_COUNT} pictures."
            raise Invalid(message, fields={"images": [message]})
        added = [
            add_media(owner=editor, photo=photo, alt_text=text, access=Media.Access.SIGNED)
            for photo, text in zip(photos, texts, strict=True)
        ]
        _place(post, added, first=len(pictures))
        write(post, publish_error="", type=kind_still(post, [*pictures, *added]))
        announce(PicturesAdded(post_id=post.pk))


@transaction.atomic
def describe_picture(*, post: Post, editor: User, media_id: int, alt_text: str) -> None:
    """Say what one picture of a draft shows. Raises as `remove_picture`, but `LastPicture`."""
    post = _lock_draft(post, editor)
    set_alt_text(_picture(post, media_id), alt_text)
    write(post)


@transaction.atomic
def remove_picture(*, post: Post, editor: User, media_id: int) -> None:
    """Delete one picture of a draft; the others move up.

    Raises `NotYours`, `NotADraft`, `LastPicture`, and `Missing` without such a picture in it.
    """
    post = _lock_draft(post, editor)
    gone = _picture(post, media_id)
    edit_draft(post, {"media": [each.pk for each in _pictures(post) if each != gone]})


def _lock_draft(post: Post, editor: User) -> Post:
    held = lock_own(post, editor)
    if held.state != Post.State.DRAFT:
        raise NotADraft
    return held


def _pictures(post: Post) -> list[Media]:
    return list(Media.objects.filter(place__post=post).order_by("place__position"))


def _picture(post: Post, media_id: int) -> Media:
    found = Media.objects.filter(place__post=post, pk=media_id).first()
    if found is None:
        raise Missing
    return found


def _arrange(post: Post, former: Sequence[Media], media_ids: Sequence[int]) -> list[Media]:
    """Let a draft have exactly these pictures, in this order."""
    kept = {media.pk for media in former}
    pictures = take_media(owner=post.author, media_ids=media_ids, field="media", kept=kept)
    delete_media(kept - set(media_ids))
    PostMedia.objects.filter(post=post).delete()
    _place(post, pictures, first=0)
    if added := set(media_ids) - kept:
        set_access(added, Media.Access.SIGNED)
        announce(PicturesAdded(post_id=post.pk))
    return pictures


def _place(post: Post, pictures: Iterable[Media], *, first: int) -> None:
    PostMedia.objects.bulk_create(
        PostMedia(post=post, media=media, position=position)
        for position, media in enumerate(pictures, start=first)
    )


def _describe(pictures: Sequence[Media], texts: Sequence[str]) -> None:
    if len(texts) != len(pictures):
        message = f"One for each of the {len(pictures)} pictures, please."
        raise Invalid(message, fields={"alt_texts": [message]})
    for media, text in zip(pictures, texts, strict=True):
        if media.alt_text != text:
            set_alt_text(media, text)
