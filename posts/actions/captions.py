"""What a caption says beside its words: tags and mentions, kept with the post they are read for.

All of it under the author's row lock, which a block waits for: nobody is mentioned by somebody
whom they have blocked.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from events.actions import announce
from posts.events import PostMentioned
from posts.mentioning import Reading, read
from posts.models import Mention, Post
from users.models import User


def read_caption(
    author: User, caption: str, sent_tags: Sequence[str], former: Post | None = None
) -> Reading:
    """The tags and mentions of a caption; of an edited one, with what it said before."""
    before = (former.caption, former.entities) if former else ("", ())
    return read(caption, author=author, sent_tags=sent_tags, former=before)


def read_anew(post: Post, changes: Mapping[str, Any], columns: dict[str, Any]) -> Reading | None:
    """Add to `columns` what a new caption and new tags make of the post; None without either.

    Tags that were sent stay, whatever the caption says, until others are sent. All tags of the
    answer sent back, those of an unchanged caption among them, change nothing.
    """
    sent = changes.get("tags", post.sent_tags)
    if "caption" not in columns and sent in (post.tags, post.sent_tags):
        return None
    reading = read_caption(post.author, columns.get("caption", post.caption), sent, post)
    columns |= {"sent_tags": sent, "tags": reading.tags, "entities": reading.entities}
    return reading


def keep_mentions(post: Post, reading: Reading) -> None:
    """Let a locked post mention whom its caption does, and nobody else."""
    former = set(Mention.objects.filter(post=post).values_list("user_id", flat=True))
    if gone := former - set(reading.people):
        Mention.objects.filter(post=post, user__in=gone).delete()
    Mention.objects.bulk_create(
        Mention(post=post, user_id=user_id) for user_id in reading.people if user_id not in former
    )


def tell_mentioned(post: Post) -> None:
    """Tell of those whom a locked, shown post mentions and who may see it; each once."""
    untold = Mention.objects.untold(post)
    user_ids = sorted(untold.values_list("user_id", flat=True))
    if user_ids:
        Mention.objects.filter(post=post, user__in=user_ids).update(told=True)
        announce(PostMentioned(post_id=post.pk, user_ids=user_ids))
