"""Following a tag, and no longer."""

from typing import ClassVar

from django.conf import settings
from django.db import transaction

from common.errors import Refusal
from posts.actions.locks import lock_active
from posts.models import TagFollow
from users.models import User


class TooManyTags(Refusal):
    code: ClassVar[str] = "too_many_tags"
    detail = f"Nobody follows more than {settings.TAGS_FOLLOWED_MAX} tags."


@transaction.atomic
def follow_tag(*, owner: User, tag: str) -> None:
    """Let `owner` follow a tag, in its stored spelling; twice changes nothing.

    Nobody need use the tag: whether somebody does is not told. Raises `TooManyTags`.
    """
    owner = lock_active(owner)  # so that nobody gets beyond the bound by many requests at once
    followed = TagFollow.objects.of(owner)
    if followed.filter(tag=tag).exists():
        return
    if followed.count() >= settings.TAGS_FOLLOWED_MAX:
        raise TooManyTags
    TagFollow.objects.create(owner=owner, tag=tag)


@transaction.atomic
def unfollow_tag(*, owner: User, tag: str) -> None:
    """Undo `follow_tag`; twice changes nothing."""
    TagFollow.objects.of(owner).filter(tag=tag).delete()
