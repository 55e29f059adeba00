"""Real posts, with files in the stores, and a moderator."""

import pytest

from posts.actions.posts import create_post
from posts.models import Post


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
