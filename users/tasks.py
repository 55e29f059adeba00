"""Background work on people: letters, pictures, and what runs by the clock."""

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from events.events import subscriber
from media.actions.deleting import conceal_media
from media.actions.processing import process_media
from media.models import Media
from users import letters, reposts, timelines, tokens
from users.actions import accounts, avatars, relationships, sessions, sign_up
from users.models import SignUp, User

log = structlog.get_logger(__name__)
PURGE_SIZE = 100  # accounts a run
CONCEAL_SIZE = 100  # pictures a transaction


def _somebody(user_id: int) -> User | None:
    found: User | None = User.objects.active().filter(pk=user_id).first()
    return found


@subscriber(atomic=False)
def send_welcome(*, user_id: int) -> None:
    user = _somebody(user_id)
    if user and user.email:
        letters.send_welcome(user, token=tokens.for_address(user, user.email))


@subscriber(atomic=False)
def send_code(*, sign_up_id: int) -> None:
    """The code to whoever reads the address; to somebody who is a member, that they are."""
    row = SignUp.objects.live().filter(pk=sign_up_id).first()
    if row is None:
        return
    if User.objects.called(row.email).exists():
        letters.send_known_already(email=row.email)
    else:
        letters.send_code(email=row.email, code=tokens.code_of(row))


@subscriber(atomic=False)
def send_reset(*, user_id: int) -> None:
    if user := _somebody(user_id):
        letters.send_reset(user, token=tokens.for_reset(user))


@subscriber(atomic=False)
def send_password_changed(*, user_id: int) -> None:
    if user := _somebody(user_id):
        letters.send_password_changed(user)


@subscriber(atomic=False)
def send_address_confirmation(*, user_id: int, email: str) -> None:
    if user := _somebody(user_id):
        token = tokens.for_address(user, email)
        letters.send_address_confirmation(user, email=email, token=token)


@subscriber(atomic=False)
def send_address_changed(*, user_id: int, former_email: str) -> None:
    if user := _somebody(user_id):
        letters.send_address_changed(user, former_email=former_email)


@subscriber(atomic=False, queue="media")
def prepare_avatar(*, user_id: int, media_id: int) -> None:
    """Make the renditions and hang the picture, unless another was sent since."""
    process_media(media_id)
    avatars.hang_avatar(user_id=user_id, media_id=media_id)


@subscriber(atomic=False)
def accept_waiting_followers(*, user_id: int) -> None:
    """An account that is open now has no use for requests: who asked, follows."""
    user = _somebody(user_id)
    if user and not user.is_private:
        relationships.accept_all_requests(owner=user)


@subscriber(atomic=False, queue="media")
def conceal_pictures(*, user_id: int) -> None:
    """Take a deleted person's pictures out of the stores."""
    there = Media.objects.with_renditions().filter(owner=user_id)
    while batch := list(there.values_list("pk", flat=True)[:CONCEAL_SIZE]):
        conceal_media(batch)


@subscriber
def withdraw_author(*, user_id: int) -> None:
    """Take a deleted person's posts and reposts out of every timeline.

    Readers hide them until then.
    """
    timelines.withdraw_author(user_id)
    reposts.withdraw_person(user_id)


@shared_task(ignore_result=True, expires=3600)
def purge_people() -> None:
    """Remove what is left of accounts that were deleted `settings.PURGE_AFTER_DAYS` ago."""
    before = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
    for user in User.objects.filter(deleted_at__lt=before).order_by("deleted_at")[:PURGE_SIZE]:
        try:
            accounts.purge_user(user=user)
        except Exception:  # one account that cannot go keeps nobody else
            log.exception("purge.failed", user=user.pk)


@shared_task(ignore_result=True, expires=3600)
def purge_sessions() -> None:
    """Forget sessions that have ended, and codes that nobody used."""
    sessions.purge_sessions()
    sign_up.forget_expired()
