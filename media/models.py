"""Photos and videos: an original that is kept privately and the renditions that are served."""

import posixpath

from django.conf import settings
from django.db import models
from django.db.models.functions import Collate, Now

from media.querysets import LooseFolderQuerySet, MediaQuerySet, SignedURLQuerySet, UploadQuerySet


class Media(models.Model):
    """One uploaded picture, still or moving. Served only when `ready`, and only as its renditions.

    `width` and `height` are the upright original's, in pixels. `renditions` maps the longest
    side in pixels to a name: `{"320": "…", "640": "…"}`; those of a video are pictures of it,
    beside which `VIDEO` has the name of the video itself. `access` says where these are: in the
    public store, or in the private one, from which they are given out by `media.signing` alone.
    While it is `moving`, `moved_from` says where they still are: `{"access", "renditions"}`.
    A folder is never used again for another access.

    Of a video, width and height are 0 until it was looked at. `working_until`: somebody is making
    it, and says so again and again; after that moment they are taken for dead.
    """

    VIDEO = "video"  # the key of `renditions` that is no picture

    class Type(models.TextChoices):
        PHOTO = "photo"
        VIDEO = "video"

    class State(models.TextChoices):
        PROCESSING = "processing"
        READY = "ready"
        MOVING = "moving"  # ready, but for its files, which are on their way to `folder`
        FAILED = "failed"

    class Access(models.TextChoices):
        PUBLIC = "public"
        SIGNED = "signed"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    type = models.CharField(max_length=5, choices=Type, default=Type.PHOTO)
    state = models.CharField(max_length=10, choices=State, default=State.PROCESSING)
    alt_text = models.TextField(blank=True)
    original = models.CharField(max_length=200)  # a name in the "originals" storage
    access = models.CharField(
        max_length=6, choices=Access, default=Access.PUBLIC, db_default=Access.PUBLIC
    )
    renditions_folder = models.CharField(  # the original's, if not set
        max_length=50, blank=True, db_column="public_folder"
    )
    mime = models.CharField(max_length=50)
    size = models.PositiveBigIntegerField()  # bytes of the original
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    blurhash = models.CharField(max_length=100, blank=True)
    renditions = models.JSONField(default=dict)
    moved_from = models.JSONField(default=dict, db_default={}, blank=True)
    error = models.CharField(max_length=300, blank=True)  # for its owner, in words
    duration_seconds = models.FloatField(null=True, blank=True)  # of a video that is ready
    progress = models.PositiveSmallIntegerField(default=0, db_default=0)  # of a video, 0 to 100
    working_until = models.DateTimeField(null=True, blank=True)
    runs = models.PositiveSmallIntegerField(default=0, db_default=0)  # begun, and not ended
    created_at = models.DateTimeField(db_default=Now())

    objects = MediaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready", renditions={}), name="media_ready_has_renditions"
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready") | models.Q(renditions={}),
                name="media_renditions_only_when_ready",
            ),
            models.CheckConstraint(
                condition=models.Q(access="public") | ~models.Q(renditions_folder=""),
                name="media_signed_has_a_folder",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="media_moving", condition=models.Q(state="moving")),
            models.Index(
                fields=["renditions_folder"],
                name="media_signed_folder",
                condition=models.Q(access="signed"),
            ),
            models.Index(
                fields=["working_until"],
                name="media_being_made",
                condition=models.Q(working_until__isnull=False),
            ),
            # In the order in which stores list, for `media_check`.
            models.Index(Collate("original", "C"), name="media_by_original"),
            models.Index(Collate("renditions_folder", "C"), name="media_by_folder"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    @property
    def folder(self) -> str:
        """Where its renditions are, or will be: at first in the original's folder."""
        return self.renditions_folder or posixpath.dirname(self.original)

    @property
    def sides(self) -> list[str]:
        """The keys of its pictures among the renditions, from small to large."""
        return sorted((key for key in self.renditions if key != self.VIDEO), key=int)

    @property
    def rendition_folders(self) -> set[str]:
        """Every folder that has a rendition of it, or will."""
        former = self.moved_from.get("renditions", {}).values()
        return {self.folder, *(posixpath.dirname(name) for name in former)}


class SignedURL(models.Model):
    """What `viewer_id` was given to fetch a signed picture by, until `expires_at`.

    0 is everybody. `urls` by the longest side, as `Media.renditions`; they are of no use once the
    picture has left `folder`. Only `media/signing.py` reads and writes this table.
    """

    pk = models.CompositePrimaryKey("media_id", "viewer_id")
    media = models.ForeignKey(Media, models.CASCADE, related_name="+", db_index=False)
    viewer_id = models.BigIntegerField()
    folder = models.CharField(max_length=50)
    urls = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    objects = SignedURLQuerySet.as_manager()

    def __str__(self) -> str:
        return f"picture {self.media_id} for {self.viewer_id}"


class LooseFolder(models.Model):
    """A folder of the stores that no `Media` owns: not yet, or no more.

    Whatever is in it a day after `since` is removed.
    """

    folder = models.CharField(primary_key=True, max_length=100)
    since = models.DateTimeField(db_default=Now(), db_index=True)

    objects = LooseFolderQuerySet.as_manager()

    def __str__(self) -> str:
        return self.folder


class Upload(models.Model):
    """A photo or video that its owner sends straight to the private store, into `folder`.

    The folder is loose for as long as this row lives, and longer: what is sent late is removed.
    Open until it becomes `media`, or is refused with the reason, or `expires_at`.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    folder = models.CharField(max_length=50)
    mime = models.CharField(max_length=50)  # as announced; what it is, its bytes say
    size = models.PositiveBigIntegerField()  # bytes, as announced; nothing else is taken
    part_size = models.PositiveBigIntegerField(default=0)  # bytes; 0: all of it in one form
    token = models.TextField(blank=True)  # the store's word for an upload in parts
    media = models.OneToOneField(Media, models.CASCADE, null=True, related_name="+")
    error_code = models.CharField(max_length=40, blank=True)  # of the refusal
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)
    expires_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(media=None) | models.Q(error_code=""),
                name="upload_completed_or_refused",
            ),
        ]
        indexes = [models.Index(fields=["owner", "expires_at"], name="upload_of_owner")]

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @property
    def is_settled(self) -> bool:
        """Whether it became a picture or was refused: nothing is taken any more."""
        return self.media_id is not None or bool(self.error_code)

    @property
    def part_sizes(self) -> list[int]:
        """Bytes of each part; of a form, those of the whole."""
        each = self.part_size or self.size
        full, rest = divmod(self.size, each)
        return [each] * full + [rest] * bool(rest)


class Inspection(models.Model):
    """How far `media_check` by the clock has come in a store, so that it goes on from there."""

    store = models.CharField(primary_key=True, max_length=20)
    after = models.CharField(max_length=50, blank=True)  # the last folder that was compared
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.store} after {self.after or 'its beginning'}"
