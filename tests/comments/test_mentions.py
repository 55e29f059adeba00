"""Mentions and hashtags in comments (L3): whom they mean, and who is linked for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.actions import add_comment, delete_comment, edit_comment
from comments.models import Comment
from comments.tasks import purge_comments
from tests.albums import published
from tests.comments.threads import path
from tests.conftest import deliver_all
from users.actions.accounts import change_profile
from users.actions.moderation import suspend_user
from users.actions.relationships import block_user


@pytest.fixture
def post(alice):
    return published(alice)


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


def named(client, post):
    """The mentions of all comments below a post."""
    return [each["mentions"] for each in client.get(path(post)).json()["results"]]


def test_l3_a_comment_links_people_and_tags_by_code_points(bob, as_user, carol, post):
    text = "🌅 with @Carol and @nobody at #Sea, a@b.c #1"
    answer = as_user(bob).post(path(post), {"text": text}, format="json").json()

    assert answer["mentions"] == ["carol"]
    found = [(each["kind"], text[each["start"] : each["end"]]) for each in answer["entities"]]
    assert found == [("mention", "@Carol"), ("tag", "#Sea")]
    assert [each["value"] for each in answer["entities"]] == ["carol", "sea"]


def test_l3_an_edit_reads_the_text_anew_and_a_rename_is_followed(bob, carol, as_user, post):
    comment = add_comment(post=post, author=bob, text="@carol?")
    change_profile(user=carol, changes={"username": "caroline"})

    assert named(as_user(bob), post) == [["caroline"]]
    edit_comment(comment=comment, editor=bob, text="@carol and @alice!")
    assert named(as_user(bob), post) == [["caroline", "alice"]]
    edit_comment(comment=comment, editor=bob, text="nobody")
    assert named(as_user(bob), post) == [[]]


@pytest.mark.parametrize("how", ["blocks the author", "is blocked by the author", "is suspended"])
def test_l3_who_is_apart_or_gone_is_plain_text(bob, carol, moderator, as_user, guest, post, how):
    add_comment(post=post, author=bob, text="@carol")
    assert named(guest, post) == [["carol"]]

    if how == "blocks the author":
        block_user(owner=carol, target=bob)
    elif how == "is blocked by the author":
        block_user(owner=bob, target=carol)
    else:
        suspend_user(user=carol, moderator=moderator, reason="a test")
    later = add_comment(post=post, author=bob, text="again @carol")

    assert named(guest, post) == named(as_user(bob), post) == [[], []]
    later.refresh_from_db()
    assert later.entities == []


def test_l3_a_viewer_is_told_of_nobody_whom_they_may_not_see(bob, carol, dave, as_user, post):
    add_comment(post=post, author=bob, text="@carol")
    block_user(owner=carol, target=dave)

    assert named(as_user(dave), post) == [[]]
    assert named(as_user(bob), post) == [["carol"]]


def test_l3_a_removed_comment_names_nobody(alice, bob, carol, as_user, settings, post):
    settings.PURGE_AFTER_DAYS = 0
    comment = add_comment(post=post, author=bob, text="@carol #sea")
    add_comment(post=post, author=alice, text="below", parent_id=comment.pk)
    delete_comment(comment=comment, deleter=bob)

    (place,) = as_user(carol).get(path(post)).json()["results"]
    assert (place["mentions"], place["entities"]) == ([], [])
    purge_comments()
    deliver_all()
    assert Comment.objects.get(pk=comment.pk).entities == []


def test_a_page_asks_once_for_everybody_it_mentions(bob, carol, as_user, post):
    for name in ("carol", "alice", "bob"):
        add_comment(post=post, author=bob, text=f"@{name}")
    client = as_user(bob)
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(path(post), {"limit": limit}).json()["results"]) == limit
        counts.append(len(queries))

    assert counts[0] == counts[1]
