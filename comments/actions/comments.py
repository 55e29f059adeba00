"""Saying something under a post or under a comment, changing it, taking it away."""

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from comments.actions import counts, pictures
from comments.actions.locks import NotYourComment, hold_present, readable
from comments.events import CommentAdded, CommentRemoved
from comments.models import Comment, CommentEdit
from common.idempotency import Key, KeyReused
from events.actions import announce
from media.actions.receiving import ReceivedPhoto
from posts.actions.locks import lock_active, lock_visible
from posts.mentioning import read
from posts.models import Post
from users.models import User


def add_comment(
    *,
    post: Post,
    author: User,
    text: str,
    parent_id: int | None = None,
    image: "UploadedFile[bytes] | None" = None,
    alt_text: str = "",
    key: Key | None = None,
) -> Comment:
    """Say something under a post, or below a comment under it, with a picture or without.

    With a `key` that has been used, the comment that it made. Raises `Missing` when `author`
    may not see the post or read the parent, `NotPublished` on one's own post, `KeyReused`, and
    what `receive_photos` raises; then nothing is left. With a picture, not to be called inside a
    transaction.
    """
    sent = _Remark(post, author, text, parent_id, key)
    if image is None:
        with transaction.atomic():
            return _add(sent)
    if made := _made_before(author, key):
        return made
    with pictures.received(image) as photo, transaction.atomic():
        return _add(sent, photo, alt_text)


@dataclass(frozen=True)
class _Remark:
    post: Post
    author: User
    text: str
    parent_id: int | None
    key: Key | None


def _add(sent: _Remark, photo: ReceivedPhoto | None = None, alt_text: str = "") -> Comment:
    author, key = lock_active(sent.author), sent.key  # who sends the same key just now waits here
    if made := _made_before(author, key):
        return made
    post = lock_visible(sent.post, author)
    below = sent.parent_id
    comment = Comment.objects.create(
        post=post,
        parent=None if below is None else readable(below, post=post, viewer=author),
        author=author,
        text=sent.text,
        entities=read(sent.text, author=author).entities,
        idempotency_key=key.text if key else None,
        idempotency_fingerprint=key.fingerprint if key else "",
    )
    if photo:
        pictures.hang(comment, photo, alt_text)
    counts.enter(comment)
    announce(CommentAdded(comment_id=comment.pk))
    return comment


def _made_before(author: User, key: Key | None) -> Comment | None:
    """What `key` has made. Raises `KeyReused` when that was something else, or is gone."""
    if key is None:
        return None
    made = Comment.objects.filter(author=author, idempotency_key=key.text).first()
    if made and (made.is_gone or made.idempotency_fingerprint != key.fingerprint):
        raise KeyReused
    return made


@transaction.atomic
def edit_comment(*, comment: Comment, editor: User, text: str) -> None:
    """Change what a comment says and keep what it said; the same text changes nothing.

    Raises `NotYourComment`, `Missing`.
    """
    if comment.author_id != editor.pk:
        raise NotYourComment
    held = hold_present(comment)
    if held.text == text:
        return
    CommentEdit.objects.create(comment=held, text=held.text)
    reading = read(text, author=editor, former=(held.text, held.entities))
    Comment.objects.filter(pk=held.pk).update(
        text=text, entities=reading.entities, edited_at=timezone.now()
    )


@transaction.atomic
def delete_comment(*, comment: Comment, deleter: User) -> None:
    """Take a comment away: for its author, the owner of the post, and moderators.

    What is below it stays. What a moderator deletes is in the moderators' log. Raises
    `NotYourComment`, `Missing`.
    """
    by_owner = deleter.pk in (comment.author_id, comment.post.author_id)
    if not by_owner and not deleter.is_staff:
        raise NotYourComment
    held = hold_present(comment)
    Comment.objects.filter(pk=held.pk).update(deleted_at=timezone.now())
    take_away(held)
    if not by_owner:
        log(deleter, held, "Deleted over the API.")


def take_away(comment: Comment) -> None:
    """A held comment is not to be seen any more, but for its place while something is below it."""
    counts.leave(comment)
    pictures.conceal(comment)
    announce(CommentRemoved(comment_id=comment.pk))


def log(moderator: User, comment: Comment, message: str) -> None:
    LogEntry.objects.log_actions(
        moderator.pk, [comment], CHANGE, change_message=message, single_object=True
    )
