"""Creating a post (Y7): what is taken, what is refused, and that a refusal leaves nothing."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from media.models import LooseFolder, Media
from posts.models import Post
from tests import pictures


def files():
    """Every file in the two stores."""
    folders = [
        settings.STORAGES[alias]["OPTIONS"]["location"] for alias in ("default", "originals")
    ]
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


def nothing_left():
    return (Post.objects.count(), Media.objects.count(), LooseFolder.objects.count(), files()) == (
        0,
        0,
        0,
        [],
    )


@pytest.fixture
def send(as_user, alice):
    """Post as Alice: `send(caption="hi", images=[…])`."""

    def post(query="", **fields):
        fields = {"images": [pictures.uploaded()], **fields}
        key = fields.pop("key", None)
        headers = {"Idempotency-Key": key} if key is not None else {}
        return as_user(alice).post(f"/posts/{query}", fields, format="multipart", headers=headers)

    return post


def test_y7_a_new_post_is_being_processed_and_has_the_whole_shape(send, alice, announced):
    answer = send(
        images=[pictures.uploaded(64, 48), pictures.uploaded(30, 60, kind="PNG")],
        alt_texts=["a square", "a tower"],
        caption="  Two of them ",
        tags=["#Größe", "grösse", "日本", "#日本", "İstanbul"],
        visibility="followers",
    )

    post = answer.json()
    assert answer.status_code == 201
    media = post.pop("media")
    assert post == {
        "id": Post.objects.get().pk,
        "author": {"id": alice.pk, "username": "alice", "name": "", "avatar_url": None},
        "type": "photo",
        "state": "processing",
        "visibility": "followers",
        "caption": "Two of them",
        "tags": ["grösse", "日本", "i̇stanbul"],
        "mentions": [],
        "entities": [],
        "created_at": post["created_at"],
        "published_at": None,
        "edited_at": None,
        "reactions_count": 0,
        "likes_count": 0,
        "comments_count": 0,
        "reposts_count": 0,
        "saves_count": 0,
        "viewer": {"reaction": None, "liked": False, "saved": False, "reposted": False},
        "reposted_by": None,
    }
    assert post["created_at"].endswith("Z")
    assert [(m["alt_text"], m["width"], m["height"], m["state"]) for m in media] == [
        ("a square", 64, 48, "processing"),
        ("a tower", 30, 60, "processing"),
    ]
    assert announced == [("PostCreated", {"post_id": post["id"]})]


def test_y7_a_post_is_published_once_its_pictures_are_made(send, as_user, bob, committed):
    with committed():
        post_id = send(caption="hello").json()["id"]
        assert as_user(bob).get(f"/posts/{post_id}/").status_code == 404

    seen = as_user(bob).get(f"/posts/{post_id}/").json()
    assert (seen["state"], seen["caption"]) == ("published", "hello")
    assert seen["media"][0]["state"] == "ready"
    assert seen["published_at"] > seen["created_at"]


def test_y7_ten_pictures_keep_their_order(send, committed):
    with committed():
        sent = [pictures.uploaded(width=10 + n) for n in range(10)]
        answer = send(images=sent, alt_texts=[str(n) for n in range(10)])

    assert [m["width"] for m in answer.json()["media"]] == [10 + n for n in range(10)]
    assert [m["alt_text"] for m in answer.json()["media"]] == [str(n) for n in range(10)]


def test_d6_the_longest_caption_and_alt_text_and_the_most_tags_are_taken(send):
    tags = [f"{n:03}" + "x" * 97 for n in range(30)]
    answer = send(caption="é" * 2200, alt_texts=["a" * 1500], tags=tags)

    assert answer.status_code == 201
    assert answer.json()["caption"] == "é" * 2200
    assert answer.json()["tags"] == tags


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"images": []}, "images"),
        ({"images": ["not a file"]}, "images.0"),
        ({"images": [pictures.uploaded() for _ in range(11)]}, "images"),
        ({"caption": "x" * 2201}, "caption"),
        ({"caption": "a\x00b"}, "caption"),
        ({"alt_texts": ["x" * 1501]}, "alt_texts.0"),
        ({"alt_texts": ["one", "too many"]}, "alt_texts"),
        ({"tags": ["two words"]}, "tags"),
        ({"tags": ["a\u202eb"]}, "tags"),
        ({"tags": ["a\x07b"]}, "tags"),
        ({"tags": ["#"]}, "tags"),
        ({"tags": ["x" * 101]}, "tags"),
        ({"tags": [f"t{n}" for n in range(31)]}, "tags"),
        ({"visibility": "friends"}, "visibility"),
        ({"key": "two words"}, "Idempotency-Key"),
        ({"key": "x" * 256}, "Idempotency-Key"),
        ({"key": ""}, "Idempotency-Key"),
        ({"query": "?wait=soon"}, "wait"),
        ({"query": "?wait=-1"}, "wait"),
    ],
)
def test_d8_what_cannot_be_taken_is_named_and_leaves_nothing(send, fields, field, announced):
    answer = send(**fields)

    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]
    assert nothing_left()
    assert announced == []


def test_y7_one_bad_file_among_good_ones_leaves_nothing(send, announced):
    bad = SimpleUploadedFile("photo.jpg", b"<html>no photo</html>", content_type="image/jpeg")

    answer = send(images=[pictures.uploaded(), pictures.uploaded(), bad])

    assert (answer.status_code, answer.json()["code"]) == (400, "not_a_photo")
    assert list(answer.json()["fields"]) == ["images.2"]
    assert nothing_left()
    assert announced == []


def test_y7_a_rollback_leaves_neither_rows_nor_files_nor_work(send, settings):
    settings.EVENT_SUBSCRIPTIONS = "tests.subscriptions.NO_TABLE"  # announcing comes after the rows

    with pytest.raises(ImportError, match="NO_TABLE"):
        send()

    assert nothing_left()


def test_guests_post_nothing(guest, db):
    answer = guest.post("/posts/", {"images": [pictures.uploaded()]}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert nothing_left()


def test_json_without_files_is_told_what_is_missing(as_user, alice):
    answer = as_user(alice).post("/posts/", {"caption": "hi", "images": "x"})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["images"]


def test_d6_posting_is_throttled(send, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "post": "2/min"}

    answers = [send() for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) <= 60
    assert Post.objects.count() == 2


# --- The same again ------------------------------------------------------------------------------


def test_d1_the_same_key_gives_the_same_post(send, committed):
    with committed():
        first = send(caption="once", key="k-1")
        second = send(caption="once", key="k-1")
    third = send(caption="once", key="k-1")

    assert [each.status_code for each in (first, second, third)] == [201, 201, 201]
    assert first.json()["id"] == second.json()["id"] == third.json()["id"]
    assert third.json()["state"] == "published"
    assert Post.objects.count() == 1
    assert Media.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"caption": "twice"},
        {"tags": ["new"]},
        {"visibility": "private"},
        {"alt_texts": ["other"]},
        {"images": [pictures.uploaded(colour=(0, 0, 0))]},
    ],
)
def test_d1_the_same_key_with_other_content_is_a_conflict(send, other):
    first = send(caption="once", key="k-1")

    second = send(**{"caption": "once", "key": "k-1", **other})

    assert (second.status_code, second.json()["code"]) == (409, "idempotency_conflict")
    assert [post.pk for post in Post.objects.all()] == [first.json()["id"]]
    assert LooseFolder.objects.count() == 0


def test_d1_the_key_of_a_deleted_post_is_spent(send, as_user, alice):
    first = send(key="k-1").json()
    as_user(alice).delete(f"/posts/{first['id']}/")

    again = send(key="k-1")

    assert (again.status_code, again.json()["code"]) == (409, "idempotency_conflict")
    assert Post.objects.count() == 1


def test_d1_two_people_may_use_the_same_key(send, as_user, bob):
    mine = send(key="k-1").json()

    theirs = as_user(bob).post(
        "/posts/",
        {"images": [pictures.uploaded()]},
        format="multipart",
        headers={"Idempotency-Key": "k-1"},
    )

    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine["id"]
