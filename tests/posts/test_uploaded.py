"""Posts of pictures that were uploaded on their own (Y7, D1): `media` instead of `images`."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from media import tasks
from media.actions import receiving
from media.models import Media, Upload
from posts.models import Post, PostMedia
from tests import pictures
from tests.albums import picture
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


def post(api, media, key=None, **fields):
    headers = {"Idempotency-Key": key} if key else {}
    return api.post("/posts/", {"media": media, **fields}, headers=headers)


def ids(*rows):
    return [row.pk for row in rows]


def test_y7_a_post_takes_pictures_in_the_order_of_their_ids_with_their_texts(api, alice, committed):
    first, second, third = (picture(alice) for _ in range(3))
    Media.objects.filter(pk=third.pk).update(alt_text="from before")

    with committed():
        answer = post(api, ids(second, third, first), alt_texts=["two"], caption="Uploaded")

    assert (answer.status_code, answer.json()["caption"]) == (201, "Uploaded")
    assert [(each["id"], each["alt_text"]) for each in answer.json()["media"]] == [
        (second.pk, "two"),
        (third.pk, "from before"),
        (first.pk, ""),
    ]
    assert Post.objects.get().state == "published"


def test_y7_a_post_waits_for_pictures_that_are_still_processed(api, alice, committed):
    made = receiving.store_photo(owner=alice, file=pictures.uploaded())

    answer = post(api, ids(made, picture(alice)))
    assert (answer.status_code, answer.json()["state"]) == (201, "processing")

    with committed():
        pass
    assert Post.objects.get().state == "published"
    assert Media.objects.get(pk=made.pk).state == "ready"


@pytest.mark.parametrize("is_private", [False, True])
@pytest.mark.parametrize("visibility", ["public", "followers", "private"])
def test_t7_pictures_go_where_the_audience_of_the_post_has_them(
    api, alice, committed, visibility, is_private
):
    type(alice).objects.filter(pk=alice.pk).update(is_private=is_private)
    made = receiving.store_photo(owner=alice, file=pictures.uploaded())
    with committed():
        tasks.process_upload(media_id=made.pk)
    before = Media.objects.get().renditions

    with committed():
        answer = post(api, ids(made), visibility=visibility)

    now = Media.objects.get()
    public = visibility == "public" and not is_private
    assert answer.status_code == 201
    assert (now.state, now.access) == ("ready", "public" if public else "signed")
    assert (now.renditions == before) == public


# What is refused, with nothing changed


def nothing_changed(answer, fields):
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["fields"]) == fields
    return Post.objects.count() == PostMedia.objects.filter(post__caption="").count() == 0


def test_d8_pictures_that_are_not_free_are_named(api, alice, bob):
    free, failed = picture(alice), picture(alice, "failed")
    used, avatar, coming = (picture(alice) for _ in range(3))
    foreign = picture(bob)
    PostMedia.objects.create(
        post=Post.objects.create(author=bob, caption="before"), media=used, position=0
    )
    type(alice).objects.filter(pk=alice.pk).update(avatar=avatar, next_avatar=coming)
    asked = [free.pk, foreign.pk, used.pk, avatar.pk, coming.pk, failed.pk, 2**63 - 1]

    answer = post(api, asked)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    taken = ["There is no picture of yours with this id that is free."]
    assert answer.json()["fields"] == {
        **{f"media.{place}": taken for place in (1, 2, 3, 4, 6)},
        "media.5": ["This picture could not be processed. Please upload it again."],
    }
    assert [each.caption for each in Post.objects.all()] == ["before"]
    assert list(Media.objects.unattached().values_list("pk", flat=True).order_by("pk")) == sorted(
        [free.pk, failed.pk, foreign.pk]
    )


def test_d8_a_picture_is_taken_once(api, alice):
    one = picture(alice)

    answer = post(api, [one.pk, one.pk])

    assert answer.json()["fields"] == {"media.1": ["This picture is named before already."]}
    assert nothing_changed(answer, ["media.1"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "images"),
        ({"media": []}, "media"),
        ({"media": None}, "media"),
        ({"media": "1"}, "media"),
        ({"media": ["one"]}, "media.0"),
        ({"media": [0]}, "media.0"),
        ({"media": [2**63]}, "media.0"),
        ({"media": [[1]]}, "media.0"),
        ({"media": [{"id": 1}]}, "media.0"),
        ({"media": list(range(1, 12))}, "media"),
        ({"media": [1], "alt_texts": ["a", "b"]}, "alt_texts"),
    ],
)
def test_d8_what_is_no_list_of_ids_is_named(api, body, field):
    assert nothing_changed(api.post("/posts/", body), [field])


def test_d8_images_and_media_do_not_go_together(api, alice):
    both = {"images": [pictures.uploaded()], "media": [picture(alice).pk]}

    assert nothing_changed(api.post("/posts/", both, format="multipart"), ["media"])
    assert Media.objects.count() == 1


def test_media_may_come_in_a_form_too(api, alice):
    made = [picture(alice).pk, picture(alice).pk]

    answer = api.post("/posts/", {"media": made}, format="multipart")

    assert [each["id"] for each in answer.json()["media"]] == made


# Twice, and at once


def test_d1_the_same_key_gives_the_same_post_and_another_picture_is_a_conflict(api, alice):
    one, two = picture(alice), picture(alice)

    first, again = post(api, [one.pk], key="a"), post(api, [one.pk], key="a")
    other = post(api, [two.pk], key="a")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"] == Post.objects.get().pk
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    assert post(api, [one.pk]).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_at_once_cannot_take_the_same_picture(as_user, alice, settings, announced):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "post": "1000/min"}
    shared, others = picture(alice), [picture(alice) for _ in range(50)]
    answers = []

    at_once(
        *[
            lambda other=other: answers.append(post(as_user(alice), [other.pk, shared.pk]))
            for other in others
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [400] * 49
    assert PostMedia.objects.count() == 2
    assert Media.objects.unattached().count() == 49


@pytest.mark.django_db(transaction=True)
def test_a_sweep_and_a_post_never_both_have_a_picture(as_user, alice, announced):
    """Whichever is first: a post with its picture, or a 400 and neither."""
    for _ in range(5):
        made = picture(alice)
        _uploaded(alice, made, timezone.now() - timedelta(days=2))
        answers: list[Any] = []

        at_once(
            lambda made=made, answers=answers: answers.append(post(as_user(alice), [made.pk])),
            tasks.upload_sweep,
        )

        (answer,) = answers
        kept = Media.objects.filter(pk=made.pk).exists()
        assert (answer.status_code, kept) in ((201, True), (400, False))
        assert PostMedia.objects.filter(media=made.pk).exists() == kept


def _uploaded(owner, media, moment):
    Upload.objects.create(owner=owner, folder="", size=1, media=media, expires_at=moment)
    Upload.objects.update(created_at=moment)
    Media.objects.filter(pk=media.pk).update(created_at=moment)
