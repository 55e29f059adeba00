"""What was found for somebody at a time: derived, and deciding nothing about who may see it.

Ids without foreign keys, as in the timelines: what is left over shows nothing, and goes when the
clock makes the next.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from recommendations.querysets import PickQuerySet, ShelfQuerySet

EVERYBODY = 0  # owns the shelves of those who have none of their own


class Shelf(models.Model):
    """One generation of what is recommended to `owner_id`; the latest one is shown.

    Written whole in one transaction and never changed, so that a page is followed by the next of
    the same generation, whatever the clock makes meanwhile.
    """

    owner_id = models.BigIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    objects = ShelfQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner_id", "-id"], name="shelf_latest"),
            models.Index(fields=["made_at"], name="shelf_age"),
        ]

    def __str__(self) -> str:
        return f"shelf {self.pk} of {self.owner_id or 'everybody'}"


class Pick(models.Model):
    """What stands at `position` of a shelf: a post or a person by `thing_id`, or a tag.

    `reason` is one of `scoring`'s. Behind "friends" stand `via_ids`: people, or of a tag their
    posts with it; behind "followed" and "own", of a post, the tag `via_tag`. Whether that is still
    so, and may be told, is asked at reading.
    """

    class Kind(models.TextChoices):
        POST = "post"
        PERSON = "person"
        TAG = "tag"

    pk = models.CompositePrimaryKey("shelf_id", "kind", "position")
    shelf_id = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    position = models.IntegerField()
    thing_id = models.BigIntegerField(default=0)
    tag = models.TextField(blank=True)
    score = models.FloatField()
    reason = models.CharField(max_length=8)
    via_ids = ArrayField(models.BigIntegerField(), default=list)
    via_tag = models.TextField(blank=True)

    objects = PickQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id or self.tag} on shelf {self.shelf_id}"
