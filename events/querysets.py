"""Reading the outbox."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from events.models import Announcement


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def late(self, now: datetime) -> "AnnouncementQuerySet":
        """Announcements whose subscribers should have finished by `now`, the oldest first."""
        return self.filter(pending__len__gt=0, due_at__lte=now).order_by("due_at")

    def stuck(self) -> "AnnouncementQuerySet":
        """Announcements with a subscriber that has failed too often to be tried again."""
        return self.filter(stuck__len__gt=0)
