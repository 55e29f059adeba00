"""Follow, block, mute and requests over HTTP (Y4, Y5, Y6, D1, D9), both sides checked."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import Missing
from tests.racing import at_once
from users.actions import relationships
from users.models import Block, Follow, FollowRequest, Mute, User

NOTHING = {
    "follows": False,
    "requested": False,
    "follows_me": False,
    "blocks": False,
    "mutes": False,
}


def counts(user):
    user = User.objects.get(pk=user.pk)
    return user.followers_count, user.following_count


def names(response):
    assert response.status_code == 200, response.content
    return [person["username"] for person in response.json()["results"]]


def test_following_shows_on_both_sides_and_a_second_time_changes_nothing(
    alice, bob, as_user, announced
):
    for _ in range(2):  # D1
        response = as_user(bob).post("/users/follow/alice/")
        assert (response.status_code, response.json()) == (200, {**NOTHING, "follows": True})

    assert as_user(alice).get("/users/bob/").json()["viewer"]["follows_me"] is True
    assert (counts(alice), counts(bob)) == ((1, 0), (0, 1))
    assert announced == [("UserFollowed", {"owner_id": bob.pk, "target_id": alice.pk})]
    assert names(as_user(bob).get("/users/alice/followers/")) == ["bob"]
    assert names(as_user(bob).get("/users/bob/following")) == ["alice"]

    for _ in range(2):
        response = as_user(bob).delete("/users/follow/alice")
        assert (response.status_code, response.json()) == (200, NOTHING)
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
def test_no_relation_to_oneself(alice, as_user, verb):
    response = as_user(alice).post(f"/users/{verb}/ALICE/")

    assert (response.status_code, response.json()["code"]) == (400, "with_oneself")
    assert not Follow.objects.exists()
    assert not Block.objects.exists()
    assert not Mute.objects.exists()


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
@pytest.mark.parametrize("name", ["nobody", "%00", "a" * 300, "..%2f..", "'; drop table", "💥"])
def test_a_relation_to_nobody_is_missing(alice, as_user, verb, name):
    response = as_user(alice).post(f"/users/{verb}/{name}/")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
def test_a_guest_changes_nothing(alice, guest, verb):
    assert guest.post(f"/users/{verb}/alice/").status_code == 401
    assert guest.delete(f"/users/{verb}/alice/").status_code == 401


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
def test_changing_state_is_never_a_get(alice, bob, as_user, verb):
    assert as_user(bob).get(f"/users/{verb}/alice/").status_code == 405


def test_a_private_account_is_asked_and_lets_in_or_not(dave, alice, bob, as_user):
    for person in (alice, bob):
        response = as_user(person).post("/users/follow/dave/")
        assert response.json() == {**NOTHING, "requested": True}
    assert counts(dave) == (0, 0)
    assert names(as_user(dave).get("/users/requests/")) == ["bob", "alice"]

    assert as_user(dave).post("/users/requests/alice/").json()["follows_me"] is True
    assert as_user(dave).post("/users/requests/alice/").status_code == 200
    assert as_user(dave).delete("/users/requests/bob/").status_code == 200

    assert as_user(dave).post("/users/requests/bob/").status_code == 404  # refused: nothing there
    assert (counts(dave), counts(alice), counts(bob)) == ((1, 0), (0, 1), (0, 0))
    assert as_user(alice).get("/users/dave/").json()["viewer"]["follows"] is True
    assert not FollowRequest.objects.exists()


def test_a_request_is_taken_back_like_a_follow(dave, alice, as_user):
    as_user(alice).post("/users/follow/dave/")
    as_user(alice).delete("/users/follow/dave/")

    assert names(as_user(dave).get("/users/requests/")) == []


def test_a_request_ends_with_a_follow_made_before_it_was_accepted(dave, alice, bob, as_user):
    """Once the account is open; whoever else waits is let in all the same."""
    for person in (alice, bob):
        as_user(person).post("/users/follow/dave/")
    as_user(dave).patch("/users/dave/", {"is_private": False})
    followed = as_user(alice).post("/users/follow/dave/")

    relationships.accept_all_requests(owner=dave)

    assert followed.json() == {**NOTHING, "follows": True}
    assert as_user(dave).post("/users/requests/alice/").status_code == 200
    assert not FollowRequest.objects.exists()
    assert (counts(dave), counts(alice), counts(bob)) == ((2, 0), (0, 1), (0, 1))


def test_only_the_one_who_was_asked_can_accept(dave, alice, carol, as_user):
    as_user(alice).post("/users/follow/dave/")

    assert as_user(carol).post("/users/requests/alice/").status_code == 404
    assert as_user(alice).post("/users/requests/dave/").status_code == 404
    assert not Follow.objects.exists()


def test_the_lists_of_a_private_account_are_for_its_followers(dave, alice, bob, as_user, guest):
    relationships.follow_user(owner=dave, target=bob)
    for stranger in (as_user(alice), guest):
        for which in ("followers", "following"):
            response = stranger.get(f"/users/dave/{which}/")
            assert (response.status_code, response.json()["code"]) == (403, "private_account")

    relationships.follow_user(owner=alice, target=dave)
    relationships.accept_request(owner=dave, requester=alice)

    assert names(as_user(alice).get("/users/dave/following/")) == ["bob"]
    assert names(as_user(dave).get("/users/dave/followers/")) == ["alice"]


def test_a_follower_can_be_removed(alice, bob, as_user):
    relationships.follow_user(owner=bob, target=alice)

    assert as_user(alice).delete("/users/follower/bob/").json() == NOTHING
    assert as_user(alice).delete("/users/follower/bob/").status_code == 200
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))


def test_a_block_ends_both_follows_and_hides_each_from_the_other(alice, bob, carol, as_user):
    relationships.follow_user(owner=alice, target=bob)
    relationships.follow_user(owner=bob, target=alice)
    relationships.follow_user(owner=carol, target=alice)
    relationships.follow_user(owner=carol, target=bob)

    for _ in range(2):
        response = as_user(alice).post("/users/block/bob/")
        assert response.json() == {**NOTHING, "blocks": True}

    assert (counts(alice), counts(bob)) == ((1, 0), (1, 0))
    missing = as_user(bob).get("/users/nobody-at-all/")
    for path in ("alice/", "alice/followers/", "alice/following/"):
        hidden = as_user(bob).get(f"/users/{path}")
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert as_user(bob).post("/users/follow/alice/").content == missing.content
    assert as_user(alice).post("/users/follow/bob/").json()["code"] == "blocking"
    assert names(as_user(alice).get("/users/carol/following/")) == ["alice"]
    assert names(as_user(bob).get("/users/carol/following/")) == ["bob"]
    assert names(as_user(alice).get("/users/blocks/")) == ["bob"]
    assert not Follow.objects.filter(owner__in=(alice, bob), target__in=(alice, bob)).exists()


def test_unblocking_brings_no_follow_back(alice, bob, as_user):
    relationships.follow_user(owner=bob, target=alice)
    relationships.block_user(owner=alice, target=bob)

    for _ in range(2):
        assert as_user(alice).delete("/users/block/bob/").json() == NOTHING

    assert as_user(bob).get("/users/alice/").status_code == 200
    assert not Follow.objects.exists()


def test_each_undoes_only_the_block_of_their_own(alice, bob, as_user):
    relationships.block_user(owner=alice, target=bob)

    assert as_user(bob).delete("/users/block/alice/").status_code == 404
    assert Block.objects.count() == 1


def test_both_may_block_and_one_unblocking_shows_nothing_yet(alice, bob, as_user):
    relationships.block_user(owner=alice, target=bob)
    relationships.block_user(owner=bob, target=alice)
    relationships.unblock_user(owner=alice, target=bob)

    assert as_user(alice).get("/users/bob/").status_code == 404
    assert Block.objects.count() == 1


def test_of_two_who_blocked_at_the_same_moment_each_can_undo_it(alice, bob, as_user):  # D1
    relationships.block_user(owner=alice, target=bob)
    relationships.block_user(owner=bob, target=alice)

    assert names(as_user(alice).get("/users/blocks/")) == ["bob"]
    assert as_user(alice).delete("/users/block/bob/").status_code == 200
    assert as_user(alice).get("/users/bob/").status_code == 404
    assert as_user(bob).delete("/users/block/alice/").status_code == 200
    assert not Block.objects.exists()


def test_a_deleted_person_is_not_among_the_blocked_either(alice, bob, as_user):  # D9
    relationships.block_user(owner=alice, target=bob)

    User.objects.filter(pk=bob.pk).update(deleted_at=timezone.now())

    assert names(as_user(alice).get("/users/blocks/")) == []


@pytest.mark.parametrize("verb", ["follow", "block", "mute"])
@pytest.mark.parametrize("name", ["posts", "followers", "following"])
def test_somebody_named_like_a_part_of_a_path_is_reached(alice, person, as_user, verb, name):
    person(name)

    assert as_user(alice).post(f"/users/{verb}/{name}/").status_code == 200
    assert as_user(alice).get(f"/users/{name}/posts/").status_code == 200


def test_a_block_drops_requests_too(dave, alice):
    relationships.follow_user(owner=alice, target=dave)

    relationships.block_user(owner=dave, target=alice)

    assert not FollowRequest.objects.exists()


def test_a_mute_is_known_only_to_the_one_who_mutes(alice, bob, as_user):
    until = (timezone.now() + timedelta(days=1)).isoformat()
    for _ in range(2):
        response = as_user(alice).post("/users/mute/bob/", {"until": until})
        assert response.json() == {**NOTHING, "mutes": True}

    assert as_user(bob).get("/users/alice/").json()["viewer"] == NOTHING
    assert names(as_user(alice).get("/users/mutes/")) == ["bob"]
    assert as_user(alice).delete("/users/mute/bob/").json() == NOTHING
    assert not Mute.objects.exists()


@pytest.mark.parametrize("until", ["tomorrow", 17, [], {}, "9999-99-99T00:00:00Z"])
def test_a_mute_with_a_strange_end_is_refused(alice, bob, as_user, until):
    response = as_user(alice).post("/users/mute/bob/", {"until": until})

    assert (response.status_code, list(response.json()["fields"])) == (400, ["until"])
    assert not Mute.objects.exists()


def test_a_mute_in_the_past_is_over(alice, bob, as_user):
    as_user(alice).post("/users/mute/bob/", {"until": "2020-01-01T00:00:00Z"})

    assert as_user(alice).get("/users/bob/").json()["viewer"]["mutes"] is False


def test_hidden_people_are_in_no_list_and_in_no_count(alice, bob, carol, as_user):
    relationships.follow_user(owner=bob, target=alice)
    relationships.follow_user(owner=alice, target=bob)
    with transaction.atomic():
        hidden = relationships.lock_with_partners(bob)
        relationships.leave_counts(hidden)
        User.objects.filter(pk=bob.pk).update(suspended_at=timezone.now())

    assert counts(alice) == (0, 0)
    assert names(as_user(carol).get("/users/alice/followers/")) == []
    relationships.unfollow_user(owner=alice, target=bob)  # while bob cannot be seen
    assert counts(alice) == (0, 0)

    with transaction.atomic():
        hidden = relationships.lock_with_partners(bob)
        User.objects.filter(pk=bob.pk).update(suspended_at=None)
        relationships.return_to_counts(hidden)

    assert counts(alice) == (1, 0)
    assert counts(bob) == (0, 1)


@pytest.mark.parametrize("model", [Follow, FollowRequest, Block, Mute])
def test_the_database_itself_refuses_a_second_row_and_oneself(alice, bob, model):  # Y6
    model.objects.create(owner=alice, target=bob)
    for owner, target in ((alice, bob), (alice, alice)):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(owner=owner, target=target)


@pytest.mark.parametrize("count", ["followers_count", "following_count", "public_posts_count"])
def test_the_database_itself_refuses_a_negative_count(alice, count):  # Y6
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=alice.pk).update(**{count: -1})


@pytest.mark.django_db(transaction=True)
def test_fifty_follows_at_once_leave_exact_counts(alice, person):  # Y6
    readers = [person(f"reader{n}") for n in range(25)]

    follows = [
        lambda r=reader: relationships.follow_user(owner=r, target=alice) for reader in readers
    ]
    at_once(*follows, *follows)

    assert counts(alice) == (25, 0)
    assert Follow.objects.count() == 25
    assert {counts(reader) for reader in readers} == {(0, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_follow_against_a_block_leaves_no_follow(alice, person):
    readers = [person(f"reader{n}") for n in range(8)]

    def follow(reader):
        with suppress(Missing):
            relationships.follow_user(owner=reader, target=alice)

    at_once(
        *[lambda r=r: follow(r) for r in readers],
        *[lambda r=r: relationships.block_user(owner=alice, target=r) for r in readers],
    )

    assert not Follow.objects.exists()
    assert Block.objects.count() == 8
    assert counts(alice) == (0, 0)
    assert {counts(reader) for reader in readers} == {(0, 0)}


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_and_block_each_other_at_once_do_not_deadlock(alice, bob):
    calls = []
    for owner, target in ((alice, bob), (bob, alice)) * 5:
        for verb in (relationships.unfollow_user, relationships.block_user):
            calls += [lambda v=verb, o=owner, t=target: v(owner=o, target=t)]
    at_once(*calls)

    assert Block.objects.count() == 2
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))
