"""Comments (Y10, D9): reached through their own post, changed by their author, counted exactly."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions import add_comment, hide_comment, restore_comment
from comments.models import Comment, CommentEdit
from comments.tasks import recount_posts_commented_on
from posts.models import Post
from tests.albums import album, picture, published
from users.actions.accounts import delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user
from users.models import User

MISSING = b'{"code":"not_found","detail":"Not found.","fields":{}}'


@pytest.fixture
def post(alice):
    return published(alice)


def path(post, comment=None):
    return f"/posts/{post.pk}/comments/" + (f"{comment.pk}/" if comment else "")


def count(post):
    post.refresh_from_db()
    return post.comments_count


def texts(client, post):
    answer = client.get(path(post))
    assert answer.status_code == 200, answer.content
    return [each["text"] for each in answer.json()["results"]]


def test_y10_a_comment_has_the_whole_shape(bob, as_user, post, announced):
    before = len(announced.events())

    answer = as_user(bob).post(path(post), {"text": "  What a light!\n"})

    comment = answer.json()
    assert answer.status_code == 201
    assert comment == {
        "id": Comment.objects.get().pk,
        "post_id": post.pk,
        "parent_id": None,
        "removed": False,
        "author": {"id": bob.pk, "username": "bob", "name": "", "avatar_url": None},
        "text": "What a light!",
        "mentions": [],
        "entities": [],
        "media": [],
        "created_at": comment["created_at"],
        "edited_at": None,
        "reactions_count": 0,
        "replies_count": 0,
        "has_replies": False,
        "viewer": {"reaction": None},
    }
    assert comment["created_at"].endswith("Z")
    assert as_user(bob).get(f"{path(post)}{comment['id']}/").json() == comment
    assert as_user(bob).get(f"/posts/{post.pk}/").json()["comments_count"] == 1
    assert announced.events()[before:] == [("CommentAdded", {"comment_id": comment["id"]})]


def test_y10_comments_are_the_oldest_first_and_stay_so_while_others_talk(bob, as_user, post):
    for n in range(5):
        add_comment(post=post, author=bob, text=str(n))
    url, read = f"{path(post)}?limit=2", []
    while url:
        page = as_user(bob).get(url).json()
        read += [each["text"] for each in page["results"]]
        url = page["next"]
        if len(read) < 6:
            add_comment(post=post, author=bob, text=f"late {len(read)}")

    assert read == ["0", "1", "2", "3", "4", "late 2", "late 4"]


def test_guests_read_the_comments_of_public_posts_and_write_none(bob, guest, post):
    comment = add_comment(post=post, author=bob, text="hello")

    assert texts(guest, post) == ["hello"]
    assert guest.get(path(post, comment)).status_code == 200
    assert guest.post(path(post), {"text": "me too"}).status_code == 401
    assert guest.patch(path(post, comment), {"text": "me too"}).status_code == 401
    assert guest.delete(path(post, comment)).status_code == 401
    assert texts(guest, post) == ["hello"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": " \n\t\u3000"},
        {"text": None},
        {"text": "x" * 1001},
        {"text": "a\x00b"},
        {"text": ["a"]},
        {"text": {"a": 1}},
        {"text": True},
    ],
)
def test_d8_a_wrong_text_is_named_and_changes_nothing(bob, as_user, post, body, announced):
    comment = add_comment(post=post, author=bob, text="as it was")
    told = announced.events()
    client = as_user(bob)

    for answer in (client.post(path(post), body), client.put(path(post, comment), body)):
        assert answer.status_code == 400, answer.content
        assert (answer.json()["code"], list(answer.json()["fields"])) == ("invalid", ["text"])

    assert texts(client, post) == ["as it was"]
    assert (count(post), CommentEdit.objects.count()) == (1, 0)
    assert announced.events() == told


def test_d6_the_longest_comment_is_taken(bob, as_user, post):
    answer = as_user(bob).post(path(post), {"text": "é" * 1000})

    assert (answer.status_code, answer.json()["text"]) == (201, "é" * 1000)


def test_commenting_is_throttled(bob, as_user, post, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "comment": "1/min"}

    answers = [as_user(bob).post(path(post), {"text": "hi"}).status_code for _ in range(2)]

    assert answers == [201, 429]
    assert count(post) == 1


def test_a_post_is_commented_on_once_it_is_published(alice, as_user):
    post = album(alice)

    answer = as_user(alice).post(path(post), {"text": "hi"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_published")
    assert count(post) == 0


# --- The same again ------------------------------------------------------------------------------


def test_d1_the_same_key_gives_the_same_comment(bob, as_user, alice, post):
    def send(text, key="k-1", to=post, who=bob):
        headers = {"Idempotency-Key": key}
        return as_user(who).post(path(to), {"text": text}, headers=headers)

    first, second = send("once"), send("once")

    assert [first.status_code, second.status_code] == [201, 201]
    assert first.json() == second.json()
    assert count(post) == 1
    for other in (send("twice"), send("once", to=published(alice))):
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    assert send("once", who=alice).status_code == 201
    assert count(post) == 2
    as_user(bob).delete(f"{path(post)}{first.json()['id']}/")
    assert send("once").json()["code"] == "idempotency_conflict"
    assert send("once", key="two words").status_code == 400
    assert count(post) == 1


# --- Through their own post ----------------------------------------------------------------------


def test_y10_a_comment_is_reached_through_its_own_post_only(alice, bob, as_user, post):
    other = published(alice)
    comment = add_comment(post=post, author=bob, text="here")
    client = as_user(bob)

    for answer in (
        client.get(path(other, comment)),
        client.put(path(other, comment), {"text": "there"}),
        client.patch(path(other, comment), {"text": "there"}),
        client.delete(path(other, comment)),
    ):
        assert (answer.status_code, answer.content) == (404, MISSING)
    assert texts(client, post) == ["here"]


@pytest.mark.parametrize("reason", ["private", "deleted", "blocked"])
def test_d9_the_comments_of_a_hidden_post_are_hidden(alice, bob, as_user, post, reason):
    comment = add_comment(post=post, author=bob, text="hi")
    if reason == "private":
        Post.objects.filter(pk=post.pk).update(visibility="private")
    if reason == "deleted":
        as_user(alice).delete(f"/posts/{post.pk}/")
    if reason == "blocked":
        block_user(owner=alice, target=bob)
    client = as_user(bob)

    for answer in (
        client.get(path(post)),
        client.post(path(post), {"text": "again"}),
        client.get(path(post, comment)),
        client.put(path(post, comment), {"text": "again"}),
        client.delete(path(post, comment)),
    ):
        assert (answer.status_code, answer.content) == (404, MISSING)
    assert Comment.objects.get().text == "hi"


def test_d9_nobody_reads_the_comments_of_whom_they_block_or_who_blocks_them(
    bob, carol, as_user, post
):
    by_bob = add_comment(post=post, author=bob, text="by bob")
    add_comment(post=post, author=carol, text="by carol")
    block_user(owner=carol, target=bob)

    assert texts(as_user(carol), post) == ["by carol"]
    assert texts(as_user(bob), post) == ["by bob"]
    assert as_user(carol).get(path(post, by_bob)).status_code == 404


# --- Changing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["put", "patch"])
def test_y10_its_author_changes_it_and_what_it_said_is_kept(bob, as_user, post, method):
    comment = add_comment(post=post, author=bob, text="first")

    edited = getattr(as_user(bob), method)(path(post, comment), {"text": "second"})
    again = getattr(as_user(bob), method)(path(post, comment), {"text": "second"})

    assert (edited.status_code, edited.json()["text"]) == (200, "second")
    assert edited.json()["edited_at"] > edited.json()["created_at"]
    assert again.json() == edited.json()
    assert [edit.text for edit in CommentEdit.objects.all()] == ["first"]
    assert count(post) == 1


def test_a_patch_without_a_text_changes_nothing(bob, as_user, post):
    comment = add_comment(post=post, author=bob, text="first")

    assert as_user(bob).patch(path(post, comment), {}).json()["edited_at"] is None
    assert CommentEdit.objects.count() == 0


def test_y10_nobody_else_changes_it(alice, bob, carol, person, as_user, post):
    comment = add_comment(post=post, author=bob, text="mine")

    for who in (alice, carol, person("moderator", is_staff=True)):
        answer = as_user(who).put(path(post, comment), {"text": "theirs"})
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")

    assert texts(as_user(bob), post) == ["mine"]
    assert CommentEdit.objects.count() == 0


# --- Deleting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["alice", "bob", "moderator"])
def test_y10_author_owner_and_moderators_delete_it(
    alice, bob, carol, person, as_user, post, who, announced
):
    people = {"alice": alice, "bob": bob, "moderator": person("moderator", is_staff=True)}
    comment, other = (add_comment(post=post, author=bob, text=each) for each in ("bad", "good"))
    client = as_user(people[who])

    deleted, again = client.delete(path(post, comment)), client.delete(path(post, comment))

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (again.status_code, again.content) == (404, MISSING)
    for reader in (alice, bob, carol):
        assert texts(as_user(reader), post) == ["good"]
    assert count(post) == 1
    assert announced.events()[-1] == ("CommentRemoved", {"comment_id": comment.pk})
    assert other.pk == Comment.objects.get(deleted_at=None).pk
    assert LogEntry.objects.count() == (1 if who == "moderator" else 0)


def test_y10_a_stranger_deletes_nothing(bob, carol, as_user, post):
    comment = add_comment(post=post, author=bob, text="stays")

    answer = as_user(carol).delete(path(post, comment))

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert texts(as_user(carol), post) == ["stays"]
    assert count(post) == 1


# --- Moderation, and hidden people ---------------------------------------------------------------


def test_d10_moderators_hide_and_restore_each_once_and_in_the_log(
    bob, person, as_user, post, announced
):
    moderator = person("moderator", is_staff=True)
    comment = add_comment(post=post, author=bob, text="rude")
    before = len(announced.events())

    for _ in range(2):
        hide_comment(comment=comment, moderator=moderator, reason="rude")
    assert (texts(as_user(bob), post), count(post)) == ([], 0)
    for _ in range(2):
        restore_comment(comment=comment, moderator=moderator, reason="it is not")
    assert (texts(as_user(bob), post), count(post)) == (["rude"], 1)

    messages = LogEntry.objects.order_by("id").values_list("change_message", flat=True)
    assert list(messages) == ["Hidden: rude", "Restored: it is not"]
    assert [name for name, _ in announced.events()[before:]] == ["CommentRemoved", "CommentAdded"]


def test_d9_the_comments_of_hidden_people_are_neither_shown_nor_counted(
    bob, carol, person, as_user, post, committed, alice
):
    moderator = person("moderator", is_staff=True)
    for author in (bob, bob, carol, alice):
        add_comment(post=post, author=author, text=author.username)
    assert count(post) == 4

    with committed():
        suspend_user(user=bob, moderator=moderator, reason="spam")
    assert (texts(as_user(alice), post), count(post)) == (["carol", "alice"], 2)
    with committed():
        delete_user(user=carol)
    assert (texts(as_user(alice), post), count(post)) == (["alice"], 1)
    with committed():
        lift_suspension(user=bob, moderator=moderator, reason="no spam")
    assert (texts(as_user(alice), post), count(post)) == (["bob", "bob", "alice"], 3)


def test_recounting_is_exact_in_any_order_and_number(bob, carol, person, as_user, post):
    moderator = person("moderator", is_staff=True)
    his = [add_comment(post=post, author=bob, text=str(n)) for n in range(3)]
    add_comment(post=post, author=carol, text="hers")
    as_user(bob).delete(path(post, his[0]))
    User.objects.filter(pk=bob.pk).update(suspended_at="2026-01-01T00:00Z")

    hide_comment(comment=his[1], moderator=moderator, reason="a")  # not recounted yet
    assert count(post) == 2
    for _ in range(2):
        recount_posts_commented_on(user_id=bob.pk)
        assert count(post) == 1
    restore_comment(comment=his[1], moderator=moderator, reason="b")  # of somebody hidden
    assert count(post) == 1
    User.objects.filter(pk=bob.pk).update(suspended_at=None)
    as_user(bob).delete(path(post, his[2]))  # not counted again yet
    assert count(post) == 1
    for _ in range(2):
        recount_posts_commented_on(user_id=bob.pk)
        assert count(post) == 2
    recount_posts_commented_on(user_id=10**9)


def test_many_posts_are_recounted_in_batches(alice, bob, monkeypatch):
    monkeypatch.setattr("comments.actions.people.BATCH", 2)
    posts = [published(alice) for _ in range(5)]
    for each in posts * 2:
        add_comment(post=each, author=bob, text="hi")
    User.objects.filter(pk=bob.pk).update(deleted_at=timezone.now())

    recount_posts_commented_on(user_id=bob.pk)

    assert [count(each) for each in posts] == [0] * 5


# --- Cost ----------------------------------------------------------------------------------------


def test_the_list_costs_the_same_at_5_and_at_50(alice, person, as_user, post):
    client = as_user(alice)

    def cost(rows):
        while Comment.objects.count() < rows:
            author = person(f"p{Comment.objects.count()}")
            User.objects.filter(pk=author.pk).update(avatar=picture(author))
            add_comment(post=post, author=author, text="hi")
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(f"{path(post)}?limit=50").json()["results"]) == rows
        return len(queries)

    few = cost(5)
    assert cost(50) == few == 2  # the post, the page
