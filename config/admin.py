"""What concerns the whole admin: signing in to it, and the moderators' log."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.models import LogEntry
from django.contrib.auth import admin as _registered  # noqa: F401 (before the line that undoes it)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from common.moderation import Moderated
from users import throttles


class SignIn(AdminAuthenticationForm):
    """Counted together with the attempts over the API, so that neither door adds to the other."""

    def clean(self) -> dict[str, Any]:
        if self.request is not None:
            asking = Request(self.request, parsers=[FormParser(), MultiPartParser()])
            for throttle in throttles.LOGIN:
                if not throttle().allow_request(asking, APIView()):
                    raise ValidationError("Too many attempts. Please wait a minute.")
        return super().clean()


@admin.register(LogEntry)
class Log(Moderated[LogEntry]):
    """Who did what to whom, and why."""

    list_display = ["action_time", "user", "content_type", "object_repr", "change_message"]
    list_filter = ["content_type", "action_time"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "=user__username", "=object_id"]
    search_help_text = "Whom or what it was done to, the reason, or the moderator."
    fields = ["action_time", "user", "content_type", "object_id", "object_repr", "change_message"]
    actions = None


admin.site.login_form = SignIn
admin.site.unregister(Group)  # who is on the staff may moderate; there are no finer rights
