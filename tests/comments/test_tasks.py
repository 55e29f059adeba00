"""What the clock does with comments that were deleted (D10)."""

from datetime import timedelta

from django.utils import timezone

from comments.actions import add_comment, delete_comment, edit_comment
from comments.models import Comment, CommentEdit
from comments.tasks import purge_comments
from tests.albums import published


def test_d10_what_was_deleted_long_ago_is_purged_in_batches(alice, bob, settings, monkeypatch):
    monkeypatch.setattr("comments.tasks.PURGE_SIZE", 2)
    post = published(alice)
    made = [add_comment(post=post, author=bob, text="one") for _ in range(9)]
    old, young, kept = made[:3], made[3:6], made[6:]
    edit_comment(comment=old[0], editor=bob, text="two")
    limit = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
    for comments, moment in ((old, limit), (young, limit + timedelta(minutes=1))):
        for each in comments:
            delete_comment(comment=each, deleter=bob)
            Comment.objects.filter(pk=each.pk).update(deleted_at=moment)

    for _ in range(2):
        purge_comments()

    post.refresh_from_db()
    assert set(Comment.objects.all()) == {*young, *kept}
    assert not CommentEdit.objects.exists()
    assert post.comments_count == 3
