"""Real posts, with files in the stores, and a moderator."""

import pytest

from posts.actions.posts import create_post
from posts.models import Post
from tests import pictures
from users.actions.relationships import follow_user


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


@pytest.fixture
def publish(photo, committed):
    """Publish a post of new photos: `publish(alice, "followers", count=2)`."""

    def make(author, visibility="public", count=1):
        images = [photo(64 + number, 48) for number in range(count)]
        with committed():
            post = create_post(author=author, images=images, visibility=visibility)
        return Post.objects.get(pk=post.pk)

    return make


@pytest.fixture
def keep(as_user, alice, committed):
    """Keep a draft as Alice, its pictures made: `keep(2, caption="later")`; its card."""

    api = as_user(alice)

    def make(count=0, **fields):
        images = [pictures.uploaded(64 + n, 48) for n in range(count)]
        sent = {"images": images} if images else {}
        with committed():
            answer = api.post("/posts/", {"draft": True, **sent, **fields}, format="multipart")
        assert answer.status_code == 201, answer.content
        return api.get(f"/posts/{answer.json()['id']}/").json()

    return make


@pytest.fixture
def reader(person, bob, carol):
    """Somebody who follows Bob and Carol, and nobody else."""
    made = person("reader")
    for each in (bob, carol):
        follow_user(owner=made, target=each)
    return made
