"""Who sees which picture, and with which URL (T7, T8, D9, D10): private accounts, hidden people."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from media.models import Media
from showcase.models import Hanging
from tests.conftest import deliver_all
from tests.showcase.hanging import clear, fetch, files, history, places, put, shown
from users.actions.accounts import change_profile, delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import accept_request, follow_user, unfollow_user
from users.tasks import purge_people


def url(client, owner, place="one"):
    return places(client, owner)[place]["media"]["url"]


@pytest.fixture
def follower(dave, bob):
    """Bob follows Dave, whose account is private."""
    follow_user(owner=bob, target=dave)
    accept_request(owner=dave, requester=bob)
    return bob


def test_the_places_of_a_private_account_look_empty_to_all_but_its_followers(
    dave, follower, carol, as_user, guest, hang
):
    """T7: no sign of how many there are, nor of when they were hung."""
    before = guest.get("/users/dave/showcase/").content
    row = hang(dave, "two")

    for client in (as_user(dave), as_user(follower)):
        assert shown(client, dave) == [None, row.media_id, None]
        assert fetch(guest, url(client, dave, "two")) == 200
    for client in (as_user(carol), guest):
        assert client.get("/users/dave/showcase/").content == before


def test_everybody_gets_one_url_for_an_open_account_and_each_their_own_for_a_private_one(
    alice, dave, follower, as_user, guest, hang
):  # T7
    hang(alice)
    hang(dave)

    assert len({url(client, alice) for client in (as_user(alice), as_user(follower), guest)}) == 1
    assert len({url(client, dave) for client in (as_user(dave), as_user(follower))}) == 2


def test_a_follow_that_ends_takes_the_pictures_away(dave, follower, as_user, hang):
    hang(dave)
    unfollow_user(owner=follower, target=dave)

    assert shown(as_user(follower), dave) == [None] * 3


def test_an_account_that_turns_private_ends_the_urls_that_everybody_has(
    alice, bob, as_user, guest, hang, committed
):
    """T7: their files move to other names, and each who may see them gets a URL of their own."""
    row, former = hang(alice, "one"), hang(alice, "two")
    former_url = url(guest, alice, "two")
    clear(as_user(alice), alice, "two")
    follow_user(owner=bob, target=alice)
    public = url(guest, alice)
    with committed():
        change_profile(user=alice, changes={"is_private": True})
        assert shown(guest, alice) == [None] * 3  # at once, before any file has moved

    assert fetch(guest, public) == 403
    assert fetch(guest, former_url) == 403
    own = url(as_user(bob), alice)
    assert own != public
    assert fetch(guest, own) == 200
    assert shown(as_user(bob), alice) == [row.media_id, None, None]
    assert history(as_user(alice), alice)[0]["media"]["url"] is not None
    assert former.pk == history(as_user(alice), alice)[0]["id"]


def test_what_is_taken_down_is_fetched_by_nobody_else_any_more(
    alice, dave, follower, as_user, guest, hang, committed
):
    """T7: its files move, so that a bucket, which asks nobody, ends the URLs too."""
    for owner, viewer in ((alice, guest), (dave, as_user(follower))):
        row = hang(owner, "one")
        before = row.media.renditions
        kept = url(viewer, owner)
        with committed():
            clear(as_user(owner), owner, "one")

        assert fetch(guest, kept) == 403
        (former,) = history(as_user(owner), owner)
        assert fetch(guest, former["media"]["url"]) == 200
        row.media.refresh_from_db()
        assert not set(before.values()) & set(row.media.renditions.values())


def test_a_private_account_that_changes_its_name_keeps_its_urls(dave, as_user, hang, committed):
    hang(dave)
    before = url(as_user(dave), dave)
    with committed():
        change_profile(user=dave, changes={"name": "David"})

    assert url(as_user(dave), dave) == before


def test_an_account_that_opens_has_one_url_for_everybody_again(
    dave, as_user, guest, hang, committed
):
    hang(dave)
    with committed():
        change_profile(user=dave, changes={"is_private": False})
        # Nobody has a URL of everybody's before the account is known to be open.
        assert places(guest, dave)["one"]["media"]["url"] is None
        assert url(as_user(dave), dave)

    assert url(guest, dave) == url(as_user(dave), dave)
    assert fetch(guest, url(guest, dave)) == 200


def test_opened_and_closed_before_any_worker_came_gives_nobody_anything(
    dave, carol, as_user, guest, hang
):
    hang(dave)
    for private in (False, True):
        change_profile(user=dave, changes={"is_private": private})
        for client in (guest, as_user(carol)):
            places(client, dave)
    deliver_all()

    assert shown(guest, dave) == shown(as_user(carol), dave) == [None] * 3


def test_t6_a_url_is_given_again_for_seven_hours_and_signed_anew_then(alice, guest, hang):
    hang(alice)
    began = timezone.now().replace(microsecond=0)
    urls = {}
    for hours, minutes in ((0, 0), (6, 59), (7, 1), (13, 59)):
        with time_machine.travel(began + timedelta(hours=hours, minutes=minutes), tick=False):
            urls[hours] = url(guest, alice)
            assert fetch(guest, urls[hours]) == 200

    assert urls[0] == urls[6] != urls[7] == urls[13]


# --- Hidden people -------------------------------------------------------------------------------


def test_d10_a_suspended_persons_pictures_are_gone_at_once_and_come_back(
    alice, bob, person, as_user, guest, hang
):
    row = hang(alice)
    mo = person("mo", is_staff=True)
    follow_user(owner=bob, target=alice)

    suspend_user(user=alice, moderator=mo, reason="spam")
    assert guest.get("/users/alice/showcase/").status_code == 404
    assert as_user(bob).get("/showcase/feed/").json()["results"] == []

    lift_suspension(user=alice, moderator=mo, reason="no spam")
    assert shown(guest, alice) == [row.media_id, None, None]


def test_d10_a_deleted_persons_pictures_are_gone_at_once_and_purged_with_their_files(
    alice, guest, as_user, photo, hang, settings, committed
):
    hang(alice, "one")
    hang(alice, "one")
    put(as_user(alice), alice, "two", file=photo())  # still to come
    kept = url(guest, alice)
    with committed():
        delete_user(user=alice)
        assert guest.get("/users/alice/showcase/").status_code == 404
    assert fetch(guest, kept) == 403

    with time_machine.travel(timezone.now() + timedelta(days=31)), committed():
        purge_people()

    assert not Hanging.objects.exists()
    assert not Media.objects.exists()
    assert files() == []
