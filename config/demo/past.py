"""Moving what was made to when it is meant to have happened: here alone, for nobody can do it.

No action writes history, and none should. What has been moved once is told by its own times
(`created_at` long before `published_at` is a post that has yet to be moved), so that this may
run again at any point.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from comments.models import Comment, CommentReaction
from events.actions import announce
from posts.actions.locks import lock_post
from posts.actions.publication import spread, write
from posts.events import PostEdited
from posts.models import Post, Reaction, Repost
from posts.tagging import label
from showcase.models import Hanging
from users import timelines
from users.models import Follow, RepostEntry, TimelineEntry, User

PROCESSING = timedelta(minutes=10)  # longer than between writing a post and its publication


def write_post_at(post: Post, moment: datetime) -> None:
    Post.objects.filter(pk=post.pk).update(created_at=moment)


@transaction.atomic
def publish_post_at_its_time(post: Post) -> None:
    """Let a post have been published when it was written, also in every timeline."""
    post = lock_post(post)
    if not post.is_shown or post.published_at is None:
        return
    if post.published_at - post.created_at > PROCESSING:
        write(post, published_at=post.created_at)
        timelines.withdraw(post.pk)
        spread(post)
        label(post)
        announce(PostEdited(post_id=post.pk))


def join_at(user: User, moment: datetime) -> None:
    User.objects.filter(pk=user.pk).update(joined_at=moment, email_verified_at=moment)


def follow_at(user_ids: Collection[int], moment: datetime, *, since: datetime) -> None:
    """Everything that `user_ids` have followed since the beginning of this run."""
    Follow.objects.filter(owner__in=user_ids, created_at__gte=since).update(created_at=moment)


def react_at(post: Post, user_ids: Collection[int], moment: datetime, *, since: datetime) -> None:
    Reaction.objects.filter(post=post, owner__in=user_ids, created_at__gte=since).update(
        created_at=moment
    )


def remark_at(comment: Comment, moment: datetime) -> None:
    Comment.objects.filter(pk=comment.pk).update(created_at=moment)


def carry_at(post: Post, moment: datetime) -> None:
    """Let who carried `post` on have done so at `moment`, in timelines too."""
    Repost.objects.filter(post=post).update(created_at=moment)
    RepostEntry.objects.filter(post_id=post.pk).update(shown_at=moment)
    carried = TimelineEntry.objects.filter(post_id=post.pk, reposter_id__isnull=False)
    carried.update(shown_at=moment)


def hang_at(user: User, moment: datetime, *, since: datetime) -> None:
    """What `user` has hung since the beginning of this run."""
    rows = Hanging.objects.current().filter(owner=user, hung_at__gte=since)
    rows.update(sent_at=moment, hung_at=moment)


def react_to_remark_at(comment: Comment, owner: User, moment: datetime) -> None:
    CommentReaction.objects.filter(comment=comment, owner=owner).update(created_at=moment)
