"""Who follows, posts, likes and says what. Drawn by lot, and the same lots at every run.

Whatever is planned for somebody depends on their number or the post's alone, so that a later
run with more people or posts adds to what is there.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from config.demo import words

DAYS = 28  # over which the posts are spread
PRIVATE_EVERY = 9  # the ninth, the eighteenth … person has a private account


@dataclass(frozen=True)
class Person:
    number: int
    username: str
    name: str
    bio: str
    is_private: bool

    @property
    def email(self) -> str:
        """In a domain that belongs to nobody (RFC 2606): it also tells whose account it is."""
        return f"{self.username}@demo.invalid"


@dataclass(frozen=True)
class Remark:
    key: str
    author: int
    text: str
    after: timedelta  # the post
    answers: str = ""  # the key of another remark


@dataclass(frozen=True)
class Post:
    number: int
    author: int
    caption: str
    tags: list[str]
    visibility: str
    pictures: list[int]
    age: timedelta
    likers: list[int]
    remarks: list[Remark]

    @property
    def key(self) -> str:
        return f"demo-post-{self.number}"


def _lots(*what: object) -> random.Random:
    return random.Random(" ".join(map(str, what)))  # noqa: S311 (no secret)


def person(number: int) -> Person:
    lots = _lots("person", number)
    first = words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
    last = words.LAST_NAMES[lots.randrange(len(words.LAST_NAMES))]
    round_ = number // len(words.FIRST_NAMES)
    return Person(
        number=number,
        username=f"{first.lower()}{round_ + 1 if round_ else ''}",
        name=f"{first} {last}",
        bio=words.BIOS[number % len(words.BIOS)],
        is_private=number % PRIVATE_EVERY == PRIVATE_EVERY - 1,
    )


def followed(number: int, people: int) -> list[int]:
    """Whom a person follows: the first people are the best known, and follow the most."""
    lots = _lots("follows", number)
    wanted = 14 if number == 0 else lots.randint(3, 10)
    others = {min(int(lots.expovariate(3 / people)), people - 1) for _ in range(3 * wanted)}
    return sorted(others - {number})[:wanted]


def showcase(number: int, *, pictures: int) -> dict[str, int]:
    """Which picture hangs in which of a person's three places; some have hung none."""
    lots = _lots("showcase", number)
    places = [place for place in ("one", "two", "three") if lots.random() < 0.6]
    return {place: lots.randrange(pictures) for place in places}


def hung_before(number: int) -> timedelta:
    """How long ago a person's pictures were hung."""
    return timedelta(days=10) * _lots("hung", number).random()


def post(number: int, *, people: int, pictures: int) -> Post:
    lots = _lots("post", number)
    author = min(int(lots.expovariate(2.5 / people)), people - 1)
    caption, tags = words.CAPTIONS[lots.randrange(len(words.CAPTIONS))]
    count = min(pictures, lots.choices([1, 2, 3, 4], [12, 3, 2, 1])[0])
    age = timedelta(minutes=25) + timedelta(days=DAYS) * lots.random() ** 1.5
    return Post(
        number=number,
        author=author,
        caption=caption,
        tags=tags,
        visibility=lots.choices(["public", "followers", "private"], [16, 3, 1])[0],
        pictures=[(number + each) % pictures for each in range(count)],
        age=age,
        likers=sorted({lots.randrange(people) for _ in range(lots.randint(0, people // 2))}),
        remarks=list(_remarks(lots, number, author, people, age)),
    )


def _remarks(
    lots: random.Random, number: int, author: int, people: int, age: timedelta
) -> Iterator[Remark]:
    """Up to five, and now and then the author's answer; all before now."""
    after = timedelta(0)
    for place in range(lots.choice([0, 0, 1, 1, 2, 3, 5])):
        who = lots.randrange(people)
        after += (age - after) * lots.uniform(0.05, 0.3)
        key = f"demo-remark-{number}-{place}"
        yield Remark(key, who, lots.choice(words.COMMENTS), after)
        if who != author and lots.random() < 0.4:
            after += (age - after) * 0.1
            answer = lots.choice(words.ANSWERS).format(name=person(who).username)
            yield Remark(f"demo-answer-{number}-{place}", author, answer, after, answers=key)
