"""Who is given, and may fetch, the pictures of posts (T7, D9): decided by who sees the post, now.

A URL that was given out is asked about again when it is used: whoever may not see the post any
more gets a 403, as with no signature at all.
"""

import gc
from typing import Any

import pytest
from django.core.files.storage import storages

from media import storage
from media.models import Media, SignedURL
from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post
from posts.actions.posts import delete_post
from posts.models import PostMedia
from tests.albums import published
from tests.media import stores
from tests.signed import (
    accesses,
    card_of,
    everywhere,
    fetched,
    follow,
    published_with_files,
    urls_in,
)
from users.actions.accounts import delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user, unfollow_user
from users.models import User

pytestmark = pytest.mark.django_db
TIMELINE = "/posts/timeline/"


# --- From the beginning --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visibility", "private", "access"),
    [
        ("public", False, "public"),
        ("followers", False, "signed"),
        ("private", False, "signed"),
        ("public", True, "signed"),
        ("followers", True, "signed"),
    ],
)
def test_pictures_are_where_their_audience_has_them_before_anybody_sees_them(
    alice, as_user, guest, publish, visibility, private, access
):
    User.objects.filter(pk=alice.pk).update(is_private=private)
    alice.refresh_from_db()

    post = publish(alice, visibility, count=2)

    assert accesses(post) == {(access, "ready")}
    full, empty = ("default", "originals") if access == "public" else ("originals", "default")
    assert len(everywhere(stores.files(full))) == 2
    assert everywhere(stores.files(empty)) == set()
    urls = urls_in(card_of(as_user(alice), post))
    assert fetched(guest, urls) == {200}
    assert all(("signature=" in url) is (access == "signed") for url in urls)


@pytest.mark.parametrize("path", ["/posts/", "/users/alice/posts/", TIMELINE, "{one}", "{tag}"])
def test_every_card_of_a_post_has_urls_for_its_reader_alone(
    alice, bob, carol, as_user, guest, publish, path
):
    for reader in (bob, carol):
        follow(reader, alice)
    post = publish(alice, "followers", count=2)
    path = path.format(one=f"/posts/{post.pk}/", tag=f"{TIMELINE}?author=alice")

    def given(reader):
        body = as_user(reader).get(path).json()
        cards = body.get("results", [body] if "media" in body else [])
        return [url for card in cards for url in urls_in(card)]

    hers = given(alice)
    assert len(hers) == 2
    assert fetched(guest, hers) == {200}
    assert given(alice) == hers
    if path == "/posts/":  # one's own
        assert given(bob) == []
        return
    his, theirs = given(bob), given(carol)
    assert fetched(guest, [*his, *theirs]) == {200}
    assert len({*hers, *his, *theirs}) == 6


def test_the_kept_bytes_of_a_card_hold_nobodys_url(alice, bob, carol, as_user, publish):
    """In the timeline, where one card is kept for all who read it."""
    for reader in (bob, carol):
        follow(reader, alice)
    public, signed = publish(alice, count=2), publish(alice, "followers", count=3)

    for reader in (alice, bob, carol, bob):
        cards = as_user(reader).get(TIMELINE).json()["results"]
        assert [card["id"] for card in cards] == [signed.pk, public.pk]
        for card in cards:
            assert card == as_user(reader).get(f"/posts/{card['id']}/").json()
        assert all(f"viewer={reader.pk}&" in url for url in urls_in(cards[0]))
        assert not any("viewer=" in url for url in urls_in(cards[1]))


def test_a_card_that_is_kept_keeps_no_post_in_memory(alice, bob, as_user, publish):
    """Thousands of them are kept, in each web process."""
    follow(bob, alice)
    post_id = publish(alice, "followers", count=2).pk

    (card,) = as_user(bob).get(TIMELINE).json()["results"]

    gc.collect()
    rows = [each for each in gc.get_objects() if type(each) is PostMedia]
    assert card["id"] == post_id
    assert [row for row in rows if row.post_id == post_id] == []


def test_a_page_of_signed_pictures_costs_one_statement_more(
    alice, bob, as_user, django_assert_num_queries
):
    follow(bob, alice)
    for number in range(12):
        published(alice, pictures=3, visibility="followers" if number % 2 else "public")
    client = as_user(bob)
    client.get(TIMELINE)

    with django_assert_num_queries(2):
        body = client.get(TIMELINE).json()
    assert len(body["results"]) == 12
    assert all(urls_in(card) for card in body["results"])


