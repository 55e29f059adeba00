"""From draft to processing, by hand or at its time.

A draft whose `publish_at` has come is due, until it is published or cannot be: its row says so, and
whoever finds it lets it go on. It leaves `draft` under the lock of its row, hence once, whoever
comes at the same moment; from there on it goes the way of every post (`publication`).
"""

from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from common.errors import Invalid, Missing, Refusal
from media.actions.access import set_access
from media.models import Media
from posts.actions.locks import lock_own, lock_post
from posts.actions.pictures import access_of
from posts.actions.publication import publish_post, write
from posts.models import Post
from users.models import User

_REASON_LENGTH = 300  # characters; the column's width
_PAST = "This time is over. Please name one that is to come."
_BARE = "A post needs a picture before it can be scheduled."


class NotReady(Refusal):
    """A draft that cannot be published as it is; it stays as it was."""

    code: ClassVar[str] = "not_ready"
    detail = "It has no picture."


def check_time(publish_at: datetime | None, *, pictures: int) -> None:
    """Raises `Invalid` unless a draft with so many pictures can be scheduled for then, or never."""
    if publish_at is None:
        return
    problem = _PAST if publish_at <= timezone.now() else "" if pictures else _BARE
    if problem:
        raise Invalid(problem, fields={"publish_at": [problem]})


@transaction.atomic
def publish_draft(*, post: Post, editor: User) -> None:
    """Let a draft be published now, or as soon as its pictures are ready; twice is once.

    A no-op for what is no draft any more. Raises `NotYours`, `Missing`, `NotReady`.
    """
    post = lock_own(post, editor)
    if post.state != Post.State.DRAFT:
        return
    if reason := _what_hinders(post):
        raise NotReady(reason)
    now = timezone.now()
    if post.publish_at is None or post.publish_at > now:
        write(post, publish_at=now, publish_error="")
    _go_on(post)


def publish_if_due(post_id: int) -> None:
    """Let a draft whose time has come go on; a no-op in every other case, and the second time.

    One that cannot be published stays a draft, without a time and with the reason.
    """
    post = Post.objects.due().filter(pk=post_id).first()
    if post is None:
        return
    with transaction.atomic():
        try:
            post = lock_post(post)
        except Missing:
            return
        if not Post.objects.due().filter(pk=post_id).exists():
            return
        if reason := _what_hinders(post):
            write(post, publish_at=None, publish_error=reason[:_REASON_LENGTH])
        else:
            _go_on(post)


def _what_hinders(post: Post) -> str:
    """Why a locked draft cannot be published, in words; "" when it can, or will soon."""
    if not post.author.is_active:
        return "Your account was suspended at that time."
    pictures = Media.objects.filter(place__post=post).order_by("place__position")
    states = list(pictures.values_list("state", "error"))
    for number, (state, error) in enumerate(states, start=1):
        if state == Media.State.FAILED:
            return f"Picture {number} could not be processed: {error}"
    return "" if states else NotReady.detail


def _go_on(post: Post) -> None:
    """A locked draft that is due and can be published; waits for pictures that are processed."""
    pictures = Media.objects.filter(place__post=post)
    if pictures.filter(state=Media.State.PROCESSING).exists():
        return  # whoever processes the last of them asks again
    write(post, state=Post.State.PROCESSING, publish_at=None, publish_error="")
    set_access(pictures.values_list("pk", flat=True), access_of(post, post.author))
    publish_post(post.pk)  # or once its pictures are where others can fetch them
