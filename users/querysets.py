"""Reading people, their sessions and the relations between them.

Every read of people that reaches a person begins with `visible_to` or `reachable_by`.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Lower, Now
from django.utils import timezone

if TYPE_CHECKING:
    from users.models import Session, SignUp, User

    Viewer: TypeAlias = User | None


# What a person in a list shows, and the revision that grows with it.
CARD = ("username", "name", "revision", "avatar__renditions", "avatar__state")


def _rows(model: str) -> Any:
    """All rows of a relation, whose class stands above this module."""
    found: Any = apps.get_model("users", model)
    return found.objects.all()


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        """People who are neither suspended nor deleted."""
        return self.filter(suspended_at=None, deleted_at=None)

    def visible_to(self, viewer: "Viewer") -> "UserQuerySet":
        """Active people with no block between them and `viewer`, in either direction."""
        if viewer is None:
            return self.active()
        return self.active().exclude(pk__in=_rows("Block").partners_of(viewer))

    def reachable_by(self, viewer: "Viewer") -> "UserQuerySet":
        """Active people who do not block `viewer`: also those whom `viewer` blocks.

        For the profile page and for undoing one's own block or mute.
        """
        if viewer is None:
            return self.active()
        blocking = _rows("Block").filter(target=viewer).values("owner_id")
        return self.active().exclude(pk__in=blocking)

    def blocked_by(self, viewer: "User") -> "UserQuerySet":
        """Active people whom `viewer` blocks: also those who block `viewer` as well."""
        blocked = _rows("Block").filter(owner=viewer).values("target_id")
        return self.active().filter(pk__in=blocked)

    def named(self, username: str) -> "UserQuerySet":
        """The person of that name, whatever the case."""
        if "\x00" in username:  # nobody's name, and PostgreSQL refuses to look for it
            return self.none()
        return self.alias(lower_username=Lower("username")).filter(lower_username=username.lower())

    def called(self, name_or_email: str) -> "UserQuerySet":
        """The person with that username or e-mail address, whatever the case."""
        lowered = name_or_email.lower()
        column = "email" if "@" in lowered else "username"
        return self.alias(lowered=Lower(column)).filter(lowered=lowered)

    def with_relations_to(self, viewer: "User") -> "UserQuerySet":
        """Annotate what each is to `viewer`: `follows`, `requested`, `follows_me`, `blocks` …"""
        mine = {"owner": viewer, "target": OuterRef("pk")}
        return self.annotate(
            follows=Exists(_rows("Follow").filter(**mine)),
            requested=Exists(_rows("FollowRequest").filter(**mine)),
            follows_me=Exists(_rows("Follow").filter(owner=OuterRef("pk"), target=viewer)),
            blocks=Exists(_rows("Block").filter(**mine)),
            mutes=Exists(_rows("Mute").in_force().filter(**mine)),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Account creation for Django's own commands; people register through `actions`."""

    def create_user(self, username: str, email: str, password: str | None = None) -> "User":
        user: User = self.model(username=username, email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str, password: str | None = None) -> "User":
        user: User = self.model(username=username, email=self.normalize_email(email))
        user.is_staff = user.is_superuser = True
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """For `ModelBackend`: the person of that name, whatever the case."""
        user: User = self.named(username or "").get()
        return user


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> "SessionQuerySet":
        """Sessions that still let somebody in."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=Now(),
            user__suspended_at=None,
            user__deleted_at=None,
        )


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def live(self) -> "SignUpQuerySet":
        """Those whose code has not expired."""
        return self.filter(expires_at__gt=timezone.now())


class PairQuerySet(models.QuerySet[Any]):
    def partners_of(self, user: "User") -> "models.QuerySet[Any, Any]":
        """The ids of everyone who stands in this relation with `user`, on either side."""
        other = Case(When(owner=user, then=F("target_id")), default=F("owner_id"))
        return self.filter(Q(owner=user) | Q(target=user)).values(partner=other)

    def between(self, a: "User", b: "User") -> "PairQuerySet":
        """The rows between two people, in either direction."""
        return self.filter(Q(owner=a, target=b) | Q(owner=b, target=a))

    def for_cards(self, side: str) -> "PairQuerySet":
        """Load what the people on `side`, "owner" or "target", show in a list; in one query."""
        columns = (f"{side}__{column}" for column in CARD)
        return self.select_related(f"{side}__avatar").only(f"{side}_id", *columns)

    def in_force(self) -> "PairQuerySet":
        """Mutes that have no end or have not reached it."""
        return self.filter(Q(until=None) | Q(until__gt=Now()))
