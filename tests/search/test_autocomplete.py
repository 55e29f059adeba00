"""`GET /search/autocomplete` (Y11): people and tags as somebody types, from the first letter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.asking import posted, settle, suggested
from users.actions.relationships import block_user, follow_user, mute_user
from users.models import User


@pytest.fixture
def crowd(alice, person):
    """People and tags that begin with `s`."""
    people = {name: person(name) for name in ("sam", "sasha", "sue.b", "Sönke")}
    User.objects.filter(username="sasha").update(name="Alexandra Stone", followers_count=40)
    posted(alice, tags=["sea", "sahara", "Über-see", "see_you"])
    settle()
    return people


def test_y11_a_suggestion_is_a_person_or_a_tag(alice, guest):
    posted(alice, tags=["Alpine"])
    settle()

    assert guest.get("/search/autocomplete", {"query": "al"}).json() == {
        "results": [
            {
                "type": "user",
                "value": "alice",
                "user": {"id": alice.pk, "username": "alice", "name": "", "avatar_url": None},
            },
            {"type": "tag", "value": "Alpine"},
        ],
        "degraded": False,
    }


def test_y11_from_the_first_letter_on(crowd, guest):
    assert suggested(guest, "s", limit=20)[:4] == ["@sasha", "#sahara", "@sam", "#sea"]
    assert suggested(guest, "sa") == ["@sasha", "#sahara", "@sam"]
    assert suggested(guest, "sas") == ["@sasha"]
    assert suggested(guest, "sass") == []


def test_y11_case_and_accents_do_not_matter(crowd, guest):
    assert suggested(guest, "SON") == suggested(guest, "sönk") == ["@Sönke"]
    assert suggested(guest, "UBER") == ["#Über-see"]


def test_y11_people_are_suggested_by_their_names_too(crowd, guest):
    assert suggested(guest, "alex") == suggested(guest, "stone alex") == ["@sasha"]
    assert suggested(guest, "alexandra st") == ["@sasha"]


def test_y11_a_sign_asks_for_one_kind(crowd, guest):
    assert suggested(guest, "#sa") == suggested(guest, " #Sa") == ["#sahara"]
    assert suggested(guest, "@sa") == ["@sasha", "@sam"]
    assert suggested(guest, "\uff03sa") == ["#sahara"]
    assert suggested(guest, "@sue.b") == ["@sue.b"]
    assert suggested(guest, "#see_y") == suggested(guest, "#seey") == ["#see_you"]


def test_y11_people_one_follows_come_first(crowd, bob, as_user):
    follow_user(owner=bob, target=crowd["sam"])
    mute_user(owner=bob, target=crowd["sam"])

    assert suggested(as_user(bob), "sa") == ["@sam", "@sasha", "#sahara"]


def test_y11_followed_people_come_first_however_many_others_there_are(bob, person, as_user):
    for number in range(60):
        person(f"sa{number:02}")
    follow_user(owner=bob, target=person("sazz"))
    settle()

    assert suggested(as_user(bob), "sa", limit=2) == ["@sazz", "@sa00"]


def test_d9_a_block_hides_both_from_each_other(crowd, bob, as_user):
    block_user(owner=bob, target=crowd["sam"])

    assert suggested(as_user(bob), "sam") == suggested(as_user(crowd["sam"]), "bob") == []
    assert suggested(as_user(crowd["sue.b"]), "sam") == ["@sam"]


@pytest.mark.parametrize("query", ["", " ", "#", "@", "?!", "# ", '""', "((("])
def test_nothing_is_suggested_for_nothing_and_nothing_is_asked(crowd, guest, query):
    with CaptureQueriesContext(connection) as queries:
        assert suggested(guest, query) == []
    assert len(queries) == 0


def test_y11_the_limit(alice, guest, settings):
    for number in range(3):
        posted(alice, tags=[f"sea{letter}{number}" for letter in "abcdefghij"])
    settle()

    assert len(suggested(guest, "sea")) == settings.SEARCH_SUGGESTIONS == 10
    assert len(suggested(guest, "sea", limit=3)) == 3
    assert len(suggested(guest, "sea", limit=20)) == 20


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({}, "query"),
        ({"query": "x" * 501}, "query"),
        ({"query": "a", "limit": 21}, "limit"),
        ({"query": "a", "limit": 0}, "limit"),
        ({"query": "a", "limit": "many"}, "limit"),
        ({"query": "a", "limit": "9" * 5000}, "limit"),
        ({"query": "a\x00"}, "query"),
    ],
)
def test_d8_what_cannot_be_is_a_400(db, guest, parameters, field):
    answer = guest.get("/search/autocomplete", parameters)

    assert answer.status_code == 400
    assert (answer.json()["code"], list(answer.json()["fields"])) == ("invalid", [field])


def test_suggestions_are_counted(db, guest, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "autocomplete": "2/min"}

    answers = [guest.get("/search/autocomplete?query=a").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_y11_suggestions_cost_the_same_for_few_and_many(alice, bob, person, as_user):
    client, counts = as_user(bob), []
    for number in range(10):
        follow_user(owner=bob, target=person(f"s{number}"))
        posted(alice, tags=[f"s{number}"])
        settle()
        if number in (0, 9):
            with CaptureQueriesContext(connection) as queries:
                assert len(suggested(client, "s", limit=20)) == 2 * (number + 1)
            counts.append(len(queries))

    assert counts[0] == counts[1] <= 10  # three of our own; the engine's, and its time limit


def test_y11_an_engine_apart_leaves_three_statements(elasticsearch_engine, crowd, bob, as_user):
    follow_user(owner=bob, target=crowd["sam"])
    client = as_user(bob)

    with CaptureQueriesContext(connection) as queries:
        assert suggested(client, "sa") == ["@sam", "@sasha", "#sahara"]

    assert len(queries) == 3  # the reach, people, tags
