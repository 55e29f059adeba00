"""PostgreSQL as an engine (Y11): limits, vocabulary, time. What it answers is in test_engines."""

import random
from itertools import pairwise, product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from search import postgres
from search.models import Document, Word
from search.postgres.asking import SCORED
from search.postgres.vocabulary import deletions, distance, kept_deletions, near
from search.questions import EngineUnavailable, Question, Reach, wrong_letters
from tests.racing import at_once
from tests.search.shelves import NOON, Shelf, keys

SUNSET = Question(words=("sunset",))


@pytest.fixture
def shelf(db, settings):
    settings.SEARCH_TIMEOUT = 20.0  # a busy machine is no failure
    return Shelf(postgres)


def ask():
    return postgres.find(SUNSET, Reach(), kinds=("post",), limit=10)


def stored(**said):
    """The vector that PostgreSQL has made of it, as (lexeme, positions, weights)."""
    text = postgres.vector(
        **{"kind": "post", "tags": [], "title": "", "text": "", "names": "", **said}
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unnest(%s::tsvector)", [text])
        return {word: (positions, weights) for word, positions, weights in cursor.fetchall()}


# --- Vectors -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_vector_knows_places_and_positions_with_gaps_between():
    found = stored(tags=["sea"], title="old town", text="old sea", names="lisbon")

    assert {word: weights for word, (_, weights) in found.items()} == {
        "sea": ["A", "C"],
        "old": ["B", "C"],
        "town": ["B"],
        "lisbon": ["D"],
    }
    assert found["town"][0][0] == found["old"][0][0] + 1
    everything = sorted(position for positions, _ in found.values() for position in positions)
    assert [later - earlier > 5 for earlier, later in pairwise(everything)] == [
        *(True, False, True, False, True),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["'", "\\", "\\'", "a':1A,b", "a b", ":", "%", "{}", "東京", "🌅"])
def test_any_sign_is_only_a_part_of_a_lexeme(sign):
    assert list(stored(tags=[sign])) == [sign]


@pytest.mark.django_db
def test_a_kind_of_documents_has_words_of_its_own():
    assert list(stored(kind="user", title="nina")) == ["@nina"]
    assert list(stored(kind="tag", title="nina")) == ["#nina"]


@pytest.mark.django_db
def test_more_words_than_positions_are_all_there_and_make_no_phrases():
    words = [f"w{number}" for number in range(12_000)]

    found = stored(tags=words, title=" ".join(words), text=" ".join(words), names=" ".join(words))

    assert len(found) == 12_000
    assert max(max(positions) for positions, _ in found.values()) < 16_383
    assert all(sorted(set(weights)) == ["A", "B", "C", "D"] for _, weights in found.values())
    assert found["w9000"][0][1] == found["w9001"][0][1]


@pytest.mark.django_db
def test_a_word_that_stands_there_a_thousand_times_keeps_its_place_everywhere():
    found = stored(tags=["sea"], title="sea " * 1_000, text="sea " * 1_000, names="sea " * 1_000)

    assert len(found["sea"][0]) <= 255
    assert set(found["sea"][1]) == {"A", "B", "C", "D"}


@pytest.mark.django_db
def test_no_text_is_too_large_for_a_vector():
    words = " ".join("🌅" * 58 + f"{number:06}" for number in range(20_000))

    found = stored(title=words, text=words)

    assert 1_000 < len(found) < 20_000
    assert stored(title="a" * 3_000 + " sea").keys() == {"sea"}


# --- The vocabulary ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_only_what_may_be_misspelled_is_learnt_and_only_once():
    postgres.learn(["sunset", "at", "sea", "a" * 42, "b" * 43, "sunset"])
    postgres.learn({"sunset", "harbour"})

    assert set(Word.objects.values_list("text", flat=True)) == {
        *("sunset", "sea", "a" * 42, "harbour"),
    }
    assert set(Word.objects.get(text="sea").deletions) == {"sea"}
    assert len(Word.objects.get(text="harbour").deletions) == 29


@pytest.mark.django_db
def test_thousands_of_words_are_learnt_in_few_statements():
    with CaptureQueriesContext(connection) as queries:
        postgres.learn(f"word{number}" for number in range(2_500))

    assert len(queries) == 3
    assert Word.objects.count() == 2_500


@pytest.mark.django_db(transaction=True)
def test_the_same_words_are_learnt_by_many_at_once():
    words = [f"word{number}" for number in range(40)]

    def learn(seed):
        def call():
            shuffled = random.Random(seed).sample(words, len(words))  # noqa: S311
            with transaction.atomic():
                postgres.learn(shuffled)

        return call

    at_once(*[learn(seed) for seed in range(20)])

    assert Word.objects.count() == 40


WORDS = st.text(alphabet="abcd", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_the_distance_is_that_of_optimal_string_alignment(one, other):
    expected = plain_distance(one, other)

    for at_most in (0, 1, 2, 3):
        assert distance(one, other, at_most=at_most) == (expected if expected <= at_most else None)


@given(WORDS, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.sampled_from("abx")),
                       max_size=2))  # fmt: skip
