"""Moderators and the pictures of showcases, in the admin (T8, D1, D10)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from showcase.models import Hanging
from tests import world
from tests.conftest import PASSWORD, deliver_all
from tests.showcase.hanging import clear, current, fetch, history, places, put, shown
from users.models import User

LIST = "/admin/showcase/hanging/"


@pytest.fixture
def admin(person):
    """The browser of a moderator who is no superuser."""
    client = Client()
    person("mo", is_staff=True)
    assert client.login(username="mo", password=PASSWORD)
    return client


def act(client, name, hanging, **fields):
    return client.post(LIST, {"action": name, "_selected_action": hanging.pk, "index": 0, **fields})


def test_a_moderator_takes_a_picture_down_for_everyone_with_a_reason(
    admin, alice, bob, as_user, guest, hang
):
    """D10: its owner does not see it either, and a URL that somebody kept is dead."""
    row = hang(alice, "one")
    kept = places(guest, alice)["one"]["media"]["url"]
    assert act(admin, "hide", row).status_code == 200
    assert shown(guest, alice)[0] == row.media_id  # asked, not yet done

    for _ in range(2):
        assert act(admin, "hide", row, reason="insults Bob").status_code == 302
    deliver_all()

    for client in (as_user(alice), as_user(bob), guest):
        assert shown(client, alice) == [None] * 3
    assert history(as_user(alice), alice) == []
    assert fetch(guest, kept) == 403
    entry = LogEntry.objects.get()
    assert entry.get_change_message() == "Hidden: insults Bob"
    assert entry.user == User.objects.get(username="mo")


def test_what_is_restored_is_its_owners_who_may_hang_it_again(
    admin, alice, as_user, guest, hang, committed
):
    row = hang(alice, "one")
    act(admin, "hide", row, reason="insults Bob")
    deliver_all()

    for _ in range(2):
        assert act(admin, "restore", row, reason="it was a quotation").status_code == 302
    deliver_all()

    assert shown(guest, alice) == [None] * 3
    (former,) = history(as_user(alice), alice)
    assert (former["id"], former["media"]["state"]) == (row.pk, "ready")
    assert fetch(guest, former["media"]["url"]) == 200
    messages = [each.get_change_message() for each in LogEntry.objects.order_by("pk")]
    assert messages == ["Hidden: insults Bob", "Restored: it was a quotation"]
    with committed():
        put(as_user(alice), alice, "one", media_id=row.media_id)
    assert shown(guest, alice)[0] == current(alice, "one").media_id


def test_what_hung_before_is_hidden_too(admin, alice, as_user, hang):
    row = hang(alice, "one")
    clear(as_user(alice), alice, "one")

    act(admin, "hide", row, reason="rude")

    assert history(as_user(alice), alice) == []


def test_a_moderator_sees_pictures_of_private_accounts_and_hidden_ones(admin, dave, hang):
    row = hang(dave, "one")
    path = f"{LIST}{row.pk}/picture/"
    assert f'src="{path}"' in admin.get(LIST).content.decode()

    signed = admin.get(path)
    assert signed.status_code == 302
    assert fetch(admin, signed["Location"]) == 200

    act(admin, "hide", row, reason="rude")
    deliver_all()
    made = admin.get(path)
    assert (made.status_code, made["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in made["Cache-Control"]


def test_nobody_else_gets_in_and_a_get_changes_nothing(admin, alice, bob, hang):  # D1
    row = hang(alice, "one")
    fields = {"action": "hide", "_selected_action": row.pk, "index": 0, "reason": "why not"}
    admin.get(LIST, fields)
    other = Client()
    assert other.login(username="bob", password=PASSWORD)

    assert other.post(LIST, fields)["Location"].startswith("/admin/login/")
    assert other.get(f"{LIST}{row.pk}/picture/").status_code == 302
    assert admin.get(f"{LIST}987654321/picture/").status_code == 404
    assert Hanging.objects.get().hidden_at is None
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=alice", 2),
        ("q=bob", 0),
        ("q=sunset", 1),
        ("state=hangs", 1),
        ("state=before", 1),
        ("state=hidden", 0),
        ("place__exact=one", 2),
        ("q=1%20OR%201", 0),
    ],
)
def test_pictures_are_found(admin, alice, query, found):
    world.hanging(alice, former=True, alt_text="A sunset")
    world.hanging(alice)
    world.hanging(alice, hung_at=None)  # nobody's to see yet

    page = admin.get(f"{LIST}?{query}").content.decode()

    assert page.count('class="thumbnail"') == found


def test_the_list_costs_the_same_at_any_length(admin, alice):
    costs = []
    for _ in range(2):
        for _ in range(3):
            world.hanging(alice, former=True)
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
