"""Making everything anew: documents and words, then an index that takes the place of the old.

Questions go on being answered from the old one, and what changes is sent to both, as long as
the `Rebuild` row stands. How far it has come is in rows: it can be killed anywhere, and whoever
begins again, a person or the clock, goes on.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject

from posts.models import Post
from search import engines, sending, turns
from search.actions.copies import mark_sent
from search.actions.documents import index_people, index_posts, index_tags
from search.actions.rebuilds import begin_rebuild, end_rebuild, note_filled
from search.actions.vocabulary import forget_words
from search.indexing import ids_of
from search.models import Document, Rebuild, Word
from search.questions import EngineUnavailable
from users.models import User

if TYPE_CHECKING:
    from search import elasticsearch
else:  # an installation without it never loads its client
    elasticsearch = SimpleLazyObject(partial(import_module, engines.ELASTICSEARCH))

BATCH = 500  # rows a step
NAME = "rebuild"


class RebuildRunningError(Exception):
    """Another process is at it, or has been killed less than `turns.LEASE` ago."""


@dataclass(frozen=True)
class Step:
    """A batch is done: so many of so many rows of this stage, counted from where it began."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True)
class Stage:
    """Rows that are gone through in the order of their primary key, some at a time."""

    name: str
    rows: "Callable[[], QuerySet[Any]]"
    work: Callable[[list[Any]], object]
    start: int | str = 0


def rebuild(*, fresh: bool = False) -> Generator[Step]:
    """Make everything anew, or go on with that; `fresh`: begin again at the beginning.

    Raises `RebuildRunningError`, and `EngineUnavailable` when Elasticsearch goes away: then
    what was done is done.
    """
    with turns.hold(NAME) as turn:
        if turn is None:
            raise RebuildRunningError
        if fresh:
            _give_up()
        if fresh or not turn.position or turn.position["is_index_alone"]:
            turn.keep(_position(STAGES[0].name, STAGES[0].start))
        yield from _go_on(turn)


def restore_index() -> Generator[Step]:
    """Go on with what was left unfinished; or else fill a new index, if none is there to answer.

    Nothing when all is well, or somebody else is at it. Raises `EngineUnavailable`, and
    `RebuildRunningError` when its turn was given to another meanwhile.
    """
    with turns.hold(NAME) as turn:
        if turn is None:
            return
        if not turn.position:
            if not engines.has_copies() or elasticsearch.serving() is not None:
                return
            turn.keep(_position(INDEX, 0, is_index_alone=True))
        yield from _go_on(turn)


def _position(stage: str, after: int | str, *, is_index_alone: bool = False) -> dict[str, Any]:
    return {"stage": stage, "after": after, "is_index_alone": is_index_alone}


def _go_on(turn: turns.HeldTurn) -> Iterator[Step]:
    names = [stage.name for stage in STAGES]
    reached = turn.position["stage"]
    for stage in STAGES[names.index(reached) if reached in names else len(STAGES) :]:
        after = turn.position["after"] if stage.name == reached else stage.start
        yield from _walk(stage, turn, after)
    turn.keep({**turn.position, "stage": INDEX})
    if engines.has_copies():
        yield from _fill(turn)
    turn.keep({})


def _walk(stage: Stage, turn: turns.HeldTurn, after: int | str) -> Iterator[Step]:
    rows = stage.rows().order_by("pk")
    done, total = 0, rows.filter(pk__gt=after).count()
    while batch := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        stage.work(batch)
        after, done = batch[-1], done + len(batch)
        _keep(turn, _position(stage.name, after))
        yield Step(stage.name, done, max(done, total))


def _keep(turn: turns.HeldTurn, position: dict[str, Any] | None = None) -> None:
    if not turn.keep(position):
        raise RebuildRunningError


# --- Documents and words -----------------------------------------------------------------------


def _bring_posts(ids: list[int]) -> None:
    index_posts(ids, anew=True)


def _bring_people(ids: list[int]) -> None:
    index_people(ids, anew=True)


def _bring_the_rest(ids: list[int]) -> None:
    """Documents whose rows no longer exist, which no walk through the rows finds; and the tags."""
    rows = Document.objects.live().filter(pk__in=ids).values_list("kind", "key")
    keys = {kind: {key for each, key in rows if each == kind} for kind in Document.Kind}
    posts = set(ids_of(keys[Document.Kind.POST]))
    index_posts(posts - set(Post.objects.filter(pk__in=posts).values_list("pk", flat=True)))
    people = set(ids_of(keys[Document.Kind.USER]))
    index_people(people - set(User.objects.filter(pk__in=people).values_list("pk", flat=True)))
    index_tags(keys[Document.Kind.TAG], anew=True)


def _forget(words: list[str]) -> None:
    if unused := Word.objects.unused(words):
        forget_words(unused)


STAGES = (
    Stage("posts", lambda: Post.objects.all(), _bring_posts),
    Stage("people", lambda: User.objects.all(), _bring_people),
    Stage("documents", lambda: Document.objects.live(), _bring_the_rest),
    Stage("words", lambda: Word.objects.all(), _forget, start=""),
)
INDEX = "index"


# --- The index ---------------------------------------------------------------------------------


def _fill(turn: turns.HeldTurn) -> Iterator[Step]:
    """Fill a new index with all documents, the empty ones too, and let it answer."""
    new = _index_to_fill()
    is_first = elasticsearch.serving() is None
    rows = Document.objects.order_by("pk").defer("vector")
    done, total = 0, rows.filter(pk__gt=new.filled_to).count()
    while batch := list(rows.filter(pk__gt=new.filled_to)[:BATCH]):
        _copy(batch, new, is_first=is_first)
        done += len(batch)
        _keep(turn)
        yield Step(INDEX, done, max(done, total))
    _serve(new)


def _copy(batch: list[Document], new: Rebuild, *, is_first: bool) -> None:
    """Put documents into the new index; newer copies that are there already stay.

    An empty one too: it keeps out an older copy that another sender may hold in its hands.
    """
    sent = elasticsearch.send(batch, [new.index])
    if {document.version for document in batch} - sent.arrived - sent.refused.keys():
        raise EngineUnavailable("Elasticsearch has not taken all of it.")
    if is_first:  # there is no other index for which they would have to be sent again
        mark_sent(sent.arrived)
    note_filled(new, to=batch[-1].pk)


def _index_to_fill() -> Rebuild:
    """The one that was begun, if it is still there, or a new one. Others are nobody's."""
    begun = Rebuild.objects.first()
    names = elasticsearch.index_names()
    if begun is not None and begun.index in names:
        return begun
    if begun is not None:
        end_rebuild(begun)
    _delete_but(elasticsearch.serving())
    return begin_rebuild(elasticsearch.create_index())


def _serve(new: Rebuild) -> None:
    """Each step can be done twice, and the row goes last: killed in between, all are done again."""
    elasticsearch.refresh(new.index)
    elasticsearch.serve(new.index)
    _delete_but(new.index)
    end_rebuild(new)
    sending.send_unsent()  # what changed where there was no other index to take it


def _give_up() -> None:
    """Let go of an index that was begun: first of its row, so that nobody sends to it."""
    begun = Rebuild.objects.first()
    if begun is None:
        return
    serving = elasticsearch.serving() if engines.has_copies() else None
    end_rebuild(begun)
    if engines.has_copies() and begun.index != serving:
        elasticsearch.delete_index(begun.index)


def _delete_but(index: str | None) -> None:
    for name in elasticsearch.index_names():
        if name != index:
            elasticsearch.delete_index(name)
