"""Reading what hangs. Every read that reaches a person begins with `visible_to` or `kept_by`."""

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from users.models import Follow, Mute, User
from users.querysets import CARD

if TYPE_CHECKING:
    from showcase.models import Hanging

    Viewer: TypeAlias = User | None

NEW = timedelta(days=7)  # how long a picture is news
_PICTURE = ("place", "hung_at", "taken_down_at", "sealed", "media", "owner__is_private")


class HangingQuerySet(models.QuerySet["Hanging"]):
    def visible_to(self, viewer: "Viewer") -> "HangingQuerySet":
        """What hangs and `viewer` (None: a guest) may see. The one rule (D9, T7).

        Of active people with no block in between: of open accounts, of those whom `viewer`
        follows, and one's own.
        """
        there = self.current().filter(owner__in=User.objects.visible_to(viewer))
        if viewer is None:
            return there.filter(owner__is_private=False)
        follows = Exists(Follow.objects.filter(owner=viewer, target=OuterRef("owner")))
        return there.filter(Q(owner__is_private=False) | Q(owner=viewer) | Q(follows))

    def current(self) -> "HangingQuerySet":
        """What hangs now."""
        return self.filter(hung_at__isnull=False, taken_down_at=None)

    def to_come(self) -> "HangingQuerySet":
        """What was sent and has yet to be prepared, or failed; the latest last."""
        return self.filter(hung_at=None).order_by("id")

    def kept_by(self, owner: "User") -> "HangingQuerySet":
        """What hung with `owner` before and is for them alone."""
        return self.filter(owner=owner, taken_down_at__isnull=False, hidden_at=None)

    def news_for(self, viewer: "User") -> "HangingQuerySet":
        """Of those whom `viewer` follows and has not muted, what is new; with `visible_to`."""
        followed = Follow.objects.filter(owner=viewer).values("target_id")
        muted = Mute.objects.all().in_force().filter(owner=viewer).values("target_id")
        fresh = self.filter(hung_at__gt=timezone.now() - NEW, owner__in=followed)
        return fresh.exclude(owner__in=muted)

    def for_pictures(self) -> "HangingQuerySet":
        """Load what a picture shows and what its URLs depend on, in one query."""
        return self.select_related("media", "owner").only(*_PICTURE)

    def for_cards(self) -> "HangingQuerySet":
        """The same, and what a list shows of its owner."""
        people = (f"owner__{column}" for column in CARD)
        return self.select_related("media", "owner__avatar").only(*_PICTURE, *people)
