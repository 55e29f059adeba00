"""The pictures that hang in the three places of a profile, hung there before, or are to come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from media.models import Media
from showcase.querysets import HangingQuerySet


class Place(models.TextChoices):
    ONE = "one"
    TWO = "two"
    THREE = "three"


class Hanging(models.Model):
    """A picture in one place of its owner's showcase.

    To come while `hung_at` is not set; there until `taken_down_at`; after that its owner's alone.
    Gone for everyone but moderators while `hidden_at` is set. There is one picture at a time in
    each of three places, so that nobody ever has a fourth: the constraints are what says so.
    While it is `sealed`, as it is in a private account, no URL of it is the same for everybody.
    Rows of one owner are written under the lock of the owner's row, and their ids tell the order
    in which they were sent.
    """

    owner = models.ForeignKey(  # `hanging_own` is its index
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    place = models.CharField(max_length=5, choices=Place)
    media = models.OneToOneField(Media, models.CASCADE, related_name="hanging")
    sent_at = models.DateTimeField(db_default=Now())
    hung_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BooleanField(default=False)

    objects = HangingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=["one", "two", "three"]), name="hanging_in_one_of_three"
            ),
            models.UniqueConstraint(
                fields=["owner", "place"],
                name="hanging_one_a_place",
                condition=Q(hung_at__isnull=False, taken_down_at=None),
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None)
                | Q(hung_at__isnull=False, taken_down_at__gte=F("hung_at")),
                name="hanging_hung_before_taken_down",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | Q(taken_down_at__isnull=False),
                name="hanging_hidden_is_taken_down",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="hanging_own"),
            models.Index(
                fields=["-hung_at", "-id"],
                name="hanging_latest",
                condition=Q(hung_at__isnull=False, taken_down_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk} in place {self.place} of {self.owner_id}"

    @property
    def is_to_come(self) -> bool:
        """Whether it has yet to be prepared, or could not be."""
        return self.hung_at is None

    @property
    def hangs(self) -> bool:
        return self.hung_at is not None and self.taken_down_at is None
