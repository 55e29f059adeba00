"""Comparing what can be found with what is there, in batches, and mending what differs.

Truth and documents are read in one moment (REPEATABLE READ), and what an announced event will
still put right is no drift. Copies are looked at twice before they count as wrong, since they
change outside of every transaction.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject

from events.models import Announcement
from posts.models import Post
from search import engines, postgres, turns
from search.actions.copies import send_anew
from search.actions.documents import bury, index_keys
from search.actions.vocabulary import forget_words
from search.indexing import READ, content_of, ids_of, words_of
from search.models import Document, Word
from search.postgres.vocabulary import LONGEST, SHORTEST
from search.questions import EngineUnavailable
from users.models import User

if TYPE_CHECKING:
    from search import elasticsearch
else:  # an installation without it never loads its client
    elasticsearch = SimpleLazyObject(partial(import_module, engines.ELASTICSEARCH))

log = structlog.get_logger(__name__)

BATCH = 500  # rows
QUIET_BATCHES = 10  # in a slice by the clock; those in which something is mended do not count
SLICE = 45.0  # seconds, of the clock's slice: less than a piece of work may take
NAME = "check"
INDEX_POST, INDEX_PERSON, INDEX_POSTS_OF = (  # as the outbox calls them
    f"search.{name}" for name in ("index_post", "index_person", "index_posts_of")
)
POST, USER, TAG = Document.Kind.POST, Document.Kind.USER, Document.Kind.TAG

ROWS: dict[str, Callable[[], QuerySet[Any]]] = {POST: Post.objects.all, USER: User.objects.all}

Place = Any  # where a batch begins: a primary key, or what names a copy; JSON


@dataclass(frozen=True)
class Look:
    """What a batch showed. `after`: where the next begins; None when it was the last."""

    rows: int = 0
    after: Place = None
    drift: Counter[str] = field(default_factory=Counter)  # missing, outdated, too many …
    litter: int = 0  # words that every edit leaves behind: no drift, and dropped all the same


def check(*, repair: bool) -> Iterator[tuple[str, Look]]:
    """Look at everything once: (stage, what a batch showed). Constant memory.

    Raises `EngineUnavailable` when there are copies and Elasticsearch does not tell of them.
    """
    for name, look in stages().items():
        after: Place = None
        while True:
            shown = look(after, repair)
            yield name, shown
            after = shown.after
            if after is None:
                break


def check_slice(*, seconds: float = SLICE, batches: int = QUIET_BATCHES) -> Counter[str]:
    """Look at the next batches, mend them, and remember how far it is; the drift that there was.

    Goes on as long as there is something to mend, and else stops after so many batches or at
    the end of a round: an installation that begins to search is filled by this.
    """
    drift: Counter[str] = Counter()
    end = time.monotonic() + seconds
    with turns.hold(NAME) as turn:
        while turn and batches > 0 and time.monotonic() < end:
            look = _next_look(turn.position)
            batches -= not look.drift
            drift += look.drift
            if not turn.keep(_beyond(turn.position, look)) or not turn.position:
                break
    if drift:
        log.warning("search.mended", **drift)
    return drift


def _next_look(position: turns.Position) -> Look:
    names = stages()
    name = position.get("stage", "")
    try:
        if name in names:
            return names[name](position.get("after"), True)
        return next(iter(names.values()))(None, True)
    except EngineUnavailable as error:  # its copies are for the next round
        log.warning("search.unchecked", stage=name, reason=str(error))
        return Look()


def _beyond(position: turns.Position, look: Look) -> turns.Position:
    """The place after this look; {} at the end of a round."""
    names = list(stages())
    here = position.get("stage", "")
    at = names.index(here) if here in names else 0
    if look.after is not None:
        return {"stage": names[at], "after": look.after}
    return {"stage": names[at + 1]} if at + 1 < len(names) else {}


# --- Truth and documents -----------------------------------------------------------------------


def _rows(kind: str, after: Place, repair: bool) -> Look:
    """What should be found, against the documents of it."""
    with _one_moment():
        rows = ROWS[kind]().filter(pk__gt=after or 0).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        drift = _compare(kind, map(str, ids))
    return _look(ids, {kind: drift}, repair)


def _documents(after: Place, repair: bool) -> Look:
    """Documents of what is no more, the tags that they carry or nothing carries, their words."""
    with _one_moment():
        live = Document.objects.live().filter(pk__gt=after or 0).order_by("pk")
        batch = list(live.defer("vector")[:BATCH])
        keys = {kind: {each.key for each in batch if each.kind == kind} for kind in Document.Kind}
        carried = {tag for each in batch for tag in each.tag_keys}
        drift = {
            POST: _compare(POST, _without_row(POST, keys[POST])),
            USER: _compare(USER, _without_row(USER, keys[USER])),
            TAG: _compare(TAG, keys[TAG] | carried),
        }
        untaught = _untaught(words_of(batch))
    if repair:
        postgres.learn(untaught)
    look = _look([each.pk for each in batch], drift, repair)
    return replace(look, drift=look.drift + Counter({"words missing": len(untaught)}))


def _look(ids: list[int], drift: dict[Any, dict[str, str]], repair: bool) -> Look:
    for kind, keys in drift.items():
        if repair and keys:
            index_keys(kind, keys)
    found = Counter(what for keys in drift.values() for what in keys.values())
    return Look(len(ids), ids[-1] if len(ids) == BATCH else None, found)


def _compare(kind: str, keys: Iterable[str]) -> dict[str, str]:
    """What is wrong with which of these documents."""
    keys = set(keys)
    truth = READ[kind](keys) if keys else {}
    rows = Document.objects.live().filter(kind=kind, key__in=keys).defer("vector")
    documents = {document.key: document for document in rows}
    wrong = {}
    for key in keys:
        if key in truth and key not in documents:
            wrong[key] = "missing"
        elif key in documents and key not in truth:
            wrong[key] = "too many"
        elif key in truth and content_of(documents[key]) != truth[key]:
            wrong[key] = "outdated"
    return {key: wrong[key] for key in wrong.keys() - _awaited(kind, wrong, documents)}


def _awaited(kind: str, keys: Collection[str], documents: dict[str, Document]) -> set[str]:
    """Those that an event is on its way to put right."""
    if not keys or kind == TAG:
        return set()
    waiting = Announcement.objects.filter(pending__len__gt=0)
    if kind == USER:
        return _told(waiting.filter(pending__contains=[INDEX_PERSON]), "user_id", keys)
    authors = {key: row.author_id for key, row in documents.items() if row.author_id}
    posts = Post.objects.filter(pk__in=ids_of(keys)).values_list("pk", "author_id")
    authors |= {str(pk): author_id for pk, author_id in posts}
    news_of = waiting.filter(pending__contains=[INDEX_POSTS_OF])
    told_of = _told(news_of, "user_id", {str(author) for author in authors.values()})
    told = _told(waiting.filter(pending__contains=[INDEX_POST]), "post_id", keys)
    return told | {key for key, author in authors.items() if str(author) in told_of}


def _told(waiting: Any, name: str, keys: Collection[str]) -> set[str]:
    told = waiting.filter(**{f"payload__{name}__in": ids_of(keys)})
    return {str(payload[name]) for payload in told.values_list("payload", flat=True)}


def _without_row(kind: str, keys: Collection[str]) -> set[str]:
    there = ROWS[kind]().filter(pk__in=ids_of(keys)).values_list("pk", flat=True)
    return set(keys) - {str(pk) for pk in there}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every statement of the block sees the tables as they are at its beginning."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


# --- Documents and copies ----------------------------------------------------------------------


def _sent(after: Place, repair: bool) -> Look:
    """Documents that are said to have arrived, against the copies."""
    rows = Document.objects.filter(is_sent=True, pk__gt=after or 0).order_by("pk")
    batch = list(rows.only("kind", "key", "version", "gone_at")[:BATCH])
    copies = elasticsearch.versions(batch, elasticsearch.alias())
    suspects = {each.version: each for each in batch if _differs(each, copies)}
    still = Document.objects.filter(is_sent=True, version__in=suspects)  # not changed meanwhile
    wrong = [suspects[version] for version in still.values_list("version", flat=True)]
    drift = Counter(_how(each.version, copies.get((each.kind, each.key))) for each in wrong)
    if repair and wrong:
        send_anew([each.pk for each in wrong], beyond=max(copies.values(), default=0))
    return Look(len(batch), batch[-1].pk if len(batch) == BATCH else None, drift)


def _differs(document: Document, copies: dict[tuple[str, str], int]) -> bool:
    copy = copies.get((document.kind, document.key))
    if copy is None:  # what is empty need not be there
        return document.gone_at is None
    return copy != document.version


def _how(version: int, copy: int | None) -> str:
    if copy is None:
        return "copy missing"
    return "copy outdated" if copy < version else "copy ahead"


def _copies(after: Place, repair: bool) -> Look:
    """Copies without a document."""
    index = elasticsearch.alias()
    if after is None:
        elasticsearch.refresh(index)
    last = elasticsearch.Copy(*after) if after else None
    batch = elasticsearch.copies_after(last, index, limit=BATCH)
    there = _there(batch)
    strange = [copy for copy in batch if (copy.kind, copy.key) not in there]
    still = elasticsearch.versions(strange, index)  # not swept meanwhile
    if repair and still:
        for kind in Document.Kind:
            bury(kind, [key for each, key in still if each == kind], beyond=max(still.values()))
    end = batch[-1] if len(batch) == BATCH else None
    place = [end.kind, end.key, end.version] if end else None
    return Look(len(batch), place, Counter({"copy too many": len(still)} if still else {}))


def _there(copies: "Collection[elasticsearch.Copy]") -> set[tuple[str, str]]:
    rows = Document.objects.filter(key__in=[copy.key for copy in copies])
    return set(rows.values_list("kind", "key"))


# --- Words -------------------------------------------------------------------------------------


def _untaught(words: set[str]) -> set[str]:
    """Words by which nothing is found when they are misspelled."""
    learned = {word for word in words if SHORTEST <= len(word) <= LONGEST}
    return learned - set(Word.objects.filter(text__in=learned).values_list("text", flat=True))


def _words(after: Place, repair: bool) -> Look:
    """Words that stand in no document."""
    rows = Word.objects.filter(text__gt=after or "").order_by("text")
    batch = list(rows.values_list("text", flat=True)[:BATCH])
    unused = Word.objects.unused(batch)
    if repair and unused:
        forget_words(unused)
    end = batch[-1] if len(batch) == BATCH else None
    return Look(len(batch), end, litter=len(unused))


def stages() -> dict[str, Callable[[Place, bool], Look]]:
    """In the order in which one mends what the next looks at."""
    of_copies = {"sent": _sent, "copies": _copies} if engines.has_copies() else {}
    return {
        "posts": partial(_rows, POST),
        "people": partial(_rows, USER),
        "documents": _documents,
        **of_copies,
        "words": _words,
    }
