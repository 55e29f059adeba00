"""Many hands on the comments of one post (Y6, Y10, L4, L5): each count is that of its rows."""

from contextlib import suppress

import pytest

from comments.actions import (
    add_comment,
    delete_comment,
    edit_comment,
    hide_comment,
    restore_comment,
)
from comments.actions.reactions import set_reaction
from comments.models import Comment, CommentEdit, CommentReaction
from comments.tasks import purge_comments, recount_posts_commented_on
from common.errors import Missing
from posts.actions.posts import delete_post
from tests.albums import published
from tests.comments.threads import chain, say, wrong_counts
from tests.racing import at_once
from users.actions.moderation import suspend_user

pytestmark = pytest.mark.django_db(transaction=True)


def count(post):
    post.refresh_from_db()
    return post.comments_count


def present(post):
    rows = Comment.objects.filter(post=post).present()
    return rows.filter(author__suspended_at=None, author__deleted_at=None).count()


def test_fifty_comments_at_once_are_fifty(alice, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(25)]

    at_once(*[lambda p=each: add_comment(post=post, author=p, text="hi") for each in people * 2])

    assert count(post) == 50 == present(post)


def test_d1_twenty_requests_with_one_key_make_one_comment(alice, as_user):
    post = published(alice)
    answers = []

    def send():
        headers = {"Idempotency-Key": "k-1"}
        path = f"/posts/{post.pk}/comments/"
        answers.append(as_user(alice).post(path, {"text": "once"}, headers=headers))

    at_once(*[send] * 20)

    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert count(post) == 1 == present(post)


def test_one_comment_deleted_by_many_at_once_is_taken_once(alice, bob, as_user):
    post = published(alice)
    add_comment(post=post, author=bob, text="stays")
    comment = add_comment(post=post, author=bob, text="goes")
    answers = []

    def delete(who):
        answers.append(as_user(who).delete(f"/posts/{post.pk}/comments/{comment.pk}/").status_code)

    at_once(*[lambda p=who: delete(p) for who in (alice, bob) * 10])

    assert sorted(answers) == [204] + [404] * 19
    assert count(post) == 1 == present(post)


def test_editing_against_deleting_never_brings_a_comment_back(alice, bob):
    post = published(alice)
    for _ in range(5):
        comment = add_comment(post=post, author=bob, text="before")

        def edit(comment=comment):
            with suppress(Missing):
                edit_comment(comment=comment, editor=bob, text="after")

        def delete(comment=comment):
            delete_comment(comment=Comment.objects.get(pk=comment.pk), deleter=alice)

        at_once(edit, delete)
        comment.refresh_from_db()
        assert comment.deleted_at is not None
        assert CommentEdit.objects.filter(comment=comment).count() == (comment.text == "after")
    assert count(post) == 0


def test_deleting_the_post_against_comments_leaves_an_exact_count(alice, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(10)]

    def comment(who):
        with suppress(Missing):
            add_comment(post=post, author=who, text="hi")

    acts = [lambda p=each: comment(p) for each in people]
    at_once(*acts[:5], lambda: delete_post(post=post, editor=alice), *acts[5:])

    assert count(post) == present(post)


def test_hiding_people_against_their_comments_leaves_an_exact_count(alice, person):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    people = [person(f"p{n}") for n in range(6)]

    def comment(who):
        with suppress(Missing):
            add_comment(post=post, author=who, text="hi")

    def hide(who):
        suspend_user(user=who, moderator=moderator, reason="spam")
        recount_posts_commented_on(user_id=who.pk)

    at_once(
        *[lambda p=each: comment(p) for each in people * 2],
        *[lambda p=each: hide(p) for each in people[:3]],
    )

    assert count(post) == 6 == present(post)


# --- Trees ---------------------------------------------------------------------------------------


