"""People, as moderators find them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.moderation import Moderated, is_administrator, with_reason
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.staff import appoint_moderator, dismiss_moderator
from users.models import Session, User


class State(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("active", "Active"), ("suspended", "Suspended"), ("deleted", "Deleted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "active":
            return queryset.filter(suspended_at=None, deleted_at=None)
        if self.value() in ("suspended", "deleted"):
            return queryset.filter(**{f"{self.value()}_at__isnull": False})
        return queryset


@admin.register(User)
class People(Moderated[User]):
    list_display = ["username", "name", "email", "state", "posts", "followers_count", "joined_at"]
    list_filter = [State, "is_private", "is_staff", "joined_at"]
    search_fields = ["username", "email", "name"]
    ordering = ["-joined_at", "-id"]
    actions = ["suspend", "lift", "appoint", "dismiss"]
    fieldsets = [
        (None, {"fields": ["username", "name", "bio", "website", "state", "is_private"]}),
        ("Reached at", {"fields": ["email", "email_verified_at"]}),
        ("Counts", {"fields": ["posts", "followers_count", "following_count", "devices"]}),
        ("Since", {"fields": ["joined_at", "last_login", "suspended_at", "deleted_at"]}),
        ("Staff", {"fields": ["is_staff", "is_superuser"]}),
    ]
    readonly_fields = ["state", "posts", "devices"]

    def has_appoint_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def acts_on(self, request: HttpRequest, row: User) -> list[str]:
        return [
            "lift" if row.suspended_at else "suspend",
            "dismiss" if row.is_staff else "appoint",
        ]

    @admin.display(description="state")
    def state(self, user: User) -> str:
        if user.deleted_at:
            return "deleted"
        return "suspended" if user.suspended_at else "active"

    @admin.display(description="posts")
    def posts(self, user: User) -> int:
        """Everything that is published, for whomever it is."""
        return user.public_posts_count + user.followers_posts_count + user.private_posts_count

    @admin.display(description="devices signed in")
    def devices(self, user: User) -> int:
        return Session.objects.live().filter(user=user).count()

    @with_reason("Suspend", done="Suspended")
    def suspend(self, user: User, moderator: User, reason: str) -> None:
        suspend_user(user=user, moderator=moderator, reason=reason)

    @with_reason("Lift the suspension", done="No longer suspended")
    def lift(self, user: User, moderator: User, reason: str) -> None:
        lift_suspension(user=user, moderator=moderator, reason=reason)

    @with_reason("Make a moderator", done="A moderator now", permissions=["appoint"])
    def appoint(self, user: User, moderator: User, reason: str) -> None:
        appoint_moderator(user=user, by=moderator, reason=reason)

    @with_reason("Dismiss as a moderator", done="No moderator any more", permissions=["appoint"])
    def dismiss(self, user: User, moderator: User, reason: str) -> None:
        dismiss_moderator(user=user, by=moderator, reason=reason)
