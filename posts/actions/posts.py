"""Creating a post, trying its pictures again, deleting it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from common.errors import Refusal
from common.idempotency import Key, KeyReused
from events.actions import announce
from media.actions.access import set_access
from media.actions.attaching import take_media
from media.actions.processing import retry_media
from media.actions.receiving import (
    ReceivedPhoto,
    add_media,
    check_media,
    receive_photos,
    set_alt_text,
)
from media.models import Media
from posts.actions.captions import keep_mentions, read_caption
from posts.actions.kinds import kind_of
from posts.actions.locks import lock_active, lock_own
from posts.actions.pictures import access_of
from posts.actions.publication import conceal, unshow, write
from posts.actions.scheduling import check_time
from posts.events import PicturesAdded, PostCreated
from posts.models import Post, PostMedia
from users.models import User


class NothingToRetry(Refusal):
    code: ClassVar[str] = "nothing_to_retry"
    detail = "This post is published already."


def create_post(
    *,
    author: User,
    images: "Sequence[UploadedFile[bytes]]" = (),
    media: Sequence[int] = (),
    alt_texts: Sequence[str] = (),
    caption: str = "",
    tags: Sequence[str] = (),
    visibility: str = Post.Visibility.PUBLIC,
    draft: bool = False,
    publish_at: datetime | None = None,
    kind: str | None = None,
    key: Key | None = None,
) -> Post:
    """Keep the pictures and make a post of them that is published once they are processed.

    Instead of `images`, `media` has the ids of pictures that the author has uploaded: raises
    `Invalid` for those that are not free, and when they make no post of the `kind` asked for. A
    `draft` is not published, or at `publish_at` alone: in the past, or without pictures, that is
    `Invalid`. With a used `key`, the post that it made. Raises `NotAPhoto`, `KeyReused`, and
    `Missing` for an author who was hidden just now; then neither rows nor files are left. Not to be
    called inside a transaction.
    """
    if made := _made_before(author, key):
        return made
    texts = [*alt_texts, *[""] * (len(images) + len(media) - len(alt_texts))]
    post = Post(author=author, caption=caption, tags=list(tags), visibility=visibility)
    if draft or publish_at is not None:
        post.state, post.publish_at = Post.State.DRAFT, publish_at
    received = receive_photos(images, field="images", check=check_media)
    with received as photos, transaction.atomic():
        return _create(post, photos, media, texts, kind, key)


def _made_before(author: User, key: Key | None) -> Post | None:
    """What `key` has made. Raises `KeyReused` when that was something else, or is gone."""
    if key is None:
        return None
    made = Post.objects.filter(author=author, idempotency_key=key.text).first()
    if made and (made.is_gone or made.idempotency_fingerprint != key.fingerprint):
        raise KeyReused
    return made


def _create(
    post: Post,
    photos: Sequence[ReceivedPhoto],
    media_ids: Sequence[int],
    texts: Sequence[str],
    kind: str | None,
    key: Key | None,
) -> Post:
    author = lock_active(post.author)  # whoever sends the same key at the same time waits here
    if made := _made_before(author, key):
        return made
    check_time(post.publish_at, pictures=len(photos) + len(media_ids))
    if key is not None:
        post.idempotency_key, post.idempotency_fingerprint = key.text, key.fingerprint
    reading = read_caption(author, post.caption, post.tags)
    post.sent_tags, post.tags, post.entities = post.tags, reading.tags, reading.entities
    access = access_of(post, author)
    pictures = (
        _take(author, media_ids, texts, access)
        if media_ids
        else [
            add_media(owner=author, photo=photo, alt_text=text, access=access)
            for photo, text in zip(photos, texts, strict=True)
        ]
    )
    post.type = kind_of(pictures, kind)
    post.save(force_insert=True)
    keep_mentions(post, reading)
    PostMedia.objects.bulk_create(
        PostMedia(post=post, media=media, position=position)
        for position, media in enumerate(pictures)
    )
    is_draft = post.state == Post.State.DRAFT
    announce(PicturesAdded(post_id=post.pk) if is_draft else PostCreated(post_id=post.pk))
    return post


def _take(author: User, media_ids: Sequence[int], texts: Sequence[str], access: str) -> list[Media]:
    """Pictures that were uploaded on their own, for a new post. Holds: the author's row."""
    taken = take_media(owner=author, media_ids=media_ids, field="media")
    for media, text in zip(taken, texts, strict=True):
        if text:
            set_alt_text(media, text)
    set_access(media_ids, access)
    return taken


@transaction.atomic
def retry_post(*, post: Post, editor: User) -> None:
    """Process the pictures that failed once more; a no-op while the post is being processed.

    A draft stays one. Raises `NotYours`, `NothingToRetry` when it is published.
    """
    post = lock_own(post, editor)
    if post.state == Post.State.PUBLISHED:
        raise NothingToRetry
    if post.state == Post.State.PROCESSING:
        return
    for media in Media.objects.filter(place__post=post, state=Media.State.FAILED):
        retry_media(media)
    if post.state == Post.State.DRAFT:
        write(post, publish_error="")
        announce(PicturesAdded(post_id=post.pk))
        return
    write(post, state=Post.State.PROCESSING)
    announce(PostCreated(post_id=post.pk))


@transaction.atomic
def delete_post(*, post: Post, editor: User) -> None:
    """Take a post away from everyone but moderators, until it is purged.

    Raises `NotYours`, and `Missing` when it is gone already.
    """
    post = lock_own(post, editor)
    if post.is_shown:
        unshow(post)
    write(post, deleted_at=timezone.now())
    conceal(post)
