"""The scores by hand (L8): every number here can be worked out on paper, with ln from a table."""

from math import log

import pytest

from recommendations import scoring
from recommendations.scoring import (
    FOLLOWED,
    FRIENDS,
    OWN,
    SITE,
    Parts,
    Weights,
    decay,
    heat,
    interest,
    person_for,
    popular_person,
    post_for,
    tag_for,
    trending_post,
    trending_tag,
)

# Half after a day; a new post's chance half after six hours. Everything else as it is delivered.
W = Weights(
    half_life=24,
    fresh_half_life=6,
    fresh=1,
    reaction=1,
    comment=2,
    popular=0.25,
    engaged=3,
    friends=2,
    own=1.5,
    site=0.5,
)


def test_l8_what_is_old_counts_half_and_half_again():
    assert [decay(age, 24) for age in (0, 24, 48, 72)] == [1, 0.5, 0.25, 0.125]


def test_what_is_of_tomorrow_counts_as_what_is_of_now():
    """Clocks differ between servers."""
    assert decay(-5, 24) == 1


def test_what_is_very_old_never_gets_less_than_postgresql_can_count():
    assert decay(10**9, 0.001) == 0.5**100 > 0


def test_l8_the_heat_of_a_post_is_its_reactions_and_its_comments_twice_each_as_far_as_new():
    # Two reactions of now and one of yesterday, and a comment of the day before: 1 + 1 + 0.5, 2/4.
    assert heat(reactions=[0, 0, 24], comments=[48], w=W) == 3.0


def test_l8_a_new_post_without_reactions_stands_beside_one_with_two():
    bare = trending_post(0, 0, W)
    assert bare == 1  # ln 1 = 0, and the chance of a new post

    assert trending_post(1, 24 * 7, W) < bare  # ln 2 = 0.69
    assert trending_post(2, 24 * 7, W) == pytest.approx(log(3), abs=1e-6)  # 1.10
    assert trending_post(2, 24 * 7, W) > bare


def test_l8_the_chance_is_gone_after_a_day_or_two():
    assert [trending_post(0, age, W) for age in (0, 6, 12, 24)] == [1, 0.5, 0.25, 0.0625]


def test_l8_a_thousandth_reaction_tells_less_than_the_tenth():
    tenth = trending_post(10, 0, W) - trending_post(9, 0, W)
    thousandth = trending_post(1000, 0, W) - trending_post(999, 0, W)

    assert tenth > 50 * thousandth


def test_l8_a_person_is_as_good_as_their_posts_and_somewhat_as_their_followers():
    assert popular_person([], 0, W) == 0
    assert popular_person([1, 2], 0, W) == log(4)
    assert popular_person([1, 2], 7, W) == log(4) + 0.25 * log(8)


def test_l8_a_tag_trends_by_the_number_of_its_authors():
    # One author, however often: ages are each author's latest.
    assert trending_tag([0], W) == log(2)
    assert trending_tag([0, 0, 24], W) == log(3.5)


# --- For somebody --------------------------------------------------------------------------------


def test_l8_a_followed_tag_is_an_interest_and_others_become_one_with_each_reaction():
    assert interest(True, 0, W) == 1
    assert [interest(False, n, W) for n in (0, 1, 3, 9)] == [0, 0.25, 0.5, 0.75]


def test_l8_a_post_scores_by_friends_by_tags_and_by_the_site():
    parts = post_for(friends=[0, 24], interest=0.5, age=24, site=1, w=W)

    assert parts.friends == 2 * log(2.5)  # ln (1 + 1 + 1/2)
    assert parts.own == 0.375  # 1.5 x 1/2 interest x 1/2 for a day
    assert parts.site == 0.5
    assert parts.score == 2 * log(2.5) + 0.875
    assert parts.reason == FRIENDS


def test_l8_a_person_scores_by_how_many_friends_follow_them():
    assert person_for(followed_by=1, w=W).score == 2 * log(2)
    assert person_for(followed_by=3, w=W).score == 2 * log(4)
    liked = person_for(followed_by=1, reacted=[0, 0, 0], site=2, w=W)
    assert (liked.friends, liked.own, liked.site) == (2 * log(2), 1.5 * log(4), 1.0)
    assert liked.reason == OWN  # 2.08 before 1.39


def test_l8_a_tag_scores_by_how_many_friends_use_it():
    parts = tag_for(friends=[0, 0], interest=0.25, site=log(2), w=W)

    assert (parts.own, parts.site) == (0.375, 0.5 * log(2))
    assert parts.friends == pytest.approx(2 * log(3))


def test_l8_a_friends_reaction_is_before_a_followed_tag_before_what_trends():
    friend = post_for(friends=[0], age=0, w=W).score  # 2 x 0.69
    tag = post_for(interest=1, age=12, w=W).score  # 1.5 x 0.71
    trend = post_for(age=0, site=1, w=W).score  # 0.5 x 1

    assert friend > tag > trend
    assert (round(friend, 2), round(tag, 2), trend) == (1.39, 1.06, 0.5)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (Parts(2, 1, 1), FRIENDS),
        (Parts(1, 2, 1), OWN),
        (Parts(1, 2, 1, is_followed=True), FOLLOWED),
        (Parts(1, 1, 2), SITE),
        (Parts(1, 1, 1, is_followed=True), FRIENDS),  # of equal ones the first
        (Parts(0, 1, 1), OWN),
        (Parts(0, 0, 0, is_followed=True), SITE),
    ],
)
def test_l8_the_largest_part_is_the_reason(parts, reason):
    assert parts.reason == reason


def test_the_parameters_are_those_of_the_settings(settings):
    settings.EXPLORE_WEIGHTS = {**settings.EXPLORE_WEIGHTS, "half_life": 7.5, "site": 9.0}

    assert (scoring.weights().half_life, scoring.weights().site) == (7.5, 9.0)
