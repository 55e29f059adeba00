"""Pictures that go: out of sight, for good, or because nobody ever came for them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import announce
from media import storage
from media.events import MediaConcealed, MediaDeleted, UploadsAbandoned
from media.models import LooseFolder, Media, SignedURL

ABANDONED_AFTER = timedelta(days=1)  # longer than any request or task
SWEEP_SIZE = 500  # folders


@transaction.atomic
def conceal_media(media_ids: Iterable[int]) -> None:
    """Take the renditions of pictures out of the stores, for posts and people that are gone (D10).

    The originals stay, and `process_media` brings the renditions back under other names: a URL
    that somebody kept leads nowhere, now or later. Files go after the commit.
    """
    shown = Media.objects.with_renditions().filter(pk__in=list(media_ids))
    folders: list[str] = []
    for media in shown.order_by("pk").select_for_update():
        folders += media.rendition_folders
        Media.objects.filter(pk=media.pk).update(
            state=Media.State.PROCESSING,
            renditions={},
            moved_from={},
            progress=0,
            renditions_folder=storage.new_folder(),
        )
    if folders:
        announce(MediaConcealed(folders=folders))


@transaction.atomic
def delete_media(media_ids: Iterable[int]) -> None:
    """Delete the rows now and, once that is committed, their files; unknown ids are skipped.

    The folders stay listed as loose for a day: a worker may be writing into one right now.
    """
    rows = Media.objects.filter(pk__in=list(media_ids))
    folders = [
        folder
        for media in rows.order_by("pk").select_for_update()
        for folder in {storage.folder_of(media.original), *media.rendition_folders}
    ]
    if not folders:
        return
    rows.delete()
    LooseFolder.objects.bulk_create(
        [LooseFolder(folder=each) for each in folders], ignore_conflicts=True
    )
    announce(MediaDeleted(folders=folders))


@transaction.atomic
def abandon_uploads() -> int:
    """Give up the folders that have been loose for a day; how many there were."""
    before = timezone.now() - ABANDONED_AFTER
    folders = list(
        LooseFolder.objects.since_before(before)
        .select_for_update(skip_locked=True)
        .values_list("folder", flat=True)[:SWEEP_SIZE]
    )
    if folders:
        LooseFolder.objects.filter(folder__in=folders).delete()
        announce(UploadsAbandoned(folders=folders))
    return len(folders)


def forget_signed_urls() -> int:
    """Delete a batch of what nobody can use any more; how many there were."""
    expired = SignedURL.objects.expired(timezone.now())
    with transaction.atomic():
        rows = expired.select_for_update(skip_locked=True).values_list("pk", flat=True)
        return SignedURL.objects.filter(pk__in=list(rows[:SWEEP_SIZE])).delete()[0]
