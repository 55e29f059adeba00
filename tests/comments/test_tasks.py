"""What the clock does with comments that were deleted (D10, L5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.actions import add_comment, delete_comment, edit_comment, restore_comment
from comments.models import Comment, CommentEdit
from comments.tasks import purge_comments
from common.errors import Missing
from tests.albums import published
from tests.comments.threads import outline, say, wrong_counts
from users.actions.accounts import delete_user, purge_user


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


def empty(comment):
    comment.refresh_from_db()
    left = (comment.author_id, comment.edited_at, comment.idempotency_key)
    return comment.text == "" and left == (None, None, None)


def test_d10_what_holds_a_thread_is_emptied_and_goes_with_the_last_of_it(
    alice, bob, person, as_user, settings
):
    moderator = person("moderator", is_staff=True)
    settings.PURGE_AFTER_DAYS = 0
    post = published(alice)
    top = say(post, bob, "private matters")
    middle = say(post, bob, "more of it", below=top)
    leaf = say(post, alice, "leaf", below=middle)
    edit_comment(comment=top, editor=bob, text="other private matters")
    for each in (top, middle):
        delete_comment(comment=each, deleter=bob)

    for _ in range(2):
        purge_comments()
        assert empty(top)
        assert empty(middle)
        assert not CommentEdit.objects.exists()
        assert outline(as_user(alice), post) == [(None, [(None, [("leaf", [])])])]
    with pytest.raises(Missing):
        restore_comment(comment=top, moderator=moderator, reason="too late")
    assert wrong_counts(post) == {}

    delete_comment(comment=leaf, deleter=alice)
    purge_comments()
    assert not Comment.objects.exists()


def test_d10_a_purged_account_leaves_no_word_and_every_answer_of_others(
    alice, bob, as_user, committed
):
    post = published(alice)
    top = say(post, bob, "bob")
    say(post, alice, "alice", below=top)
    alone = say(post, bob, "alone")
    mine = say(post, bob, "bob under bob", below=alone)
    edit_comment(comment=top, editor=bob, text="bob again")

    with committed():
        delete_user(user=bob)
    with committed():
        purge_user(user=bob)

    assert empty(top)
    assert not Comment.objects.filter(pk__in=[alone.pk, mine.pk]).exists()
    assert not CommentEdit.objects.exists()
    assert outline(as_user(alice), post) == [(None, [("alice", [])])]
    assert wrong_counts(post) == {}


def test_y8_an_account_purged_before_its_comments_were_recounted_leaves_exact_counts(
    alice, bob, as_user, announced
):
    """The queue was dead all the time: the clock finds the rows."""
    post = published(alice)
    top = say(post, alice, "alice")
    below = say(post, bob, "bob", below=top)
    say(post, alice, "alice again", below=below)
    delete_user(user=bob)
    purge_user(user=bob)
    assert outline(as_user(alice), post) == [("alice", [(None, [("alice again", [])])])]

    purge_comments()

    assert empty(below)
    assert wrong_counts(post) == {}
