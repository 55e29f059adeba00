"""How good a post, a tag or a person is for somebody, and why: a sum of three parts.

    score = what people one follows do + what one does oneself + what is good on the site

The largest part is the reason. Each function is one line of arithmetic, that `shelves.py` has
once more as SQL with the same `Weights`; a test compares the two. Ages are in hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p
from typing import Final

from django.conf import settings

HALVINGS: Final = 100  # after which nothing gets less: PostgreSQL refuses numbers next to zero
FRIENDS, FOLLOWED, OWN, SITE = "friends", "followed", "own", "site"  # reasons


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The parameters (docs/settings.md, EXPLORE_*)."""

    half_life: float  # hours after which a reaction, a comment or a tagged post counts half
    fresh_half_life: float  # of a new post's chance
    fresh: float  # that chance
    reaction: float
    comment: float
    popular: float  # of followers
    engaged: float  # reactions to posts with a tag that make it half as good as a followed one
    friends: float
    own: float
    site: float


def weights() -> Weights:
    """The parameters as they are set."""
    names = Weights.__dataclass_fields__
    return Weights(**{name: settings.EXPLORE_WEIGHTS[name] for name in names})


def decay(age: float, half_life: float) -> float:
    """1 for what is new, a half after `half_life`, a quarter after twice that."""
    return float(0.5 ** min(max(0.0, age) / half_life, HALVINGS))


def warmth(ages: Iterable[float], w: Weights) -> float:
    """What several events of those ages add up to."""
    return sum(decay(age, w.half_life) for age in ages)


# --- What is good on the site --------------------------------------------------------------------


def heat(*, reactions: Iterable[float], comments: Iterable[float], w: Weights) -> float:
    """Of a post: of each person a reaction, and their latest comment; never its author's own."""
    return w.reaction * warmth(reactions, w) + w.comment * warmth(comments, w)


def trending_post(heat: float, age: float, w: Weights) -> float:
    """By the logarithm, so that a post which is new and bare stands beside one that is liked."""
    return log1p(heat) + w.fresh * decay(age, w.fresh_half_life)


def popular_person(heats: Iterable[float], followers: int, w: Weights) -> float:
    """Of the heats of their posts, and of how many follow them."""
    return log1p(sum(heats)) + w.popular * log1p(followers)


def trending_tag(ages: Iterable[float], w: Weights) -> float:
    """Of each author's latest post with the tag: nobody makes a tag trend alone."""
    return log1p(warmth(ages, w))


# --- What is good for somebody -------------------------------------------------------------------


@dataclass(frozen=True)
class Parts:
    """Of what a score is made. `is_followed`: a followed tag is behind what is one's own."""

    friends: float
    own: float
    site: float
    is_followed: bool = False

    @property
    def score(self) -> float:
        return self.friends + self.own + self.site

    @property
    def reason(self) -> str:
        """The largest part; of equal ones the first."""
        if 0 < self.friends >= max(self.own, self.site):
            return FRIENDS
        if 0 < self.own >= self.site:
            return FOLLOWED if self.is_followed else OWN
        return SITE


def interest(is_followed: bool, reacted: int, w: Weights) -> float:
    """1 in a tag that one follows; in another, more with each post of it that one reacted to."""
    return 1.0 if is_followed else reacted / (reacted + w.engaged)


def post_for(
    *,
    friends: Iterable[float] = (),
    interest: float = 0.0,
    is_followed: bool = False,
    age: float,
    site: float = 0.0,
    w: Weights,
) -> Parts:
    """`friends`: ages of the reactions of people one follows; `interest`: in its best tag."""
    return Parts(
        friends=w.friends * log1p(warmth(friends, w)),
        own=w.own * interest * decay(age, w.half_life),
        site=w.site * site,
        is_followed=is_followed,
    )


def person_for(
    *, followed_by: int = 0, reacted: Iterable[float] = (), site: float = 0.0, w: Weights
) -> Parts:
    """`followed_by`: of those one follows; `reacted`: ages of one's reactions to their posts."""
    return Parts(
        friends=w.friends * log1p(followed_by),
        own=w.own * log1p(warmth(reacted, w)),
        site=w.site * site,
    )


def tag_for(
    *, friends: Iterable[float] = (), interest: float = 0.0, site: float = 0.0, w: Weights
) -> Parts:
    """`friends`: ages of the latest post with it of each person one follows."""
    return Parts(
        friends=w.friends * log1p(warmth(friends, w)),
        own=w.own * interest,
        site=w.site * site,
    )
