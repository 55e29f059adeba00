"""Both engines answer alike (Y11): scores, words of any script, misspellings.

With test_engines_filters and test_engines_answers, on PostgreSQL and on a real Elasticsearch each
(`shelf`); they fail where there is none.
"""

# ruff: noqa: RUF001

from datetime import timedelta

import pytest

from tests.search.shelves import NOON, keys

pytestmark = pytest.mark.django_db


# --- Scores ------------------------------------------------------------------------------------


def test_exact_before_prefix_before_misspelling_in_every_place(shelf):
    for word, how in (("harbour", "exact"), ("harbourside", "prefix"), ("harbor", "misspelt")):
        shelf.post(f"{how} tag", "view", tags=(word,))
        shelf.post(f"{how} title", f"the {word}", published_at=NOON - timedelta(days=1))
        shelf.post(f"{how} text", "view", text=f"a {word}")
        shelf.post(f"{how} name", "view", names=word)
    shelf.post("nothing", "a view of the sea")

    assert shelf.find("harbour") == [
        ("exact tag", 9.0),
        ("exact title", 9.0),
        ("exact text", 7.65),
        ("exact name", 6.75),
        ("prefix tag", 3.0),
        ("prefix title", 3.0),
        ("prefix text", 2.55),
        ("prefix name", 2.25),
        ("misspelt tag", 1.0),
        ("misspelt title", 1.0),
        ("misspelt text", 0.85),
        ("misspelt name", 0.75),
    ]


def test_the_best_place_and_the_best_meeting_count_and_only_these(shelf):
    shelf.post(
        "all", "harbour harbourside harbor", text="harbour", names="harbour", tags=("harbour",)
    )
    shelf.post("name and prefix", "harbourside", names="harbour")
    shelf.post("text and misspelt", "harbor", text="harbour harbour harbour")

    assert shelf.find("harbour") == [
        ("all", 9.0),
        ("text and misspelt", 7.65),
        ("name and prefix", 6.75),
    ]


def test_the_whole_caption_before_parts_of_one_and_words_in_their_order_before_others(shelf):
    shelf.post("reversed", "hour golden")
    shelf.post("apart", "golden light in the last hour")
    shelf.post("in order in text", "evening", text="a golden hour by the sea")
    shelf.post("in order", "the golden hour")
    shelf.post("whole", "Golden Hour!")

    assert shelf.find("golden hour") == [
        ("whole", 13.0),
        ("in order", 10.5),
        ("in order in text", 9.15),
        ("apart", 9.0),
        ("reversed", 9.0),
    ]


def test_words_are_in_order_only_when_they_are_there_as_they_are_and_in_one_place(shelf):
    shelf.post("misspelt", "golden hur by the sea")
    shelf.post("prefix", "golden hourglass by the sea")
    shelf.post("two places", "golden", text="hour")
    shelf.post("two tags", "sea", tags=("golden", "hour"))
    shelf.post("two names", "sea", names="golden hour")

    assert shelf.find("golden hour") == [
        ("two tags", 9.0),
        ("two places", 8.325),
        ("two names", 6.75),
        ("prefix", 6.0),
        ("misspelt", 5.0),
    ]


def test_a_score_is_the_mean_over_words_and_phrases(shelf):
    shelf.post(
        "1", "boats in the old town", text="harbour at night", names="lisbon", tags=("port",)
    )

    assert shelf.find("boats") == [("1", 9.0)]
    assert shelf.find("boats harbour") == [("1", 8.325)]
    assert shelf.find("boats harbour lisbon") == [("1", 7.8)]
    assert shelf.find("boats harbour lisbon por") == [("1", 6.6)]
    assert shelf.find("boats harbour lisbon por harbuor") == [("1", 5.45)]
    assert shelf.find("boats", phrases=["old town", "at night"]) == [("1", 8.55)]


def test_every_word_must_be_met_somewhere(shelf):
    shelf.post("both", "harbour", text="lisbon")
    shelf.post("one", "harbour")

    assert shelf.find("harbour lisbon") == [("both", 8.325)]
    assert shelf.find("harbour lisbon madrid") == []


def test_the_same_word_twice_asks_for_it_twice_in_a_row_to_be_in_order(shelf):
    shelf.post("once", "new york")
    shelf.post("twice", "new new york")

    assert shelf.find("new new") == [("twice", 10.5), ("once", 9.0)]


def test_twelve_words_are_met_like_one(shelf):
    text = "one two three four five six seven eight nine ten eleven twelve"
    shelf.post("all", text)
    shelf.post("all but one", text.replace("seven ", ""))

    assert shelf.find(text) == [("all", 13.0)]


def test_a_name_is_found_as_a_whole_title_too(shelf):
    shelf.person("7", "nina_k", "Nina Kraft")
    shelf.person("8", "nina")
    shelf.tag("nina")

    assert shelf.find("Nina", kind="user") == [("8", 13.0), ("7", 9.0)]
    assert shelf.find("Nina", kind="tag") == [("nina", 13.0)]
    assert shelf.find("nina kraft", kind="user") == [("7", 9.825)]


# --- Words of any script -----------------------------------------------------------------------

