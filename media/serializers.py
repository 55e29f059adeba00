"""Media as clients see it (PRODUCT.md, Shapes)."""

from typing import Any

from rest_framework import serializers

from media import storage
from media.models import Media
from media.signing import URLs

_STATES = [state for state in Media.State.values if state != Media.State.MOVING]


def media_card(media: Media, urls: URLs) -> dict[str, Any]:
    """`MediaCard` as a dict, without the cost of a serializer; no query.

    `urls` has those of signed pictures, for the viewer of the card (`media.signing.urls_for`).
    """
    renditions = _renditions(media, urls)
    sides = list(renditions)
    return {
        "id": media.pk,
        "type": media.type,
        "state": shown_state(media),
        "alt_text": media.alt_text,
        "width": media.width,
        "height": media.height,
        "blurhash": media.blurhash or None,
        "url": renditions[sides[-1]] if sides else None,
        "renditions": renditions,
        "error": media.error or None,
    }


def shown_state(media: Media) -> str:
    """For people a picture on its way is as good as one that is being processed."""
    moving = media.state == Media.State.MOVING
    return Media.State.PROCESSING if moving else media.state


def _renditions(media: Media, urls: URLs) -> dict[str, str]:
    """URLs by the longest side, from small to large; none unless it is ready."""
    if media.state != Media.State.READY:
        return {}
    sides = sorted(media.renditions, key=int)
    if media.access == Media.Access.PUBLIC:
        return {side: storage.url(media.renditions[side]) for side in sides}
    signed = urls.get(media.pk, {})
    return {side: signed[side] for side in sides if side in signed}


class MediaCard(serializers.Serializer[dict[str, Any]]):
    """A picture. Nothing of it can be fetched before it is `ready`."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(Media.Type.values)
    state = serializers.ChoiceField(_STATES)
    alt_text = serializers.CharField(allow_blank=True)
    width = serializers.IntegerField(help_text="Pixels of the upright original.")
    height = serializers.IntegerField(help_text="Pixels of the upright original.")
    blurhash = serializers.CharField(
        allow_null=True, help_text="A placeholder until the picture is there (blurha.sh)."
    )
    url = serializers.URLField(
        allow_null=True,
        help_text="The largest rendition. Of what not everybody may see, it is for you alone "
        "and for some hours: fetch the card again when it ends.",
    )
    renditions = serializers.DictField(
        child=serializers.URLField(),
        help_text="By their longest side in pixels; none is larger than the original.",
    )
    error = serializers.CharField(allow_null=True, help_text="Why it failed, for its owner.")
