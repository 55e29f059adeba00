"""How a showcase looks on the wire, and what may be sent to one; threetography's shapes too."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from rest_framework import serializers

from media.serializers import MediaCard, media_card
from media.signing import URLs
from showcase.models import Hanging, Place
from users.serializers import PasswordField, PersonCard, UsernameField, person_card

LARGEST_ID = 2**63 - 1


def place_card(
    place: str, hanging: Hanging | None, coming: Hanging | None, urls: URLs
) -> dict[str, Any]:
    """One place and what hangs there, if anything that the viewer may see does; no query."""
    return {
        "place": str(place),
        "media": hanging and media_card(hanging.media, urls),
        "hung_at": hanging and hanging.hung_at,
        "coming": coming and media_card(coming.media, urls),
    }


def former_card(hanging: Hanging, urls: URLs) -> dict[str, Any]:
    """What hung somewhere before, for its owner."""
    return {
        "id": hanging.pk,
        "place": hanging.place,
        "media": media_card(hanging.media, urls),
        "hung_at": hanging.hung_at,
        "taken_down_at": hanging.taken_down_at,
    }


def news_card(hanging: Hanging, urls: URLs) -> dict[str, Any]:
    """Who hung what, and when."""
    return {
        "owner": person_card(hanging.owner),
        "place": hanging.place,
        "media": media_card(hanging.media, urls),
        "hung_at": hanging.hung_at,
    }


def three_card(user: Any, hangings: Sequence[Hanging | None], urls: URLs) -> dict[str, Any]:
    """A person, as threetography's clients know one."""
    cards = [each and media_card(each.media, urls) for each in hangings]
    return {
        "user": user.username,
        "imageUrls": [(card and card["url"]) or "" for card in cards],
        "description": user.bio,
    }


# --- Shapes out: what `/docs` shows of the functions above ---------------------------------------


class PlaceCard(serializers.Serializer[Any]):
    place = serializers.ChoiceField(Place.values)
    media = MediaCard(allow_null=True)
    hung_at = serializers.DateTimeField(allow_null=True)
    coming = MediaCard(
        allow_null=True,
        help_text="In your own: what was sent and hangs once it is `ready`, or why it `failed`.",
    )

    class Meta:
        ref_name = "Place"


class ShowcaseCard(serializers.Serializer[Any]):
    places = PlaceCard(many=True, help_text="Always one, two and three.")

    class Meta:
        ref_name = "Showcase"


class FormerCard(serializers.Serializer[Any]):
    """A picture that hung in one of your places."""

    id = serializers.IntegerField()
    place = serializers.ChoiceField(Place.values)
    media = MediaCard()
    hung_at = serializers.DateTimeField()
    taken_down_at = serializers.DateTimeField()

    class Meta:
        ref_name = "FormerPicture"


class NewsCard(serializers.Serializer[Any]):
    """What somebody has hung."""

    owner = PersonCard()
    place = serializers.ChoiceField(Place.values)
    media = MediaCard()
    hung_at = serializers.DateTimeField()

    class Meta:
        ref_name = "ShowcaseNews"


class ThreeCard(serializers.Serializer[Any]):
    user = serializers.CharField(help_text="The username.")
    imageUrls = serializers.ListField(  # noqa: N815 (threetography's word)
        child=serializers.CharField(allow_blank=True),
        min_length=3,
        max_length=3,
        help_text='In the order of the places; `""` for an empty one. Each lives for hours.',
    )
    description = serializers.CharField(allow_blank=True)

    class Meta:
        ref_name = "Three"


class ThreeFollowing(serializers.Serializer[Any]):
    following = ThreeCard(many=True)


# --- Shapes in -----------------------------------------------------------------------------------


class PictureWrite(serializers.Serializer[Any]):
    """One of `file` and `media_id`."""

    file = serializers.FileField(
        required=False, allow_empty_file=True, help_text="As the images of a post."
    )
    media_id = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="A photo of your own posts, uploads or former pictures: a copy of it hangs.",
    )
    alt_text = serializers.CharField(
        required=False,
        max_length=settings.ALT_TEXT_MAX_LENGTH,
        allow_blank=True,
        help_text="What the picture shows. That of the photo, if not sent with `media_id`.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("media_id" in attrs):
            raise serializers.ValidationError({"file": "A file or a `media_id`, please."})
        return attrs


class ThreeCredentials(serializers.Serializer[Any]):
    user = serializers.CharField(max_length=254)
    password = PasswordField()

    class Meta:
        swagger_schema_fields = {"example": {"user": "ada", "password": "poetical science"}}


class ThreeRegistration(ThreeCredentials):
    user = UsernameField()


class ThreePerson(serializers.Serializer[Any]):
    user = serializers.CharField(max_length=254)

    class Meta:
        swagger_schema_fields = {"example": {"user": "ada"}}


class ThreeDescription(serializers.Serializer[Any]):
    description = serializers.CharField(max_length=settings.BIO_MAX_LENGTH, allow_blank=True)

    class Meta:
        swagger_schema_fields = {"example": {"description": "Engines and poetry."}}


class ThreeUpload(serializers.Serializer[Any]):
    File = serializers.FileField(allow_empty_file=True)
    Pos = serializers.ChoiceField(Place.values, required=False)
    pos = serializers.ChoiceField(Place.values, required=False, help_text="The same as `Pos`.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = {attrs[name] for name in ("Pos", "pos") if name in attrs}
        if len(named) != 1:
            raise serializers.ValidationError({"Pos": "One of one, two and three, please."})
        return {"file": attrs["File"], "place": named.pop()}
