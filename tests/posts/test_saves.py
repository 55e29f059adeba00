"""Saves (L6, D1, D9): kept for oneself, counted for all, in collections with order and cover."""

import random

import pytest

from posts.actions.posts import delete_post
from posts.actions.saves import save_post, unsave_post
from posts.models import Save
from posts.tasks import recount_posts_kept
from tests.albums import album, published
from tests.racing import at_once
from tests.saving import COLLECTIONS, SAVED, count, ids, rows, save
from tests.signed import follow
from users.actions.accounts import delete_user, purge_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user, unfollow_user
from users.models import User

# --- A save --------------------------------------------------------------------------------------


def test_l6_d1_a_post_is_saved_once_and_the_number_is_all_that_others_see(
    alice, bob, carol, as_user, guest, announced
):
    post = published(alice)
    before = len(announced.events())

    first = save(as_user(bob), post)
    second = save(as_user(bob), post)

    assert first.status_code == 200
    assert (first.json()["saves_count"], first.json()["viewer"]["saved"]) == (1, True)
    assert second.json() == first.json()
    for client in (as_user(alice), as_user(carol), guest):
        seen = client.get(f"/posts/{post.pk}/").json()
        assert (seen["saves_count"], seen["viewer"]["saved"]) == (1, False)
    assert ids(as_user(bob)) == [post.pk]
    assert ids(as_user(alice)) == ids(as_user(carol)) == []
    assert len(announced.events()) == before  # nobody hears of it


def test_l6_d1_saving_is_undone_once(alice, bob, as_user):
    post = published(alice)
    save(as_user(bob), post)

    first = as_user(bob).delete(f"/posts/{post.pk}/save/")
    second = as_user(bob).delete(f"/posts/{post.pk}/save/")

    assert (first.json()["saves_count"], first.json()["viewer"]["saved"]) == (0, False)
    assert second.json() == first.json()
    assert ids(as_user(bob)) == []


def test_the_home_timeline_marks_what_is_saved(alice, bob, as_user):
    follow(bob, alice)
    post = published(alice)
    save(as_user(bob), post)

    (card,) = as_user(bob).get("/posts/timeline/").json()["results"]

    assert card == as_user(bob).get(f"/posts/{post.pk}/").json()
    assert (card["saves_count"], card["viewer"]["saved"]) == (1, True)


def test_l6_the_latest_saved_stands_first_page_by_page(alice, bob, as_user):
    posts = [published(alice) for _ in range(5)]
    order = [posts[n] for n in (3, 0, 4, 1, 2)]
    for post in order:
        save(as_user(bob), post)

    read, url = [], f"{SAVED}?limit=2"
    while url:
        page = as_user(bob).get(url).json()
        read += [each["id"] for each in page["results"]]
        url = page["next"]

    assert read == [post.pk for post in reversed(order)]


def test_d9_what_may_not_be_seen_any_more_is_saved_and_not_listed(alice, bob, dave, as_user):
    follow(bob, dave)
    hers, his = published(alice), published(dave)
    for post in (hers, his):
        assert save(as_user(bob), post).status_code == 200

    unfollow_user(owner=bob, target=dave)
    block_user(owner=alice, target=bob)

    assert ids(as_user(bob)) == []
    assert save(as_user(bob), hers).status_code == 404
    assert as_user(bob).delete(f"/posts/{his.pk}/save/").status_code == 404
    follow(bob, dave)
    assert ids(as_user(bob)) == [his.pk]


def test_guests_save_nothing_and_ones_own_draft_is_not_saved(alice, as_user, guest):
    post, draft = published(alice), album(alice)

    assert save(guest, post).status_code == 401
    assert guest.get(SAVED).status_code == guest.get(COLLECTIONS).status_code == 401
    refused = save(as_user(alice), draft)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_published")
    assert save(as_user(alice), post).json()["saves_count"] == 1  # one's own is as good as any
    assert not Save.objects.filter(post=draft).exists()


def test_saving_is_throttled(alice, bob, as_user, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "save": "1/min"}
    post = published(alice)

    assert save(as_user(bob), post).status_code == 200
    assert as_user(bob).delete(f"/posts/{post.pk}/save/").status_code == 429


