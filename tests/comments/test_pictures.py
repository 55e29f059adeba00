"""An image on a comment (L5, D9, D10): shown once it is ready, gone with what it stands under."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import tasks
from comments.actions import add_comment, delete_comment
from comments.models import Comment, CommentPicture
from media.models import LooseFolder, Media
from posts.actions.editing import edit_post
from tests import pictures
from tests.albums import published
from tests.comments.pictured import broken, fetched, originals, pictured, renditions, seen, send
from tests.comments.threads import outline, path, say, wrong_counts
from tests.conftest import deliver_all
from tests.media import stores
from tests.media.uploads import Killed
from tests.racing import at_once
from users.actions.relationships import block_user


@pytest.fixture
def post(alice):
    return published(alice)


def test_l5_a_picture_is_its_authors_alone_until_it_is_ready(
    alice, bob, as_user, guest, post, announced
):
    before = len(announced.events())
    albums = Media.objects.count()

    answer = send(as_user(bob), post, alt_text="a boat")

    comment = answer.json()
    assert answer.status_code == 201, answer.content
    (media,) = comment["media"]
    assert (media["state"], media["alt_text"], media["url"]) == ("processing", "a boat", None)
    assert seen(as_user(bob), post) == [[media]]
    assert seen(as_user(alice), post) == seen(guest, post) == [[]]
    assert Media.objects.count() == albums + 1
    told = {"comment_id": comment["id"]}
    assert announced.events()[before:] == [("CommentPictured", told), ("CommentAdded", told)]

    for _ in range(3):
        tasks.process_comment_picture(comment_id=comment["id"])

    ((ready,),) = seen(guest, post)
    assert (ready["state"], ready["id"], ready["alt_text"]) == ("ready", media["id"], "a boat")
    assert (ready["width"], ready["height"]) == (400, 300)
    ((for_bob,),), ((for_alice,),) = seen(as_user(bob), post), seen(as_user(alice), post)
    assert for_bob["id"] == for_alice["id"] == ready["id"]
    assert len({each["url"] for each in (ready, for_bob, for_alice)}) == 3
    assert len(renditions()) == len(ready["renditions"]) == 2
    assert stores.files("default") == []


def test_d9_a_picture_is_fetched_by_whom_its_url_is_for_and_who_may_see_the_comment(
    alice, bob, carol, as_user, guest, post
):
    pictured(post, bob)
    urls = {}
    for name, client in (("guest", guest), ("bob", as_user(bob)), ("carol", as_user(carol))):
        ((media,),) = seen(client, post)
        urls[name] = media["url"]
        assert fetched(media["url"]) == 200

    block_user(owner=bob, target=carol)
    assert (fetched(urls["carol"]), fetched(urls["bob"])) == (403, 200)
    edit_post(post=post, editor=alice, changes={"visibility": "followers"})
    assert (fetched(urls["guest"]), fetched(urls["bob"])) == (403, 200)


def test_a_page_of_pictures_is_signed_in_one_statement(bob, as_user, post):
    for _ in range(3):
        pictured(post, bob)
    client = as_user(bob)
    counts = []
    for limit in (1, 3):
        client.get(path(post), {"limit": limit})
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(path(post), {"limit": limit}).json()["results"]) == limit
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_comment_without_a_picture_has_none_and_its_task_does_nothing(bob, as_user, post):
    comment = say(post, bob)
    tasks.process_comment_picture(comment_id=comment.pk)
    tasks.process_comment_picture(comment_id=10**9)

    assert seen(as_user(bob), post) == [[]]


def test_l5_a_picture_that_cannot_be_made_is_told_to_its_author_alone(bob, as_user, guest, post):
    answer = send(as_user(bob), post, image=broken())
    assert answer.status_code == 201
    deliver_all()

    ((failed,),) = seen(as_user(bob), post)
    assert (failed["state"], failed["url"]) == ("failed", None)
    assert failed["error"]
    assert seen(guest, post) == [[]]
    assert outline(guest, post) == [("Look!", [])]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"image": SimpleUploadedFile("a.jpg", b"no photo", "image/jpeg")}, "image"),
        ({"image": SimpleUploadedFile("a.jpg", b"", "image/jpeg")}, "image"),
        ({"image": "no file"}, "image"),
        ({"text": ""}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"alt_text": "x" * 1501}, "alt_text"),
        ({"parent_id": "x"}, "parent_id"),
    ],
)
def test_d8_what_is_wrong_is_named_and_leaves_nothing(bob, as_user, post, fields, field):
    media = Media.objects.count()

    answer = send(as_user(bob), post, **fields)

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert (stores.kept(), Media.objects.count(), LooseFolder.objects.count()) == ([], media, 0)
    assert not Comment.objects.exists()
    assert wrong_counts(post) == {}


def test_an_alt_text_needs_an_image(bob, as_user, post):
    answer = as_user(bob).post(path(post), {"text": "hi", "alt_text": "a boat"})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["alt_text"])


def test_d6_a_picture_that_is_too_large_is_refused(bob, as_user, post, settings):
    settings.PHOTO_MAX_BYTES = 1000

    answer = send(as_user(bob), post, image=pictures.uploaded(900, 900))

    assert (answer.status_code, answer.json()["code"]) == (400, "photo_too_large")
    assert list(answer.json()["fields"]) == ["image"]


def test_l5_a_picture_below_what_cannot_be_answered_leaves_nothing(alice, bob, as_user, post):
    parent = say(post, alice)
    delete_comment(comment=parent, deleter=alice)
    media = Media.objects.count()

    assert send(as_user(bob), post, parent_id=parent.pk).status_code == 404

    assert (stores.kept(), Media.objects.count(), LooseFolder.objects.count()) == ([], media, 0)
    assert Comment.objects.count() == 1


def test_y8_a_dead_store_is_a_503_and_leaves_nothing(bob, as_user, post):
    media = Media.objects.count()

    with stores.faulty("originals", stores.nth("save", 1, stores.raising(OSError("full")))):
        answer = send(as_user(bob), post)

    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert (Media.objects.count(), LooseFolder.objects.count()) == (media, 0)
    assert not Comment.objects.exists()


def test_y8_processing_that_was_killed_half_way_is_finished_by_the_next_run(bob, guest, post):
    image = pictures.uploaded(700, 500)
    comment = add_comment(post=post, author=bob, text="Look!", image=image)

    with (
        stores.faulty("originals", stores.nth("save", 2, stores.raising(Killed()))),
        pytest.raises(Killed),
    ):
        tasks.process_comment_picture(comment_id=comment.pk)
    assert seen(guest, post) == [[]]
    tasks.process_comment_picture(comment_id=comment.pk)

    ((ready,),) = seen(guest, post)
    assert len(renditions()) == len(ready["renditions"])


# --- The same again ------------------------------------------------------------------------------


def test_d1_a_key_stands_for_the_picture_too(bob, as_user, post):
    client = as_user(bob)

    first, again = (send(client, post, key="k-1", alt_text="a") for _ in range(2))

    assert (first.status_code, again.json()) == (201, first.json())
    for other in (
        {"image": pictures.uploaded(400, 301), "alt_text": "a"},
        {"alt_text": "b"},
        {"text": "Look here!", "alt_text": "a"},
    ):
        assert send(client, post, key="k-1", **other).json()["code"] == "idempotency_conflict"
    bare = client.post(path(post), {"text": "Look!"}, headers={"Idempotency-Key": "k-1"})
    assert bare.json()["code"] == "idempotency_conflict"
    assert (Comment.objects.count(), CommentPicture.objects.count()) == (1, 1)
    assert len(originals()) == 1


@pytest.mark.django_db(transaction=True)
def test_d1_ten_requests_with_one_key_make_one_comment_with_one_picture(alice, bob, as_user):
    post = published(alice)
    answers = []

    at_once(*[lambda: answers.append(send(as_user(bob), post, key="k-1"))] * 10)

    assert [each.status_code for each in answers] == [201] * 10
    assert len({each.json()["id"] for each in answers}) == 1
    assert (Comment.objects.count(), CommentPicture.objects.count()) == (1, 1)
    assert len(originals()) == 1
    assert not LooseFolder.objects.exists()
