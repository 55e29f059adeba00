"""Collections of what one has saved (L6, D9): with names, an order and a cover, for one alone."""

import pytest

from posts.actions.posts import delete_post
from posts.models import Collection, Save
from tests.albums import published
from tests.racing import at_once
from tests.saving import COLLECTIONS, SAVED, collection, count, cover, ids, names, picture, save
from tests.signed import follow
from users.actions.relationships import unfollow_user


def test_l6_saves_stand_in_collections_and_move_between_them(alice, bob, as_user):
    client = as_user(bob)
    first, second, third = (published(alice) for _ in range(3))
    light, water = collection(client, "Light"), collection(client, " Water 水 ")
    save(client, first, collection=light)
    save(client, second, collection=light)
    save(client, third)

    save(client, first)  # stays where it is
    assert ids(client, collection=light) == [second.pk, first.pk]
    save(client, first, collection=water)
    assert (ids(client, collection=light), ids(client, collection=water)) == (
        [second.pk],
        [first.pk],
    )
    save(client, second, collection=None)
    assert ids(client, collection=light) == []
    assert ids(client) == [third.pk, second.pk, first.pk]
    assert names(client) == ["Light", "Water 水"]
    assert count(first) == count(second) == 1


def test_l6_collections_have_an_order(bob, as_user):
    client = as_user(bob)
    made = [collection(client, name) for name in "abcd"]

    def move(number, position):
        answer = client.patch(f"{COLLECTIONS}{made[number]}/", {"position": position})
        assert answer.status_code == 200, answer.content
        return "".join(names(client))

    assert move(3, 0) == "dabc"
    assert move(3, 0) == "dabc"
    assert move(0, 2) == "dbac"
    assert move(3, 10**9) == "bacd"
    assert client.delete(f"{COLLECTIONS}{made[0]}/").status_code == 204
    assert [each["position"] for each in client.get(COLLECTIONS).json()["results"]] == [0, 1, 2]
    page = client.get(f"{COLLECTIONS}?limit=2").json()
    rest = client.get(page["next"]).json()
    assert [each["name"] for each in page["results"] + rest["results"]] == ["b", "c", "d"]


def test_l6_the_cover_is_what_was_chosen_or_saved_last_and_may_be_seen(alice, bob, dave, as_user):
    follow(bob, dave)
    client = as_user(bob)
    shelf = collection(client, "shelf")
    first, second, third = published(alice, 2), published(alice), published(dave)
    assert cover(client, shelf) is None
    for post in (first, second, third):
        save(client, post, collection=shelf)

    assert cover(client, shelf) == picture(third)
    unfollow_user(owner=bob, target=dave)
    assert cover(client, shelf) == picture(second)
    answer = client.patch(f"{COLLECTIONS}{shelf}/", {"cover_post_id": first.pk})
    assert answer.json()["cover"]["id"] == picture(first)
    assert answer.json()["cover"]["url"]
    delete_post(post=first, editor=alice)
    assert cover(client, shelf) == picture(second)
    answer = client.patch(f"{COLLECTIONS}{shelf}/", {"cover_post_id": None}, format="json")
    assert answer.json()["cover"]["id"] == picture(second)


def test_a_cover_leaves_with_its_post(alice, bob, as_user):
    client = as_user(bob)
    shelf = collection(client, "shelf")
    first, second = published(alice), published(alice)
    for post in (first, second):
        save(client, post, collection=shelf)

    for leave in (
        lambda: client.delete(f"/posts/{first.pk}/save/"),
        lambda: save(client, first, collection=None),
    ):
        save(client, first, collection=shelf)
        client.patch(f"{COLLECTIONS}{shelf}/", {"cover_post_id": first.pk})
        assert cover(client, shelf) == picture(first)
        leave()
        assert Collection.objects.get().cover is None
        assert cover(client, shelf) == picture(second)


def test_a_cover_that_not_everybody_may_see_is_signed_for_its_viewer(bob, dave, as_user):
    follow(bob, dave)
    client = as_user(bob)
    shelf = collection(client, "shelf")
    save(client, published(dave), collection=shelf)

    (card,) = client.get(COLLECTIONS).json()["results"]

    assert "viewer" in card["cover"]["url"]