# --- Who is hidden does not count ----------------------------------------------------------------


def test_d9_saves_of_hidden_people_do_not_count(alice, bob, carol, person, committed):
    moderator = person("moderator", is_staff=True)
    post = published(alice)
    for owner in (bob, carol):
        save_post(post=post, owner=owner)

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
        delete_user(user=carol)
    assert count(post) == 0 == rows(post)
    with committed():
        lift_suspension(user=bob, moderator=moderator, reason="a mistake")
    assert count(post) == 1 == rows(post)
    purge_user(user=carol)
    assert (count(post), Save.objects.count()) == (1, 1)


def test_a_save_taken_back_before_the_recount_is_taken_once(alice, bob, carol):
    post = published(alice)
    for owner in (bob, carol):
        save_post(post=post, owner=owner)
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")
    for _ in range(2):
        recount_posts_kept(user_id=bob.pk)
    User.objects.filter(pk=bob.pk).update(suspended_at=None)  # and nothing counted again yet

    unsave_post(post=post, owner=bob)

    assert count(post) == 1 == rows(post)
    recount_posts_kept(user_id=bob.pk)
    recount_posts_kept(user_id=10**9)
    assert count(post) == 1


def test_many_saves_are_recounted_in_batches(alice, bob, monkeypatch):
    monkeypatch.setattr("posts.actions.counting.BATCH", 2)
    posts = [published(alice) for _ in range(5)]
    for post in posts:
        save_post(post=post, owner=bob)
    User.objects.filter(pk=bob.pk).update(deleted_at="2026-01-01T00:00Z")

    recount_posts_kept(user_id=bob.pk)

    assert [count(post) for post in posts] == [0] * 5


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_fifty_saves_at_once_and_their_undoing_leave_the_exact_count(alice, bob, person):
    post = published(alice)
    people = [person(f"p{n}") for n in range(50)]

    at_once(*[lambda p=each: save_post(post=post, owner=p) for each in people])
    assert count(post) == 50 == rows(post)
    undo = [lambda p=each: unsave_post(post=post, owner=p) for each in people[:25]]
    acts = [*undo, *[lambda: save_post(post=post, owner=bob)] * 25]
    random.Random(7).shuffle(acts)  # noqa: S311 (an order, not a secret)
    at_once(*acts)

    assert count(post) == 26 == rows(post)


@pytest.mark.django_db(transaction=True)
def test_deleting_against_saving_leaves_no_count_without_a_row(alice, person, as_user):
    post = published(alice)
    clients = [as_user(person(f"p{n}")) for n in range(10)]
    answers = []
    acts = [lambda c=client: answers.append(save(c, post).status_code) for client in clients]

    at_once(*acts[:5], lambda: delete_post(post=post, editor=alice), *acts[5:])

    assert set(answers) <= {200, 404}
    assert count(post) == rows(post)


# --- What one has reacted to ---------------------------------------------------------------------


def test_l6_the_posts_one_reacted_to_the_latest_first(alice, bob, carol, as_user, guest):
    posts = [published(alice) for _ in range(3)]
    client = as_user(bob)
    for post, emoji in zip(posts, ("😀", "❤", "🌅"), strict=True):
        client.post(f"/posts/{post.pk}/reactions/", {"emoji": emoji})
    client.post(f"/posts/{posts[0].pk}/reactions/", {"emoji": "👏"})  # in another way, just now
    client.delete(f"/posts/{posts[1].pk}/reactions/")

    page = client.get("/posts/reacted/", {"limit": 1}).json()
    rest = client.get(page["next"]).json()

    assert [each["id"] for each in page["results"] + rest["results"]] == [
        posts[0].pk,
        posts[2].pk,
    ]
    assert page["results"][0]["viewer"]["reaction"] == "👏"
    assert ids(as_user(carol), "/posts/reacted/") == []
    assert guest.get("/posts/reacted/").status_code == 401
    delete_post(post=posts[2], editor=alice)
    assert ids(client, "/posts/reacted/") == [posts[0].pk]
