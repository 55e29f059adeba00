"""Everything that changes a showcase. Its owner's row is held first, whoever changes it."""

from datetime import datetime
from typing import NoReturn

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from common.errors import Invalid
from events.actions import announce
from media.actions.access import set_access
from media.actions.deleting import conceal_media, delete_media
from media.actions.receiving import (
    NotAPhoto,
    ReceivedPhoto,
    add_media,
    check_photo,
    receive_photos,
)
from media.models import Media
from posts.actions.locks import lock_active
from showcase.events import PictureHung, PictureSent, PictureTakenDown
from showcase.models import Hanging
from showcase.sources import opened, own_photos
from users import timelines
from users.actions.accounts import Taken, register_user
from users.models import User


class NoSuchPhoto(Invalid):
    """Nobody's, somebody else's, or one of a post that is gone: all alike."""

    code = "no_such_photo"
    detail = "You have no photo with this id."


class NameTaken(Invalid):
    code = "taken"
    detail = "Somebody has this name already."


# --- Its owner -----------------------------------------------------------------------------------


def hang_picture(
    *,
    owner: User,
    place: str,
    file: "UploadedFile[bytes]",
    alt_text: str = "",
    field: str = "file",
) -> Hanging:
    """Let a photo hang in `place` once it is prepared; what hangs there stays until then.

    Of many that are sent at once the last one hangs, and the others hung before it. `field` names
    the file in a refusal. Raises `NotAPhoto`, `StoreUnavailable`, and `Missing` for an owner who
    was hidden just now; then nothing is left. Not to be called inside a transaction.
    """
    check_photo(file, field=field)
    with receive_photos([file], field=field) as (photo,), transaction.atomic():
        return _send(lock_active(owner), place, photo, alt_text)


def hang_photo(*, owner: User, place: str, media_id: int, alt_text: str | None = None) -> Hanging:
    """`hang_picture` with a copy of a photo that `owner` has here; described alike, if not anew.

    Raises as it does, and `NoSuchPhoto`.
    """
    source = _own_photo(owner, media_id)
    text = source.alt_text if alt_text is None else alt_text
    with (
        opened(source) as file,
        receive_photos([file], field="media_id") as (photo,),
        transaction.atomic(),
    ):
        held = lock_active(owner)
        _own_photo(held, media_id)  # nobody took it away while it was copied
        return _send(held, place, photo, text)


def _own_photo(owner: User, media_id: int) -> Media:
    found = own_photos(owner).filter(pk=media_id).first()
    if found is None:
        raise NoSuchPhoto(fields={"media_id": [NoSuchPhoto.detail]})
    return found


def _send(owner: User, place: str, photo: ReceivedPhoto, alt_text: str) -> Hanging:
    """Holds: the owner's row, so that ids tell what was sent first."""
    _drop(_to_come(owner, place).filter(media__state=Media.State.FAILED))
    media = add_media(owner=owner, photo=photo, alt_text=alt_text, access=Media.Access.SIGNED)
    sent = Hanging.objects.create(owner=owner, place=place, media=media)
    announce(PictureSent(hanging_id=sent.pk))
    return sent


@transaction.atomic
def settle_picture(*, hanging_id: int) -> None:
    """Hang a picture that is prepared, in place of the one before it.

    One that was overtaken by a later one goes to what hung before. A no-op for what hangs or hung
    already, is not ready, or is gone.
    """
    row = Hanging.objects.filter(pk=hanging_id).first()
    owner = timelines.lock_author(row.owner_id) if row else None
    if owner is None:
        return
    ready = Hanging.objects.to_come().filter(media__state=Media.State.READY)
    row = ready.filter(pk=hanging_id).first()
    if row is None:
        return
    rivals = Hanging.objects.current().filter(owner=owner, place=row.place)
    rival, now = rivals.first(), timezone.now()
    if rival is not None and rival.pk > row.pk:
        Hanging.objects.filter(pk=row.pk).update(hung_at=now, taken_down_at=now)
        return
    if rival is not None:
        now = _take_down(rival)
    Hanging.objects.filter(pk=row.pk).update(hung_at=now, sealed=owner.is_private)
    announce(PictureHung(hanging_id=row.pk))


