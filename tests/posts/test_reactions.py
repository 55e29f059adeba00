"""Likes (Y10, D1): twice is once, and the counts are exact whoever races whom."""

import random
from contextlib import suppress

import pytest

from common.errors import Missing
from posts.actions.moderation import hide_post, restore_post
from posts.actions.posts import delete_post
from posts.actions.reactions import clear_reaction, set_reaction
from posts.models import LIKE, Post, Reaction
from posts.tasks import recount_posts_reacted_to
from tests.albums import album, made_anew, published
from tests.racing import at_once
from users.actions.accounts import delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user
from users.models import User


def counts(post):
    post.refresh_from_db()
    return (post.reactions_count, post.likes_count)


def rows(post):
    """What the counts must be, by the rows and the people behind them."""
    active = Reaction.objects.filter(post=post, owner__suspended_at=None, owner__deleted_at=None)
    return (active.count(), active.filter(emoji=LIKE).count())


def test_d1_a_second_like_changes_nothing(alice, bob, as_user, announced):
    post = published(alice)
    before = len(announced.events())

    first = as_user(bob).post(f"/posts/{post.pk}/like/")
    second = as_user(bob).post(f"/posts/{post.pk}/like/")

    assert first.status_code == 200
    assert first.json()["likes_count"] == first.json()["reactions_count"] == 1
    assert first.json()["viewer"]["reaction"] == "❤"
    assert first.json()["viewer"]["liked"] is True
    assert second.json() == first.json()
    assert as_user(alice).get(f"/posts/{post.pk}/").json()["viewer"]["liked"] is False
    told = announced.events()[before:]
    assert told == [("PostReacted", {"post_id": post.pk, "owner_id": bob.pk})]


def test_d1_taking_a_like_back_twice_is_once(alice, bob, as_user, announced):
    post = published(alice)
    as_user(bob).post(f"/posts/{post.pk}/like/")
    before = len(announced.events())

    first = as_user(bob).delete(f"/posts/{post.pk}/like/")
    second = as_user(bob).delete(f"/posts/{post.pk}/like/")

    assert (first.status_code, first.json()["likes_count"]) == (200, 0)
    assert first.json()["viewer"] == {
        "reaction": None,
        "liked": False,
        "saved": False,
        "reposted": False,
    }
    assert second.json() == first.json()
    assert counts(post) == (0, 0)
    told = announced.events()[before:]
    assert told == [("PostUnreacted", {"post_id": post.pk, "owner_id": bob.pk})]


def test_l4_a_second_reaction_replaces_the_first(alice, bob):
    post = published(alice)

    for emoji, expected in (("😂", (1, 0)), (LIKE, (1, 1)), ("👏", (1, 0)), ("👏", (1, 0))):
        set_reaction(post=post, owner=bob, emoji=emoji)
        assert counts(post) == expected == rows(post)
    clear_reaction(post=post, owner=bob, emoji=LIKE)  # it is no like
    assert counts(post) == (1, 0)
    clear_reaction(post=post, owner=bob)
    assert counts(post) == (0, 0) == rows(post)


def test_guests_like_nothing(alice, guest):
    post = published(alice)

    assert guest.post(f"/posts/{post.pk}/like/").status_code == 401
    assert guest.delete(f"/posts/{post.pk}/like/").status_code == 401
    assert counts(post) == (0, 0)


def test_y5_the_blocked_side_likes_nothing(alice, bob, as_user):
    post = published(alice)
    block_user(owner=alice, target=bob)

    assert as_user(bob).post(f"/posts/{post.pk}/like/").status_code == 404
    assert counts(post) == (0, 0)


def test_ones_own_post_cannot_be_liked_before_it_is_published(alice, as_user):
    post = album(alice)

    answer = as_user(alice).post(f"/posts/{post.pk}/like/")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_published")
    assert counts(post) == (0, 0)


def test_liking_is_throttled(alice, bob, as_user, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "like": "1/min"}
    post = published(alice)

    assert as_user(bob).post(f"/posts/{post.pk}/like/").status_code == 200
    assert as_user(bob).delete(f"/posts/{post.pk}/like/").status_code == 429


# --- Hidden people -------------------------------------------------------------------------------


def test_d9_who_is_hidden_does_not_count(alice, bob, carol, person, committed):
    moderator = person("moderator", is_staff=True)
    post, other = published(alice), published(alice)
    for owner, emoji in ((bob, LIKE), (carol, "😂"), (alice, LIKE)):
        set_reaction(post=post, owner=owner, emoji=emoji)
    set_reaction(post=other, owner=bob, emoji=LIKE)

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
        delete_user(user=carol)
    assert (counts(post), counts(other)) == ((1, 1), (0, 0))

    with committed():
        lift_suspension(user=bob, moderator=moderator, reason="a mistake")
    assert (counts(post), counts(other)) == ((2, 2), (1, 1))
    assert counts(post) == rows(post)


