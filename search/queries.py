"""From what somebody asks to what they get: parsed, asked of an engine, seen, ranked, loaded.

Only what `search.sight` has let through is counted, ordered, marked and shown.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from common.errors import Refusal
from posts.models import Post
from search import engines, parsing, ranking, sight
from search.engines import Answer
from search.highlights import Marker, Marks, Shown
from search.parsing import ME
from search.questions import EngineUnavailable, Question, Reach, Words
from search.ranking import Candidate, Ranked
from search.sight import KINDS, PERSON, POST, TAG, Viewer
from search.words import words
from users.models import User

SUGGESTED: Final = 50  # of each kind that are asked for, since some may not be seen
_SIGNS: Final = {"#": (TAG,), "＃": (TAG,), "@": (PERSON,), "＠": (PERSON,)}  # noqa: RUF001


class SearchUnavailable(Refusal):
    code = "search_unavailable"
    status = 503
    detail = "The search does not answer at the moment. Please try again in a minute."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the door has read: the text, and the filters beside it. All of it has to hold."""

    text: str = ""
    kinds: Collection[str] = ()  # one of these; any, if empty
    author: str = ""  # a username, or `me`
    tags: Words = ()  # folded, each one word
    since: datetime | None = None  # inclusive
    before: datetime | None = None  # exclusive
    has: Collection[str] = ()


@dataclass(frozen=True)
class Result:
    """`row` is a `Post` or a `User`, loaded for cards, or the name of a tag."""

    kind: str
    row: Any
    score: float
    marks: Marks


@dataclass(frozen=True)
class Results:
    """`count`: how many of the engine's best the viewer may see; `SEARCH_WINDOW` at most."""

    results: list[Result]
    count: int
    is_degraded: bool = False


@dataclass(frozen=True)
class Suggestions:
    """People (`row` is a `User`) and tags (`row` is a name), in the order to show them."""

    candidates: list[Candidate]
    is_degraded: bool = False


def search(viewer: Viewer, asked: Asked, *, limit: int, offset: int) -> Results:
    """A page of results, the best first. Raises `SearchUnavailable`.

    All words have to be met; where nothing is found, once more without the little ones. Costs
    what the engine needs, and at most eight statements, whatever is found: who is named, the
    reach, one for each kind, and for the page posts, their pictures, and people. Three more for
    the second try.
    """
    wish = _wish(viewer, asked)
    if wish is None:
        return Results([], 0)
    question, kinds = wish
    reach, window = sight.reach_of(viewer), settings.SEARCH_WINDOW
    seen, is_degraded = _seen(question, kinds, viewer, reach)
    eased = question.without_little_words()
    is_eased = eased is not None and "@" not in asked.text  # a name that nobody has is a word too
    if not seen and eased and is_eased:  # nothing that may be seen: whatever the engine has found
        question = eased
        seen, is_degraded = _seen(question, kinds, viewer, reach)
    ranked = ranking.rank(seen, timezone.now().astimezone(UTC).date())[:window]
    page = _loaded(ranked[offset : offset + limit], question, viewer)
    return Results(page, len(ranked), is_degraded)


def _seen(
    question: Question, kinds: Sequence[str], viewer: Viewer, reach: Reach
) -> tuple[list[Candidate], bool]:
    """What meets a question and may be seen, and whether the answer is degraded."""
    answer = _ask(
        lambda: engines.find(question, reach, kinds=tuple(kinds), limit=settings.SEARCH_WINDOW)
    )
    found = [
        replace(each, is_named=kind == PERSON and question.authors is not None)
        for kind in kinds
        for each in sight.candidates(answer.found, kind, viewer, reach)
    ]
    return found, answer.is_degraded


def suggest(viewer: Viewer, text: str, *, limit: int) -> Suggestions:
    """Who and what begins like `text`: tags alone after a `#`, people alone after an `@`.

    Costs what the engine needs, and three statements. Raises `SearchUnavailable`.
    """
    kinds = _SIGNS.get(text.lstrip()[:1], (PERSON, TAG))
    prefix = words(text)[: settings.SEARCH_WORDS_MAX]
    if not prefix:
        return Suggestions([])
    reach = sight.reach_of(viewer)
    answer = _ask(lambda: engines.complete(prefix, reach, kinds=kinds, limit=SUGGESTED))
    people = sight.people_to_suggest(answer.found, viewer)
    tags = sight.candidates(answer.found, TAG, viewer, reach)
    return Suggestions(ranking.suggest(people, tags)[:limit], answer.is_degraded)


