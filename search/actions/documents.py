"""Making documents say what is so now, whatever was announced, in whichever order and how often.

A document is locked first and what it is about is read after that (READ COMMITTED: by a new
look): whoever holds it last has seen the last change. The order of locks is that of kind and
key, posts before tags; words come after all of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from common.statements import execute
from events.actions import announce
from posts.models import Post
from search import engines, postgres
from search.actions.copies import pass_over
from search.actions.vocabulary import keep_words
from search.events import DocumentsChanged
from search.indexing import READ, Content, content_of
from search.models import Document

CHUNK = 200  # posts of one author in a transaction
NEW = 0  # the version of a row that this transaction has made, to have it to lock
POST, TAG, USER = Document.Kind.POST, Document.Kind.TAG, Document.Kind.USER


def index_posts(post_ids: Iterable[int], *, anew: bool = False) -> int:
    """Make the documents of posts, and of the tags that came or went with them, up to date.

    Posts that nobody may find any more, or that are no more, leave empty documents. `anew`:
    also when they seem to be up to date already. How many documents say something new.
    """
    return index_keys(POST, map(str, post_ids), anew=anew)


def index_people(user_ids: Iterable[int], *, anew: bool = False) -> int:
    """The same for people. Their posts' documents are `index_chunk_of`'s."""
    return index_keys(USER, map(str, user_ids), anew=anew)


def index_tags(tags: Iterable[str], *, anew: bool = False) -> int:
    """The same for tags; done by `index_posts` whenever a post takes one up or drops it."""
    return index_keys(TAG, tags, anew=anew)


@transaction.atomic
def bury(kind: str, keys: Iterable[str], *, beyond: int) -> int:
    """Make documents for copies that have none: empty ones, unless there is something to say.

    They are sent with a version above `beyond`, which the copies do not pass, and the copies
    become empty with them; a day later both are swept.
    """
    pass_over(beyond)
    return index_keys(kind, keys, keep_empty=True)


@transaction.atomic
def index_keys(
    kind: str, keys: Iterable[str], *, anew: bool = False, keep_empty: bool = False
) -> int:
    """`index_posts`, `index_people` or `index_tags`, by the documents' keys."""
    changes = _bring(kind, keys, anew=anew, keep_empty=keep_empty)
    moved = {tag for change in changes for tag in change.moved_tags()}
    return _finish([*changes, *_bring(TAG, moved)], anew=anew)


def index_chunk_of(*, author_id: int, after: int) -> int | None:
    """`index_posts` for the next `CHUNK` posts of an author; None when these were the last."""
    posts = Post.objects.filter(author=author_id, pk__gt=after).order_by("pk")
    ids = list(posts.values_list("pk", flat=True)[:CHUNK])
    index_posts(ids)
    return ids[-1] if len(ids) == CHUNK else None


def index_orphans_of(*, author_id: int, after: int) -> int | None:
    """Empty what is left of an author's purged posts, among the next documents after one's id."""
    rows = Document.objects.live().filter(kind=POST, author_id=author_id, pk__gt=after)
    keys = dict(rows.order_by("pk").values_list("pk", "key")[:CHUNK])
    there = Post.objects.filter(pk__in=map(int, keys.values())).values_list("pk", flat=True)
    index_posts({int(key) for key in keys.values()} - set(there))
    return max(keys) if len(keys) == CHUNK else None


# --- Steps -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What a locked document said, and what it says now; None is empty."""

    key: str
    before: Content | None
    after: Content | None
    is_news: bool

    def moved_tags(self) -> set[str]:
        """Tags that its post has taken up or dropped, as far as everyone may know of it."""
        before, after = (each.open_tags() if each else set() for each in (self.before, self.after))
        return before ^ after


def _bring(
    kind: str, keys: Iterable[str], *, anew: bool = False, keep_empty: bool = False
) -> list[Change]:
    """Lock documents, read what they are about, and write those that differ."""
    held = {document.key: document for document in _lock(kind, set(keys))}
    if not held:
        return []
    truth = READ[kind](list(held))
    said = {key: content_of(document) for key, document in held.items()}
    made = {key for key, document in held.items() if document.version == NEW}
    empty = made - truth.keys()
    changes = [
        Change(key, said[key], truth.get(key), said[key] != truth.get(key) or key in empty)
        for key in held
        if key not in empty or keep_empty
    ]
    if not keep_empty and empty:  # made only to have something to lock
        Document.objects.filter(kind=kind, key__in=empty).delete()
    news = {each.key: each.after for each in changes if each.is_news}
    _write(kind, news)
    if anew:
        _renew(kind, {each.key: each.after for each in changes if each.after and not each.is_news})
    return changes


