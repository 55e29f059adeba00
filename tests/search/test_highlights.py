"""What is marked of a result (Y11): its own words, as they are written, and nothing else."""

import pytest

from search import highlights
from search.highlights import GAP, Marker, Shown, is_near, segments
from search.questions import Question


def marked(text, *words, **parts):
    """`text` as marked, with the hits in brackets."""
    marks = Marker(Question(words=words, **parts)).mark(Shown(texts={"caption": text}))
    return plain(marks.get("caption", []))


def plain(found):
    return "".join(f"[{each['text']}]" if each["hit"] else each["text"] for each in found)


def test_y11_a_hit_is_marked_as_it_is_written():
    assert Marker(Question(words=("sunset",))).mark(Shown(texts={"caption": "A súnset."})) == {
        "caption": [
            {"text": "A ", "hit": False},
            {"text": "súnset", "hit": True},
            {"text": ".", "hit": False},
        ]
    }


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Sunset, SUNSET; sunsets", ("sunset",), "[Sunset], [SUNSET]; sunsets"),
        ("two sunsets", ("sunset",), "two [sunsets]"),
        ("two sunset", ("sunet",), "two [sunset]"),
        ("a súnset", ("sunet",), "a [súnset]"),
        ("bread and broad beans", ("bread",), "[bread] and broad beans"),
        ("a dog at dawn", ("a", "dog"), "[a] [dog] at dawn"),
        ("at dawn", ("a",), "[at] dawn"),
        ("cat", ("cut",), ""),
        ("brigde", ("bridge",), "[brigde]"),
        ("don't", ("dont",), "[don't]"),
        ("東京タワーの夜景", ("夜景",), "東京タワーの[夜景]"),
        ("東京タワー", ("東京", "京タ"), "[東京タ]ワー"),
        ("waves 🌊 here", ("🌊",), "waves [🌊] here"),
        ("غُروبُ الشَّمسِ", ("غروب",), "[غُروبُ] الشَّمسِ"),
        ("<b>sunset</b> & more", ("sunset",), "<b>[sunset]</b> & more"),
    ],
)
def test_y11_a_word_marks_its_best_kind_of_match(text, words, expected):
    assert marked(text, *words) == expected


def test_y11_a_phrase_is_marked_where_it_stands_side_by_side():
    text = "home the long road, the long way home"

    assert marked(text, phrases=(("the", "long", "way"),)) == (
        "home the long road, [the] [long] [way] home"
    )


def test_what_is_left_out_by_a_minus_is_not_marked():
    assert marked("sea and sky", "sea", without=(("sky",),)) == "[sea] and sky"


def test_y11_every_field_has_marks_of_its_own():
    shown = Shown(
        texts={"caption": "Nothing", "username": "sea.bird", "name": "Ada Sea"},
        alt_texts=["a hill", "the sea"],
        tags=["sea", "golden-hour"],
    )

    marks = Marker(Question(words=("sea",), tags=("goldenhour",))).mark(shown)

    assert plain(marks.pop("username")) == "[sea].bird"
    assert plain(marks.pop("name")) == "Ada [Sea]"
    assert [plain(each) for each in marks.pop("alt_texts")] == ["", "the [sea]"]
    assert [plain(each) for each in marks.pop("tags")] == ["[sea]", "[golden-hour]"]
    assert marks == {}


def test_a_misspelling_is_marked_only_where_no_field_has_the_word():
    shown = Shown(texts={"caption": "broad", "name": "Bread"})

    assert set(Marker(Question(words=("bread",))).mark(shown)) == {"name"}


def test_a_tag_is_marked_whole_by_any_of_its_words():
    assert Marker(Question(words=("hour",))).mark(Shown(tags=["golden-hour", "sea"])) == {
        "tags": [[{"text": "golden-hour", "hit": True}], []]
    }


# --- Shortened -----------------------------------------------------------------------------------


def test_y11_a_long_text_is_shortened_to_what_is_around_the_hits():
    text = f"{'before ' * 60}here it is {'between ' * 60}and again here {'after ' * 60}"

    assert marked(text, "here") == (
        f"{GAP}{'before ' * 8}[here] it is {'between ' * 5}between{GAP}"
        f"{'between ' * 6}and again [here] {'after ' * 9}after{GAP}"
    )


def test_a_short_text_is_shown_whole():
    text = "x" * 100 + " sea " + "y" * 100

    assert marked(text, "sea") == "x" * 100 + " [sea] " + "y" * 100


def test_a_text_full_of_hits_is_not_shown_whole():
    found = marked("sea " * 500, "sea")

    assert found.count("[sea]") == pytest.approx(highlights.LENGTH / len("sea "), rel=0.3)
    assert found.endswith(GAP)


def test_a_letter_is_not_cut_from_its_marks():
    text = "👩‍👩‍👧‍👦e\u0301" * 60 + "東京" + "👩‍👩‍👧‍👦e\u0301" * 60

    first, *_, last = segments(text, [(text.index("東"), text.index("東") + 2)])

    assert first["text"][: len(GAP)] == GAP
    assert first["text"][len(GAP)] in "👩e"
    assert last["text"].removesuffix(GAP)[-1] in "👦\u0301"


def test_segments_are_the_text_again():
    text = "One sea, two seas, and the sea of seas."

    assert "".join(each["text"] for each in segments(text, [(4, 7), (13, 17)])) == text


# --- Bounds --------------------------------------------------------------------------------------


def test_d8_texts_beyond_what_is_read_are_not_marked():
    words = "ab " * 500
    shown = Shown(texts={"caption": words}, alt_texts=[words] * 10)

    marks = Marker(Question(words=("ab",))).mark(shown)

    assert [bool(each) for each in marks["alt_texts"]] == [True] * 3 + [False] * 7


def test_d8_what_is_compared_on_a_page_is_bounded():
    """A misspelling is marked until so many words have been looked at that it could have been."""
    marker = Marker(Question(words=("photographs",)))
    misspelled = Shown(texts={"caption": "photografs"})
    others = [f"{number:07}rath" for number in range(highlights.COMPARED)]

    assert plain(marker.mark(misspelled)["caption"]) == "[photografs]"
    for at in range(0, len(others), 400):
        assert marker.mark(Shown(texts={"caption": " ".join(others[at : at + 400])})) == {}

    assert plain(marker.mark(misspelled)["caption"]) == "[photografs]"  # it is known already
    assert marker.mark(Shown(texts={"caption": "photogrefs"})) == {}
    assert plain(marker.mark(Shown(texts={"caption": "photographs"}))["caption"]) == "[photographs]"


@pytest.mark.parametrize(
    ("word", "other", "most", "near"),
    [
        ("sunset", "sunet", 1, True),
        ("sunset", "sunsset", 1, True),
        ("sunset", "sunsat", 1, True),
        ("sunset", "sunste", 1, True),
        ("sunset", "usnste", 1, False),
        ("sunset", "usnste", 2, True),
        ("sunset", "snst", 1, False),
        ("sunset", "snst", 2, True),
        ("abc", "", 2, False),
        ("", "", 0, True),
        ("kingfisher", "kingfihser", 2, True),
        ("kingfisher", "kngfihser", 2, True),
        ("kingfisher", "kngfihsr", 2, False),
        ("ca", "abc", 2, False),
    ],
)
def test_how_near_two_words_are(word, other, most, near):
    """`ca` and `abc`: a letter is not touched twice (optimal string alignment)."""
    assert is_near(word, other, most) is near
    assert is_near(other, word, most) is near
