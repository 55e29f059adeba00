"""What a search is narrowed by (Y11): beside the text, typed into it, and both together."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from posts.models import Post
from search.documents import QUERY_PARAMETERS
from search.serializers import QueryRead
from tests.search.asking import found, on, posted, settle
from users.actions.relationships import follow_user


@pytest.fixture
def filtered(alice, bob):
    """Posts with the word `light`, apart in everything that can be filtered by."""
    may, june, july = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (5, 6, 7))
    posts = {
        "may": on(may, posted(alice, "light", tags=["grösse"], alt_texts=["seen"])).pk,
        "june": on(june, posted(alice, "light rain", tags=["sea"], alt_texts=["", ""])).pk,
        "july": on(july, posted(bob, "", tags=["sea", "light"], alt_texts=["x", "y"])).pk,
    }
    settle()
    return posts


def named(posts, results):
    names = {pk: name for name, pk in posts.items()}
    return {names.get(each, each) for each in results}


BESIDE: list[tuple[dict[str, object], set[str]]] = [
    ({}, {"may", "june", "july", "#light"}),
    ({"type": "post"}, {"may", "june", "july"}),
    ({"type": "tag"}, {"#light"}),
    ({"type": "user"}, set()),
    ({"type": ["tag", "post"]}, {"may", "june", "july", "#light"}),
    ({"author": "alice"}, {"may", "june"}),
    ({"author": "BOB"}, {"july"}),
    ({"author": "nobody"}, set()),
    ({"author": "me"}, set()),
    ({"author": "a\tb"}, set()),
    ({"tag": "sea"}, {"june", "july"}),
    ({"tag": "#Grösse"}, {"may"}),
    ({"tag": ["sea", "light"]}, {"july"}),
    ({"from": "2026-06-01"}, {"june", "july"}),
    ({"from": "2026-06-02"}, {"july"}),
    ({"from": "2026-06-01T12:00:00Z"}, {"june", "july"}),
    ({"from": "2026-06-01T12:00:01Z"}, {"july"}),
    ({"from": "2026-06-01T14:00:00+02:00"}, {"june", "july"}),
    ({"to": "2026-06-01"}, {"may", "june"}),
    ({"to": "2026-05-31"}, {"may"}),
    ({"to": "2026-06-01T12:00:00"}, {"may", "june"}),
    ({"to": "2026-06-01T11:59:59.999999"}, {"may"}),
    ({"from": "2026-06-01", "to": "2026-06-01"}, {"june"}),
    ({"from": "2026-07-01", "to": "2026-06-01"}, set()),
    ({"from": "0001-01-01", "to": "9999-12-31"}, {"may", "june", "july"}),
    ({"has": "alt"}, {"may", "july"}),
    ({"has": "album"}, {"june", "july"}),
    ({"has": ["alt", "album"]}, {"july"}),
    ({"has": "caption"}, {"may", "june"}),
    ({"has": "tag"}, {"may", "june", "july"}),
    ({"author": "alice", "tag": "sea", "has": "album"}, {"june"}),
    ({"author": "bob", "has": "caption"}, set()),
    ({"type": "user", "author": "alice"}, set()),
    (
        {"type": "", "author": "", "tag": "", "from": "", "to": " ", "has": ""},
        {"may", "june", "july", "#light"},
    ),
]


def test_y11_every_filter_beside_a_word(guest, filtered):
    for parameters, expected in BESIDE:
        assert named(filtered, found(guest, "light", **parameters)) == expected, parameters


TYPED = [
    ("light type:post", {"may", "june", "july"}),
    ("light type:tag type:user", {"#light"}),
    ("light from:alice", {"may", "june"}),
    ("light author:Bob", {"july"}),
    ("light from:alice from:bob", {"may", "june", "july"}),
    ("light from:nobody", set()),
    ("light from:me", set()),
    ("light @alice", {"may", "june"}),
    ("light #sea", {"june", "july"}),
    ("light tag:GRÖSSE", {"may"}),
    ("light #sea #light", {"july"}),
    ("light after:2026-06-01", {"june", "july"}),
    ("light before:2026-06-01", {"may"}),
    ("light after:2026-05-02 before:2026-06-30", {"june"}),
    ("light has:alt", {"may", "july"}),
    ("light has:album has:caption", {"june"}),
    ("light -rain type:post", {"may", "july"}),
    ('light -"light rain" type:post', {"may", "july"}),
    ("light -#sea type:post", {"may"}),
    ('"light rain"', {"june"}),
    ('"rain light"', set()),
    ("from:alice #sea", {"june"}),
    ("#sea", {"june", "july", "#sea"}),
    ("#sea type:tag", {"#sea"}),
    ("@alice", {"@alice", "may", "june"}),
    ("@bob type:user", {"@bob"}),
    ("after:2026-07-01", {"july"}),
    ("has:caption", {"may", "june"}),
    ("-light type:post", set()),
    ("light before:2026-13-01", set()),
]


def test_y11_every_filter_typed(guest, filtered):
    for query, expected in TYPED:
        assert named(filtered, found(guest, query)) == expected, query


TOGETHER: list[tuple[str, dict[str, object], set[str]]] = [
    ("light from:alice", {"author": "alice"}, {"may", "june"}),
    ("light from:alice", {"author": "bob"}, set()),
    ("light @alice", {"author": "alice"}, {"may", "june"}),
    ("light #sea", {"tag": "light"}, {"july"}),
    ("light after:2026-05-02", {"to": "2026-06-30"}, {"june"}),
    ("light after:2026-05-02", {"from": "2026-06-30"}, {"july"}),
    ("light before:2026-06-30", {"to": "2026-05-30"}, {"may"}),
    ("light has:alt", {"has": "album"}, {"july"}),
    ("light type:post", {"type": "tag"}, set()),
    ("", {"author": "alice"}, {"may", "june"}),
    ("", {"tag": "sea"}, {"june", "july", "#sea"}),
    ("", {"tag": "sea", "type": "post"}, {"june", "july"}),
    ("", {"from": "2026-07-01"}, {"july"}),
    ("", {"has": "album"}, {"june", "july"}),
    ("", {"type": "user"}, {"@alice", "@bob"}),
    ("?!", {"type": "user"}, set()),
]


def test_y11_typed_and_other_filters_have_to_hold_together(guest, filtered):
    for query, parameters, expected in TOGETHER:
        results = found(guest, query, **parameters)
        assert named(filtered, results) == expected, (query, parameters)


def test_y11_from_me_is_from_the_one_who_asks(alice, bob, as_user, guest):
    mine = posted(alice, "light", visibility="private")
    posted(bob, "light")
    settle()

    for asked in ({"query": "from:me"}, {"author": "me"}, {"query": "light @me", "type": "post"}):
        assert found(as_user(alice), **asked) == [mine.pk]
        assert found(guest, **asked) == []


def test_y11_a_person_asked_for_by_name_is_before_their_posts(alice, bob, as_user):
    follow_user(owner=bob, target=alice)
    posts = [posted(alice, f"light {n}").pk for n in range(3)]
    Post.objects.update(likes_count=5_000)
    settle()

    assert found(as_user(bob), "@alice") == ["@alice", *reversed(posts)]


def test_y11_an_unknown_name_after_an_at_is_a_word(alice, person, guest):
    person("zephyr")
    settle()

    assert found(guest, "@zeph") == ["@zephyr"]
    assert found(guest, "@zebra") == []


def test_y11_without_words_the_newest_come_first(alice, guest):
    posts = [posted(alice, f"light {n}") for n in range(4)]
    for age, post in enumerate(posts):
        on(timezone.now() - timedelta(days=age), post)
    settle()

    assert found(guest, "from:alice") == [post.pk for post in posts]


def test_the_description_names_every_parameter_that_is_read():
    assert {parameter.name for parameter in QUERY_PARAMETERS} == set(QueryRead().fields)
