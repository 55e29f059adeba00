"""What can happen to people and between two of them."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    user_id: int


@dataclass(frozen=True, kw_only=True)
class CodeRequested(Event):
    """Somebody wants to prove an address by a code, which may be somebody's already."""

    sign_up_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordResetRequested(Event):
    """Of user 0 when nobody has the address: told all the same, so that both take as long."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    user_id: int


@dataclass(frozen=True, kw_only=True)
class EmailChangeRequested(Event):
    """The owner asked to be written to at `email`, and has to prove it."""

    user_id: int
    email: str


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    user_id: int
    former_email: str


@dataclass(frozen=True, kw_only=True)
class AvatarChanged(Event):
    """A picture was sent, to hang once it is prepared."""

    user_id: int
    media_id: int


@dataclass(frozen=True, kw_only=True)
class UserChanged(Event):
    """Name, username, picture or privacy."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class UserDeleted(Event):
    user_id: int


@dataclass(frozen=True, kw_only=True)
class UserPurged(Event):
    """The account's rows are gone, `settings.PURGE_AFTER_DAYS` after its deletion."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class UserSuspended(Event):
    user_id: int


@dataclass(frozen=True, kw_only=True)
class UserRestored(Event):
    """The suspension was lifted."""

    user_id: int


@dataclass(frozen=True, kw_only=True)
class UserFollowed(Event):
    owner_id: int
    target_id: int


@dataclass(frozen=True, kw_only=True)
class UserUnfollowed(Event):
    owner_id: int
    target_id: int


@dataclass(frozen=True, kw_only=True)
class FollowRequested(Event):
    owner_id: int
    target_id: int


@dataclass(frozen=True, kw_only=True)
class UserBlocked(Event):
    owner_id: int
    target_id: int


@dataclass(frozen=True, kw_only=True)
class UserUnblocked(Event):
    owner_id: int
    target_id: int
