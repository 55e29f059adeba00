"""Finding people by a name that may be incomplete or misspelt, with PostgreSQL alone.

First whose name begins so, then whose name contains it, then whose name is nearly that: one
letter other, more or less, two less, or two that changed places. Such names are made up and
looked up in the index of names, so that they cost the same however many people there are.
"""

from collections.abc import Iterator
from string import ascii_lowercase, digits

from django.db.models import Case, Value, When
from django.db.models.functions import Lower

from users.models import User

MOST = 20  # names in an answer
_SEPARATORS = "_.-"
_LETTERS = ascii_lowercase + digits + _SEPARATORS
_LONGEST = 32  # no name is nearly a longer one


def usernames(candidate: str, viewer: User) -> list[str]:
    """Up to `MOST` usernames of people whom `viewer` may see, the likeliest first.

    Two statements at most; every character of `candidate` stands for itself.
    """
    wanted = candidate.lower()
    people = User.objects.visible_to(viewer).alias(lowered=Lower("username"))
    likeness = Case(
        When(lowered=wanted, then=Value(0)),
        When(lowered__startswith=wanted, then=Value(1)),
        default=Value(2),
    )
    ranked = people.filter(lowered__contains=wanted).order_by(likeness, "lowered")
    found = list(ranked.values_list("username", flat=True)[:MOST])
    if len(found) < MOST and len(wanted) <= _LONGEST and set(wanted) <= set(_LETTERS):
        near = people.filter(lowered__in=sorted(set(_nearly(wanted)))).order_by("lowered")
        known = {name.lower() for name in found}
        names = near.values_list("username", flat=True)[: 2 * MOST]
        found += [name for name in names if name.lower() not in known]
    return found[:MOST]


def _nearly(word: str) -> Iterator[str]:
    """What `word` may have been meant to be: about 80 words for each of its letters.

    Instead of one of `_.-` another one may have been meant, and no letter: `_` is no placeholder.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for left, right in cuts:
        yield from (left + letter + right for letter in _LETTERS)
        others = _SEPARATORS if right[:1] in _SEPARATORS else _LETTERS
        yield from (left + letter + right[1:] for letter in others)
        yield left + right[1:2] + right[:1] + right[2:]
    shorter = {left + right[1:] for left, right in cuts}
    yield from shorter
    yield from (each[:at] + each[at + 1 :] for each in shorter for at in range(len(each)))
