"""What can happen to comments."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentAdded(Event):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(Event):
    comment_id: int
