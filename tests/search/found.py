"""Looking at documents as rows, and making posts by the dozen."""

from datetime import timedelta
from itertools import count

from django.db.models import F
from django.utils import timezone

from media.models import Media
from posts.actions.publication import publish_post
from posts.models import Post, PostMedia
from search.models import Document
from tests.albums import album, keep_files
from tests.conftest import deliver_all
from users.models import User

numbers = count(1)
COLUMNS = ("title", "text", "names", "tags", "tag_keys", "author_id", "audience", "has")


def document(kind, key):
    return Document.objects.filter(kind=kind, key=str(key)).first()


def said(kind, key):
    """What a document says that is not empty, by column; None when it is empty or missing."""
    row = document(kind, key)
    if row is None or row.gone_at is not None:
        return None
    columns = {name: getattr(row, name) for name in COLUMNS}
    return {name: value for name, value in columns.items() if value}


def is_empty(kind, key):
    """Whether there is a document that says nothing at all."""
    row = document(kind, key)
    return (
        row.gone_at is not None
        and (row.title, row.text, row.names, row.vector) == ("", "", "", "")
        and (row.tags, row.tag_keys, row.has) == ([], [], [])
        and (row.author_id, row.published_at) == (None, None)
    )


def tags():
    """The tags that can be found."""
    rows = Document.objects.live().filter(kind="tag").order_by("key")
    return list(rows.values_list("key", flat=True))


def found(author, pictures=1, **fields):
    """A post that is published, and what followed from that is done."""
    post = album(author, pictures, **fields)
    keep_files(post)
    post = publish_post(post.pk)
    deliver_all()
    return post


def many(author, number, **fields):
    """Published posts as rows, of which nobody was told; each with a picture."""
    now = timezone.now()
    columns = {"caption": "light", "tags": ["sea"], **fields}
    posts = Post.objects.bulk_create(
        Post(author=author, state="published", published_at=now - timedelta(seconds=n), **columns)
        for n in range(number)
    )
    picture = {"mime": "image/jpeg", "size": 1, "width": 3, "height": 2, "state": "ready"}
    pictures = Media.objects.bulk_create(
        Media(
            owner=author,
            original=f"m{next(numbers)}",
            renditions={"320": "a.jpg"},
            alt_text="a hill",
            **picture,
        )
        for _ in posts
    )
    PostMedia.objects.bulk_create(
        PostMedia(post=post, media=media, position=0)
        for post, media in zip(posts, pictures, strict=True)
    )
    counted = {
        f"{posts[0].visibility}_posts_count": F(f"{posts[0].visibility}_posts_count") + number
    }
    User.objects.filter(pk=author.pk).update(**counted)
    return posts


def state():
    """Every document, as far as it does not count how often it was written."""
    rows = Document.objects.order_by("kind", "key")
    return [
        (row.kind, row.key, row.gone_at is None, *(getattr(row, name) for name in COLUMNS))
        for row in rows
    ]


def title_of(hit):
    """The title in a hit of Elasticsearch's own; "" of an empty one."""
    source = hit["_source"]
    return "" if source["gone"] else source[source["kind"]]["title"]
