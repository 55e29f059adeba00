"""Pictures that were uploaded on their own, taken by a row that shows them."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from common.errors import Invalid
from media.models import Media

if TYPE_CHECKING:
    from users.models import User

_TWICE = "This picture is named before already."
_NOT_FREE = "There is no picture of yours with this id that is free."
_FAILED = "This picture could not be processed. Please upload it again."


@transaction.atomic
def take_media(
    *, owner: "User", media_ids: Sequence[int], field: str, kept: Collection[int] = ()
) -> list[Media]:
    """Hold pictures of `owner` that nothing shows yet, in this order, for rows that will.

    Nobody else takes them, and no sweep, until the transaction ends. Raises `Invalid`, which names
    each that is somebody else's, used, failed or named twice: `media.2` is the third. Those in
    `kept` the caller shows already: they may be used and failed.
    """
    rows = Media.objects.filter(pk__in=media_ids, owner=owner).order_by("pk").select_for_update()
    held = {media.pk: media for media in rows}
    free = set(Media.objects.unattached().filter(pk__in=held).values_list("pk", flat=True))
    wrong: dict[str, list[str]] = {}
    for place, media_id in enumerate(media_ids):
        if media_id in media_ids[:place]:
            wrong[f"{field}.{place}"] = [_TWICE]
        elif media_id in kept and media_id in held:
            continue
        elif media_id not in free:
            wrong[f"{field}.{place}"] = [_NOT_FREE]
        elif held[media_id].state == Media.State.FAILED:
            wrong[f"{field}.{place}"] = [_FAILED]
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
    return [held[media_id] for media_id in media_ids]
