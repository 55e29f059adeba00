"""The outbox in the admin: what is stuck is seen, and tried again (issue 3)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Announcement
from tests.conftest import PASSWORD, deliver_all

LIST = "/admin/events/announcement/"


@pytest.fixture
def admin(person):
    client = Client()
    person("mo", is_staff=True)
    assert client.login(username="mo", password=PASSWORD)
    return client


def outbox(user_id, **fields):
    return Announcement.objects.create(
        kind="users.UserRegistered",
        payload={"user_id": user_id},
        due_at=timezone.now(),
        **{"pending": ["users.send_welcome"], **fields},
    )


@pytest.fixture
def stuck(alice):
    return outbox(
        alice.pk,
        pending=[],
        stuck=["users.send_welcome"],
        attempts={"users.send_welcome": 12},
        last_error="OSError: <the mail server is away>",
    )


def test_a_moderator_sees_why_something_is_stuck(admin, stuck, bob):
    outbox(bob.pk)

    listed = admin.get(f"{LIST}?progress=stuck").content.decode()
    page = admin.get(f"{LIST}{stuck.pk}/change/").content.decode()

    assert "1 announcement" in listed
    assert "users.send_welcome" in listed
    assert "OSError: &lt;the mail server is away&gt;" in page
    assert "Retry now" in page
    assert "1 announcement" in admin.get(f"{LIST}?progress=pending").content.decode()


def test_what_is_stuck_is_tried_again_and_done(admin, stuck, mailoutbox):
    for _ in range(2):
        done = admin.post(LIST, {"action": "try_now", "_selected_action": stuck.pk, "index": 0})
        assert done.status_code == 302

    again = Announcement.objects.get()
    assert (again.pending, again.stuck, again.attempts) == (["users.send_welcome"], [], {})
    assert again.due_at <= timezone.now()
    deliver_all()
    assert len(mailoutbox) == 1
    assert not Announcement.objects.exists()
    assert {entry.user.username for entry in LogEntry.objects.all()} == {"mo"}


def test_nothing_is_changed_by_hand(admin, stuck):
    """D1."""
    admin.get(LIST, {"action": "try_now", "_selected_action": stuck.pk, "index": 0})
    for path in (f"{LIST}{stuck.pk}/change/", f"{LIST}{stuck.pk}/delete/", f"{LIST}add/"):
        assert admin.post(path, {"kind": "x", "post": "yes"}).status_code == 403
    assert Announcement.objects.get().stuck == ["users.send_welcome"]


def test_whoever_is_not_of_the_staff_is_sent_to_sign_in(alice, stuck):
    client = Client()
    assert client.login(username="alice", password=PASSWORD)
    assert client.get(LIST)["Location"].startswith("/admin/login/")


def test_the_list_costs_the_same_at_any_length(admin, alice):
    costs = []
    for _ in range(2):
        for _ in range(3):
            outbox(alice.pk)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