def _lock(kind: str, keys: Collection[str]) -> list[Document]:
    """Hold these documents until the transaction ends; those that are missing are made, empty.

    Once more when one was swept after it was found to be there and before it was held.
    """
    if not keys:
        return []
    keep_words()
    rows = Document.objects.filter(kind=kind, key__in=keys).order_by("key").defer("vector")
    held: list[Document] = []
    while len(held) < len(keys):
        execute(_MAKE, [kind, NEW, sorted(keys)])
        held = list(rows.select_for_update(no_key=True))
    return held


# Made in the order of keys: two who make the same rows never wait for each other in a circle.
_MAKE = """
INSERT INTO search_document (kind, key, version, is_sent, gone_at, audience,
    title, text, names, tags, tag_keys, has, vector)
SELECT %s, key, %s, false, now(), 'everyone', '', '', '', '{}', '{}', '{}', ''
FROM unnest(%s::text[]) key
ON CONFLICT DO NOTHING RETURNING id
"""

# Tags, as stored and folded, have no spaces: there are no arrays of arrays of unequal length.
_WRITE = """
UPDATE search_document d SET version = nextval('search_version'), is_sent = false,
    gone_at = CASE WHEN new.is_gone THEN now() END,
    title = new.title, text = new.text, names = new.names,
    tags = string_to_array(new.tags, ' '), tag_keys = string_to_array(new.tag_keys, ' '),
    has = string_to_array(new.has, ' '), author_id = new.author_id, audience = new.audience,
    published_at = new.published_at, as_of = new.as_of, vector = new.vector::tsvector
FROM unnest(%s::text[], %s::boolean[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::text[])
    AS new (key, is_gone, title, text, names, tags, tag_keys, has, author_id, audience,
        published_at, as_of, vector)
WHERE d.kind = %s AND d.key = new.key RETURNING d.id
"""
_RENEW = """
UPDATE search_document d SET vector = new.vector::tsvector
FROM unnest(%s::text[], %s::text[]) AS new (key, vector)
WHERE d.kind = %s AND d.key = new.key RETURNING d.id
"""
NOTHING = Content(tags=[], tag_keys=[], has=[])


def _write(kind: str, contents: Mapping[str, Content | None]) -> None:
    """Let locked documents say this, in one statement."""
    if not contents:
        return
    gone = [content is None for content in contents.values()]
    new = [content or NOTHING for content in contents.values()]
    execute(
        _WRITE,
        [
            list(contents),
            gone,
            [each.title for each in new],
            [each.text for each in new],
            [each.names for each in new],
            [" ".join(each.tags) for each in new],
            [" ".join(each.tag_keys) for each in new],
            [" ".join(each.has) for each in new],
            [each.author_id for each in new],
            [str(each.audience) for each in new],
            [each.published_at for each in new],
            [each.as_of for each in new],
            ["" if content is None else _vector(kind, content) for content in contents.values()],
            kind,
        ],
    )


def _renew(kind: str, contents: Mapping[str, Content]) -> None:
    """Make what PostgreSQL searches anew, of locked documents that say the same as before."""
    vectors = [_vector(kind, content) for content in contents.values()]
    execute(_RENEW, [list(contents), vectors, kind])


def _vector(kind: str, content: Content) -> str:
    return postgres.vector(
        kind=kind,
        tags=content.tags,
        title=content.title,
        text=content.text,
        names=content.names,
    )


def _finish(changes: Sequence[Change], *, anew: bool = False) -> int:
    """Teach the words, last of all and at once, and tell of the news; how many said any."""
    told = [each for each in changes if each.is_news]
    taught = [each.after for each in (changes if anew else told) if each.after]
    postgres.learn(sorted({word for content in taught for word in content.words()}))
    if told and engines.has_copies():
        announce(DocumentsChanged())
    return len(told)
