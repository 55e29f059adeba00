"""Both engines leave out the same (Y11, D9): phrases, filters, and whom a document is for."""

from datetime import datetime, timedelta

import pytest

from search.questions import Reach
from tests.search.shelves import (
    AUTHOR,
    BLOCKED,
    BLOCKED_FOLLOWER,
    EVERYONE,
    FOLLOWER,
    FOLLOWERS,
    GUEST,
    NOON,
    OF_ANOTHER,
    STRANGER,
    THE_AUTHOR,
    keys,
)

pytestmark = pytest.mark.django_db


# --- Phrases, what is not wanted, filters ------------------------------------------------------


def test_a_phrase_stands_side_by_side_in_title_or_text(shelf):
    shelf.post("title", "the old town at night")
    shelf.post("text", "lisbon", text="an old town")
    shelf.post("apart", "old streets of a town")
    shelf.post("reversed", "town old")
    shelf.post("two places", "old", text="town")
    shelf.post("tags", "x", tags=("old", "town"))
    shelf.post("names", "x", names="old town")
    shelf.post("prefix", "old towns")
    shelf.post("misspelt", "old twon")

    assert shelf.find(phrases=["Old Town"]) == [("title", 9.0), ("text", 7.65)]


def test_a_phrase_of_one_word_forgives_nothing(shelf):
    shelf.post("title", "the town")
    shelf.post("text", "x", text="town")
    for number, title in enumerate(["towns", "twon", "x"]):
        shelf.post(f"{number}", title, tags=("town",) if title == "x" else ())

    assert shelf.find(phrases=["town"]) == [("title", 9.0), ("text", 7.65)]


def test_a_title_that_is_the_phrase_is_the_question(shelf):
    shelf.post("1", "old town")

    assert shelf.find(phrases=["old town"]) == [("1", 13.0)]
    assert shelf.find("old", phrases=["town"]) == [("1", 13.0)]


def test_words_and_phrases_that_are_not_wanted(shelf):
    shelf.post("plain", "sunset")
    shelf.post("title", "sunset beach")
    shelf.post("text", "sunset", text="a beach")
    shelf.post("tag", "sunset", tags=("beach",))
    shelf.post("name", "sunset", names="beach")
    shelf.post("prefix", "sunset beaches")
    shelf.post("old town", "sunset in the old town")
    shelf.post("town old", "sunset in a town of old")

    everything = set(keys(shelf.find("sunset")))
    assert len(everything) == 8
    assert everything - set(keys(shelf.find("sunset", without=["beach"]))) == {
        *("title", "text", "tag"),
    }
    assert everything - set(keys(shelf.find("sunset", without=["old town"]))) == {"old town"}
    assert set(keys(shelf.find("sunset", without=["beach", "old"]))) == {"plain", "name", "prefix"}
    assert set(keys(shelf.find(without=["sunset"]))) == set()


def test_only_what_is_not_wanted_leaves_everything_else(shelf):
    shelf.post("1", "sunset")
    shelf.post("2", "harbour")

    assert shelf.find(without=["sunset"]) == [("2", 9.0)]


def test_tags_are_met_exactly(shelf):
    shelf.post("one", "x", tags=("sea",))
    shelf.post("two", "x", tags=("sea", "sky"))
    shelf.post("longer", "x", tags=("seas",))
    shelf.post("title", "sea")

    assert set(keys(shelf.find(tags=("sea",)))) == {"one", "two"}
    assert shelf.find(tags=("sea", "sky")) == [("two", 9.0)]
    assert shelf.find(tags=("sea",), not_tags=("sky",)) == [("one", 9.0)]
    assert set(keys(shelf.find(not_tags=("sky",)))) == {"one", "longer", "title"}
    assert shelf.find("x", tags=("sky",)) == [("two", 13.0)]
    assert set(keys(shelf.find(not_tags=("sky", "sea")))) == {"longer", "title"}


def test_tags_of_any_script_are_one_word(shelf):
    shelf.post("1", "x", tags=("東京タワー", "golden_hour", "❤️"))

    assert shelf.find(tags=("東京タワー",)) == [("1", 9.0)]
    assert shelf.find(tags=("goldenhour", "❤")) == [("1", 9.0)]
    assert shelf.find("goldenho") == [("1", 3.0)]


