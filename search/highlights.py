"""Where the words of a question stand in what is shown, as segments of text: no markup.

A word marks its best kind of match in a result, as in its score: where it stands exactly, no
longer word that begins with it is marked, and no misspelling where there is either of them.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from search.questions import Question, Words, wrong_letters
from search.words import Token, one_word, tokens

BESIDE: Final = 60  # characters that are kept on each side of a hit
LENGTH: Final = 240  # characters after which no further hit is shown
GAP: Final = "…"
READ: Final = 6_000  # characters of one result: a caption and three of the longest alt texts
COMPARED: Final = 20_000  # pairs of words on one page, of which both may mean the other

Segments = list[dict[str, Any]]  # {"text": "A ", "hit": False}, {"text": "súnset", "hit": True}
Marks = dict[str, Any]  # Segments by field; of `alt_texts` and `tags` a list of them
Span = tuple[int, int]
Field = tuple[str, int]  # a text, or one of several: ("caption", 0), ("alt_texts", 3)
Place = tuple[Field, Span]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The texts of one result. A tag is found by its words, and whole as one word."""

    texts: Mapping[str, str] = field(default_factory=dict)
    alt_texts: Sequence[str] = ()
    tags: Sequence[str] = ()

    def fields(self) -> dict[Field, str]:
        """The first READ characters of all texts together, a text whole or not at all."""
        named = {(name, 0): text for name, text in self.texts.items()}
        numbered = {("alt_texts", at): text for at, text in enumerate(self.alt_texts)}
        left, found = READ, {}
        for place, text in (named | numbered).items():
            if len(text) <= left:
                left -= len(text)
                found[place] = text
        return found


class Marker:
    """Marks one page of results. What it compares is bounded, whatever people have written."""

    def __init__(self, question: Question) -> None:
        self._words = tuple(dict.fromkeys(question.words))
        self._phrases = question.phrases
        self._tags = frozenset(question.tags)
        self._left = COMPARED
        self._near: dict[tuple[str, str], bool] = {}

    def mark(self, shown: Shown) -> Marks:
        """Of each text with a hit its segments: what is around the hits, the hits, and gaps.

        Of `alt_texts` and `tags` there is an entry for each, empty where nothing is hit.
        """
        fields = shown.fields()
        read = {place: tokens(text) for place, text in fields.items()}
        spans = self._spans(read, shown.tags)
        for phrase in self._phrases:
            for place, found in read.items():
                spans[place] += _side_by_side(found, phrase)
        marks: Marks = {
            name: segments(text, spans[name, 0])
            for name, text in shown.texts.items()
            if spans[name, 0]
        }
        for name, texts in (("alt_texts", shown.alt_texts), ("tags", shown.tags)):
            hits = [spans[name, at] for at in range(len(texts))]
            if any(hits):
                pairs = zip(texts, hits, strict=True)
                marks[name] = [segments(text, hit) if hit else [] for text, hit in pairs]
        return marks

    def _spans(
        self, read: Mapping[Field, list[Token]], tags: Sequence[str]
    ) -> dict[Field, list[Span]]:
        """Where the words and tags of the question stand."""
        places = _places(read, tags)
        spans: dict[Field, list[Span]] = defaultdict(list)
        for at, tag in enumerate(tags):
            if one_word(tag) in self._tags:
                spans["tags", at].append((0, len(tag)))
        for text in {text for word in self._words for text in self._met(word, places)}:
            for field_, span in places[text]:
                spans[field_].append(span)
        return spans

    def _met(self, word: str, texts: Mapping[str, Any]) -> list[str]:
        """The words among `texts` that meet `word` best: itself, its prolongations, or its like."""
        if word in texts:
            return [word]
        return [text for text in texts if text.startswith(word)] or [
            text for text in texts if self._is_near(word, text)
        ]

    def _is_near(self, word: str, text: str) -> bool:
        most = wrong_letters(word)
        if not most or abs(len(word) - len(text)) > most:
            return False
        if (word, text) not in self._near:
            if not self._left:
                return False
            self._left -= 1
            self._near[word, text] = is_near(word, text, most)
        return self._near[word, text]


