"""What the stores hold beside what the rows say, a stretch of names at a time.

Stores list names byte by byte in order, and the rows are indexed in the same order: a stretch of
the one is compared with the same stretch of the other, so memory does not grow with the store, and
whoever stops can go on from the last position. A position is a string that names compare with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models.functions import Collate

from media import storage
from media.models import LooseFolder, Media

STORES = ("originals", "default")
BEGINNING = ""
SETTLED_AFTER = timedelta(days=1)  # younger ones may be on their way to a row
NAMES = 1_000  # of a stretch, about; and rows, at most


@dataclass
class Stretch:
    """What was compared, and what differs. `until` is the position to go on from; None: the end."""

    store: str
    until: str | None = None
    names: int = 0
    owned: int = 0  # folders with a row
    orphans: list[str] = field(default_factory=list)  # folders that no row knows
    strays: list[str] = field(default_factory=list)  # names in a picture's folder, not in its row
    lost: list[int] = field(default_factory=list)  # pictures without their original
    bare: list[int] = field(default_factory=list)  # pictures without some of their renditions
    foreign: int = 0  # names that cannot be ours: left alone

    @property
    def differences(self) -> int:
        return len(self.orphans) + len(self.strays) + len(self.lost) + len(self.bare)


@dataclass
class _Listed:
    folders: dict[str, dict[str, datetime]]
    foreign: int
    until: str | None


def compare(store: str, after: str, now: datetime, *, size: int = NAMES) -> Stretch:
    """One stretch of a store behind `after`. Raises OSError.

    The order of reading matters. Files come before their row is ready and a folder is loose before
    a row has it, so: files, loose folders, rows, and at last the folders that are being left.
    """
    listed = _listed(store, after, size)
    loose = LooseFolder.objects.filter(folder__in=list(listed.folders))
    known = set(loose.values_list("folder", flat=True))
    until = _no_further_than(listed.until, after, size)
    rows = list(Media.objects.within(after, until))
    found = Stretch(store, until, foreign=listed.foreign)
    owners: dict[str, list[Media]] = {}
    for media in rows:
        for folder in {storage.folder_of(media.original), *media.rendition_folders}:
            owners.setdefault(folder, []).append(media)
    old = now - SETTLED_AFTER
    unknown = []
    for folder, names in listed.folders.items():
        if until is not None and folder > until:
            break
        found.names += len(names)
        if folder in owners:
            found.owned += 1
            found.strays += _strays(store, names, owners[folder], old)
        elif folder not in known and max(names.values()) < old:
            unknown.append(folder)
    found.orphans = _not_being_left(unknown)
    _look_for(rows, found, {name for names in listed.folders.values() for name in names}, after)
    return found


def _listed(store: str, after: str, size: int) -> _Listed:
    folders: dict[str, dict[str, datetime]] = {}
    foreign = 0
    last = ""
    for number, (name, changed) in enumerate(storage.listed(store, after)):
        folder = storage.folder_of(name)
        if number >= size and folder != last:
            # "0" follows "/": behind whatever is in that folder.
            return _Listed(folders, foreign, f"{last}0" if last in folders else last)
        if storage.is_folder(folder):
            folders.setdefault(folder, {})[name] = changed
            last = folder
        else:
            foreign += 1
            last = name
    return _Listed(folders, foreign, None)


def _no_further_than(until: str | None, after: str, size: int) -> str | None:
    """`until`, or before it where that would be too many rows at once: a store can be empty."""
    ordered = Media.objects.alias(at=Collate("original", "C")).filter(at__gt=after).order_by("at")
    limit = ordered.values_list("original", flat=True)[size : size + 1].first()
    if limit is None:
        return until
    cut = f"{storage.folder_of(limit)}0"
    return cut if until is None or cut < until else until


def _expected(media: Media, store: str) -> set[str]:
    names = {media.original} if store == "originals" else set()
    if storage.alias_of(media.access) == store:
        names.update(media.renditions.values())
    return names


def _strays(
    store: str, names: dict[str, datetime], owners: list[Media], old: datetime
) -> list[str]:
    if any(media.state != Media.State.READY for media in owners):
        return []  # a worker may be writing there
    expected = set().union(*(_expected(media, store) for media in owners))
    return [name for name, changed in names.items() if name not in expected and changed < old]


def _not_being_left(folders: list[str]) -> list[str]:
    if not folders:
        return []
    moving = Media.objects.moving().iterator()
    left = {folder for media in moving for folder in media.rendition_folders}
    return [folder for folder in folders if folder not in left]


def _look_for(rows: Iterable[Media], found: Stretch, names: set[str], after: str) -> None:
    for media in rows:
        missing = {
            name
            for name in _expected(media, found.store) - names
            if name > after and (found.until is None or name <= found.until)
        }
        if missing and (still := Media.objects.filter(pk=media.pk).first()):
            missing &= _expected(still, found.store)
            missing = {name for name in missing if not storage.is_there(found.store, name)}
            if missing & {media.original}:
                found.lost.append(media.pk)
            if missing - {media.original}:
                found.bare.append(media.pk)


def is_orphan(folder: str) -> bool:
    """Whether no row knows it, asked again before it is removed; in the order of `compare`."""
    if LooseFolder.objects.filter(folder=folder).exists():
        return False
    position = f"{folder}0"
    if Media.objects.within(folder, position).exists():
        return False
    if Media.objects.filter(renditions_folder=folder).exists():
        return False
    return bool(_not_being_left([folder]))
