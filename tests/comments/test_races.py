"""Many hands on the comments of one post (Y6, Y10): the count is the number of comments."""

from contextlib import suppress

import pytest

from comments.actions import add_comment, delete_comment, edit_comment
from comments.models import Comment, CommentEdit
from comments.tasks import recount_posts_commented_on
from common.errors import Missing
from posts.actions.posts import delete_post
from tests.albums import published
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