def test_by_one_of_some_authors(shelf):
    for author in (1, 2, 3):
        shelf.post(str(author), "sunset", author_id=author)
    shelf.tag("sunset")

    assert shelf.find("sunset", authors=(2,)) == [("2", 13.0)]
    assert set(keys(shelf.find("sunset", authors=(1, 3)))) == {"1", "3"}
    assert shelf.find("sunset", authors=()) == []
    assert shelf.find("sunset", kind="tag", authors=(1,)) == []


def test_times_hold_to_the_microsecond(shelf):
    tick = timedelta(microseconds=1)
    for name, moment in (("before", NOON - tick), ("at", NOON), ("after", NOON + tick)):
        shelf.post(name, "sunset", published_at=moment)
    shelf.person("7", "sunset")

    assert shelf.find("sunset", since=NOON) == [("after", 13.0), ("at", 13.0)]
    assert shelf.find("sunset", before=NOON) == [("before", 13.0)]
    assert shelf.find("sunset", since=NOON, before=NOON + tick) == [("at", 13.0)]
    assert shelf.find("sunset", since=NOON, before=NOON) == []
    assert shelf.find("sunset", kind="user", since=NOON) == []
    assert shelf.find("sunset", kind="user", before=NOON) == []


def test_times_of_any_year(shelf):
    first, last = datetime(1, 1, 2, tzinfo=NOON.tzinfo), datetime(9999, 12, 30, tzinfo=NOON.tzinfo)
    shelf.post("1", "sunset")

    assert shelf.find("sunset", since=first, before=last) == [("1", 13.0)]
    assert shelf.find("sunset", before=first) == []
    assert shelf.find("sunset", since=last) == []


def test_what_a_post_has(shelf):
    shelf.post("all", "x", has=["alt", "album", "caption", "tag"])
    shelf.post("alt", "x", has=["alt"])
    shelf.post("none", "x")

    assert set(keys(shelf.find(has=("alt",)))) == {"all", "alt"}
    assert keys(shelf.find("x", has=("alt", "album"))) == ["all"]
    assert len(shelf.find("x")) == 3


def test_without_words_the_newest_come_first(shelf):
    for day in range(5):
        shelf.post(str(day), f"day {day}", published_at=NOON + timedelta(days=day), author_id=3)
    shelf.post("other", "x", author_id=4)

    assert shelf.find(authors=(3,), limit=3) == [("4", 9.0), ("3", 9.0), ("2", 9.0)]
    assert keys(shelf.find()) == ["4", "3", "2", "1", "0", "other"]


# --- Who may find it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (GUEST, [EVERYONE]),
        (STRANGER, [EVERYONE]),
        (FOLLOWER, [EVERYONE, FOLLOWERS]),
        (OF_ANOTHER, [EVERYONE]),
        (THE_AUTHOR, [AUTHOR, EVERYONE, FOLLOWERS]),
        (BLOCKED, []),
        (BLOCKED_FOLLOWER, []),
    ],
    ids=["guest", "stranger", "follower", "of another", "author", "blocked", "blocked follower"],
)
def test_a_post_is_found_by_its_audience_alone(shelf, reach, expected):
    for audience in (EVERYONE, FOLLOWERS, AUTHOR):
        shelf.post(audience, "sunset", audience=audience, author_id=1)

    assert shelf.find("sunset", reach=reach) == [(audience, 13.0) for audience in expected]
    assert keys(shelf.find(reach=reach)) == expected
    assert keys(shelf.find("sunest", reach=reach)) == expected


def test_hidden_people_are_neither_found_nor_completed(shelf):
    shelf.person("7", "nina")
    shelf.person("8", "nina_k")
    shelf.tag("nina")
    hidden = Reach(viewer_id=1, hidden=(7,))

    assert keys(shelf.find("nina", kind="user", reach=hidden)) == ["8"]
    assert keys(shelf.complete("nin", kind="user", reach=hidden)) == ["8"]
    assert keys(shelf.find("nina", kind="tag", reach=hidden)) == ["nina"]


def test_thousands_of_people_may_be_followed_and_hidden(shelf):
    shelf.post("followed", "sunset", author_id=3, audience=FOLLOWERS)
    shelf.post("hidden", "sunset", author_id=90_003)
    reach = Reach(viewer_id=1, follows=tuple(range(2, 5_000)), hidden=tuple(range(90_000, 95_000)))

    assert shelf.find("sunset", reach=reach) == [("followed", 13.0)]
