"""A question as PostgreSQL is asked it: what must be met, and what each meeting is worth.

The formula is that of `questions.Hit`. Words only ever stand quoted inside the text of a `tsquery`,
and that only ever is a parameter. They come as they stand in vectors: marked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from search.postgres.vectors import quoted
from search.questions import (
    EXACT,
    FUZZY,
    IN_ORDER,
    NAMES,
    PREFIX,
    TAGS,
    TEXT,
    TITLE,
    WHOLE,
    Words,
)

Sql = tuple[str, list[Any]]
Ways = tuple[tuple[float, str], ...]
Places = tuple[tuple[float, str], ...]  # what a place is worth, and its weight in a vector

EVERYWHERE: Final[Places] = ((TAGS, "A"), (TITLE, "B"), (TEXT, "C"), (NAMES, "D"))
NAMED: Final[Places] = ((TITLE, "B"), (TEXT, "C"))


@dataclass(frozen=True)
class Meeting:
    """What one word or phrase asks of a document, as `tsquery`s."""

    met: str
    promising: tuple[str, str]  # met in the best way, and in a good one
    ways: Ways  # what is met in all ways, each with its worth, the best first

    def worth(self) -> Sql:
        """What it is worth to a document that meets it."""
        *better, (least, _) = self.ways
        values = [value for worth, way in better for value in (way, worth)]
        cases = "WHEN vector @@ %s::tsquery THEN %s " * len(better)
        return (f"CASE {cases}ELSE %s END" if better else "%s"), [*values, least]


def anyhow(word: str, meant: Iterable[str]) -> Meeting:
    """A word as it is, as a beginning, or as one of those that are `meant`; in any place."""
    others = list(meant)
    misspelled = [way for other in others for way in _at_each(EVERYWHERE, FUZZY, other)]
    whole, begun = _lexeme(word), _lexeme(word, "*")
    ways = _ordered([*_from(EVERYWHERE, word), *misspelled])
    return Meeting(_any([begun, *map(_lexeme, others)]), (whole, begun), ways)


def named(word: str) -> Meeting:
    """A word as it is, in title or text."""
    whole = _lexeme(word, "BC")
    return Meeting(whole, (whole, whole), _ordered(_at_each(NAMED, EXACT, word)))


def named_from(word: str) -> Meeting:
    """A word as it is or as a beginning, in title or text."""
    promising = _lexeme(word, "BC"), _lexeme(word, "*B")
    return Meeting(_lexeme(word, "*BC"), promising, _ordered(_from(NAMED, word)))


def phrase(words: Words) -> Meeting:
    """Words side by side, in title or text."""
    met = side_by_side(words, "BC")
    ways = [(EXACT * at, side_by_side(words, weight)) for at, weight in NAMED]
    return Meeting(met, (met, met), _ordered(ways))


def side_by_side(words: Words, weights: str) -> str:
    """Words in their order; all in one place, as there are gaps between."""
    return " <-> ".join([_lexeme(word, weights) for word in words])


def as_a_whole(words: Words, title: str) -> Sql:
    """What is added for `title`, or else for words in their order."""
    values: list[Any] = [title, WHOLE]
    if len(words) < 2:
        return "CASE WHEN title = %s THEN %s ELSE 0 END", values
    in_order = "WHEN vector @@ %s::tsquery THEN %s"
    values += [side_by_side(words, "BC"), IN_ORDER]
    return f"CASE WHEN title = %s THEN %s {in_order} ELSE 0 END", values


def score(meetings: Iterable[Meeting], addition: Sql) -> Sql:
    """The mean worth of all meetings, and the addition; in decimals, so that equals are equal."""
    worths = [meeting.worth() for meeting in meetings]
    total = " + ".join([sql for sql, _ in worths])
    values = [*chain.from_iterable(values for _, values in worths), len(worths), *addition[1]]
    return f"({total}) / %s::numeric + {addition[0]}", values


def every(queries: Iterable[str]) -> str:
    return " & ".join([f"({query})" for query in queries])


def _any(queries: Iterable[str]) -> str:
    return " | ".join(queries)


def _lexeme(word: str, how: str = "") -> str:
    """`how`: `*` for words that begin with it, and the weights of the places it may stand in."""
    return f"{quoted(word)}:{how}" if how else quoted(word)


def _at_each(places: Places, how: float, word: str, mark: str = "") -> list[tuple[float, str]]:
    return [(how * at, _lexeme(word, mark + weight)) for at, weight in places]


def _from(places: Places, word: str) -> list[tuple[float, str]]:
    return [*_at_each(places, EXACT, word), *_at_each(places, PREFIX, word, "*")]


def _ordered(ways: Iterable[tuple[float, str]]) -> Ways:
    """Ways of equal worth as one, and those that are worth more first."""
    equals: dict[float, list[str]] = defaultdict(list)
    for worth, way in ways:
        equals[round(worth, 6)].append(way)
    return tuple((worth, _any(equals[worth])) for worth in sorted(equals, reverse=True))
