"""Posts that were written as people write them, without the work of making pictures."""

from posts.actions.pictures import access_for
from posts.actions.posts import create_post
from posts.actions.publication import publish_post
from posts.models import Post
from tests.albums import picture


def written(author, caption="", **fields):
    """A post that is being processed, of a picture that was uploaded before."""
    access = access_for(author, fields.get("visibility", "public"))
    media = picture(author, access=access)
    return create_post(author=author, media=[media.pk], caption=caption, **fields)


def shown(author, caption="", **fields):
    """The same, published."""
    publish_post(written(author, caption, **fields).pk)
    return Post.objects.latest("pk")
