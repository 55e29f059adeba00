"""Whatever is sent to the search is answered with 200 or 400 (D8), and costs no more than usual."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.asking import ask, posted, settle

SHAPE = {"code", "detail", "fields"}
PATHS = ("/search/query", "/search/autocomplete")

HOSTILE = {
    "brackets": "(" * 500,
    "all brackets": "([{<)]}>" * 62,
    "quotes": '"' * 499,
    "apostrophes": "'" * 500,
    "backslashes": "\\" * 500,
    "wildcards": "*?" * 250,
    "a leading wildcard": "*unset",
    "percent signs": "%_" * 250,
    "a regular expression": "/(a+)+$/ " + "a" * 400,
    "a field that exists": "_exists_:caption",
    "names of fields": "title:light vector:light author_id:1 gone_at:* kind:post",
    "operators": "light AND NOT (dark OR sea) && || ! + - ~2 ^3 <-> & | !! :*",
    "a query in JSON": '{"match_all": {}}',
    "a range": "[* TO *] {1 TO 2} published_at:>now-1d",
    "SQL": "'; DROP TABLE search_document; -- light",
    "a tsquery": "light:*A & !'dark':B <2> x",
    "a script": "<script>alert(1)</script>",
    "emoji": "👩‍👩‍👧‍👦" * 60,
    "flags and tones": "🇨🇭👍🏿" * 100,
    "right to left": "\u202eתודה\u202c غروب \u200f",  # noqa: RUF001
    "marks": "a" + "\u0301" * 499,
    "invisible": "\u200b\u2060\ufeff\u00ad" * 100,
    "many scripts": "light свет φως ضوء אור 光 빛 แสง प्रकाश",
    "one long word": "x" * 500,
    "many words": "ab " * 166,
    "a word again and again": "light " * 83,
    "characters without spaces": "光夜" * 250,
    "filters": "type:post " * 50,
    "days": "before:9999-12-31 after:0001-01-01 before:0000-00-00",
    "names": "@ab " * 125,
    "senders": " ".join(f"from:u{n}" for n in range(50)),
    "tags": " ".join(f"#t{n}" for n in range(100)),
    "what is not wanted": " ".join(f"-t{n}" for n in range(100)),
    "halves": '-"light -" -# #" @" type: has: from:',
    "a noncharacter": "\uffff\ufffe light",
    "a private character": "\ue000\U0010fffd light",
    "lines": "light\r\n\t\v\f\x85\u2028light",
    "control characters": "".join(map(chr, range(1, 32))) + "light",
}


@pytest.fixture
def light(alice):
    post = posted(alice, "light", tags=["light"])
    settle()
    return post


def answers(client, query, **parameters):
    """Good or told what is wrong, in the one shape."""
    found = [client.get(path, {"query": query, **parameters}) for path in PATHS]
    for answer in found:
        assert answer.status_code in (200, 400), answer.content[:300]
        if answer.status_code == 400:
            assert set(answer.json()) == SHAPE
    return [answer.status_code for answer in found]


@pytest.mark.parametrize("name", HOSTILE)
def test_d8_hostile_text_is_searched_as_words(light, guest, name):
    with CaptureQueriesContext(connection) as queries:
        assert answers(guest, HOSTILE[name]) == [200, 200]

    assert len(queries) <= 30  # of both: what any question costs


def test_d8_hostile_text_is_searched_as_words_by_elasticsearch(
    elasticsearch_engine, light, as_user, alice, guest
):
    settle()
    for client in (guest, as_user(alice)):
        for name, text in HOSTILE.items():
            assert answers(client, text) == [200, 200], name
            assert client.get(PATHS[0], {"query": text}).json()["degraded"] is False, name

    assert ask(guest, "light", type="post")["count"] == 1


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000, "*" * 10_000, "light " * 1_700, "🌅" * 2_500, "א" * 10_000, "x" * 501],
    ids=["brackets", "stars", "words", "emoji", "right to left", "one too many"],
)
def test_d8_text_that_is_too_long_is_a_400(db, guest, text):
    for path in PATHS:
        answer = guest.get(path, {"query": text})
        assert answer.status_code == 400
        assert answer.json() == {
            "code": "invalid",
            "detail": "At most 500 characters, please.",
            "fields": {"query": ["At most 500 characters, please."]},
        }


def test_d8_the_longest_text_that_is_taken(light, guest):
    assert ask(guest, ("light " * 100)[:499])["count"] == 2


@pytest.mark.parametrize("raw", ["%00", "light%00", "%ED%A0%80", "%FF%FE", "%", "%u0041", "%C0%AF"])
def test_d8_what_is_no_text_is_answered_too(light, guest, raw):
    for path in PATHS:
        answer = guest.get(f"{path}?query={raw}")
        assert answer.status_code == (400 if "%00" in raw else 200), answer.content
    for name in ("author", "tag", "from", "to", "type", "has", "limit", "offset"):
        answer = guest.get(f"{PATHS[0]}?query=light&{name}={raw}")
        assert answer.status_code in (200, 400)
        assert answer.status_code == 200 or list(answer.json()["fields"]) == [name]


WRONG = [
    ({}, "query"),
    ({"query": ""}, "query"),
    ({"query": "   "}, "query"),
    ({"limit": "5"}, "query"),
    ({"query": "a", "limit": "x"}, "limit"),
    ({"query": "a", "limit": "0"}, "limit"),
    ({"query": "a", "limit": "-1"}, "limit"),
    ({"query": "a", "limit": "101"}, "limit"),
    ({"query": "a", "limit": "1.5"}, "limit"),
    ({"query": "a", "limit": "9" * 5000}, "limit"),
    ({"query": "a", "offset": "-1"}, "offset"),
    ({"query": "a", "offset": "501"}, "offset"),
    ({"query": "a", "offset": "x"}, "offset"),
    ({"query": "a", "offset": str(10**30)}, "offset"),
    ({"query": "a", "type": "song"}, "type"),
    ({"query": "a", "type": ["post", "song"]}, "type"),
    ({"query": "a", "has": "everything"}, "has"),
    ({"query": "a", "tag": "two words"}, "tag"),
    ({"query": "a", "tag": "#"}, "tag"),
    ({"query": "a", "tag": "+++"}, "tag"),
    ({"query": "a", "tag": "x" * 101}, "tag"),
    ({"query": "a", "tag": [f"t{n}" for n in range(13)]}, "tag"),
    ({"query": "a", "from": "yesterday"}, "from"),
    ({"query": "a", "from": "2026-02-30"}, "from"),
    ({"query": "a", "from": "2026-02-28T25:00:00"}, "from"),
    ({"query": "a", "to": "0000-01-01"}, "to"),
    ({"query": "a", "to": "9999-12-31T23:59:59-23:59"}, "to"),
    ({"query": "a", "from": "0001-01-01T00:00:00+23:59"}, "from"),
    ({"query": "a", "to": "9" * 5000}, "to"),
    ({"query": "a", "from": "\u0662\u0660\u0662\u0666-01-01"}, "from"),
]


@pytest.mark.parametrize(("parameters", "field"), WRONG, ids=range(len(WRONG)))
def test_d8_a_wrong_parameter_is_named(db, guest, parameters, field):
    answer = guest.get(PATHS[0], parameters)

    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == SHAPE
    assert (answer.json()["code"], list(answer.json()["fields"])) == ("invalid", [field])


def test_d8_everything_that_is_wrong_is_named_at_once(db, guest):
    answer = guest.get(PATHS[0], {"limit": "x", "offset": "y", "type": "z", "from": "w"})

    assert set(answer.json()["fields"]) == {"limit", "offset", "type", "from"}


@pytest.mark.parametrize(
    "repeated",
    [
        "query=dark&query=light",
        "query=light&limit=x&limit=5",
        "query=light&offset=0&offset=0",
        "query=light&author=bob&author=alice",
        "query=light&from=x&from=2020-01-01",
        "query=light&type=post&type=post&type=tag",
        "query=light&has=tag&has=tag&has=caption",
        "query=light&tag=light&tag=light&tag=LIGHT",
        "query=light&unknown=1&unknown=2&page=3&cursor=x",
    ],
)
def test_d8_of_a_parameter_that_is_sent_again_the_last_or_all_count(light, guest, repeated):
    answer = guest.get(f"{PATHS[0]}?{repeated}")

    assert answer.status_code == 200, answer.content
    assert light.pk in [each.get("post", {}).get("id") for each in answer.json()["results"]]


def test_d8_the_edges_of_time_are_taken(light, guest):
    for moments in (
        {"from": "0001-01-01T00:00:00Z", "to": "9999-12-31T23:59:59.999999Z"},
        {"from": "0001-01-01", "to": "9999-12-31"},
    ):
        assert ask(guest, "light", **moments)["count"] == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", PATHS)
def test_d1_it_is_only_read(db, guest, alice, as_user, method, path):
    for client in (guest, as_user(alice)):
        answer = client.generic(method.upper(), f"{path}?query=a")
        assert answer.status_code in (401, 405)
        assert set(answer.json()) == SHAPE


def test_a_token_that_is_not_good_is_refused_here_too(db, guest):
    guest.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    assert [guest.get(path, {"query": "a"}).status_code for path in PATHS] == [401, 401]
