"""What PostgreSQL searches: a `tsvector` of each document, made here word by word.

Its weights are the places: A tags, B title, C text, D names. Words keep their positions, and
between the places lie gaps, so that no phrase runs from one into the next. Nothing is left out
that fits PostgreSQL's limits: 16,383 positions, 255 of them a word, a megabyte.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Final

from search.querysets import MARKS

# How many words of a place have a position of their own, and how often one word has. All others
# stand together behind the last: they are found, only not as part of a phrase.
TAGS_SPAN, TITLE_SPAN, TEXT_SPAN, NAMES_SPAN = 1_000, 7_000, 8_000, 300
TITLE_TIMES, TEXT_TIMES = 120, 120
GAP: Final = 10
MOST_BYTES: Final = 900_000  # of the words and their positions; PostgreSQL takes 1,048,575
LONGEST_LEXEME: Final = 2_000  # bytes; PostgreSQL takes 2,046

_ESCAPES: Final = str.maketrans({"'": "''", "\\": "\\\\", "\0": None})


def vector(*, kind: str, tags: Iterable[str], title: str, text: str, names: str) -> str:
    """The text of a `tsvector`: `tags` one word each, the others folded words between spaces."""
    places = (
        ("A", tags, TAGS_SPAN, 1),
        ("B", title.split(), TITLE_SPAN, TITLE_TIMES),
        ("C", text.split(), TEXT_SPAN, TEXT_TIMES),
        ("D", names.split(), NAMES_SPAN, 1),
    )
    positions: dict[str, list[str]] = defaultdict(list)
    room, start = MOST_BYTES, 1
    for weight, words, span, times in places:
        found = _positions(words, start=start, span=span, times=times)
        for word, standing in found.items():
            room -= 2 * len(standing) + (0 if word in positions else len(word.encode()) + 4)
            if room > 0:
                positions[word] += [f"{position}{weight}" for position in standing]
        start += span + GAP
    return " ".join(
        [f"{quoted(marked(word, kind))}:{','.join(at)}" for word, at in positions.items()]
    )


def marked(word: str, kind: str) -> str:
    """A word as it stands in vectors of a kind: so that the index leads to these alone."""
    return MARKS[kind] + word


def quoted(word: str) -> str:
    """A marked word as a lexeme, in the text of a `tsvector` or a `tsquery`."""
    return f"'{word.translate(_ESCAPES)}'"


def _positions(words: Iterable[str], *, start: int, span: int, times: int) -> dict[str, list[int]]:
    """Where each word stands, the first `times`; at `start + span` what stands beyond."""
    found: dict[str, list[int]] = defaultdict(list)
    words = iter(words)
    for position, word in enumerate(islice(words, span - 1), start):
        if len(found[word]) < times:
            found[word].append(position)
    for word in words:
        found[word] = found[word] or [start + span]
    return {word: at for word, at in found.items() if 0 < len(word.encode()) <= LONGEST_LEXEME}
