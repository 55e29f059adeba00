"""The pictures of drafts (issue 5; Y7, D8): added, arranged, described and taken out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from media import tasks
from media.actions.receiving import store_photo
from media.models import LooseFolder, Media, Upload
from posts.actions.drafts import add_pictures
from posts.actions.posts import create_post, delete_post
from posts.models import Post, PostMedia
from tests import pictures
from tests.albums import picture
from tests.media import stores
from tests.posts.drafting import ids, widths
from tests.posts.test_access import MISSING
from tests.posts.test_processing import broken
from tests.racing import at_once
from tests.signed import accesses

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


def test_y7_pictures_are_added_behind_the_others_and_made(keep, api, committed):
    draft = keep(1)

    with committed():
        answer = api.post(
            f"/posts/{draft['id']}/media/",
            {
                "images": [pictures.uploaded(100, 50), pictures.uploaded(101, 50)],
                "alt_texts": ["new"],
            },
            format="multipart",
        )

    assert (answer.status_code, widths(answer.json())) == (200, [64, 100, 101])
    assert [each["alt_text"] for each in answer.json()["media"]] == ["", "new", ""]
    card = api.get(f"/posts/{draft['id']}/").json()
    assert {each["state"] for each in card["media"]} == {"ready"}
    assert accesses(Post.objects.get()) == {("signed", "ready")}


def test_pictures_are_put_into_another_order_taken_out_and_in(keep, api, alice, committed):
    draft = keep(3)
    path = f"/posts/{draft['id']}/"
    first, second, third = ids(draft)
    uploaded = store_photo(owner=alice, file=pictures.uploaded(90, 60))
    tasks.process_upload(media_id=uploaded.pk)
    folder = Path(settings.STORAGES["originals"]["OPTIONS"]["location"])
    before = len(list(folder.rglob("original")))

    with committed():
        answer = api.patch(
            path, {"media": [third, uploaded.pk, first], "alt_texts": ["c", "new", "a"]}
        )
        assert answer.status_code == 200, answer.content

    assert ids(answer.json()) == [third, uploaded.pk, first]
    assert [each["alt_text"] for each in answer.json()["media"]] == ["c", "new", "a"]
    assert not Media.objects.filter(pk=second).exists()
    assert len(list(folder.rglob("original"))) == before - 1  # its files are gone
    places = PostMedia.objects.order_by("position").values_list("position", "media_id")
    assert list(places) == [(0, third), (1, uploaded.pk), (2, first)]
    assert Media.objects.get(pk=uploaded.pk).access == "signed"
    again = api.patch(path, {"media": [third, uploaded.pk, first]})
    assert again.status_code == 200
    assert api.patch(path, {"media": []}).json()["media"] == []
    assert not Media.objects.exists()


def test_one_picture_is_described_and_removed(keep, api):
    draft = keep(3)
    path = f"/posts/{draft['id']}/media/"
    first, second, third = ids(draft)

    described = api.patch(f"{path}{second}/", {"alt_text": "a boat"})
    removed = api.delete(f"{path}{first}/")
    again = api.delete(f"{path}{first}/")

    assert [each["alt_text"] for each in described.json()["media"]] == ["", "a boat", ""]
    assert (removed.status_code, ids(removed.json())) == (200, [second, third])
    assert (again.status_code, again.content) == (404, MISSING)
    assert api.patch(f"{path}{first}/", {"alt_text": "gone"}).content == MISSING
    assert api.delete(f"{path}{10**30}/").status_code == 404


def test_d8_what_a_draft_cannot_have_is_named_and_changes_nothing(keep, api, alice, bob):
    draft, other = keep(2, caption="as it was"), keep(1)
    path = f"/posts/{draft['id']}/"
    first, second = ids(draft)
    failed, foreign = picture(alice, "failed"), picture(bob)
    before = api.get(path).json()
    used = "There is no picture of yours with this id that is free."

    for body, fields in (
        ({"media": [first, first]}, {"media.1": ["This picture is named before already."]}),
        ({"media": [first, *ids(other)]}, {"media.1": [used]}),
        ({"media": [foreign.pk, second]}, {"media.0": [used]}),
        ({"media": [2**63 - 1]}, {"media.0": [used]}),
        (
            {"media": [failed.pk]},
            {"media.0": ["This picture could not be processed. Please upload it again."]},
        ),
        ({"alt_texts": ["one"]}, {"alt_texts": ["One for each of the 2 pictures, please."]}),
        (
            {"media": [first], "alt_texts": ["one", "two"]},
            {"alt_texts": ["One for each of the 1 pictures, please."]},
        ),
    ):
        answer = api.patch(path, {"caption": "changed", **body}, format="json")
        assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    for media in (list(range(1, 12)), None, ["x"], 1):
        assert api.patch(path, {"media": media}, format="json").status_code == 400
    for alt_text in ("x" * 1501, None, "a\x00b"):
        assert api.patch(f"{path}media/{first}/", {"alt_text": alt_text}).status_code == 400

    assert api.get(path).json() == before
    assert Media.objects.count() == 5


def test_d8_more_pictures_than_a_post_may_have_leave_no_file(keep, api):
    draft = keep(1)
    path = f"/posts/{draft['id']}/media/"
    files = stores.files("originals")
    bad = SimpleUploadedFile("photo.jpg", b"<html>no photo</html>", content_type="image/jpeg")

    many = api.post(path, {"images": [pictures.uploaded() for _ in range(10)]}, format="multipart")
    wrong = api.post(path, {"images": [pictures.uploaded(), bad]}, format="multipart")
    none = api.post(path, {"alt_texts": ["x"]}, format="multipart")

    assert (many.status_code, list(many.json()["fields"])) == (400, ["images"])
    assert (wrong.status_code, wrong.json()["code"]) == (400, "not_a_photo")
    assert (none.status_code, list(none.json()["fields"])) == (400, ["images"])
    assert stores.files("originals") == files
    assert (Media.objects.count(), LooseFolder.objects.count()) == (1, 0)


def test_a_failed_picture_of_a_draft_is_tried_again_or_taken_out(api, committed, alice):
    with committed():
        made = create_post(author=alice, images=[pictures.uploaded(), broken()], draft=True)
    path = f"/posts/{made.pk}/"
    card = api.get(path).json()
    assert [each["state"] for each in card["media"]] == ["ready", "failed"]
    assert card["media"][1]["error"].startswith("This photo is damaged or incomplete.")

    with committed():
        tried = api.post(f"{path}retry/")
    assert (tried.status_code, tried.json()["media"][1]["state"]) == (200, "processing")
    assert tried.json()["state"] == "draft"
    assert api.get(path).json()["media"][1]["state"] == "failed"
    assert api.patch(path, {"media": ids(card)[::-1]}).status_code == 200  # it may stay
    assert api.delete(f"{path}media/{ids(card)[1]}/").json()["media"][0]["state"] == "ready"


# --- At once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_pictures_added_at_once_are_all_there_and_never_too_many(alice, announced):
    made = create_post(author=alice, draft=True)
    refused = []

    def add():
        try:
            add_pictures(post=made, editor=alice, images=[pictures.uploaded()])
        except Exception as error:
            refused.append(type(error).__name__)

    at_once(*[add] * 15)

    places = PostMedia.objects.filter(post=made).order_by("position")
    assert [place.position for place in places] == list(range(10))
    assert refused == ["Invalid"] * 5
    assert LooseFolder.objects.count() == 0
    assert len(stores.files("originals")) == 10


@pytest.mark.django_db(transaction=True)
def test_an_order_and_a_removal_at_once_leave_whole_albums(alice, as_user, announced):
    made = create_post(author=alice, images=[pictures.uploaded() for _ in range(4)], draft=True)
    asked = list(PostMedia.objects.order_by("position").values_list("media_id", flat=True))
    path = f"/posts/{made.pk}/"
    answers = []

    at_once(
        *[
            lambda: answers.append(as_user(alice).patch(path, {"media": asked[::-1]})),
            lambda: answers.append(as_user(alice).delete(f"{path}media/{asked[0]}/")),
            lambda: answers.append(as_user(alice).delete(f"{path}media/{asked[0]}/")),
        ]
        * 3
    )

    assert {answer.status_code for answer in answers} <= {200, 400, 404}
    places = PostMedia.objects.order_by("position").values_list("position", "media_id")
    assert [position for position, _ in places] == list(range(3))
    assert [pk for _, pk in places] in (asked[1:], asked[:0:-1])
    assert Media.objects.count() == 3


def test_a_deleted_drafts_pictures_are_no_longer_taken_by_an_upload(keep, api, alice, committed):
    draft = keep(1)
    (media_id,) = ids(draft)
    Upload.objects.create(
        owner=alice, folder="", size=1, media_id=media_id, expires_at=timezone.now()
    )
    delete_post(post=Post.objects.get(), editor=alice)

    answer = api.post("/posts/", {"media": [media_id]}, format="json")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["media.0"])
