"""The admin as moderators use it: everything is looked at, nothing is edited by hand.

What changes something is an act, declared by `with_reason`: it asks why on a page of its own
and calls one action of its app, which does it and writes it into the moderators' log.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from common.errors import Refusal

Row = TypeVar("Row", bound=models.Model)
Actor = Any  # the signed-in moderator: the accounts are an app above this one
Act = Callable[[Any, Row, Actor, str], None]
AdminAction = Callable[[Any, HttpRequest, Any], HttpResponse | None]
AT_ONCE = 100  # rows of one act: each is a transaction inside the same request


class Reason(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "autofocus": True}),
        help_text="Other moderators read it in the log; the person concerned does not.",
    )


def is_moderator(request: HttpRequest) -> bool:
    """Whether somebody on the staff asks, who is neither suspended nor deleted."""
    user = request.user
    if isinstance(user, AnonymousUser):
        return False
    return bool(user.is_active and getattr(user, "is_staff", False))


def is_administrator(request: HttpRequest) -> bool:
    """Whether it is somebody who may also do what cannot be undone, and appoint moderators."""
    return is_moderator(request) and bool(getattr(request.user, "is_superuser", False))


class Moderated(admin.ModelAdmin, Generic[Row]):  # type: ignore[type-arg]  # plain as it runs
    """Rows that all of the staff may see, and on which they act with a reason."""

    change_form_template = "admin/moderated.html"
    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_moderator(request)

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return is_moderator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def acts_on(self, request: HttpRequest, row: Row) -> list[str]:
        """Which acts the page of `row` offers; all of them are in the list's menu."""
        return list(self.get_actions(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        named = {name: title for _, name, title in filter(None, self.get_actions(request).values())}
        offered = self.acts_on(request, row) if row else []
        acts = [(name, named[name]) for name in offered if name in named]
        return super().change_view(
            request, object_id, form_url, {"acts": acts, **(extra_context or {})}
        )

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet[Row], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Ids that can be nobody's are a mistake of the sender's, not of ours."""
        try:
            return super().response_action(request, queryset, *args, **kwargs)
        except ValueError:
            self.message_user(request, "Nothing was selected that exists.", messages.WARNING)
            return None

    def page_of(self, row: Row) -> str:
        meta = self.opts
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)])


def with_reason(
    title: str, *, done: str, permissions: Sequence[str] = ("view",)
) -> Callable[[Act[Row]], AdminAction]:
    """Declare `act(self, row, moderator, reason)` as an action in the admin.

    `title` stands on its button and its page; `done` is how the answer begins, as "Hidden".
    `permissions` are those whose `has_…_permission` it needs. A row on which the action refuses
    is told of, and the others are done.
    """

    def declare(act: Act[Row]) -> AdminAction:
        @admin.action(description=title, permissions=permissions)
        def ask_or_act(
            self: Moderated[Row], request: HttpRequest, queryset: models.QuerySet[Row]
        ) -> HttpResponse | None:
            rows = list(queryset[: AT_ONCE + 1])
            if len(rows) > AT_ONCE:
                self.message_user(request, f"At most {AT_ONCE} at once.", messages.WARNING)
                return None
            form = Reason(request.POST if "reason" in request.POST else None)
            if not form.is_valid():
                return _ask(self, request, rows, form, act.__name__, title)
            for row in rows:
                _act(self, request, row, act, form.cleaned_data["reason"], done)
            if len(rows) == 1 and queryset.exists():  # not when it was purged
                return HttpResponseRedirect(self.page_of(rows[0]))
            return None

        ask_or_act.__name__ = act.__name__
        ask_or_act.__doc__ = act.__doc__
        return ask_or_act

    return declare


def _ask(
    site: Moderated[Row],
    request: HttpRequest,
    rows: list[Row],
    form: Reason,
    name: str,
    title: str,
) -> HttpResponse:
    context = {
        **site.admin_site.each_context(request),
        "title": title,
        "opts": site.opts,
        "rows": rows,
        "form": form,
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": site.media,
    }
    return TemplateResponse(request, "admin/reason.html", context)


def _act(
    site: Moderated[Row], request: HttpRequest, row: Row, act: Act[Row], reason: str, done: str
) -> None:
    try:
        act(site, row, request.user, reason)
    except Refusal as refusal:
        site.message_user(request, f"{row}: {refusal.message}", messages.ERROR)
    else:
        site.message_user(request, f"{done}: {row}.", messages.SUCCESS)
