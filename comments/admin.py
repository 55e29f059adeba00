"""Comments, as moderators see them: hidden and deleted ones too, with what they said before."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import truncatechars
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comments.actions.moderation import hide_comment, restore_comment
from comments.models import Comment
from common.errors import Missing
from common.moderation import Moderated, with_reason
from media.models import Media
from media.previews import preview
from users.models import User


@admin.register(Comment)
class Comments(Moderated[Comment]):
    list_display = ["id", "author", "remark", "post_id", "gone", "created_at"]
    list_filter = [
        ("hidden_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        "created_at",
    ]
    list_select_related = ["author"]
    search_fields = ["=id", "text", "=author__username"]
    search_help_text = "The number of a comment, words of it, or a username."
    ordering = ["-id"]
    actions = ["hide", "restore"]
    fieldsets = [
        (None, {"fields": ["author", "post", "parent_id", "text", "image"]}),
        ("Since", {"fields": ["created_at", "edited_at"]}),
        ("Gone", {"fields": ["hidden_at", "deleted_at", "purged_at"]}),
        ("Counts", {"fields": ["reactions_count", "replies_count"]}),
        ("What it said before", {"fields": ["history"]}),
    ]
    readonly_fields = ["parent_id", "image", "history"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).prefetch_related("edits")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(_preview)
        path_ = "<int:comment_id>/picture/"
        return [path(path_, view, name="comments_comment_preview"), *super().get_urls()]

    def acts_on(self, request: HttpRequest, row: Comment) -> list[str]:
        if row.purged_at:
            return []
        acts = ["restore"] if row.is_gone else []
        return acts if row.hidden_at else [*acts, "hide"]

    @admin.display(description="text")
    def remark(self, comment: Comment) -> str:
        return truncatechars(comment.text, 80)

    @admin.display(description="gone")
    def gone(self, comment: Comment) -> str:
        return "deleted" if comment.deleted_at else "hidden" if comment.hidden_at else ""

    @admin.display(description="picture")
    def image(self, comment: Comment) -> str | SafeString:
        media = Media.objects.filter(of_comment__comment=comment).first()
        if media is None:
            return "none"
        if media.error:
            return f"{media.state}: {media.error}"
        url = reverse("admin:comments_comment_preview", args=[comment.pk])
        return format_html('<img src="{}" alt="{}" loading="lazy">', url, media.alt_text)

    @admin.display(description="edits")
    def history(self, comment: Comment) -> str | SafeString:
        former = sorted(comment.edits.all(), key=lambda edit: edit.pk, reverse=True)
        if not former:
            return "It was never edited."
        return format_html_join(
            "",
            "<p>Until {}:</p><pre>{}</pre>",
            [(f"{edit.replaced_at:%Y-%m-%d %H:%M}", edit.text) for edit in former],
        )

    @with_reason("Hide from everyone", done="Hidden")
    def hide(self, comment: Comment, moderator: User, reason: str) -> None:
        hide_comment(comment=comment, moderator=moderator, reason=reason)

    @with_reason("Restore", done="Restored")
    def restore(self, comment: Comment, moderator: User, reason: str) -> None:
        restore_comment(comment=comment, moderator=moderator, reason=reason)


def _preview(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The picture of a comment that is gone: made now, for this moderator, and kept nowhere."""
    media = get_object_or_404(Media, of_comment__comment=comment_id)
    try:
        made = preview(media)
    except Missing as error:
        raise Http404 from error
    return HttpResponse(made.content, content_type=made.mime, headers={"Cache-Control": "no-store"})
