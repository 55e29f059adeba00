"""Both engines give the same answers (Y11): order, completions, what is gone, hostile words."""

import random
from datetime import timedelta

import pytest

from search import elasticsearch, postgres
from search.questions import Question, Reach
from search.words import one_word, words
from tests.search.shelves import (
    AUTHOR,
    BLOCKED,
    EVERYONE,
    FOLLOWER,
    FOLLOWERS,
    GUEST,
    NOON,
    OF_ANOTHER,
    STRANGER,
    THE_AUTHOR,
    Shelf,
    keys,
)

pytestmark = pytest.mark.django_db


# --- Order, number, kinds ----------------------------------------------------------------------


def test_equals_come_newest_first_and_then_by_key(shelf):
    shelf.post("b", "sunset")
    shelf.post("a", "sunset")
    shelf.post("10", "sunset")
    shelf.post("9", "sunset")
    shelf.post("Z", "sunset")
    shelf.post("é", "sunset")
    shelf.post("newer", "sunset", published_at=NOON + timedelta(microseconds=1))
    shelf.post("never", "sunset", published_at=None)

    expected = ["newer", "10", "9", "Z", "a", "b", "é", "never"]
    assert keys(shelf.find("sunset")) == expected
    assert keys(shelf.find()) == expected
    assert keys(shelf.find("sunset", limit=3)) == expected[:3]


def test_equal_sums_of_different_parts_are_equal(shelf):
    shelf.post("old", "boats", text="harbour", names="lisbon", tags=("port",))
    shelf.post("new", "lisbon", text="port", names="boats", tags=("harbour",),
               published_at=NOON + timedelta(days=1))  # fmt: skip

    assert shelf.find("boats harbour lisbon port") == [("new", 8.1), ("old", 8.1)]


def test_followed_people_come_first_among_equals_only(shelf):
    shelf.person("1", "nina")
    shelf.person("2", "nina a")
    shelf.person("3", "nina b")
    shelf.person("4", "ninette")
    reach = Reach(viewer_id=9, follows=(3, 4))

    assert shelf.find("nina", kind="user", reach=reach) == [("1", 13.0), ("3", 9.0), ("2", 9.0)]
    assert keys(shelf.find("nin", kind="user", reach=reach)) == ["3", "4", "1", "2"]


def test_posts_of_followed_people_are_not_lifted_here(shelf):
    shelf.post("theirs", "sunset", author_id=3, published_at=NOON - timedelta(days=1))
    shelf.post("newer", "sunset", author_id=4)

    found = shelf.find("sunset", reach=Reach(viewer_id=9, follows=(3,)))

    assert found == [("newer", 13.0), ("theirs", 13.0)]


def test_each_kind_is_found_by_itself_and_up_to_the_limit(shelf):
    for number in range(4):
        shelf.post(str(number), "sunset", published_at=NOON - timedelta(hours=number))
    shelf.person("70", "sunset")
    shelf.tag("sunset")
    question = Question(words=("sunset",))

    assert shelf.ask(question, limit=2) == {
        "post": [("0", 13.0), ("1", 13.0)],
        "user": [("70", 13.0)],
        "tag": [("sunset", 13.0)],
    }
    assert shelf.ask(question, kinds=("tag", "user")) == {
        "tag": [("sunset", 13.0)],
        "user": [("70", 13.0)],
    }
    assert shelf.ask(question, kinds=()) == {}
    assert shelf.ask(Question(words=("nothing",))) == {"post": [], "user": [], "tag": []}


def test_the_best_of_many_are_found(shelf):
    for number in range(60):
        shelf.post(
            f"{number:02}", "a sunset somewhere", published_at=NOON + timedelta(hours=number)
        )
    shelf.post("whole", "sunset", published_at=NOON - timedelta(days=900))

    assert shelf.find("sunset", limit=3) == [("whole", 13.0), ("59", 9.0), ("58", 9.0)]


# --- Complete ----------------------------------------------------------------------------------


def test_people_and_tags_are_completed_from_the_first_letter(shelf):
    shelf.person("1", "nina")
    shelf.person("2", "otto", "Nils Holm")
    shelf.person("3", "holger")
    shelf.tag("night")
    shelf.tag("nikon")
    shelf.post("4", "nina")

    assert shelf.complete("n", kind="user") == [("1", 3.0), ("2", 2.55)]
    assert shelf.complete("N", kind="tag") == [("night", 3.0), ("nikon", 3.0)]
    assert shelf.complete("nik", kind="tag") == [("nikon", 3.0)]
    assert shelf.complete("nikon", kind="tag") == [("nikon", 13.0)]
    assert shelf.complete("ho", kind="user") == [("3", 3.0), ("2", 2.55)]
    assert shelf.complete("x", kind="tag") == []


