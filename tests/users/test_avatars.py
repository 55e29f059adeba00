"""The picture of a person (Y2, D8)."""

import pytest
from django.conf import settings as conf
from django.core.files.uploadedfile import SimpleUploadedFile

from media import storage
from media.models import Media
from tests.conftest import deliver_all
from users import tasks
from users.actions import avatars
from users.models import User


def patch(client, username, /, **fields):
    return client.patch(f"/users/{username}/", fields, format="json")


def send(client, photo, name="alice", **fields):
    return client.patch(f"/users/{name}/", {"avatar": photo, **fields}, format="multipart")


def files():
    roots = [conf.STORAGES[alias]["OPTIONS"]["location"] for alias in ("default", "originals")]
    return [path for root in roots for path in root.rglob("*") if path.is_file()]


def test_a_picture_hangs_once_it_is_prepared(alice, as_user, guest, photo, committed):  # Y2
    with committed():
        body = send(as_user(alice), photo(width=800, height=600), bio="new").json()
        assert (body["avatar_url"], body["avatar_processing"], body["bio"]) == (None, True, "new")

    media = Media.objects.get()
    body = as_user(alice).get("/users").json()
    assert body["avatar_url"] == storage.url(media.renditions["320"])
    assert body["avatar_processing"] is False
    assert guest.get("/users/alice/").json()["avatar_url"] == body["avatar_url"]
    alice.refresh_from_db()
    assert alice.revision == 1


def test_a_picture_smaller_than_its_place_is_shown_as_it_is(alice, as_user, photo, committed):
    with committed():
        send(as_user(alice), photo(width=100, height=80))

    url = as_user(alice).get("/users").json()["avatar_url"]
    assert url == storage.url(Media.objects.get().renditions["100"])


def test_the_next_picture_replaces_the_last_and_leaves_nothing_behind(
    alice, as_user, photo, committed
):
    with committed():
        send(as_user(alice), photo())
    first = Media.objects.get()
    with committed():
        send(as_user(alice), photo())
        assert User.objects.get().avatar_id == first.pk  # until the next is prepared

    media = Media.objects.get()
    assert media.pk != first.pk
    assert User.objects.get().avatar_id == media.pk
    assert {storage.folder_of(media.original)} == {"/".join(path.parts[-3:-1]) for path in files()}


def test_of_two_pictures_sent_in_a_row_the_later_hangs(alice, as_user, photo):
    send(as_user(alice), photo())
    early = Media.objects.get().pk
    send(as_user(alice), photo())
    late = Media.objects.get().pk

    deliver_all()
    avatars.hang_avatar(user_id=alice.pk, media_id=early)  # a late worker

    assert User.objects.get().avatar_id == late
    assert Media.objects.count() == 1


@pytest.mark.parametrize("empty", ["", None])
def test_a_picture_is_taken_down(alice, as_user, photo, committed, empty):
    with committed():
        send(as_user(alice), photo())

    with committed():
        for _ in range(2):
            assert patch(as_user(alice), "alice", avatar=empty).json()["avatar_url"] is None

    assert not Media.objects.exists()
    assert files() == []
    assert User.objects.get().revision == 2


def test_a_picture_taken_down_before_it_was_prepared_never_hangs(alice, as_user, photo):
    send(as_user(alice), photo())
    patch(as_user(alice), "alice", avatar=None)

    deliver_all()

    assert User.objects.get().avatar_id is None
    assert files() == []


def test_a_file_that_is_no_photo_changes_nothing(alice, as_user, announced):  # D8
    for content in (b"GIF89a nonsense", b"", b"<svg onload=alert(1)>"):
        file = SimpleUploadedFile("a.jpg", content, "image/jpeg")
        response = send(as_user(alice), file, bio="new")
        assert response.status_code == 400
        assert "avatar" in response.json()["fields"]

    alice.refresh_from_db()
    assert (alice.bio, alice.next_avatar_id) == ("", None)
    assert announced == []
    assert (Media.objects.exists(), files()) == (False, [])


def test_a_taken_name_keeps_the_picture_out_too(alice, bob, as_user, photo):
    assert send(as_user(alice), photo(), username="bob").status_code == 400

    assert (Media.objects.exists(), files()) == (False, [])


def test_a_picture_that_cannot_be_prepared_leaves_the_present_one(alice, as_user, photo, committed):
    with committed():
        send(as_user(alice), photo())
    present = Media.objects.get().pk
    send(as_user(alice), photo())
    Media.objects.exclude(pk=present).update(state=Media.State.FAILED, error="damaged")

    deliver_all()

    assert User.objects.get().avatar_id == present
    assert as_user(alice).get("/users").json()["avatar_processing"] is False
    assert Media.objects.count() == 1


def test_preparing_a_picture_three_times_is_preparing_it_once(alice, as_user, photo):
    send(as_user(alice), photo())
    media = Media.objects.get()

    for _ in range(3):
        tasks.prepare_avatar(user_id=alice.pk, media_id=media.pk)

    alice.refresh_from_db()
    assert (alice.avatar_id, alice.revision) == (media.pk, 1)
    assert Media.objects.count() == 1
