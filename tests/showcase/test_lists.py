"""What hung before, and who has hung something (T8, D7): pages, for whom they are."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from showcase.models import Hanging
from tests import world
from tests.showcase.hanging import history
from users.actions.relationships import block_user, follow_user, mute_user
from users.models import Follow, User

FEED = "/showcase/feed/"


def feed(client, **query):
    answer = client.get(FEED, query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def told(client):
    return [(each["owner"]["username"], each["place"]) for each in feed(client)]


def test_the_history_tells_what_hung_where_and_when(alice, as_user, hang):
    rows = [hang(alice, place) for place in ("one", "two", "one", "one")]

    found = history(as_user(alice), alice)

    assert [each["id"] for each in found] == [rows[2].pk, rows[0].pk]
    assert set(found[0]) == {"id", "place", "media", "hung_at", "taken_down_at"}
    rows[2].refresh_from_db()
    assert found[0]["hung_at"] == rows[2].hung_at.isoformat().replace("+00:00", "Z")
    assert found[0]["taken_down_at"] == rows[2].taken_down_at.isoformat().replace("+00:00", "Z")
    assert found[0]["media"]["id"] == rows[2].media_id
    assert found[0]["media"]["url"]


def test_the_history_is_its_owners_alone(alice, bob, person, guest, as_user, hang):  # T8, D9
    hang(alice, "one")
    hang(alice, "one")
    follow_user(owner=bob, target=alice)
    missing = as_user(bob).get("/users/nobody/showcase/history/")

    for who in (bob, person("mo", is_staff=True)):
        answer = as_user(who).get("/users/alice/showcase/history/")
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert guest.get("/users/alice/showcase/history/").status_code == 401


def test_pages_lose_and_repeat_nothing_while_pictures_are_hung(alice, as_user):
    for number in range(7):
        world.hanging(alice, age=60 + number, former=True)
    client, seen = as_user(alice), []
    page = client.get("/users/alice/showcase/history/", {"limit": 3}).json()
    while True:
        seen += [each["id"] for each in page["results"]]
        world.hanging(alice, former=True)  # at the top
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()

    older = Hanging.objects.filter(taken_down_at__lt=timezone.now() - timedelta(minutes=30))
    assert seen == list(older.order_by("-taken_down_at").values_list("pk", flat=True))


def test_the_feed_tells_of_those_whom_one_follows_the_latest_first(
    alice, bob, carol, as_user, hang
):
    follow_user(owner=carol, target=alice)
    follow_user(owner=carol, target=bob)
    hang(alice, "one")
    hang(bob, "two")
    row = hang(alice, "three")
    hang(carol, "one")  # one's own is no news

    assert told(as_user(carol)) == [("alice", "three"), ("bob", "two"), ("alice", "one")]
    (newest, *_) = feed(as_user(carol))
    assert set(newest) == {"owner", "place", "media", "hung_at"}
    assert newest["media"]["id"] == row.media_id
    assert newest["media"]["url"]
    assert told(as_user(alice)) == []


def test_what_was_replaced_is_told_of_once(alice, bob, as_user, hang):
    follow_user(owner=bob, target=alice)
    for _ in range(3):
        hang(alice, "one")

    assert told(as_user(bob)) == [("alice", "one")]


@pytest.mark.parametrize(("hours", "news"), [(7 * 24 - 1, 1), (7 * 24 + 1, 0)])
def test_news_is_news_for_a_week(alice, bob, as_user, hang, hours, news):
    follow_user(owner=bob, target=alice)
    hang(alice, "one")

    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        assert len(feed(as_user(bob))) == news


def test_the_muted_and_the_blocked_are_not_in_the_feed(
    alice, bob, carol, dave, as_user, hang
):  # D9
    for target in (alice, carol):
        follow_user(owner=bob, target=target)
        hang(target, "one")
    hang(dave, "one")
    follow_user(owner=bob, target=dave)  # has only asked to
    assert len(feed(as_user(bob))) == 2

    mute_user(owner=bob, target=alice)
    block_user(owner=carol, target=bob)

    assert feed(as_user(bob)) == []


def test_a_mixed_page_of_fifty_costs_what_one_of_five_costs(
    bob, as_user, django_assert_num_queries
):
    """Open and private accounts, signed cold and warm: each statement is for the whole page."""
    for number in range(50):
        owner = User.objects.create(username=f"u{number}", is_private=number % 2 == 0)
        world.hanging(owner, age=number)
        Follow.objects.create(owner=bob, target=owner)
    client = as_user(bob)

    with django_assert_num_queries(5):  # the page, and of each kind a SELECT and an upsert
        assert len(feed(client, limit=5)) == 5
    with django_assert_num_queries(5):
        assert len(feed(client, limit=50)) == 50
    with django_assert_num_queries(3):
        assert all(each["media"]["url"] for each in feed(client, limit=50))