def test_followed_people_are_completed_first_then_whole_matches_then_by_key(shelf):
    shelf.person("1", "nina")
    shelf.person("2", "ninalove")
    shelf.person("3", "ninakraft")
    shelf.person("4", "love", "Nina")
    shelf.person("10", "ninalove")
    reach = Reach(viewer_id=9, follows=(3,))

    assert shelf.complete("nina", kind="user", reach=reach) == [
        ("3", 3.0),
        ("1", 13.0),
        ("4", 7.65),
        ("10", 3.0),
        ("2", 3.0),
    ]
    assert keys(shelf.complete("nina", kind="user", limit=2)) == ["1", "4"]
    assert keys(shelf.complete("nina", kind="user", reach=reach, limit=1)) == ["3"]


def test_all_words_but_the_last_are_met_as_they_are(shelf):
    shelf.person("1", "nina_kraft")
    shelf.person("2", "otto", "Nina Kraft")
    shelf.person("3", "ninas_kraft")
    shelf.person("4", "kraft", "Nin Atto")

    assert shelf.complete("nina kr", kind="user") == [("1", 6.0), ("2", 5.1)]
    assert shelf.complete("nina kraft", kind="user") == [("1", 13.0), ("2", 9.15)]
    assert shelf.complete("kraft nina", kind="user") == [("1", 9.0), ("2", 7.65), ("3", 6.0)]


def test_nothing_is_completed_from_a_misspelling_names_or_no_word(shelf):
    shelf.person("1", "margaret")
    shelf.put("user", "2", "otto", names="margaret", author_id=2)

    assert shelf.complete("marjaret", kind="user") == []
    assert shelf.complete("marg", kind="user") == [("1", 3.0)]
    assert shelf.complete("", kind="user") == []
    assert shelf.complete("!?", kind="user") == []


@pytest.mark.parametrize(
    ("name", "begun"),
    [
        ("Ünal", "u"),
        ("Ольга", "ол"),
        ("東京タワー", "東"),
        ("สวัสดี", "ส"),
        ("मीरा", "मी"),
        ("🌅", "🌅"),
    ],
)
def test_tags_of_any_script_are_completed(shelf, name, begun):
    shelf.tag(name)
    shelf.tag("other")

    assert keys(shelf.complete(begun, kind="tag")) == [name]


# --- What is gone, and what is late ------------------------------------------------------------


def test_what_is_gone_is_not_found_by_anything(shelf):
    post = shelf.post("1", "sunset", tags=("sea",), author_id=1)
    person = shelf.person("1", "sunset")
    tag = shelf.tag("sunset")
    assert all(shelf.ask(Question(words=("sunset",))).values())

    for document in (post, person, tag):
        shelf.bury(document)

    for question in (
        Question(words=("sunset",)),
        Question(words=("sunest",)),
        Question(phrases=(("sunset",),)),
        Question(tags=("sea",)),
        Question(authors=(1,)),
        Question(),
    ):
        hits = shelf.ask(question, reach=THE_AUTHOR)
        assert hits == {"post": [], "user": [], "tag": []}
    assert shelf.complete("s", kind="tag") == []


def test_what_comes_back_is_found_again(shelf):
    shelf.bury(shelf.post("1", "sunset", version=10))
    assert shelf.find("sunset") == []

    shelf.post("1", "sunset", version=12)

    assert shelf.find("sunset") == [("1", 13.0)]


def test_an_older_version_never_replaces_a_newer_one(shelf):
    shelf.post("1", "harbour", version=5)
    late = shelf.unsent[:]
    shelf.post("1", "sunset", version=6)
    shelf.send()

    shelf.unsent = late

    assert shelf.find("sunset") == [("1", 13.0)]
    assert shelf.find("harbour") == []


def test_what_was_edited_is_found_by_its_new_words_only(shelf):
    shelf.post("1", "harbour", tags=("port",), version=5)
    shelf.send()
    shelf.post("1", "sunset", version=6)

    assert shelf.find("harbour") == []
    assert shelf.find(tags=("port",)) == []
    assert shelf.find("sunset") == [("1", 13.0)]


# --- Hostile words -----------------------------------------------------------------------------

HOSTILE = [
    *("'", "''", "\\", "\\'", "%", "%s", "%(x)s", ":*", "':*", "a:*", "a':A", "*", "?", "~", "~1"),
    *("a & b", "a | b", "!a", "(a", "a)", "a <-> b", "<2>", "a <", '"', '"a', "`", "$1", "{}"),
    *("; DROP TABLE search_document; --", "' OR true --", "_exists_:title", "title:sunset"),
    *("NOT", "AND", "OR", "TO", "[a TO z]", "a^9", "/.*/", "\0", "a\0b", "\ud800", "\udfffa"),
    *("@a", "#a", "<script>", "\u202eabc", "\ufeff", "\u200d", "🏴\U000e0067", "\U0010ffff"),
    *("e\u0301" * 50, "a" * 64, "b" * 65, "w" * 10_000, "東" * 64, "x " * 60),
    *("*" * 10_000, "(" * 10_000, "a" * 40 + "'", "' & !'x"),
]


