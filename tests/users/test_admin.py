"""Moderators, people, and who becomes a moderator (issue 3: documents and moderation)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from zeal import zeal_ignore

from tests.conftest import PASSWORD
from users.models import User

LIST = "/admin/users/user/"


def signed_in(user):
    client = Client()
    assert client.login(username=user.username, password=PASSWORD)
    return client


def act(client, name, *people, **fields):
    chosen = {"_selected_action": [user.pk for user in people]}
    return client.post(LIST, {"action": name, "index": 0, **chosen, **fields})


@pytest.fixture
def mo(person):
    """Of the staff, and no superuser."""
    return person("mo", is_staff=True)


@pytest.fixture
def root(person):
    return person("root", is_staff=True, is_superuser=True)


# --- Acting on people ----------------------------------------------------------------------------


def test_a_moderator_suspends_somebody_with_a_reason_and_lifts_it(mo, alice, bob, as_user, guest):
    admin = signed_in(mo)
    assert act(admin, "suspend", alice).status_code == 200
    assert as_user(bob).get("/users/alice/").status_code == 200

    for _ in range(2):
        done = act(admin, "suspend", alice, reason="sells shoes")
        assert (done.status_code, done["Location"]) == (302, f"{LIST}{alice.pk}/change/")
    assert as_user(bob).get("/users/alice/").status_code == 404
    sent = {"username": "alice", "password": PASSWORD}
    assert guest.post("/users/login", sent).status_code == 401

    for _ in range(2):
        act(admin, "lift", alice, reason="gave it up")
    assert as_user(bob).get("/users/alice/").status_code == 200
    assert guest.post("/users/login", sent).status_code == 200
    messages = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert messages == ["Suspended: sells shoes", "Suspension lifted: gave it up"]
    log = admin.get("/admin/admin/logentry/").content.decode()
    assert "Suspended: sells shoes" in log


def test_a_refusal_is_told_and_changes_nothing(mo, root):
    admin = signed_in(mo)
    for user in (mo, root):
        page = admin.get(act(admin, "suspend", user, reason="why not")["Location"])
        assert "You cannot suspend this account." in page.content.decode()
    assert not User.objects.exclude(suspended_at=None).exists()
    assert not LogEntry.objects.exists()


def test_a_get_changes_nothing_and_nothing_is_edited_by_hand(mo, root, alice):
    """D1."""
    for admin in (signed_in(mo), signed_in(root)):
        admin.get(LIST, {"action": "suspend", "_selected_action": alice.pk, "reason": "why not"})
        for path in (f"{LIST}{alice.pk}/change/", f"{LIST}{alice.pk}/delete/", f"{LIST}add/"):
            with zeal_ignore():  # the moderator and the person: two of a kind
                answer = admin.post(path, {"username": "alicia", "post": "yes"})
            assert answer.status_code == 403
        act(admin, "delete_selected", alice, post="yes")
    alice.refresh_from_db()
    assert (alice.username, alice.suspended_at) == ("alice", None)


def test_a_page_tells_what_moderators_need_and_no_password(mo, alice):
    page = signed_in(mo).get(f"{LIST}{alice.pk}/change/").content.decode()
    assert "alice@example.org" in page
    assert "devices signed in" in page.lower()
    assert f"/admin/posts/post/?author__id__exact={alice.pk}" in page
    assert alice.password not in page
    assert "Suspend" in page
    assert "Make a moderator" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ALI", {"alice"}),
        ("q=bob@example.org", {"bob"}),
        ("q=Carroll", {"carol"}),
        ("q=%27%25", set()),
        ("state=suspended", {"bob"}),
        ("state=deleted", {"carol"}),
        ("state=active", {"alice", "mo"}),
        ("is_private__exact=1", set()),
    ],
)
def test_people_are_found(mo, person, query, found):
    person("alice")
    person("bob", suspended_at=timezone.now())
    person("carol", name="Carroll", deleted_at=timezone.now())

    page = signed_in(mo).get(f"{LIST}?{query}").content.decode()

    names = {"alice", "bob", "carol", "mo"}
    assert {name for name in names if f">{name}</a></th>" in page} == found


def test_the_list_costs_the_same_at_any_length(mo, person):
    admin = signed_in(mo)
    costs = []
    for batch in "ab":
        for number in range(3):
            person(f"{batch}{number}")
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


# --- Getting in ----------------------------------------------------------------------------------


def sign_in(username, password=PASSWORD, **options):
    client = Client(**options)
    client.post("/admin/login/?next=/admin/", {"username": username, "password": password})
    return client


def is_in(client):
    answer = client.get("/admin/")
    assert answer.status_code in (200, 302)
    return answer.status_code == 200


def test_a_moderator_signs_in_by_the_form(mo, alice):
    assert is_in(sign_in("mo"))
    assert is_in(sign_in("MO"))
    assert not is_in(sign_in("mo", "wrong"))
    assert not is_in(sign_in("alice"))


@pytest.mark.parametrize("field", ["suspended_at", "deleted_at"])
def test_a_suspended_or_deleted_moderator_is_out_at_once_and_stays_out(mo, field):
    admin = sign_in("mo")
    assert is_in(admin)

    User.objects.filter(pk=mo.pk).update(**{field: timezone.now()})

    assert not is_in(admin)
    assert not is_in(sign_in("mo"))
    assert admin.get(LIST)["Location"].startswith("/admin/login/")


def test_guessing_at_the_admin_is_throttled_together_with_the_api(mo, guest):
    for _ in range(3):
        guest.post("/users/login", {"username": "mo", "password": "wrong"})
    for _ in range(2):
        assert not is_in(sign_in("mo", "wrong"))

    assert not is_in(sign_in("mo"))
    late = Client().post("/admin/login/", {"username": "mo", "password": PASSWORD})
    assert "Too many attempts" in late.content.decode()
    assert is_in(sign_in("mo", REMOTE_ADDR="192.0.2.7"))


def test_a_login_form_from_elsewhere_is_refused(mo):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/login/", {"username": "mo", "password": PASSWORD})
    assert answer.status_code == 403
    assert not is_in(client)


def test_passwords_are_not_changed_in_the_admin(mo):
    """There it would leave the devices signed in that the API signs out."""
    admin = signed_in(mo)
    sent = {"old_password": PASSWORD, "new_password1": "a" * 20, "new_password2": "a" * 20}
    assert admin.post("/admin/password_change/", sent).status_code == 404
    assert "password_change" not in admin.get("/admin/").content.decode()


def test_everything_on_a_page_comes_from_us(mo, alice):
    page = signed_in(mo).get(f"{LIST}{alice.pk}/change/").content.decode()
    assert "https://" not in page
    assert page.count("http://") == page.count("http://www.w3.org/")
    assert "/static/moderation/look.css" in page


# --- Becoming a moderator ------------------------------------------------------------------------


def test_an_administrator_appoints_and_dismisses_moderators(root, mo, alice):
    assert "Make a moderator" in signed_in(root).get(f"{LIST}{alice.pk}/change/").content.decode()
    act(signed_in(root), "appoint", alice, reason="helps out")
    admin = signed_in(alice)
    assert is_in(admin)

    act(signed_in(mo), "dismiss", alice, reason="why not")
    assert is_in(admin)

    act(signed_in(root), "dismiss", alice, reason="has moved away")
    assert not is_in(admin)
    messages = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert messages == ["Made a moderator: helps out", "No moderator any more: has moved away"]


def test_administrators_do_not_dismiss_themselves(root):
    act(signed_in(root), "dismiss", root, reason="tired")
    assert is_in(signed_in(root))


def test_the_command_makes_a_moderator_of_somebody_who_has_registered(alice, capsys):
    for _ in range(2):
        call_command("moderator", "ALICE")
        assert "/admin/" in capsys.readouterr().out
    assert is_in(sign_in("alice"))

    call_command("moderator", "alice", "--dismiss")
    assert not is_in(sign_in("alice"))


@pytest.mark.django_db
def test_the_command_says_what_to_do_when_there_is_no_such_person():
    with pytest.raises(CommandError, match="Nobody is called eve"):
        call_command("moderator", "eve")


def test_the_command_makes_no_moderator_of_somebody_suspended(person):
    person("eve", suspended_at=timezone.now())
    with pytest.raises(CommandError, match="suspended"):
        call_command("moderator", "eve")
    assert not User.objects.get().is_staff


@pytest.mark.django_db
def test_createsuperuser_works_without_questions(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", email="root@example.org")
    assert is_in(sign_in("root"))


@pytest.mark.parametrize(
    ("username", "email"),
    [("Alice", "new@example.org"), ("new", "ALICE@example.org"), ("two words", "new@example.org")],
)
def test_createsuperuser_refuses_names_that_are_taken_or_not_allowed(alice, username, email):
    with pytest.raises(CommandError):
        call_command("createsuperuser", "--noinput", username=username, email=email)
    assert User.objects.count() == 1
