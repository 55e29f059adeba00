"""Words of any script are folded alike in what is indexed and what is asked (Y11)."""

# ruff: noqa: RUF001

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import words as module
from search.words import LONGEST, Token, fold, one_word, tokens, words

LETTERS = (
    "abcxyzABCXYZøØđłæŒßéÉåñüçığİ0189"
    "αβγΣσςάώΩабвёйЙїґҐ"
    "ابتثمحأإآةىيیکُّ٠١٢"
    "אבגשׁלםךָ"
    "कखगिीुक्षा़ंज्ञ"
    "東京都的人ひらがなカタカナーｶﾞ"
    "กขคงสวัดีำเแ"
    "한국어사진"
    "🌅❤👍🏽👩\u200d🇩🇪\ufe0f\u20e3"
)
SEPARATORS = " \t\n.,;:!?-_/\\|()[]{}<>&%$#@*+=~^'\"’\0\u200b\u00ad\u2028"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS + SEPARATORS), max_size=60) | st.text(max_size=60)


def every_character():
    return map(chr, range(sys.maxunicode + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sunset over the HARBOUR!", ["sunset", "over", "the", "harbour"]),
        ("Café, naïve, Zoë, Ångström", ["cafe", "naive", "zoe", "angstrom"]),
        ("Cafe\u0301", ["cafe"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        (
            "Øresund Đorđe Łódź Æther Þór Ħamrun",
            ["oresund", "dorde", "lodz", "aether", "thor", "hamrun"],
        ),
        ("İstanbul ISTANBUL ıspanak", ["istanbul", "istanbul", "ispanak"]),
        ("ﬁne ﬂow Ｆｕｌｌ", ["fine", "flow", "full"]),
        ("ΑΘΗΝΑΣ Αθήνας ὀδυσσεύς", ["αθηνασ", "αθηνασ", "οδυσσευσ"]),
        ("Ёлка ЁЛКА Київ", ["елка", "елка", "киів"]),
        ("مُحَمَّد أحمد محـــمد", ["محمد", "احمد", "محمد"]),
        ("فارسی کتاب", ["فارسي", "كتاب"]),
        ("می\u200cخواهم", ["ميخواهم"]),
        ("שָׁלוֹם שלום", ["שלום", "שלום"]),
        ("हिन्दी क़लम क\u093cलम", ["हिन्दी", "क\u093cलम", "क\u093cलम"]),
        ("사진 찍기", ["사진", "찍기"]),
        ("東京タワー", ["東京", "京タ", "タワ", "ワー"]),
        ("猫", ["猫"]),
        ("がか ｶﾞ か\u3099か", ["がか", "ガ", "がか"]),
        ("สวัสดี", ["สวั", "วัส", "สดี"]),
        ("2026年 ٢٠٢٦ 50mm Ⅷ x²", ["2026", "年", "2026", "50mm", "viii", "x2"]),
        ("golden_hour well-known a.b c/d", ["golden", "hour", "well", "known", "a", "b", "c", "d"]),
        (
            "don't don’t O'Brien rock'n'roll 'quoted'",
            ["dont", "dont", "obrien", "rocknroll", "quoted"],
        ),
        (
            "l'été d’Arc qu'il dell'arte aujourd'hui",
            ["l", "ete", "d", "arc", "qu", "il", "dell", "arte", "aujourdhui"],
        ),
        ("м'ята צה״ל col·laborar", ["мята", "צהל", "collaborar"]),
        (
            "sun🌅set ❤️❤ 👍🏽 👩\u200d👧 🇩🇪🇫🇷",
            ["sun", "🌅", "set", "❤", "❤", "👍🏽", "👩👧", "🇩🇪", "🇫🇷"],
        ),
        ("1️⃣ ½ Yafig™", ["1", "½", "yafig"]),
        ("a\0b soft\u00adhyphen \u202eright\u202c", ["a", "b", "softhyphen", "right"]),
        ("", []),
        (" .,-'\u0301\u200d\ufe0f()&|!:*\\% ", []),
    ],
)
def test_words_of_many_scripts(text, expected):
    assert list(words(text)) == expected
    assert list(words(unicodedata.normalize("NFD", text))) == expected


def test_a_word_says_where_it_stands_in_the_text_as_it_is():
    text = "«Cafe\u0301» l'E\u0301té 東京都 ❤️!"

    found = tokens(text)

    assert found[0] == Token("cafe", 1, 6)
    assert [text[token.start : token.end] for token in found] == [
        *("Cafe\u0301", "l", "E\u0301té", "東京", "京都", "❤️"),
    ]


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)


@given(TEXTS)
def test_every_place_gives_its_word_and_they_come_in_order(text):
    found = tokens(text)

    assert all(one_word(text[start:end]) == word for word, start, end in found)
    assert [token.start for token in found] == sorted({token.start for token in found})
    assert all(0 <= start < end <= len(text) for _, start, end in found)


@given(TEXTS)
def test_a_word_holds_nothing_that_an_engine_could_cut_at(text):
    for word in words(text):
        assert 0 < len(word) <= LONGEST
        assert word == fold(word)
        assert not any(character.isspace() or character in "\0'\\" for character in word)


@given(TEXTS)
def test_case_and_the_form_of_accents_do_not_matter(text):
    plain = text.replace("\u0345", "")  # an accent below whose capital is a letter
    plain = "".join(c for c in plain if "\u0345" not in unicodedata.normalize("NFD", c))

    assert words(plain.swapcase().casefold()) == words(plain)
    assert words(unicodedata.normalize("NFD", text)) == words(text)
    assert words(unicodedata.normalize("NFC", text)) == words(text)


@given(st.text(alphabet="abcdeiouyABCDEIOUY ", max_size=40), st.sampled_from("\u0300\u0301\u0308"))
def test_accents_do_not_matter(text, accent):
    accented = "".join(c + accent if c.isalpha() else c for c in text)

    assert words(accented) == words(text)
    assert words(unicodedata.normalize("NFC", accented)) == words(text)


@given(TEXTS)
def test_a_text_as_one_word_needs_no_separators(text):
    word = one_word(text)

    assert one_word(word) == word
    assert len(word) <= LONGEST
    assert words(word) == words(one_word(f"  {text}_"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#Golden_Hour", "goldenhour"),
        ("don't", "dont"),
        ("l'été", "lete"),
        ("東京タワー", "東京タワー"),
        ("❤️", "❤"),
        ("_-_", ""),
    ],
)
def test_a_tag_is_one_word(text, expected):
    assert one_word(text) == expected


def test_every_character_there_is_folds_to_what_stays():
    for character in every_character():
        folded = fold(character)
        assert fold(folded) == folded, hex(ord(character))
        for word in words(character):
            assert words(word) == (word,), hex(ord(character))


def test_what_is_remembered_of_characters_is_bounded_by_those_that_exist():
    for character in every_character():
        fold(character)
        tokens(character)

    assert len(module._folds) < 300_000
    assert len(module._classes) < 300_000


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301" * 100_000,
        "ก" + "\u0e48\u0e38" * 50_000,  # marks that stay, in the wrong order
        "a" + "\u094d\u093c" * 50_000,
        "が" + "\u3099" * 100_000,
        "\u200d" * 100_000,
        "👩\u200d" * 50_000,
        "a" * 100_000,
        "'" * 100_000,
        "a'" * 50_000,
        "a'\u200d" * 33_000,
        "東" * 100_000,
        "🇩" * 100_000,
    ],
    ids=range(12),
)
def test_hostile_text_takes_no_longer_than_its_length(text):
    begun = time.process_time()
    found = words(text)
    fold(text)
    one_word(text)

    assert time.process_time() - begun < 10  # CPU; it takes 0.2, and what is quadratic minutes
    assert all(len(word) <= LONGEST for word in found)


def test_a_long_word_is_cut():
    assert words("x" * 65) == ("x" * 64,)
    assert words("x" * 64 + "y") == words("x" * 64 + "z")
