"""What can happen to posts."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class PostCreated(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PicturesAdded(Event):
    """A draft has pictures that may have to be processed."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostPublished(Event):
    """Published, restored by a moderator, or opened to more people."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostEdited(Event):
    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostWithdrawn(Event):
    """Deleted by its author or hidden by a moderator."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostReacted(Event):
    post_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class PostUnreacted(Event):
    post_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class PostMentioned(Event):
    """People whom a shown post mentions and who may see it. Of each it is told once a post."""

    post_id: int
    user_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class FanOutDue(Event):
    """Published to more followers than were written in the same transaction."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostReposted(Event):
    post_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class PostUnreposted(Event):
    post_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class RepostFanOutDue(Event):
    """Reposted for more followers than were written in the same transaction."""

    post_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class RepostsShown(Event):
    """A post that people have reposted is to be seen again, or by more."""

    post_id: int
