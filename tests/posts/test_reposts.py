"""Reposts (L6, D1, D9): once each, of what is for everybody, counted exactly, and undone."""

import random
from contextlib import suppress

import pytest

from common.errors import Missing
from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, purge_post, restore_post
from posts.actions.posts import delete_post
from posts.actions.reposts import repost_post, unrepost_post
from posts.models import Repost
from posts.tasks import end_reposts_between, fan_out_reposts, recount_posts_kept
from tests.albums import album, made_anew, published
from tests.carrying import count, entries, repost, rows, shelf, undo
from tests.racing import at_once
from tests.signed import follow
from users.actions.accounts import change_profile, delete_user, purge_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user, unblock_user
from users.models import RepostEntry, User


def reposts_of(client, username):
    answer = client.get(f"/users/{username}/reposts/")
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["results"]]


# --- The act -------------------------------------------------------------------------------------


def test_l6_d1_a_post_is_reposted_once(alice, bob, as_user, guest, announced):
    post = published(alice)
    before = len(announced.events())

    first = repost(as_user(bob), post)
    second = repost(as_user(bob), post)

    assert first.status_code == 200
    assert (first.json()["reposts_count"], first.json()["viewer"]["reposted"]) == (1, True)
    assert second.json() == first.json()
    for client in (as_user(alice), guest):
        seen = client.get(f"/posts/{post.pk}/").json()
        assert (seen["reposts_count"], seen["viewer"]["reposted"]) == (1, False)
        assert seen["reposted_by"] is None
    told = announced.events()[before:]
    assert told == [("PostReposted", {"post_id": post.pk, "owner_id": bob.pk})]


def test_l6_d1_a_repost_is_undone_once(alice, bob, as_user, announced):
    post = published(alice)
    repost(as_user(bob), post)
    before = len(announced.events())

    first = undo(as_user(bob), post)
    second = undo(as_user(bob), post)

    assert (first.json()["reposts_count"], first.json()["viewer"]["reposted"]) == (0, False)
    assert second.json() == first.json()
    assert (count(post), shelf(post)) == (0, set())
    told = announced.events()[before:]
    assert told == [("PostUnreposted", {"post_id": post.pk, "owner_id": bob.pk})]


def test_only_what_everybody_may_see_is_reposted(alice, bob, dave, as_user):
    for author in (alice, dave):
        follow(bob, author)
    narrowed, closed = published(alice, visibility="followers"), published(dave)

    for post in (narrowed, closed):
        answer = repost(as_user(bob), post)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_public")
    assert repost(as_user(bob), published(alice, visibility="private")).status_code == 404
    assert not Repost.objects.exists()
    assert not RepostEntry.objects.exists()


def test_ones_own_post_is_not_reposted(alice, as_user, guest):
    post, draft = published(alice), album(alice)

    own, unpublished = repost(as_user(alice), post), repost(as_user(alice), draft)

    assert (own.status_code, own.json()["code"]) == (409, "own_post")
    assert (unpublished.status_code, unpublished.json()["code"]) == (409, "not_published")
    assert repost(guest, post).status_code == undo(guest, post).status_code == 401
    assert not Repost.objects.exists()


def test_y5_the_blocked_side_reposts_nothing(alice, bob, carol, as_user):
    post = published(alice)
    block_user(owner=alice, target=bob)
    block_user(owner=carol, target=alice)

    assert repost(as_user(bob), post).status_code == 404
    assert repost(as_user(carol), post).status_code == 404
    assert undo(as_user(bob), post).status_code == 404
    assert count(post) == 0


def test_reposting_is_throttled(alice, bob, as_user, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "repost": "1/min"}
    post = published(alice)

    assert repost(as_user(bob), post).status_code == 200
    assert undo(as_user(bob), post).status_code == 429


# --- The list on a profile -----------------------------------------------------------------------


