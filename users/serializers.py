"""How people look on the wire, and what they may send about themselves.

What lists show goes through plain functions: a serializer costs a hundred times as much.
"""

from typing import Any

from django.conf import settings
from django.core.validators import URLValidator
from rest_framework import serializers

from media import storage
from media.models import Media
from users.models import Session, User
from users.names import check_username

AVATAR_SIZE = 320  # pixels of the longest side


def avatar_url(avatar: Media | None) -> str | None:
    """Where the small rendition of a picture is; None without a picture. No query if loaded."""
    if avatar is None or avatar.state != Media.State.READY:
        return None
    sizes = sorted(avatar.renditions, key=int)
    fitting = [size for size in sizes if int(size) <= AVATAR_SIZE] or sizes[:1]
    return storage.url(avatar.renditions[fitting[-1]])


def person_card(user: User) -> dict[str, Any]:
    """A person in a list. Load the columns of `users.querysets.CARD`, or each is a query."""
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "avatar_url": avatar_url(user.avatar),
    }


def profile(user: User, viewer: User | None) -> dict[str, Any]:
    """A person's page for `viewer`; `user` was loaded with the relations to them.

    Only what `viewer` may see is counted. The owner also gets what nobody else does.
    """
    page = {
        **person_card(user),
        "bio": user.bio,
        "website": user.website,
        "is_private": user.is_private,
        "posts_count": posts_count(user, viewer),
        "followers_count": user.followers_count,
        "following_count": user.following_count,
        "joined_at": user.joined_at,
        "viewer": relations(user),
    }
    if viewer is not None and viewer.pk == user.pk:
        page["email"] = user.email
        page["email_verified"] = user.email_verified_at is not None
        page["shows_followed_tags"] = user.shows_followed_tags
        page["avatar_processing"] = user.next_avatar_id is not None
    return page


RELATIONS = ("follows", "requested", "follows_me", "blocks", "mutes")


def relations(user: User) -> dict[str, bool]:
    """What `user` is to the viewer it was loaded with; nothing at all without one."""
    return {kind: bool(getattr(user, kind, False)) for kind in RELATIONS}


def posts_count(user: User, viewer: User | None) -> int:
    """How many posts of `user` this viewer may see (`Post.objects.visible_to` in numbers)."""
    if viewer is not None and viewer.pk == user.pk:
        return user.public_posts_count + user.followers_posts_count + user.private_posts_count
    if getattr(user, "blocks", False):  # the viewer's block hides the posts both ways
        return 0
    if getattr(user, "follows", False):
        return user.public_posts_count + user.followers_posts_count
    return 0 if user.is_private else user.public_posts_count


def session_card(session: Session, current: Any) -> dict[str, Any]:
    """A device that is signed in; `current` is the id of the session that asks."""
    return {
        "id": str(session.pk),
        "user_agent": session.user_agent,
        "address": session.address,
        "created_at": session.created_at,
        "used_at": session.used_at,
        "expires_at": session.expires_at,
        "current": session.pk == current,
    }


# --- Shapes out: what `/docs` shows of the functions above ---------------------------------------


class PersonCard(serializers.Serializer[User]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    avatar_url = serializers.URLField(allow_null=True)

    class Meta:
        ref_name = "Person"

    def to_representation(self, instance: User) -> dict[str, Any]:
        return person_card(instance)


class ViewerRelations(serializers.Serializer[User]):
    follows = serializers.BooleanField()
    requested = serializers.BooleanField()
    follows_me = serializers.BooleanField()
    blocks = serializers.BooleanField()
    mutes = serializers.BooleanField()

    class Meta:
        ref_name = "ViewerOfPerson"


class ProfileDetail(serializers.Serializer[User]):
    """For guests every relation is false. The last four fields are only in one's own profile."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    avatar_url = serializers.URLField(allow_null=True)
    bio = serializers.CharField(allow_blank=True)
    website = serializers.URLField(allow_blank=True)
    is_private = serializers.BooleanField()
    posts_count = serializers.IntegerField(help_text="Posts that you may see.")
    followers_count = serializers.IntegerField()
    following_count = serializers.IntegerField()
    joined_at = serializers.DateTimeField()
    viewer = ViewerRelations(help_text="What you are to this person.")
    email = serializers.EmailField(
        required=False, allow_null=True, help_text="None for who registered without one."
    )
    email_verified = serializers.BooleanField(required=False)
    shows_followed_tags = serializers.BooleanField(
        required=False, help_text="Posts with tags that you follow stand in your timeline."
    )
    avatar_processing = serializers.BooleanField(
        required=False, help_text="A new picture was sent and is being prepared."
    )

    class Meta:
        ref_name = "Profile"


class TokenPair(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="For `Authorization: Bearer …`; lives 10 minutes.")
    refresh = serializers.CharField(
        required=False,
        help_text="For `POST /users/refresh`, once; lives 14 days. Not there when a cookie has it.",
    )


class SessionDetail(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    user_agent = serializers.CharField(allow_blank=True)
    address = serializers.IPAddressField(allow_null=True)
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    current = serializers.BooleanField(help_text="The session that asks.")

    class Meta:
        ref_name = "Session"


# --- Shapes in -----------------------------------------------------------------------------------


class UsernameField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=settings.USERNAME_MAX_LENGTH, **kwargs)
        self.validators.append(check_username)


class PasswordField(serializers.CharField):
    """Any characters, blanks at the ends too; bounded because hashing costs by length."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=settings.PASSWORD_MAX_LENGTH,
            trim_whitespace=False,
            style={"input_type": "password"},
            **kwargs,
        )


