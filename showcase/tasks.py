"""Background work on the pictures of a showcase."""

from events.events import subscriber
from media.actions.processing import process_media
from showcase import actions
from showcase.models import Hanging


@subscriber(atomic=False, queue="media")
def hang_when_prepared(*, hanging_id: int) -> None:
    """Make the renditions of a picture that was sent, and hang it. Twice is as good as once."""
    hanging = Hanging.objects.filter(pk=hanging_id).first()
    if hanging is None:
        return
    process_media(hanging.media_id)
    actions.settle_picture(hanging_id=hanging_id)


@subscriber(queue="media")
def seal_showcase(*, user_id: int) -> None:
    """End what everybody was given to fetch the pictures of an account that is private now."""
    actions.seal_showcase(owner_id=user_id)
