"""The administrator's page about this server: one row, added when it is missing."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from common.moderation import Moderated, is_administrator
from instance.actions import change_site
from instance.models import Site
from instance.querysets import ROW


@admin.register(Site)
class ThisServer(Moderated[Site]):
    """Moderators read it, administrators write it."""

    fields = ["name", "description", "rules", "contact_email", "registrations_open"]

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and not Site.objects.exists()

    def has_change_permission(self, request: HttpRequest, obj: Site | None = None) -> bool:
        return is_administrator(request)

    def save_model(
        self, request: HttpRequest, obj: Site, form: "forms.ModelForm[Site]", change: bool
    ) -> None:
        changed: dict[str, Any] = {name: form.cleaned_data[name] for name in form.changed_data}
        change_site(changed)
        obj.pk = ROW
