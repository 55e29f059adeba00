"""People on threetography's surface (T2, T4, D1, D9): oneself, following, describing."""

import pytest

from tests import world
from tests.racing import at_once
from tests.showcase.hanging import fetch
from tests.showcase.threetography import refused, signed_in
from users.actions.accounts import change_profile
from users.actions.moderation import suspend_user
from users.actions.relationships import accept_request, block_user, follow_user
from users.models import Follow, FollowRequest, User

pytestmark = pytest.mark.usefixtures("unthrottled")


def test_me_and_following_have_the_same_shape(alice, bob, hang, guest, settings):  # T2
    change_profile(user=bob, changes={"bio": "Boats."})
    row = hang(bob, "two", width=1200, height=600)
    follow_user(owner=alice, target=bob)

    (theirs,) = signed_in(alice).get("/api/following").json()["following"]
    own = signed_in(bob).get("/api/me").json()

    assert own == theirs
    assert (own["user"], own["description"]) == ("bob", "Boats.")
    assert [bool(url) for url in own["imageUrls"]] == [False, True, False]
    assert own["imageUrls"][1].startswith(f"{settings.SITE_URL}/media/")
    assert f"/{max(row.media.renditions, key=int)}." in own["imageUrls"][1]
    assert fetch(guest, own["imageUrls"][1]) == 200


def test_following_tells_of_those_who_may_be_seen_alone(
    alice, bob, carol, dave, person, hang
):  # T2, T7, D9
    mo, eve = person("mo", is_staff=True), person("eve")
    for target in (bob, carol, dave, eve):
        hang(target)
        follow_user(owner=alice, target=target)
    client = signed_in(alice)

    def followed():
        answer = client.get("/api/following").json()["following"]
        return {each["user"]: bool(each["imageUrls"][0]) for each in answer}

    assert followed() == {"eve": True, "carol": True, "bob": True}  # Dave has yet to accept
    accept_request(owner=dave, requester=alice)
    assert followed()["dave"]
    block_user(owner=carol, target=alice)
    suspend_user(user=eve, moderator=mo, reason="x")
    assert followed() == {"dave": True, "bob": True}


def test_following_costs_the_same_however_many_there_are(alice, django_assert_num_queries):  # T2
    client, counts = signed_in(alice), []
    for number in range(50):
        owner = User.objects.create(username=f"u{number}", is_private=number % 2 == 0)
        for place in ("one", "two", "three"):
            world.hanging(owner, place)
        Follow.objects.create(owner=alice, target=owner)
        if number in (4, 49):
            # Who asks, whom they follow, what hangs; and of both kinds a SELECT and an upsert.
            with django_assert_num_queries(7):
                client.get("/api/following")
            with django_assert_num_queries(5):
                found = client.get("/api/following").json()["following"]
            counts.append(len(found))
            assert all(all(each["imageUrls"]) for each in found)

    assert counts == [5, 50]


def test_following_answers_with_the_latest_thousand(alice):
    people = User.objects.bulk_create([User(username=f"u{n}") for n in range(1003)])
    Follow.objects.bulk_create([Follow(owner=alice, target=each) for each in people])

    found = signed_in(alice).get("/api/following").json()["following"]

    assert [each["user"] for each in found] == [f"u{n}" for n in range(1002, 2, -1)]


def test_following_and_unfollowing_twice_is_once(alice, bob):  # T4, D1
    client = signed_in(alice)

    for _ in range(2):
        assert client.post("/api/follow", {"user": "BOB"}).json() == {"followed": True}
    bob.refresh_from_db()
    assert (Follow.objects.count(), bob.followers_count) == (1, 1)
    for _ in range(2):
        assert client.post("/api/unfollow", {"user": "bob"}).json() == {"unfollowed": True}
    bob.refresh_from_db()
    assert (Follow.objects.count(), bob.followers_count) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_fifty_follows_at_once_are_one(alice, bob):  # T4, Y6
    client = signed_in(alice)

    at_once(*[lambda: client.post("/api/follow", {"user": "bob"})] * 50)

    bob.refresh_from_db()
    assert (Follow.objects.count(), bob.followers_count) == (1, 1)


def test_following_a_private_account_is_asking_and_not_called_following(alice, dave):
    client = signed_in(alice)
    for _ in range(2):
        answer = client.post("/api/follow", {"user": "dave"})
        assert answer.status_code == 202
        assert answer.json() == {
            "followed": False,
            "requested": True,
            "reasonForFailure": "This account is private. Its owner decides on your request.",
        }
    assert FollowRequest.objects.count() == 1
    assert client.post("/api/unfollow", {"user": "dave"}).json() == {"unfollowed": True}
    assert not FollowRequest.objects.exists()

    client.post("/api/follow", {"user": "dave"})
    accept_request(owner=dave, requester=alice)
    assert client.post("/api/follow", {"user": "dave"}).json() == {"followed": True}


def test_whom_one_cannot_follow(alice, bob, carol):  # T4, D8, D9
    block_user(owner=bob, target=alice)
    block_user(owner=alice, target=carol)
    client = signed_in(alice)

    for path in ("/api/follow", "/api/unfollow"):
        hidden = client.post(path, {"user": "bob"})
        missing = client.post(path, {"user": "nobody"})
        refused(hidden, 404, "not_found")
        assert hidden.content == missing.content
        for sent in ({}, {"user": ""}, {"user": None}, {"user": {"a": 1}}, {"user": "\x00"}):
            refused(client.post(path, sent), 400, "invalid")
    refused(client.post("/api/follow", {"user": "alice"}), 400, "with_oneself")
    refused(client.post("/api/follow", {"user": "carol"}), 403, "blocking")
    assert not Follow.objects.exists()


@pytest.mark.parametrize("text", ["Engines.", "", "  ", "'; --", "🌊 %_", "x" * 500])
def test_a_description_is_the_bio_of_the_profile(alice, guest, text):  # T4, D3
    client = signed_in(alice)
    client.post("/api/description", {"description": "before"})

    answer = client.post("/api/description", {"description": text})

    assert (answer.status_code, answer.json()) == (200, {"updated": True})
    assert client.get("/api/me").json()["description"] == text.strip()
    assert guest.get("/users/alice").json()["bio"] == text.strip()


@pytest.mark.parametrize("sent", [{}, {"description": None}, {"description": "x" * 501}])
def test_a_description_that_cannot_be_taken_changes_nothing(alice, sent):  # T4, D8
    client = signed_in(alice)
    client.post("/api/description", {"description": "before"})

    refused(client.post("/api/description", sent), 400, "invalid")

    assert client.get("/api/me").json()["description"] == "before"
