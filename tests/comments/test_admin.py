"""Moderators and comments, in the admin (issue 3: documents and moderation; D10)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.actions import add_comment, delete_comment, edit_comment, hide_comment
from comments.models import Comment
from comments.tasks import purge_comments
from tests import pictures
from tests.albums import published
from tests.conftest import PASSWORD, deliver_all

LIST = "/admin/comments/comment/"


@pytest.fixture
def admin(person):
    """The browser of a moderator who is no superuser."""
    client = Client()
    person("mo", is_staff=True)
    assert client.login(username="mo", password=PASSWORD)
    return client


@pytest.fixture
def comment(alice, bob):
    return add_comment(post=published(alice), author=bob, text="Rude words")


def act(client, name, comment, **fields):
    return client.post(LIST, {"action": name, "_selected_action": comment.pk, "index": 0, **fields})


def texts(client, comment):
    answer = client.get(f"/posts/{comment.post_id}/comments/")
    return [each["text"] for each in answer.json()["results"]]


def test_a_moderator_hides_a_comment_and_restores_it(admin, alice, bob, comment, as_user, guest):
    """D10: gone for everyone, its author too, with a reason in the log; and it comes back."""
    assert act(admin, "hide", comment).status_code == 200
    assert texts(guest, comment) == ["Rude words"]

    for _ in range(2):
        assert act(admin, "hide", comment, reason="insults Alice").status_code == 302
    for client in (guest, as_user(alice), as_user(bob)):
        assert texts(client, comment) == []
        assert client.get(f"/posts/{comment.post_id}/").json()["comments_count"] == 0

    for _ in range(2):
        assert act(admin, "restore", comment, reason="it was a quotation").status_code == 302
    assert texts(guest, comment) == ["Rude words"]
    assert guest.get(f"/posts/{comment.post_id}/").json()["comments_count"] == 1
    messages = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert messages == ["Hidden: insults Alice", "Restored: it was a quotation"]
    assert {entry.user.username for entry in LogEntry.objects.all()} == {"mo"}


def test_a_moderator_sees_what_was_deleted_and_what_it_said_before(admin, bob, comment):
    edit_comment(comment=comment, editor=bob, text="Kind words")
    delete_comment(comment=Comment.objects.get(), deleter=bob)

    page = admin.get(f"{LIST}{comment.pk}/change/").content.decode()

    assert "Kind words" in page
    assert "Rude words" in page
    assert "Restore" in page


def test_a_get_changes_nothing_and_nobody_else_gets_in(admin, bob, comment):
    """D1."""
    fields = {"action": "hide", "_selected_action": comment.pk, "index": 0, "reason": "why not"}
    admin.get(LIST, fields)
    other = Client()
    assert other.login(username="bob", password=PASSWORD)

    answer = other.post(LIST, fields)

    assert answer["Location"].startswith("/admin/login/")
    assert Comment.objects.get().hidden_at is None
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("q=rude", True), ("q=bob", True), ("q=alice", False), ("hidden_at__isempty=0", False)],
)
def test_comments_are_found(admin, comment, query, shown):
    assert ("Rude words" in admin.get(f"{LIST}?{query}").content.decode()) == shown


def test_the_list_costs_the_same_at_any_length(admin, alice, bob):
    costs = []
    for _ in range(2):
        for author in (alice, bob):
            for text in ("one", "two"):
                add_comment(post=published(alice), author=author, text=text)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("state", ["shown", "hidden"])
def test_a_moderator_sees_the_picture_of_a_comment(admin, alice, bob, person, guest, state):
    image = pictures.uploaded(400, 300)
    comment = add_comment(post=published(alice), author=bob, text="Look!", image=image)
    deliver_all()
    if state == "hidden":
        hide_comment(comment=comment, moderator=person("other", is_staff=True), reason="rude")
        deliver_all()
    preview = f"{LIST}{comment.pk}/picture/"

    page = admin.get(f"{LIST}{comment.pk}/change/").content.decode()

    assert f'<img src="{preview}"' in page
    answer = admin.get(preview)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("no-store")
    assert answer["Content-Type"].startswith("image/")
    assert guest.get(preview).status_code == 302
    assert admin.get(f"{LIST}987654321/picture/").status_code == 404


def test_what_is_purged_offers_no_acts_and_refuses_them(admin, alice, bob, comment, settings):
    """D10."""
    settings.PURGE_AFTER_DAYS = 0
    add_comment(post=comment.post, author=alice, text="below", parent_id=comment.pk)
    delete_comment(comment=comment, deleter=bob)
    purge_comments()

    page = admin.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert "Rude words" not in page
    assert 'value="restore"' not in page
    for name in ("restore", "hide"):
        assert act(admin, name, comment, reason="why not").status_code == 302
    comment.refresh_from_db()
    assert (comment.hidden_at, comment.is_gone, comment.text) == (None, True, "")
    assert not LogEntry.objects.exists()
