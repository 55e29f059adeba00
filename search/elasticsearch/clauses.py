"""What a question says, in the clauses of Elasticsearch's queries.

A score is a sum of constants, which is the formula of `questions.Hit`: each word's best meeting
with a document, divided by how many words there are. How rare a word is plays no part.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from search.elasticsearch.door import Misunderstood
from search.elasticsearch.mapping import field
from search.models import Document
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
    Question,
    Reach,
    Words,
    microseconds,
    wrong_letters,
)
from search.words import LONGEST

Query = dict[str, Any]
Places = dict[str, float]  # fields, and what they are worth

FUZZY_PREFIX = 0  # letters at the beginning that must be right
FUZZY_WORDS = 50  # the nearest words of a field that a misspelled one may stand for
CLAUSES = 800  # of misspellings in a question; a small server takes 1,024 clauses of all kinds
MOST_WORDS = 64
MOST_IDS = 60_000  # Elasticsearch takes 65,536


def refuse_more_than_can_be_asked(question: Question) -> None:
    """No person's question: those are bounded where they are parsed."""
    count = len(question.words) + sum(map(len, (*question.phrases, *question.without)))
    if count > MOST_WORDS:
        raise Misunderstood(f"{count} words in a question.")


def everywhere(kind: str) -> Places:
    names = {"tags": TAGS, "title": TITLE, "text": TEXT, "names": NAMES}
    return {field(kind, name): worth for name, worth in names.items()}


def named(kind: str) -> Places:
    return {field(kind, "title"): TITLE, field(kind, "text"): TEXT}


def meetings(question: Question, kind: str) -> list[Query]:
    """Every word and every phrase has to be met; each counts for its share."""
    words, phrases = question.words, question.phrases
    if not words and not phrases:
        return [worth(EXACT, {"match_all": {}})]
    share = 1 / (len(words) + len(phrases))
    nearest = min(FUZZY_WORDS, CLAUSES // (len(everywhere(kind)) * max(1, len(words))))
    return [
        *(_anyhow(word, everywhere(kind), share, nearest) for word in words),
        *(_side_by_side(phrase, named(kind), share) for phrase in phrases),
    ]


def beginnings(prefix: Words, kind: str) -> list[Query]:
    """Every word of `prefix`, the last perhaps unfinished, has to be met in title or text."""
    *whole, begun = prefix
    places, share = named(kind), 1 / len(prefix)
    return [
        *(best(_exact(word, places, share)) for word in whole),
        best([*_exact(begun, places, share), *_begun(begun, places, share)]),
    ]


def _anyhow(word: str, places: Places, share: float, nearest: int) -> Query:
    """A word as it is, as a beginning, or misspelled."""
    return best(
        [
            *_exact(word, places, share),
            *_begun(word, places, share),
            *_misspelled(word, places, share, nearest),
        ]
    )


def _exact(word: str, places: Places, share: float) -> list[Query]:
    return [worth(EXACT * at * share, {"term": {name: word}}) for name, at in places.items()]


def _begun(word: str, places: Places, share: float) -> list[Query]:
    if len(word) > LONGEST:
        return []
    return [worth(PREFIX * at * share, {"prefix": {name: word}}) for name, at in places.items()]


def _misspelled(word: str, places: Places, share: float, nearest: int) -> list[Query]:
    letters = wrong_letters(word)
    if not letters:
        return []
    meant = {
        "value": word,
        "fuzziness": letters,
        "transpositions": True,
        "prefix_length": FUZZY_PREFIX,
        "max_expansions": nearest,
    }
    return [worth(FUZZY * at * share, {"fuzzy": {name: meant}}) for name, at in places.items()]


def _side_by_side(phrase: Words, places: Places, share: float) -> Query:
    """A phrase in one of `places`. A single word is a phrase too."""
    text = " ".join(phrase)
    return best(
        [worth(EXACT * at * share, {"match_phrase": {n: text}}) for n, at in places.items()]
    )


def as_a_whole(words: Words, phrases: tuple[Words, ...], kind: str) -> list[Query]:
    """What is added for the title that is the question, or for its words in their order."""
    everything = [*words, *chain.from_iterable(phrases)]
    if not everything:
        return []
    title = field(kind, "title.whole")
    additions = [worth(WHOLE, {"term": {title: " ".join(everything)}})]
    if len(words) > 1:
        text = " ".join(words)
        additions += [worth(IN_ORDER, {"match_phrase": {name: text}}) for name in named(kind)]
    return [best(additions)]


def filters(question: Question, kind: str) -> Iterator[Query]:
    yield from ({"term": {field(kind, "tags"): tag}} for tag in question.tags)
    yield from ({"term": {"has": each}} for each in question.has)
    if question.authors is not None:
        yield by(question.authors)
    span = {"gte": microseconds(question.since), "lt": microseconds(question.before)}
    if span := {bound: moment for bound, moment in span.items() if moment is not None}:
        yield {"range": {"published_at": span}}


def exclusions(question: Question, kind: str) -> Iterator[Query]:
    for unwanted in question.without:
        names = ("title", "text", "tags") if len(unwanted) == 1 else ("title", "text")
        text = " ".join(unwanted)
        yield from ({"match_phrase": {field(kind, name): text}} for name in names)
    if question.not_tags:
        yield {"terms": {field(kind, "tags"): question.not_tags}}


def audience(reach: Reach) -> Query:
    """What `reach` says may be found at all; that it may be seen is decided elsewhere."""
    viewer = () if reach.viewer_id is None else (reach.viewer_id,)
    kinds: list[Query] = [{"term": {"audience": Document.Audience.EVERYONE}}]
    for whom, authors in (
        (Document.Audience.FOLLOWERS, (*viewer, *reach.follows)),
        (Document.Audience.AUTHOR, viewer),
    ):
        if authors:
            kinds.append({"bool": {"filter": [{"term": {"audience": whom}}, by(authors)]}})
    return {"bool": {"should": kinds, "minimum_should_match": 1}}


def hidden(reach: Reach) -> list[Query]:
    return [by(reach.hidden)] if reach.hidden else []


def by(authors: Iterable[int]) -> Query:
    return {"terms": {"author_id": [str(author) for author in authors][:MOST_IDS]}}


def worth(boost: float, query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": boost}}


def best(queries: list[Query]) -> Query:
    return {"dis_max": {"queries": queries}}
