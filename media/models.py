"""Pictures: an original that is kept privately and the renditions that are served."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from media.querysets import LooseFolderQuerySet, MediaQuerySet


class Media(models.Model):
    """One uploaded picture. Served only when `ready`, and only as its renditions.

    `width` and `height` are the upright original's, in pixels. `renditions` maps the longest
    side in pixels to a name in the default storage: `{"320": "…", "640": "…"}`.
    """

    class Type(models.TextChoices):
        PHOTO = "photo"
        VIDEO = "video"

    class State(models.TextChoices):
        PROCESSING = "processing"
        READY = "ready"
        FAILED = "failed"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    type = models.CharField(max_length=5, choices=Type, default=Type.PHOTO)
    state = models.CharField(max_length=10, choices=State, default=State.PROCESSING)
    alt_text = models.TextField(blank=True)
    original = models.CharField(max_length=200)  # a name in the "originals" storage
    public_folder = models.CharField(max_length=50, blank=True)  # the original's, if not set
    mime = models.CharField(max_length=50)
    size = models.PositiveBigIntegerField()  # bytes of the original
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    blurhash = models.CharField(max_length=100, blank=True)
    renditions = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)  # for its owner, in words
    created_at = models.DateTimeField(db_default=Now())

    objects = MediaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready", renditions={}), name="media_ready_has_renditions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class LooseFolder(models.Model):
    """A folder of the stores that no `Media` owns: not yet, or no more.

    Whatever is in it a day after `since` is removed.
    """

    folder = models.CharField(primary_key=True, max_length=100)
    since = models.DateTimeField(db_default=Now(), db_index=True)

    objects = LooseFolderQuerySet.as_manager()

    def __str__(self) -> str:
        return self.folder
