"""A reason tells what is still so, to whom it may be told (L8, D9), however old the shelf is."""

import pytest

from posts.models import Post, PostTag, Reaction, TagFollow
from recommendations.serializers import CODES, reason_card
from tests.recommendations import stage
from tests.recommendations.stage import compute, follows, posted, reacted, reasons
from users.actions.relationships import block_user, mute_user, unfollow_user
from users.models import Follow, User

SUGGESTED = ("suggested", "Suggested for you.")
LEAVE = {
    "block": lambda me, friend: block_user(owner=me, target=friend),
    "blocked": lambda me, friend: block_user(owner=friend, target=me),
    "mute": lambda me, friend: mute_user(owner=me, target=friend),
    "unfollow": lambda me, friend: unfollow_user(owner=me, target=friend),
    "suspend": lambda me, friend: User.objects.filter(pk=friend.pk).update(
        suspended_at=stage.ago(0)
    ),
}


@pytest.fixture
def erin(person):
    return person("erin")


@pytest.fixture
def scene(alice, bob, erin):
    """Bob, whom alice follows, is the reason for a post, for its author, and for a tag."""
    follows(alice, bob)
    follows(bob, erin)
    post = posted(erin, "sea", hours=30)
    reacted(bob, post)
    used = posted(bob, "fog")
    posted(erin, "fog", hours=300)
    compute(alice)
    return post, used


@pytest.mark.parametrize("leave", LEAVE)
def test_d9_nobody_is_named_whom_one_does_not_see_or_follow_any_more(
    alice, bob, scene, as_user, leave
):
    client = as_user(alice)
    assert reasons(client)[scene[0].pk] == ("reacted_by", "bob reacted to this.")
    assert reasons(client, "people/")["erin"] == ("followed_by", "Followed by bob.")
    assert reasons(client, "tags/")["fog"] == ("used_by", "Used by bob.")

    LEAVE[leave](alice, bob)

    assert reasons(client)[scene[0].pk] == SUGGESTED
    assert reasons(client, "people/")["erin"] == SUGGESTED
    assert reasons(client, "tags/")["fog"] == SUGGESTED
    for path in ("", "people/", "tags/"):
        told = [each["reason"] for each in stage.asked(client, path)["results"]]
        assert "bob" not in str(told)


def test_what_was_taken_back_is_no_reason_any_more(alice, bob, scene, as_user):
    client = as_user(alice)
    Reaction.objects.filter(owner=bob).delete()
    Follow.objects.filter(owner=bob).delete()
    Post.objects.filter(pk=scene[1].pk).update(visibility="private")

    assert reasons(client)[scene[0].pk] == SUGGESTED
    assert reasons(client, "people/")["erin"] == SUGGESTED
    assert reasons(client, "tags/")["fog"] == SUGGESTED


def test_of_several_those_are_named_who_may_be(alice, bob, carol, erin, as_user):
    follows(alice, bob, carol)
    post = posted(erin)
    for each in (bob, carol):
        reacted(each, post)
    compute(alice)

    block_user(owner=alice, target=bob)

    assert reasons(as_user(alice))[post.pk] == ("reacted_by", "carol reacted to this.")


def test_a_tag_that_an_edit_has_taken_away_is_told_to_nobody(alice, erin, as_user):
    TagFollow.objects.create(owner=alice, tag="secret")
    post = posted(erin, "secret", hours=50)
    compute(alice)
    assert reasons(as_user(alice))[post.pk] == ("tag_followed", "You follow #secret.")

    Post.objects.filter(pk=post.pk).update(tags=[])
    PostTag.objects.filter(post=post).delete()

    assert "secret" not in str(stage.asked(as_user(alice)))
    assert reasons(as_user(alice))[post.pk] == SUGGESTED


def test_a_tag_that_i_follow_no_longer_is_no_reason(alice, erin, as_user):
    TagFollow.objects.create(owner=alice, tag="sea")
    post = posted(erin, "sea", hours=50)
    compute(alice)

    TagFollow.objects.all().delete()

    assert reasons(as_user(alice))[post.pk] == SUGGESTED


def test_whom_my_friends_follow_tags_for_themselves_is_not_told(alice, bob, erin, as_user):
    """Which tags somebody follows is for nobody else."""
    follows(alice, bob)
    TagFollow.objects.create(owner=bob, tag="sea")
    posted(erin, "sea")

    compute(alice)

    assert reasons(as_user(alice), "tags/") == {"sea": ("trending", "Much used these days.")}


def test_three_are_named_at_most(alice, erin, person, as_user):
    many = [person(f"friend{number}") for number in range(6)]
    follows(alice, *many)
    post = posted(erin)
    for each in many:
        reacted(each, post)
    compute(alice)

    (found,) = stage.asked(as_user(alice))["results"]

    assert len(found["reason"]["usernames"]) == 3
    assert found["reason"]["text"].count("friend") == 3


def test_every_reason_says_something_and_braces_in_a_tag_are_plain_characters():
    card = reason_card("post", "followed", tag="{people}")
    assert card["text"] == "You follow #{people}."
    assert card["code"] in CODES
    assert reason_card("post", "friends", names=["a", "b", "c"]) == {
        "code": "reacted_by",
        "text": "a, b and c reacted to this.",
        "usernames": ["a", "b", "c"],
        "tag": None,
    }
    assert reason_card("post", "own")["code"] == "suggested"