def test_every_word_that_may_be_meant_shares_a_deletion_with_the_one_asked(asked, edits):
    word = asked
    for edit, at, letter in edits:
        word = edited(word, edit, at, letter)
    letters = wrong_letters(asked)

    if letters and word and plain_distance(asked, word) <= letters:
        assert deletions(asked, letters) & kept_deletions(word), (asked, word)


def test_short_words_are_found_whichever_letters_are_wrong():
    every = ["".join(letters) for size in (3, 4, 5) for letters in product("ab", repeat=size)]

    for asked, word in product(every, repeat=2):
        if wrong_letters(asked) and plain_distance(asked, word) <= wrong_letters(asked):
            assert deletions(asked, wrong_letters(asked)) & kept_deletions(word), (asked, word)


@pytest.mark.django_db
def test_the_nearest_words_are_meant_first_and_not_more_than_fifty():
    postgres.learn(["kingfisher", "kingfishes", "kingfixher", "kingfixhes"])
    postgres.learn(f"kingfishe{chr(letter)}{chr(other)}" for letter in range(97, 107)
                   for other in range(97, 107))  # fmt: skip

    found = near(["kingfisher", "sea", "at"])

    assert found.keys() == {"kingfisher"}
    assert found["kingfisher"][:2] == ("kingfishes", "kingfixher")
    assert len(found["kingfisher"]) == 50


def edited(word, edit, at, letter):
    at = min(at, len(word))
    match edit:
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + letter + word[at:]
        case 2:
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def plain_distance(one, other):
    """The definition, with a full table."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        table[i, j] = min(
            table[i - 1, j] + 1,
            table[i, j - 1] + 1,
            table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


# --- Asking ------------------------------------------------------------------------------------


def test_the_number_of_statements_depends_on_the_kinds_alone(shelf):
    for number in range(30):
        shelf.post(str(number), "sunset over the harbour")

    def statements(question, kinds):
        with CaptureQueriesContext(connection) as queries:
            postgres.find(question, Reach(), kinds=kinds, limit=50)
        return len(queries)

    long = Question(
        words=("sunset", "over", "harbuor"), phrases=(("the", "harbour"),), has=("alt",)
    )
    assert statements(SUNSET, ("post",)) == statements(long, ("post",))
    assert statements(SUNSET, ("post", "user")) == statements(SUNSET, ("post",)) + 2


def test_with_more_hits_than_are_scored_those_that_are_met_exactly_come_before_newer_ones(shelf):
    shelf.post("exact", "the sunset", published_at=None)
    title = "the sunsets"
    vector = postgres.vector(kind="post", tags=[], title=title, text="", names="")
    newer = [
        Document(kind="post", key=f"{number:04}", title=title, vector=vector, published_at=NOON)
        for number in range(SCORED + 1)
    ]
    Document.objects.bulk_create(newer)

    assert shelf.find("sunset", limit=2) == [("exact", 9.0), ("0000", 3.0)]


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_given_up_and_leaves_nothing_behind(settings):
    settings.SEARCH_TIMEOUT = 0.2

    def limit():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()

    before = limit()
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE search_document IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(EngineUnavailable):
            ask()
        with pytest.raises(EngineUnavailable):
            postgres.complete(("sun",), Reach(), kinds=("user",), limit=10)
        with transaction.atomic():
            with pytest.raises(EngineUnavailable):
                ask()
            assert limit() == before  # and a transaction around it goes on
    finally:
        holder.close()

    settings.SEARCH_TIMEOUT = 20.0
    assert ask().hits == {"post": []}
    assert limit() == before


def test_a_question_inside_of_a_transaction_writes_nothing_and_undoes_nothing(shelf):
    with transaction.atomic():
        shelf.post("1", "sunset")
        assert keys(shelf.find("sunset")) == ["1"]

    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_no_look_up_reads_what_waits_to_be_sorted_into_an_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reloptions FROM pg_class JOIN pg_indexes ON relname = indexname"
            " WHERE tablename LIKE 'search_%' AND indexdef LIKE '% USING gin %'"
        )
        options = [row for (row,) in cursor.fetchall()]

    assert options == [["fastupdate=off"]] * 3


def test_without_any_time_nothing_is_asked(shelf, settings):
    settings.SEARCH_TIMEOUT = 0.0

    with pytest.raises(EngineUnavailable):
        ask()
