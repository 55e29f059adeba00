"""Who is a moderator. Written down: in the log, or on the server's own command line."""

import structlog
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from common.errors import Missing, Refusal
from events.actions import announce
from users.events import UserChanged
from users.models import User

log = structlog.get_logger(__name__)


class MayNotAppoint(Refusal):
    """Somebody who is no administrator, or an administrator who would dismiss themself."""

    code = "may_not_appoint"
    status = 403
    detail = "Only another administrator can do that."


def appoint_moderator(*, user: User, by: User | None = None, reason: str = "") -> None:
    """Let `user` into the admin, to moderate; twice changes nothing.

    `by` is an administrator, or None for whoever has the server itself. Raises
    `MayNotAppoint`, and `Missing` for an account that is suspended or deleted.
    """
    if not user.is_active:
        raise Missing
    _set(user, True, by, f"Made a moderator: {reason}")


def dismiss_moderator(*, user: User, by: User | None = None, reason: str = "") -> None:
    """Undo `appoint_moderator`, at once; an administrator becomes a plain person. Twice is fine."""
    if by is not None and by.pk == user.pk:
        raise MayNotAppoint
    _set(user, False, by, f"No moderator any more: {reason}")


@transaction.atomic
def note_administrator(*, username: str) -> None:
    """Tell of an account that was made on the server's own command line; nobody writes to it.

    A no-op when there is none of that name.
    """
    user: User | None = User.objects.named(username).first()
    if user is not None:
        announce(UserChanged(user_id=user.pk))


@transaction.atomic
def _set(user: User, is_staff: bool, by: User | None, message: str) -> None:
    if by is not None and not by.is_superuser:
        raise MayNotAppoint
    columns = {"is_staff": is_staff} if is_staff else {"is_staff": False, "is_superuser": False}
    changed = User.objects.filter(pk=user.pk, is_staff=not is_staff).update(**columns)
    if not changed:
        return
    log.info("staff.changed", user=user.pk, is_staff=is_staff, by=by and by.pk)
    if by is not None:
        LogEntry.objects.log_actions(
            by.pk, [user], CHANGE, change_message=message, single_object=True
        )
