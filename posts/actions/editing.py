"""What its author may change of a post, and what it said before."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import Invalid
from events.actions import announce
from media.actions.receiving import set_alt_text
from media.models import Media
from posts.actions.captions import keep_mentions, read_anew, tell_mentioned
from posts.actions.drafts import NotADraft, edit_draft
from posts.actions.locks import lock_own
from posts.actions.pictures import place_pictures
from posts.actions.publication import spread, write
from posts.events import PostEdited, PostPublished
from posts.models import Post, PostEdit
from posts.tagging import label
from users.actions.counts import add_posts
from users.models import User

_AUDIENCE = [Post.Visibility.PRIVATE, Post.Visibility.FOLLOWERS, Post.Visibility.PUBLIC]


@transaction.atomic
def edit_post(*, post: Post, editor: User, changes: Mapping[str, Any]) -> None:
    """Set `caption`, `tags`, `visibility` or `alt_texts`, and keep what was there before.

    What is equal already changes nothing. Of a draft `media` and `publish_at` too, see
    `edit_draft`. Raises `NotYours`, `Missing`, `NotADraft`, and `Invalid` when there is not one
    alt text a picture.
    """
    post = lock_own(post, editor)
    if post.state == Post.State.DRAFT:
        edit_draft(post, changes)
    elif changes.keys() & {"media", "publish_at"}:
        raise NotADraft
    else:
        _edit(post, changes)


def _edit(post: Post, changes: Mapping[str, Any]) -> None:
    pictures = list(Media.objects.filter(place__post=post).order_by("place__position"))
    texts = [media.alt_text for media in pictures]
    new_texts = changes.get("alt_texts", texts)
    if len(new_texts) != len(pictures):
        message = f"One for each of the {len(pictures)} pictures, please."
        raise Invalid(message, fields={"alt_texts": [message]})
    columns = {
        name: changes[name]
        for name in ("caption", "visibility")
        if changes.get(name, getattr(post, name)) != getattr(post, name)
    }
    reading = read_anew(post, changes, columns)
    if not columns and new_texts == texts:
        return
    PostEdit.objects.create(
        post=post,
        caption=post.caption,
        tags=post.tags,
        visibility=post.visibility,
        alt_texts=texts,
    )
    for media, text in zip(pictures, new_texts, strict=True):
        if media.alt_text != text:
            set_alt_text(media, text)
    former = post.visibility
    write(post, **columns, edited_at=timezone.now())
    if reading is not None:
        keep_mentions(post, reading)
    if post.visibility != former:
        place_pictures(post, post.author)
    if post.is_shown:
        _tell(post, former)


def _tell(post: Post, former: str) -> None:
    """Move a shown post to its new audience, and let the world know."""
    announce(PostEdited(post_id=post.pk))
    label(post)
    tell_mentioned(post)
    if post.visibility == former:
        return
    add_posts(post.author_id, former, -1)
    add_posts(post.author_id, post.visibility, +1)
    spread(post)
    if _AUDIENCE.index(Post.Visibility(post.visibility)) > _AUDIENCE.index(Post.Visibility(former)):
        announce(PostPublished(post_id=post.pk))
