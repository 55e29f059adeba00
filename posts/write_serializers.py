"""How posts, drafts and reactions come in (PRODUCT.md, Shapes)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from common.errors import Invalid
from posts.emojis import clean_emoji
from posts.models import Post
from posts.tags import clean_tags


class _Texts(serializers.ListField):
    """Texts from JSON, or from a form that repeats the field."""

    def __init__(self, *, max_length: int | None, most: int | None = None, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=max_length, allow_blank=True)
        super().__init__(child=child, max_length=most, **kwargs)


def _caption(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=settings.CAPTION_MAX_LENGTH, allow_blank=True, **kwargs)


def _tags(**kwargs: Any) -> _Texts:
    # What is too long is told per tag, once it is spelled as stored; here only what is absurd.
    return _Texts(
        max_length=2 * settings.TAG_MAX_LENGTH,
        most=10 * settings.TAGS_MAX_COUNT,
        required=False,
        help_text="With or without `#`, in any script; each is kept once.",
        **kwargs,
    )


def _alt_texts(**kwargs: Any) -> _Texts:
    return _Texts(
        max_length=settings.ALT_TEXT_MAX_LENGTH,
        most=settings.MEDIA_MAX_COUNT,
        required=False,
        help_text="What the pictures show, in their order.",
        **kwargs,
    )


class PublishTime(serializers.DateTimeField):
    """A moment by ISO 8601 with its offset from UTC: a local time without one names no moment."""

    default_error_messages = {
        "naive": "Please add the offset from UTC, as in 2026-12-24T18:00:00+01:00."
    }

    def __init__(self, **kwargs: Any) -> None:
        text = "With its offset from UTC, and to come: the clock publishes the draft then."
        super().__init__(required=False, allow_null=True, help_text=text, **kwargs)

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("naive")
        return super().enforce_timezone(value)


def _checked(check: Callable[[list[str]], list[str]], value: list[str]) -> list[str]:
    try:
        return check(value)
    except Invalid as error:
        raise serializers.ValidationError(error.message) from error


class PostWrite(serializers.Serializer[Any]):
    images = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        allow_empty=False,
        required=False,
        max_length=settings.MEDIA_MAX_COUNT,
        help_text="Repeat the field; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB each, and "
        "videos, MP4, MOV or WebM, of which larger ones are sent straight to the store.",
    )
    media = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        allow_empty=False,
        required=False,
        max_length=settings.MEDIA_MAX_COUNT,
        help_text="Instead of images: ids of pictures that you have uploaded, each once.",
    )
    type = serializers.ChoiceField(
        Post.Type.choices,
        required=False,
        source="kind",
        help_text="`reel` for one video that is to be one; else it is that of the first picture.",
    )
    alt_texts = _alt_texts(default=list)
    caption = _caption(default="")
    tags = _tags(default=list)
    visibility = serializers.ChoiceField(
        Post.Visibility.choices, default=Post.Visibility.PUBLIC.value
    )
    draft = serializers.BooleanField(
        required=False, help_text="Keep it for its author alone; pictures may come later."
    )
    publish_at = PublishTime()

    def validate_tags(self, value: list[str]) -> list[str]:
        return _checked(clean_tags, value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "images" in attrs and "media" in attrs:
            raise serializers.ValidationError({"media": "Either images or media, please."})
        for name in ("draft", "publish_at"):  # forms send what is not meant
            if not attrs.get(name):
                attrs.pop(name, None)
        pictures = attrs.get("images") or attrs.get("media") or []
        if not pictures and not attrs.keys() & {"draft", "publish_at"}:
            raise serializers.ValidationError({"images": "This field is required."})
        if len(attrs["alt_texts"]) > len(pictures):
            raise serializers.ValidationError({"alt_texts": "More of them than images."})
        return attrs


class PostChange(serializers.Serializer[Any]):
    """What is not sent stays as it is; `alt_texts` is one for each picture.

    `publish_at` and `media` are for drafts alone.
    """

    caption = _caption()
    tags = _tags()
    visibility = serializers.ChoiceField(Post.Visibility.choices, required=False)
    alt_texts = _alt_texts()
    publish_at = PublishTime()
    media = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=settings.MEDIA_MAX_COUNT,
        help_text="Ids of all its pictures in their order: those that it has, and others that you "
        "have uploaded. Those that are not named are deleted.",
    )

    def validate_tags(self, value: list[str]) -> list[str]:
        return _checked(clean_tags, value)


class PicturesWrite(serializers.Serializer[Any]):
    """Pictures that a draft gets besides those that it has."""

    images = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        allow_empty=False,
        max_length=settings.MEDIA_MAX_COUNT,
        help_text="Repeat the field; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB each.",
    )
    alt_texts = _alt_texts(default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs["alt_texts"]) > len(attrs["images"]):
            raise serializers.ValidationError({"alt_texts": "More of them than images."})
        return attrs


class AltTextWrite(serializers.Serializer[Any]):
    alt_text = serializers.CharField(max_length=settings.ALT_TEXT_MAX_LENGTH, allow_blank=True)


class ReactionWrite(serializers.Serializer[Any]):
    emoji = serializers.CharField(max_length=64, help_text="One emoji, as it is.")

    class Meta:
        swagger_schema_fields = {"example": {"emoji": "🌅"}}

    def validate_emoji(self, value: str) -> str:
        try:
            return clean_emoji(value)
        except Invalid as error:
            raise serializers.ValidationError(error.message) from error
