"""What the documents say of posts, people and tags, as far as anybody may find them.

Each `read_…` takes any number of keys and a constant number of queries, and leaves out what
nobody may find: its document is empty. What is read decides; what was announced does not.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from media.models import Media
from posts.models import Post
from search.models import Document
from search.words import one_word, words
from users.models import User


@dataclass(frozen=True, kw_only=True)
class Content:
    """The columns of a live document that follow from what it is about."""

    title: str = ""
    text: str = ""
    names: str = ""
    tags: list[str]
    tag_keys: list[str]
    author_id: int | None = None
    audience: str = Document.Audience.EVERYONE
    has: list[str]
    published_at: datetime | None = None
    as_of: datetime | None = None

    def open_tags(self) -> set[str]:
        """The tags that may be told to everyone."""
        return set(self.tag_keys) if self.audience == Document.Audience.EVERYONE else set()

    def words(self) -> set[str]:
        """Everything by which it is found."""
        texts = (self.title, self.text, self.names)
        return {word for text in texts for word in text.split()} | set(self.tags)


def words_of(documents: Iterable[Document]) -> set[str]:
    """All words of live documents."""
    contents = [content_of(document) for document in documents]
    return {word for content in contents if content for word in content.words()}


Contents = dict[str, Content]  # by key


def content_of(document: Document) -> Content | None:
    """What a document says now; None when it is empty."""
    if document.gone_at is not None:
        return None
    return Content(**{name: getattr(document, name) for name in COLUMNS})


COLUMNS = tuple(Content.__dataclass_fields__)


# --- Posts -------------------------------------------------------------------------------------


def read_posts(keys: Collection[str]) -> Contents:
    """The posts that are published, by people who are not hidden. Two queries."""
    ids = ids_of(keys)
    shown = Post.objects.filter(state=Post.State.PUBLISHED, deleted_at=None, hidden_at=None)
    found = shown.filter(author__suspended_at=None, author__deleted_at=None)
    posts = found.select_related("author").only(*_POST).filter(pk__in=ids)
    alt_texts = _alt_texts(ids)
    return {str(post.pk): _post(post, alt_texts[post.pk]) for post in posts}


_POST = (
    *("caption", "tags", "visibility", "published_at", "edited_at"),
    *("author__username", "author__name", "author__is_private"),
)


def _alt_texts(post_ids: Collection[int]) -> dict[int, list[str]]:
    """By post, in the order of its pictures; "" for one that nobody has described."""
    found = defaultdict(list)
    rows = Media.objects.filter(place__post__in=post_ids).order_by("place__position")
    for post_id, text in rows.values_list("place__post_id", "alt_text"):
        found[post_id].append(text.strip())
    return found


def _post(post: Post, alt_texts: list[str]) -> Content:
    tags = _findable(post.tags)
    here = {
        "alt": bool(alt_texts) and all(alt_texts),
        "album": len(alt_texts) > 1,
        "caption": bool(post.caption.strip()),
        "tag": bool(post.tags),
    }
    return Content(
        title=_words(post.caption),
        # A tag of several words is found by each of them too.
        text=_words(*alt_texts, *(tag for tag in tags if words(tag) != (one_word(tag),))),
        names=_words(post.author.username, post.author.name),
        tags=list(dict.fromkeys(one_word(tag) for tag in tags)),
        tag_keys=tags,
        author_id=post.author_id,
        audience=_audience(post),
        has=[name for name, there in here.items() if there],
        published_at=post.published_at,
        as_of=post.edited_at or post.published_at,
    )


def _audience(post: Post) -> str:
    """Whom the index shows it to at most; `visible_to` decides."""
    if post.visibility == Post.Visibility.PRIVATE:
        return Document.Audience.AUTHOR
    if post.visibility == Post.Visibility.FOLLOWERS or post.author.is_private:
        return Document.Audience.FOLLOWERS
    return Document.Audience.EVERYONE


# --- People and tags ---------------------------------------------------------------------------


def read_people(keys: Collection[str]) -> Contents:
    """The people who are not hidden. Their accounts may be private: they can be found."""
    people = User.objects.active().filter(pk__in=ids_of(keys))
    return {str(user.pk): _person(user) for user in people.only("username", "name")}


def _person(user: User) -> Content:
    return Content(
        title=_words(user.username),
        text=_words(user.name),
        tags=[],
        tag_keys=[],
        has=[],
        author_id=user.pk,
    )


def read_tags(keys: Collection[str]) -> Contents:
    """The tags that a document of a post for everyone carries.

    No others: tags of hidden posts would take places among the best, and be missed in the count.
    Not read from the posts: a tag then stays exactly as long as a document that leads to it.
    """
    carried = Document.objects.carried(keys)
    return {key: _tag(key) for key in keys if key in carried}


def _tag(tag: str) -> Content:
    word = one_word(tag)
    return Content(
        title=_words(tag),
        text="" if words(tag) == (word,) else word,
        tags=[word],
        tag_keys=[],
        has=[],
    )


def ids_of(keys: Iterable[str]) -> list[int]:
    """The ids in the keys of posts or people. A key that is none belongs to nothing."""
    return [int(key) for key in keys if key.isdecimal()]


def _findable(tags: Iterable[str]) -> list[str]:
    """Tags that have something to be found by: not those of signs alone."""
    return list(dict.fromkeys(tag for tag in tags if one_word(tag)))


def _words(*texts: str) -> str:
    return " ".join(word for text in texts for word in words(text))


READ: dict[str, Callable[[Collection[str]], Contents]] = {
    Document.Kind.POST: read_posts,
    Document.Kind.USER: read_people,
    Document.Kind.TAG: read_tags,
}
