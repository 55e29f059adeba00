"""Mentions in captions (L3): whom they mean, who is linked for whom, and who is told of it."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, restore_post
from posts.models import Mention, Post
from tests.albums import made_anew
from tests.posts.writing import shown, written
from tests.racing import at_once
from users.actions.accounts import change_profile, delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user, follow_user, mute_user, unblock_user
from users.models import Block, User

MENTIONED = "/posts/mentioned/"
TIMELINE = "/posts/timeline/"


def card(client, post):
    """What a post says of its mentions."""
    answer = client.get(f"/posts/{post.pk}/")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    return found["mentions"], found["entities"]


def linked(client, post):
    names, entities = card(client, post)
    links = [each["value"] for each in entities if each["kind"] == "mention"]
    assert list(dict.fromkeys(links)) == names
    return names


def told(announced):
    return [fields for kind, fields in announced.events() if kind == "PostMentioned"]


def test_l3_a_caption_links_people_and_tags_by_code_points(alice, bob, carol, as_user, guest):
    caption = "🏊‍♀️ with @Bob, @carol and @Bob! #Sea 🌅#夕日"
    post = shown(alice, caption)

    for client in (as_user(alice), as_user(bob), guest):
        names, entities = card(client, post)
        assert names == ["bob", "carol"]
        said = [caption[each["start"] : each["end"]] for each in entities]
        assert said == ["@Bob", "@carol", "@Bob", "#Sea", "#夕日"]
        assert [each["value"] for each in entities] == ["bob", "carol", "bob", "sea", "夕日"]
    assert Mention.objects.filter(post=post).count() == 2


def test_l3_a_mention_ends_where_a_name_does(alice, bob, person, as_user):
    person("bob.b")
    post = shown(alice, "@bob.Thanks @bob.b.c @bob.b")

    _, entities = card(as_user(bob), post)

    places = [(each["start"], each["end"], each["value"]) for each in entities]
    assert places == [(0, 4, "bob"), (12, 18, "bob.b"), (21, 27, "bob.b")]


@pytest.mark.parametrize("why", ["unknown", "blocks", "blocked", "suspended", "deleted"])
def test_l3_whom_the_author_cannot_see_is_plain_text_without_a_trace(
    alice, bob, carol, as_user, guest, announced, why
):
    if why == "unknown":
        change_profile(user=bob, changes={"username": "somebody"})
    elif why == "blocks":
        block_user(owner=bob, target=alice)
    elif why == "blocked":
        block_user(owner=alice, target=bob)
    elif why == "suspended":
        suspend_user(user=bob, moderator=carol, reason="a test")
    else:
        delete_user(user=bob)

    post = shown(alice, "hello @bob")

    assert card(as_user(alice), post) == card(guest, post) == ([], [])
    assert not Mention.objects.exists()
    assert told(announced) == []


def test_l3_a_long_hostile_caption_mentions_so_many_and_no_more(alice, person, as_user, settings):
    settings.MENTIONS_MAX_COUNT = 2
    for name in ("bob", "carol", "dora"):
        person(name)

    post = shown(alice, "@bob @carol @dora @bob " + "@a.b.c" * 300)

    assert linked(as_user(alice), post) == ["bob", "carol"]
    assert Mention.objects.filter(post=post).count() == 2


def test_l3_resolving_and_linking_cost_one_query_each(alice, people_of, as_user):
    names = people_of(12)
    with CaptureQueriesContext(connection) as few:
        written(alice, f"@{names[0]}")
    with CaptureQueriesContext(connection) as many:
        written(alice, " ".join(f"@{name}" for name in names))
    assert len(few) == len(many)

    plain, one, all_of_them = (
        shown(alice, text)
        for text in ("#sea", f"@{names[0]}", " ".join(f"@{name}" for name in names))
    )
    costs = []
    for post in (plain, one, all_of_them):
        with CaptureQueriesContext(connection) as queries:
            card(as_user(alice), post)
        costs.append(len(queries))
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]


@pytest.fixture
def people_of(person):
    return lambda number: [person(f"person{each}").username for each in range(number)]


def test_l3_a_page_of_the_timeline_pays_one_query_for_all_its_mentions(alice, bob, as_user):
    follow_user(owner=bob, target=alice)
    bob_reads = as_user(bob)

    def cost():
        bob_reads.get(TIMELINE)  # cards are kept from now on
        with CaptureQueriesContext(connection) as queries:
            assert bob_reads.get(TIMELINE).status_code == 200
        return len(queries)

    shown(alice, "#sea")
    without = cost()
    for number in range(3):
        shown(alice, f"{number} @bob @alice")

    assert cost() == without + 1


# --- What happens afterwards -------------------------------------------------------------------


def in_the_timeline(client, post):
    """The links of the card that is kept for many viewers, which the single post must equal."""
    cards = {each["id"]: each for each in client.get(TIMELINE).json()["results"]}
    names = cards[post.pk]["mentions"]
    assert (names, cards[post.pk]["entities"]) == card(client, post)
    return names


@pytest.fixture
def read(alice, bob, carol, as_user):
    """A post by alice that mentions bob, read in the timeline of carol, where it is kept."""
    follow_user(owner=carol, target=alice)
    post = shown(alice, "look, @bob")
    assert in_the_timeline(as_user(carol), post) == ["bob"]
    return post


def test_l3_a_mention_follows_who_is_renamed(read, alice, bob, carol, as_user):
    change_profile(user=bob, changes={"username": "robert"})
    User.objects.create_user("bob", "another.bob@example.org")  # somebody else takes the name

    assert in_the_timeline(as_user(carol), read) == ["robert"]
    (entity,) = card(as_user(carol), read)[1]
    assert (entity["start"], entity["end"], entity["value"]) == (6, 10, "robert")

    edit_post(post=read, editor=alice, changes={"caption": "well, look, @bob"})
    assert in_the_timeline(as_user(carol), read) == ["robert"]
    edit_post(post=read, editor=alice, changes={"caption": "@bob @robert"})
    assert in_the_timeline(as_user(carol), read) == ["robert"]
    assert Mention.objects.filter(post=read).count() == 1


def test_l3_a_kept_card_with_signed_pictures_is_filled_with_both(alice, bob, carol, as_user):
    for reader in (bob, carol):
        follow_user(owner=reader, target=alice)
    post = shown(alice, "look, @bob #sea", visibility="followers")

    for reader in (bob, carol, bob):
        assert in_the_timeline(as_user(reader), post) == ["bob"]
    (kept,) = as_user(bob).get(TIMELINE).json()["results"]
    alone = as_user(bob).get(f"/posts/{post.pk}/").json()
    assert kept == alone
    assert list(kept) == list(alone)
    assert "?" in kept["media"][0]["url"]  # signed


def test_l3_whom_somebody_blocks_they_do_not_see_linked_and_nobody_else_is_concerned(
    read, alice, bob, carol, as_user, guest
):
    block_user(owner=bob, target=carol)
    assert in_the_timeline(as_user(carol), read) == []
    assert linked(as_user(alice), read) == linked(guest, read) == ["bob"]

    unblock_user(owner=bob, target=carol)
    assert in_the_timeline(as_user(carol), read) == ["bob"]
    block_user(owner=carol, target=bob)
    assert in_the_timeline(as_user(carol), read) == []


@pytest.mark.parametrize("side", ["bob", "alice"])
def test_l3_a_block_between_author_and_mentioned_unlinks_it_for_all(
    read, alice, bob, carol, as_user, guest, side
):
    owner, target = (bob, alice) if side == "bob" else (alice, bob)
    block_user(owner=owner, target=target)

    assert in_the_timeline(as_user(carol), read) == []
    assert linked(as_user(alice), read) == linked(guest, read) == []
    unblock_user(owner=owner, target=target)
    assert in_the_timeline(as_user(carol), read) == ["bob"]


def test_l3_who_is_hidden_is_linked_no_more_until_they_are_back(read, bob, carol, as_user, person):
    moderator = person("moderator", is_staff=True)
    suspend_user(user=bob, moderator=moderator, reason="a test")
    assert in_the_timeline(as_user(carol), read) == []

    lift_suspension(user=bob, moderator=moderator, reason="a test")
    assert in_the_timeline(as_user(carol), read) == ["bob"]

    delete_user(user=bob)
    assert in_the_timeline(as_user(carol), read) == []
    User.objects.filter(pk=bob.pk).delete()
    assert in_the_timeline(as_user(carol), read) == []
    assert not Mention.objects.exists()


def test_l3_an_edit_reads_the_caption_anew(read, alice, bob, carol, as_user):
    edit_post(post=read, editor=alice, changes={"caption": "look, @carol #sea"})

    assert in_the_timeline(as_user(carol), read) == ["carol"]
    assert list(Mention.objects.values_list("user_id", flat=True)) == [carol.pk]
    edit_post(post=read, editor=alice, changes={"caption": ""})
    assert in_the_timeline(as_user(carol), read) == []
    assert not Mention.objects.exists()


# --- Posts that mention me -----------------------------------------------------------------------


def mentioning(client, **asked):
    answer = client.get(MENTIONED, asked)
    assert answer.status_code == 200, answer.content
    return [post["caption"] for post in answer.json()["results"]]


def test_l3_posts_that_mention_me_are_listed_as_far_as_i_may_see_them(
    alice, bob, carol, as_user, guest
):
    first = shown(alice, "1 @bob")
    shown(alice, "2 @carol")
    shown(carol, "3 @bob")
    shown(alice, "4 @bob", visibility="private")
    shown(alice, "5 @bob", visibility="followers")
    written(alice, "6 @bob")
    assert mentioning(as_user(bob)) == ["3 @bob", "1 @bob"]

    follow_user(owner=bob, target=alice)
    mute_user(owner=bob, target=carol)
    assert mentioning(as_user(bob)) == ["5 @bob", "1 @bob"]
    block_user(owner=alice, target=bob)
    assert mentioning(as_user(bob)) == []
    Block.objects.all().delete()
    edit_post(post=first, editor=alice, changes={"caption": "1 @carol"})
    assert mentioning(as_user(bob)) == []
    assert mentioning(as_user(carol)) == ["1 @carol", "2 @carol"]
    assert guest.get(MENTIONED).status_code == 401


def test_l3_posts_that_mention_me_come_page_by_page(alice, bob, as_user):
    for number in range(5):
        shown(alice, f"{number} @bob")

    first = as_user(bob).get(MENTIONED, {"limit": 2}).json()
    shown(alice, "meanwhile @bob")
    second = as_user(bob).get(first["next"]).json()
    third = as_user(bob).get(second["next"]).json()

    pages = [post["caption"][0] for page in (first, second, third) for post in page["results"]]
    assert pages == ["4", "3", "2", "1", "0"]
    assert third["next"] is None


# --- Who is told ---------------------------------------------------------------------------------


def test_l3_who_is_mentioned_is_told_once_and_not_before_it_is_published(
    alice, bob, carol, announced
):
    post = shown(alice, "@alice @carol @bob")
    assert told(announced) == [{"post_id": post.pk, "user_ids": [bob.pk, carol.pk]}]

    edit_post(post=post, editor=alice, changes={"caption": "again @bob @carol"})
    hide_post(post=post, moderator=carol, reason="a test")
    restore_post(post=post, moderator=carol, reason="a test")
    made_anew(post)
    assert len(told(announced)) == 1


def test_l3_only_who_may_see_the_post_is_told(alice, bob, carol, announced):
    follow_user(owner=bob, target=alice)
    post = shown(alice, "@bob @carol", visibility="private")
    waiting = written(alice, "@bob")
    assert told(announced) == []

    edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    edit_post(post=post, editor=alice, changes={"visibility": "public"})
    edit_post(post=waiting, editor=alice, changes={"caption": "@bob @carol"})

    assert told(announced) == [
        {"post_id": post.pk, "user_ids": [bob.pk]},
        {"post_id": post.pk, "user_ids": [carol.pk]},
    ]


def test_l3_nobody_who_blocked_meanwhile_is_told(alice, bob, announced):
    post = written(alice, "@bob")
    block_user(owner=bob, target=alice)

    edit_post(post=post, editor=alice, changes={"alt_texts": ["a boat"]})

    assert told(announced) == []


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_l3_fifty_edits_at_once_leave_what_the_last_of_them_says(alice, bob, carol):
    post = shown(alice, "nobody")
    names = ["@bob #one", "@carol #two", "@bob @carol #one #two", "nobody"]

    at_once(
        *(
            lambda text=f"{names[n % 4]} {n}": edit_post(
                post=post, editor=alice, changes={"caption": text}
            )
            for n in range(50)
        )
    )

    post = Post.objects.get(pk=post.pk)
    people = {each["user_id"] for each in post.entities if each["kind"] == "mention"}
    assert people == {user.pk for user in (bob, carol) if f"@{user.username}" in post.caption}
    assert set(post.mentioned.values_list("user_id", flat=True)) == people
    tags = {tag for tag in ("one", "two") if f"#{tag}" in post.caption}
    assert set(post.tags) == tags
    assert set(post.labels.values_list("tag", flat=True)) == tags


@pytest.mark.django_db(transaction=True)
def test_l3_a_block_and_a_post_at_the_same_moment_leave_no_link(alice, bob, as_user):
    for number in range(5):
        held = threading.Barrier(2)

        def post(held=held, number=number):
            held.wait()
            written(alice, f"{number} @bob")

        def block(held=held):
            held.wait()
            block_user(owner=bob, target=alice)

        at_once(post, block)
        made = Post.objects.latest("pk")
        assert linked(as_user(alice), made) == []
        after = written(alice, "@bob")
        assert after.entities == []
        unblock_user(owner=bob, target=alice)