def test_deleting_a_collection_leaves_what_is_in_it_saved(alice, bob, as_user):
    client = as_user(bob)
    shelf = collection(client, "shelf")
    post = published(alice)
    save(client, post, collection=shelf)

    assert client.delete(f"{COLLECTIONS}{shelf}/").status_code == 204
    assert client.delete(f"{COLLECTIONS}{shelf}/").status_code == 404
    assert ids(client) == [post.pk]
    assert client.get(SAVED, {"collection": shelf}).status_code == 404


def test_d9_collections_of_others_are_as_none_at_all(alice, bob, carol, as_user):
    post = published(alice)
    shelf = collection(as_user(bob), "shelf")
    save(as_user(bob), post, collection=shelf)
    other = as_user(carol)
    path, nothing = f"{COLLECTIONS}{shelf}/", f"{COLLECTIONS}987654321/"

    assert other.get(COLLECTIONS).json()["results"] == []
    for answer, missing in (
        (other.get(path), other.get(nothing)),
        (other.patch(path, {"name": "mine"}), other.patch(nothing, {"name": "mine"})),
        (other.delete(path), other.delete(nothing)),
        (other.get(SAVED, {"collection": shelf}), other.get(SAVED, {"collection": 987654321})),
        (save(other, post, collection=shelf), save(other, post, collection=987654321)),
    ):
        assert answer.status_code == missing.status_code
        assert answer.status_code in (400, 404)
        assert answer.content == missing.content
    assert names(as_user(bob)) == ["shelf"]
    assert not Save.objects.filter(owner=carol).exists()


def test_a_name_is_taken_once_whatever_the_case_and_by_each_person(bob, carol, as_user):
    collection(as_user(bob), "Light")
    other = collection(as_user(bob), "water")
    collection(as_user(carol), "light")

    again = as_user(bob).post(COLLECTIONS, {"name": "LIGHT"})
    renamed = as_user(bob).patch(f"{COLLECTIONS}{other}/", {"name": "light"})

    for answer in (again, renamed):
        assert (answer.status_code, answer.json()["code"]) == (400, "taken")
        assert set(answer.json()["fields"]) == {"name"}
    assert names(as_user(bob)) == ["Light", "water"]


def test_there_are_only_so_many_collections(bob, as_user, settings):
    settings.COLLECTIONS_MAX_COUNT = 2
    for name in "ab":
        collection(as_user(bob), name)

    refused = as_user(bob).post(COLLECTIONS, {"name": "c"})

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_collections")
    assert names(as_user(bob)) == ["a", "b"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"name": ["a"]}, "name"),
    ],
)
def test_a_name_that_is_none_is_refused(bob, as_user, sent, field):
    answer = as_user(bob).post(COLLECTIONS, sent, format="json")

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {field}
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"position": -1}, "position"),
        ({"position": "first"}, "position"),
        ({"position": 10**30}, "position"),
        ({"cover_post_id": 987654321}, "cover_post_id"),
        ({"cover_post_id": 10**30}, "cover_post_id"),
        ({"name": "ok", "cover_post_id": 987654321}, "cover_post_id"),
    ],
)
def test_a_change_that_cannot_be_made_changes_nothing(bob, as_user, sent, field):
    shelf = collection(as_user(bob), "shelf")

    answer = as_user(bob).patch(f"{COLLECTIONS}{shelf}/", sent, format="json")

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {field}
    assert names(as_user(bob)) == ["shelf"]


@pytest.mark.parametrize("sent", [0, -1, "x", [], 10**30, True])
def test_a_collection_that_is_none_saves_nothing(alice, bob, as_user, sent):
    post = published(alice)

    answer = save(as_user(bob), post, collection=sent)

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"collection"}
    assert count(post) == 0
    assert as_user(bob).get(SAVED, {"collection": "x"}).status_code == 400
    assert as_user(bob).get(SAVED, {"collection": "9" * 30}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_collections_moved_made_and_deleted_at_once_keep_an_order_without_gaps(bob, as_user):
    client = as_user(bob)
    made = [collection(client, f"c{n}") for n in range(8)]
    acts = [lambda i=i: as_user(bob).patch(f"{COLLECTIONS}{i}/", {"position": 3}) for i in made]
    acts += [lambda i=i: as_user(bob).delete(f"{COLLECTIONS}{i}/") for i in made[:3]]
    acts += [lambda n=n: as_user(bob).post(COLLECTIONS, {"name": f"n{n}"}) for n in range(4)]

    at_once(*acts)

    places = Collection.objects.order_by("position").values_list("position", flat=True)
    assert list(places) == list(range(9))