@transaction.atomic
def clear_place(*, owner: User, place: str) -> None:
    """Take down what hangs in a place, and drop what is to come there; twice changes nothing."""
    held = lock_active(owner)
    _drop(_to_come(held, place))
    hangs = Hanging.objects.current().filter(owner=held, place=place).first()
    if hangs is not None:
        _take_down(hangs)


def refuse_failed(*, hanging: Hanging, field: str) -> NoReturn:
    """Forget a picture that could not be prepared, and say why. Raises `NotAPhoto`."""
    with transaction.atomic():
        timelines.lock_author(hanging.owner_id)
        failed = Hanging.objects.to_come().filter(media__state=Media.State.FAILED)
        _drop(failed.filter(pk=hanging.pk))
    reason = hanging.media.error
    raise NotAPhoto(reason, fields={field: [reason]})


def register(*, user: str, password: str) -> None:
    """Create an account that has no address, as threetography asks for none. Raises `Invalid`."""
    try:
        register_user(email=None, username=user, password=password)
    except Taken as taken:
        raise NameTaken(fields={"user": [NameTaken.detail]}) from taken


@transaction.atomic
def seal_showcase(*, owner_id: int) -> None:
    """End the URLs that were everybody's, of an account that is private now; twice is a no-op.

    The files move to names for which nobody has a signature. Opening the account unseals it.
    """
    owner = timelines.lock_author(owner_id)
    rows = Hanging.objects.current().filter(owner=owner_id)
    if owner is None or not owner.is_private:
        rows.filter(sealed=True).update(sealed=False)
        return
    found = dict(rows.filter(sealed=False).values_list("pk", "media_id"))
    set_access(found.values(), Media.Access.SIGNED, anew=True)
    rows.filter(pk__in=found).update(sealed=True)


# --- Moderators ----------------------------------------------------------------------------------


@transaction.atomic
def hide_picture(*, hanging: Hanging, moderator: User, reason: str) -> None:
    """Take a picture away from everyone but moderators, its owner too; twice changes nothing.

    Its URLs die as soon as its files are gone, whoever kept one.
    """
    held = _hold(hanging)
    if held is None or held.hidden_at is not None or held.is_to_come:
        return
    if held.taken_down_at is None:
        _take_down(held)
    Hanging.objects.filter(pk=held.pk).update(hidden_at=timezone.now())
    conceal_media([held.media_id])
    _log(moderator, held, f"Hidden: {reason}")


@transaction.atomic
def restore_picture(*, hanging: Hanging, moderator: User, reason: str) -> None:
    """Give a hidden picture back to what hung before, from where its owner may hang it again.

    Twice changes nothing. It is made anew from the original.
    """
    held = _hold(hanging)
    if held is None or held.hidden_at is None:
        return
    Hanging.objects.filter(pk=held.pk).update(hidden_at=None)
    announce(PictureSent(hanging_id=held.pk))
    _log(moderator, held, f"Restored: {reason}")


def _log(moderator: User, hanging: Hanging, message: str) -> None:
    LogEntry.objects.log_actions(
        moderator.pk, [hanging], CHANGE, change_message=message, single_object=True
    )


# --- Steps ---------------------------------------------------------------------------------------


def _hold(hanging: Hanging) -> Hanging | None:
    """The row as it is now; its owner's row is held. None when it is no more."""
    timelines.lock_author(hanging.owner_id)
    return Hanging.objects.filter(pk=hanging.pk).first()


def _to_come(owner: User, place: str) -> QuerySet[Hanging]:
    return Hanging.objects.to_come().filter(owner=owner, place=place)


def _drop(rows: QuerySet[Hanging]) -> None:
    """Delete pictures that never hung, with their files."""
    delete_media(list(rows.values_list("media_id", flat=True)))


def _take_down(hanging: Hanging) -> datetime:
    """Let a picture hang no more, but stay with its owner. When that was.

    Its files move, so that the URLs of all others end, on a bucket too.
    """
    assert hanging.hung_at is not None  # noqa: S101 (narrows the type; it hangs)
    # The clocks of two servers may differ: nothing is taken down before it was hung.
    now = max(timezone.now(), hanging.hung_at)
    Hanging.objects.filter(pk=hanging.pk).update(taken_down_at=now)
    set_access([hanging.media_id], Media.Access.SIGNED, anew=True)
    announce(PictureTakenDown(hanging_id=hanging.pk))
    return now