def _places(read: Mapping[Field, list[Token]], tags: Sequence[str]) -> dict[str, list[Place]]:
    """Where each word stands."""
    places: dict[str, list[Place]] = defaultdict(list)
    for place, found in read.items():
        for token in found:
            places[token.text].append((place, (token.start, token.end)))
    for at, tag in enumerate(tags):
        for word in {one_word(tag), *(token.text for token in tokens(tag))}:
            places[word].append((("tags", at), (0, len(tag))))
    return places


def is_near(word: str, other: str, most: int) -> bool:
    """Whether `other` is `word` but for `most` letters: more, fewer, others, or two swapped.

    The optimal string alignment distance; only cells within `most` of the diagonal are filled.
    """
    far = most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, above, row = row, before, [i] + [far] * len(other)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            same = letter == other[j - 1]
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (not same))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == other[j - 1]
            if swapped:
                row[j] = min(row[j], above[j - 2] + 1)
        if min(row) > most:
            return False
    return row[-1] <= most


# --- Segments ------------------------------------------------------------------------------------


def segments(text: str, spans: Iterable[Span]) -> Segments:
    """`text` in segments, shortened to what is around `spans`; `…` where something is left out."""
    hits = _merged(spans, apart=0)
    found: Segments = []
    end = 0
    for start, stop in _windows(text, hits):
        if start > end:
            found.append({"text": GAP, "hit": False})
        inside = [(a, b) for a, b in hits if start <= a and b <= stop]
        found += _cut(text, start, stop, inside)
        end = stop
    if end < len(text):
        found.append({"text": GAP, "hit": False})
    return _joined(found)


def _side_by_side(found: Sequence[Token], phrase: Words) -> Iterator[Span]:
    texts = [token.text for token in found]
    for at, text in enumerate(texts):
        if text == phrase[0] and tuple(texts[at : at + len(phrase)]) == phrase:
            for token in found[at : at + len(phrase)]:
                yield token.start, token.end


def _windows(text: str, hits: Sequence[Span]) -> list[Span]:
    """What is shown of a text: all of a short one, else some words around the first hits."""
    if len(text) <= LENGTH:
        return [(0, len(text))]
    found: list[Span] = []
    length = 0
    for start, end in hits:
        found = _merged([*found, (_left_of(text, start), _right_of(text, end))], apart=1)
        length = sum(b - a for a, b in found)
        if length >= LENGTH:
            break
    return found


def _left_of(text: str, position: int) -> int:
    """Some characters before `position`, at the beginning of a word if one is near."""
    earliest = max(0, position - BESIDE)
    if not earliest:
        return 0
    space = text.find(" ", earliest - 1, position)
    return space + 1 if space >= 0 else _whole(text, earliest, position)


def _right_of(text: str, position: int) -> int:
    latest = position + BESIDE
    if latest >= len(text):
        return len(text)
    space = text.rfind(" ", position, latest + 1)
    return space if space >= 0 else _whole(text, latest, len(text))


def _whole(text: str, position: int, last: int) -> int:
    """The next position that takes no character apart from its marks and joiners."""
    while position < last and _belongs(text[position - 1], text[position]):
        position += 1
    return position


def _belongs(before: str, character: str) -> bool:
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return before == "\u200d" or unicodedata.category(character)[0] in "MC" or is_tone


def _merged(spans: Iterable[Span], *, apart: int) -> list[Span]:
    """In order, with those made one that overlap or stand `apart` characters apart at most."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + apart:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _cut(text: str, start: int, stop: int, hits: Sequence[Span]) -> Segments:
    edges = sorted({start, stop, *(edge for hit in hits for edge in hit)})
    inside = set(hits)
    return [{"text": text[a:b], "hit": (a, b) in inside} for a, b in pairwise(edges)]


def _joined(found: Segments) -> Segments:
    """Neighbours of one kind as one."""
    joined: Segments = []
    for each in found:
        if joined and joined[-1]["hit"] == each["hit"]:
            joined[-1]["text"] += each["text"]
        else:
            joined.append(each)
    return joined
