"""Uploads as clients announce them and follow them."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from media.models import Upload
from media.serializers import MediaCard, media_card
from media.signing import URLs
from media.uploads import Way

_VIDEOS = settings.VIDEO_TYPES if settings.FFMPEG else []
_TYPES = sorted({*settings.PHOTO_TYPES, *_VIDEOS, "image/heic"})  # as phones call HEIF


class UploadWrite(serializers.Serializer[Any]):
    size = serializers.IntegerField(
        min_value=1,
        max_value=max(settings.PHOTO_MAX_BYTES, settings.VIDEO_MAX_BYTES),
        help_text="Bytes of the file, exactly: nothing shorter or longer is taken.",
    )
    type = serializers.ChoiceField(
        _TYPES, help_text="As your file system calls it; what the file is, its bytes say."
    )
    parts = serializers.BooleanField(
        required=False,
        help_text="Whether to send it in parts, each of which can be sent again by itself; "
        f"without it, above {settings.UPLOAD_PART_BYTES} bytes.",
    )

    class Meta:
        ref_name = "UploadWrite"

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        is_video = attrs["type"].startswith("video/")
        most = settings.VIDEO_MAX_BYTES if is_video else settings.PHOTO_MAX_BYTES
        if attrs["size"] > most:
            message = f"Ensure this value is less than or equal to {most}."
            raise serializers.ValidationError({"size": message})
        return attrs


class UploadPart(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="From 1.")
    size = serializers.IntegerField(help_text="Bytes, exactly.")
    url = serializers.URLField(help_text="PUT the bytes here, and nothing else.")
    arrived = serializers.BooleanField()

    class Meta:
        ref_name = "UploadPart"


class UploadDetail(serializers.Serializer[Any]):
    """How to send a photo to the store, and what has arrived there.

    The addresses are signed anew each time. They are of no use to anybody else's file.
    """

    id = serializers.IntegerField()
    size = serializers.IntegerField()
    type = serializers.CharField()
    method = serializers.ChoiceField(["POST", "PUT"], help_text="POST a form, or PUT the parts.")
    url = serializers.URLField(
        allow_null=True, help_text="Where the form goes; null when there are parts, or no more."
    )
    fields_ = serializers.DictField(
        child=serializers.CharField(),
        help_text="Fields of the form, before its field `file`, which is the last.",
    )
    parts = UploadPart(many=True, help_text="In any order, any of them again; the last one counts.")
    arrived = serializers.BooleanField(help_text="Whether all of it has: it can be completed.")
    expires_at = serializers.DateTimeField(help_text="Until when it can be sent and completed.")
    media = MediaCard(allow_null=True, help_text="What became of it, once it is completed.")
    error = serializers.CharField(allow_null=True, help_text="Why it was refused.")

    class Meta:
        ref_name = "Upload"

    def get_fields(self) -> dict[str, Any]:
        """`fields` is what forms call them; a serializer has an attribute of that name."""
        found = super().get_fields()
        return {"fields" if name == "fields_" else name: each for name, each in found.items()}


def upload_detail(upload: Upload, way: Way | None, arrived: set[int], urls: URLs) -> dict[str, Any]:
    """`UploadDetail` as a dict; no query. `way` None: nothing is taken any more."""
    everything = set(range(1, len(upload.part_sizes) + 1))
    return {
        "id": upload.pk,
        "size": upload.size,
        "type": upload.mime,
        "method": "PUT" if upload.part_size else "POST",
        "url": way.url if way else None,
        "fields": way.fields if way else {},
        "parts": [
            {
                "number": part.number,
                "size": part.size,
                "url": part.url,
                "arrived": part.number in arrived,
            }
            for part in (way.parts if way else [])
        ],
        "arrived": arrived == everything or upload.is_settled,
        "expires_at": upload.expires_at,
        "media": media_card(upload.media, urls) if upload.media else None,
        "error": upload.error or None,
    }
