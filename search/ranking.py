"""In which order results stand: by their words first, then by what people would rather see.

    score = score of the words x (1 + FOLLOWED + FRESH + LIKED, as far as each holds)

The score of the words is the engine's (`search.questions`), in three bands that no bonus bridges:
with 0.75 at most, a prefix (3 x 1.75) stays below an exact word in the lowest place (9 x 0.75),
and a misspelling (1 x 1.75) below a prefix in the lowest place (3 x 0.75).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from math import log1p
from typing import Any, Final

from search.questions import WHOLE

FOLLOWED: Final = 0.45  # of or by somebody whom the viewer follows, or the viewer
FRESH: Final = 0.15  # of today, and half of it after HALF_LIFE
HALF_LIFE: Final = 30  # days
LIKED: Final = 0.15  # with MANY likes (or followers) or more; half of it with about 30
MANY: Final = 1_000

_DIGITS: Final = 4  # of a score: what differs by less is equal
_PLACES: Final = {"user": 0, "tag": 1, "post": 2}  # among results of one score


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A hit that the viewer may see, and what is known of it. `id` is a tag's 0."""

    kind: str
    key: str
    words: float  # the engine's score
    id: int = 0
    day: date | None = None  # of its publication
    likes: int = 0  # or followers
    is_followed: bool = False
    is_named: bool = False  # a person who was asked for by name
    name: str = ""
    row: Any = None  # what is shown of it, where it is loaded already


@dataclass(frozen=True)
class Ranked:
    """A candidate and its final score."""

    candidate: Candidate
    score: float


def rank(candidates: Iterable[Candidate], today: date) -> list[Ranked]:
    """The best first; of one score people, then tags, then posts, the newest first.

    Days are counted, not hours, so that pages that are read after one another fit together.
    """
    scored = [Ranked(each, score(each, today)) for each in candidates]
    return sorted(scored, key=_order)


def score(candidate: Candidate, today: date) -> float:
    words = candidate.words + (WHOLE if candidate.is_named else 0)
    bonus = FRESH * freshness(candidate.day, today) + LIKED * popularity(candidate.likes)
    return round(words * (1 + FOLLOWED * candidate.is_followed + bonus), _DIGITS)


def freshness(day: date | None, today: date) -> float:
    """1 for today, a half after HALF_LIFE days, a quarter after twice that; 0 without a day."""
    if day is None:
        return 0.0
    return float(0.5 ** (max(0, (today - day).days) / HALF_LIFE))


def popularity(likes: int) -> float:
    """From 0 to 1 by the logarithm: the tenth like tells more than the thousandth."""
    return min(1.0, log1p(max(0, likes)) / log1p(MANY))


def _order(ranked: Ranked) -> tuple[float, int, int, int, str]:
    found = ranked.candidate
    newest = -found.day.toordinal() if found.day else 0
    return (-ranked.score, _PLACES[found.kind], newest, -found.id, found.key)


# --- As somebody types -------------------------------------------------------------------------


def suggest(people: Sequence[Candidate], tags: Sequence[Candidate]) -> list[Candidate]:
    """People whom the viewer follows; then the other people and the tags in turn.

    Among each, what was typed whole comes first, then who has more followers, then by name.
    """
    followed = sorted((each for each in people if each.is_followed), key=_as_typed)
    others = sorted((each for each in people if not each.is_followed), key=_as_typed)
    pairs = zip_longest(others, sorted(tags, key=_as_typed))
    return [*followed, *(each for each in chain.from_iterable(pairs) if each)]


def _as_typed(found: Candidate) -> tuple[float, float, str]:
    return (-found.words, -popularity(found.likes), found.name)
