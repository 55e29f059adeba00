"""Suspending people and lifting it, each in the moderators' log with its reason."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models.functions import Now

from common.errors import Refusal
from events.actions import announce
from users.actions.relationships import leave_counts, lock_with_partners, return_to_counts
from users.actions.sessions import end_sessions
from users.events import UserRestored, UserSuspended
from users.models import User


class MayNotModerate(Refusal):
    """Oneself, or somebody who outranks the moderator."""

    code = "may_not_moderate"
    status = 403
    detail = "You cannot suspend this account."


@transaction.atomic
def suspend_user(*, user: User, moderator: User, reason: str) -> None:
    """Hide an account from everyone and sign it out; twice changes nothing.

    Raises `MayNotModerate` for oneself and for an administrator whom no administrator suspends.
    """
    if user.pk == moderator.pk or (user.is_superuser and not moderator.is_superuser):
        raise MayNotModerate
    now = lock_with_partners(user)
    if now.suspended_at is not None:
        return
    if now.is_active:
        leave_counts(now)
    User.objects.filter(pk=now.pk).update(suspended_at=Now())
    end_sessions(user_id=now.pk)
    _log(moderator, now, f"Suspended: {reason}")
    announce(UserSuspended(user_id=now.pk))


@transaction.atomic
def lift_suspension(*, user: User, moderator: User, reason: str) -> None:
    """Undo `suspend_user`; the person signs in anew. Twice changes nothing."""
    now = lock_with_partners(user)
    if now.suspended_at is None:
        return
    User.objects.filter(pk=now.pk).update(suspended_at=None)
    if now.deleted_at is None:
        return_to_counts(now)
    _log(moderator, now, f"Suspension lifted: {reason}")
    announce(UserRestored(user_id=now.pk))


def _log(moderator: User, user: User, message: str) -> None:
    LogEntry.objects.log_actions(
        moderator.pk, [user], CHANGE, change_message=message, single_object=True
    )
