"""The words that stand in documents, so that a misspelled one leads to those that are meant.

Two words are close when both come to the same by taking as many letters out as may be wrong
(symmetric delete, W. Garbe 2012): an index finds all that may be. Only the beginnings are looked
at, which misses nothing and keeps the index small. What really is close is then counted.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final

from django.db import connection

from search.questions import LONGEST_WRONG, ONE_WRONG, TWO_WRONG, Words, wrong_letters

SHORTEST: Final = ONE_WRONG - 1  # letters of a word that can be meant by a misspelled one
LONGEST: Final = LONGEST_WRONG + 2
BEGINNING: Final = 7  # letters whose deletions are kept: 29 at most
NEAREST: Final = 50  # words that a misspelled one may stand for, as in Elasticsearch
LOOKED_AT: Final = 1_000  # words that share a deletion with a misspelled one
BATCH: Final = 1_000  # words a statement

_LEARN = """
INSERT INTO search_word (text, deletions)
SELECT text, string_to_array(deletions, ' ')
FROM unnest(%s::text[], %s::text[]) AS word (text, deletions)
ON CONFLICT DO NOTHING
"""
_NEAR = """
(SELECT %s::int, text FROM search_word
 WHERE deletions && %s::text[] AND length(text) BETWEEN %s AND %s LIMIT %s)
"""


def learn(words: Iterable[str]) -> None:
    """Keep folded words, so that their misspellings lead to them; those that are known stay.

    Several may learn the same words at once: they wait for each other, in one order.
    """
    new = sorted({word for word in words if SHORTEST <= len(word) <= LONGEST})
    with connection.cursor() as cursor:
        for at in range(0, len(new), BATCH):
            batch = new[at : at + BATCH]
            cursor.execute(_LEARN, [batch, [" ".join(kept_deletions(word)) for word in batch]])


def kept_deletions(word: str) -> set[str]:
    """What is kept of a word: as much of it as the longest question that can mean it takes out.

    A question of 8 letters can mean a word of 6, by two letters that are too many.
    """
    return deletions(word, (len(word) >= ONE_WRONG) + (len(word) >= TWO_WRONG - 2))


def deletions(word: str, letters: int) -> set[str]:
    """What remains of the beginning of `word` with up to `letters` of its letters taken out."""
    begun = word[:BEGINNING]
    lengths = range(max(1, len(begun) - letters), len(begun) + 1)
    return {"".join(left) for length in lengths for left in combinations(begun, length)}


def near(words: Iterable[str]) -> dict[str, Words]:
    """For each word that may be misspelled, the known words it may stand for, nearest first.

    A word itself is not among those it may stand for. One statement, of a bounded number of rows.
    """
    asked = [word for word in dict.fromkeys(words) if wrong_letters(word)]
    found: dict[str, list[tuple[int, str]]] = {word: [] for word in asked}
    for number, text in _alike(asked):
        word = asked[number]
        if (wrong := distance(word, text, at_most=wrong_letters(word))) is not None and wrong:
            found[word].append((wrong, text))
    return {
        word: tuple([text for _, text in sorted(close)[:NEAREST]]) for word, close in found.items()
    }


def _alike(words: list[str]) -> Iterator[tuple[int, str]]:
    if not words:
        return
    parameters: list[Any] = []
    for number, word in enumerate(words):
        letters = wrong_letters(word)
        bounds = [len(word) - letters, len(word) + letters, LOOKED_AT]
        parameters += [number, sorted(deletions(word, letters)), *bounds]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_NEAR] * len(words)), parameters)
        yield from cursor.fetchall()


def distance(one: str, other: str, *, at_most: int) -> int | None:
    """How many letters are wrong, missing, too many, or swapped with their neighbour; or None.

    Optimal string alignment, as Elasticsearch's fuzzy counts: what was swapped is not touched
    again. None as soon as there are more than `at_most`.
    """
    if abs(len(one) - len(other)) > at_most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        previous, row = row, [i]
        for j, other_letter in enumerate(other, 1):
            if letter == other_letter:
                best = previous[j - 1]
            else:
                best = 1 + min(previous[j - 1], previous[j], row[j - 1])
                if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                    best = min(best, 1 + before[j - 2])
            row.append(best)
        if min(row) > at_most:
            return None
        before = previous
    return row[-1] if row[-1] <= at_most else None
