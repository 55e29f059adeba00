"""Pages of recommendations (D7, L8): of one generation, whatever the clock makes meanwhile."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from recommendations.actions import forget_shelves, make_shelf_for_site
from recommendations.models import Pick, Shelf
from tests.comments.threads import whole
from tests.recommendations import stage
from tests.recommendations.stage import compute, follows, posted, posts
from users.actions.relationships import block_user

PATHS = ("", "tags/", "people/")


@pytest.fixture
def crowd(person, settings):
    """Seven people with a post and a tag each."""
    settings.EXPLORE_PER_AUTHOR = 1
    made = [person(f"author{number}") for number in range(7)]
    return [(each, posted(each, f"tag{n}", hours=n)) for n, each in enumerate(made)]


@pytest.mark.parametrize("path", PATHS)
def test_d7_page_by_page_is_the_whole_list_forwards_and_backwards(alice, crowd, as_user, path):
    compute(alice)
    client = as_user(alice)
    every = stage.asked(client, path, limit=100)["results"]
    assert len(every) == 7

    assert whole(client, f"/explore/{path}?limit=3") == every

    page = stage.asked(client, path, limit=3)
    assert page["previous"] is None
    pages = [page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        pages.append(page["results"])
    assert [len(each) for each in pages] == [3, 3, 1]
    page = client.get(page["previous"]).json()
    assert page["results"] == pages[1]
    page = client.get(page["previous"]).json()
    assert (page["results"], page["previous"]) == (pages[0], None)
    assert client.get(page["next"]).json()["results"] == pages[1]


def test_l8_nothing_is_lost_or_repeated_when_all_is_made_anew_between_two_pages(
    alice, bob, crowd, as_user
):
    compute(alice)
    client = as_user(alice)
    before = posts(client, limit=100)
    page = stage.asked(client, limit=3)
    seen = [each["post"]["id"] for each in page["results"]]

    follows(alice, bob)
    stage.reacted(bob, crowd[6][1])  # the last is the first now
    compute(alice)

    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [each["post"]["id"] for each in page["results"]]
    assert seen == before
    assert posts(client)[0] == crowd[6][1].pk != before[0]


def test_a_newcomer_who_gets_a_shelf_between_two_pages_reads_on_in_the_sites(
    alice, bob, crowd, as_user
):
    compute()
    client = as_user(alice)
    page = stage.asked(client, limit=5)

    compute(alice)

    rest = client.get(page["next"]).json()["results"]
    assert len({each["post"]["id"] for each in page["results"] + rest}) == 7


def test_who_is_blocked_between_two_pages_is_not_on_the_next(alice, crowd, as_user):
    compute(alice)
    client = as_user(alice)
    page = stage.asked(client, limit=2)

    block_user(owner=alice, target=crowd[3][0])

    rest = whole(client, page["next"])
    assert [each["post"]["id"] for each in rest] == [crowd[n][1].pk for n in (2, 4, 5, 6)]


def test_a_cursor_of_a_generation_that_is_not_kept_any_more_says_so(
    alice, crowd, as_user, settings
):
    compute(alice)
    client = as_user(alice)
    page = stage.asked(client, limit=3)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        compute(alice)
    kept = timedelta(minutes=settings.EXPLORE_KEEP_MINUTES)
    with time_machine.travel(timezone.now() + kept + timedelta(minutes=5), tick=True):
        assert forget_shelves(10) == 2  # the site's and alice's

        answer = client.get(page["next"])

    assert answer.status_code == 410
    assert answer.json() == {
        "code": "list_renewed",
        "detail": "These recommendations were made anew. Please begin again.",
        "fields": {},
    }


def test_d9_a_cursor_into_somebody_elses_shelf_is_as_one_into_none(alice, bob, crowd, as_user):
    compute(alice)
    theirs = stage.asked(as_user(alice), limit=3)["next"]
    cursor = base64.urlsafe_b64encode(b"987654321.behind.1").decode().rstrip("=")

    other = as_user(bob).get(theirs)
    none = as_user(bob).get("/explore/", {"cursor": cursor})

    assert (other.status_code, none.status_code) == (410, 410)
    assert other.content == none.content


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.behind",
        "1.beside.1",
        "0.behind.1",
        "-1.behind.1",
        f"{2**63}.behind.1",
        f"1.behind.{2**31}",
        f"1.behind.-{2**31}",
        "1.behind.1.1",
        "٣.behind.x",
        f"{'9' * 5000}.behind.1",
    ],
)
def test_d8_a_cursor_that_is_not_ours_is_a_400(alice, as_user, text):
    cursor = base64.urlsafe_b64encode(text.encode()).decode() or "%"

    answer = as_user(alice).get("/explore/", {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5"])
def test_d8_a_limit_that_is_no_number_is_a_400(guest, db, limit):
    assert guest.get("/explore/people/", {"limit": limit}).status_code == 400


def test_a_shelf_without_people_shows_everybodys(alice, crowd, as_user):
    """As one has whose statement took too long."""
    make_shelf_for_site()
    Shelf.objects.create(owner_id=alice.pk)

    assert len(posts(as_user(alice))) == 7


def test_what_is_left_of_a_deleted_row_breaks_nothing(alice, crowd, as_user):
    compute(alice)
    Pick.objects.filter(kind="post").update(thing_id=2**62)
    Pick.objects.filter(kind="person").update(thing_id=2**62)
    Pick.objects.filter(kind="tag").update(tag="nowhere")

    for path in PATHS:
        assert stage.asked(as_user(alice), path)["results"] == []
