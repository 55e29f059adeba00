"""How a comment comes in and goes out (PRODUCT.md, Shapes)."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from comments.models import Comment
from media.serializers import MediaCard
from users.serializers import PersonCard, person_card


def comment_card(comment: Comment) -> dict[str, Any]:
    """A comment. Load with `CommentQuerySet.for_cards`; then it costs no query."""
    return {
        "id": comment.pk,
        "post_id": comment.post_id,
        "parent_id": None,
        "author": person_card(comment.author),
        "text": comment.text,
        "mentions": [],
        "media": [],
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "reactions_count": 0,
        "replies_count": 0,
        "viewer": {"reaction": None},
    }


class ViewerOfComment(serializers.Serializer[Comment]):
    reaction = serializers.CharField(allow_null=True)


class CommentCard(serializers.Serializer[Comment]):
    id = serializers.IntegerField()
    post_id = serializers.IntegerField()
    parent_id = serializers.IntegerField(allow_null=True)
    author = PersonCard()
    text = serializers.CharField()
    mentions = serializers.ListField(child=serializers.CharField())
    media = MediaCard(many=True)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    reactions_count = serializers.IntegerField()
    replies_count = serializers.IntegerField()
    viewer = ViewerOfComment()

    class Meta:
        ref_name = "Comment"

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        return comment_card(instance)


class CommentWrite(serializers.Serializer[Comment]):
    text = serializers.CharField(max_length=settings.COMMENT_MAX_LENGTH)
