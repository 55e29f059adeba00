"""Posts, as moderators see them: hidden and deleted ones too, with what they said before."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import truncatechars
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.errors import Missing
from common.moderation import Moderated, is_administrator, with_reason
from media.models import Media
from media.previews import preview
from media.serializers import media_card
from posts.actions.moderation import hide_post, purge_post, restore_post
from posts.models import Post
from users.models import User


@admin.register(Post)
class Posts(Moderated[Post]):
    list_display = [
        "id",
        "thumbnail",
        "author",
        "text",
        "state",
        "visibility",
        "gone",
        "created_at",
    ]
    list_display_links = ["id", "thumbnail"]
    list_filter = [
        "state",
        "visibility",
        ("hidden_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        "created_at",
    ]
    list_select_related = ["author"]
    search_fields = ["=id", "caption", "=author__username"]
    search_help_text = "The number of a post, words of a caption, or a username."
    ordering = ["-id"]
    actions = ["hide", "restore", "purge"]
    fieldsets = [
        (None, {"fields": ["pictures", "author", "caption", "tags", "visibility", "state"]}),
        ("Since", {"fields": ["created_at", "published_at", "edited_at"]}),
        ("Gone", {"fields": ["hidden_at", "deleted_at"]}),
        ("Counts", {"fields": ["reactions_count", "comments_count"]}),
        ("What it said before", {"fields": ["history"]}),
    ]
    readonly_fields = ["pictures", "history"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        found = super().get_queryset(request).exclude(state=Post.State.DRAFT)
        return found.prefetch_related("places__media", "edits")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(_preview)
        path_ = "<int:post_id>/pictures/<int:position>/"
        return [path(path_, view, name="posts_post_preview"), *super().get_urls()]

    def has_purge_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request)

    def acts_on(self, request: HttpRequest, row: Post) -> list[str]:
        acts = ["restore"] if row.is_gone else []
        return [*acts, *([] if row.hidden_at else ["hide"]), "purge"]

    @admin.display(description="")
    def thumbnail(self, post: Post) -> str | SafeString:
        pictures = _pictures(post)
        return _image(pictures[0], "thumbnail", smallest=True) if pictures else "none"

    @admin.display(description="caption")
    def text(self, post: Post) -> str:
        return truncatechars(post.caption, 60)

    @admin.display(description="gone")
    def gone(self, post: Post) -> str:
        return "deleted" if post.deleted_at else "hidden" if post.hidden_at else ""

    @admin.display(description="pictures")
    def pictures(self, post: Post) -> SafeString:
        return format_html_join(
            "",
            '<figure class="picture">{}<figcaption>{}</figcaption></figure>',
            [(_image(media, "", smallest=False), media.alt_text) for media in _pictures(post)],
        )

    @admin.display(description="edits")
    def history(self, post: Post) -> str | SafeString:
        former = sorted(post.edits.all(), key=lambda edit: edit.pk, reverse=True)
        if not former:
            return "It was never edited."
        return format_html_join(
            "",
            "<p>Until {}, {}:</p><pre>{}</pre>",
            [
                (f"{edit.replaced_at:%Y-%m-%d %H:%M}", edit.visibility, edit.caption)
                for edit in former
            ],
        )

    @with_reason("Hide from everyone", done="Hidden")
    def hide(self, post: Post, moderator: User, reason: str) -> None:
        hide_post(post=post, moderator=moderator, reason=reason)

    @with_reason("Restore", done="Restored")
    def restore(self, post: Post, moderator: User, reason: str) -> None:
        restore_post(post=post, moderator=moderator, reason=reason)

    @with_reason("Remove for good, with its files", done="Removed", permissions=["purge"])
    def purge(self, post: Post, moderator: User, reason: str) -> None:
        purge_post(post=post, moderator=moderator, reason=reason)


def _preview(request: HttpRequest, post_id: int, position: int) -> HttpResponse:
    """A picture that has no URL for everybody: for this moderator, to be kept nowhere."""
    seen = Media.objects.exclude(place__post__state=Post.State.DRAFT)  # its author's alone
    media = get_object_or_404(seen, place__post=post_id, place__position=position)
    try:
        made = preview(media)
    except Missing as error:
        raise Http404 from error
    return HttpResponse(made.content, content_type=made.mime, headers={"Cache-Control": "no-store"})


def _pictures(post: Post) -> list[Media]:
    """In order, of places that have been fetched already; each knows its place."""
    places = sorted(post.places.all(), key=lambda each: each.position)
    for place in places:
        place.media.place = place
    return [place.media for place in places]


def _image(media: Media, kind: str, *, smallest: bool) -> str | SafeString:
    card = media_card(media, {})  # a signed picture is shown as one of a post that is gone
    url = card["poster"] or card["url"]
    if url is None:
        if media.error:
            return f"{media.state}: {media.error}"
        place = media.place
        url = reverse("admin:posts_post_preview", args=[place.post_id, place.position])
    elif media.type == Media.Type.VIDEO and not smallest:
        return format_html(
            '<video class="{}" src="{}" poster="{}" controls preload="none"></video>',
            kind,
            card["url"],
            url,
        )
    elif smallest:
        url = next(iter(card["renditions"].values()))
    return format_html(
        '<img class="{}" src="{}" alt="{}" loading="lazy">', kind, url, media.alt_text
    )