ALIKE = [
    ("Café NAÏVE", "cafe naive"),
    ("cafe", "CAFÉ"),
    ("Straße", "STRASSE"),
    ("smørrebrød", "Smorrebrod"),
    ("İstanbul", "istanbul"),
    ("ΑΘΗΝΑΣ", "Αθήνας"),
    ("Ёлка", "елка"),
    ("Київ", "КИЇВ"),
    ("مُحَمَّد", "محمد"),
    ("أحمد", "احمد"),
    ("שָׁלוֹם", "שלום"),
    ("हिन्दी", "हिन्दी"),
    ("क़लम", "क\u093cलम"),
    ("東京", "東京"),
    ("猫", "猫"),
    ("ｶﾀｶﾅ", "カタカナ"),
    ("が", "か\u3099"),
    ("สวัสดี", "สวัสดี"),
    ("사진 찍기", "사진 찍기"),
    ("사진", "사진"),
    ("❤️", "❤"),
    ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ("🇩🇪", "🇩🇪"),
    ("2026", "٢٠٢٦"),
    ("don't", "DON’T"),
]


@pytest.mark.parametrize(("title", "asked"), ALIKE)
def test_case_accents_and_shapes_of_letters_do_not_matter(shelf, title, asked):
    shelf.post("1", title)
    shelf.post("other", "sea")

    assert shelf.find(asked) == [("1", 13.0)]


@pytest.mark.parametrize(
    ("title", "asked", "score"),
    [
        ("東京タワーの夜景", "タワー", 10.5),
        ("東京タワーの夜景", "夜景", 9.0),
        ("東京タワーの夜景", "京", 3.0),
        ("สวัสดีครับ", "ครับ", 10.5),
        ("사진찍기", "사진", 3.0),
        ("l'été à la mer", "ete", 9.0),
        ("golden_hour", "hour", 9.0),
        ("sun🌅set", "🌅", 9.0),
        ("👍🏽 yes", "👍", 3.0),
        ("हिन्दी किताब", "किताब", 9.0),
        ("می\u200cخواهم بروم", "ميخواهم", 9.0),
    ],
)
def test_parts_of_sentences_of_many_scripts_are_found(shelf, title, asked, score):
    shelf.post("1", title)
    shelf.post("other", "海 sea")

    assert shelf.find(asked) == [("1", score)]


def test_what_makes_another_word_in_its_script_matters(shelf):
    shelf.post("ga", "がく")
    shelf.post("ka", "かく")
    shelf.post("di", "की")
    shelf.post("du", "कू")

    assert shelf.find("がく") == [("ga", 13.0)]
    assert shelf.find("की") == [("di", 13.0)]


# --- Misspellings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        *("sunet", "sunsset", "susnet", "sunzet", "zunset", "unset", "asunset", "sunsey"),
        *("usnset", "sunste"),
    ],
)
def test_one_wrong_letter_anywhere_is_forgiven(shelf, asked):
    shelf.post("1", "the sunset")

    assert shelf.find(asked) == [("1", 1.0)]


@pytest.mark.parametrize("asked", ["snet", "sunzzet", "zzunset", "usnest", "sunsexx", "nsuset"])
def test_two_wrong_letters_are_not_in_a_short_word(shelf, asked):
    shelf.post("1", "the sunset")

    assert shelf.find(asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        *("kingfsher", "kinggfisher", "kignfihser", "xxngfisher", "kingfishxx", "ngfisher"),
        *("aakingfisher", "kingfisheraa", "iknfgisher", "kngfiser"),
    ],
)
def test_two_wrong_letters_are_forgiven_from_eight_on(shelf, asked):
    shelf.post("1", "a kingfisher")

    assert shelf.find(asked) == [("1", 1.0)]


@pytest.mark.parametrize("asked", ["xxxgfisher", "ngfsher", "kignfihsre", "kingfish", "kngfse"])
def test_three_wrong_letters_are_too_many(shelf, asked):
    shelf.post("1", "a kingfisher")

    assert [score for _, score in shelf.find(asked)] == ([3.0] if asked == "kingfish" else [])


def test_letters_that_were_swapped_are_not_touched_again(shelf):
    shelf.post("1", "abcdefabc")

    assert shelf.find("abcdefca") == []  # 2 in the unrestricted distance, 3 in this one


@pytest.mark.parametrize(
    ("title", "asked", "is_found"),
    [
        ("cats", "cast", True),
        ("cat", "cats", True),
        ("cat", "cta", False),
        ("cat", "cut", False),
        ("cart", "cat", False),
        ("coats", "cats", True),
        ("harbour", "harbuors", True),
        ("harbours", "harbuor", False),
        ("harbours", "harbuorz", True),
        ("солнце", "сонце", True),
        ("ηλιοβασίλεμα", "ηλιοβασιλμα", True),
        ("שקיעה", "שקיעא", True),
        ("सूर्यास्त", "सूर्यस्त", True),
        ("😀😀", "😀😁", False),
    ],
)
def test_how_much_is_forgiven_depends_on_the_word_that_was_asked(shelf, title, asked, is_found):
    shelf.post("1", f"x {title}")

    found = shelf.find(asked)

    assert (keys(found) == ["1"]) == is_found


def test_no_letter_is_forgiven_in_a_word_of_more_than_forty(shelf):
    shelf.post("40", "x " + "a" * 39 + "b")
    shelf.post("41", "x " + "c" * 40 + "d")

    assert shelf.find("a" * 38 + "cb") == [("40", 1.0)]
    assert shelf.find("c" * 39 + "ed") == []
    assert shelf.find("c" * 40) == [("41", 3.0)]


def test_the_misspelled_word_of_several_counts_as_one_of_them(shelf):
    shelf.post("1", "sunset over the harbour")

    assert shelf.find("sunest harbour") == [("1", 5.0)]
    assert shelf.find("sunest harbuor") == [("1", 1.0)]
