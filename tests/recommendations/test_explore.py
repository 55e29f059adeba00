"""Explore over HTTP (L8): what is recommended to whom, and why; both sides looked at."""

import pytest

from posts.models import TagFollow
from tests.recommendations import stage
from tests.recommendations.stage import (
    compute,
    follows,
    people,
    posted,
    posts,
    reacted,
    reasons,
    said,
    tags,
)
from users.actions.relationships import block_user, mute_user
from users.models import FollowRequest, User


@pytest.fixture
def erin(person):
    return person("erin")


def test_l8_what_people_i_follow_react_to_is_recommended_with_their_names(
    alice, bob, carol, erin, as_user
):
    follows(alice, bob, carol)
    both, one, none = (posted(erin, hours=hours) for hours in (50, 40, 400))
    for each in (bob, carol):
        reacted(each, both)
    reacted(bob, one)

    compute(alice)

    assert posts(as_user(alice)) == [both.pk, one.pk, none.pk]
    assert reasons(as_user(alice)) == {
        both.pk: ("reacted_by", "bob and carol reacted to this."),
        one.pk: ("reacted_by", "bob reacted to this."),
        none.pk: ("trending", "People here like this."),
    }
    first = stage.asked(as_user(alice), limit=1)["results"][0]
    assert first["reason"] == {
        "code": "reacted_by",
        "text": "bob and carol reacted to this.",
        "usernames": ["bob", "carol"],
        "tag": None,
    }
    assert first["post"] == as_user(alice).get(f"/posts/{both.pk}/").json()


def test_l8_tags_that_i_follow_or_react_to_are_a_reason(alice, bob, erin, as_user):
    TagFollow.objects.create(owner=alice, tag="sea")
    for number in range(3):
        reacted(alice, posted(bob, "salt", hours=number))
    at_sea, salted = posted(erin, "sea", hours=100), posted(erin, "salt", hours=5)

    compute(alice)

    found = reasons(as_user(alice))
    assert found[salted.pk] == ("tag_engaged", "You react to posts with #salt.")
    assert found[at_sea.pk] == ("tag_followed", "You follow #sea.")
    assert set(found) == {salted.pk, at_sea.pk}  # what I reacted to I have seen


def test_l8_friends_of_friends_and_whose_posts_i_like(alice, bob, carol, erin, person, as_user):
    frank = person("frank")
    follows(alice, bob, carol)
    follows(bob, erin, carol, alice)
    follows(carol, erin)
    reacted(alice, posted(frank))

    compute(alice)

    assert people(as_user(alice)) == ["erin", "frank"]
    assert reasons(as_user(alice), "people/") == {
        "erin": ("followed_by", "Followed by bob and carol."),
        "frank": ("you_reacted", "You react to their posts."),
    }


def test_l8_a_private_person_can_be_recommended_and_their_posts_not(alice, bob, dave, as_user):
    follows(alice, bob)
    follows(bob, dave)
    reacted(bob, posted(dave))

    compute(alice)

    assert people(as_user(alice)) == ["dave"]
    assert posts(as_user(alice)) == []


def test_l8_tags_of_friends_of_ones_own_and_of_the_site(alice, bob, carol, erin, as_user):
    follows(alice, bob)
    TagFollow.objects.create(owner=alice, tag="known")
    posted(bob, "boats", "known")
    for _ in range(5):
        reacted(alice, posted(carol, "salt", hours=400))
    posted(erin, "fog")

    compute(alice)

    assert reasons(as_user(alice), "tags/") == {
        "boats": ("used_by", "Used by bob."),
        "salt": ("tag_engaged", "You react to posts with it."),
        "fog": ("trending", "Much used these days."),
    }


def test_l8_a_newcomer_and_a_guest_get_what_is_good_on_the_site(
    alice, bob, carol, erin, guest, as_user
):
    liked, bare = posted(bob, "sea", hours=3), posted(carol, "sea", "sand", hours=2)
    old = posted(erin, hours=24 * 400)
    said(alice, liked)
    reacted(carol, liked)
    follows(bob, carol)

    compute()

    for client in (guest, as_user(alice)):
        assert posts(client) == [liked.pk, bare.pk, old.pk]
        assert people(client) == ["bob", "carol", "erin"]
        assert tags(client) == ["sea", "sand"]
        assert set(reasons(client).values()) == {("trending", "People here like this.")}


def test_before_the_clock_has_ever_run_there_is_an_empty_page(alice, guest, as_user):
    for client in (guest, as_user(alice)):
        for path in ("", "tags/", "people/"):
            found = stage.asked(client, path)
            assert (found["next"], found["previous"], found["results"]) == (None, None, [])


