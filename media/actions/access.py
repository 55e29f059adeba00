"""Public or signed: where renditions are, and their way from one store to the other.

A picture leaves its place in the transaction that changes who may see it: from the commit on its
row names no file, and until its files have followed it is shown as a blurhash. Each time it gets
a new folder, so that no URL of before leads to it again.
"""

from collections.abc import Iterable, Sequence

import structlog
from django.db import connection, transaction

from common.renderers import dumps
from events.actions import announce
from media import images, storage
from media.actions.processing import keep_renditions, render
from media.actions.videos import make_again
from media.events import MediaAccessChanged, MediaConcealed, MediaMoved
from media.models import Media

log = structlog.get_logger(__name__)

CHUNK = 50  # pictures a delivery: about half a minute on a slow bucket
SWEEP_SIZE = 500  # pictures


@transaction.atomic
def set_access(media_ids: Iterable[int], access: str, *, anew: bool = False) -> None:
    """Let pictures be public or signed from now on; a no-op for those that are so already.

    With `anew` these move too, so that every URL that was given out for them ends.
    """
    rows = Media.objects.filter(pk__in=list(media_ids)).order_by("pk")
    left: list[str] = []
    moving: list[int] = []
    changed = [
        media for media in rows.select_for_update(no_key=True) if anew or media.access != access
    ]
    if not changed:
        return
    for media in changed:
        if media.state == Media.State.READY:
            media.moved_from = {"access": media.access, "renditions": media.renditions}
            media.state, media.renditions = Media.State.MOVING, {}
        else:  # a run or a move that is under way will find that it is late
            left.append(media.folder)
        if media.state == Media.State.MOVING:
            moving.append(media.pk)
        media.access, media.renditions_folder = access, storage.new_folder()
    _write(changed)
    if left:
        announce(MediaConcealed(folders=left))
    _have_moved(moving)


# One statement for all pictures of an account; `bulk_update` takes half a minute for 5,000.
_WRITE = """
UPDATE media_media SET access = new.access, state = new.state, renditions = new.renditions,
       moved_from = new.moved_from, public_folder = new.folder
FROM jsonb_to_recordset(%s::jsonb) new
     (id bigint, access text, state text, renditions jsonb, moved_from jsonb, folder text)
WHERE media_media.id = new.id
"""


def _write(changed: Iterable[Media]) -> None:
    columns = ("access", "state", "renditions", "moved_from", "folder")
    rows = [{"id": each.pk} | {name: getattr(each, name) for name in columns} for each in changed]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [dumps(rows).decode()])


def _have_moved(media_ids: Sequence[int]) -> None:
    for first in range(0, len(media_ids), CHUNK):
        announce(MediaAccessChanged(media_ids=list(media_ids[first : first + CHUNK])))


def move_media(media_ids: Iterable[int]) -> None:
    """Bring the files of pictures that are moving to where their rows say.

    Others are left alone. May be killed anywhere, run again, and run twice at once: a move only
    copies, the row takes the names when all are there, and what was left is deleted after that.
    Raises OSError when a store fails, once all have been tried.
    """
    arrived: list[tuple[Media, dict[str, str]]] = []
    late: list[Media] = []
    failures: list[OSError] = []
    for media in Media.objects.moving().filter(pk__in=list(media_ids)).order_by("pk"):
        try:
            arrived.append((media, _carry(media)))
        except OSError as error:
            if Media.objects.being_moved(media).exists():
                log.exception("media.not_moved", media=media.pk)
                failures.append(error)
            else:  # it went elsewhere, and somebody has tidied up under our hands
                late.append(media)
    for media in late + _arrive(arrived):
        _clear(media)
    if failures:
        raise failures[0]


def _carry(media: Media) -> dict[str, str]:
    """Copy the files to their new folder, or make them anew when they are lost; their names."""
    former = media.moved_from
    try:
        return {
            side: storage.copy_rendition(
                name, access=former["access"], to_folder=media.folder, to_access=media.access
            )
            for side, name in former["renditions"].items()
        }
    except FileNotFoundError:
        if not Media.objects.being_moved(media).exists():
            raise
        if media.type == Media.Type.VIDEO:
            make_again(media)
            raise
        return _made_anew(media)


def _made_anew(media: Media) -> dict[str, str]:
    """Raises OSError for a damaged original too: that one stays hidden and keeps no other."""
    try:
        return keep_renditions(media, render(media))
    except (images.UnusablePhoto, MemoryError) as error:
        raise OSError(f"The files of {media} are lost, and its original is no good.") from error


@transaction.atomic
def _arrive(arrived: Iterable[tuple[Media, dict[str, str]]]) -> list[Media]:
    """Let the rows name the files that are there; the pictures that went elsewhere meanwhile."""
    moved: list[Media] = []
    late: list[Media] = []
    for media, renditions in arrived:
        there = Media.objects.being_moved(media).update(
            state=Media.State.READY, renditions=renditions, moved_from={}
        )
        (moved if there else late).append(media)
    if moved:
        folders = [each for media in moved for each in media.rendition_folders - {media.folder}]
        announce(MediaMoved(media_ids=[media.pk for media in moved], folders=folders))
    return late


def _clear(media: Media) -> None:
    """Take away what was copied for nothing, unless another run has copied the same."""
    current = Media.objects.filter(pk=media.pk).first()
    if current is None or media.folder not in current.rendition_folders:
        storage.tidy(media.folder, keep=(), access=media.access)


@transaction.atomic
def resume_moves() -> int:
    """Have moves finished that nothing drives any more; how many there were."""
    media_ids = list(
        Media.objects.moving().order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE]
    )
    _have_moved(media_ids)
    return len(media_ids)
