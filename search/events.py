"""What can happen to documents."""

from dataclasses import dataclass

from events.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentsChanged(Event):
    """Some have words that Elasticsearch does not know yet: their rows say which."""
