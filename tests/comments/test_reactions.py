"""Reactions to comments over HTTP (L4): one a person, replaced without a change of the count."""

import pytest
from django.utils import timezone

from comments.actions import delete_comment
from comments.actions.reactions import recount_reactions_of
from comments.models import Comment, CommentReaction
from comments.tasks import purge_comments
from tests.albums import album, published
from tests.comments.threads import path, say, whole
from tests.racing import at_once
from users.actions.accounts import delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user
from users.models import User

MISSING = b'{"code":"not_found","detail":"Not found.","fields":{}}'


@pytest.fixture
def comment(alice, bob):
    return say(published(alice), bob, "What a light!")


def url(comment, rest=""):
    return path(comment.post, comment, f"reactions/{rest}")


def react(client, comment, emoji):
    return client.post(url(comment), {"emoji": emoji})


def count(comment):
    return Comment.objects.values_list("reactions_count", flat=True).get(pk=comment.pk)


def rows(comment):
    found = CommentReaction.objects.filter(comment=comment).order_by("pk")
    return list(found.values_list("owner__username", "emoji"))


def test_l4_a_second_reaction_replaces_the_first_and_the_count_stays(
    carol, as_user, comment, announced
):
    before = len(announced.events())

    first = react(as_user(carol), comment, "🌅")
    second = react(as_user(carol), comment, "👏🏽")
    same = react(as_user(carol), comment, "👏🏽")

    assert [each.status_code for each in (first, second, same)] == [200] * 3
    assert [each.json()["reactions_count"] for each in (first, second, same)] == [1] * 3
    assert first.json()["viewer"] == {"reaction": "🌅"}
    assert second.json() == same.json()
    assert rows(comment) == [("carol", "👏🏽")]
    told = ("CommentReacted", {"comment_id": comment.pk, "owner_id": carol.pk})
    assert announced.events()[before:] == [told, told]


def test_l4_the_viewers_own_reaction_stands_in_every_list(alice, carol, as_user, guest, comment):
    reply = say(comment.post, alice, "Indeed.", below=comment)
    for each in (comment, reply):
        react(as_user(carol), each, "❤️")

    def marks(client):
        top = whole(client, path(comment.post))
        below = whole(client, path(comment.post, comment, "replies/"))
        one = client.get(path(comment.post, reply)).json()
        return [
            (each["viewer"]["reaction"], each["reactions_count"]) for each in [*top, *below, one]
        ]

    assert marks(as_user(carol)) == [("❤", 1)] * 3
    assert marks(as_user(alice)) == marks(guest) == [(None, 1)] * 3


@pytest.mark.parametrize(
    "sent", ["a", "", ":heart:", "❤❤", "🏽", "\x00", "😀" * 10_000, None, 7, True, ["😀"]]
)
def test_l4_what_is_no_emoji_is_refused_with_the_field(carol, as_user, comment, sent):
    react(as_user(carol), comment, "😀")

    answer = react(as_user(carol), comment, sent)

    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"emoji"})
    assert (rows(comment), count(comment)) == ([("carol", "😀")], 1)


def test_d1_taking_a_reaction_back_twice_is_once(carol, as_user, comment, announced):
    react(as_user(carol), comment, "😀")
    before = len(announced.events())

    first, second = (as_user(carol).delete(url(comment)) for _ in range(2))

    assert (first.status_code, first.json()["viewer"]["reaction"]) == (200, None)
    assert second.json() == first.json()
    assert count(comment) == 0
    told = ("CommentUnreacted", {"comment_id": comment.pk, "owner_id": carol.pk})
    assert announced.events()[before:] == [told]


def test_l4_who_reacted_the_latest_first_by_emoji_and_in_sum(
    alice, bob, carol, as_user, guest, comment
):
    for person, emoji in ((bob, "😀"), (carol, "🌅"), (alice, "😀")):
        react(as_user(person), comment, emoji)

    everyone = whole(guest, f"{url(comment)}?limit=2")
    smiling = guest.get(url(comment), {"emoji": "😀"}).json()["results"]

    assert [(each["person"]["username"], each["emoji"]) for each in everyone] == [
        ("alice", "😀"),
        ("carol", "🌅"),
        ("bob", "😀"),
    ]
    assert set(everyone[0]) == {"emoji", "person", "created_at"}
    assert [each["person"]["username"] for each in smiling] == ["alice", "bob"]
    assert guest.get(url(comment), {"emoji": "smile"}).status_code == 400
    assert guest.get(url(comment, "summary/")).json() == {
        "counts": [{"emoji": "😀", "count": 2}, {"emoji": "🌅", "count": 1}]
    }


@pytest.mark.parametrize("why", ["deleted", "a place", "blocked", "elsewhere", "private"])
def test_d9_there_are_no_reactions_to_what_one_may_not_read(
    alice, bob, carol, as_user, comment, why
):
    if why == "a place":
        say(comment.post, alice, "below", below=comment)
    if why in ("deleted", "a place"):
        delete_comment(comment=comment, deleter=bob)
    if why == "blocked":
        block_user(owner=bob, target=carol)
    if why == "elsewhere":
        comment.post = published(alice)
    if why == "private":
        type(comment.post).objects.filter(pk=comment.post_id).update(visibility="private")
    client = as_user(carol)

    for answer in (
        client.get(url(comment)),
        client.get(url(comment, "summary/")),
        react(client, comment, "😀"),
        client.delete(url(comment)),
    ):
        assert (answer.status_code, answer.content) == (404, MISSING)
    assert not CommentReaction.objects.exists()


