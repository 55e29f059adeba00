"""Hanging a photo that is here already (T8): a copy with files of its own, of nobody else's."""

import pytest

from media.actions.receiving import store_photo
from media.models import LooseFolder, Media
from posts.actions.moderation import hide_post, purge_post
from posts.actions.posts import create_post, delete_post
from showcase.actions import hang_photo, hide_picture
from showcase.models import Hanging
from tests.conftest import deliver_all
from tests.media.stores import faulty, nth, raising
from tests.showcase.hanging import clear, current, fetch, files, history, places, put, shown


@pytest.fixture
def post(alice, photo, committed):
    with committed():
        return create_post(author=alice, images=[photo(400, 300)], alt_texts=["The harbour"])


def media_of(post):
    return Media.objects.get(place__post=post)


def refused(client, owner, media_id):
    answer = put(client, owner, "one", media_id=media_id)
    assert (answer.status_code, answer.json()["code"]) == (400, "no_such_photo"), answer.content
    assert list(answer.json()["fields"]) == ["media_id"]
    return answer.content


def test_a_photo_of_ones_own_post_hangs_as_a_signed_copy(alice, bob, as_user, post, committed):
    source = media_of(post)
    with committed():
        body = put(as_user(alice), alice, "one", media_id=source.pk).json()
        assert body["coming"]["alt_text"] == "The harbour"

    media = current(alice, "one").media
    assert media.pk != source.pk
    assert (media.access, source.access) == ("signed", "public")
    assert (media.width, media.height, media.size) == (400, 300, source.size)
    assert media.original != source.original
    url = places(as_user(bob), alice)["one"]["media"]["url"]
    assert fetch(as_user(bob), url) == 200
    assert fetch(as_user(bob), url.partition("?")[0]) == 403


def test_a_copy_can_be_described_anew(alice, as_user, post):
    for text in ("A boat", ""):
        body = put(as_user(alice), alice, "one", media_id=media_of(post).pk, alt_text=text).json()
        assert body["coming"]["alt_text"] == text


def test_the_picture_outlives_its_post_and_the_post_its_picture(
    alice, bob, person, as_user, post, committed
):
    source = media_of(post)
    with committed():
        put(as_user(alice), alice, "one", media_id=source.pk)
    with committed():
        clear(as_user(alice), alice, "one")
    assert as_user(bob).get(f"/posts/{post.pk}/").json()["media"][0]["state"] == "ready"

    with committed():
        put(as_user(alice), alice, "one", media_id=source.pk)
    with committed():
        delete_post(post=post, editor=alice)
        purge_post(post=post, moderator=person("mo", is_staff=True), reason="x")

    url = places(as_user(bob), alice)["one"]["media"]["url"]
    assert fetch(as_user(bob), url) == 200


def test_an_upload_of_ones_own_that_nothing_shows_hangs_too(alice, as_user, photo, committed):
    loose = store_photo(owner=alice, file=photo(), alt_text="")
    with committed():
        assert put(as_user(alice), alice, "two", media_id=loose.pk).status_code == 200

    assert shown(as_user(alice), alice)[1] == current(alice, "two").media_id != loose.pk


def test_what_hung_before_can_hang_again(alice, as_user, hang, committed):
    former = hang(alice, "one")
    clear(as_user(alice), alice, "one")
    with committed():
        assert put(as_user(alice), alice, "three", media_id=former.media_id).status_code == 200

    assert current(alice, "three").media_id != former.media_id
    assert [each["id"] for each in history(as_user(alice), alice)] == [former.pk]


def test_nobody_elses_photo_hangs_and_all_refusals_are_alike(
    alice, bob, as_user, photo, post, hang, announced
):
    """D9: whether such a photo exists is not told."""
    media = media_of(post)
    loose = store_photo(owner=alice, file=photo())

    answers = {refused(as_user(bob), bob, pk) for pk in (media.pk, loose.pk, 987654321)}

    assert len(answers) == 1
    assert announced == []
    assert not Hanging.objects.exists()


def test_what_is_gone_does_not_come_back_by_way_of_the_showcase(
    alice, person, as_user, photo, post, hang
):
    mo = person("mo", is_staff=True)
    hidden = create_post(author=alice, images=[photo()])
    hide_post(post=hidden, moderator=mo, reason="rude")
    deleted = create_post(author=alice, images=[photo()])
    delete_post(post=deleted, editor=alice)
    picture = hang(alice, "one")
    hide_picture(hanging=picture, moderator=mo, reason="rude")

    for media_id in (media_of(hidden).pk, media_of(deleted).pk, picture.media_id):
        refused(as_user(alice), alice, media_id)


def test_ones_avatar_is_no_photo_to_hang(alice, as_user, photo, committed):
    with committed():
        as_user(alice).patch("/users/alice/", {"avatar": photo()}, format="multipart")

    refused(as_user(alice), alice, Media.objects.get().pk)


def test_a_post_that_goes_while_it_is_copied_leaves_nothing(alice, post):
    source = media_of(post)
    before = files()

    def delete():
        delete_post(post=post, editor=alice)

    with (
        faulty("originals", nth("save", 1, delete)),
        pytest.raises(Exception, match="no photo with this id"),
    ):
        hang_photo(owner=alice, place="one", media_id=source.pk)

    assert not Hanging.objects.exists()
    assert (files(), LooseFolder.objects.exists()) == (before, False)


def test_a_store_that_cannot_be_read_is_a_503_and_leaves_nothing(alice, as_user, post):
    before = files()
    for operation in ("open", "save"):
        with faulty("originals", nth(operation, 1, raising(OSError("away")))):
            answer = put(as_user(alice), alice, "one", media_id=media_of(post).pk)
        assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")

    deliver_all()
    assert not Hanging.objects.exists()
    assert (files(), LooseFolder.objects.exists()) == (before, False)
