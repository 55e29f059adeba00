"""Hashtags of captions, and the pages of tags (L3): exact, page by page."""

import random
from contextlib import suppress
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from common.errors import Refusal
from common.keyset import Edge
from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, purge_post, restore_post
from posts.actions.posts import delete_post
from posts.actions.reactions import clear_reaction, recount_reactions_of, set_reaction
from posts.models import LIKE, Mention, Post, PostTag, TagFollow
from posts.tag_views import Recent, Top
from posts.tagging import posts_on, weight
from tests.albums import album, made_anew, published
from tests.posts.writing import shown, written
from tests.racing import at_once
from users.actions.moderation import suspend_user
from users.actions.relationships import block_user, follow_user, mute_user


def read(client, tag="sea", **asked):
    answer = client.get(f"/tags/{tag}/posts/", asked)
    assert answer.status_code == 200, answer.content
    return [post["caption"] for post in answer.json()["results"]]


def check_labels():
    """The pages of tags are exactly what the posts say."""
    wanted = {
        (tag, post.pk, post.author_id, is_public, post.published_at, weight(post.reactions_count))
        for post in Post.objects.all()
        if post.is_shown
        for is_public in [post.visibility == "public"]
        for tag in post.tags
    }
    columns = ("tag", "post_id", "author_id", "is_public", "published_at", "weight")
    assert set(PostTag.objects.values_list(*columns)) == wanted


# --- Of a post -----------------------------------------------------------------------------------


def test_l3_the_tags_of_a_post_are_those_sent_and_then_those_of_its_caption(alice, as_user):
    post = shown(alice, "at the #Sea, #夕日 #SEA #2026", tags=["boat", "sea"])

    found = as_user(alice).get(f"/posts/{post.pk}/").json()

    assert found["tags"] == ["boat", "sea", "夕日"]
    assert [each["value"] for each in found["entities"]] == ["sea", "夕日", "sea"]
    check_labels()


def test_l3_more_tags_than_a_post_may_have_are_plain_text(alice, as_user, settings):
    settings.TAGS_MAX_COUNT = 3

    post = shown(alice, "#a #b #c #d #a", tags=["x", "a"])

    found = as_user(alice).get(f"/posts/{post.pk}/").json()
    assert found["tags"] == ["x", "a", "b"]
    assert [each["value"] for each in found["entities"]] == ["a", "b", "a"]


def test_l3_an_edit_takes_the_tags_of_the_caption_and_leaves_those_sent(alice, as_user):
    post = shown(alice, "#sea", tags=["boat"])
    client = as_user(alice)

    def tags_after(**changes):
        answer = client.patch(f"/posts/{post.pk}/", changes, format="json")
        assert answer.status_code == 200, answer.content
        check_labels()
        return answer.json()["tags"]

    assert tags_after(caption="#lake") == ["boat", "lake"]
    assert tags_after(caption="#lake #boat") == ["boat", "lake"]
    assert tags_after(caption="none") == ["boat"]
    assert tags_after(tags=["swan"], caption="#lake") == ["swan", "lake"]
    edits = post.edits.count()
    assert tags_after(tags=["swan", "lake"]) == ["swan", "lake"]  # the answer, sent back
    assert tags_after(tags=["swan"], caption="#lake") == ["swan", "lake"]
    assert post.edits.count() == edits
    assert tags_after(tags=["lake"], caption="none") == ["lake"]  # moved out of the caption
    assert tags_after(tags=[]) == []


def test_l3_a_hashtag_of_a_caption_is_found_by_the_search_and_by_the_filter(
    alice, as_user, committed
):
    with committed():
        post = shown(alice, "#sea again")

    found = as_user(alice).get("/search/query", {"query": "#sea", "type": "post"}).json()
    assert [each["post"]["id"] for each in found["results"]] == [post.pk]
    assert [each["value"] for each in found["results"][0]["post"]["entities"]] == ["sea"]
    filtered = as_user(alice).get("/posts/", {"tag": "#Sea"}).json()["results"]
    assert [each["id"] for each in filtered] == [post.pk]


# --- Pages ---------------------------------------------------------------------------------------


def test_l3_the_page_of_a_tag_is_the_same_in_any_spelling(alice, guest, as_user):
    shown(alice, "#Straße")

    for spelling in ("straße", "STRASSE", "%23stra%C3%9Fe", "Strasse"):
        answer = guest.get(f"/tags/{spelling}/")
        assert answer.json() == {"name": "strasse", "posts_count": 1, "is_followed": False}
        assert read(guest, spelling) == ["#Straße"]
    with_slash = shown(alice, "rock", tags=["ac/dc", "followed", "a/posts"])
    for spelling, name in (("ac/dc", "ac/dc"), ("%23followed", "followed"), ("a/posts", "")):
        page = guest.get(f"/tags/{spelling}/").json()
        assert name == page.get("name", "")
        assert read(guest, spelling) == [with_slash.caption]