def test_l8_one_author_has_so_many_posts_and_no_more(alice, bob, carol, as_user, settings):
    settings.EXPLORE_PER_AUTHOR = 2
    loud = [posted(bob, hours=hours) for hours in range(6)]
    quiet = posted(carol, hours=90)

    compute(alice)

    assert posts(as_user(alice)) == [loud[0].pk, loud[1].pk, quiet.pk]


def test_nobody_makes_a_post_or_a_tag_trend_alone(alice, bob, carol, erin, guest):
    own, good = posted(bob, "mine", hours=30), posted(carol, "ours", hours=30)
    posted(bob, "mine", hours=30)
    posted(erin, "ours", hours=30)
    for _ in range(5):
        said(bob, own)
    reacted(bob, own)
    said(alice, good)

    compute()

    assert posts(guest)[0] == good.pk
    assert tags(guest) == ["ours", "mine"]


# --- What is never there -------------------------------------------------------------------------


def _hidden(field):
    return lambda alice, erin: User.objects.filter(pk=erin.pk).update(**{field: stage.ago(0)})


RELATE = {
    "follow": follows,
    "request": lambda alice, erin: FollowRequest.objects.create(owner=alice, target=erin),
    "block": lambda alice, erin: block_user(owner=alice, target=erin),
    "blocked": lambda alice, erin: block_user(owner=erin, target=alice),
    "mute": lambda alice, erin: mute_user(owner=alice, target=erin),
    "suspend": _hidden("suspended_at"),
    "delete": _hidden("deleted_at"),
}
POSTS_STAY, TAGS_STAY = {"request"}, {"request", "follow"}  # what the others take away


@pytest.mark.parametrize("when", ["before", "afterwards"])
@pytest.mark.parametrize("relation", RELATE)
def test_l8_d9_nobody_known_blocked_muted_or_hidden_is_recommended(
    alice, bob, erin, as_user, relation, when
):
    follows(alice, bob)
    follows(bob, erin)
    theirs = posted(erin, "theirs")
    reacted(bob, theirs)
    client = as_user(alice)

    if when == "before":
        RELATE[relation](alice, erin)
    compute(alice)
    if when == "afterwards":
        everything = (posts(client), people(client), tags(client))
        assert everything == ([theirs.pk], ["erin"], ["theirs"])
        RELATE[relation](alice, erin)

    assert people(client) == []
    assert posts(client) == [theirs.pk] * (relation in POSTS_STAY)
    assert tags(client) == ["theirs"] * (relation in TAGS_STAY)
    assert posts(as_user(bob)) == []  # who reacted has seen it


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "followers"},
        {"visibility": "private"},
        {"deleted_at": stage.ago(0)},
        {"hidden_at": stage.ago(0)},
        {"state": "failed"},
    ],
    ids=lambda fields: next(iter(fields.items()))[0] + str(next(iter(fields.values())))[:9],
)
@pytest.mark.parametrize("when", ["before", "afterwards"])
def test_d9_a_post_that_i_may_not_see_is_not_recommended(
    alice, bob, erin, guest, as_user, fields, when
):
    follows(alice, bob)
    post = posted(erin)
    reacted(bob, post)
    if when == "before":
        stage.hide(post, **fields)
    compute(alice)
    stage.hide(post, **fields)

    assert posts(as_user(alice)) == posts(guest) == []


def test_my_own_and_what_i_reacted_to_are_not_recommended(alice, bob, erin, as_user):
    follows(alice, bob)
    follows(bob, alice)
    own, seen, new = posted(alice), posted(erin), posted(erin)
    for each in (own, seen, new):
        reacted(bob, each)
    reacted(alice, seen)

    compute(alice)
    assert posts(as_user(alice)) == [new.pk]
    assert "alice" not in people(as_user(alice))

    reacted(alice, new)
    assert posts(as_user(alice)) == []


def test_a_tag_that_i_follow_by_now_is_not_recommended(alice, bob, as_user):
    posted(bob, "sea")
    compute(alice)
    assert tags(as_user(alice)) == ["sea"]

    TagFollow.objects.create(owner=alice, tag="sea")

    assert tags(as_user(alice)) == []


def test_l8_nothing_is_recommended_twice(alice, bob, carol, erin, as_user):
    """A post by two friends, two tags and the site is one post."""
    follows(alice, bob, carol)
    follows(bob, erin)
    follows(carol, erin)
    for tag in ("sea", "sand"):
        TagFollow.objects.create(owner=alice, tag=tag)
    post = posted(erin, "sea", "sand", "sun")
    for each in (bob, carol):
        reacted(each, post)

    compute(alice)

    assert posts(as_user(alice)) == [post.pk]
    assert people(as_user(alice)) == ["erin"]
    assert tags(as_user(alice)) == ["sun"]
