"""How collections come in and go out, and what is sent to save a post."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from media.models import Media
from media.serializers import MediaCard, media_card
from media.signing import URLs, urls_for
from posts.models import Collection

_LARGEST = 2**63 - 1


def _collection_card(
    collection: Collection, covers: Mapping[int, Media], urls: URLs
) -> dict[str, Any]:
    cover = covers.get(getattr(collection, "cover_media_id", None) or 0)
    return {
        "id": collection.pk,
        "name": collection.name,
        "position": collection.position,
        "cover": cover and media_card(cover, urls),
        "created_at": collection.created_at,
    }


class CollectionCards(serializers.ListSerializer[Collection]):
    """A page of collections, loaded with `for_cards`: one query for all their covers."""

    def to_representation(self, data: Any) -> list[dict[str, Any]]:
        collections = list(data)
        ids = {each.cover_media_id for each in collections} - {None}
        covers = Media.objects.in_bulk(ids) if ids else {}
        urls = urls_for(covers.values(), self.context["request"].user)
        return [_collection_card(each, covers, urls) for each in collections]


class CollectionCard(serializers.Serializer[Collection]):
    """Some of what you have saved, under a name of yours. Nobody else sees it."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    position = serializers.IntegerField(help_text="Its place among yours, from 0.")
    cover = MediaCard(
        allow_null=True, help_text="A picture of the post that you chose, or saved here last."
    )
    created_at = serializers.DateTimeField()

    class Meta:
        ref_name = "Collection"
        list_serializer_class = CollectionCards

    def to_representation(self, instance: Collection) -> dict[str, Any]:
        return CollectionCards(child=self, context=self.context).to_representation([instance])[0]


class CollectionWrite(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60, help_text="Once each, whatever the case.")


class CollectionChange(CollectionWrite):
    """What is not sent stays as it is."""

    position = serializers.IntegerField(
        min_value=0,
        max_value=_LARGEST,
        required=False,
        help_text="The others close up; beyond the last is the last.",
    )
    cover_post_id = serializers.IntegerField(
        min_value=1,
        max_value=_LARGEST,
        required=False,
        allow_null=True,
        help_text="A post in it; null for whatever was saved here last.",
    )


class SaveWrite(serializers.Serializer[Any]):
    collection = serializers.IntegerField(
        min_value=1,
        max_value=_LARGEST,
        required=False,
        allow_null=True,
        help_text="One of yours; null takes it out of the one it is in; nothing leaves it there.",
    )
