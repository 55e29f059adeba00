"""Accounts, their sessions, the relations between two of them, and the timelines."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from media.models import Media
from users.querysets import (
    PairQuerySet,
    SessionQuerySet,
    SignUpQuerySet,
    UserManager,
)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Hidden from everyone while `suspended_at` or `deleted_at` is set.

    The counts are exact: written with `F()` in the transaction of what they count, and they
    count only people and posts that are not hidden. Posts are counted by visibility, so
    that nobody is told of posts that they may not see.
    """

    username = models.CharField(max_length=settings.USERNAME_MAX_LENGTH)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 (null is no address)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=60, blank=True)
    bio = models.TextField(blank=True)
    website = models.URLField(blank=True)
    avatar = models.ForeignKey(Media, models.SET_NULL, null=True, blank=True, related_name="+")
    next_avatar = models.ForeignKey(  # sent, and not yet prepared
        Media, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_private = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())
    suspended_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # grows with name, username and avatar
    public_posts_count = models.PositiveIntegerField(default=0)
    followers_posts_count = models.PositiveIntegerField(default=0)
    private_posts_count = models.PositiveIntegerField(default=0)
    followers_count = models.PositiveIntegerField(default=0)
    following_count = models.PositiveIntegerField(default=0)
    joined_at_reading = models.BooleanField(default=False)  # too many followers to fan out to
    shows_followed_tags = models.BooleanField(default=False, db_default=False)  # at home

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]
        indexes = [
            models.Index(fields=["id"], name="user_joined", condition=Q(joined_at_reading=True)),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person may sign in and be seen."""
        return self.suspended_at is None and self.deleted_at is None


# What is read of a person who asks or acts: all but the password.
PERSON_COLUMNS = [
    each.attname
    for each in User._meta.concrete_fields  # noqa: SLF001 (documented by Django)
    if each.name != "password"
]


class Session(models.Model):
    """One device that is signed in; its refresh token is spent and replaced at each use.

    `refresh_id` is the `jti` of the one refresh token that is good now. Access tokens name
    their session and die with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    refresh_id = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-used_at"], name="session_by_user"),
            models.Index(fields=["-used_at"], name="session_latest"),  # who was here lately
        ]

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class SignUp(models.Model):
    """Somebody who is proving an e-mail address before there is an account; one an address.

    The code is kept nowhere: it follows from `secret` and the site's key (`tokens.code_of`).
    """

    address = models.CharField(max_length=254, unique=True)  # in lower case
    email = models.EmailField()  # as it was written
    secret = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(db_index=True)
    proved_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sign-up of {self.email}"


class Pair(models.Model):
    """A relation of `owner` to `target`: at most one row a pair, never to oneself.

    The unique pair is the index by owner; each relation has one by target.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    target = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = PairQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["owner", "target"], name="%(class)s_once"),
            models.CheckConstraint(condition=~Q(owner=F("target")), name="%(class)s_not_self"),
        ]

    def __str__(self) -> str:
        return f"{type(self).__name__.lower()} {self.owner_id} → {self.target_id}"


class Follow(Pair):
    """`owner` sees the posts of `target` in their timeline."""

    class Meta(Pair.Meta):
        indexes = [
            models.Index(fields=["target", "-id"], name="follow_followers"),
            models.Index(fields=["owner", "-id"], name="follow_following"),
        ]


class FollowRequest(Pair):
    """`owner` asks to follow `target`, whose account is private."""

    class Meta(Pair.Meta):
        indexes = [models.Index(fields=["target", "-id"], name="follow_request_inbox")]


class Block(Pair):
    """Neither side sees, follows or addresses the other."""

    class Meta(Pair.Meta):
        indexes = [models.Index(fields=["target"], name="block_target")]


class Mute(Pair):
    """`owner` does not want to hear of `target`, until `until` if set; `target` never knows."""

    until = models.DateTimeField(null=True, blank=True)

    class Meta(Pair.Meta):
        indexes = [models.Index(fields=["target"], name="mute_target")]


class TimelineEntry(models.Model):
    """Derived: post `post_id` stands in the home timeline of `owner`, at `shown_at`.

    Only `users/timelines.py` and `users/reposts.py` use this table. It holds ids without foreign
    keys: posts live above this app, and a leftover row shows nothing.
    """

    pk = models.CompositePrimaryKey("owner_id", "post_id")
    owner_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    author_id = models.BigIntegerField()
    shown_at = models.DateTimeField()
    reposter_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_id", "-shown_at", "-post_id"], name="timeline_page"),
            models.Index(fields=["post_id"], name="timeline_post"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} for {self.owner_id}"


class RepostEntry(models.Model):
    """Derived: `reposter_id` carries post `post_id` on to their followers, since `shown_at`.

    For reposts what somebody's own timeline is for their posts; only `users/reposts.py` writes
    it. It stays while a post is out of sight, and goes with the repost.
    """

    pk = models.CompositePrimaryKey("reposter_id", "post_id")
    reposter_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    author_id = models.BigIntegerField()
    shown_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["reposter_id", "-shown_at", "-post_id"], name="repost_page"),
            models.Index(fields=["post_id"], name="repost_post"),
            models.Index(fields=["author_id"], name="repost_author"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} by way of {self.reposter_id}"
