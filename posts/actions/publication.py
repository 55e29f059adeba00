"""A post's way from processing to published or failed, and in and out of what others see.

Timelines, the pages of tags and the author's counts hold exactly the posts that are shown; all are
written from here and nowhere else, under the locks of `lock_post`.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.errors import Missing
from events.actions import announce
from media.actions.deleting import conceal_media
from media.models import Media
from posts.actions.captions import tell_mentioned
from posts.actions.locks import lock_post
from posts.events import FanOutDue, PostPublished, PostWithdrawn, RepostsShown
from posts.models import Post, Repost
from posts.tagging import label, unlabel
from users import timelines
from users.actions.counts import add_posts


def publish_post(post_id: int) -> Post | None:
    """Publish a post whose pictures are ready, or fail it when one of them failed.

    None when it is gone. A no-op in every other state and while a picture is still being
    processed, so that it may be called any number of times.
    """
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return None
    with transaction.atomic():
        try:
            post = lock_post(post)
        except Missing:
            return None
        if post.state == Post.State.PROCESSING and post.deleted_at is None:
            _conclude(post)
    return post


def _conclude(post: Post) -> None:
    states = set(Media.objects.filter(place__post=post).values_list("state", flat=True))
    if states & {Media.State.PROCESSING, Media.State.MOVING}:
        return
    if Media.State.FAILED in states:
        write(post, state=Post.State.FAILED)
        return
    published_at = post.published_at or timezone.now()  # a restored post keeps its time
    write(post, state=Post.State.PUBLISHED, published_at=published_at)
    if post.is_shown:
        show(post)


def note_progress(post_id: int) -> None:
    """Let its author see that one more picture is ready."""
    Post.objects.filter(pk=post_id).update(revision=F("revision") + 1)


def write(post: Post, **columns: object) -> None:
    """Set columns of a locked post, in the database and here, and count the revision up."""
    revision = post.revision + 1
    Post.objects.filter(pk=post.pk).update(**columns, revision=revision)
    for name, value in {**columns, "revision": revision}.items():
        setattr(post, name, value)


def show(post: Post) -> None:
    """A locked post is to be seen from now on: count it, spread it, tell of it."""
    add_posts(post.author_id, post.visibility, +1)
    spread(post)
    label(post)
    announce(PostPublished(post_id=post.pk))
    tell_mentioned(post)


def unshow(post: Post) -> None:
    """A locked post is not to be seen any more; the opposite of `show`."""
    add_posts(post.author_id, post.visibility, -1)
    timelines.withdraw(post.pk)
    unlabel(post)
    announce(PostWithdrawn(post_id=post.pk))


def conceal(post: Post) -> None:
    """Take the pictures of a post that is gone out of the public store."""
    conceal_media(Media.objects.filter(place__post=post).values_list("pk", flat=True))


def spread(post: Post) -> None:
    """Put a locked, shown post where it belongs; a private one into its author's timeline alone.

    For more followers than are written to at once, a task goes on with `fan_out_chunk`.
    """
    if post.published_at is None:
        raise ValueError(f"{post} was never published.")
    if post.visibility == Post.Visibility.PRIVATE:
        timelines.withdraw(post.pk)
        timelines.add_own(post.author_id, [(post.pk, post.published_at)])
        return
    done = timelines.publish(post_id=post.pk, author_id=post.author_id, shown_at=post.published_at)
    if not done:
        announce(FanOutDue(post_id=post.pk))
    if Repost.objects.filter(post=post).exists():  # from before it was taken away
        announce(RepostsShown(post_id=post.pk))


@transaction.atomic
def rebuild_own(author_id: int) -> None:
    """Put what an author has published back into the author's own timeline."""
    timelines.lock_author(author_id)
    shown = Post.objects.filter(author=author_id, deleted_at=None, hidden_at=None).published()
    rows = shown.values_list("pk", "published_at")
    timelines.add_own(author_id, [(post_id, at) for post_id, at in rows if at])


@transaction.atomic
def fan_out_chunk(*, post_id: int, after: int) -> int | None:
    """Write a post into the next chunk of timelines; None when that was the last of them."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return None
    post = lock_post(post)
    private = post.visibility == Post.Visibility.PRIVATE
    if not post.is_shown or private or post.published_at is None:
        return None
    return timelines.publish_chunk(
        post_id=post.pk, author_id=post.author_id, shown_at=post.published_at, after=after
    )
