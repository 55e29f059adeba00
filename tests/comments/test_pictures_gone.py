"""Pictures of comments go with what they stand under, and come back with it (D10, Y8, Y9)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import tasks
from comments.actions import add_comment, delete_comment, hide_comment, restore_comment
from comments.models import Comment, CommentPicture
from media.models import Media
from posts.actions.moderation import hide_post, purge_post, restore_post
from posts.actions.posts import create_post, delete_post
from posts.models import Post
from tests import pictures
from tests.albums import published
from tests.comments.pictured import originals, pictured, renditions, seen
from tests.comments.threads import outline, say, wrong_counts
from tests.conftest import deliver_all
from tests.media import stores
from users.actions.accounts import delete_user, purge_user


@pytest.fixture
def post(alice):
    return published(alice)


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_d10_a_picture_goes_with_its_comment_and_comes_back(bob, guest, post, moderator, how):
    comment = pictured(post, bob)
    before = renditions()
    assert len(before) == 2

    if how == "deleted":
        delete_comment(comment=comment, deleter=bob)
    else:
        hide_comment(comment=comment, moderator=moderator, reason="rude")
    deliver_all()
    tasks.process_comment_picture(comment_id=comment.pk)  # late
    assert renditions() == []
    assert len(originals()) == 1

    restore_comment(comment=comment, moderator=moderator, reason="it is not")
    deliver_all()
    ((ready,),) = seen(guest, post)
    assert ready["state"] == "ready"
    assert not set(renditions()) & set(before)


def test_d10_a_comment_deleted_while_its_picture_is_made_leaves_nothing_public(bob, post):
    comment = add_comment(post=post, author=bob, text="Look!", image=pictures.uploaded(700, 500))

    def delete():
        delete_comment(comment=comment, deleter=bob)

    with stores.faulty("originals", stores.nth("save", 1, delete)):
        tasks.process_comment_picture(comment_id=comment.pk)
    deliver_all()

    assert renditions() == []


def test_d10_the_clock_removes_the_picture_of_what_was_deleted_and_keeps_the_place(
    alice, bob, as_user, settings, post
):
    settings.PURGE_AFTER_DAYS = 0
    comment, leaf = pictured(post, bob), None
    leaf = pictured(post, alice, parent_id=comment.pk)
    delete_comment(comment=comment, deleter=bob)

    tasks.purge_comments()
    deliver_all()
    assert len(originals()) == 1
    assert outline(as_user(alice), post) == [(None, [("Look!", [])])]
    delete_comment(comment=leaf, deleter=alice)
    tasks.purge_comments()
    deliver_all()

    assert stores.kept() == []
    assert not CommentPicture.objects.exists()


def test_d10_pictures_of_comments_go_and_come_back_with_their_post(alice, bob, guest, moderator):
    post = create_post(author=alice, images=[pictures.uploaded(64, 48)])
    deliver_all()
    pictured(post, bob)
    gone = pictured(post, bob)
    delete_comment(comment=gone, deleter=bob)
    deliver_all()
    public = len(renditions())

    for take in (
        lambda: delete_post(post=post, editor=alice),
        lambda: hide_post(post=post, moderator=moderator, reason="a"),
    ):
        take()
        deliver_all()
        assert renditions() == []
        restore_post(post=Post.objects.get(), moderator=moderator, reason="b")
        deliver_all()
        assert len(renditions()) == public
        assert [media["state"] for (media,) in seen(guest, post)] == ["ready"]


def test_y9_purging_a_post_removes_the_files_of_its_comments(alice, bob, moderator):
    post = create_post(author=alice, images=[pictures.uploaded(64, 48)])
    deliver_all()
    comment = pictured(post, bob)
    pictured(post, alice, parent_id=comment.pk)

    purge_post(post=post, moderator=moderator, reason="the law")
    deliver_all()
    assert not Comment.objects.exists()
    for _ in range(2):
        tasks.purge_comments()
    deliver_all()

    assert not Media.objects.exists()
    assert stores.kept() == []


@pytest.mark.parametrize("whose", ["of the comment", "of the post"])
def test_d10_a_purged_account_takes_the_pictures_along(alice, bob, carol, whose):
    post = create_post(author=alice, images=[pictures.uploaded(64, 48)])
    deliver_all()
    comment = pictured(post, bob)
    say(post, carol, "answer", below=comment)
    gone = bob if whose == "of the comment" else alice

    delete_user(user=gone)
    deliver_all()
    purge_user(user=gone)
    deliver_all()
    tasks.purge_comments()
    deliver_all()

    left = 1 if gone == bob else 0  # the post's own
    assert (Media.objects.count(), len(originals())) == (left, left)
    assert CommentPicture.objects.count() == 0
    assert Comment.objects.count() == 2 * left


def test_y8_a_deleted_accounts_picture_is_not_made_anew(alice, bob, post):
    comment = pictured(post, bob)
    delete_user(user=bob)
    deliver_all()

    tasks.process_comment_picture(comment_id=comment.pk)
    tasks.settle_pictures_of_comments(post_id=post.pk)

    assert renditions() == []


def test_d10_comments_of_a_deleted_account_are_emptied_the_day_before_it_is_purged(
    alice, bob, post, settings
):
    comment = pictured(post, bob)
    say(post, alice, "answer", below=comment)
    delete_user(user=bob)
    deliver_all()
    long = timedelta(days=settings.PURGE_AFTER_DAYS - 1)
    for moment, author in ((long - timedelta(minutes=1), bob.pk), (long, None)):
        type(bob).objects.filter(pk=bob.pk).update(deleted_at=timezone.now() - moment)
        tasks.purge_comments()
        comment.refresh_from_db()
        assert comment.author_id == author
    assert (comment.text, CommentPicture.objects.count()) == ("", 0)
    assert wrong_counts(post) == {}
