"""The gold set: a collection of 3,000 posts, and 40 questions with what should come first.

Everything is made from one seed. The posts that are looked for are written by hand; the others
are sentences of the same subjects, so that every question has hundreds of posts that nearly fit.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from media.models import Media
from posts.models import Post, PostMedia
from users.models import Follow, User

SIZE = 3_000  # posts
TOP = 10  # places that count for recall


@dataclass(frozen=True)
class Wanted:
    """A post that is looked for, under a name of its own."""

    slug: str
    author: str
    caption: str
    tags: tuple[str, ...] = ()
    alt: str = ""
    age: int = 100  # days
    likes: int = 0
    pictures: int = 1
    visibility: str = "public"


@dataclass(frozen=True)
class Asked:
    """A question of `fred`: posts by slug, `@people` and `#tags` that a person would want to see.

    Any of `best` belongs at the top; `also` belongs among the first `TOP`.
    """

    query: str
    best: tuple[str, ...]
    also: tuple[str, ...] = ()


PEOPLE = {
    "fred": "Fred Holm",  # asks all of it, and follows `mina`
    "mina": "Mina Sørensen",
    "jose": "José Álvarez",
    "margaret": "Margaret Whitlow",
    "lighthouse.keeper": "Eilidh MacLeod",
    "kenji": "健二 高橋",
    "olga_v": "Ольга Воронова",
    "nikos": "Νίκος Παπαδάκης",
    "club-photo": "Photoclub Sankt Gallen",
    "zoe": "Zoë Quirk",
    "sunsetsam": "Sam Okafor",
    "harbourmaster": "Pieter de Vries",
}

POSTS = (
    Wanted("golden-whole", "zoe", "Golden hour", ("light",)),
    Wanted("golden-part", "jose", "We waited all golden hour for the fog to lift", ("fog",)),
    Wanted("sunset-harbour", "harbourmaster", "Sunset over the old harbour, first frost", ("sea",)),
    Wanted("cafe", "jose", "Café crème at the corner of Rue Mouffetard", ("paris", "café")),
    Wanted("naive", "zoe", "A naïve façade, painted by schoolchildren"),
    Wanted("smorrebrod", "mina", "Smørrebrød for forty at the rowing club"),
    Wanted("strasse", "club-photo", "Nasse Straße nach dem Gewitter", ("regen",)),
    Wanted("lodz", "margaret", "Trams of Łódź in the snow", ("tram", "winter")),
    Wanted("moscow", "olga_v", "Утренняя Москва с крыши", ("город",)),  # noqa: RUF001
    Wanted("yolka", "olga_v", "Ёлка во дворе", ("зима",)),
    Wanted("athens", "nikos", "Η Αθήνα από ψηλά", ("ελλάδα",)),  # noqa: RUF001
    Wanted("tokyo", "kenji", "東京タワーの夜景", ("夜景",)),
    Wanted("kyoto", "kenji", "雨の京都を歩く", ("京都",)),
    Wanted("ramen", "kenji", "ラーメン横丁の湯気", ("food",)),
    Wanted("seoul", "zoe", "서울의 밤거리를 걷다", ("서울",)),
    Wanted("arabic", "jose", "غُروبُ الشَّمسِ فوق البحر", ("بحر",)),
    Wanted("hebrew", "zoe", "שָׁלוֹם מירושלים", ("ירושלים",)),
    Wanted("hindi", "margaret", "सुबह की चाय और अख़बार", ("चाय",)),
    Wanted("thai", "mina", "ตลาดน้ำยามเช้า", ("ตลาด",)),
    Wanted("emoji", "zoe", "First swim of the year 🏊‍♀️🌊 brrr"),
    Wanted("dont", "margaret", "Don't look back: the last train", ("train",)),
    Wanted("deco", "club-photo", "Art-deco stairwell, seven floors", ("architecture",)),
    Wanted("alt-heron", "zoe", "Patience.", (), "A grey heron stands in shallow water at dawn"),
    Wanted("alt-bagpipe", "lighthouse.keeper", "Saturday", (), "A bagpiper under a red umbrella"),
    Wanted("keeper", "lighthouse.keeper", "Storm lantern, relit after nine years", ("storm",)),
    Wanted("bridge", "harbourmaster", "Suspension bridge disappearing into cloud", ("bridge",)),
    Wanted("photographers", "club-photo", "Seven photographers, one very small pier"),
    Wanted("kingfisher", "mina", "Kingfisher with a stickleback", ("bird", "wildlife")),
    Wanted("kingfisher-old", "jose", "Kingfisher with a stickleback", ("bird",), age=900),
    Wanted("regatta-liked", "mina", "Regatta morning", ("rowing",), age=60, likes=80),
    Wanted("regatta-ignored", "jose", "Regatta morning", ("rowing",), age=60),
    Wanted("regatta-fresh", "zoe", "Regatta morning", ("rowing",), age=1),
    Wanted("lantern-followed", "mina", "Paper lanterns on the canal tonight", ("canal",)),
    Wanted("lantern-other", "jose", "Paper lanterns on the canal tonight", ("canal",), age=99),
    Wanted("phrase", "margaret", "The long way home through wet barley"),
    Wanted("not-phrase", "margaret", "Home at last, a long road, the way through barley"),
    Wanted("album", "club-photo", "Carnival masks of Basel", ("carnival",), pictures=3),
    Wanted("single", "club-photo", "Carnival masks, sold out", ("carnival",)),
    Wanted("dated", "nikos", "Olive harvest with my grandmother", ("olives",), age=400),
    Wanted("dated-new", "nikos", "Olive harvest, the nets are out", ("olives",), age=20),
    Wanted("without", "zoe", "Foxglove and hoverflies in the quarry", ("bees",)),
    Wanted("with", "zoe", "Foxglove, hoverflies, butterflies in the quarry", ("bees",)),
    Wanted("longexposure", "margaret", "Eight minutes of tide", ("longexposure", "sea")),
    Wanted("milkyway", "kenji", "Milky Way above the observatory", ("astrophotography",)),
    Wanted("wedding-hidden", "jose", "Peregrine wedding rehearsal", (), visibility="followers"),
    Wanted("wedding", "margaret", "Peregrine family wedding", ("wedding",), age=700),
    Wanted("sunflower", "mina", "Sunflowers turning their backs on us"),
    Wanted("workshop", "club-photo", "Darkroom workshop for beginners", ("darkroom", "analog")),
)

ASKED = (
    # Whole captions and parts, in any order of words, in any case.
    Asked("golden hour", ("golden-whole",), ("golden-part",)),
    Asked("sunset harbour first frost", ("sunset-harbour",)),
    Asked("MOUFFETARD café", ("cafe",)),
    Asked("dont look back", ("dont",)),
    # Typos: a letter too few, too many, another, two swapped; two in a long word.
    Asked("sunet harbor first frost", ("sunset-harbour",)),
    Asked("brigde disappearing", ("bridge",)),
    Asked("photograhpers pier", ("photographers",)),
    Asked("kingfihser sticleback", ("kingfisher", "kingfisher-old")),
    Asked("margeret", ("@margaret",)),
    Asked("bagpipper umbrela", ("alt-bagpipe",)),
    # Accents and letters of their own.
    Asked("cafe creme", ("cafe",)),
    Asked("smorrebrod", ("smorrebrod",)),
    Asked("nasse strasse", ("strasse",)),
    Asked("lodz trams", ("lodz",)),
    # Any script.
    Asked("москва", ("moscow",)),
    Asked("елка", ("yolka",)),
    Asked("αθηνα", ("athens",)),
    Asked("東京", ("tokyo",)),
    Asked("京都", ("#京都", "kyoto"), ("#京都", "kyoto")),
    Asked("서울의 밤거리", ("seoul",)),
    Asked("غروب الشمس", ("arabic",)),
    Asked("שלום", ("hebrew",)),
    Asked("चाय अख़बार", ("hindi",)),
    Asked("ตลาดน้ำ", ("thai",)),
    Asked("🌊", ("emoji",)),
    # What a picture shows, who made it, what it is tagged with.
    Asked("grey heron shallow", ("alt-heron",)),
    Asked("eilidh lantern", ("keeper",)),
    Asked("jose", ("@jose",)),
    Asked("sunset sam", ("@sunsetsam",)),
    Asked("#longexposure", ("#longexposure", "longexposure"), ("#longexposure", "longexposure")),
    Asked("astrophot", ("#astrophotography", "milkyway"), ("#astrophotography", "milkyway")),
    # Fresh, liked and by people one follows first.
    Asked("kingfisher stickleback", ("kingfisher",), ("kingfisher-old",)),
    Asked("regatta morning", ("regatta-liked",), ("regatta-fresh", "regatta-ignored")),
    Asked("paper lanterns canal", ("lantern-followed",), ("lantern-other",)),
    # Filters.
    Asked('"the long way home"', ("phrase",)),
    Asked("carnival masks has:album", ("album",)),
    Asked("olive harvest before:{half_a_year_ago}", ("dated",)),
    Asked("from:nikos after:{half_a_year_ago}", ("dated-new",)),
    Asked("foxglove hoverflies -butterflies", ("without",)),
    Asked("peregrine wedding", ("wedding",)),
)

_SUBJECTS = """
sunset sunrise harbour lighthouse bridge canal tram train street market carnival regatta
wedding orchard quarry barley olive foxglove heron swan dog cat horse bees lantern umbrella
snow frost fog storm rain cloud tide pier boat mountain glacier forest river stairwell
facade workshop darkroom portrait selfie breakfast coffee bread garden bicycle tower
"""
_HOW = """
old small quiet golden blue grey wet frozen early late long lost first last empty crowded
painted broken hidden favourite foggy sunny noisy red green white
"""
_WHERE = """
by the sea; at dawn; in the rain; after work; near the station; under the bridge; from the
roof; behind the church; on the way home; before the storm; with friends; at the harbour; in
the old town; along the canal; through the window
"""
_FORMS = (
    "{how} {what} {where}",
    "The {how} {what}",
    "{what} and {other}, {where}",
    "Another {what} {where}. The {other} came later.",
    "My {how} {what}; {other} not pictured",
)


def fill() -> dict[str, str]:
    """Write the collection as rows; the names of what is looked for: `{"post 12": "cafe"}`."""
    dice = random.Random(40)  # noqa: S311 (the same collection every time)
    people = _people()
    strangers = list(people.values())[len(PEOPLE) :]
    now = timezone.now()
    wanted = [_row(people[each.author], each, now) for each in POSTS]
    others = [_row(dice.choice(strangers), each, now) for each in _others(dice)]
    made = Post.objects.bulk_create([*wanted, *others])
    _hang(made, [*(each.alt for each in POSTS), *[""] * len(others)], POSTS)
    Follow.objects.create(owner=people["fred"], target=people["mina"])
    names = {f"post {post.pk}": each.slug for post, each in zip(made, POSTS, strict=False)}
    return names | {f"user {user.pk}": f"@{name}" for name, user in people.items()}


def measure(asked: Asked, found: list[str]) -> tuple[float, float]:
    """Reciprocal rank of the first of `best` (0 without), and the share of all that is wanted
    that stands among the first `TOP`; of `found`, the names of the results in their order."""
    places = [place for place, name in enumerate(found, 1) if name in asked.best]
    wanted = set(asked.best) | set(asked.also)
    recall = len(wanted & set(found[:TOP])) / len(wanted)
    return (1 / places[0] if places else 0.0), recall


def text_of(asked: Asked) -> str:
    day = timezone.now() - timedelta(days=183)
    return asked.query.format(half_a_year_ago=f"{day:%Y-%m-%d}")


def _people() -> dict[str, User]:
    rows = dict(PEOPLE) | {f"member{number}": f"Member {number}" for number in range(60)}
    made = User.objects.bulk_create(
        User(username=username, email=f"{username}@example.org", name=name)
        for username, name in rows.items()
    )
    return {user.username: user for user in made}


def _others(dice: random.Random) -> Iterator[Wanted]:
    """Sentences of the same subjects, tagged with them."""
    places = " ".join(_WHERE.split()).split("; ")
    for number in range(SIZE - len(POSTS)):
        what, other = dice.sample(_SUBJECTS.split(), 2)
        parts = {"how": dice.choice(_HOW.split()), "where": dice.choice(places)}
        caption = dice.choice(_FORMS).format(what=what, other=other, **parts)
        yield Wanted(
            slug=f"other {number}",
            author="",
            caption=caption[0].upper() + caption[1:],
            tags=(what,) if dice.random() < 0.5 else (),
            age=dice.randrange(1, 1_000),
            likes=int(dice.paretovariate(1)) - 1,
        )


def _row(author: User, wanted: Wanted, now: Any) -> Post:
    moment = now - timedelta(days=wanted.age)
    return Post(
        author=author,
        caption=wanted.caption,
        tags=list(wanted.tags),
        state="published",
        visibility=wanted.visibility,
        created_at=moment,
        published_at=moment,
        likes_count=wanted.likes,
        reactions_count=wanted.likes,
    )


def _hang(posts: list[Post], texts: list[str], wanted: tuple[Wanted, ...]) -> None:
    """Give every post its pictures."""
    counts = [each.pictures for each in wanted] + [1] * (len(posts) - len(wanted))
    places = [
        (post, position, text)
        for post, text, count in zip(posts, texts, counts, strict=True)
        for position in range(count)
    ]
    media = Media.objects.bulk_create(
        Media(
            owner=post.author,
            state="ready",
            alt_text=text,
            original="o",
            mime="image/jpeg",
            size=1,
            width=640,
            height=480,
            renditions={"320": "a/b.jpg"},
        )
        for post, _, text in places
    )
    PostMedia.objects.bulk_create(
        PostMedia(post=post, media=picture, position=position)
        for (post, position, _), picture in zip(places, media, strict=True)
    )


def name_of(result: dict[str, Any], names: dict[str, str]) -> str:
    """What a result of `GET /search/query` is called here; "" when it is none of those."""
    kind = result["type"]
    if kind == "tag":
        return f"#{result['tag']['name']}"
    return names.get(f"{kind} {result[kind]['id']}", "")
