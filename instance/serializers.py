"""What `GET /instance` tells."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from instance.models import Site


class Limits(serializers.Serializer[Any]):
    """What people may send (D6). Lengths are in characters, sizes in bytes."""

    username_min_length = serializers.IntegerField()
    username_max_length = serializers.IntegerField()
    password_min_length = serializers.IntegerField()
    password_max_length = serializers.IntegerField()
    bio_max_length = serializers.IntegerField()
    caption_max_length = serializers.IntegerField()
    comment_max_length = serializers.IntegerField()
    alt_text_max_length = serializers.IntegerField()
    tag_max_length = serializers.IntegerField()
    tags_max_count = serializers.IntegerField(help_text="On one post.")
    media_max_count = serializers.IntegerField(help_text="In one post.")
    photo_max_bytes = serializers.IntegerField()
    photo_max_pixels = serializers.IntegerField(help_text="Width times height.")
    video_max_bytes = serializers.IntegerField()
    video_max_seconds = serializers.IntegerField()
    page_size = serializers.IntegerField(help_text="Of a list without `limit`.")
    page_size_max = serializers.IntegerField()


class Features(serializers.Serializer[Any]):
    """What this server can do, for clients that also speak to others."""

    photos = serializers.BooleanField()
    albums = serializers.BooleanField()
    videos = serializers.BooleanField()
    private_accounts = serializers.BooleanField()


class InstanceDetail(serializers.Serializer[Any]):
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    rules = serializers.CharField(allow_blank=True)
    contact_email = serializers.CharField(allow_blank=True, help_text="Empty when there is none.")
    registrations_open = serializers.BooleanField()
    version = serializers.CharField()
    limits = Limits()
    photo_types = serializers.ListField(
        child=serializers.CharField(), help_text="Media types that can be uploaded."
    )
    video_types = serializers.ListField(
        child=serializers.CharField(), help_text="The same of videos; empty: none are taken."
    )
    rendition_sizes = serializers.ListField(
        child=serializers.IntegerField(), help_text="Longest sides in pixels."
    )
    features = Features()


def instance_detail(site: Site) -> dict[str, Any]:
    """`InstanceDetail` as a dict; no query."""
    return {
        "name": site.name,
        "description": site.description,
        "rules": site.rules,
        "contact_email": site.contact_email,
        "registrations_open": site.registrations_open,
        "version": settings.VERSION,
        "limits": {name: getattr(settings, str(name).upper()) for name in Limits().fields},
        "photo_types": settings.PHOTO_TYPES,
        "video_types": settings.VIDEO_TYPES if settings.FFMPEG else [],
        "rendition_sizes": settings.RENDITION_SIZES,
        "features": {
            "photos": True,
            "albums": settings.MEDIA_MAX_COUNT > 1,
            "videos": bool(settings.FFMPEG),
            "private_accounts": True,
        },
    }
