"""What somebody typed, as parts of a question. Nothing that is typed is an error.

What is no filter, or a filter that makes no sense, is looked for as words. The text is read
once from left to right, so that it costs what it is long.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from search.questions import HAS, Question, Words
from search.words import one_word, words

ME: Final = "me"  # nobody can be called that: `users.names`

# Keyboards write these for what has a meaning here.
_TYPED: Final = str.maketrans("“”„‟«»＂＃﹟＠﹫：−－", '"' * 7 + "##@@:--")  # noqa: RUF001
_PIECE: Final = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<plain>\S+))')
_USERNAME: Final = re.compile(r"[A-Za-z0-9_.-]{2,30}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KINDS: Final = ("post", "user", "tag")
_AFTER_A_VALUE: Final = ".,;:!?)"

WORD, PHRASE, WITHOUT, TAG, NOT_TAG, PERSON = "word", "phrase", "without", "tag", "not_tag", "@"


class Part(NamedTuple):
    """A piece that asks for words, or for a person by `name`, whose words stand in for it."""

    how: str
    words: Words
    name: str = ""


@dataclass(kw_only=True)
class Typed:
    """A text taken apart. Names are in lower case; whom they mean is for others to find out.

    Of several `from:`, `@name`, `type:` one has to hold; of everything else, all.
    """

    parts: list[Part] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)  # of `from:` and `author:`
    kinds: set[str] = field(default_factory=set)
    has: set[str] = field(default_factory=set)
    since: datetime | None = None  # inclusive
    before: datetime | None = None  # exclusive

    @property
    def names(self) -> set[str]:
        """Who is named, in whichever way."""
        return self.senders | {part.name for part in self.parts if part.name}

    def asks_nothing(self, question: Question) -> bool:
        """Whether `question`, made of this, says nothing of what is wanted."""
        return question == Question() and not (self.kinds or self.senders)

    def question(self, people: Mapping[str, int], *, most: int) -> Question:
        """The question, of at most `most` words; `people` are the ids of those who are known.

        Words beyond that are left out; what excludes, and tags, are taken whole or not at all.
        `authors` are those of `@name`: an unknown one is a word like any other.
        """
        asked: dict[str, list[Words]] = {how: [] for how in (WORD, PHRASE, WITHOUT, TAG, NOT_TAG)}
        authors = {people[part.name] for part in self.parts if part.name in people}
        for part in self.parts:
            if part.name in people:
                continue
            how = WORD if part.how == PERSON else part.how
            kept = part.words[:most]
            if kept and (how in (WORD, PHRASE) or len(kept) == len(part.words)):
                asked[how].append(kept)
                most -= len(kept)
        return Question(
            words=sum(asked[WORD], ()),
            phrases=tuple(asked[PHRASE]),
            without=tuple(asked[WITHOUT]),
            tags=sum(asked[TAG], ()),
            not_tags=sum(asked[NOT_TAG], ()),
            authors=tuple(sorted(authors)) if authors else None,
            since=self.since,
            before=self.before,
            has=tuple(sorted(self.has)),
        )


def read(text: str) -> Typed:
    """Take a text apart."""
    found = Typed()
    for piece in _PIECE.finditer(text.translate(_TYPED)):
        negative = piece["minus"] is not None
        if piece["phrase"] is not None:
            how = WITHOUT if negative else PHRASE
            found.parts.append(Part(how, words(piece["phrase"])))
        elif not _is_filter(found, piece["plain"], negative):
            how = WITHOUT if negative else WORD
            found.parts.append(Part(how, words(piece["plain"])))
    return found


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.combine(day, time(), UTC)


# --- Filters: each takes its value, or says that it makes no sense -----------------------------


def _is_filter(found: Typed, piece: str, negative: bool) -> bool:
    """Take `piece` as a filter, if it is one. Of filters, only tags can be negative."""
    if piece.startswith("#"):
        return _tag(found, piece[1:], negative)
    if piece.startswith("@"):
        return not negative and _person(found, piece[1:])
    key, colon, value = piece.partition(":")
    if key.lower() == "tag":
        return _tag(found, value, negative)
    take = _FILTERS.get(key.lower())
    return bool(colon and take and not negative and take(found, value.rstrip(_AFTER_A_VALUE)))


def _tag(found: Typed, value: str, negative: bool) -> bool:
    word = one_word(value)
    if word:
        found.parts.append(Part(NOT_TAG if negative else TAG, (word,)))
    return bool(word)


def _person(found: Typed, value: str) -> bool:
    name = value.rstrip(_AFTER_A_VALUE)
    if not _USERNAME.fullmatch(name):
        return False
    found.parts.append(Part(PERSON, words(name), name.lower()))
    return True


def _sender(found: Typed, value: str) -> bool:
    name = value.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        return False
    found.senders.add(name.lower())
    return True


def _kind(found: Typed, value: str) -> bool:
    if value.lower() not in _KINDS:
        return False
    found.kinds.add(value.lower())
    return True


def _has(found: Typed, value: str) -> bool:
    if value.lower() not in HAS:
        return False
    found.has.add(value.lower())
    return True


def _day(value: str) -> datetime | None:
    try:
        return midnight(date.fromisoformat(value)) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _after(found: Typed, value: str) -> bool:
    """From the beginning of that day on."""
    moment = _day(value)
    if moment:
        found.since = max(found.since or moment, moment)
    return moment is not None


def _before(found: Typed, value: str) -> bool:
    """Until that day begins."""
    moment = _day(value)
    if moment:
        found.before = min(found.before or moment, moment)
    return moment is not None


_FILTERS: Final[dict[str, Callable[[Typed, str], bool]]] = {
    "from": _sender,
    "author": _sender,
    "type": _kind,
    "has": _has,
    "after": _after,
    "before": _before,
}
