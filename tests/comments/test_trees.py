"""Comments under comments (L5, Y10): any depth, in pages, with counts that are right everywhere."""

from typing import Any

import pytest
from django.utils import timezone

from comments.actions import delete_comment, hide_comment, restore_comment
from comments.models import Comment
from comments.tasks import recount_posts_commented_on
from tests.albums import published
from tests.comments.threads import outline, path, say, whole, wrong_counts
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user
from users.models import User

MISSING = b'{"code":"not_found","detail":"Not found.","fields":{}}'
REMOVED: dict[str, Any] = {
    "removed": True,
    "author": None,
    "text": "",
    "mentions": [],
    "entities": [],
    "media": [],
    "edited_at": None,
    "reactions_count": 0,
    "has_replies": True,
    "viewer": {"reaction": None},
}


@pytest.fixture
def post(alice):
    return published(alice)


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


def test_l5_a_reply_has_its_parent_and_is_counted_there_and_under_the_post(
    alice, bob, as_user, post, announced
):
    parent = say(post, alice, "What a light!")
    before = len(announced.events())

    answer = as_user(bob).post(path(post), {"text": "Indeed.", "parent_id": parent.pk})

    reply = answer.json()
    assert answer.status_code == 201
    assert (reply["parent_id"], reply["replies_count"], reply["removed"]) == (parent.pk, 0, False)
    assert as_user(bob).get(path(post, parent)).json()["replies_count"] == 1
    assert as_user(bob).get(f"/posts/{post.pk}/").json()["comments_count"] == 2
    assert as_user(bob).get(path(post, reply["id"])).json() == reply
    assert announced.events()[before:] == [("CommentAdded", {"comment_id": reply["id"]})]
    assert outline(as_user(bob), post) == [("What a light!", [("Indeed.", [])])]


def test_l5_replies_are_read_level_by_level(alice, bob, as_user, guest, post):
    top = [say(post, alice, str(n)) for n in range(2)]
    first = [say(post, bob, f"0.{n}", below=top[0]) for n in range(2)]
    say(post, alice, "0.1.0", below=first[1])

    for client in (guest, as_user(bob)):
        assert outline(client, post) == [
            ("0", [("0.0", []), ("0.1", [("0.1.0", [])])]),
            ("1", []),
        ]
        assert [each["replies_count"] for each in whole(client, path(post))] == [2, 0]
    assert wrong_counts(post) == {}


@pytest.mark.parametrize("method", ["put", "patch"])
def test_an_edit_moves_a_comment_nowhere(bob, as_user, post, method):
    first, second = say(post, bob, "first"), say(post, bob, "second")

    body = {"text": "changed", "parent_id": first.pk}
    answer = getattr(as_user(bob), method)(path(post, second), body)

    assert (answer.status_code, answer.json()["parent_id"]) == (200, None)
    assert wrong_counts(post) == {}


# --- What cannot be answered ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "parent",
    ["deleted", "a place", "hidden", "suspended", "blocked", "elsewhere", "none", "huge", "zero"],
)
def test_l5_what_one_cannot_read_one_cannot_answer(
    alice, bob, carol, as_user, post, moderator, parent
):
    other = say(published(alice), carol, "elsewhere")
    comment = say(post, carol, "here")
    numbers = {"elsewhere": other.pk, "none": 987654321, "huge": 2**63, "zero": 0}
    if parent in ("deleted", "a place"):
        if parent == "a place":
            say(post, alice, "below", below=comment)
        delete_comment(comment=comment, deleter=carol)
    if parent == "hidden":
        hide_comment(comment=comment, moderator=moderator, reason="rude")
    if parent == "suspended":
        suspend_user(user=carol, moderator=moderator, reason="spam")  # and not recounted yet
    if parent == "blocked":
        block_user(owner=carol, target=bob)
    rows = Comment.objects.count()
    post.refresh_from_db()
    counted = post.comments_count

    body = {"text": "Where are you?", "parent_id": numbers.get(parent, comment.pk)}
    answer = as_user(bob).post(path(post), body)

    assert (answer.status_code, answer.content) == (404, MISSING)
    post.refresh_from_db()
    assert (Comment.objects.count(), post.comments_count) == (rows, counted)


@pytest.mark.parametrize("parent_id", ["x", 1.5, True, [1], {"id": 1}, "1" * 2000])
def test_d8_a_parent_that_is_no_number_is_named(bob, as_user, post, parent_id):
    answer = as_user(bob).post(path(post), {"text": "hi", "parent_id": parent_id}, format="json")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["parent_id"])
    assert not Comment.objects.exists()


def test_d1_the_parent_is_part_of_what_a_key_stands_for(bob, as_user, post):
    parent, other = say(post, bob, "one"), say(post, bob, "two")

    def send(parent_id):
        headers = {"Idempotency-Key": "k-1"}
        body = {"text": "once", **({"parent_id": parent_id} if parent_id else {})}
        return as_user(bob).post(path(post), body, headers=headers)

    first, again = send(parent.pk), send(parent.pk)

    assert (first.status_code, again.json()) == (201, first.json())
    for elsewhere in (other.pk, None):
        assert send(elsewhere).json()["code"] == "idempotency_conflict"
    delete_comment(comment=parent, deleter=bob)
    assert send(parent.pk).json() == first.json()  # it was made, whatever became of its parent
    assert wrong_counts(post) == {}


# --- Removed -------------------------------------------------------------------------------------


