"""Media as clients see it (PRODUCT.md, Shapes)."""

from typing import Any

from rest_framework import serializers

from media import storage
from media.models import Media


def media_card(media: Media) -> dict[str, Any]:
    """`MediaCard` as a dict, without the cost of a serializer; no query."""
    ready = media.state == Media.State.READY
    sides = sorted(media.renditions, key=int) if ready else []
    renditions = {side: storage.url(media.renditions[side]) for side in sides}
    return {
        "id": media.pk,
        "type": media.type,
        "state": media.state,
        "alt_text": media.alt_text,
        "width": media.width,
        "height": media.height,
        "blurhash": media.blurhash or None,
        "url": renditions[sides[-1]] if sides else None,
        "renditions": renditions,
        "error": media.error or None,
    }


class MediaCard(serializers.Serializer[dict[str, Any]]):
    """A picture. Nothing of it can be fetched before it is `ready`."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(Media.Type.values)
    state = serializers.ChoiceField(Media.State.values)
    alt_text = serializers.CharField(allow_blank=True)
    width = serializers.IntegerField(help_text="Pixels of the upright original.")
    height = serializers.IntegerField(help_text="Pixels of the upright original.")
    blurhash = serializers.CharField(
        allow_null=True, help_text="A placeholder until the picture is there (blurha.sh)."
    )
    url = serializers.URLField(allow_null=True, help_text="The largest rendition.")
    renditions = serializers.DictField(
        child=serializers.URLField(),
        help_text="By their longest side in pixels; none is larger than the original.",
    )
    error = serializers.CharField(allow_null=True, help_text="Why it failed, for its owner.")
