"""What is asked of an engine, and what it answers. Both engines speak only in these.

An engine knows words and what an index can know of audiences. It never decides who may see
what: that is done on its answers, by `visible_to`.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

HAS = ("alt", "album", "caption", "tag")  # every picture described; several pictures; …

# How well a word of the question meets a word of a document, and how much the place counts.
# Any exact hit is above any prefix, and any prefix above any misspelling, wherever they are and
# whatever `search.ranking` adds afterwards.
EXACT, PREFIX, FUZZY = 9.0, 3.0, 1.0
TAGS, TITLE, TEXT, NAMES = 1.0, 1.0, 0.85, 0.75
WHOLE = 4.0  # the title is the question
IN_ORDER = 1.5  # title or text has the question's words side by side, in their order

LITTLE = 3  # letters of a word that need not be met, where nothing meets all

# Letters that may be wrong in a word, by its length: one from 4 on, two from 8 on, none again
# beyond 40: that is an address or a noise.
ONE_WRONG, TWO_WRONG, LONGEST_WRONG = 4, 8, 40


def wrong_letters(word: str) -> int:
    """How many letters of `word` may be wrong; a swap of two neighbours counts as one."""
    if len(word) > LONGEST_WRONG:
        return 0
    return (len(word) >= ONE_WRONG) + (len(word) >= TWO_WRONG)


Words = tuple[str, ...]  # folded, as `search.words` gives them


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to look for. All of it has to hold; empty parts ask for nothing.

    `words`: each stands somewhere in title, text, names or tags, as it is, as a prefix, or
    misspelled. `phrases`: each stands side by side in title or text. `without`: none of these
    words or phrases stands in title, text or tags. `tags` and `not_tags` are folded tags, met
    exactly.
    """

    words: Words = ()
    phrases: tuple[Words, ...] = ()
    without: tuple[Words, ...] = ()
    tags: Words = ()
    not_tags: Words = ()
    authors: tuple[int, ...] | None = None  # ids; one of these
    since: datetime | None = None  # inclusive
    before: datetime | None = None  # exclusive
    has: tuple[str, ...] = ()  # of HAS

    def without_little_words(self) -> "Question | None":
        """Without words like `the` and `in`; None when there are none, or no others.

        Little are words of up to `LITTLE` small letters: not numbers, emoji, or the pairs of
        scripts that have neither spaces nor cases.
        """
        kept = tuple(w for w in self.words if len(w) > LITTLE or not (w.isalpha() and w.islower()))
        return replace(self, words=kept) if kept and kept != self.words else None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """For whom: what the index leaves out already, so that its best hits can be seen.

    Posts for followers are found when their author is in `follows` or is `viewer_id`; posts for
    their author alone when that is `viewer_id`; nothing of or by `hidden` people is.
    `follows` come first among people of equal score.
    """

    viewer_id: int | None = None
    follows: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime | None) -> int | None:
    """Since 1970, exactly as the database knows the moment."""
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Hit:
    """A document that meets a question. `score` is that of the words alone.

    It is the mean over words and phrases of the best (EXACT, PREFIX or FUZZY) times its place,
    where a phrase is an EXACT in TITLE or TEXT; plus WHOLE, or else plus IN_ORDER where there
    are two words or more and it holds. Without words and phrases it is EXACT. For WHOLE the
    question is its words, then those of its phrases; IN_ORDER is about `words` alone.
    """

    kind: str  # of `Document.Kind`
    key: str
    score: float
    as_of: int | None = field(default=None, compare=False)  # of a post: `Document.as_of`, in µs


@dataclass(frozen=True)
class Found:
    """Up to the asked number of hits of each kind; by score, then the newest, then by key.

    Those without `published_at` come last among equals. Keys are ordered by their bytes (as
    PostgreSQL's collation "C" does), numbers too.
    """

    hits: dict[str, list[Hit]] = field(default_factory=dict)


class EngineUnavailable(Exception):  # noqa: N818 (an answer that callers must expect)
    """The engine did not answer in time, refused, or failed moments ago."""


class Engine(Protocol):
    """Both answer, or raise `EngineUnavailable`, within `settings.SEARCH_TIMEOUT` seconds."""

    def find(
        self, question: Question, reach: Reach, *, kinds: tuple[str, ...], limit: int
    ) -> Found:
        """The best `limit` documents of each of `kinds`."""
        ...

    def complete(self, prefix: Words, reach: Reach, *, kinds: tuple[str, ...], limit: int) -> Found:
        """People and tags with every word of `prefix` but the last, and one beginning with that.

        Looked for in title and text (a person's username and name, a tag). `reach.follows`
        come first, then by score, a whole match being the highest, then by key. Scores as in
        `find`, without misspellings, the last word as a prefix or exact.
        """
        ...
