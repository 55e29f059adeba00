"""How posts come in and go out (PRODUCT.md, Shapes).

Out they go as plain dicts in two parts: `static_card` is the same for every viewer and
changes only with the revisions of post and author; `live_card` is this moment's and this
viewer's. The serializers of the same names describe them in `/docs`.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from rest_framework import serializers

from media.serializers import MediaCard, media_card
from media.signing import URLs, urls_for
from posts.mentioning import Linked, linked, shown
from posts.models import LIKE, Post, PostEdit, Reaction, TagFollow
from users.models import User
from users.serializers import PersonCard, person_card
from users.viewer import viewer_or_guest


def static_card(post: Post, urls: URLs, people: Linked) -> dict[str, Any]:
    """What every viewer sees alike, but for `urls`, those of its signed pictures, and `people`,
    those mentioned whom the viewer may see.

    Load with `for_cards`: no query.
    """
    return {
        "id": post.pk,
        "author": person_card(post.author),
        "type": post.type,
        "state": post.state,
        "visibility": post.visibility,
        "caption": post.caption,
        "tags": post.tags,
        "media": [media_card(place.media, urls) for place in post.places.all()],
        "created_at": post.created_at,
        "published_at": post.published_at,
        "edited_at": post.edited_at,
        **shown(post.author_id, post.entities, people),
        **_plan(post),
    }


def _plan(post: Post) -> dict[str, Any]:
    """What becomes of a draft; nothing of any other post."""
    if post.state != Post.State.DRAFT:
        return {}
    return {"publish_at": post.publish_at, "publish_error": post.publish_error or None}


def live_card(
    *,
    reactions: int,
    likes: int,
    comments: int,
    reposts: int,
    saves: int,
    reaction: str | None,
    is_saved: bool,
    is_reposted: bool,
    reposter: User | None = None,
) -> dict[str, Any]:
    """The counts, and what the viewer has done: `reaction` is their emoji."""
    return {
        "reactions_count": reactions,
        "likes_count": likes,
        "comments_count": comments,
        "reposts_count": reposts,
        "saves_count": saves,
        "viewer": {
            "reaction": reaction,
            "liked": reaction == LIKE,
            "saved": is_saved,
            "reposted": is_reposted,
        },
        "reposted_by": reposter and person_card(reposter),
    }


def signed_urls(posts: Collection[Post], viewer: User | None) -> URLs:
    """Where `viewer` finds the signed pictures of these posts, which they may see.

    No query where there is none; one or two for any number otherwise.
    """
    return urls_for([place.media for post in posts for place in post.places.all()], viewer)


def linked_people(posts: Iterable[Post], viewer: User | None) -> Linked:
    """Whom `viewer` may see of those mentioned in these posts. No query where nobody is."""
    return linked(((post.author_id, post.entities) for post in posts), viewer)


def post_card(post: Post, urls: URLs, people: Linked) -> dict[str, Any]:
    """A whole post. Load with `for_cards` and `with_marks_of`: no query."""
    return {
        **static_card(post, urls, people),
        **live_card(
            reactions=post.reactions_count,
            likes=post.likes_count,
            comments=post.comments_count,
            reposts=post.reposts_count,
            saves=post.saves_count,
            reaction=getattr(post, "my_reaction", None),
            is_saved=getattr(post, "is_saved", False),
            is_reposted=getattr(post, "is_reposted", False),
            reposter=getattr(post, "reposter", None),
        ),
    }


# --- Shapes out ----------------------------------------------------------------------------------


class ViewerMarks(serializers.Serializer[Any]):
    reaction = serializers.CharField(allow_null=True, help_text="Your emoji.")
    liked = serializers.BooleanField(help_text="Whether it is ❤.")
    saved = serializers.BooleanField()
    reposted = serializers.BooleanField()

    class Meta:
        ref_name = "ViewerOfPost"


class PostCards(serializers.ListSerializer[Post]):
    """A page of posts: what its pictures need is signed once for all of them."""

    def to_representation(self, data: Any) -> list[dict[str, Any]]:
        posts = list(data)
        viewer = viewer_or_guest(self.context["request"])
        urls = signed_urls(posts, viewer)
        people = linked_people(posts, viewer)
        return [post_card(post, urls, people) for post in posts]


class EntityCard(serializers.Serializer[Any]):
    """A mention or a hashtag in a text: `text[start:end]` with its sign, in code points."""

    kind = serializers.ChoiceField(("mention", "tag"))
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    value = serializers.CharField(help_text="The username now, or the tag as its page is called.")

    class Meta:
        ref_name = "Entity"


class PostCard(serializers.Serializer[Post]):
    """One to ten photos and videos with a caption. Not published, only its author sees it."""

    id = serializers.IntegerField()
    author = PersonCard()
    type = serializers.ChoiceField(Post.Type.choices)
    state = serializers.ChoiceField(Post.State.choices)
    visibility = serializers.ChoiceField(Post.Visibility.choices)
    caption = serializers.CharField(allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField())
    media = MediaCard(many=True)
    created_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)
    mentions = serializers.ListField(child=serializers.CharField(), help_text="Usernames.")
    entities = EntityCard(many=True, help_text="What to link in the caption, in order.")
    publish_at = serializers.DateTimeField(
        allow_null=True,
        required=False,
        help_text="Of a draft alone: when it will be published, null without a time.",
    )
    publish_error = serializers.CharField(
        allow_null=True,
        required=False,
        help_text="Of a draft alone: why it was not published at its time, in words.",
    )
    reactions_count = serializers.IntegerField()
    likes_count = serializers.IntegerField()
    comments_count = serializers.IntegerField()
    reposts_count = serializers.IntegerField()
    saves_count = serializers.IntegerField(help_text="How many; who, is told to nobody.")
    viewer = ViewerMarks(help_text="What you have done with it.")
    reposted_by = PersonCard(
        allow_null=True, help_text="In lists: who brought it there, if its author did not."
    )

    class Meta:
        ref_name = "Post"
        list_serializer_class = PostCards

    def to_representation(self, instance: Post) -> dict[str, Any]:
        viewer = viewer_or_guest(self.context["request"])
        people = linked_people([instance], viewer)
        return post_card(instance, signed_urls([instance], viewer), people)


class ReactionCard(serializers.Serializer[Reaction]):
    """Who reacted, how and when."""

    emoji = serializers.CharField()
    person = PersonCard(source="owner")
    created_at = serializers.DateTimeField()

    class Meta:
        ref_name = "Reaction"


class EmojiCount(serializers.Serializer[Any]):
    emoji = serializers.CharField()
    count = serializers.IntegerField()


class ReactionSummary(serializers.Serializer[Any]):
    """The emoji of a post, the most used first. Their counts add up to `reactions_count`."""

    counts = EmojiCount(many=True)


class PostEditCard(serializers.Serializer[PostEdit]):
    """What a post said until `replaced_at`."""

    caption = serializers.CharField(allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField())
    visibility = serializers.ChoiceField(Post.Visibility.choices)
    alt_texts = serializers.ListField(child=serializers.CharField(allow_blank=True))
    replaced_at = serializers.DateTimeField()

    class Meta:
        ref_name = "PostEdit"


class TagDetail(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="As it is stored: in lower case, without `#`.")
    posts_count = serializers.IntegerField(
        help_text=f"Posts that you may see, of the newest {settings.TAG_COUNT_MAX}."
    )
    is_followed = serializers.BooleanField()

    class Meta:
        ref_name = "Tag"


class FollowedTag(serializers.Serializer[TagFollow]):
    name = serializers.CharField(source="tag")
    followed_at = serializers.DateTimeField(source="created_at")

    class Meta:
        ref_name = "FollowedTag"


# --- Shapes in -----------------------------------------------------------------------------------
