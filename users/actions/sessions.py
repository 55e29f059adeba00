"""Signing in, keeping signed in, and ending it. What a session's row says, holds.

`refresh_session` is one conditional UPDATE, so that of any number of parallel requests with
the same token one gets the new one.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from common.errors import Missing, Refusal
from users import tokens
from users.models import Session, User

USER_AGENT_LENGTH = 300
GRACE = timedelta(minutes=1)  # in which a cookie that was just spent still gets the next one
UNUSABLE = "!"  # a stored password that nothing matches, and that costs as much to try


class WrongCredentials(Refusal):
    """The same for a name nobody has, a wrong password and an account that is closed."""

    code = "wrong_credentials"
    status = 401
    detail = "No account has this name and this password."


@dataclass(frozen=True)
class Device:
    """What a sign-in tells of the machine that it comes from, for its owner to recognise."""

    user_agent: str = ""
    address: str | None = None


def sign_in(*, name_or_email: str, password: str, device: Device) -> dict[str, str]:
    """Open a session and give its `{access, refresh}`. Raises `WrongCredentials`.

    Always one query and one hash before the refusal, whoever is meant. The row's password
    is compared again when the session is written: a password that changes at this moment
    opens nothing.
    """
    user = User.objects.called(name_or_email).first()
    stored = user.password if user else UNUSABLE
    fresh = [stored]
    matches = check_password(password, stored, setter=lambda raw: fresh.append(make_password(raw)))
    if user is None or not matches or not user.is_active:
        raise WrongCredentials
    with transaction.atomic():
        admitted = User.objects.active().filter(pk=user.pk, password=stored)
        if not admitted.update(last_login=Now(), password=fresh[-1]):
            raise WrongCredentials
        return open_session(user_id=user.pk, device=device)


def open_session(*, user_id: int, device: Device) -> dict[str, str]:
    """A new session and its `{access, refresh}`; the caller holds the person's row."""
    session = Session.objects.create(
        user_id=user_id,
        refresh_id=tokens.new_refresh_id(),
        user_agent=device.user_agent[:USER_AGENT_LENGTH],
        address=device.address,
        expires_at=_end(),
    )
    return tokens.pair(user_id=user_id, session_id=session.pk, refresh_id=session.refresh_id)


def refresh_session(refresh: str) -> dict[str, str]:
    """Spend a refresh token for a new `{access, refresh}`. Raises `InvalidToken`.

    A token that was spent before has been copied, by its owner or by a thief: its session
    ends, whoever holds the newer one. So it does when one token is sent twice at once.
    """
    claims = tokens.read_refresh(refresh)
    replacement = tokens.new_refresh_id()
    session = Session.objects.filter(pk=claims.session_id, user_id=claims.user_id, revoked_at=None)
    # No join: PostgreSQL checks these conditions again on the row that it waited for.
    good = session.filter(refresh_id=claims.token_id, expires_at__gt=Now())
    good = good.filter(user__in=User.objects.active())
    if good.update(refresh_id=replacement, used_at=Now(), expires_at=_end()):
        return tokens.pair(
            user_id=claims.user_id, session_id=claims.session_id, refresh_id=replacement
        )
    session.exclude(refresh_id=claims.token_id).update(revoked_at=Now())
    raise tokens.InvalidToken


def renew_session(cookie: str) -> dict[str, str]:
    """Spend a browser's cookie for `{access, cookie}`. Raises `InvalidToken`.

    As above, but a page that is left while it asks loses the answer, and two tabs ask at once:
    for `GRACE` a spent cookie gets the same next one again. Later its session ends.
    """
    claims = tokens.read_browser(cookie)
    replacement = tokens.successor(claims.token_id)
    session = Session.objects.filter(pk=claims.session_id, user_id=claims.user_id, revoked_at=None)
    live = session.filter(expires_at__gt=Now(), user__in=User.objects.active())
    spent = live.filter(refresh_id=claims.token_id)
    late = live.filter(refresh_id=replacement, used_at__gt=Now() - GRACE)
    if spent.update(refresh_id=replacement, used_at=Now(), expires_at=_end()) or late.exists():
        return tokens.renewed(claims, replacement)
    session.exclude(refresh_id=claims.token_id).update(revoked_at=Now())
    raise tokens.InvalidToken


def end_session(*, user_id: int, session_id: uuid.UUID) -> None:
    """Sign one device out. `Missing` when the person never had that session; twice is fine."""
    session = Session.objects.filter(pk=session_id, user_id=user_id)
    if not session.filter(revoked_at=None).update(revoked_at=Now()) and not session.exists():
        raise Missing


def sign_out(claims: tokens.Claims) -> None:
    """End the session that a token of ours names; a no-op when it has ended."""
    Session.objects.filter(pk=claims.session_id, user_id=claims.user_id, revoked_at=None).update(
        revoked_at=Now()
    )


def end_sessions(*, user_id: int, but: uuid.UUID | None = None) -> None:
    """Sign every device of a person out, except session `but`."""
    ending = Session.objects.filter(user_id=user_id, revoked_at=None)
    if but is not None:
        ending = ending.exclude(pk=but)
    ending.update(revoked_at=Now())


def purge_sessions() -> int:
    """Delete what ended; nobody can come back with it. The number of rows."""
    ended = Q(expires_at__lt=Now()) | Q(revoked_at__isnull=False)
    deleted, _ = Session.objects.filter(ended).delete()
    return deleted


def _end() -> datetime:
    return timezone.now() + tokens.lifetime()