def test_recounting_follows_what_is_so_now_in_any_order_and_number(alice, bob):
    post = published(alice)
    set_reaction(post=post, owner=bob, emoji=LIKE)

    for _ in range(2):
        recount_posts_reacted_to(user_id=bob.pk)  # he is not hidden
        assert counts(post) == (1, 1)
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")
    for _ in range(3):
        recount_posts_reacted_to(user_id=bob.pk)
        assert counts(post) == (0, 0)
    recount_posts_reacted_to(user_id=10**9)


def test_a_like_taken_back_before_the_recount_is_taken_once(alice, bob, carol):
    post = published(alice)
    for owner in (bob, carol):
        set_reaction(post=post, owner=owner, emoji=LIKE)
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")
    recount_posts_reacted_to(user_id=bob.pk)
    User.objects.filter(pk=bob.pk).update(suspended_at=None)  # and nothing counted again yet

    clear_reaction(post=post, owner=bob)

    assert counts(post) == (1, 1) == rows(post)
    recount_posts_reacted_to(user_id=bob.pk)
    assert counts(post) == (1, 1)


def test_many_posts_are_recounted_in_batches(alice, bob, monkeypatch):
    monkeypatch.setattr("posts.actions.reactions.BATCH", 2)
    posts = [published(alice) for _ in range(5)]
    for post in posts:
        set_reaction(post=post, owner=bob, emoji=LIKE)
    User.objects.filter(pk=bob.pk).update(deleted_at="2026-01-01T00:00Z")

    recount_posts_reacted_to(user_id=bob.pk)

    assert [counts(post) for post in posts] == [(0, 0)] * 5


# --- Races ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_y6_fifty_likes_at_once_are_fifty(alice, person, as_user):
    post = published(alice)
    people = [person(f"p{n}") for n in range(50)]
    clients = [as_user(each) for each in people]
    answers = []

    at_once(
        *[
            lambda c=client: answers.append(c.post(f"/posts/{post.pk}/like/").status_code)
            for client in clients
        ]
    )

    assert answers == [200] * 50
    assert counts(post) == (50, 50) == rows(post)


@pytest.mark.django_db(transaction=True)
def test_y6_fifty_likes_of_one_person_at_once_are_one(alice, bob):
    post = published(alice)

    at_once(*[lambda: set_reaction(post=post, owner=bob, emoji=LIKE)] * 50)

    assert counts(post) == (1, 1) == rows(post)


@pytest.mark.django_db(transaction=True)
def test_likes_and_their_undoing_at_once_leave_exact_counts(alice, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(10)]
    acts = [lambda p=each: set_reaction(post=post, owner=p, emoji=LIKE) for each in people * 2] + [
        lambda p=each: clear_reaction(post=post, owner=p) for each in people * 2
    ]
    random.Random(7).shuffle(acts)  # noqa: S311 (an order, not a secret)

    at_once(*acts)

    assert counts(post) == rows(post)


@pytest.mark.django_db(transaction=True)
def test_deleting_against_liking_leaves_no_count_without_a_row(alice, person, as_user):
    for turn in range(3):
        post = published(alice)
        clients = [as_user(person(f"p{turn}-{n}")) for n in range(10)]
        answers: list[int] = []

        def like(client, post=post, answers=answers):
            answers.append(client.post(f"/posts/{post.pk}/like/").status_code)

        acts = [lambda c=client: like(c) for client in clients]

        at_once(*acts[:5], lambda p=post: delete_post(post=p, editor=alice), *acts[5:])

        assert set(answers) <= {200, 404}
        assert counts(post) == rows(post)
        assert counts(post)[1] >= answers.count(200)  # some that answered 404 read it too late
        alice.refresh_from_db()
        assert alice.public_posts_count == 0


@pytest.mark.django_db(transaction=True)
def test_hiding_people_against_their_likes_leaves_exact_counts(alice, person):
    moderator = person("moderator", is_staff=True)
    posts = [published(alice) for _ in range(3)]
    people = [person(f"p{n}") for n in range(6)]

    def act(user):
        for post in posts:
            set_reaction(post=post, owner=user, emoji=LIKE)

    def hide(user):
        suspend_user(user=user, moderator=moderator, reason="spam")
        recount_posts_reacted_to(user_id=user.pk)

    def quietly(call, user):
        with suppress(Missing):  # hidden before
            call(user)

    at_once(
        *[lambda u=user: quietly(act, u) for user in people],
        *[lambda u=user: hide(u) for user in people[:3]],
    )

    for post in posts:
        assert counts(post) == (3, 3) == rows(post)


@pytest.mark.django_db(transaction=True)
def test_hide_and_restore_against_likes_leave_exact_counts(alice, person):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    people = [person(f"p{n}") for n in range(8)]

    def like(user):
        with suppress(Missing):
            set_reaction(post=post, owner=user, emoji=LIKE)

    at_once(
        *[lambda u=user: like(u) for user in people],
        lambda: hide_post(post=post, moderator=moderator, reason="a"),
        lambda: restore_post(post=post, moderator=moderator, reason="b"),
    )
    restore_post(post=post, moderator=moderator, reason="c")
    made_anew(post)

    assert counts(post) == rows(post)
    alice.refresh_from_db()
    assert alice.public_posts_count == 1
    assert Post.objects.visible_to(None).count() == 1
