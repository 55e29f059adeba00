"""New passwords. Each ends every session that the old one opened, in the same transaction."""

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from common.errors import Invalid
from events.actions import announce
from users import tokens
from users.actions.sessions import Device, end_sessions, open_session
from users.events import PasswordChanged, PasswordResetRequested
from users.models import User

NOBODY = 0


class WrongPassword(Invalid):
    code = "wrong_password"
    detail = "That is not your password."


def check_new_password(password: str, user: User, *, field: str = "password") -> None:
    """Raise `Invalid` with the validators' reasons unless `password` is good enough for `user`."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(error.messages[0], fields={field: error.messages}) from None


def confirm_password(user: User, password: str, *, field: str = "password") -> str:
    """The stored hash that `password` matches. Raises `WrongPassword`."""
    stored: str = User.objects.values_list("password", flat=True).get(pk=user.pk)
    if not check_password(password, stored):
        raise WrongPassword(fields={field: [WrongPassword.detail]})
    return stored


@transaction.atomic
def request_reset(*, email: str) -> None:
    """Have a link sent to whoever has this address.

    For an address that nobody has the same is written, for nobody: a stranger can tell the
    two apart neither by the answer nor by its time.
    """
    found = User.objects.active().called(email).values_list("pk", flat=True).first()
    announce(PasswordResetRequested(user_id=found or NOBODY))


def reset_password(*, token: str, password: str) -> None:
    """Set a new password by the token of a letter, once. Raises `InvalidLink`, `Invalid`.

    It also proves the address: the letter was read there.
    """
    user = User.objects.active().filter(pk=tokens.owner_of_reset(token)).first()
    if user is None or not tokens.is_good_reset(user, token):
        raise tokens.InvalidLink
    check_new_password(password, user)
    if not _replace(user, stored=user.password, password=password, proves_address=True):
        raise tokens.InvalidLink


def change_password(
    *, user: User, old_password: str, new_password: str, device: Device
) -> dict[str, str]:
    """Set a new password and sign every device out; gives this one a new `{access, refresh}`.

    Raises `WrongPassword`, and `Invalid` when the new one is too weak.
    """
    stored = confirm_password(user, old_password, field="old_password")
    check_new_password(new_password, user, field="new_password")
    with transaction.atomic():
        if not _replace(user, stored=stored, password=new_password):
            raise WrongPassword(fields={"old_password": [WrongPassword.detail]})
        return open_session(user_id=user.pk, device=device)


def set_password(*, user: User, password: str) -> None:
    """Set a new password without the old one: for the one who runs the server. Raises `Invalid`."""
    check_new_password(password, user)
    if not _replace(user, stored=user.password, password=password):
        raise Invalid("The account is closed, or its password has just been changed.")


@transaction.atomic
def _replace(user: User, *, stored: str, password: str, proves_address: bool = False) -> bool:
    """Put `password` in the place of `stored`; False when another has taken it meanwhile."""
    people = User.objects.active().filter(pk=user.pk, password=stored)
    if not people.update(password=make_password(password)):
        return False
    if proves_address:
        verified = Coalesce("email_verified_at", Now())
        User.objects.filter(pk=user.pk).update(email_verified_at=verified)
    end_sessions(user_id=user.pk)
    announce(PasswordChanged(user_id=user.pk))
    return True
