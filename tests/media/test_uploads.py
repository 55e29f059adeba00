"""Photos sent straight to the store become pictures (Y7, D1, D8), on files and in a bucket.

What is sent goes to the store itself; nothing of it is shown before its content was checked.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from common.errors import Missing
from media import storage, uploads
from media.actions import uploads as actions
from media.models import LooseFolder, Media, Upload
from tests.media.sending import (
    NOT_FOUND,
    NOTHING,
    PART,
    PHOTO,
    TEXT,
    complete,
    hidden,
    large,
    look,
    on_files,
    send_form,
    send_part,
    sent,
    slices,
)
from tests.media.uploads import MIB, jpeg
from tests.racing import at_once

pytestmark = pytest.mark.django_db


# From the file to the picture


@pytest.mark.parametrize("in_parts", [False, True], ids=["form", "parts"])
def test_y7_a_photo_that_was_sent_straight_to_the_store_becomes_a_picture(
    store, api, begin, alice, committed, in_parts
):
    content = large()

    upload = sent(store, begin, content, parts=in_parts)
    with committed():
        card = complete(api, upload)

    assert (card.status_code, card.json()["state"]) == (200, "processing")
    media = Media.objects.get()
    assert (card.json()["id"], media.owner_id, media.state) == (media.pk, alice.pk, "ready")
    assert (media.mime, media.size) == ("image/jpeg", len(content))
    assert store.read("originals", media.original) == content
    assert store.names("originals") == [media.original]  # what was sent is gone
    seen = look(api, upload).json()
    assert (seen["url"], seen["parts"], seen["arrived"]) == (None, [], True)
    assert seen["media"]["id"] == media.pk
    assert list(seen["media"]["renditions"]) == ["320", "640"]


def test_t7_of_a_private_account_nothing_is_public_even_before_it_is_posted(
    store, api, begin, alice, committed
):
    type(alice).objects.filter(pk=alice.pk).update(is_private=True)

    with committed():
        card = complete(api, sent(store, begin, PHOTO))

    assert card.status_code == 200
    media = Media.objects.get()
    assert (media.state, media.access) == ("ready", "signed")
    assert store.names("default") == []
    assert store.names("originals") == sorted([media.original, *media.renditions.values()])


def test_what_a_client_is_told(store, api, begin):
    form, parts = begin(PHOTO), begin(large())

    assert (form["method"], form["parts"], form["arrived"]) == ("POST", [], False)
    assert form["fields"]["Content-Type"] == "image/jpeg"
    assert (parts["method"], parts["url"], parts["fields"]) == ("PUT", None, {})
    assert [(each["number"], each["size"]) for each in parts["parts"]] == [
        (1, PART),
        (2, PART),
        (3, 2 * MIB + 345),
    ]
    assert (parts["media"], parts["error"]) == (None, None)
    ends = datetime.fromisoformat(form["expires_at"])
    assert timedelta(hours=5, minutes=59) < ends - timezone.now() <= timedelta(hours=6)
    assert set(form) == set(parts) == set(look(api, form).json())


def test_even_a_small_photo_can_be_sent_in_parts(store, api, begin):
    upload = sent(store, begin, PHOTO, parts=True)

    assert [part["size"] for part in upload["parts"]] == [len(PHOTO)]
    assert complete(api, upload).status_code == 200


def test_a_phone_may_call_it_heic_and_its_bytes_say_what_it_is(store, api, begin):
    upload = sent(store, begin, PHOTO, kind="image/heic")

    assert complete(api, upload).status_code == 200
    assert Media.objects.get().mime == "image/jpeg"


# Parts, again and in any order


def test_parts_come_in_any_order_and_again_and_the_last_one_counts(store, api, begin):
    content = large()
    pieces = slices(content)
    upload = begin(content)

    assert send_part(store, upload, 3, bytes(len(pieces[3]))).status == 200
    assert send_part(store, upload, 1, pieces[1]).status == 200
    first = look(api, upload).json()
    assert [part["arrived"] for part in first["parts"]] == [True, False, True]
    assert not first["arrived"]
    # Resumed elsewhere, by what the server tells.
    assert send_part(store, first, 2, pieces[2]).status == 200
    assert send_part(store, first, 3, pieces[3]).status == 200
    assert look(api, upload).json()["arrived"]

    assert complete(api, upload).status_code == 200
    assert store.read("originals", Media.objects.get().original) == content


def test_d8_what_is_missing_is_named_and_can_be_sent_later(store, api, begin):
    content = large()
    pieces = slices(content)
    upload = begin(content)
    send_part(store, upload, 2, pieces[2])

    answer = complete(api, upload)

    assert answer.status_code == 409
    assert answer.json() == {
        "code": "upload_incomplete",
        "detail": "Of its 3 parts there are missing: 1, 3.",
        "fields": {"parts": ["Of its 3 parts there are missing: 1, 3."]},
    }
    assert Media.objects.count() == 0
    send_part(store, upload, 1, pieces[1])
    send_part(store, upload, 3, pieces[3])
    assert complete(api, upload).status_code == 200


def test_a_form_that_was_never_sent_is_incomplete(store, api, begin):
    answer = complete(api, begin(PHOTO))

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_incomplete")
    assert store.everything() == NOTHING


# Wrong content


@pytest.mark.parametrize("in_parts", [False, True], ids=["form", "parts"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(TEXT, "not_a_photo"), (jpeg(64, 48)[:60], "damaged_photo"), (b"\0", "not_a_photo")],
)
def test_d8_what_is_no_photo_is_refused_for_good_and_its_bytes_are_gone(
    store, api, begin, content, code, in_parts, announced
):
    upload = sent(store, begin, content, kind="image/png", parts=in_parts)

    answer = complete(api, upload)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert store.everything() == NOTHING
    assert (Media.objects.count(), announced) == (0, [])
    again = complete(api, upload)
    assert hidden(again) == hidden(answer)
    seen = look(api, upload).json()
    assert (seen["error"], seen["media"], seen["url"]) == (answer.json()["detail"], None, None)


def test_what_arrives_after_it_was_refused_is_removed_in_time(store, api, begin):
    upload = sent(store, begin, TEXT)
    complete(api, upload)

    send_form(store, upload, TEXT)  # the form is still good

    (loose,) = LooseFolder.objects.all()
    assert store.names("originals") == [f"{loose.folder}/upload"]
    assert complete(api, upload).status_code == 400
    storage.remove(loose.folder)  # as the sweep does a day later
    assert store.everything() == NOTHING


def test_what_is_sent_after_the_completion_changes_nothing(store, api, begin):
    upload = sent(store, begin, PHOTO)
    complete(api, upload)
    other = PHOTO[:-4] + b"evil"

    send_form(store, upload, other)

    assert store.read("originals", Media.objects.get().original) == PHOTO
    assert complete(api, upload).json()["id"] == Media.objects.get().pk


# Twice, at once, somebody else


def test_d1_completing_twice_gives_the_same_picture(store, api, begin, announced):
    upload = sent(store, begin, PHOTO)

    first, second = complete(api, upload), complete(api, upload)

    assert hidden(first) == hidden(second)
    assert Media.objects.count() == 1
    assert announced == [("UploadCompleted", {"media_id": Media.objects.get().pk})]


@on_files
@pytest.mark.django_db(transaction=True)
def test_d1_fifty_that_complete_at_once_make_one_picture(store, as_user, alice, begin, announced):
    upload = sent(store, begin, PHOTO)
    answers = []

    at_once(*[lambda: answers.append(complete(as_user(alice), upload))] * 50)

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["id"] for answer in answers} == {Media.objects.get().pk}
    assert len(announced.events()) == 1
    assert store.names("originals") == [Media.objects.get().original]
    assert LooseFolder.objects.count() == 1  # the upload's own


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [PHOTO, TEXT], ids=["photo", "text"])
def test_d1_several_that_complete_at_once_agree_on_both_stores(
    store, as_user, alice, begin, content
):
    upload = sent(store, begin, content, parts=True)
    answers = []

    at_once(*[lambda: answers.append(complete(as_user(alice), upload))] * 6)

    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert Media.objects.count() == (content is PHOTO)
    assert store.names("originals") == [media.original for media in Media.objects.all()]


def test_an_upload_is_its_owners_alone(store, api, begin, as_user, bob):
    upload = sent(store, begin, PHOTO)
    place = f"/media/uploads/{upload['id']}/"
    other = as_user(bob)

    for method, path in (("get", place), ("delete", place), ("post", f"{place}complete/")):
        missing = path.replace(str(upload["id"]), "99999999999999999999")
        assert hidden(getattr(other, method)(path)) == NOT_FOUND
        assert hidden(getattr(other, method)(missing)) == NOT_FOUND
    assert Media.objects.count() == 0
    assert complete(api, upload).status_code == 200


def test_d9_whoever_is_hidden_by_now_completes_nothing(store, begin, alice):
    upload = sent(store, begin, PHOTO)
    type(alice).objects.filter(pk=alice.pk).update(suspended_at=timezone.now())

    with pytest.raises(Missing):
        actions.complete_upload(owner=alice, upload_id=upload["id"])

    assert Media.objects.count() == 0
    assert [storage.folder_of(name) for name in store.names("originals")] == [
        Upload.objects.get().folder  # what was sent; the copy is gone
    ]


# Giving up


@pytest.mark.parametrize("in_parts", [False, True], ids=["form", "parts"])
def test_giving_up_takes_the_bytes_along(store, api, begin, in_parts):
    upload = sent(store, begin, PHOTO, parts=in_parts)

    answer = api.delete(f"/media/uploads/{upload['id']}/")

    assert answer.status_code == 204
    assert store.everything() == NOTHING
    assert uploads.abort_before(timezone.now() + timedelta(hours=1)) == 0  # no parts are left
    for again in (api.delete(f"/media/uploads/{upload['id']}/"), look(api, upload)):
        assert hidden(again) == NOT_FOUND
    assert hidden(complete(api, upload)) == NOT_FOUND
    assert LooseFolder.objects.count() == 1  # for what may still come


def test_giving_up_after_the_completion_takes_the_picture_unless_it_is_used(
    store, api, begin, committed
):
    free, used = sent(store, begin, PHOTO), sent(store, begin, PHOTO)
    kept = complete(api, used).json()["id"]
    complete(api, free)
    api.post("/posts/", {"media": [kept]})

    with committed():
        assert api.delete(f"/media/uploads/{free['id']}/").status_code == 204
        refused = api.delete(f"/media/uploads/{used['id']}/")

    assert (refused.status_code, refused.json()["code"]) == (409, "picture_in_use")
    assert [media.pk for media in Media.objects.all()] == [kept]
    assert look(api, used).json()["media"]["id"] == kept
