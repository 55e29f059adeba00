"""The outbox: what is still to be done, what keeps failing, and trying it again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.moderation import Moderated
from events.actions import retry
from events.models import Announcement


class Progress(admin.SimpleListFilter):
    title = "progress"
    parameter_name = "progress"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("stuck", "Stuck"), ("pending", "To be tried (again)")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Announcement]
    ) -> QuerySet[Announcement]:
        if self.value() == "stuck":
            return queryset.filter(stuck__len__gt=0)
        if self.value() == "pending":
            return queryset.filter(pending__len__gt=0)
        return queryset


@admin.register(Announcement)
class Outbox(Moderated[Announcement]):
    list_display = ["id", "kind", "payload", "stuck", "pending", "attempts", "created_at", "due_at"]
    list_filter = [Progress, "created_at"]
    search_fields = ["kind", "=request_id"]
    search_help_text = "A kind of event, or the id of the request that announced it."
    ordering = ["-id"]
    actions = ["try_now"]
    fieldsets = [
        (None, {"fields": ["kind", "payload", "request_id", "created_at"]}),
        ("Who has still to act", {"fields": ["pending", "stuck", "attempts", "due_at"]}),
        ("What went wrong", {"fields": ["trace"]}),
    ]
    readonly_fields = ["trace"]

    @admin.display(description="last error")
    def trace(self, announcement: Announcement) -> str | SafeString:
        return format_html("<pre>{}</pre>", announcement.last_error or "Nothing yet.")

    @admin.action(description="Retry now", permissions=["view"])
    def try_now(self, request: HttpRequest, queryset: QuerySet[Announcement]) -> None:
        """Of no use to ask why: it is what would happen by itself, only sooner or once more."""
        for announcement in queryset:
            retry(announcement=announcement)
            self.log_change(request, announcement, "Retried.")
        self.message_user(request, "It is being tried; look again in a moment.", messages.SUCCESS)
