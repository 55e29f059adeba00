"""Reading media."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Collate

if TYPE_CHECKING:
    from media.models import LooseFolder, Media, SignedURL, Upload
    from users.models import User


class MediaQuerySet(models.QuerySet["Media"]):
    def unprocessed(self) -> "MediaQuerySet":
        return self.filter(state="processing")

    def being_processed(self, media: "Media") -> "MediaQuerySet":
        """The row of `media`, while no run has settled its state and its folder is the same."""
        return self.unprocessed().filter(pk=media.pk, renditions_folder=media.renditions_folder)

    def stills(self) -> "MediaQuerySet":
        return self.exclude(type="video")

    def videos(self) -> "MediaQuerySet":
        return self.filter(type="video")

    def left_half_made(self, now: datetime) -> "MediaQuerySet":
        """Videos whose maker has not been heard of for too long."""
        return self.videos().unprocessed().filter(working_until__lt=now).order_by("working_until")

    def moving(self) -> "MediaQuerySet":
        """Pictures whose files are on their way from one store to the other."""
        return self.filter(state="moving")

    def being_moved(self, media: "Media") -> "MediaQuerySet":
        """The row of `media`, while its files are on their way to the folder it names."""
        return self.moving().filter(pk=media.pk, renditions_folder=media.renditions_folder)

    def signed_in(self, folder: str) -> "MediaQuerySet":
        """The signed picture whose renditions can be fetched from `folder`."""
        return self.filter(access="signed", renditions_folder=folder, state="ready")

    def with_renditions(self) -> "MediaQuerySet":
        """Pictures of which files can be fetched, or will be once they are moved."""
        return self.filter(state__in=("ready", "moving"))

    def unattached(self) -> "MediaQuerySet":
        """Pictures that no row of another app holds: no post, no profile, nothing."""
        found = self
        for field in _fields_that_hold(self.model):
            rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")})  # noqa: SLF001
            found = found.filter(~Exists(rows))
        return found

    def within(self, after: str, until: str | None) -> "MediaQuerySet":
        """Pictures with a folder behind `after`, up to `until` (None: the end); see `inventory`."""
        # Byte by byte, as the stores list.
        found = self.alias(
            by_original=Collate("original", "C"), by_folder=Collate("renditions_folder", "C")
        )
        originals, renditions = Q(by_original__gt=after), Q(by_folder__gt=after)
        if until is not None:
            originals &= Q(by_original__lte=until)
            renditions &= Q(by_folder__lte=until)
        return found.filter(originals | renditions)


def _fields_that_hold(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """The columns of other apps that point to `model`, which need not know of those above it."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001
        if isinstance(relation, models.ForeignObjectRel) and relation.field.column:
            field = relation.field
            if field.model._meta.app_label != model._meta.app_label:  # noqa: SLF001
                yield field


class LooseFolderQuerySet(models.QuerySet["LooseFolder"]):
    def since_before(self, moment: datetime) -> "LooseFolderQuerySet":
        """Folders that were loose before `moment` already, the longest first."""
        return self.filter(since__lt=moment).order_by("since")


class SignedURLQuerySet(models.QuerySet["SignedURL"]):
    def expired(self, now: datetime) -> "SignedURLQuerySet":
        """Rows that help nobody any more, the oldest first."""
        return self.filter(expires_at__lte=now).order_by("expires_at")


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, owner: "User") -> "UploadQuerySet":
        return self.filter(owner=owner)

    def open(self, now: datetime) -> "UploadQuerySet":
        """Those to which something can still be sent."""
        return self.filter(media=None, error_code="", expires_at__gt=now)

    def to_forget(self, before: datetime) -> "UploadQuerySet":
        """Those that began, and became a picture if they did, before `before`; the oldest first."""
        done = Q(media=None) | Q(media__created_at__lt=before)
        return self.filter(done, created_at__lt=before).order_by("created_at")
