"""Waiting for a picture to hang, for clients that rather wait than ask again."""

from common.waiting import wait_while
from media.models import Media
from showcase.models import Hanging


def wait_until_settled(hanging_id: int, seconds: float) -> Hanging | None:
    """The row once its picture hangs or has failed, or as it is after `seconds`.

    None when it was taken down before that.
    """
    rows = Hanging.objects.select_related("media").filter(pk=hanging_id)
    wait_while(lambda: _is_open(rows.first()), seconds)
    return rows.first()


def _is_open(row: Hanging | None) -> bool:
    return row is not None and row.is_to_come and row.media.state != Media.State.FAILED