def test_l6_reposts_have_a_list_of_their_own_and_leave_both_profiles(
    alice, bob, carol, as_user, guest
):
    posts = [published(alice) for _ in range(3)]
    for post in (posts[1], posts[0], posts[2]):
        repost(as_user(bob), post)

    page = guest.get("/users/BOB/reposts/?limit=2").json()
    rest = guest.get(page["next"]).json()

    cards = page["results"] + rest["results"]
    assert [each["id"] for each in cards] == [posts[2].pk, posts[0].pk, posts[1].pk]
    assert {each["reposted_by"]["username"] for each in cards} == {"bob"}
    assert guest.get("/users/bob/posts/").json()["results"] == []
    theirs = guest.get("/users/alice/posts/").json()["results"]
    assert [(each["id"], each["reposted_by"]) for each in theirs] == [
        (post.pk, None) for post in reversed(posts)
    ]
    assert reposts_of(guest, "alice") == []
    assert guest.get("/users/nobody/reposts/").status_code == 404


def test_d9_the_list_of_a_private_account_is_for_its_followers(alice, bob, dave, as_user, guest):
    post = published(alice)
    repost(as_user(dave), post)

    assert reposts_of(as_user(dave), "dave") == [post.pk]
    assert reposts_of(as_user(bob), "dave") == reposts_of(guest, "dave") == []
    follow(bob, dave)
    assert reposts_of(as_user(bob), "dave") == [post.pk]


def test_d9_the_list_of_who_is_blocked_or_hidden(alice, bob, carol, as_user, guest):
    post = published(alice)
    repost(as_user(bob), post)

    block_user(owner=carol, target=bob)
    assert reposts_of(as_user(carol), "bob") == []
    block_user(owner=bob, target=carol)
    assert as_user(carol).get("/users/bob/reposts/").status_code == 404
    edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    assert reposts_of(guest, "bob") == []
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")
    assert guest.get("/users/bob/reposts/").status_code == 404


# --- What follows --------------------------------------------------------------------------------


def test_y5_a_block_ends_the_reposts_between_two(alice, bob, carol, as_user, committed):
    hers, his, other = published(alice), published(bob), published(alice)
    follow(carol, bob)
    follow(carol, alice)
    repost(as_user(bob), hers)
    repost(as_user(alice), his)
    repost(as_user(carol), other)

    with committed():
        block_user(owner=alice, target=bob)

    assert (count(hers), count(his), count(other)) == (0, 0, 1)
    assert shelf(hers) == shelf(his) == set()
    assert list(Repost.objects.values_list("post", "owner")) == [(other.pk, carol.pk)]


def test_a_late_task_ends_nothing_after_the_block_is_lifted(alice, bob, as_user, committed):
    post = published(alice)
    repost(as_user(bob), post)

    with committed():
        block_user(owner=alice, target=bob)
        unblock_user(owner=alice, target=bob)

    assert (count(post), rows(post)) == (1, 1)


def test_d9_reposts_of_hidden_people_do_not_count(alice, bob, carol, person, committed):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    for owner in (bob, carol):
        repost_post(post=post, owner=owner)

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
        delete_user(user=carol)
    assert count(post) == 0 == rows(post)
    with committed():
        lift_suspension(user=bob, moderator=moderator, reason="a mistake")
    assert count(post) == 1 == rows(post)
    purge_user(user=carol)
    assert (count(post), Repost.objects.count()) == (1, 1)
    assert shelf(post) == {bob.pk}


def test_a_repost_taken_back_before_the_recount_is_taken_once(alice, bob, carol):
    post = published(alice)
    for owner in (bob, carol):
        repost_post(post=post, owner=owner)
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")
    recount_posts_kept(user_id=bob.pk)
    User.objects.filter(pk=bob.pk).update(suspended_at=None)

    unrepost_post(post=post, owner=bob)

    assert count(post) == 1 == rows(post)


