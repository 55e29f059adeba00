"""The three places of a profile (T8, D1, D8, D9): filled, replaced, emptied, by their owner."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from media.models import LooseFolder, Media
from showcase.models import Hanging
from showcase.tasks import hang_when_prepared
from tests.albums import picture
from tests.conftest import deliver_all
from tests.media.stores import faulty, nth, raising
from tests.showcase.hanging import (
    NO_PHOTOS,
    clear,
    current,
    files,
    history,
    places,
    public_files,
    put,
    shown,
)


def test_a_new_profile_has_three_empty_places(alice, as_user, guest):  # T8
    empty = {"media": None, "hung_at": None, "coming": None}
    expected = {"places": [{"place": place, **empty} for place in ("one", "two", "three")]}

    for client in (as_user(alice), guest):
        assert client.get("/users/ALICE/showcase").json() == expected


def test_a_picture_hangs_once_it_is_prepared_with_its_date_and_signed(
    alice, bob, as_user, photo, committed
):  # T8
    client = as_user(alice)
    with committed():
        sent = put(client, alice, "two", file=photo(800, 600), alt_text="The sea")
        assert sent.status_code == 200
        body = sent.json()
        assert (body["place"], body["media"], body["hung_at"]) == ("two", None, None)
        assert (body["coming"]["state"], body["coming"]["alt_text"]) == ("processing", "The sea")
        assert places(as_user(bob), alice)["two"]["coming"] is None

    place = places(as_user(bob), alice)["two"]
    assert set(place) == {"place", "media", "hung_at", "coming"}
    assert place["media"]["state"] == "ready"
    assert place["media"]["alt_text"] == "The sea"
    assert set(place["media"]["renditions"]) == {"320", "640", "800"}
    assert "signature=" in place["media"]["url"]
    row = current(alice, "two")
    assert datetime.fromisoformat(place["hung_at"]) == row.hung_at
    assert timezone.now() - row.hung_at < timedelta(minutes=1)
    assert row.media.access == Media.Access.SIGNED
    assert public_files() == []
    assert shown(client, alice) == [None, row.media_id, None]


def test_the_former_picture_hangs_until_the_next_is_ready_and_is_kept(
    alice, bob, as_user, photo, hang, committed
):
    first = hang(alice, "one")
    with committed():
        body = put(as_user(alice), alice, "one", file=photo()).json()
        assert body["media"]["id"] == first.media_id
        assert body["coming"]["id"] != first.media_id
        assert shown(as_user(bob), alice)[0] == first.media_id

    second = current(alice, "one")
    assert shown(as_user(bob), alice) == [second.media_id, None, None]
    assert body["coming"]["id"] == second.media_id
    first.refresh_from_db()
    assert first.taken_down_at == second.hung_at
    assert [each["id"] for each in history(as_user(alice), alice)] == [first.pk]


def test_a_picture_can_be_waited_for(alice, as_user, photo, worker):
    answer = as_user(alice).put(
        "/users/alice/showcase/one/?wait=20", {"file": photo()}, format="multipart"
    )

    assert answer.json()["media"]["state"] == "ready"
    assert answer.json()["coming"] is None


def test_a_place_is_emptied_and_twice_is_once(alice, bob, as_user, hang):  # D1
    row = hang(alice, "three")

    answers = [clear(as_user(alice), alice, "three") for _ in range(2)]

    empty = {"place": "three", "media": None, "hung_at": None, "coming": None}
    assert [(each.status_code, each.json()) for each in answers] == [(200, empty)] * 2
    assert shown(as_user(bob), alice) == [None] * 3
    assert [each["id"] for each in history(as_user(alice), alice)] == [row.pk]
    assert row.media_id == history(as_user(alice), alice)[0]["media"]["id"]


def test_what_was_to_come_to_an_emptied_place_never_hangs(alice, as_user, photo):
    put(as_user(alice), alice, "one", file=photo())
    sent = Hanging.objects.get()
    clear(as_user(alice), alice, "one")

    deliver_all()
    hang_when_prepared(hanging_id=sent.pk)  # a late worker

    assert shown(as_user(alice), alice) == [None] * 3
    assert not Hanging.objects.exists()
    assert (Media.objects.exists(), files()) == (False, [])


def test_preparing_a_picture_three_times_is_preparing_it_once(alice, as_user, photo):
    put(as_user(alice), alice, "one", file=photo())
    sent = Hanging.objects.get()

    for _ in range(3):
        hang_when_prepared(hanging_id=sent.pk)

    hung_at = current(alice, "one").hung_at
    hang_when_prepared(hanging_id=sent.pk)
    assert current(alice, "one").hung_at == hung_at
    assert Hanging.objects.count() == 1


def test_of_two_sent_in_a_row_the_later_hangs_whichever_is_ready_first(alice, as_user, photo):
    for _ in range(2):
        put(as_user(alice), alice, "one", file=photo())
    early, late = Hanging.objects.order_by("pk")

    hang_when_prepared(hanging_id=late.pk)
    hang_when_prepared(hanging_id=early.pk)

    assert current(alice, "one") == late
    early.refresh_from_db()
    assert early.hung_at == early.taken_down_at is not None
    assert [each["id"] for each in history(as_user(alice), alice)] == [early.pk]


def test_a_picture_that_cannot_be_prepared_never_replaces_and_says_why(
    alice, bob, as_user, photo, hang
):
    present = hang(alice, "one")
    put(as_user(alice), alice, "one", file=photo())
    failing = Hanging.objects.get(hung_at=None)
    Media.objects.filter(pk=failing.media_id).update(state="failed", error="It is damaged.")

    deliver_all()

    place = places(as_user(alice), alice)["one"]
    assert place["media"]["id"] == present.media_id
    assert (place["coming"]["state"], place["coming"]["error"]) == ("failed", "It is damaged.")
    assert places(as_user(bob), alice)["one"]["coming"] is None
    assert history(as_user(alice), alice) == []
    answer = put(as_user(alice), alice, "two", media_id=failing.media_id)
    assert (answer.status_code, answer.json()["code"]) == (400, "no_such_photo")

    hang(alice, "one")  # the next one takes the failed one's place
    assert not Media.objects.filter(pk=failing.media_id).exists()
    assert places(as_user(alice), alice)["one"]["coming"] is None


def test_a_clock_that_is_late_takes_nothing_down_before_it_was_hung(alice, as_user, photo, hang):
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        first = hang(alice, "one")
    hang(alice, "one")

    first.refresh_from_db()
    assert first.taken_down_at == first.hung_at


# --- Who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["put", "delete"])
def test_only_oneself_changes_a_place(alice, bob, carol, guest, as_user, photo, hang, method):  # D9
    row = hang(alice, "one")
    as_user(alice).post("/users/block/carol")

    def attempt(client, name="alice"):
        sent = {"file": photo()} if method == "put" else {}
        return getattr(client, method)(f"/users/{name}/showcase/one/", sent, format="multipart")

    assert attempt(guest).status_code == 401
    assert (attempt(as_user(bob)).status_code, attempt(as_user(bob)).json()["code"]) == (
        403,
        "permission_denied",
    )
    hidden, missing = attempt(as_user(carol)), attempt(as_user(carol), "nobody")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert current(alice, "one") == row
    assert Media.objects.count() == 1


def test_who_is_blocked_either_way_finds_no_showcase(alice, bob, carol, as_user, hang):  # D9
    hang(alice, "one")
    as_user(alice).post("/users/block/bob")
    as_user(carol).post("/users/block/alice")

    for who in (bob, carol):
        hidden = as_user(who).get("/users/alice/showcase/")
        missing = as_user(who).get("/users/nobody/showcase/")
        assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize("place", ["four", "0", "one'--", "ones", "%00", "history/x", "õne"])
def test_there_is_no_fourth_place(alice, as_user, photo, place):  # D8
    for answer in (
        as_user(alice).put(
            f"/users/alice/showcase/{place}/", {"file": photo()}, format="multipart"
        ),
        as_user(alice).delete(f"/users/alice/showcase/{place}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Media.objects.exists()


def test_the_database_knows_of_no_fourth_place_and_of_one_picture_in_each(alice):
    def hangs(place, **fields):
        with transaction.atomic():
            moment = {"hung_at": timezone.now(), **fields}
            Hanging.objects.create(owner=alice, place=place, media=picture(alice), **moment)

    for place in ("one", "two", "three"):
        hangs(place)
    now, before = timezone.now(), timezone.now() - timedelta(hours=1)
    for place, fields in (
        ("one", {}),
        ("four", {}),
        ("", {}),
        ("one", {"hung_at": None, "taken_down_at": now}),
        ("one", {"hung_at": now, "taken_down_at": before}),
        ("one", {"hidden_at": now}),
    ):
        with pytest.raises(IntegrityError):
            hangs(place, **fields)
    assert Hanging.objects.count() == 3


# --- Bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(len(NO_PHOTOS)))
def test_a_file_that_is_no_photo_changes_nothing(alice, as_user, hang, announced, number):  # D8
    NO_PHOTOS[number].seek(0)

    answer = put(as_user(alice), alice, "one", file=NO_PHOTOS[number])

    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "detail", "fields"}
    assert list(answer.json()["fields"]) == ["file"]
    assert announced == []
    assert not Hanging.objects.exists()
    assert (Media.objects.exists(), files(), LooseFolder.objects.exists()) == (False, [], False)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"media_id": None},
        {"media_id": "one"},
        {"media_id": 0},
        {"media_id": -1},
        {"media_id": 2**63},
        {"media_id": [1]},
        {"media_id": 1, "alt_text": "x" * 1501},
        {"media_id": 1, "alt_text": "\x00"},
        {"media_id": "1 OR 1=1"},
    ],
)
def test_what_names_no_picture_is_a_400(alice, as_user, sent):  # D8
    answer = put(as_user(alice), alice, "one", **sent)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Hanging.objects.exists()


def test_a_file_and_an_id_together_are_a_400(alice, as_user, photo):
    answer = put(as_user(alice), alice, "one", file=photo(), media_id=1)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["file"])
    assert not Media.objects.exists()


# --- Half-way -------------------------------------------------------------------------------


def test_a_store_that_fails_is_an_honest_503_and_leaves_nothing(alice, as_user, photo, announced):
    with faulty("originals", nth("save", 1, raising(OSError("full")))):
        answer = put(as_user(alice), alice, "one", file=photo())

    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert announced == []
    assert not Hanging.objects.exists()
    assert (Media.objects.exists(), files(), LooseFolder.objects.exists()) == (False, [], False)


def test_a_store_that_fails_while_preparing_is_tried_again(alice, as_user, photo, hang):
    present = hang(alice, "one")
    put(as_user(alice), alice, "one", file=photo())
    coming = Hanging.objects.get(hung_at=None)

    with (
        faulty("originals", nth("open", 1, raising(OSError("away")))),
        pytest.raises(OSError, match="away"),
    ):
        hang_when_prepared(hanging_id=coming.pk)
    assert current(alice, "one") == present

    deliver_all()
    assert current(alice, "one") == coming


def test_somebody_suspended_while_sending_leaves_nothing(alice, as_user, photo):
    client = as_user(alice)
    type(alice).objects.filter(pk=alice.pk).update(suspended_at=timezone.now())

    assert put(client, alice, "one", file=photo()).status_code == 404
    assert (Media.objects.exists(), files()) == (False, [])
