"""What the demo's people have not published: some unfinished drafts, and some scheduled posts."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from common.idempotency import Key
from config.demo.drawings import Picture
from posts.actions.posts import create_post
from posts.models import Post
from users.models import User

_EVERY = 3  # person; of those, every second has planned when it will appear
_CAPTIONS = ("Still looking for the right words.", "For the weekend.", "One of a series, perhaps.")


def keep_draft(*, number: int, author: User, picture: Picture, now: datetime, mark: str) -> None:
    """The draft of a person, if they have one and never had it before."""
    key = f"demo-draft-{number}"
    found = Post.objects.filter(author=author, idempotency_key=key)
    if number % _EVERY != 1 or found.exists():
        return
    is_planned = number // _EVERY % 2 == 0
    create_post(
        author=author,
        images=[SimpleUploadedFile(picture.name, picture.content)],
        alt_texts=[picture.alt_text],
        caption=_CAPTIONS[number % len(_CAPTIONS)],
        draft=True,
        publish_at=now + timedelta(days=1 + number % 7) if is_planned else None,
        key=Key(key, mark),
    )
