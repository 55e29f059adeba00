"""Media as clients see it (PRODUCT.md, Shapes)."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from media import storage
from media.models import Media
from media.signing import URLs

URL_FIELDS = ("url", "renditions", "poster")  # of a card, beside each other
_STATES = [state for state in Media.State.values if state != Media.State.MOVING]


def media_card(media: Media, urls: URLs) -> dict[str, Any]:
    """`MediaCard` as a dict, without the cost of a serializer; no query.

    `urls` has those of signed pictures, for the viewer of the card (`media.signing.urls_for`).
    """
    found = _urls(media, urls)
    renditions = {side: found[side] for side in media.sides if side in found}
    largest = list(renditions.values())[-1] if renditions else None
    is_video = media.type == Media.Type.VIDEO
    is_made = is_video and media.state == Media.State.READY
    return {
        "id": media.pk,
        "type": media.type,
        "state": shown_state(media),
        "alt_text": media.alt_text,
        "width": media.width,
        "height": media.height,
        "blurhash": media.blurhash or None,
        "url": found.get(Media.VIDEO) if is_video else largest,
        "renditions": renditions,
        "poster": largest if is_video else None,
        "duration_seconds": media.duration_seconds if is_made else None,
        "progress": media.progress if is_video and media.state == "processing" else None,
        "error": media.error or None,
    }


def shown_state(media: Media) -> str:
    """For people a picture on its way is as good as one that is being processed."""
    moving = media.state == Media.State.MOVING
    return Media.State.PROCESSING if moving else media.state


def _urls(media: Media, urls: URLs) -> Mapping[str, str]:
    """By the keys of its renditions; none unless it is ready."""
    if media.state != Media.State.READY:
        return {}
    if media.access == Media.Access.PUBLIC:
        return {key: storage.url(name) for key, name in media.renditions.items()}
    return urls.get(media.pk, {})


class MediaCard(serializers.Serializer[dict[str, Any]]):
    """A photo or a video. Nothing of it can be fetched before it is `ready`."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(Media.Type.values)
    state = serializers.ChoiceField(_STATES)
    alt_text = serializers.CharField(allow_blank=True)
    width = serializers.IntegerField(
        help_text="Pixels of the upright original; of a video 0 until it was looked at."
    )
    height = serializers.IntegerField(help_text="As its width.")
    blurhash = serializers.CharField(
        allow_null=True, help_text="A placeholder until the picture is there (blurha.sh)."
    )
    url = serializers.URLField(
        allow_null=True,
        help_text="The largest rendition, or the video: an MP4 that can be read in ranges. Of what "
        "not everybody may see, it is for you alone and for some hours: fetch the card again when "
        "it ends.",
    )
    renditions = serializers.DictField(
        child=serializers.URLField(),
        help_text="Pictures by their longest side in pixels; none is larger than the original. "
        "Those of a video are posters of it.",
    )
    poster = serializers.URLField(
        allow_null=True, help_text="The largest picture of a video; null of a photo."
    )
    duration_seconds = serializers.FloatField(
        allow_null=True, help_text="Of a video that is ready; null of a photo."
    )
    progress = serializers.IntegerField(
        allow_null=True, help_text="Of a video that is being processed: 0 to 100."
    )
    error = serializers.CharField(allow_null=True, help_text="Why it failed, for its owner.")
