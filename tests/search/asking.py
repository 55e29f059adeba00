"""Asking the search over HTTP, and short names for what it answers: posts by id, @people, #tags."""

from django.conf import settings
from django.utils import timezone

from media.models import Media
from posts.actions.publication import publish_post
from posts.models import Post
from search import elasticsearch
from search.actions.documents import index_people
from search.models import Document
from search.postgres import vector
from tests.albums import album, keep_files
from tests.conftest import deliver_all
from users.models import User


def posted(author, caption="", *, alt_texts=("",), **fields):
    """A published post that says this, with a picture for each alt text; the index knows nothing.

    As rows, so that no test waits for pictures: what follows is done by `settle`.
    """
    post = album(author, len(alt_texts), caption=caption, **fields)
    for place, text in zip(post.places.order_by("position"), alt_texts, strict=True):
        Media.objects.filter(place=place).update(alt_text=text)
    keep_files(post)
    return publish_post(post.pk)


def on(moment, post):
    """A post as if it had been published then."""
    Post.objects.filter(pk=post.pk).update(published_at=moment)
    return post


def settle():
    """Do all the work that is waiting, and let Elasticsearch show it, if it answers."""
    deliver_all()
    index_people(User.objects.values_list("pk", flat=True))
    deliver_all()
    if settings.ELASTICSEARCH_URL:
        elasticsearch.refresh(elasticsearch.alias())


def late(kind, key, *, title, tags=()):
    """A document that says this to everybody, whatever is so: an index that is late, or wrong."""
    tags = list(tags)
    post = Post.objects.filter(pk=key).first() if kind == "post" else None
    Document.objects.create(
        kind=kind,
        key=str(key),
        title=title,
        tags=tags,
        tag_keys=tags if kind == "post" else [],
        published_at=timezone.now(),
        as_of=(post.edited_at or post.published_at) if post else None,
        vector=vector(kind=kind, tags=tags, title=title, text="", names=""),
    )


def name(result):
    kind = result["type"]
    if kind == "post":
        return result["post"]["id"]
    return f"@{result['user']['username']}" if kind == "user" else f"#{result['tag']['name']}"


def ask(client, query="", **parameters):
    """The answer of `/search/query`, which has to be good."""
    sent = {"query": query, **parameters} if query else parameters
    answer = client.get("/search/query", sent)
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(client, query="", **parameters):
    """What is found, in its order; the count says the same."""
    answer = ask(client, query, **parameters)
    assert answer["count"] == len(answer["results"])
    assert answer["degraded"] is False
    return [name(result) for result in answer["results"]]


def suggested(client, query, **parameters):
    """What `/search/autocomplete` suggests, in its order."""
    answer = client.get("/search/autocomplete", {"query": query, **parameters})
    assert answer.status_code == 200, answer.content
    signs = {"user": "@", "tag": "#"}
    return [f"{signs[each['type']]}{each['value']}" for each in answer.json()["results"]]


def plain(segments):
    """Segments as a text, with the hits in brackets."""
    return "".join(f"[{each['text']}]" if each["hit"] else each["text"] for each in segments)
