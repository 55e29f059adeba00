"""Reading documents and words. Nothing read here is shown before `visible_to` has let it."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from common.statements import execute

if TYPE_CHECKING:
    from search.models import Document, Word


class DocumentQuerySet(models.QuerySet["Document"]):
    def live(self) -> "DocumentQuerySet":
        """What may be found by somebody."""
        return self.filter(gone_at=None)

    def unsent(self) -> "DocumentQuerySet":
        """Documents of which Elasticsearch has no copy or an older one, the oldest change first."""
        return self.filter(is_sent=False).order_by("version")

    def to_sweep(self, age: timedelta) -> "DocumentQuerySet":
        """Documents that have been empty for longer than `age`, the oldest first."""
        return self.filter(gone_at__lt=timezone.now() - age).order_by("gone_at", "pk")

    def carried(self, tags: Collection[str]) -> set[str]:
        """Which of `tags`, as stored, a document of a post for everyone carries."""
        rows = execute(_CARRIED, [list(tags)]) if tags else []
        return {tag for (tag,) in rows}


class WordQuerySet(models.QuerySet["Word"]):
    def unused(self, words: Collection[str]) -> set[str]:
        """Which of `words` stand in no document."""
        if not words:
            return set()
        rows = execute(_UNUSED, [list(words), list(map(_quoted, words))])
        return {word for (word,) in rows}


# What a word begins with in the vectors of each kind, so that the index leads to one kind alone.
MARKS = {"post": "", "user": "@", "tag": "#"}


def _quoted(word: str) -> str:
    """A word of any kind as the text of a `tsquery`."""
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return " | ".join(f"'{mark}{quoted}'" for mark in MARKS.values())


_CARRIED = """
SELECT tag FROM unnest(%s::text[]) AS tag WHERE EXISTS (
    SELECT FROM search_document d
    WHERE d.gone_at IS NULL AND d.audience = 'everyone' AND d.tag_keys @> ARRAY[tag]
)
"""

_UNUSED = """
SELECT asked.word FROM unnest(%s::text[], %s::text[]) asked (word, lexeme) WHERE NOT EXISTS (
    SELECT FROM search_document d WHERE d.vector @@ asked.lexeme::tsquery
)
"""
