"""Words that no document has any more, and how none is dropped that one is just being taught."""

from collections.abc import Collection

from django.db import transaction

from common.statements import execute
from search.models import Word

_LOCK = 0x776F7264  # "word": an advisory lock's number, ours alone in this database


def keep_words() -> None:
    """Let no word be dropped until this transaction ends. To be called before rows are locked.

    Who makes documents shares it, so that nobody waits, but for the moment of a drop.
    """
    execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


@transaction.atomic
def forget_words(words: Collection[str]) -> int:
    """Drop those of `words` that no document has; how many.

    Waits for all who are making documents, and holds up those who begin meanwhile.
    """
    execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    done, _ = Word.objects.filter(text__in=Word.objects.unused(words)).delete()
    return done
