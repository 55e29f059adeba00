"""The pictures of showcases, as moderators see them: those that hung before and hidden ones too."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.errors import Missing
from common.moderation import Moderated, with_reason
from media.previews import preview
from media.signing import urls_for
from showcase.actions import hide_picture, restore_picture
from showcase.models import Hanging
from users.models import User


class State(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("hangs", "Hangs"), ("before", "Hung before"), ("hidden", "Hidden")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Hanging]) -> QuerySet[Hanging]:
        if self.value() == "hangs":
            return queryset.filter(taken_down_at=None)
        if self.value() == "before":
            return queryset.filter(taken_down_at__isnull=False, hidden_at=None)
        return queryset.filter(hidden_at__isnull=False) if self.value() == "hidden" else queryset


@admin.register(Hanging)
class Pictures(Moderated[Hanging]):
    """What has hung; what is still to come is nobody's to see yet."""

    list_display = ["id", "thumbnail", "owner", "place", "state", "hung_at"]
    list_display_links = ["id", "thumbnail"]
    list_filter = [State, "place", "hung_at"]
    list_select_related = ["owner", "media"]
    search_fields = ["=id", "=owner__username", "media__alt_text"]
    search_help_text = "The number of a picture, a username, or words of its description."
    ordering = ["-id"]
    actions = ["hide", "restore"]
    fieldsets = [
        (None, {"fields": ["picture", "owner", "place", "state"]}),
        ("Since", {"fields": ["sent_at", "hung_at", "taken_down_at", "hidden_at"]}),
    ]
    readonly_fields = ["picture", "state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hanging]:
        return super().get_queryset(request).filter(hung_at__isnull=False)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(_picture)
        name = "showcase_hanging_picture"
        return [path("<int:hanging_id>/picture/", view, name=name), *super().get_urls()]

    def acts_on(self, request: HttpRequest, row: Hanging) -> list[str]:
        return ["restore" if row.hidden_at else "hide"]

    @admin.display(description="")
    def thumbnail(self, hanging: Hanging) -> SafeString:
        return _image(hanging, "thumbnail")

    @admin.display(description="picture")
    def picture(self, hanging: Hanging) -> SafeString:
        return _image(hanging, "")

    @admin.display(description="state")
    def state(self, hanging: Hanging) -> str:
        if hanging.hidden_at:
            return "hidden"
        return "hangs" if hanging.hangs else "hung before"

    @with_reason("Take down and hide from everyone", done="Hidden")
    def hide(self, hanging: Hanging, moderator: User, reason: str) -> None:
        hide_picture(hanging=hanging, moderator=moderator, reason=reason)

    @with_reason("Give back to its owner", done="Restored")
    def restore(self, hanging: Hanging, moderator: User, reason: str) -> None:
        restore_picture(hanging=hanging, moderator=moderator, reason=reason)


def _image(hanging: Hanging, kind: str) -> SafeString:
    """By an address of the admin's, which signs one picture at a time, when it is looked at."""
    return format_html(
        '<img class="{}" src="{}" alt="{}" loading="lazy">',
        kind,
        reverse("admin:showcase_hanging_picture", args=[hanging.pk]),
        hanging.media.alt_text,
    )


def _picture(request: HttpRequest, hanging_id: int) -> HttpResponse:
    """A picture signed for this moderator; one without files is made now and kept nowhere."""
    media = get_object_or_404(Hanging.objects.select_related("media"), pk=hanging_id).media
    headers = {"Cache-Control": "no-store"}
    if urls := urls_for([media], request.user).get(media.pk):  # type: ignore[arg-type]
        return HttpResponseRedirect(urls[max(urls, key=int)], headers=headers)
    try:
        made = preview(media)
    except Missing as error:
        raise Http404 from error
    return HttpResponse(made.content, content_type=made.mime, headers=headers)
