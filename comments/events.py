"""What can happen to comments."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentAdded(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentPictured(Event):
    """A comment has a picture that is to be processed: a new one, or one that is wanted again."""

    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentReacted(Event):
    comment_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class CommentUnreacted(Event):
    comment_id: int
    owner_id: int
