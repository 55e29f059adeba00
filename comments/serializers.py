"""How a comment comes in and goes out (PRODUCT.md, Shapes)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from rest_framework import serializers

from comments.models import Comment, CommentReaction
from media.models import Media
from media.serializers import MediaCard, media_card
from media.signing import URLs, urls_for
from posts.mentioning import Linked, linked, shown
from posts.serializers import EntityCard
from users.serializers import PersonCard, person_card
from users.viewer import viewer_or_guest


def comment_card(comment: Comment, urls: URLs, people: Linked) -> dict[str, Any]:
    """A comment. Load with `for_cards` and `with_marks_of`; then it costs no query.

    `urls`: where its viewer finds the pictures of comments; `people`: whom they are shown linked.

    What `listed_to` found not readable is "removed": nothing of it but its place.
    """
    author = comment.author if getattr(comment, "is_readable", True) else None
    place = {"id": comment.pk, "post_id": comment.post_id, "parent_id": comment.parent_id}
    if author is None:
        return {**place, **_removed(comment)}
    return {
        **place,
        "removed": False,
        "author": person_card(author),
        "text": comment.text,
        **shown(author.pk, comment.entities, people),
        "media": [media_card(media, urls) for media in _pictures(comment)],
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "reactions_count": comment.reactions_count,
        "replies_count": comment.replies_count,
        "has_replies": comment.shown_replies > 0,
        "viewer": {"reaction": getattr(comment, "my_reaction", None)},
    }


def _pictures(comment: Comment) -> list[Media]:
    """None, or one: for others once it is ready, and where something can be read."""
    picture = getattr(comment, "picture", None)
    if picture is None:
        return []
    is_shown = picture.media.state == Media.State.READY or getattr(comment, "is_mine", False)
    return [picture.media] if is_shown else []


def _removed(comment: Comment) -> dict[str, Any]:
    return {
        "removed": True,
        "author": None,
        "text": "",
        "mentions": [],
        "entities": [],
        "media": [],
        "created_at": comment.created_at,
        "edited_at": None,
        "reactions_count": 0,
        "replies_count": comment.replies_count,
        "has_replies": comment.shown_replies > 0,
        "viewer": {"reaction": None},
    }


class ViewerOfComment(serializers.Serializer[Comment]):
    reaction = serializers.CharField(allow_null=True, help_text="Your emoji.")


class CommentCards(serializers.ListSerializer[Comment]):
    """A page of comments: what their pictures need is signed once for all of them."""

    def to_representation(self, data: Any) -> list[dict[str, Any]]:
        comments = list(data)
        urls, people = _fillings(comments, self.context)
        return [comment_card(comment, urls, people) for comment in comments]


def _fillings(comments: Collection[Comment], context: Mapping[str, Any]) -> tuple[URLs, Linked]:
    """Only for what can be read: a removed comment's picture is nobody's, and it names nobody."""
    viewer = viewer_or_guest(context["request"])
    readable = [each for each in comments if getattr(each, "is_readable", True) and each.author]
    pictures = [picture for each in readable for picture in _pictures(each)]
    texts = [(each.author.pk, each.entities) for each in readable if each.author]
    return urls_for(pictures, viewer), linked(texts, viewer)


class CommentCard(serializers.Serializer[Comment]):
    id = serializers.IntegerField()
    post_id = serializers.IntegerField()
    parent_id = serializers.IntegerField(
        allow_null=True, help_text="The comment below which it stands; null right below the post."
    )
    removed = serializers.BooleanField(
        help_text="Nothing is left to be read of it, but there are replies below."
    )
    author = PersonCard(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    mentions = serializers.ListField(child=serializers.CharField(), help_text="Usernames.")
    entities = EntityCard(many=True, help_text="What to link in the text, in order.")
    media = MediaCard(many=True, help_text="At most one picture; for others once it is ready.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    reactions_count = serializers.IntegerField()
    replies_count = serializers.IntegerField(help_text="Right below it, without the removed.")
    has_replies = serializers.BooleanField(help_text="Whether anything stands below it at all.")
    viewer = ViewerOfComment()

    class Meta:
        ref_name = "Comment"
        list_serializer_class = CommentCards

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        return comment_card(instance, *_fillings([instance], self.context))


class CommentReactionCard(serializers.Serializer[CommentReaction]):
    """Who reacted, how and when."""

    emoji = serializers.CharField()
    person = PersonCard(source="owner")
    created_at = serializers.DateTimeField()

    class Meta:
        ref_name = "CommentReaction"


class CommentChange(serializers.Serializer[Comment]):
    text = serializers.CharField(max_length=settings.COMMENT_MAX_LENGTH)


class CommentWrite(CommentChange):
    parent_id = serializers.IntegerField(
        allow_null=True, default=None, help_text="The comment that it answers, if any."
    )
    image = serializers.FileField(
        allow_empty_file=True,
        required=False,
        help_text="A picture; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB.",
    )
    alt_text = serializers.CharField(
        max_length=settings.ALT_TEXT_MAX_LENGTH,
        allow_blank=True,
        default="",
        help_text="What the picture shows.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["alt_text"] and "image" not in attrs:
            raise serializers.ValidationError({"alt_text": "There is no image."})
        return attrs
