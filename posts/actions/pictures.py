"""Whether the pictures of posts are public or signed: as their audience has it.

Public are those that a guest may see, by the post's visibility and its author's account; all
others are signed, those of drafts too. Written under the lock of the author's row, which holds
both.
"""

from django.db import transaction
from django.db.models import F

from media.actions.access import set_access
from media.models import Media
from posts.actions.locks import lock_authors, lock_posts
from posts.models import Post, PostMedia
from users.models import User


def access_for(author: User, visibility: str) -> str:
    """What the pictures of a post have to be. Holds: the author's row."""
    for_all = visibility == Post.Visibility.PUBLIC and not author.is_private
    return Media.Access.PUBLIC if for_all else Media.Access.SIGNED


def access_of(post: Post, author: User) -> str:
    """The same, for a draft too: nobody but its author may see that. Holds: the author's row."""
    is_draft = post.state == Post.State.DRAFT
    return Media.Access.SIGNED if is_draft else access_for(author, post.visibility)


def place_pictures(post: Post, author: User) -> None:
    """Move the pictures of a locked post after its visibility has changed.

    When nobody else may see it any more, every URL that others were given ends.
    """
    set_access(
        PostMedia.objects.filter(post=post).values_list("media_id", flat=True),
        access_for(author, post.visibility),
        anew=post.visibility == Post.Visibility.PRIVATE,
    )


@transaction.atomic
def settle_pictures(limit: int, *, author_id: int | None = None) -> int:
    """Move the pictures of up to `limit` posts that are not where they belong; how many posts.

    An account that turned private has left none: its pictures moved in that transaction.
    """
    places = PostMedia.objects.misplaced()
    if author_id is not None:
        places = places.filter(post__author=author_id)
    post_ids = list(places.values_list("post_id", flat=True).distinct()[:limit])
    lock_authors(post_ids)
    lock_posts(post_ids)
    still = PostMedia.objects.misplaced().filter(post__in=post_ids)
    now = dict(still.values_list("media_id", "media__access"))
    for before, after in (("public", "signed"), ("signed", "public")):
        set_access([pk for pk, access in now.items() if access == before], after)
    Post.objects.filter(pk__in=post_ids).update(revision=F("revision") + 1)
    return len(post_ids)
