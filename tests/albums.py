"""Posts and their neighbours without the work of making pictures."""

from itertools import count

from media import storage
from media.models import Media
from posts.actions.pictures import access_for
from posts.actions.publication import publish_post
from posts.models import Post, PostMedia

numbers = count(1)


def picture(owner, state="ready", access="public", **fields):
    """A row of a picture whose files nobody reads."""
    folder = f"00/{next(numbers):038x}"
    renditions = {"320": f"{folder}/320.jpg"} if state == "ready" else {}
    return Media.objects.create(
        owner=owner,
        state=state,
        original=f"{folder}/original",
        mime="image/jpeg",
        size=1000,
        width=320,
        height=240,
        renditions=renditions,
        access=access,
        renditions_folder=folder,
        **fields,
    )


def album(author, pictures=1, media_state="ready", **fields):
    """A post that is being processed, with rows for its pictures."""
    post = Post.objects.create(author=author, **{"sent_tags": fields.get("tags", []), **fields})
    access = access_for(author, post.visibility)
    PostMedia.objects.bulk_create(
        PostMedia(
            post=post,
            media=picture(author, media_state, access, alt_text=f"alt {n}"),
            position=n,
        )
        for n in range(pictures)
    )
    return post


def keep_files(post):
    """Put something where the rows of the pictures say, for tests that have files moved."""
    for media in Media.objects.filter(place__post=post):
        storage.save_rendition(media.folder, 320, b"x", "jpg", access=media.access)


def made_anew(post):
    """As the worker leaves a post whose pictures were concealed and are wanted again."""
    for media in Media.objects.filter(place__post=post, state="processing"):
        renditions = {"320": f"{media.folder}/320.jpg"}
        Media.objects.filter(pk=media.pk).update(state="ready", renditions=renditions)
    return publish_post(post.pk)


def published(author, pictures=1, **fields):
    """A post that others can see, counted and in the timelines."""
    return publish_post(album(author, pictures, **fields).pk)
