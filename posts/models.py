"""Posts, their pictures, their former captions; reactions, tags, mentions, and who keeps them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from media.models import Media
from posts.querysets import (
    CollectionQuerySet,
    MentionQuerySet,
    PostMediaQuerySet,
    PostQuerySet,
    PostTagQuerySet,
    ReactionQuerySet,
    RepostQuerySet,
    SaveQuerySet,
    TagFollowQuerySet,
)

LIKE = "❤"


class Post(models.Model):
    """One to ten pictures in order, with a caption.

    `state` goes draft → processing → published, or processing → failed → processing again. A draft
    with `publish_at` is published by the clock; `publish_error` tells its author why it was not.
    Gone for everyone while `deleted_at` or `hidden_at` (by a moderator) is set. `revision`
    grows with everything that a card shows and that is not a count. `tags` are those that were
    sent, and then those of the caption.
    """

    class Type(models.TextChoices):
        PHOTO = "photo"
        VIDEO = "video"
        REEL = "reel"

    class State(models.TextChoices):
        DRAFT = "draft"
        PROCESSING = "processing"
        PUBLISHED = "published"
        FAILED = "failed"

    class Visibility(models.TextChoices):
        PUBLIC = "public"
        FOLLOWERS = "followers"
        PRIVATE = "private"

    author = models.ForeignKey(  # `post_own` is its index
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts", db_index=False
    )
    type = models.CharField(max_length=5, choices=Type, default=Type.PHOTO)
    state = models.CharField(max_length=10, choices=State, default=State.PROCESSING)
    visibility = models.CharField(max_length=9, choices=Visibility, default=Visibility.PUBLIC)
    caption = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=settings.TAG_MAX_LENGTH), default=list)
    sent_tags = ArrayField(
        models.CharField(max_length=settings.TAG_MAX_LENGTH), default=list, db_default=[]
    )
    entities = models.JSONField(
        default=list, db_default=[]
    )  # what `posts.mentioning` read in the caption
    media = models.ManyToManyField(Media, through="PostMedia", related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    publish_error = models.CharField(max_length=300, blank=True, db_default="")
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    idempotency_key = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 (null is no key)
    idempotency_fingerprint = models.CharField(max_length=64, blank=True)
    reactions_count = models.PositiveIntegerField(default=0)
    likes_count = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    reposts_count = models.PositiveIntegerField(default=0)
    saves_count = models.PositiveIntegerField(default=0)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "idempotency_key"],
                name="post_idempotency_key_once",
                condition=Q(idempotency_key__isnull=False),
            ),
            models.CheckConstraint(
                condition=~Q(state="published", published_at=None), name="post_published_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(state="draft"), name="post_scheduled_is_a_draft"
            ),
        ]
        indexes = [
            models.Index(
                fields=["author", "-published_at", "-id"],
                name="post_by_author",
                condition=Q(state="published", deleted_at=None, hidden_at=None),
            ),
            models.Index(fields=["author", "-id"], name="post_own"),
            models.Index(
                fields=["-published_at", "-id"],
                name="post_public",
                condition=Q(
                    state="published", visibility="public", deleted_at=None, hidden_at=None
                ),
            ),
            models.Index(
                fields=["deleted_at"], name="post_to_purge", condition=Q(deleted_at__isnull=False)
            ),
            GinIndex(fields=["tags"], name="post_tags"),
            models.Index(
                fields=["author", "-id"],
                name="post_drafts",
                condition=Q(state="draft", deleted_at=None, hidden_at=None),
            ),
            models.Index(
                fields=["publish_at"],
                name="post_due",
                condition=Q(publish_at__isnull=False, deleted_at=None, hidden_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @property
    def is_gone(self) -> bool:
        """Whether it was deleted or hidden: nobody sees it, its author neither."""
        return self.deleted_at is not None or self.hidden_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether it stands in timelines and in its author's count of posts."""
        return self.state == Post.State.PUBLISHED and not self.is_gone


class PostMedia(models.Model):
    """The place of a picture in a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="places", db_index=False)
    media = models.OneToOneField(Media, models.CASCADE, related_name="place")
    position = models.PositiveSmallIntegerField()

    objects = PostMediaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="post_media_place_once"),
        ]

    def __str__(self) -> str:
        return f"picture {self.position} of post {self.post_id}"


class PostEdit(models.Model):
    """What a post said before an edit; `alt_texts` in the order of its pictures."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="edits")
    caption = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=settings.TAG_MAX_LENGTH), default=list)
    visibility = models.CharField(max_length=9, choices=Post.Visibility)
    alt_texts = ArrayField(models.TextField(blank=True), default=list)
    replaced_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"post {self.post_id} until {self.replaced_at}"


