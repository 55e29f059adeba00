"""What people type becomes a question, whatever it is (Y11, D8)."""

import string
from datetime import UTC, datetime

import pytest

from search.parsing import read
from search.questions import Question

KNOWN = {"ada": 1, "lighthouse.keeper": 2, "me": 7}


def asked(text, most=12, people=KNOWN):
    return read(text).question(people, most=most)


def on(year, month, day):
    return datetime(year, month, day, tzinfo=UTC)


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("   \t\n", ()),
        ("sunset", ("sunset",)),
        ("Súnset over the HARBOUR", ("sunset", "over", "the", "harbour")),
        ("art-deco", ("art", "deco")),
        ("don't", ("dont",)),
        ("sun sun", ("sun", "sun")),
        ("(((sunset)))", ("sunset",)),
        ("- -- # @ : :: tag: #", ("tag",)),
        ('"', ()),
        ('"unclosed words', ("unclosed", "words")),
        ('half"way', ("half", "way")),
        ("a AND b OR NOT c", ("a", "and", "b", "or", "not", "c")),
        ("_exists_:caption", ("exists", "caption")),
        ("caption:sunset", ("caption", "sunset")),
        ("http://example.org/a?b=c", ("http", "example", "org", "a", "b", "c")),
        ("sun* s?n /su.*/ sun~2 sun^9", ("sun", "s", "n", "su", "sun", "2", "sun", "9")),
        ("a\x00b", ("a", "b")),
    ],
)
def test_y11_what_is_no_filter_is_looked_for_as_words(text, words):
    assert asked(text) == Question(words=words)


@pytest.mark.parametrize(
    "text",
    [
        "before:yesterday",
        "before:2026-13-01",
        "before:2026-02-30",
        "after:٢٠٢٦-٠١-٠١",  # noqa: RUF001
        "after:",
        "type:song",
        "has:everything",
        "from:ä",
        "from:x",
        "author:" + "x" * 31,
        "@",
        "@ä",
        "-before:2026-01-01",
        "-has:alt",
        "-from:ada",
        "-@ada",
    ],
)
def test_y11_a_filter_that_makes_no_sense_is_looked_for_as_words(text):
    typed = read(text)
    question = typed.question(KNOWN, most=12)

    assert typed.names == set()
    assert question == Question(words=question.words, without=question.without)


def test_y11_a_filter_taken_for_words_keeps_all_of_them():
    assert asked("sea before:2026-13-01") == Question(words=("sea", "before", "2026", "13", "01"))
    assert asked("-has:alt") == Question(without=(("has", "alt"),))


def test_y11_words_in_quotes_are_a_phrase():
    assert asked('"the long way" home') == Question(
        words=("home",), phrases=(("the", "long", "way"),)
    )
    assert asked("„Der lange Weg“") == asked("“der lange weg”") == asked('"der lange weg"')
    assert asked("«один» ''") == Question(phrases=(("один",),))
    assert asked('"" " "') == Question()


def test_y11_a_minus_leaves_out_words_phrases_and_tags():
    question = asked('-fog -"red boat" -art-deco -#Night -tag:sea \u2212rain well-known')

    assert question == Question(
        words=("well", "known"),
        without=(("fog",), ("red", "boat"), ("art", "deco"), ("rain",)),
        not_tags=("night", "sea"),
    )


# --- Filters -------------------------------------------------------------------------------------


def test_y11_tags_are_folded_to_one_word():
    assert asked("#Golden_Hour tag:Café \uff03夜景 #été TAG:new-york").tags == (
        "goldenhour",
        "cafe",
        "夜景",
        "ete",
        "newyork",
    )


def test_y11_people_are_named_in_three_ways():
    typed = read("@Ada from:Lighthouse.Keeper, author:@bob FROM:me")

    assert typed.senders == {"lighthouse.keeper", "bob", "me"}
    assert typed.names == {"ada", "lighthouse.keeper", "bob", "me"}
    assert typed.question(KNOWN, most=12) == Question(authors=(1,))


def test_y11_an_unknown_name_after_an_at_is_a_word_like_any_other():
    assert asked("sea @No.body @ada") == Question(words=("sea", "no", "body"), authors=(1,))
    assert asked("@ada") == Question(authors=(1,))


def test_y11_days_are_from_their_beginning_and_until_it_in_utc():
    """`after:` holds its day, `before:` does not: the two meet without a gap."""
    question = asked("after:2026-01-31 before:2026-03-01")

    assert (question.since, question.before) == (on(2026, 1, 31), on(2026, 3, 1))


def test_y11_of_several_days_all_have_to_hold():
    days = ("after:2026-01-01", "after:2026-02-01", "before:2026-05-01", "before:2026-04-01")

    for text in (" ".join(days), " ".join(reversed(days))):
        question = asked(text)
        assert (question.since, question.before) == (on(2026, 2, 1), on(2026, 4, 1))
    assert asked("after:0001-01-01 before:9999-12-31").since == on(1, 1, 1)


def test_y11_kinds_and_what_a_post_has():
    typed = read("type:Post TYPE:user has:alt has:ALBUM has:alt.")

    assert typed.kinds == {"post", "user"}
    assert typed.question({}, most=12) == Question(has=("album", "alt"))


def test_a_filter_says_what_is_wanted_and_signs_alone_do_not():
    for text, nothing in (("type:post", False), ("from:ada", False), ("?!", True), ("x", False)):
        typed = read(text)
        assert typed.asks_nothing(typed.question({}, most=12)) is nothing


# --- Bounds --------------------------------------------------------------------------------------


def size(question):
    return (
        len(question.words)
        + sum(map(len, question.phrases))
        + sum(map(len, question.without))
        + len(question.tags)
        + len(question.not_tags)
    )


def test_a_question_has_at_most_so_many_words():
    text = 'a b c "d e f" -g #h -#i ' + " ".join(string.ascii_lowercase)

    assert asked(text, most=4) == Question(words=("a", "b", "c"), phrases=(("d",),))
    assert asked(text).words == ("a", "b", "c", "a", "b", "c")
    assert size(asked(text)) == 12


def test_what_is_left_out_for_want_of_room_never_leaves_out_more():
    """Half of `-"red boat"` would hide every post with something red."""
    assert asked('a -"red boat"', most=2) == Question(words=("a",))


HOSTILE = {
    "brackets": "(" * 10_000,
    "brackets of all kinds": "([{<" * 2_500,
    "quotes": '"' * 10_001,
    "minuses and quotes": '-"' * 5_001,
    "quotes apart": '" ' * 5_001,
    "stars": "*?~^" * 2_500,
    "colons": "tag:" * 2_500,
    "filters": "before:2026-01-01 " * 600,
    "names": "@ada " * 2_000,
    "hashes": "#" * 10_000,
    "one word": "x" * 10_000,
    "words": "ab " * 3_500,
    "marks": "a" + "\u0301" * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 1_000,
    "right to left": "\u202eאבג \u200f" * 1_500,
    "characters": "夜" * 10_000,
    "nothing": "\x00" * 10_000,
    "surrogates": "\ud800" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_d8_hostile_text_is_a_question_of_bounded_size(text):
    question = asked(text)

    assert size(question) <= 12
    assert all(len(word) <= 64 for word in question.words)