def test_guests_react_to_nothing(guest, comment):
    assert react(guest, comment, "😀").status_code == 401
    assert guest.delete(url(comment)).status_code == 401
    assert count(comment) == 0


def test_ones_own_post_takes_no_reactions_before_it_is_published(alice, as_user):
    post = album(alice)
    comment = Comment.objects.create(post=post, author=alice, text="from before")

    assert react(as_user(alice), comment, "😀").json()["code"] == "not_published"
    assert count(comment) == 0


def test_d9_hidden_people_are_neither_listed_nor_counted(
    alice, carol, person, as_user, comment, committed
):
    moderator = person("moderator", is_staff=True)
    gone = person("gone")
    for who in (alice, carol, gone):
        react(as_user(who), comment, "😀")

    def seen():
        listed = as_user(alice).get(url(comment)).json()["results"]
        summed = as_user(alice).get(url(comment, "summary/")).json()["counts"]
        assert sum(each["count"] for each in summed) == count(comment)
        return [each["person"]["username"] for each in listed], count(comment)

    with committed():
        suspend_user(user=carol, moderator=moderator, reason="spam")
        delete_user(user=gone)
    assert seen() == (["alice"], 1)
    with committed():
        lift_suspension(user=carol, moderator=moderator, reason="no spam")
    assert seen() == (["carol", "alice"], 2)


def test_recounting_is_exact_in_any_order_and_number(alice, carol, as_user, comment, monkeypatch):
    monkeypatch.setattr("comments.actions.reactions.BATCH", 2)
    others = [say(comment.post, alice, str(n)) for n in range(4)]
    for each in (comment, *others):
        react(as_user(carol), each, "😀")
    react(as_user(alice), comment, "😀")
    User.objects.filter(pk=carol.pk).update(suspended_at=timezone.now())
    for _ in range(2):
        recount_reactions_of(carol.pk)
        assert [count(each) for each in (comment, *others)] == [1, 0, 0, 0, 0]
    User.objects.filter(pk=carol.pk).update(suspended_at=None)
    as_user(carol).delete(url(others[0]))  # not counted again yet
    assert count(others[0]) == 0
    for _ in range(2):
        recount_reactions_of(carol.pk)
        assert [count(each) for each in (comment, *others)] == [2, 0, 1, 1, 1]
    recount_reactions_of(10**9)


def test_d10_reactions_come_back_with_their_comment_and_are_purged_with_it(
    alice, bob, carol, as_user, comment, settings
):
    react(as_user(carol), comment, "😀")
    say(comment.post, alice, "below", below=comment)
    delete_comment(comment=comment, deleter=bob)
    (place,) = whole(as_user(carol), path(comment.post))
    assert (place["reactions_count"], place["viewer"]) == (0, {"reaction": None})

    settings.PURGE_AFTER_DAYS = 0
    purge_comments()

    assert (rows(comment), count(comment)) == ([], 0)


def test_reacting_is_throttled(carol, as_user, comment, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "like": "1/min"}

    answers = [react(as_user(carol), comment, each).status_code for each in ("😀", "🌅")]

    assert answers == [200, 429]
    assert rows(comment) == [("carol", "😀")]


@pytest.mark.django_db(transaction=True)
def test_l4_fifty_people_who_change_their_minds_at_once_are_counted_exactly(
    person, as_user, settings
):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "like": "10000/min"}
    author = person("author")
    comment = say(published(author), author, "hot")
    people = [person(f"p{n}") for n in range(25)]
    clients = [as_user(each) for each in people]

    def change(number, client):
        assert react(client, comment, ["😀", "❤", "🌅"][number % 3]).status_code == 200
        if number % 5 == 0:
            assert client.delete(url(comment)).status_code == 200
            assert react(client, comment, "👏").status_code == 200

    at_once(*[lambda n=n, c=client: change(n, c) for n, client in enumerate(clients * 2)])

    assert len(rows(comment)) == 25 == count(comment)


@pytest.mark.django_db(transaction=True)
def test_hiding_people_against_their_reactions_leaves_an_exact_count(person, as_user):
    moderator, author = person("moderator", is_staff=True), person("author")
    comment = say(published(author), author, "hot")
    people = [person(f"p{n}") for n in range(8)]

    def hide(who):
        suspend_user(user=who, moderator=moderator, reason="spam")
        recount_reactions_of(who.pk)

    at_once(
        *[lambda p=each: react(as_user(p), comment, "😀") for each in people],
        *[lambda p=each: hide(p) for each in people[:4]],
    )

    assert count(comment) == 4
    assert CommentReaction.objects.filter(owner__suspended_at=None).count() == 4
