"""Whose rows are held, in the one order of the house: people by id, posts by id, then the rest.

What is read under a lock stays true until the transaction ends.
"""

from typing import ClassVar

from django.db.models import JSONField

from common.errors import Missing, Refusal
from common.statements import Statement
from posts.models import Post
from users import timelines
from users.models import PERSON_COLUMNS, User


class NotYours(Refusal):
    """Somebody who may see it wants to change what belongs to another."""

    code: ClassVar[str] = "permission_denied"
    status: ClassVar[int] = 403
    detail = "Only its author may do that."


class NotPublished(Refusal):
    """One's own post, which others cannot see yet."""

    code: ClassVar[str] = "not_published"
    detail = "This post is not published yet."


# The two that nearly every write begins with are compiled once: `visible_to` costs a millisecond,
# and on a post that many people react to, the others wait for it.
_PERSON = Statement(
    lambda user_id: (
        User.objects.active()
        .filter(pk=user_id)
        .only(*PERSON_COLUMNS)
        .select_for_update(no_key=True)
    ),
    user_id=7_777_777_777_777_777_771,
)
_POST_COLUMNS = [
    each.attname
    for each in Post._meta.concrete_fields  # noqa: SLF001 (documented by Django)
    if not isinstance(each, JSONField)  # which comes as bytes
]
_POST = Statement(
    lambda post_id, viewer_id: (
        Post.objects.visible_to(User(pk=viewer_id))
        .filter(pk=post_id)
        .only(*_POST_COLUMNS)
        .select_for_update(no_key=True, of=("self",))
    ),
    post_id=7_777_777_777_777_777_772,
    viewer_id=7_777_777_777_777_777_771,
)


def lock_active(person: User) -> User:
    """Hold the row of somebody who acts; `Missing` when they have been hidden meanwhile."""
    rows = _PERSON.run(user_id=person.pk)
    if not rows:
        raise Missing
    return User.from_db("default", PERSON_COLUMNS, rows[0])


def lock_post(post: Post) -> Post:
    """Hold the author's row and then the post's, which is returned as it is now.

    For whatever moves a post in and out of timelines and counts, or writes a card anew.
    Raises `Missing` when it is no more.
    """
    timelines.lock_author(post.author_id)
    held = Post.objects.select_for_update(no_key=True).filter(pk=post.pk).first()
    if held is None:
        raise Missing
    return held


def lock_own(post: Post, editor: User) -> Post:
    """`lock_post` for its author. Raises `NotYours`, and `Missing` when it is gone."""
    if post.author_id != editor.pk:
        raise NotYours
    held = lock_post(post)
    if held.is_gone:
        raise Missing
    return held


def lock_visible(post: Post, viewer: User) -> Post:
    """Hold the row of a published post that `viewer` may see: for what counts on it.

    The viewer's own row, if it is needed, is locked before. Raises `Missing`, `NotPublished`.
    """
    rows = _POST.run(post_id=post.pk, viewer_id=viewer.pk)
    if not rows:
        raise Missing
    held = Post.from_db("default", _POST_COLUMNS, rows[0])
    if held.state != Post.State.PUBLISHED:
        raise NotPublished
    return held


def lock_authors(post_ids: list[int]) -> None:
    """Hold the rows of those who wrote any of these posts, in the order of their ids."""
    authors = Post.objects.filter(pk__in=post_ids).values("author_id")
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=authors)
    list(rows.order_by("pk").values_list("pk", flat=True))


def lock_posts(post_ids: list[int]) -> None:
    """Hold the rows of many posts, in the order of their ids."""
    rows = Post.objects.select_for_update(no_key=True).filter(pk__in=post_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))
