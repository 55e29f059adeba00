"""The outbox: what was announced and who still has to act on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from events.querysets import AnnouncementQuerySet


class Announcement(models.Model):
    """An event and the subscribers that have not finished with it; gone when there are none.

    `pending` are to be tried (again) from `due_at` on; `stuck` have failed
    `settings.EVENTS_MAX_ATTEMPTS` times and wait for a moderator.
    """

    kind = models.CharField(max_length=100)
    payload = models.JSONField()
    request_id = models.CharField(max_length=64, blank=True)
    pending = ArrayField(models.CharField(max_length=100))
    stuck = ArrayField(models.CharField(max_length=100), default=list)
    attempts = models.JSONField(default=dict)  # {subscriber: times begun}
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_due", condition=models.Q(pending__len__gt=0)
            ),
            models.Index(fields=["id"], name="outbox_stuck", condition=models.Q(stuck__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.payload}"
