"""Reactions of any emoji over HTTP (L4): one a person, replaced without a change of the count."""

import pytest

from posts.models import Post, Reaction
from tests.albums import album, published
from tests.racing import at_once
from users.actions.relationships import block_user
from users.models import User

FAMILY = "👨‍👩‍👧‍👦"
KISS = "👩🏽‍❤️‍💋‍👨🏿"
COUPLE_BARE = "👩‍❤‍👨"  # without U+FE0F, as some keyboards send it
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def react(client, post, emoji):
    return client.post(f"/posts/{post.pk}/reactions/", {"emoji": emoji})


def counts(post):
    return Post.objects.values_list("reactions_count", "likes_count").get(pk=post.pk)


def rows(post):
    return list(Reaction.objects.filter(post=post).values_list("owner__username", "emoji"))


def test_l4_a_second_reaction_replaces_the_first_and_the_count_stays(alice, bob, as_user):
    post = published(alice)

    first = react(as_user(bob), post, "🌅")
    second = react(as_user(bob), post, "👏🏽")
    same = react(as_user(bob), post, "👏🏽")

    assert first.json()["viewer"]["reaction"] == "🌅"
    assert second.json()["viewer"] == {
        "reaction": "👏🏽",
        "liked": False,
        "saved": False,
        "reposted": False,
    }
    assert [each.json()["reactions_count"] for each in (first, second, same)] == [1, 1, 1]
    assert same.json() == second.json()
    assert rows(post) == [("bob", "👏🏽")]


def test_l4_a_like_is_the_heart_however_it_is_spelled(alice, bob, carol, dave, as_user):
    post = published(alice)

    for person, heart in ((bob, "❤"), (carol, "❤️"), (dave, " ❤️ ")):
        assert react(as_user(person), post, heart).json()["viewer"]["liked"] is True

    assert counts(post) == (3, 3)
    as_user(bob).delete(f"/posts/{post.pk}/like/")
    react(as_user(carol), post, "🩵")
    assert counts(post) == (2, 1)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("😀", "😀"),
        (FAMILY, FAMILY),
        (KISS, KISS),
        (COUPLE_BARE, "👩‍❤️‍👨"),
        ("🇨🇭", "🇨🇭"),
        (ENGLAND, ENGLAND),
        ("1️⃣", "1️⃣"),
        ("☺", "☺️"),
    ],
)
def test_l4_any_whole_emoji_in_one_spelling(alice, bob, as_user, sent, kept):
    post = published(alice)

    assert react(as_user(bob), post, sent).json()["viewer"]["reaction"] == kept
    assert rows(post) == [("bob", kept)]


@pytest.mark.parametrize(
    "sent",
    [
        *("a", "1", "#", "", " ", "ok", ":heart:", "❤❤", "😀😀", "😀a", "🏽", "🇨", "\u200d"),
        *("\ufe0f", "👩‍", "‍❤️", "\x00", "😀" * 32, "😀" * 10_000),
        "‍".join(["👩"] * 10),
        *(None, 7, True, ["😀"], {"emoji": "😀"}),
    ],
)
def test_l4_what_is_no_emoji_is_refused_with_the_field(alice, bob, as_user, sent):
    post = published(alice)
    react(as_user(bob), post, "😀")

    answer = react(as_user(bob), post, sent)

    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"emoji"}
    assert rows(post) == [("bob", "😀")]
    assert counts(post) == (1, 0)


def test_d1_taking_a_reaction_back_twice_is_once(alice, bob, as_user, announced):
    post = published(alice)
    react(as_user(bob), post, "😀")
    before = len(announced.events())

    first = as_user(bob).delete(f"/posts/{post.pk}/reactions/")
    second = as_user(bob).delete(f"/posts/{post.pk}/reactions/")

    assert first.json()["viewer"]["reaction"] is None
    assert second.json() == first.json()
    assert counts(post) == (0, 0)
    assert len(announced.events()) == before + 1


