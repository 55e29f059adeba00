"""Following tags (L3, L8), and their posts in the home timeline of who wants them there."""

from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.actions.editing import edit_post
from posts.actions.tags import TooManyTags, follow_tag, unfollow_tag
from posts.models import TagFollow
from tests.posts.writing import shown
from tests.racing import at_once
from users.actions.accounts import change_profile
from users.actions.moderation import suspend_user
from users.actions.relationships import block_user, follow_user, mute_user

TIMELINE = "/posts/timeline/"


def test_l8_a_tag_is_followed_once_and_listed_to_nobody_else(alice, bob, as_user, guest):
    for spelling in ("Sea", "SEA", "%23sea", "lake"):
        answer = as_user(bob).post(f"/tags/{spelling}/follow/")
        assert answer.status_code == 200
        assert answer.json()["is_followed"] is True

    listed = as_user(bob).get("/tags/followed/").json()["results"]
    assert [each["name"] for each in listed] == ["lake", "sea"]
    assert as_user(alice).get("/tags/followed/").json()["results"] == []
    assert as_user(alice).get("/tags/sea/").json()["is_followed"] is False
    for _ in range(2):
        answer = as_user(bob).delete("/tags/sea/follow/")
        assert (answer.status_code, answer.json()["is_followed"]) == (200, False)
    assert [tag.tag for tag in TagFollow.objects.all()] == ["lake"]
    assert guest.get("/tags/followed/").status_code == 401
    assert guest.post("/tags/sea/follow/").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_l8_nobody_follows_more_tags_than_may_be_also_by_many_requests_at_once(bob, settings):
    settings.TAGS_FOLLOWED_MAX = 10

    def follow(number):
        with suppress(TooManyTags):
            follow_tag(owner=bob, tag=f"tag{number % 25}")

    at_once(*(lambda number=number: follow(number) for number in range(50)))

    assert TagFollow.objects.of(bob).count() == 10
    with pytest.raises(TooManyTags):
        follow_tag(owner=bob, tag="one more")
    follow_tag(owner=bob, tag=TagFollow.objects.earliest("pk").tag)  # a no-op


# --- Followed tags in the home timeline ----------------------------------------------------------


@pytest.fixture
def interested(bob):
    """Bob follows #sea and #lake, and wants to see them."""
    for tag in ("sea", "lake"):
        follow_tag(owner=bob, tag=tag)
    change_profile(user=bob, changes={"shows_followed_tags": True})
    bob.refresh_from_db()
    return bob


def captions(client, **asked):
    answer = client.get(TIMELINE, asked)
    assert answer.status_code == 200, answer.content
    return [post["caption"] for post in answer.json()["results"]]


def test_l8_posts_with_followed_tags_stand_at_home_once_and_only_if_asked_for(
    alice, bob, carol, dave, as_user
):
    follow_user(owner=bob, target=alice)
    shown(carol, "1 #sea #lake")
    shown(alice, "2 #sea")
    shown(bob, "3 #sea")
    shown(carol, "4 #mountain")
    shown(carol, "5 #sea", visibility="followers")
    shown(dave, "6 #sea")
    for tag in ("sea", "lake"):
        assert as_user(bob).post(f"/tags/{tag}/follow/").status_code == 200
    assert captions(as_user(bob)) == ["3 #sea", "2 #sea"]

    answer = as_user(bob).patch("/users/bob/", {"shows_followed_tags": True}, format="json")
    assert answer.json()["shows_followed_tags"] is True
    assert "shows_followed_tags" not in as_user(alice).get("/users/bob/").json()
    assert captions(as_user(bob)) == ["3 #sea", "2 #sea", "1 #sea #lake"]
    assert captions(as_user(bob), tag="sea") == ["3 #sea", "2 #sea", "1 #sea #lake"]
    assert captions(as_user(bob), tag="lake") == ["1 #sea #lake"]

    unfollow_tag(owner=bob, tag="sea")
    assert captions(as_user(bob)) == ["3 #sea", "2 #sea", "1 #sea #lake"]
    unfollow_tag(owner=bob, tag="lake")
    assert captions(as_user(bob)) == ["3 #sea", "2 #sea"]


def test_l8_the_setting_works_with_a_token_from_the_next_request_on(alice, bob, guest):
    shown(alice, "#sea")
    follow_tag(owner=bob, tag="sea")
    login = {"username": "bob", "password": "correct horse battery"}
    access = guest.post("/users/login", login).json()["access"]
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    assert captions(guest) == []

    for wanted, seen in ((True, ["#sea"]), (False, [])):
        guest.patch("/users/bob/", {"shows_followed_tags": wanted}, format="json")
        assert captions(guest) == seen


@pytest.mark.parametrize("how", ["mute", "block", "blocked", "private", "narrow", "suspend"])
def test_l8_nobody_comes_home_by_a_tag_whom_one_may_or_will_not_see(
    alice, interested, carol, as_user, how
):
    post = shown(alice, "#sea")
    shown(carol, "stays #sea")
    assert captions(as_user(interested)) == ["stays #sea", "#sea"]

    if how == "mute":
        mute_user(owner=interested, target=alice)
    elif how == "block":
        block_user(owner=interested, target=alice)
    elif how == "blocked":
        block_user(owner=alice, target=interested)
    elif how == "private":
        change_profile(user=alice, changes={"is_private": True})
    elif how == "narrow":
        edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    else:
        suspend_user(user=alice, moderator=carol, reason="a test")

    assert captions(as_user(interested)) == captions(as_user(interested), tag="sea")
    assert captions(as_user(interested)) == ["stays #sea"]


def test_l8_following_an_author_neither_moves_nor_repeats_what_came_by_tags(
    alice, interested, carol, as_user
):
    for number in range(3):
        shown(alice, f"{number} alice #sea #lake")
        shown(carol, f"{number} carol #sea")
    before = captions(as_user(interested))
    assert len(before) == 6

    follow_user(owner=interested, target=alice)

    assert captions(as_user(interested)) == before


def test_l8_pages_of_a_timeline_with_tags_lose_and_repeat_nothing(
    alice, interested, carol, as_user
):
    follow_user(owner=interested, target=alice)
    for number in range(8):
        shown((alice, carol, interested)[number % 3], f"{number} #sea #lake")
    bob_reads = as_user(interested)

    first = bob_reads.get(TIMELINE, {"limit": 3}).json()
    shown(carol, "arrived meanwhile #sea")
    second = bob_reads.get(first["next"]).json()
    third = bob_reads.get(second["next"]).json()

    pages = [post["caption"][0] for page in (first, second, third) for post in page["results"]]
    assert pages == list("76543210")
    assert third["next"] is None
    back = bob_reads.get(bob_reads.get(second["previous"]).json()["previous"]).json()
    assert [post["caption"] for post in back["results"]] == ["arrived meanwhile #sea"]


def test_l8_a_timeline_without_tags_asks_no_other_statement_than_before(alice, bob, as_user):
    follow_user(owner=bob, target=alice)
    shown(alice, "#sea")
    follow_tag(owner=bob, tag="sea")
    captions(as_user(bob))

    with CaptureQueriesContext(connection) as queries:
        assert captions(as_user(bob)) == ["#sea"]

    assert not [each for each in queries if "posts_tagfollow" in each["sql"]]