class Reaction(models.Model):
    """One person's reaction to a post: at most one, and ❤ is a like.

    `counted`: whether it is in the post's counts, from which reactions of hidden people are
    taken. Written under the lock of the post's row, so that flag and counts never disagree.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions", db_index=False)
    owner = models.ForeignKey(  # `reaction_by_owner` is its index
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    emoji = models.CharField(max_length=32, default=LIKE)
    counted = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "owner"], name="reaction_once"),
        ]
        indexes = [
            models.Index(fields=["post", "-id"], name="reaction_by_post"),
            models.Index(fields=["post", "emoji", "-id"], name="reaction_by_emoji"),
            models.Index(fields=["owner", "-id"], name="reaction_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} by {self.owner_id} on post {self.post_id}"


# --- Hashtags and mentions ---------------------------------------------------------------------


class PostTag(models.Model):
    """A shown post on the page of one of its tags; exactly the posts that `is_shown` have these.

    Author, audience and time are the post's own, kept here so that a page is read from an index.
    `weight` is what `top` sorts by (`posts.tagging`). Written under the lock of the post's row.
    """

    tag = models.CharField(max_length=settings.TAG_MAX_LENGTH)
    post = models.ForeignKey(Post, models.CASCADE, related_name="labels", db_index=False)
    author_id = models.BigIntegerField()
    is_public = models.BooleanField()  # whatever the account is
    published_at = models.DateTimeField()
    weight = models.PositiveIntegerField(default=0)

    objects = PostTagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "tag"], name="post_tag_once"),
        ]
        indexes = [
            models.Index(fields=["tag", "-published_at", "-post"], name="post_tag_recent"),
            models.Index(fields=["tag", "-weight", "-post"], name="post_tag_top"),
        ]

    def __str__(self) -> str:
        return f"#{self.tag} on post {self.post_id}"


class TagFollow(models.Model):
    """`owner` is interested in a tag, whether anybody uses it or not."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    tag = models.CharField(max_length=settings.TAG_MAX_LENGTH)
    created_at = models.DateTimeField(db_default=Now())

    objects = TagFollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "tag"], name="tag_follow_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="tag_follow_list"),
            models.Index(fields=["tag"], name="tag_follow_tag"),
        ]

    def __str__(self) -> str:
        return f"#{self.tag} followed by {self.owner_id}"


class Mention(models.Model):
    """A caption names `user`, whom its author could see when it was written.

    Who may see the link now is asked at reading (`posts.mentioning`). `told`: whether it was
    announced, which happens once, and not before they may see the post.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentioned", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    told = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="mention_once"),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="mention_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in post {self.post_id}"


# --- What is kept -------------------------------------------------------------------------------


class Repost(models.Model):
    """Somebody carries a post on to their followers, under their own name; once each.

    `counted` as a reaction's. Where it stands in timelines: `users.reposts`.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="reposts", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    counted = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = RepostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "owner"], name="repost_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="repost_by_owner"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} reposted by {self.owner_id}"


class Collection(models.Model):
    """A named shelf for what its owner has saved. Nobody else ever sees it, or its name.

    `position` is its place among the owner's, from 0 without gaps. Written under the lock of
    the owner's row.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    name = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    cover = models.ForeignKey(  # one of its posts that was chosen; else the latest stands for it
        Post, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = CollectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="collection_name_once"),
            models.UniqueConstraint(
                fields=["owner", "position"],
                name="collection_place_once",
                deferrable=models.Deferrable.DEFERRED,  # others move up in the same statement
            ),
        ]

    def __str__(self) -> str:
        return f"collection {self.pk} of {self.owner_id}"


class Save(models.Model):
    """Somebody keeps a post for themself, in one of their collections or in none.

    How many do so is known to everyone, who does to nobody. `counted` as a reaction's.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="saves", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    collection = models.ForeignKey(
        Collection, models.SET_NULL, null=True, blank=True, related_name="saves", db_index=False
    )
    counted = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = SaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "owner"], name="save_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="save_by_owner"),
            models.Index(fields=["collection", "-id"], name="save_by_collection"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} saved by {self.owner_id}"