def test_l3_a_tag_that_nobody_uses_is_like_one_that_only_hidden_posts_have(alice, guest):
    post = shown(alice, "#secret", visibility="private")
    assert post.labels.count() == 1

    for name in ("secret", "nothing"):
        answer = guest.get(f"/tags/{name}/").json()
        assert answer == {"name": name, "posts_count": 0, "is_followed": False}
        assert read(guest, name) == []


@pytest.mark.parametrize("name", ["a b", "%00", "%20", "#%23", "a%23b", "x" * 101, "%E2%80%8B"])
def test_l3_what_no_tag_can_be_called_is_not_there(alice, as_user, name):
    name = name.replace("#%23", "%23%23")
    for path in ("", "posts/"):
        assert as_user(alice).get(f"/tags/{name}/{path}").status_code == 404
    assert as_user(alice).post(f"/tags/{name}/follow/").status_code == 404
    assert not TagFollow.objects.exists()


def test_l3_the_page_of_a_tag_shows_what_the_viewer_may_see(
    alice, bob, carol, dave, as_user, guest, person
):
    follow_user(owner=bob, target=alice)
    shown(alice, "public #sea")
    shown(alice, "followers #sea", visibility="followers")
    shown(alice, "private #sea", visibility="private")
    shown(dave, "of a private account #sea")
    shown(carol, "by carol #sea")
    written(alice, "not yet #sea")

    def both(client):
        count = client.get("/tags/sea/").json()["posts_count"]
        assert set(read(client, sort="top")) == set(read(client))
        return count, read(client)

    assert both(guest) == (2, ["by carol #sea", "public #sea"])
    assert both(as_user(bob)) == (3, ["by carol #sea", "followers #sea", "public #sea"])
    assert both(as_user(alice))[0] == 4
    block_user(owner=carol, target=bob)
    assert both(as_user(bob)) == (2, ["followers #sea", "public #sea"])
    mute_user(owner=dave, target=carol)
    assert both(as_user(dave)) == (3, ["of a private account #sea", "public #sea"])
    suspend_user(user=alice, moderator=person("m", is_staff=True), reason="a test")
    assert both(guest) == (1, ["by carol #sea"])


def test_l3_the_count_looks_at_so_many_posts_and_no_more(alice, guest, settings):
    settings.TAG_COUNT_MAX = 3
    for number in range(5):
        shown(alice, f"{number} #sea", visibility="private" if number == 4 else "public")

    assert guest.get("/tags/sea/").json()["posts_count"] == 2


def pages(client, url, **asked):
    found = []
    while url:
        answer = client.get(url, asked)
        assert answer.status_code == 200, answer.content
        found.append(answer.json())
        url, asked = found[-1]["next"], {}
    return found


@pytest.mark.parametrize("sort", ["recent", "top"])
def test_l3_pages_of_a_tag_lose_and_repeat_nothing_also_among_equals(alice, bob, guest, sort):
    for number in range(7):
        shown(alice, f"{number} #sea")
    moment = timezone.now()
    Post.objects.update(published_at=moment)  # all of one moment, and of one weight
    PostTag.objects.update(published_at=moment)

    first, *rest = pages(guest, "/tags/sea/posts/", sort=sort, limit=3)
    shown(alice, "8 #sea")

    captions = [post["caption"][0] for page in (first, *rest) for post in page["results"]]
    assert captions == list("6543210")
    assert first["previous"] is None
    back = guest.get(rest[1]["previous"]).json()
    assert [post["caption"][0] for post in back["results"]] == list("321")
    back = guest.get(back["previous"]).json()
    assert [post["caption"][0] for post in back["results"]] == list("654")
    back = guest.get(back["previous"]).json()
    assert ([post["caption"][0] for post in back["results"]], back["previous"]) == (["8"], None)


def test_l3_top_is_by_reactions_and_then_the_newest(alice, bob, carol, guest):
    posts = [shown(alice, f"{number} #sea") for number in range(4)]
    set_reaction(post=posts[0], owner=bob, emoji=LIKE)
    set_reaction(post=posts[0], owner=carol, emoji="🌅")
    set_reaction(post=posts[2], owner=bob, emoji=LIKE)
    order = ["0 #sea", "2 #sea", "3 #sea", "1 #sea"]
    assert read(guest, sort="top") == order

    set_reaction(post=posts[2], owner=bob, emoji="🌅")  # another: no more than before
    assert read(guest, sort="top") == order
    clear_reaction(post=posts[2], owner=bob)
    assert read(guest, sort="top") == ["0 #sea", "3 #sea", "2 #sea", "1 #sea"]
    check_labels()


def test_l3_reactions_of_the_hidden_do_not_weigh(alice, bob, carol, guest, person):
    posts = [shown(alice, f"{number} #sea") for number in range(2)]
    set_reaction(post=posts[0], owner=bob, emoji=LIKE)

    suspend_user(user=bob, moderator=person("m", is_staff=True), reason="a test")
    recount_reactions_of(bob.pk)

    assert read(guest, sort="top") == ["1 #sea", "0 #sea"]
    check_labels()


