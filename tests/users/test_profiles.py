"""A person's page: who reads it, and who changes it (Y2, D4, D8, D9)."""

from datetime import UTC, datetime

import pytest

from tests.racing import at_once
from users.actions import accounts, relationships
from users.models import Block, Follow, FollowRequest, User

NOTHING = dict.fromkeys(["follows", "requested", "follows_me", "blocks", "mutes"], False)


def patch(client, username, /, **fields):
    return client.patch(f"/users/{username}/", fields, format="json")


# --- Reading -------------------------------------------------------------------------------------


def test_one_reads_oneself_with_ones_address(alice, as_user, guest):  # Y1
    body = as_user(alice).get("/users").json()

    assert (body["username"], body["email"], body["email_verified"]) == (
        "alice",
        "alice@example.org",
        False,
    )
    assert body == as_user(alice).get("/users/alice/").json()
    refused = guest.get("/users")
    assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated")


def test_a_guest_reads_a_page_and_is_nothing_to_its_owner(alice, guest):  # Y2
    User.objects.update(name="Alice A.", bio="Hello", website="https://a.example")

    body = guest.get("/users/ALICE").json()

    alice.refresh_from_db()
    assert body == {
        "id": alice.pk,
        "username": "alice",
        "name": "Alice A.",
        "avatar_url": None,
        "bio": "Hello",
        "website": "https://a.example",
        "is_private": False,
        "posts_count": 0,
        "followers_count": 0,
        "following_count": 0,
        "joined_at": alice.joined_at.isoformat().replace("+00:00", "Z"),
        "viewer": NOTHING,
    }


def test_a_page_says_what_the_two_are_to_each_other(alice, bob, as_user):  # Y2
    relationships.follow_user(owner=alice, target=bob)
    relationships.follow_user(owner=bob, target=alice)
    relationships.mute_user(owner=alice, target=bob)

    hers = as_user(alice).get("/users/bob/").json()
    his = as_user(bob).get("/users/alice/").json()

    assert hers["viewer"] == {**NOTHING, "follows": True, "follows_me": True, "mutes": True}
    assert his["viewer"] == {**NOTHING, "follows": True, "follows_me": True}
    assert (hers["followers_count"], hers["following_count"]) == (1, 1)


@pytest.mark.parametrize(
    ("private", "seen"),
    [
        (False, {"owner": 111, "follower": 11, "stranger": 1, "guest": 1, "blocker": 0}),
        (True, {"owner": 111, "follower": 11, "stranger": 0, "guest": 0, "blocker": 0}),
    ],
)
def test_each_viewer_is_told_of_the_posts_they_may_see(
    alice, bob, carol, person, guest, as_user, private, seen
):  # Y2, D9
    eve = person("eve")
    Follow.objects.create(owner=bob, target=alice)
    Block.objects.create(owner=eve, target=alice)
    User.objects.filter(pk=alice.pk).update(
        public_posts_count=1, followers_posts_count=10, private_posts_count=100, is_private=private
    )
    clients = {
        "owner": as_user(alice),
        "follower": as_user(bob),
        "stranger": as_user(carol),
        "guest": guest,
        "blocker": as_user(eve),
    }

    told = {who: each.get("/users/alice/").json()["posts_count"] for who, each in clients.items()}

    assert told == seen


def test_missing_blocking_suspended_and_deleted_people_are_the_same_404(
    alice, bob, carol, person, as_user
):  # D9
    relationships.block_user(owner=bob, target=alice)
    accounts.delete_user(user=carol)
    person("erin", suspended_at=datetime.now(UTC))
    client = as_user(alice)

    answers = {
        (response.status_code, response.content, response["Content-Type"])
        for response in (client.get(f"/users/{n}/") for n in ("bob", "carol", "erin", "nobody"))
    }

    assert answers == {
        (404, b'{"code":"not_found","detail":"Not found.","fields":{}}', "application/json")
    }
    assert as_user(bob).get("/users/alice/").json()["viewer"] == {**NOTHING, "blocks": True}


@pytest.mark.parametrize("name", ["%00", "a%00b", "%F0%9F%98%80", "..", "%25", "'", "a" * 5000])
def test_no_name_is_too_odd_to_be_missing(alice, guest, name):  # D8
    assert guest.get(f"/users/{name}/").status_code == 404


def test_a_page_costs_the_same_number_of_queries_for_everyone(
    alice, bob, as_user, guest, django_assert_num_queries
):
    for client in (guest, as_user(bob), as_user(alice)):
        with django_assert_num_queries(1):
            assert client.get("/users/alice/").status_code == 200


