"""Three orders of comments, in pages by cursor (L5, D7): nothing is lost or repeated."""

import pytest

from comments.models import Comment
from tests.albums import published
from tests.comments.threads import path, say, whole


@pytest.fixture
def post(alice):
    return published(alice)


def liked(comment, count):
    Comment.objects.filter(pk=comment.pk).update(reactions_count=count)


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_l5_three_orders_each_in_pages_both_ways(bob, as_user, post, below, limit):
    above = say(post, bob, "above") if below else None
    made = [say(post, bob, str(n), below=above) for n in range(7)]
    for comment, count in zip(made, (0, 2, 0, 5, 2, 0, 9), strict=True):
        liked(comment, count)
    url = path(post, above, "replies/" if below else "")
    orders = {
        "oldest": ["0", "1", "2", "3", "4", "5", "6"],
        "newest": ["6", "5", "4", "3", "2", "1", "0"],
        "reactions": ["6", "3", "4", "1", "5", "2", "0"],
    }
    client = as_user(bob)
    for sort, expected in orders.items():
        forth, back, at = [], [], f"{url}?sort={sort}&limit={limit}"
        while at:
            page = client.get(at).json()
            forth += page["results"]
            last, at = page, page["next"]
        assert [each["text"] for each in forth] == expected
        at = last["previous"]
        back = last["results"]
        while at:
            page = client.get(at).json()
            back = page["results"] + back
            at = page["previous"]
        assert back == forth
    assert [each["text"] for each in whole(client, url)] == orders["oldest"]


def test_newest_first_loses_and_repeats_nothing_while_others_talk(bob, as_user, post):
    for n in range(5):
        say(post, bob, str(n))
    url, read = f"{path(post)}?limit=2&sort=newest", []
    while url:
        page = as_user(bob).get(url).json()
        read += [each["text"] for each in page["results"]]
        url = page["next"]
        say(post, bob, "late")

    assert read == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    "query",
    [
        "sort=best",
        "sort=-id",
        "cursor=zz",
        "cursor=%00",
        "cursor=b2xkZXN0LmJlaGluZC54",  # oldest.behind.x
        "cursor=b2xkZXN0LmJlaGluZC4xLjI",  # oldest.behind.1.2
        "cursor=b2xkZXN0LmFzaWRlLjE",  # oldest.aside.1
        "cursor=b2xkZXN0LmJlaGluZC4tMQ",  # oldest.behind.-1
        "cursor=b2xkZXN0LmJlaGluZC45OTk5OTk5OTk5OTk5OTk5OTk5OQ",  # oldest.behind.10²⁰-1
        "sort=newest&cursor=b2xkZXN0LmJlaGluZC4x",  # oldest.behind.1
        "limit=0",
    ],
)
def test_d8_what_is_no_order_or_no_cursor_is_a_400(bob, as_user, post, query):
    comment = say(post, bob)

    for url in (path(post), path(post, comment, "replies/")):
        answer = as_user(bob).get(f"{url}?{query}")
        assert answer.status_code == 400, answer.content
        assert set(answer.json()["fields"]) <= {"sort", "cursor", "limit"}


def test_the_largest_numbers_of_a_cursor_are_an_empty_page(bob, as_user, post):
    comment = say(post, bob)
    cursor = "cmVhY3Rpb25zLmJlZm9yZS45MjIzMzcyMDM2ODU0Nzc1ODA3LjE"  # reactions.before.<2⁶³-1>.1

    for url in (path(post), path(post, comment, "replies/")):
        answer = as_user(bob).get(f"{url}?sort=reactions&cursor={cursor}")
        assert (answer.status_code, answer.json()["results"]) == (200, [])