def test_l3_weights_are_exact_to_a_hundred_and_then_to_two_places():
    assert [weight(number) for number in range(101)] == [*range(100), 100]
    assert [weight(number) for number in (109, 110, 999, 1_234, 98_765)] == [
        100, 110, 990, 1_200, 98_000,
    ]  # fmt: skip
    assert len({weight(number) for number in range(100_000)}) == 100 + 3 * 90


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "best"}, {"cursor": "x"}, {"cursor": "dG8xLjE"}, {"limit": "0"}, {"cursor": "é"},
        {"cursor": "cm85OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ"}, {"sort": "top", "cursor": "cm8xLjE"},
    ],
)  # fmt: skip
def test_l3_what_no_page_can_be_is_refused(guest, db, asked):
    answer = guest.get("/tags/sea/posts/", asked)

    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "invalid"


@pytest.mark.parametrize("pagination", [Recent, Top])
def test_l3_a_page_begins_at_its_place_in_the_index(bob, pagination):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    below = pagination().beyond(Edge(pagination.kind, 7, 5))
    order = [f"-{column}" for column in pagination.columns]

    plan = posts_on("sea", bob).filter(below).order_by(*order)[:20].explain()

    (condition,) = [line for line in plan.splitlines() if "Index Cond: (((tag)" in line]
    assert "ROW(" in condition
    assert "Sort" not in plan


# --- Kept with the post --------------------------------------------------------------------------


def test_l3_pages_are_kept_by_all_that_moves_a_post(alice, bob):
    post = written(alice, "#sea", tags=["boat"])
    check_labels()
    assert not PostTag.objects.exists()
    post = Post.objects.get(pk=shown(alice, "#sea", tags=["boat"]).pk)
    check_labels()
    for visibility in ("followers", "private", "public"):
        edit_post(post=post, editor=alice, changes={"visibility": visibility})
        check_labels()
    hide_post(post=post, moderator=bob, reason="a test")
    assert not PostTag.objects.exists()
    restore_post(post=post, moderator=bob, reason="a test")
    assert not PostTag.objects.exists()
    made_anew(post)
    assert post.labels.count() == 2
    check_labels()
    delete_post(post=post, editor=alice)
    check_labels()
    restore_post(post=post, moderator=bob, reason="a test")
    made_anew(post)
    purge_post(post=post, moderator=bob, reason="a test")
    assert not PostTag.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_l3_pages_are_exact_after_fifty_edits_reactions_and_withdrawals_at_once(
    alice, bob, carol, person
):
    posts = [shown(alice, "#sea #lake") for _ in range(3)]
    people = [bob, carol, *(person(f"reader{number}") for number in range(6))]
    draw = random.Random(5)  # noqa: S311 (a choice, no secret)

    def one(number):
        post, reader = draw.choice(posts), draw.choice(people)
        acts = (
            lambda: edit_post(post=post, editor=alice, changes={"caption": f"#sea{number % 5}"}),
            lambda: edit_post(
                post=post,
                editor=alice,
                changes={"visibility": ("public", "followers")[number % 2]},
            ),
            lambda: set_reaction(post=post, owner=reader, emoji=LIKE),
            lambda: clear_reaction(post=post, owner=reader),
            lambda: hide_post(post=post, moderator=bob, reason="a test"),
            lambda: (restore_post(post=post, moderator=bob, reason="a test"), made_anew(post)),
        )
        act = acts[number % len(acts)]

        def run():
            with suppress(Refusal):
                act()

        return run

    at_once(*(one(number) for number in range(50)))

    check_labels()


# --- Posts of before -----------------------------------------------------------------------------


def test_l3_captions_of_before_are_read_once_and_nobody_is_told(
    alice, bob, carol, as_user, announced
):
    block_user(owner=carol, target=alice)
    post = published(alice, caption="#Sea with @Bob.x and @carol", tags=["boat"])
    hidden = album(alice, caption="#sea @bob")
    plain = published(alice, caption="nothing", tags=[])
    Post.objects.update(sent_tags=[])  # as rows of before have it
    Post.objects.filter(pk=post.pk).update(reactions_count=1_234)
    PostTag.objects.all().delete()
    before = announced.events()
    migration = import_module("posts.migrations.0005_read_captions")

    for _ in range(2):
        migration.read_captions(None, None)

    post.refresh_from_db()
    assert (post.sent_tags, post.tags) == (["boat"], ["boat", "sea"])
    check_labels()
    assert {each.post_id for each in Mention.objects.all()} == {post.pk, hidden.pk}
    assert not Mention.objects.filter(told=False).exists()
    assert announced.events() == before
    found = as_user(bob).get(f"/posts/{post.pk}/").json()
    assert (found["mentions"], len(found["entities"])) == (["bob"], 2)
    plain.refresh_from_db()
    assert (plain.entities, plain.sent_tags, plain.tags) == ([], [], [])