# --- Changing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["put", "patch"])
def test_one_changes_what_one_sends_and_nothing_else(alice, as_user, announced, verb):  # Y2
    as_user(alice).patch("/users/alice/", {"bio": "before"})
    sent = {"name": " Alice ", "website": "https://a.example/~a", "is_private": True}

    response = getattr(as_user(alice), verb)("/users/alice/", sent)

    assert response.status_code == 200
    body = response.json()
    assert (body["name"], body["website"], body["is_private"], body["bio"]) == (
        "Alice",
        "https://a.example/~a",
        True,
        "before",
    )
    assert body == as_user(alice).get("/users").json()
    assert announced == [("UserChanged", {"user_id": alice.pk})]
    alice.refresh_from_db()
    assert alice.revision == 1


def test_the_same_again_changes_nothing(alice, as_user, announced):  # D1
    for _ in range(2):
        assert patch(as_user(alice), "alice", name="Alice").status_code == 200

    alice.refresh_from_db()
    assert alice.revision == 1
    assert len(announced.events()) == 1


def test_a_form_without_a_box_does_not_untick_it(dave, as_user):
    # The library reads a box that is missing from a form as unticked.
    response = as_user(dave).put("/users/dave/", {"bio": "x"}, format="multipart")

    assert response.json()["is_private"] is True


def test_counts_and_flags_cannot_be_changed(alice, as_user, announced):  # Y2
    before = User.objects.values().get(pk=alice.pk)

    response = patch(
        as_user(alice),
        "alice",
        id=99,
        email="x@example.org",
        password="x",
        is_staff=True,
        is_superuser=True,
        suspended_at=None,
        deleted_at=None,
        joined_at=None,
        revision=9,
        email_verified_at="2026-01-01",
        followers_count=9,
        following_count=9,
        posts_count=9,
        public_posts_count=9,
        avatar_url="https://x.example",
        next_avatar=1,
        viewer={"follows": True},
    )

    assert response.status_code == 200
    assert User.objects.values().get(pk=alice.pk) == before
    assert announced == []


def test_nobody_changes_somebody_else(alice, bob, as_user, guest, announced):  # Y2
    for verb in ("put", "patch"):
        assert getattr(as_user(bob), verb)("/users/alice/", {"bio": "x"}).status_code == 403
        assert getattr(guest, verb)("/users/alice/", {"bio": "x"}).status_code == 401
        assert getattr(as_user(bob), verb)("/users/nobody/", {"bio": "x"}).status_code == 404

    relationships.block_user(owner=alice, target=bob)
    assert patch(as_user(bob), "alice", bio="x").status_code == 404
    alice.refresh_from_db()
    assert alice.bio == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "ftp://a.example"),
        ("website", "a.example"),
        ("website", "https://a.example/" + "x" * 200),
        ("bio", "x" * 501),
        ("name", "x" * 61),
        ("name", "x\x00"),
        ("name", None),
        ("bio", {"a": 1}),
        ("is_private", "perhaps"),
        ("is_private", None),
        ("username", "."),
        ("username", "login"),
        ("avatar", "a string"),
        ("avatar", 7),
        ("avatar", {"a": 1}),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(alice, as_user, announced, field, value):
    response = patch(as_user(alice), "alice", **{field: value})

    assert (response.status_code, set(response.json()["fields"])) == (400, {field})
    assert announced == []


def test_the_limits_themselves_fit(alice, as_user):  # D6
    sent = {"bio": "ß" * 500, "name": "x" * 60, "username": "a" * 30}

    assert patch(as_user(alice), "alice", **sent).status_code == 200


def test_a_new_name_is_taken_by_nobody_and_leads_to_the_page(alice, bob, as_user, guest):
    taken = patch(as_user(alice), "alice", username="BOB", bio="lost")
    assert (taken.status_code, set(taken.json()["fields"])) == (400, {"username"})
    assert User.objects.get(pk=alice.pk).bio == ""

    assert patch(as_user(alice), "alice", username="ALICE").json()["username"] == "ALICE"
    assert patch(as_user(alice), "alice", username="al").json()["username"] == "al"
    assert guest.get("/users/al/").status_code == 200
    assert guest.get("/users/alice/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_ten_people_who_take_one_name_at_once_one_gets_it(person, as_user):
    clients = [(name := f"person{n}", as_user(person(name))) for n in range(10)]
    answers = []

    def take(name, client):
        answers.append(patch(client, name, username="the.one").status_code)

    at_once(*[lambda n=name, c=client: take(n, c) for name, client in clients])

    assert sorted(answers) == [200] + [400] * 9
    assert User.objects.all().named("The.One").count() == 1


def test_an_account_that_opens_lets_everyone_in_who_asked(dave, alice, bob, as_user, committed):
    for owner in (alice, bob):
        relationships.follow_user(owner=owner, target=dave)
    assert FollowRequest.objects.count() == 2

    with committed():
        patch(as_user(dave), "dave", is_private=False)

    assert not FollowRequest.objects.exists()
    assert as_user(alice).get("/users/dave/").json()["viewer"]["follows"] is True
    assert as_user(dave).get("/users").json()["followers_count"] == 2
