"""Proving an e-mail address by a code before there is an account (L1)."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from common.errors import Invalid, Refusal
from events.actions import announce
from instance.models import Site
from users import tokens
from users.events import CodeRequested
from users.models import SignUp, User


class RegistrationsClosed(Refusal):
    code = "registrations_closed"
    status = 403
    detail = "This server takes no new members at present."


class WrongCode(Invalid):
    """Not the code, or too late, or too often tried, or never asked for: all alike."""

    code: ClassVar[str] = "code_not_valid"
    detail = "This code is wrong or has expired. Please check it, or ask for a new one."


def check_registrations() -> None:
    """Raise `RegistrationsClosed` unless this site takes new people."""
    if not Site.objects.stored().registrations_open:
        raise RegistrationsClosed


@transaction.atomic
def request_code(*, email: str) -> None:
    """Have a new code sent to `email`; earlier ones end. Raises `RegistrationsClosed`.

    The same is written whether somebody has the address or not: only its reader is told.
    """
    check_registrations()
    email = User.objects.normalize_email(email)
    row, _ = SignUp.objects.update_or_create(
        address=email.lower(),
        defaults={
            "email": email,
            "secret": secrets.token_hex(32),
            "tries_left": settings.CODE_TRIES,
            "expires_at": timezone.now() + timedelta(minutes=settings.CODE_MINUTES),
            "proved_at": None,
        },
    )
    announce(CodeRequested(sign_up_id=row.pk))


def prove_address(*, email: str, code: str) -> str:
    """A ticket for `register_user`, for whoever has the code of `email`. Raises `WrongCode`.

    Every wrong code costs one of `settings.CODE_TRIES`, also when many are sent at once: a try
    is taken before the code is looked at, and given back when it was the right one.
    """
    rows = SignUp.objects.live().filter(address=User.objects.normalize_email(email).lower())
    taken = rows.filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
    row = rows.first() if taken else None
    if row is None or not constant_time_compare(tokens.code_of(row), code):
        raise WrongCode(fields={"code": [WrongCode.detail]})
    SignUp.objects.filter(pk=row.pk, secret=row.secret).update(
        proved_at=Coalesce("proved_at", Now()), tries_left=F("tries_left") + 1
    )
    return tokens.for_sign_up(row)


def proved(ticket: str) -> SignUp:
    """Whose address a ticket proves, while its code lives. Raises `InvalidTicket`."""
    sign_up_id, secret = tokens.read_sign_up(ticket)
    row = SignUp.objects.live().filter(pk=sign_up_id, proved_at__isnull=False).first()
    if row is None or not constant_time_compare(row.secret, secret):
        raise tokens.InvalidTicket
    return row


def spend(row: SignUp) -> None:
    """Use the proof up, in the transaction of the account. Raises `InvalidTicket` if it was."""
    spent, _ = SignUp.objects.filter(pk=row.pk, secret=row.secret).delete()
    if not spent:
        raise tokens.InvalidTicket


def forget_expired() -> None:
    """Remove what nobody went on with."""
    SignUp.objects.filter(expires_at__lt=timezone.now()).delete()
