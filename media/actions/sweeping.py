"""What runs by the clock, so that stores and rows agree again after whatever went wrong.

Every step is small, finds by itself what is left to do, and may be killed anywhere.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, cast

import structlog
from django.db import transaction
from django.utils import timezone

from media import images, inventory, storage, uploads
from media.actions.deleting import ABANDONED_AFTER, SWEEP_SIZE, delete_media
from media.actions.processing import keep_renditions, settle
from media.actions.videos import make_again
from media.inventory import Stretch
from media.models import Inspection, Media, Upload

log = structlog.get_logger(__name__)

INSPECT_EVERY = timedelta(days=1)
_A_FEW = 20  # orphans of which nobody has to be warned


@dataclass(frozen=True)
class Repaired:
    """How many of each were put right."""

    orphans: int = 0
    strays: int = 0
    renditions: int = 0
    refused: bool = False  # too many orphans: perhaps these are not the rows of this store

    @property
    def total(self) -> int:
        return self.orphans + self.strays + self.renditions


@transaction.atomic
def forget_uploads() -> int:
    """Delete a batch of the uploads of yesterday, with the pictures that nothing has come to show.

    How many there were. What was sent and never completed lies in loose folders, which
    `abandon_uploads` gives up.
    """
    rows = Upload.objects.to_forget(timezone.now() - ABANDONED_AFTER)
    batch = list(rows.select_for_update(skip_locked=True, of=("self",))[:SWEEP_SIZE])
    media_ids = [upload.media_id for upload in batch if upload.media_id is not None]
    # Held first and looked at then: a post may be taking one just now.
    list(Media.objects.filter(pk__in=media_ids).order_by("pk").select_for_update())
    delete_media(Media.objects.unattached().filter(pk__in=media_ids).values_list("pk", flat=True))
    Upload.objects.filter(pk__in=[upload.pk for upload in batch]).delete()
    return len(batch)


def abort_parts() -> int:
    """Give up the uploads in parts of yesterday, whoever remembers them; how many. Raises OSError.

    A bucket keeps the parts of those, unseen and paid for, until somebody does.
    """
    return uploads.abort_before(timezone.now() - ABANDONED_AFTER)


def inspect_stores(seconds: float, *, size: int = inventory.NAMES) -> None:
    """Compare and repair for about so long, from where the last run stopped; once a day at most.

    Raises OSError when a store fails; what was compared until then is not compared again.
    """
    end = time.monotonic() + seconds
    for store in inventory.STORES:
        now = timezone.now()
        mark, _ = Inspection.objects.get_or_create(store=store, defaults={"began_at": now})
        if mark.ended_at is not None:
            if mark.began_at > now - INSPECT_EVERY:
                continue
            mark.after, mark.began_at, mark.ended_at = inventory.BEGINNING, now, None
        while mark.ended_at is None and time.monotonic() < end:
            found = inventory.compare(store, mark.after, timezone.now(), size=size)
            repair(found)
            if found.until is None:
                mark.ended_at = timezone.now()
            mark.after = found.until or inventory.BEGINNING
            mark.save()


def repair(found: Stretch, *, however_many: bool = False) -> Repaired:
    """Remove what no row knows, and make again what the original is there for. Raises OSError.

    Where most folders have no row, the database is likelier to be the wrong one than all of them
    to be forgotten: nothing is removed then, unless `however_many`.
    """
    for media_id in found.lost:
        log.error("media.original_lost", media=media_id)
    refused = not however_many and len(found.orphans) > max(_A_FEW, found.owned)
    orphans, strays = 0, 0
    if refused:
        log.error("media.too_many_orphans", store=found.store, orphans=len(found.orphans))
    else:
        orphans = sum(_remove_orphan(folder) for folder in found.orphans)
        strays = sum(_remove_stray(found.store, name) for name in found.strays)
    made = sum(remake_renditions(media_id) for media_id in found.bare)
    return Repaired(orphans, strays, made, refused)


def _remove_orphan(folder: str) -> bool:
    if not inventory.is_orphan(folder):
        return False
    log.warning("media.orphan_removed", folder=folder)
    storage.remove(folder)
    return True


def _remove_stray(store: str, name: str) -> bool:
    log.warning("media.stray_removed", store=store, name=name)
    storage.delete_names(store, [name])
    return True


def remake_renditions(media_id: int) -> bool:
    """Write the renditions of a ready picture again, under the names that its row has.

    A video is made anew in the background. False when that cannot be done: there is no good
    original. Raises OSError when a store fails.
    """
    media = Media.objects.filter(pk=media_id, state=Media.State.READY).first()
    if media is None:
        return False
    if media.type == Media.Type.VIDEO:
        make_again(media)
        return True
    try:
        with storage.open_original(media.original) as file:
            made = images.process(
                cast("BinaryIO", file),
                sizes=[int(side) for side in media.renditions],
                max_pixels=media.width * media.height,
            )
    except (FileNotFoundError, MemoryError, images.UnusablePhoto):
        log.exception("media.not_remade", media=media_id)
        return False
    names = keep_renditions(media, made)
    settle(media)  # it may have gone, or moved, in the meantime
    return bool(names == media.renditions)
