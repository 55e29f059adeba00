"""Reading media."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from media.models import LooseFolder, Media


class MediaQuerySet(models.QuerySet["Media"]):
    def unprocessed(self) -> "MediaQuerySet":
        return self.filter(state="processing")

    def being_processed(self, media: "Media") -> "MediaQuerySet":
        """The row of `media`, while no run has settled its state and it was not concealed."""
        return self.unprocessed().filter(pk=media.pk, public_folder=media.public_folder)


class LooseFolderQuerySet(models.QuerySet["LooseFolder"]):
    def since_before(self, moment: datetime) -> "LooseFolderQuerySet":
        """Folders that were loose before `moment` already, the longest first."""
        return self.filter(since__lt=moment).order_by("since")