class AddressField(serializers.EmailField):
    """An e-mail address in the spelling that is kept: the lower case of a domain can be longer.

    What no letter can be sent to is refused: look-alikes of ASCII before the `@`, which
    Django's validator lets through, and domains that have no name in the DNS.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        address = str(User.objects.normalize_email(super().to_internal_value(data)))
        name, _, domain = address.rpartition("@")
        try:
            domain.encode("idna")
        except UnicodeError:
            self.fail("invalid")
        if not (name.isascii() and name.isprintable()):
            self.fail("invalid")
        return address


class AvatarField(serializers.FileField):
    """A picture to hang, or `""` or `null` to take down what hangs there."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return None if data in ("", None) else super().run_validation(data)


class CodeRequestWrite(serializers.Serializer[Any]):
    email = AddressField()

    class Meta:
        swagger_schema_fields = {"example": {"email": "ada@example.org"}}


class CodeWrite(serializers.Serializer[Any]):
    email = AddressField()
    code = serializers.RegexField(
        r"^[0-9]{6}$",
        help_text="From the letter.",
        error_messages={"invalid": "Six digits, please."},
    )

    class Meta:
        swagger_schema_fields = {"example": {"email": "ada@example.org", "code": "204816"}}


class RegistrationWrite(serializers.Serializer[Any]):
    """With `email`, which a letter asks to confirm, or with the `ticket` of a proved one."""

    username = UsernameField(
        help_text="2 to 30 letters, digits, `_`, `.`, `-`; unique in any case."
    )
    email = AddressField(required=False)
    ticket = serializers.CharField(
        max_length=500, required=False, help_text="From `POST /users/register/verify`."
    )
    password = PasswordField(help_text="At least 8 characters.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("email" in attrs) == ("ticket" in attrs):
            name = "ticket" if "ticket" in attrs else "email"
            raise serializers.ValidationError({name: ["Either an address or a ticket, please."]})
        return attrs

    class Meta:
        swagger_schema_fields = {
            "example": {
                "username": "ada",
                "email": "ada@example.org",
                "password": "poetical science",
            }
        }


class LoginWrite(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=254, help_text="The username or the e-mail.")
    password = PasswordField()
    browser = serializers.BooleanField(
        default=False,
        help_text="Keep the refresh token in a cookie that scripts cannot read. For our own pages.",
    )

    class Meta:
        swagger_schema_fields = {"example": {"username": "ada", "password": "poetical science"}}


class RefreshWrite(serializers.Serializer[Any]):
    refresh = serializers.CharField(
        max_length=2000, required=False, help_text="May be missing where a cookie is sent."
    )

    class Meta:
        swagger_schema_fields = {"example": {"refresh": "eyJhbGciOi…"}}


class LogoutWrite(serializers.Serializer[Any]):
    refresh = serializers.CharField(max_length=2000, required=False)

    class Meta:
        swagger_schema_fields = {"example": {"refresh": "eyJhbGciOi…"}}


class MailTokenWrite(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=2000, help_text="From the letter.")


class ResetRequestWrite(serializers.Serializer[Any]):
    email = AddressField()

    class Meta:
        swagger_schema_fields = {"example": {"email": "ada@example.org"}}


class ResetConfirmWrite(MailTokenWrite):
    password = PasswordField()


class PasswordChangeWrite(serializers.Serializer[Any]):
    old_password = PasswordField()
    new_password = PasswordField()

    class Meta:
        swagger_schema_fields = {
            "example": {"old_password": "poetical science", "new_password": "flying engines"}
        }


class EmailChangeWrite(serializers.Serializer[Any]):
    email = AddressField()
    password = PasswordField()

    class Meta:
        swagger_schema_fields = {
            "example": {"email": "new@example.org", "password": "poetical science"}
        }


class AccountDeletionWrite(serializers.Serializer[Any]):
    password = PasswordField(required=False, help_text="If sent, it must be right.")


class ProfileWrite(serializers.Serializer[Any]):
    """What is not named here, counts and flags above all, is ignored."""

    username = UsernameField(required=False)
    name = serializers.CharField(max_length=60, allow_blank=True, required=False)
    bio = serializers.CharField(
        max_length=settings.BIO_MAX_LENGTH, allow_blank=True, required=False
    )
    website = serializers.CharField(
        max_length=200,
        allow_blank=True,
        required=False,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    is_private = serializers.BooleanField(required=False)
    shows_followed_tags = serializers.BooleanField(
        required=False, help_text="Show posts with followed tags in the home timeline."
    )
    avatar = AvatarField(required=False, help_text="A photo; empty takes the present one down.")


class MuteWrite(serializers.Serializer[Any]):
    until = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="When it ends; never, if not set."
    )