def test_hostile_text_is_words_like_any_other(shelf):
    for number, text in enumerate(HOSTILE):
        shelf.post(str(number), f"harbour {' '.join(words(text)[:12])}", tags=("port",))
    every = {str(number) for number in range(len(HOSTILE))}

    for number, text in enumerate(HOSTILE):
        asked = words(text)[:12]
        found = set(keys(shelf.find(" ".join(asked), limit=100)))
        assert str(number) in found, text
        assert not asked or found < every
        others = set(keys(shelf.find("harbour", without=[" ".join(asked)], limit=100)))
        assert (others == every) if not asked else (str(number) not in others), text
    assert set(keys(shelf.find(tags=("port",), limit=100))) == every


def test_even_what_is_no_word_is_only_text_to_an_engine(shelf):
    """Nothing but `search.words` makes words; an engine does not rely on that."""
    shelf.post("1", "harbour")

    for text in [text for text in HOSTILE if text.isprintable() and " " not in text]:
        if not 0 < len(text) <= 64:
            continue
        for question in (
            Question(words=(text,)),
            Question(phrases=((text, text),)),
            Question(tags=(text,)),
            Question(has=(text,)),
        ):
            assert shelf.ask(question)["post"] == [], text
        for unwanted in (Question(without=((text,),)), Question(not_tags=(text,))):
            assert shelf.ask(unwanted)["post"] == [("1", 9.0)], text
        assert shelf.complete(text, kind="tag") == []


def test_tokens_of_sixty_four_letters_are_found_whole_and_begun(shelf):
    shelf.post("1", "x " + "a" * 64)

    assert shelf.find("a" * 64) == [("1", 9.0)]
    assert shelf.find("a" * 200) == [("1", 9.0)]
    assert shelf.find("a" * 63) == [("1", 3.0)]


def test_a_document_of_ten_thousand_words_is_found_by_its_last(shelf):
    shelf.post("1", "sunset", text=" ".join(f"word{number}" for number in range(10_000)))

    assert shelf.find("word9999") == [("1", 7.65)]
    assert shelf.find("sunset word0") == [("1", 8.325)]
    assert shelf.find(phrases=["word10 word11"]) == [("1", 7.65)]
    assert shelf.find(phrases=["word11 word10"]) == []


# --- Anything at all ---------------------------------------------------------------------------

VOCABULARY = [
    *("sunset", "sunsets", "sunet", "sun", "set", "sea", "seas", "harbour", "harbours", "harbor"),
    *("old", "town", "town's", "gold", "golden", "goldenhour", "hour", "hours", "king", "fisher"),
    *("kingfisher", "kingfishers", "kingfihser", "東京タワー", "東京", "夜景", "Ёлка", "елки"),
]


def test_both_engines_answer_the_same_questions_in_the_same_way(elasticsearch_engine, settings):
    chance = random.Random(9)  # noqa: S311
    shelf = Shelf(elasticsearch)

    def some(most, least=0):
        return chance.choices(VOCABULARY, k=chance.randint(least, most))

    for number in range(120):
        shelf.post(
            str(number),
            " ".join(some(5)),
            text=" ".join(some(4)),
            names=" ".join(some(2)),
            tags=some(2),
            author_id=chance.randint(1, 4),
            audience=chance.choice([EVERYONE, EVERYONE, FOLLOWERS, AUTHOR]),
            has=chance.sample(["alt", "album", "caption", "tag"], chance.randint(0, 4)),
            published_at=NOON + timedelta(microseconds=chance.randint(0, 40)),
        )
    for number in range(60):
        shelf.person(str(number), " ".join(some(2, 1)), " ".join(some(2)))
    kinds = ("post", "user")
    answered = 0

    for _ in range(150):
        question = Question(
            words=words(" ".join(some(3))),
            phrases=tuple(words(" ".join(some(2, 1))) for _ in range(chance.choice([0, 0, 0, 1]))),
            without=tuple(words(" ".join(some(2, 1))) for _ in range(chance.choice([0, 0, 1]))),
            tags=tuple(map(one_word, some(1))) if chance.random() < 0.2 else (),
            not_tags=tuple(map(one_word, some(1))) if chance.random() < 0.2 else (),
            authors=(1, 2) if chance.random() < 0.2 else None,
            since=NOON + timedelta(microseconds=20) if chance.random() < 0.2 else None,
            before=NOON + timedelta(microseconds=30) if chance.random() < 0.2 else None,
            has=("alt",) if chance.random() < 0.2 else (),
        )
        reach = chance.choice([GUEST, STRANGER, FOLLOWER, THE_AUTHOR, BLOCKED, OF_ANOTHER])
        shelf.engine = elasticsearch
        asked = {"kinds": kinds, "reach": reach, "limit": chance.choice([3, 200])}
        copies = shelf.ask(question, **asked), shelf.complete("s", kind="user", reach=reach)
        shelf.engine = postgres
        assert copies == (
            shelf.ask(question, **asked),
            shelf.complete("s", kind="user", reach=reach),
        ), (question, asked)
        answered += bool(copies[0]["post"])
    assert answered > 60
