"""Letters, addresses, deletion and purge of an account (Y1, Y2, D10)."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail, signing
from django.utils import timezone

from media.models import Media
from tests.conftest import PASSWORD
from tests.racing import at_once
from users import tasks, tokens
from users.actions import accounts, moderation, passwords, relationships
from users.models import Follow, Session, User

ADA = {"username": "Ada.L", "email": "ada@Example.ORG", "password": "poetical science"}


def register(guest, **fields):
    return guest.post("/users/register", {**ADA, **fields})


def token_in(letter):
    (token,) = re.findall(r"^\S{30,}$", letter.body.partition("token:")[2], re.MULTILINE)
    return token


# --- Letters and addresses -----------------------------------------------------------------------


def test_the_welcome_letter_activates_and_twice_is_the_same(guest, db, committed, settings):  # Y1
    settings.FRONTEND_URL = "https://yafig.example"
    with committed():
        register(guest)
    letter = mail.outbox[0]
    assert isinstance(letter, mail.EmailMultiAlternatives)
    token = token_in(letter)

    assert len(mail.outbox) == 1
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Welcome to Yafig"
    assert f"https://yafig.example/activate?token={token.replace(':', '%3A')}" in letter.body
    assert "Hello Ada.L" in str(letter.alternatives[0][0])
    for _ in range(2):
        response = guest.post("/users/activate", {"token": token})
        assert (response.status_code, response.json()) == (200, {"activated": True})
        verified_at = User.objects.get().email_verified_at
    assert verified_at is not None
    guest.post("/users/activate", {"token": token})
    assert User.objects.get().email_verified_at == verified_at


def test_no_letter_is_sent_before_the_commit(guest, db, committed):  # Y1
    with committed():
        register(guest)
        assert mail.outbox == []

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "token", ["", "x", "a:b:c", "é", "\ud7ff" * 9, None, 5, ["x"], "signed for something else"]
)
def test_other_tokens_activate_nothing(guest, alice, token):
    if token == "signed for something else":
        token = signing.dumps([alice.pk, alice.email, alice.email], salt="another")

    response = guest.post("/users/activate", {"token": token})

    assert response.status_code == 400
    assert User.objects.get().email_verified_at is None


def test_a_token_for_an_address_ends_after_three_days(guest, alice, settings):
    token = tokens.for_address(alice, alice.email)
    settings.PASSWORD_RESET_TIMEOUT = -1

    response = guest.post("/users/activate", {"token": token})

    assert (response.status_code, response.json()["code"]) == (400, "link_not_valid")


def test_a_new_address_counts_when_its_letter_is_opened(alice, as_user, guest, committed):
    with committed():
        response = as_user(alice).post(
            "/users/email/change", {"email": "new@Example.org", "password": PASSWORD}
        )
    assert response.status_code == 202
    assert User.objects.get().email == "alice@example.org"
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]

    with committed():
        for _ in range(2):
            answer = guest.post("/users/activate", {"token": token_in(letter)})
            assert answer.status_code == 200

    assert User.objects.get().email == "new@example.org"
    assert User.objects.get().email_verified_at is not None
    assert mail.outbox[1].to == ["alice@example.org"]
    assert len(mail.outbox) == 2


def test_an_address_is_not_changed_without_the_password(alice, as_user, announced):
    sent = {"email": "new@example.org", "password": "wrong"}

    response = as_user(alice).post("/users/email/change", sent)

    assert (response.status_code, set(response.json()["fields"])) == (400, {"password"})
    assert announced == []


def test_an_address_that_was_registered_meanwhile_is_refused(alice, bob, guest):
    token = tokens.for_address(alice, "BOB@example.org")

    response = guest.post("/users/activate", {"token": token})

    assert (response.status_code, set(response.json()["fields"])) == (400, {"email"})
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_a_link_to_an_address_dies_when_another_was_chosen(alice, guest):
    stale = tokens.for_address(alice, "stale@example.org")
    accounts.confirm_address(tokens.for_address(alice, "fresh@example.org"))

    assert guest.post("/users/activate", {"token": stale}).status_code == 400
    alice.refresh_from_db()
    assert alice.email == "fresh@example.org"


def test_a_new_password_stops_a_move_that_was_asked_for_before(alice, guest):
    """Or a thief who was locked out again could still take the account away."""
    thief = tokens.for_address(alice, "thief@example.org")
    accounts.confirm_address(tokens.for_address(alice, alice.email))
    passwords.set_password(user=alice, password="poetical science")

    answer = guest.post("/users/activate", {"token": thief})

    assert (answer.status_code, answer.json()["code"]) == (400, "link_not_valid")
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_the_welcome_letter_outlives_a_new_password(alice, guest):
    token = tokens.for_address(alice, alice.email)
    passwords.set_password(user=alice, password="poetical science")

    assert guest.post("/users/activate", {"token": token}).status_code == 200


def test_an_address_too_long_in_lower_case_is_refused(guest, alice, as_user):  # D8
    """`İ` becomes two characters there."""
    email = f"{'x' * 60}@{'.'.join(['İ' * 6] * 25)}.org"
    assert len(email) <= 254

    refused = register(guest, email=email)
    changed = as_user(alice).post("/users/email/change", {"email": email, "password": PASSWORD})

    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"email"})
    assert (changed.status_code, set(changed.json()["fields"])) == (400, {"email"})


# --- Deletion and purge --------------------------------------------------------------------------


def test_a_deleted_account_is_gone_at_once_for_everyone(
    alice, bob, pair_of, bearing, guest, as_user, announced
):  # Y2, D10
    pair = pair_of(alice)
    unknown = guest.get("/users/nobody/")

    response = bearing(pair).delete("/users/alice")

    assert response.status_code == 204
    assert announced == [("UserDeleted", {"user_id": alice.pk})]
    assert bearing(pair).get("/users").status_code == 401
    assert guest.post("/users/refresh", {"refresh": pair["refresh"]}).status_code == 401
    for client in (guest, as_user(bob)):
        answer = client.get("/users/alice/")
        assert (answer.status_code, answer.content) == (404, unknown.content)
    sent = {"username": "alice", "password": PASSWORD}
    assert guest.post("/users/login", sent).status_code == 401


def test_the_counts_of_others_leave_out_a_deleted_account(alice, bob, carol):  # Y2, Y6
    for owner, target in ((alice, bob), (bob, alice), (carol, bob)):
        relationships.follow_user(owner=owner, target=target)

    for _ in range(2):
        accounts.delete_user(user=alice)

    bob.refresh_from_db()
    assert (bob.followers_count, bob.following_count) == (1, 0)


def test_a_password_that_is_sent_must_be_right(alice, as_user):
    response = as_user(alice).delete("/users/alice", {"password": "wrong"})

    assert (response.status_code, response.json()["code"]) == (400, "wrong_password")
    assert User.objects.active().filter(pk=alice.pk).exists()
    assert as_user(alice).delete("/users/alice", {"password": PASSWORD}).status_code == 204


def test_nobody_deletes_somebody_else(alice, bob, as_user, guest, announced):
    assert as_user(bob).delete("/users/alice").status_code == 403
    assert guest.delete("/users/alice").status_code == 401
    assert User.objects.active().count() == 2
    assert announced == []


@pytest.mark.django_db(transaction=True)
def test_deleting_twenty_times_at_once_is_deleting_once(alice, bob, announced):
    Follow.objects.create(owner=alice, target=bob)
    User.objects.filter(pk=bob.pk).update(followers_count=1)

    at_once(*[lambda: accounts.delete_user(user=alice)] * 20)

    bob.refresh_from_db()
    assert bob.followers_count == 0
    assert announced == [("UserDeleted", {"user_id": alice.pk})]


def test_a_name_is_free_again_after_the_purge_and_not_before(
    alice, guest, committed, settings, photo, as_user
):  # D10
    with committed():
        as_user(alice).patch("/users/alice", {"avatar": photo()}, format="multipart")
    with committed():
        accounts.delete_user(user=alice)
    tasks.purge_people()
    assert register(guest, username="alice").status_code == 400

    long_ago = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS, minutes=1)
    User.objects.update(deleted_at=long_ago)
    with committed():
        tasks.purge_people()

    assert not User.objects.exists()
    assert not Media.objects.exists()
    root = settings.STORAGES["originals"]["OPTIONS"]["location"]
    assert [path for path in root.rglob("*") if path.is_file()] == []
    assert register(guest, username="alice").status_code == 201


def test_who_is_not_deleted_is_not_purged(alice):
    accounts.purge_user(user=alice)

    assert User.objects.filter(pk=alice.pk).exists()


def test_ended_sessions_are_forgotten(alice, pair_of, bearing, guest):
    kept, ended = pair_of(alice), pair_of(alice)
    bearing(ended).post("/users/logout")

    tasks.purge_sessions()

    assert Session.objects.count() == 1
    assert bearing(kept).get("/users").status_code == 200
    assert bearing(ended).get("/users").status_code == 401
    assert guest.post("/users/refresh", {"refresh": ended["refresh"]}).status_code == 401


def test_what_a_purged_moderator_did_stays_in_the_log(alice, bob, person):
    """Moderation is logged with its reason, whoever leaves."""
    root = person("root", is_staff=True)
    moderation.suspend_user(user=alice, moderator=root, reason="spam")
    root_id = root.pk
    User.objects.filter(pk=root_id).update(deleted_at=timezone.now())

    for _ in range(2):
        accounts.purge_user(user=root)

    entry = LogEntry.objects.get()
    assert (entry.change_message, entry.user.username) == (
        "Suspended: spam",
        f"moderator-{root_id}",
    )
    assert not User.objects.filter(pk=root_id).exists()
    assert not User.objects.visible_to(bob).filter(username__startswith="moderator-").exists()
