"""Scheduled posts, while the clock and the workers are away or twice there (issue 5; Y8)."""

import itertools
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.system import eventually

numbers = itertools.count(1)


@pytest.fixture
def pair(system):
    """Somebody who plans and somebody who follows them."""
    number = next(numbers)
    author, reader = system.person(f"planner{number}"), system.person(f"awaiter{number}")
    assert reader.post(f"/users/follow/planner{number}").status_code == 200
    return author, reader, f"planner{number}"


@pytest.fixture
def second_beat(system):
    """Another clock beside the first, with a memory of its own."""
    beat = system._process(
        "beat2", "celery", "-A", "config", "beat", "-l", "INFO", "-s", str(system.folder / "beat2")
    )
    beat.start()
    yield beat
    beat.kill()


def plan(author, seconds, count=1, **fields):
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    posted = author.publish(count, publish_at=moment.isoformat(), **fields)
    assert (posted.status_code, posted.json()["state"]) == (201, "draft"), posted.text
    return posted.json()["id"]


def shown(author, reader, name):
    """The timeline of a reader; how many posts the author's page counts."""
    return sorted(reader.timeline()), author.get(f"/users/{name}").json()["posts_count"]


def is_over(author, post_id):
    moment = author.get(f"/posts/{post_id}/").json()["publish_at"]
    return datetime.fromisoformat(moment) < datetime.now(UTC)


def test_two_clocks_publish_each_scheduled_post_once(pair, second_beat):
    author, reader, name = pair
    planned = [plan(author, 6 + number / 2, 2) for number in range(4)]
    assert shown(author, reader, name) == ([], 0)

    eventually(lambda: shown(author, reader, name) == (planned, 4), seconds=60)

    for post_id in planned:
        card = author.get(f"/posts/{post_id}/").json()
        assert card["state"] == "published"
        assert card["published_at"] > card["created_at"]
    assert author.get("/posts/drafts/").json()["results"] == []


def test_what_was_missed_is_published_once_the_clock_runs_again(system, pair, second_beat):
    author, reader, name = pair
    second_beat.kill()
    system.beat.kill()
    planned = [plan(author, 2) for _ in range(3)]
    eventually(lambda: is_over(author, planned[-1]))
    assert shown(author, reader, name) == ([], 0)

    system.beat.start()
    second_beat.start()

    eventually(lambda: shown(author, reader, name) == (planned, 3), seconds=60)


def test_workers_that_are_killed_while_they_publish_lose_nothing_and_repeat_nothing(system, pair):
    author, reader, name = pair
    planned = [plan(author, 4 + number / 4) for number in range(8)]

    for seconds in (1.0, 2.5, 3.0, 3.5):  # some before it has begun, some at its work
        system.worker.kill()
        system.worker.start()
        time.sleep(seconds)

    eventually(lambda: shown(author, reader, name) == (planned, 8), seconds=90)
    eventually(lambda: author.get("/posts/drafts/").json()["results"] == [])