def test_l5_two_hundred_writers_leave_exact_counts_at_every_level(alice, person):
    """Fifty at once, four each: two say something, one answers, one takes away what it said."""
    post = published(alice)
    top = say(post, alice, "top")
    people = [person(f"p{n}") for n in range(50)]

    def write(who):
        own = say(post, who, "one", below=top)
        say(post, who, "two", below=own)
        say(post, who, "three")
        delete_comment(comment=own, deleter=who)

    at_once(*[lambda p=each: write(p) for each in people])

    assert wrong_counts(post) == {}
    assert count(post) == 101 == present(post)
    top.refresh_from_db()
    assert (top.replies_count, top.shown_replies) == (0, 50)


def test_l5_an_answer_against_the_deletion_of_what_it_answers(alice, bob):
    for _ in range(10):
        post = published(alice)
        parent = say(post, alice, "parent")

        def answer(post=post, parent=parent):
            with suppress(Missing):
                say(post, bob, "answer", below=parent)

        def delete(parent=parent):
            delete_comment(comment=parent, deleter=alice)

        at_once(answer, delete)
        assert wrong_counts(post) == {}
        assert Comment.objects.filter(parent=parent).count() == count(post)


def test_l5_both_ends_of_a_branch_taken_and_given_back_at_once(alice, bob, person):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    levels = chain(post, bob, 12)
    type(post).objects.filter(pk=post.pk).update(comments_count=12)

    def take(comment):
        hide_comment(comment=comment, moderator=moderator, reason="a")
        restore_comment(comment=comment, moderator=moderator, reason="b")
        hide_comment(comment=comment, moderator=moderator, reason="c")

    at_once(*[lambda c=each: take(c) for each in levels])

    assert wrong_counts(post) == {}
    assert count(post) == 0
    assert not Comment.objects.filter(is_shown=True).exists()


def test_l5_the_clock_against_answers_and_returns(alice, bob, person, settings):
    settings.PURGE_AFTER_DAYS = 0
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    tops = [say(post, bob, "top") for _ in range(6)]
    for each in tops:
        say(post, alice, "below", below=each)
        delete_comment(comment=each, deleter=bob)

    def restore(comment):
        with suppress(Missing):
            restore_comment(comment=comment, moderator=moderator, reason="fine")

    def take_below(comment):
        delete_comment(comment=comment.replies.get(), deleter=alice)

    at_once(
        purge_comments,
        purge_comments,
        *[lambda c=each: restore(c) for each in tops],
        *[lambda c=each: take_below(c) for each in tops],
    )
    purge_comments()

    assert wrong_counts(post) == {}
    assert not Comment.objects.filter(purged_at__isnull=False).exists()


def test_hiding_people_against_their_answers_leaves_exact_counts_at_every_level(alice, person):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    levels = chain(post, alice, 3)
    type(post).objects.filter(pk=post.pk).update(comments_count=3)
    people = [person(f"p{n}") for n in range(6)]

    def answer(who, below):
        with suppress(Missing):
            say(post, who, "hi", below=say(post, who, "hi", below=below))

    def hide(who):
        suspend_user(user=who, moderator=moderator, reason="spam")
        recount_posts_commented_on(user_id=who.pk)

    at_once(
        *[lambda p=who, c=each: answer(p, c) for who in people for each in levels],
        *[lambda p=each: hide(p) for each in people[:3]],
    )

    assert wrong_counts(post) == {}
    assert count(post) == 3 + 3 * 2 * 3


def test_l4_reactions_against_the_end_of_what_they_are_about(alice, person, settings):
    settings.PURGE_AFTER_DAYS = 0
    post = published(alice)
    top = say(post, alice, "hot")
    say(post, alice, "below", below=top)
    people = [person(f"p{n}") for n in range(6)]

    def react(who):
        with suppress(Missing):
            set_reaction(comment=top, owner=who, emoji="😀")

    def end():
        delete_comment(comment=top, deleter=alice)
        purge_comments()

    at_once(end, *[lambda p=each: react(p) for each in people])

    top.refresh_from_db()
    assert (top.reactions_count, CommentReaction.objects.count()) == (0, 0)
    assert top.purged_at is not None
    assert wrong_counts(post) == {}