def test_a_page_of_public_pictures_costs_what_it_did(
    alice, bob, as_user, django_assert_num_queries
):
    follow(bob, alice)
    for _ in range(12):
        published(alice, pictures=3)
    client = as_user(bob)
    client.get(TIMELINE)

    with django_assert_num_queries(1):
        client.get(TIMELINE)
    assert not SignedURL.objects.exists()


def test_without_credentials_a_card_has_no_url_and_no_hole(alice, bob, as_user, publish):
    follow(bob, alice)
    publish(alice, "followers")
    as_user(alice).get(TIMELINE)  # the card is kept now

    def gone(*_, **__):
        raise OSError("nobody hands out credentials")

    store: Any = storages["originals"]
    store.credentials_expire_at = gone
    (card,) = as_user(bob).get(TIMELINE).json()["results"]

    (media,) = card["media"]
    assert (media["state"], media["url"], media["renditions"]) == ("ready", None, {})
    assert media["blurhash"]


# --- Who may fetch, now --------------------------------------------------------------------------


def _block_by_author(alice, bob, post, moderator):
    block_user(owner=alice, target=bob)


def _block_by_reader(alice, bob, post, moderator):
    block_user(owner=bob, target=alice)


def _unfollow(alice, bob, post, moderator):
    unfollow_user(owner=bob, target=alice)


def _narrow(alice, bob, post, moderator):
    edit_post(post=post, editor=alice, changes={"visibility": "private"})


def _delete(alice, bob, post, moderator):
    delete_post(post=post, editor=alice)


def _hide(alice, bob, post, moderator):
    hide_post(post=post, moderator=moderator, reason="test")


def _suspend_author(alice, bob, post, moderator):
    suspend_user(user=alice, moderator=moderator, reason="test")


def _suspend_reader(alice, bob, post, moderator):
    suspend_user(user=bob, moderator=moderator, reason="test")


def _delete_author(alice, bob, post, moderator):
    delete_user(user=alice)


def _delete_reader(alice, bob, post, moderator):
    delete_user(user=bob)


REVOCATIONS = [
    _block_by_author,
    _block_by_reader,
    _unfollow,
    _narrow,
    _delete,
    _hide,
    _suspend_author,
    _suspend_reader,
    _delete_author,
    _delete_reader,
]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("revoke", REVOCATIONS)
def test_whoever_may_not_see_the_post_any_more_has_urls_that_open_nothing(
    alice, bob, carol, as_user, guest, moderator, revoke, private, announced
):
    """D9, at once: before any task has run."""
    User.objects.filter(pk=alice.pk).update(is_private=private)
    alice.refresh_from_db()
    for reader in (bob, carol):
        follow(reader, alice)
    post = published_with_files(alice)
    his = urls_in(card_of(as_user(bob), post))
    theirs = urls_in(card_of(as_user(carol), post))
    assert fetched(guest, [*his, *theirs]) == {200}

    revoke(alice, bob, post, moderator)

    assert fetched(guest, his) == {403}
    of_bob_alone = revoke in (
        _block_by_author,
        _block_by_reader,
        _unfollow,
        _suspend_reader,
        _delete_reader,
    )
    assert fetched(guest, theirs) == ({200} if of_bob_alone else {403})


def test_whoever_may_see_it_again_is_given_the_same_url_and_it_works(
    alice, bob, as_user, guest, publish, moderator
):
    follow(bob, alice)
    post = publish(alice, "followers")
    urls = urls_in(card_of(as_user(bob), post))
    unfollow_user(owner=bob, target=alice)
    assert fetched(guest, urls) == {403}

    follow(bob, alice)
    assert urls_in(card_of(as_user(bob), post)) == urls
    assert fetched(guest, urls) == {200}
    suspend_user(user=alice, moderator=moderator, reason="test")
    assert fetched(guest, urls) == {403}
    lift_suspension(user=alice, moderator=moderator, reason="test")
    assert fetched(guest, urls) == {200}


def test_an_author_and_a_moderator_fetch_what_others_may_not(
    alice, as_user, guest, publish, moderator, client
):
    post = publish(alice, "private")
    assert fetched(guest, urls_in(card_of(as_user(alice), post))) == {200}
    assert card_of(as_user(moderator), post) is None  # nor is it a moderator's to read there

    client.force_login(moderator)
    page = client.get(f"/admin/posts/post/{post.pk}/change/").content.decode()
    path = f"/admin/posts/post/{post.pk}/pictures/0/"
    assert path in page
    preview = client.get(path)
    assert (preview.status_code, preview["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in preview["Cache-Control"]
    (name,) = Media.objects.get(place__post=post).renditions.values()
    assert preview.content == storage.open_rendition(name, access="signed").read()