def test_l4_who_reacted_the_latest_first_and_by_emoji(alice, bob, carol, dave, as_user, guest):
    post = published(alice)
    for person, emoji in ((bob, "😀"), (carol, "🌅"), (dave, "😀")):
        react(as_user(person), post, emoji)

    everyone = guest.get(f"/posts/{post.pk}/reactions/").json()["results"]
    smiling = guest.get(f"/posts/{post.pk}/reactions/", {"emoji": "😀"}).json()["results"]

    assert [(each["person"]["username"], each["emoji"]) for each in everyone] == [
        ("dave", "😀"),
        ("carol", "🌅"),
        ("bob", "😀"),
    ]
    assert set(everyone[0]) == {"emoji", "person", "created_at"}
    assert [each["person"]["username"] for each in smiling] == ["dave", "bob"]
    assert guest.get(f"/posts/{post.pk}/reactions/", {"emoji": "smile"}).status_code == 400


def test_l4_the_summary_by_emoji_adds_up_to_the_count(alice, bob, carol, dave, as_user, guest):
    post = published(alice)
    for person, emoji in ((alice, "🌅"), (bob, "😀"), (carol, "😀"), (dave, "❤")):
        react(as_user(person), post, emoji)
    User.objects.filter(pk=dave.pk).update(suspended_at="2026-01-01T00:00Z")
    Reaction.objects.filter(owner=dave).update(counted=False)

    summary = guest.get(f"/posts/{post.pk}/reactions/summary/").json()

    assert summary == {"counts": [{"emoji": "😀", "count": 2}, {"emoji": "🌅", "count": 1}]}


def test_d9_the_list_shows_nobody_who_is_hidden_from_the_viewer(alice, bob, carol, dave, as_user):
    post = published(alice)
    for person in (bob, carol, dave):
        react(as_user(person), post, "😀")
    block_user(owner=bob, target=carol)
    User.objects.filter(pk=dave.pk).update(suspended_at="2026-01-01T00:00Z")

    def seen(viewer):
        results = as_user(viewer).get(f"/posts/{post.pk}/reactions/").json()["results"]
        return [each["person"]["username"] for each in results]

    assert seen(bob) == ["bob"]
    assert seen(carol) == ["carol"]
    assert seen(alice) == ["carol", "bob"]


def test_d9_reactions_to_what_may_not_be_seen_are_not_there(alice, bob, as_user, guest):
    post = published(alice, visibility="private")
    missing = as_user(bob).get("/posts/987654321/reactions/")

    for path in ("reactions/", "reactions/summary/"):
        answer = as_user(bob).get(f"/posts/{post.pk}/{path}")
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert react(as_user(bob), post, "😀").status_code == 404
    assert as_user(bob).delete(f"/posts/{post.pk}/reactions/").status_code == 404
    assert react(guest, published(alice), "😀").status_code == 401
    assert not Reaction.objects.exists()


def test_y5_the_blocked_side_reacts_to_nothing(alice, bob, as_user):
    post = published(alice)
    block_user(owner=alice, target=bob)

    assert react(as_user(bob), post, "😀").status_code == 404
    assert counts(post) == (0, 0)


def test_ones_own_post_is_not_reacted_to_before_it_is_published(alice, as_user):
    post = album(alice)

    assert react(as_user(alice), post, "😀").json()["code"] == "not_published"
    assert counts(post) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_l4_forty_people_who_change_their_minds_at_once_are_counted_exactly(
    person, as_user, settings
):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "like": "10000/min"}
    post = published(person("author"))
    people = [person(f"p{n}") for n in range(20)]
    emojis = ["😀", "❤", "🌅"]

    at_once(
        *[lambda p=p, n=n: react(as_user(p), post, emojis[n % 3]) for n, p in enumerate(people * 2)]
    )

    kept = Reaction.objects.filter(post=post)
    assert kept.count() == 20
    assert counts(post) == (20, kept.filter(emoji="❤").count())
