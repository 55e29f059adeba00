"""The order of results, by hand (Y11): every number here can be worked out on paper."""

from datetime import date, timedelta

from search.questions import EXACT, FUZZY, IN_ORDER, NAMES, PREFIX, TEXT, TITLE, WHOLE
from search.ranking import FOLLOWED, FRESH, LIKED, Candidate, popularity, rank, score, suggest

TODAY = date(2026, 7, 1)


def post(number=1, words=EXACT, *, age=10_000, **known):
    """A post so old that its freshness is nothing, by a stranger and without likes."""
    day = TODAY - timedelta(days=age)
    return Candidate(kind="post", key=str(number), id=number, words=words, day=day, **known)


def person(name, words=PREFIX, **known):
    return Candidate(kind="user", key=name, words=words, name=name, **known)


def tag(name, words=PREFIX):
    return Candidate(kind="tag", key=name, words=words, name=name)


def order(*candidates):
    return [ranked.candidate.key for ranked in rank(candidates, TODAY)]


def test_y11_without_any_bonus_the_score_is_that_of_the_words():
    assert score(post(words=9.0), TODAY) == 9.0
    assert score(tag("sea", 13.0), TODAY) == 13.0


def test_y11_the_bonuses_are_added_and_multiply_the_words():
    assert score(post(words=10.0, is_followed=True), TODAY) == 14.5
    assert score(post(words=10.0, age=0), TODAY) == 11.5
    assert score(post(words=10.0, likes=1_000), TODAY) == 11.5
    assert score(post(words=10.0, is_followed=True, age=0, likes=5_000), TODAY) == 17.5


def test_y11_freshness_halves_every_thirty_days():
    assert [score(post(words=100.0, age=age), TODAY) for age in (0, 30, 60, 90)] == [
        115.0,
        107.5,
        103.75,
        101.875,
    ]


def test_a_post_of_tomorrow_is_as_fresh_as_one_of_today():
    """Clocks differ between servers."""
    assert score(post(age=-1), TODAY) == score(post(age=0), TODAY)


def test_y11_the_first_likes_tell_most():
    shares = [popularity(likes) for likes in (0, 1, 10, 100, 1_000, 1_000_000)]

    assert [round(share, 2) for share in shares] == [0.0, 0.1, 0.35, 0.67, 1.0, 1.0]
    assert popularity(-1) == 0.0


BEST = {"is_followed": True, "age": 0, "likes": 10**9}


def test_y11_exact_is_before_prefix_before_misspelled_whatever_else_holds():
    """The worst place of one kind of match, bare, against the best place of the next, with all."""
    worst = min(TITLE, TEXT, NAMES)

    assert round(FOLLOWED + FRESH + LIKED, 9) == 0.75
    assert order(post(1, EXACT * worst), post(2, PREFIX, **BEST)) == ["1", "2"]
    assert order(post(1, PREFIX * worst), post(2, FUZZY, **BEST)) == ["1", "2"]


def test_y11_a_whole_caption_is_before_a_part_of_one():
    assert order(post(1, EXACT + IN_ORDER), post(2, EXACT + WHOLE), post(3, EXACT)) == [
        "2",
        "1",
        "3",
    ]


def test_y11_followed_before_fresh_before_old_and_liked_before_ignored():
    assert order(
        post(1, age=900), post(2, age=1), post(3, age=60, is_followed=True), post(4, age=900)
    ) == ["3", "2", "4", "1"]
    assert order(post(1, age=60), post(2, age=60, likes=80)) == ["2", "1"]


def test_y11_a_person_asked_for_by_name_is_before_their_posts():
    """`@ada` has no words: all that is hers has one score."""
    ada = Candidate(kind="user", key="ada", words=EXACT, is_named=True)

    assert order(post(1, age=0, likes=9_999), ada) == ["ada", "1"]
    followed = Candidate(kind="user", key="ada", words=EXACT, is_named=True, is_followed=True)
    assert order(post(1, **BEST), followed) == ["ada", "1"]


def test_of_one_score_people_come_first_then_tags_then_the_newest_posts():
    assert order(
        post(1, 13.0, age=9_001),
        post(3, 13.0, age=9_000),
        post(2, 13.0, age=9_000),
        tag("t", 13.0),
        person("p", 13.0),
    ) == ["p", "t", "3", "2", "1"]


def test_the_order_does_not_depend_on_the_order_of_the_hits():
    found = [post(n, words=9.0, age=n % 3) for n in range(1, 30)]

    assert order(*found) == order(*reversed(found))


def test_scores_change_by_the_day_so_that_pages_fit_together():
    """Two requests of one day give the same score to the last digit."""
    assert score(post(age=5), TODAY) == score(post(age=5), TODAY)
    assert score(post(age=5), TODAY) > score(post(age=5), TODAY + timedelta(days=1))


# --- Suggestions ---------------------------------------------------------------------------------


def names(*args):
    return [found.name for found in suggest(*args)]


def test_y11_people_one_follows_are_suggested_first_then_people_and_tags_in_turn():
    people = [person("sam"), person("sue", is_followed=True), person("sol"), person("sid")]

    assert names(people, [tag("sea"), tag("salt")]) == ["sue", "sam", "salt", "sid", "sea", "sol"]


def test_y11_what_is_typed_whole_is_suggested_before_what_begins_like_it():
    assert names([person("sunny"), person("sun", EXACT + WHOLE)], []) == ["sun", "sunny"]
    assert names([], [tag("seal"), tag("sea", EXACT + WHOLE), tag("seahorse")]) == [
        "sea",
        "seahorse",
        "seal",
    ]


def test_y11_people_with_more_followers_are_suggested_before_others():
    assert names([person("sam"), person("sue", likes=50), person("sol", likes=3)], []) == [
        "sue",
        "sol",
        "sam",
    ]


def test_nothing_is_suggested_of_nothing():
    assert names([], []) == []