def test_l5_what_is_removed_keeps_its_place_while_something_is_below(
    alice, bob, carol, as_user, guest, post
):
    top = say(post, bob, "top")
    middle = say(post, bob, "middle", below=top)
    leaf = say(post, carol, "leaf", below=middle)

    for comment in (top, middle):
        assert as_user(bob).delete(path(post, comment)).status_code == 204

    for client in (guest, as_user(alice), as_user(bob)):
        assert outline(client, post) == [(None, [(None, [("leaf", [])])])]
        (place,) = whole(client, path(post))
        assert place == {
            **REMOVED,
            "id": top.pk,
            "post_id": post.pk,
            "parent_id": None,
            "created_at": place["created_at"],
            "replies_count": 0,  # the one right below is removed as well
        }
        assert client.get(path(post, top)).content == MISSING
        assert client.get(f"/posts/{post.pk}/").json()["comments_count"] == 1
    assert wrong_counts(post) == {}

    as_user(carol).delete(path(post, leaf))

    for client in (guest, as_user(bob)):
        assert whole(client, path(post)) == []
        for comment in (top, middle, leaf):
            assert client.get(path(post, comment, "replies/")).content == MISSING
    assert wrong_counts(post) == {}


def test_l5_a_reader_is_told_of_replies_below_the_removed_ones(alice, bob, as_user, guest, post):
    """Those are not in `replies_count`, and clients need not open what has nothing below."""
    top = say(post, alice, "top")
    middle = say(post, bob, "middle", below=top)
    leaf = say(post, alice, "leaf", below=middle)

    def told():
        one = guest.get(path(post, top)).json()
        assert whole(guest, path(post)) == [one]
        return one["replies_count"], one["has_replies"]

    assert told() == (1, True)
    as_user(bob).delete(path(post, middle))
    assert told() == (0, True)
    as_user(alice).delete(path(post, leaf))
    assert told() == (0, False)


def test_l5_a_reply_that_comes_back_brings_its_thread_with_it(bob, as_user, post, moderator):
    comments = [say(post, bob, "0")]
    for n in range(1, 5):
        comments.append(say(post, bob, str(n), below=comments[-1]))
    for comment in comments:
        delete_comment(comment=comment, deleter=bob)
    assert outline(as_user(bob), post) == []

    for _ in range(2):
        restore_comment(comment=comments[-1], moderator=moderator, reason="it was fine")
    assert outline(as_user(bob), post) == [(None, [(None, [(None, [(None, [("4", [])])])])])]
    assert wrong_counts(post) == {}
    restore_comment(comment=comments[1], moderator=moderator, reason="this too")
    hide_comment(comment=comments[-1], moderator=moderator, reason="or not")

    assert outline(as_user(bob), post) == [(None, [("1", [])])]
    assert wrong_counts(post) == {}


def test_d9_somebody_hidden_from_the_viewer_leaves_a_place_where_others_answered(
    alice, bob, carol, as_user, guest, post
):
    answered, alone = say(post, bob, "answered"), say(post, bob, "alone")
    say(post, carol, "the answer", below=answered)
    block_user(owner=alice, target=bob)

    assert outline(as_user(alice), post) == [(None, [("the answer", [])])]
    assert outline(guest, post) == [("answered", [("the answer", [])]), ("alone", [])]
    for comment in (answered, alone):
        assert as_user(alice).get(path(post, comment)).content == MISSING
    assert as_user(alice).get(path(post, alone, "replies/")).content == MISSING
    (place,) = whole(as_user(alice), path(post))
    assert place.items() >= REMOVED.items()
    assert b"bob" not in as_user(alice).get(path(post)).content


def test_d9_a_place_cannot_be_told_from_one_whose_comment_was_deleted(
    alice, bob, carol, as_user, post
):
    """Not by what is below it either: the place stands there for everybody."""
    removed, blocked = say(post, carol, "removed"), say(post, bob, "blocked")
    for each in (removed, blocked):
        say(post, bob, "bob", below=each)
    delete_comment(comment=removed, deleter=carol)
    block_user(owner=bob, target=alice)

    first, second = whole(as_user(alice), path(post))

    own = {"id": None, "created_at": None}
    assert {**first, **own} == {**second, **own} == {**first, **own, **REMOVED}
    for place in (removed, blocked):
        assert whole(as_user(alice), path(post, place, "replies/")) == []


@pytest.mark.parametrize("depth", [1, 4])
def test_d9_hidden_people_are_taken_out_at_every_level_and_put_back(
    alice, bob, carol, as_user, post, moderator, committed, depth
):
    last = None
    for n in range(depth):
        last = say(post, bob, f"bob {n}", below=last)
    leaf = say(post, carol, "carol", below=last)
    say(post, bob, "bob under carol", below=leaf)
    before = outline(as_user(alice), post)

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
    expected: list[Any] = [("carol", [])]
    for _ in range(depth):
        expected = [(None, expected)]
    assert outline(as_user(alice), post) == expected
    assert wrong_counts(post) == {}
    with committed():
        suspend_user(user=carol, moderator=moderator, reason="spam")
    assert outline(as_user(alice), post) == []
    assert wrong_counts(post) == {}
    for who in (carol, bob):
        with committed():
            lift_suspension(user=who, moderator=moderator, reason="no spam")
        assert wrong_counts(post) == {}
    assert outline(as_user(alice), post) == before


def test_a_thread_is_recounted_in_batches(alice, bob, carol, monkeypatch, post):
    monkeypatch.setattr("comments.actions.people.BATCH", 2)
    last = None
    for n in range(9):
        last = say(post, (bob, carol)[n % 3 == 2], str(n), below=last)
    for moment in (timezone.now(), None):
        User.objects.filter(pk=bob.pk).update(suspended_at=moment)
        recount_posts_commented_on(user_id=bob.pk)
        assert wrong_counts(post) == {}
