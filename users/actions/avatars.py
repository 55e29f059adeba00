"""The picture of a person: the present one stays until the next is prepared."""

from django.db import transaction
from django.db.models import F

from events.actions import announce
from media.actions.deleting import delete_media
from media.actions.receiving import ReceivedPhoto, add_media
from media.models import Media
from users.events import AvatarChanged, UserChanged
from users.models import User


def hang_later(user: User, photo: ReceivedPhoto) -> None:
    """Let `photo` become the picture of `user` once it is prepared. Holds: the user's row."""
    media = add_media(owner=user, photo=photo)
    User.objects.filter(pk=user.pk).update(next_avatar=media)
    if user.next_avatar_id is not None:
        delete_media([user.next_avatar_id])
    announce(AvatarChanged(user_id=user.pk, media_id=media.pk))


def take_down(user: User) -> None:
    """Leave `user` without a picture, and without one to come. Holds: the user's row."""
    pictures = [pk for pk in (user.avatar_id, user.next_avatar_id) if pk is not None]
    if not pictures:
        return
    User.objects.filter(pk=user.pk).update(
        avatar=None, next_avatar=None, revision=F("revision") + 1
    )
    delete_media(pictures)
    announce(UserChanged(user_id=user.pk))


@transaction.atomic
def hang_avatar(*, user_id: int, media_id: int) -> None:
    """Hang a prepared picture and delete the one before it; drop one that failed.

    A no-op when another was sent since, or it hangs already.
    """
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    media = Media.objects.filter(pk=media_id).first()
    if user is None or media is None or user.next_avatar_id != media_id:
        return
    people = User.objects.filter(pk=user_id)
    if media.state == Media.State.FAILED:
        people.update(next_avatar=None)
        delete_media([media_id])
    elif media.state == Media.State.READY:
        people.update(avatar=media, next_avatar=None, revision=F("revision") + 1)
        if user.avatar_id is not None:
            delete_media([user.avatar_id])
        announce(UserChanged(user_id=user_id))
