"""An account from registration to its purge."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from common.errors import Invalid
from events.actions import announce
from media.actions.access import set_access
from media.actions.deleting import delete_media
from media.actions.receiving import check_photo, receive_photos
from media.models import Media
from users import reposts, timelines, tokens
from users.actions import sign_up
from users.actions.avatars import hang_later, take_down
from users.actions.passwords import check_new_password, confirm_password
from users.actions.relationships import leave_counts, lock_with_partners
from users.actions.sessions import end_sessions
from users.events import (
    EmailChanged,
    EmailChangeRequested,
    UserChanged,
    UserDeleted,
    UserPurged,
    UserRegistered,
)
from users.models import User

_TAKEN = {
    "username": "Somebody has this name already.",
    "email": "Somebody is registered with this address already.",
}
_ON_CARDS = {"username", "name", "is_private"}  # what lists show, or who may see it


class Taken(Invalid):
    code = "taken"

    def __init__(self, *names: str) -> None:
        super().__init__(_TAKEN[names[0]], fields={name: [_TAKEN[name]] for name in names})


def register_user(
    *, username: str, password: str, email: str | None = None, ticket: str = ""
) -> User:
    """Create an account, of an address that is yet to be proved or of one that a ticket proves.

    Without either no letter is ever sent, until its owner adds an address. Raises
    `RegistrationsClosed`, `Taken`, `InvalidTicket`, or `Invalid` for the password; a refusal
    leaves the ticket good. The database decides whose name it is, whatever the case.
    """
    sign_up.check_registrations()
    proof = sign_up.proved(ticket) if ticket else None
    user = User(username=username, email=User.objects.normalize_email(email) or None)
    if proof is not None:
        user.email, user.email_verified_at = proof.email, proof.proved_at
    check_new_password(password, user)
    user.password = make_password(password)
    try:
        with transaction.atomic():
            if proof is not None:
                sign_up.spend(proof)
            user.save(force_insert=True)
            announce(UserRegistered(user_id=user.pk))
    except IntegrityError as error:
        raise _taken(user) from error
    user.refresh_from_db()
    return user


def _taken(user: User) -> Taken:
    """Which of name and address somebody else has."""
    others = User.objects.exclude(pk=user.pk)
    names = [
        name
        for name, people in (
            ("username", others.named(user.username)),
            ("email", others.called(user.email or "")),
        )
        if people.exists()
    ]
    return Taken(*names or ["username"])  # neither: freed since, so that trying again will do


def confirm_address(token: str) -> None:
    """Believe that an account's mail is read at the address of a token, and move it there.

    Raises `InvalidLink`, and `Taken` when somebody else has registered the address since.
    Twice is as good as once. A new password stops a move that was asked for under the old one:
    whoever wins an account back by it need not know what a thief had asked for.
    """
    proof = tokens.read_address(token)
    people = User.objects.active().filter(pk=proof.user_id)
    with transaction.atomic():
        user = people.select_for_update(no_key=True).first()
        if user is not None and user.email == proof.email:
            people.update(email_verified_at=Coalesce("email_verified_at", Now()))
        elif user is not None and tokens.may_move(user, proof):
            _move(user, proof.email)
        else:
            raise tokens.InvalidLink


def _move(user: User, email: str) -> None:
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email, email_verified_at=Now())
    except IntegrityError as error:
        raise Taken("email") from error
    announce(EmailChanged(user_id=user.pk, former_email=user.email or ""))


@transaction.atomic
def request_email_change(*, user: User, email: str, password: str) -> None:
    """Have a link sent to a new address, or again to the present one. Raises `WrongPassword`.

    Whether somebody else has the address is told to its reader alone, by the link.
    """
    confirm_password(user, password)
    email = User.objects.normalize_email(email)
    announce(EmailChangeRequested(user_id=user.pk, email=email))


def change_profile(*, user: User, changes: Mapping[str, Any]) -> None:
    """Set the fields of `ProfileWrite` that are in `changes`. Raises `Taken`, `NotAPhoto`.

    An `avatar` of None takes the picture down; a new one hangs as soon as it is prepared.
    """
    avatar = changes.get("avatar")
    if avatar is None:
        with transaction.atomic():
            now = _change(user, changes)
            if "avatar" in changes:
                take_down(now)
        return
    check_photo(avatar, field="avatar")
    with receive_photos([avatar], field="avatar") as (photo,), transaction.atomic():
        hang_later(_change(user, changes), photo)


def _change(user: User, changes: Mapping[str, Any]) -> User:
    """Write the columns that differ; the row as it was, held until the transaction ends."""
    now: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    columns = {
        name: value
        for name, value in changes.items()
        if name != "avatar" and value != getattr(now, name)
    }
    shown = bool(_ON_CARDS & columns.keys())
    if columns:
        _set(now, {**columns, "revision": F("revision") + int(shown)})
    if columns.get("is_private"):
        _close_pictures(now)
    if shown:
        announce(UserChanged(user_id=now.pk))
    return now


def _close_pictures(user: User) -> None:
    """Let nothing of a private account be public but its avatar. Holds: the user's row."""
    avatars = [pk for pk in (user.avatar_id, user.next_avatar_id) if pk is not None]
    public = Media.objects.filter(owner=user, access=Media.Access.PUBLIC).exclude(pk__in=avatars)
    set_access(public.values_list("pk", flat=True), Media.Access.SIGNED)


def _set(user: User, columns: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(**columns)
    except IntegrityError as error:
        raise Taken("username") from error


def delete_user(*, user: User, password: str | None = None) -> None:
    """Hide an account for good and sign it out everywhere; twice changes nothing.

    Raises `WrongPassword` when one is given and is not the account's. Name and address stay
    taken until `purge_user`.
    """
    if password is not None:
        confirm_password(user, password)
    with transaction.atomic():
        now = lock_with_partners(user)
        if now.deleted_at is not None:
            return
        if now.is_active:
            leave_counts(now)
        User.objects.filter(pk=now.pk).update(deleted_at=Now())
        end_sessions(user_id=now.pk)
        announce(UserDeleted(user_id=now.pk))


def purge_user(*, user: User) -> None:
    """Remove what is left of a deleted account: rows, files, and the claim on its name.

    A no-op unless it is deleted. What others hold of it went when it was hidden; what a moderator
    did stays in the log.
    """
    with transaction.atomic():
        gone = User.objects.select_for_update().filter(pk=user.pk, deleted_at__isnull=False)
        if not gone.exists():
            return
        delete_media(Media.objects.filter(owner=user).values_list("pk", flat=True))
        timelines.withdraw_author(user.pk)
        reposts.withdraw_person(user.pk)
        timelines.forget(user.pk)
        _keep_log_of(user)
        announce(UserPurged(user_id=user.pk))  # whose id goes with its row
        user.delete()


def _keep_log_of(moderator: User) -> None:
    """Hand what somebody did as a moderator to a nameless account, which nobody can use or see."""
    log = LogEntry.objects.filter(user=moderator)
    if log.exists():
        name = f"moderator-{moderator.pk}"
        nobody = User.objects.create(
            username=name, email=f"{name}@invalid", password=make_password(None), suspended_at=Now()
        )
        log.update(user=nobody)