def test_d10_a_purged_post_leaves_nothing(alice, bob, carol, person):
    follow(carol, bob)
    post = published(alice)
    repost_post(post=post, owner=bob)

    purge_post(post=post, moderator=person("moderator", is_staff=True), reason="test")

    assert not Repost.objects.exists()
    assert (entries(post), shelf(post)) == (set(), set())


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_fifty_reposts_at_once_are_fifty_and_of_one_person_one(alice, bob, person, as_user):
    post, other = published(alice), published(alice)
    clients = [as_user(person(f"p{n}")) for n in range(50)]
    answers = []

    at_once(*[lambda c=c: answers.append(repost(c, post).status_code) for c in clients])
    at_once(*[lambda: repost_post(post=other, owner=bob)] * 50)

    assert answers == [200] * 50
    assert count(post) == 50 == rows(post)
    assert count(other) == 1 == rows(other)


@pytest.mark.django_db(transaction=True)
def test_reposts_and_their_undoing_at_once_leave_exact_counts_and_timelines(alice, carol, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(8)]
    for each in people:
        follow(carol, each)
    acts = [lambda p=each: repost_post(post=post, owner=p) for each in people * 2] + [
        lambda p=each: unrepost_post(post=post, owner=p) for each in people * 2
    ]
    random.Random(7).shuffle(acts)  # noqa: S311 (an order, not a secret)

    at_once(*acts)

    assert count(post) == rows(post)
    standing = set(Repost.objects.values_list("owner_id", flat=True))
    assert shelf(post) == standing
    brought = {reposter for owner, reposter in entries(post) if owner == carol.pk}
    assert brought <= standing
    assert len(brought) == bool(standing)


@pytest.mark.django_db(transaction=True)
def test_deleting_against_reposting_leaves_no_count_without_a_row(alice, carol, person, as_user):
    for turn in range(3):
        post = published(alice)
        people = [person(f"p{turn}-{n}") for n in range(8)]
        for each in people:
            follow(carol, each)
        answers: list[int] = []

        def act(client, post=post, answers=answers):
            answers.append(repost(client, post).status_code)

        clients = [as_user(each) for each in people]
        acts = [lambda c=client, a=act: a(c) for client in clients]

        at_once(*acts[:4], lambda p=post: delete_post(post=p, editor=alice), *acts[4:])

        assert set(answers) <= {200, 404}
        assert count(post) == rows(post)
        assert entries(post) == set()


@pytest.mark.django_db(transaction=True)
def test_blocking_hiding_and_closing_against_reposts_leave_exact_counts(alice, person):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    people = [person(f"p{n}") for n in range(9)]

    def act(user):
        with suppress(Missing):
            repost_post(post=post, owner=user)

    def hide(user):
        suspend_user(user=user, moderator=moderator, reason="spam")
        recount_posts_kept(user_id=user.pk)

    def part(user):
        block_user(owner=alice, target=user)
        end_reposts_between(owner_id=alice.pk, target_id=user.pk)

    at_once(
        *[lambda u=user: act(u) for user in people],
        *[lambda u=user: part(u) for user in people[:3]],
        *[lambda u=user: hide(u) for user in people[3:6]],
        lambda: hide_post(post=post, moderator=moderator, reason="a"),
        lambda: restore_post(post=post, moderator=moderator, reason="b"),
    )
    restore_post(post=post, moderator=moderator, reason="c")
    made_anew(post)
    fan_out_reposts(post_id=post.pk)

    assert count(post) == rows(post) <= 3
    kept = set(Repost.objects.values_list("owner__username", flat=True))
    assert not kept & {"p0", "p1", "p2"}


@pytest.mark.django_db(transaction=True)
def test_an_account_that_closes_is_not_reposted_from_that_moment_on(alice, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(6)]
    refused = []

    def act(user):
        try:
            repost_post(post=post, owner=user)
        except Missing:  # strangers may not see it now
            refused.append(user)

    at_once(
        *[lambda u=user: act(u) for user in people],
        lambda: change_profile(user=alice, changes={"is_private": True}),
    )

    assert count(post) == rows(post) == len(people) - len(refused)
