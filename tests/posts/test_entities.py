"""Mentions and hashtags in a text (L3): any script, emoji beside them, the edges of words right."""

# ruff: noqa: RUF001 (texts of many scripts)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.entities import entities, hashtags, names_in


def tags(text):
    return [each.value for each in entities(text) if each.kind == "tag"]


def mentions(text):
    return [each.value for each in entities(text) if each.kind == "mention"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#sunset", ["sunset"]),
        ("At the sea #Sunset, again.", ["sunset"]),
        ("(#a) [#b] “#c” #d! #e? #f… #g; #h: #i/", list("abcdefghi")),
        ("#one#two #three", ["one", "two", "three"]),
        ("🌅#sunset🌅 #sea🏊‍♀️", ["sunset", "sea"]),
        ("#️⃣ #1️⃣ 🏳️‍🌈#pride", ["pride"]),
        ("＃東京 #京都の夜 #夜景。", ["東京", "京都の夜", "夜景"]),
        ("#Straße #STRASSE", ["strasse", "strasse"]),
        ("#москва #Ёлка", ["москва", "ёлка"]),
        ("#चाय और #हिन्दी", ["चाय", "हिन्दी"]),
        ("#بحر، #غُروب", ["بحر", "غُروب"]),
        ("#می‌خواهم", ["می‌خواهم"]),
        ("#col·lecció·", ["col·lecció"]),
        ("#서울 #ตลาดน้ำ", ["서울", "ตลาดน้ํา"]),
        ("#2026 #1 #__ # #- #.", []),
        ("#2026goals #no_filter #_x", ["2026goals", "no_filter", "_x"]),
        ("##a a#b &#x27; ###", []),
        ("https://example.org/#top http://x.y/?a=#b www.x.org/#c", []),
        ("see https://example.org/#top #real", ["real"]),
        ("#" + "a" * 101, []),
        ("#" + "a" * 100, ["a" * 100]),
        ("", []),
    ],
)
def test_l3_hashtags(text, found):
    assert tags(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada", ["ada"]),
        ("Thanks, @Ada.L, and @bob!", ["Ada.L", "bob"]),
        ("(@ada) “@bob” —@carol 🌅@dave🌅", ["ada", "bob", "carol", "dave"]),
        ("@ada. @ada... @ada- @ada_ @ada's", ["ada"] * 5),
        ("mail ada@example.org or @@ada", []),
        ("@ada@example.org", []),
        ("@адa @ @. @-ada @adaß", []),
        ("https://example.org/@ada x=@ada &@ada", []),
        ("＠ada #tag@bob", ["ada", "bob"]),
        ("@ada@", []),
    ],
)
def test_l3_mentions(text, found):
    assert mentions(text) == found


def test_offsets_are_code_points_with_the_sign():
    text = "🏊‍♀️ with @ada at #Meer!"

    assert [text[each.start : each.end] for each in entities(text)] == ["@ada", "#Meer"]


def test_each_tag_is_there_once():
    assert hashtags("#a #B #A #b #c") == ["a", "b", "c"]


def test_a_mention_may_mean_a_shorter_name():
    (found,) = entities("@ada.lovelace-2.Thanks")

    assert names_in(found) == ["ada.lovelace-2.Thanks", "ada.lovelace-2", "ada.lovelace", "ada"]
    (long,) = entities("@" + "x" * 31)
    assert names_in(long) == []


@given(st.text(alphabet=st.sampled_from("#@a1_.-/ 🌅‍️é京\u0301&:htps"), max_size=200))
def test_whatever_is_found_begins_with_its_sign_and_overlaps_nothing(text):
    end = 0
    for each in entities(text):
        assert each.start >= end
        assert text[each.start] in "#@"
        assert each.end > each.start + 1
        end = each.end


@pytest.mark.parametrize(
    ("sign", "times", "count"),
    [("#", 100_000, 0), ("@", 100_000, 0), ("@ab.", 25_000, 25_000), ("#a", 50_000, 50_000)],
)
def test_hostile_texts_are_read_through(sign, times, count):
    assert len(entities(sign * times)) == count
