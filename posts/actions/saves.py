"""Keeping a post for oneself, and the collections in which one keeps them.

A save is written under the lock of the post's row, so that `saves_count` always is the number of
its saves that are `counted`; what is in which collection, under the lock of the owner's row too.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from common.errors import Invalid, Missing, Refusal
from posts.actions.locks import lock_active, lock_visible
from posts.models import Collection, Post, Save
from users.models import User


class NameTaken(Invalid):
    """Another collection of the same person is called that, whatever the case."""

    code = "taken"
    detail = "You have a collection of this name already."


class TooManyCollections(Refusal):
    code = "too_many_collections"
    detail = "You have as many collections as there may be. Delete one first."


@transaction.atomic
def save_post(*, post: Post, owner: User, changes: Mapping[str, Any] | None = None) -> None:
    """Keep a post; again changes nothing, but for the `collection` in `changes`, if it is there.

    That is the id of one of the owner's, or None for none. Raises `Missing` when `owner` may
    not see the post, `NotPublished` on one's own, and `Invalid` without such a collection.
    """
    owner = lock_active(owner)
    changes = changes or {}
    collection_id = changes.get("collection")
    collection = None if collection_id is None else _own_collection(owner, collection_id)
    post = lock_visible(post, owner)
    kept, is_new = Save.objects.get_or_create(
        post=post, owner=owner, defaults={"collection": collection}
    )
    if is_new:
        _count(kept, +1)
    elif "collection" in changes and kept.collection_id != collection_id:
        _uncover(kept)
        Save.objects.filter(pk=kept.pk).update(collection=collection)


@transaction.atomic
def unsave_post(*, post: Post, owner: User) -> None:
    """Undo `save_post`; twice changes nothing. Raises as it."""
    owner = lock_active(owner)
    post = lock_visible(post, owner)
    kept = Save.objects.filter(post=post, owner=owner).first()
    if kept is None:
        return
    _uncover(kept)
    _count(kept, -1)
    kept.delete()


def _count(kept: Save, delta: int) -> None:
    if kept.counted:
        Post.objects.filter(pk=kept.post_id).update(saves_count=F("saves_count") + delta)


def _uncover(kept: Save) -> None:
    """What leaves a collection is not its cover any more."""
    covered = Collection.objects.filter(saves=kept, cover=kept.post_id)
    covered.update(cover=None)


def _own_collection(owner: User, collection_id: int) -> Collection:
    found = Collection.objects.visible_to(owner).filter(pk=collection_id).first()
    if found is None:
        message = "You have no such collection."
        raise Invalid(message, fields={"collection": [message]})
    return found


# --- Collections ---------------------------------------------------------------------------------


@transaction.atomic
def create_collection(*, owner: User, name: str) -> Collection:
    """A new collection, after all others. Raises `NameTaken`, `TooManyCollections`."""
    owner = lock_active(owner)
    position = Collection.objects.visible_to(owner).count()
    if position >= settings.COLLECTIONS_MAX_COUNT:
        raise TooManyCollections
    made = Collection(owner=owner, name=name, position=position)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise _taken() from error
    return made


@transaction.atomic
def change_collection(*, collection: Collection, owner: User, changes: Mapping[str, Any]) -> None:
    """Set `name`, `position` or `cover_post_id`, whichever is in `changes`.

    A position beyond the last is the last; the others close up. The cover is a post that is in
    the collection, or None for whatever was saved there last. Raises `Missing`, `NameTaken`,
    `Invalid` for another post.
    """
    held = _hold(collection, owner)
    if "name" in changes:
        try:
            with transaction.atomic():
                Collection.objects.filter(pk=held.pk).update(name=changes["name"])
        except IntegrityError as error:
            raise _taken() from error
    if "cover_post_id" in changes:
        _cover(held, owner, changes["cover_post_id"])
    if "position" in changes:
        _place(held, owner, changes["position"])


@transaction.atomic
def delete_collection(*, collection: Collection, owner: User) -> None:
    """Take a collection away; what is in it stays saved. Raises `Missing`."""
    held = _hold(collection, owner)
    held.delete()
    later = Collection.objects.visible_to(owner).filter(position__gt=held.position)
    later.update(position=F("position") - 1)


def _hold(collection: Collection, owner: User) -> Collection:
    """The collection as it is now; the row of `owner` is held."""
    owner = lock_active(owner)
    held = Collection.objects.visible_to(owner).filter(pk=collection.pk).first()
    if held is None:
        raise Missing
    return held


def _cover(held: Collection, owner: User, post_id: int | None) -> None:
    inside = Post.objects.visible_to(owner).saved_by(owner, held)
    if post_id is not None and not inside.filter(pk=post_id).exists():
        message = "This post is not in the collection."
        raise Invalid(message, fields={"cover_post_id": [message]})
    Collection.objects.filter(pk=held.pk).update(cover=post_id)


def _place(held: Collection, owner: User, position: int) -> None:
    own = Collection.objects.visible_to(owner)
    ids = list(own.exclude(pk=held.pk).order_by("position").values_list("pk", flat=True))
    ids.insert(position, held.pk)
    own.bulk_update(
        [Collection(pk=pk, position=place) for place, pk in enumerate(ids)], ["position"]
    )


def _taken() -> NameTaken:
    return NameTaken(fields={"name": [NameTaken.detail]})
