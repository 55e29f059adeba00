"""Drafts and moments, as the tests of drafts make and read them."""

from datetime import UTC, datetime, timedelta

import time_machine

from media.models import Media
from posts.actions.posts import create_post
from posts.models import Post
from posts.tasks import process_post
from tests import pictures
from tests.albums import album

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def at(hours=0.0):
    """Stand still so many hours after noon."""
    return time_machine.travel(NOON + timedelta(hours=hours), tick=False)


def drafted(author, count=1, publish_at=None, **fields):
    """A draft whose pictures are made; no clock has looked since."""
    images = [pictures.uploaded() for _ in range(count)]
    with at(-24):
        post = create_post(
            author=author, images=images, draft=True, publish_at=publish_at, **fields
        )
        process_post(post_id=post.pk)
    return Post.objects.get(pk=post.pk)


def ready(author, publish_at=None, **fields):
    """The same, of rows alone: nothing has to be moved, since it is not for everybody."""
    fields = {"visibility": "followers", **fields}
    post = album(author, state="draft", publish_at=publish_at, **fields)
    Media.objects.filter(place__post=post).update(access="signed")
    return post


def state(post):
    return Post.objects.get(pk=post.pk).state


def published_events(announced):
    return [fields["post_id"] for name, fields in announced.events() if name == "PostPublished"]


def ids(card):
    return [each["id"] for each in card["media"]]


def widths(card):
    return [each["width"] for each in card["media"]]