def _ask(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except EngineUnavailable as error:
        raise SearchUnavailable from error


# --- What is asked for ---------------------------------------------------------------------------


def _wish(viewer: Viewer, asked: Asked) -> tuple[Question, tuple[str, ...]] | None:
    """The question, and the kinds of things that can meet it; None when nothing can."""
    typed = parsing.read(asked.text)
    author = {asked.author.lower()} if asked.author else set()
    people = _people(typed.names | author, viewer)
    question = typed.question(people, most=settings.SEARCH_WORDS_MAX)
    if asked.text.strip() and typed.asks_nothing(question):
        return None  # signs alone: they are found nowhere
    sides = [
        {people[name] for name in names if name in people}
        for names in (typed.senders, author)
        if names
    ]
    of_posts = bool(sides or asked.since or asked.before or asked.has)
    kinds = _kinds(question, of_posts, asked.kinds, typed.kinds)
    question = _joined(question, asked, sides)
    return (question, kinds) if kinds and question.authors != () else None


def _people(names: Collection[str], viewer: Viewer) -> dict[str, int]:
    """The ids of those who are known to the viewer, by name; `me` is the viewer."""
    others = [name for name in names if name != ME]
    found = sight.people_called(others, viewer) if others else {}
    return {**found, ME: viewer.pk} if viewer else found


def _kinds(question: Question, of_posts: bool, *wanted: Collection[str]) -> tuple[str, ...]:
    """The kinds that are wanted and have what the question asks for."""
    possible = {*KINDS}
    if question.tags:
        possible &= {POST, TAG}
    if question.authors is not None:
        possible &= {POST, PERSON}
    if of_posts or question.since or question.before or question.has:
        possible &= {POST}
    return tuple(
        kind for kind in KINDS if kind in possible and all(kind in some for some in wanted if some)
    )


def _joined(question: Question, asked: Asked, authors: Sequence[set[int]]) -> Question:
    """What was typed, and what was asked beside it: both have to hold."""
    sides = [*authors, *([set(question.authors)] if question.authors is not None else [])]
    since = [moment for moment in (question.since, asked.since) if moment]
    before = [moment for moment in (question.before, asked.before) if moment]
    return replace(
        question,
        tags=(*question.tags, *asked.tags),
        authors=tuple(sorted(set.intersection(*sides))) if sides else None,
        since=max(since, default=None),
        before=min(before, default=None),
        has=tuple(sorted({*question.has, *asked.has})),
    )


# --- What is shown of it -------------------------------------------------------------------------


def _loaded(page: Iterable[Ranked], question: Question, viewer: Viewer) -> list[Result]:
    """The rows of a page, marked. What has gone since it was ranked is left out."""
    ranked = list(page)
    ids: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for each in ranked:
        ids[each.candidate.kind].append(each.candidate.id)
    rows: dict[str, dict[str, Any]] = {
        POST: sight.posts_of_page(ids[POST], viewer),
        PERSON: sight.people_of_page(ids[PERSON], viewer),
        TAG: {each.candidate.key: each.candidate.key for each in ranked},
    }
    marker = Marker(question)
    results = []
    for each in ranked:
        found = each.candidate
        row = rows[found.kind].get(found.key)
        if row is not None:
            marks = marker.mark(_SHOWN[found.kind](row))
            results.append(Result(found.kind, row, each.score, marks))
    return results


def _post_shown(post: Post) -> Shown:
    return Shown(
        texts={"caption": post.caption, **_person_shown(post.author).texts},
        alt_texts=[place.media.alt_text for place in post.places.all()],
        tags=post.tags,
    )


def _person_shown(user: User) -> Shown:
    return Shown(texts={"username": user.username, "name": user.name})


def _tag_shown(tag: str) -> Shown:
    return Shown(tags=[tag])


_SHOWN: Final[dict[str, Callable[[Any], Shown]]] = {
    POST: _post_shown,
    PERSON: _person_shown,
    TAG: _tag_shown,
}
