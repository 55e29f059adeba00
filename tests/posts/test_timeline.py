"""The home timeline over HTTP (Y7, D7, D9): what stands in it, for whom, and page by page."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts.actions import editing, moderation, posts, reactions
from posts.models import LIKE, Post
from posts.serializers import post_card
from users.actions import relationships
from users.models import TimelineEntry, User

PATH = "/posts/timeline/"


@pytest.fixture
def publish(photo, committed):
    """Post and process: `publish(alice, "a caption")` is the published post."""

    def make(author, caption="", **fields):
        with committed():
            post = posts.create_post(author=author, images=[photo()], caption=caption, **fields)
        return Post.objects.get(pk=post.pk)

    return make


def captions(response):
    assert response.status_code == 200, response.content
    return [post["caption"] for post in response.json()["results"]]


def test_the_timeline_holds_the_followed_and_oneself_the_newest_first(
    alice, bob, carol, as_user, publish
):
    relationships.follow_user(owner=bob, target=alice)
    publish(alice, "one")
    publish(bob, "two")
    publish(carol, "of nobody followed")
    publish(alice, "three")

    assert captions(as_user(bob).get(PATH)) == ["three", "two", "one"]
    assert captions(as_user(alice).get(PATH)) == ["three", "one"]


def test_a_card_in_the_timeline_is_the_post_as_it_is_read_alone(alice, bob, as_user, publish):
    relationships.follow_user(owner=bob, target=alice)
    post = publish(alice, "hello", tags=["lake"], alt_texts=["A boat"])
    reactions.set_reaction(post=post, owner=bob, emoji=LIKE)

    card = as_user(bob).get(PATH).json()["results"][0]

    assert card == as_user(bob).get(f"/posts/{post.pk}/").json()
    assert card["viewer"] == {"reaction": "❤", "liked": True, "saved": False, "reposted": False}
    assert (card["likes_count"], card["reactions_count"]) == (1, 1)
    assert as_user(alice).get(PATH).json()["results"][0]["viewer"]["liked"] is False
    whole = Post.objects.for_cards().with_marks_of(bob).get(pk=post.pk)
    assert list(card) == list(post_card(whole, {}, {}))


def test_what_changes_shows_at_once_though_cards_are_kept(alice, bob, as_user, publish, committed):
    relationships.follow_user(owner=bob, target=alice)
    post = publish(alice, "before")
    assert captions(as_user(bob).get(PATH)) == ["before"]

    editing.edit_post(post=post, editor=alice, changes={"caption": "after"})
    assert captions(as_user(bob).get(PATH)) == ["after"]
    as_user(alice).patch("/users/alice/", {"name": "Alice L."})
    assert as_user(bob).get(PATH).json()["results"][0]["author"]["name"] == "Alice L."
    reactions.set_reaction(post=post, owner=alice, emoji=LIKE)
    assert as_user(bob).get(PATH).json()["results"][0]["likes_count"] == 1


@pytest.mark.parametrize("hide", ["delete", "moderate", "private", "block", "suspend", "narrow"])
def test_a_late_task_never_leaks_a_post(alice, bob, as_user, publish, hide):
    """Whatever stands in the table, `visible_to` decides."""
    relationships.follow_user(owner=bob, target=alice)
    post = publish(alice, "seen no more")
    publish(bob, "own")
    stale = list(TimelineEntry.objects.filter(owner_id=bob.pk))
    if hide == "delete":
        posts.delete_post(post=post, editor=alice)
    elif hide == "moderate":
        moderation.hide_post(post=post, moderator=bob, reason="a test")
    elif hide == "private":
        editing.edit_post(post=post, editor=alice, changes={"visibility": "private"})
    elif hide == "block":
        relationships.block_user(owner=alice, target=bob)
    elif hide == "suspend":
        User.objects.filter(pk=alice.pk).update(suspended_at=timezone.now())
    else:
        relationships.unfollow_user(owner=bob, target=alice)
        editing.edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    TimelineEntry.objects.bulk_create(stale, ignore_conflicts=True)

    assert captions(as_user(bob).get(PATH)) == ["own"]


def test_pages_lose_and_repeat_nothing_while_posts_arrive(alice, bob, as_user, publish):
    relationships.follow_user(owner=bob, target=alice)
    for number in range(7):
        publish(alice, str(number))
    bob_reads = as_user(bob)

    first = bob_reads.get(PATH, {"limit": 3}).json()
    publish(alice, "arrived meanwhile")
    second = bob_reads.get(first["next"]).json()
    third = bob_reads.get(second["next"]).json()

    read = [post["caption"] for page in (first, second, third) for post in page["results"]]
    assert read == ["6", "5", "4", "3", "2", "1", "0"]
    assert (first["previous"], third["next"]) == (None, None)

    back = bob_reads.get(second["previous"]).json()
    assert [post["caption"] for post in back["results"]] == ["6", "5", "4"]
    newest = bob_reads.get(back["previous"]).json()
    assert [post["caption"] for post in newest["results"]] == ["arrived meanwhile"]
    assert newest["previous"] is None


def test_posts_of_one_moment_are_each_shown_once(alice, as_user, publish):
    moment = timezone.now()
    for number in range(5):
        publish(alice, str(number))
    Post.objects.update(published_at=moment)
    TimelineEntry.objects.update(shown_at=moment)

    read, url = [], f"{PATH}?limit=2"
    while url:
        page = as_user(alice).get(url).json()
        read += [post["caption"] for post in page["results"]]
        url = page["next"]

    assert read == ["4", "3", "2", "1", "0"]


def test_many_hidden_posts_in_between_leave_the_page_full_and_lose_nothing(
    alice, bob, carol, as_user, publish
):
    relationships.follow_user(owner=bob, target=alice)
    relationships.follow_user(owner=bob, target=carol)
    publish(alice, "oldest")
    for number in range(12):
        publish(carol, str(number))
    publish(alice, "newest")
    User.objects.filter(pk=carol.pk).update(suspended_at=timezone.now())

    page = as_user(bob).get(PATH, {"limit": 2}).json()

    assert [post["caption"] for post in page["results"]] == ["newest", "oldest"]
    assert page["next"] is None


def test_a_very_long_stretch_of_hidden_posts_is_read_over_page_by_page(
    alice, bob, as_user, publish
):
    relationships.follow_user(owner=bob, target=alice)
    publish(alice, "oldest")
    shown_at = timezone.now()
    TimelineEntry.objects.bulk_create(
        TimelineEntry(owner_id=bob.pk, post_id=10**9 + n, author_id=alice.pk, shown_at=shown_at)
        for n in range(100)
    )

    read, url, pages = [], f"{PATH}?limit=1", 0
    while url:
        page = as_user(bob).get(url).json()
        read += [post["caption"] for post in page["results"]]
        url, pages = page["next"], pages + 1

    assert read == ["oldest"]
    assert pages == 2


def test_a_muted_author_is_left_out_of_the_timeline_and_stays_on_the_profile(
    alice, bob, as_user, publish
):
    relationships.follow_user(owner=bob, target=alice)
    publish(alice, "hello")
    relationships.mute_user(owner=bob, target=alice)

    assert captions(as_user(bob).get(PATH)) == []
    assert captions(as_user(bob).get("/users/alice/posts/")) == ["hello"]


def test_a_page_costs_the_same_queries_however_long(alice, bob, as_user, publish):
    relationships.follow_user(owner=bob, target=alice)
    client = as_user(bob)

    def cost(limit):
        client.get(PATH, {"limit": limit})  # cards are kept after the first time
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH, {"limit": limit})
        return len(queries)

    publish(alice)
    few = cost(20)
    for _ in range(12):
        publish(alice)

    assert (few, cost(20)) == (1, 1)


def test_the_timeline_is_for_the_signed_in(guest, db):
    assert guest.get(PATH).status_code == 401


@pytest.mark.parametrize("query", ["cursor=x", "limit=0", "limit=x", "cursor=bzEuMQ&limit=-1"])
def test_a_strange_page_is_a_400(alice, as_user, query):
    response = as_user(alice).get(f"{PATH}?{query}")

    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_a_large_audience_is_reached_by_a_task(alice, bob, carol, as_user, publish, settings):
    settings.TIMELINE_INLINE_FOLLOWERS = 1
    settings.TIMELINE_CHUNK = 1
    for reader in (bob, carol):
        relationships.follow_user(owner=reader, target=alice)

    publish(alice, "to many")

    assert captions(as_user(bob).get(PATH)) == ["to many"]
    assert captions(as_user(carol).get(PATH)) == ["to many"]


def test_all_timelines_can_be_written_anew(alice, bob, as_user, publish):
    relationships.follow_user(owner=bob, target=alice)
    publish(alice, "one")
    publish(bob, "two")
    gone = publish(alice, "deleted")
    posts.delete_post(post=gone, editor=alice)
    before = list(TimelineEntry.objects.order_by("owner_id", "post_id").values())
    TimelineEntry.objects.all().delete()

    call_command("rebuild_timelines", stdout=StringIO())

    assert list(TimelineEntry.objects.order_by("owner_id", "post_id").values()) == before
    assert captions(as_user(bob).get(PATH)) == ["two", "one"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag=%23LAKE", ["by the lake"]),
        ("author=ALICE", ["by the lake", "first"]),
        ("author=carol", []),
        ("type=photo", ["mine", "by the lake", "first"]),
        ("type=video", []),
        ("from=2026-05-02", ["mine", "by the lake"]),
        ("to=2026-05-02", ["by the lake", "first"]),
        ("from=2026-05-02&to=2026-05-02&author=alice", ["by the lake"]),
    ],
)
def test_the_timeline_can_be_filtered_by_author_tag_type_and_date(
    alice, bob, carol, as_user, publish, query, found
):
    """Y14."""
    relationships.follow_user(owner=bob, target=alice)
    made = [
        publish(alice, "first"),
        publish(alice, "by the lake", tags=["lake"]),
        publish(bob, "mine"),
        publish(carol, "of nobody followed", tags=["lake"]),
    ]
    for day, post in enumerate(made, 1):
        Post.objects.filter(pk=post.pk).update(published_at=f"2026-05-0{day}T12:00Z")

    assert captions(as_user(bob).get(f"{PATH}?{query}")) == found


@pytest.mark.parametrize("query", ["type=x", "from=yesterday", "to=2026-13-01", "author=a%00"])
def test_a_filter_that_makes_no_sense_is_a_400(alice, as_user, query):
    assert as_user(alice).get(f"{PATH}?{query}").status_code == 400


def test_a_filtered_timeline_is_read_in_pages_and_hides_what_the_other_hides(
    alice, bob, carol, as_user, publish
):
    for author in (alice, carol):
        relationships.follow_user(owner=bob, target=author)
    for number in range(3):
        publish(alice, str(number), tags=["lake"])
        publish(carol, "muted", tags=["lake"])
    relationships.mute_user(owner=bob, target=carol)

    first = as_user(bob).get(f"{PATH}?tag=lake&limit=2").json()
    second = as_user(bob).get(first["next"]).json()

    read = [post["caption"] for page in (first, second) for post in page["results"]]
    assert read == ["2", "1", "0"]
    assert second["next"] is None
