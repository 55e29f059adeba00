"""A store that fails (T7, Y8, Y16): no post without its bytes, no half row, and it heals by itself.

The store is the real S3 server, behind a proxy that breaks what it is told to.
"""

import io
import itertools
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from PIL import Image

from embedded import ports
from events import delivery
from events.models import Announcement
from media.actions import deleting
from media.models import LooseFolder, Media, Upload
from posts.models import Post
from tests.conftest import deliver_all
from tests.faults import proxy as faults
from tests.faults.proxy import BROKEN, IN_SHORT, QUICK
from tests.media import stores
from tests.pictures import picture, uploaded

WORSE = {  # for reading
    **{name: BROKEN[name] for name in ("answers 500", "answers 503", "says nothing")},
    "cuts the body": faults.cut,
    "sends too slowly": faults.slow(100),
}


@pytest.fixture
def store(bucket, monkeypatch):
    """Yafig's way to its bucket leads through a proxy; everybody else's does not."""
    with faults.before(bucket.server.endpoint) as proxy:
        ways = {"S3_ENDPOINT_URL": proxy.url, "S3_PUBLIC_ENDPOINT_URL": bucket.server.endpoint}
        stores.use_bucket(monkeypatch, **{**bucket.variables, **QUICK, **ways})
        yield proxy


@pytest.fixture
def impatient(store, monkeypatch):
    """For what is asked in the block, little time in all."""

    @contextmanager
    def within():
        stores.use_bucket(monkeypatch, S3_OBJECT_TIMEOUT="1.5")
        yield
        stores.use_bucket(monkeypatch, S3_OBJECT_TIMEOUT="60")

    return within


@pytest.fixture
def api(store, alice, as_user):
    return as_user(alice)


def publish(api, **fields):
    sent = {"images": uploaded(640, 480), **fields}
    return api.post("/posts/", sent, format="multipart")


def deliver_one_by_one():
    """Every delivery that is due, once, whether it works or not; how many failed."""
    done = [
        delivery.deliver(row.pk, name)
        for row in Announcement.objects.order_by("id")
        for name in row.pending
    ]
    return done.count(False)


def swept():
    """A day later."""
    LooseFolder.objects.update(since=timezone.now() - timedelta(days=2))
    deleting.abandon_uploads()
    deliver_all()


def is_honest(answer):
    return (
        answer.status_code,
        answer.json()["code"],
        int(answer.headers["Retry-After"]) > 0,
    ) == (503, "store_unavailable", True)


def opened(url):
    """The picture at `url`, all of it."""
    image = Image.open(io.BytesIO(httpx.get(url, trust_env=False).raise_for_status().content))
    image.load()
    return image


# While something is sent


@pytest.mark.parametrize("name", BROKEN)
def test_a_post_whose_photo_cannot_be_kept_is_refused_and_leaves_nothing(store, api, bucket, name):
    store.break_with(BROKEN[name], only=("PUT",))

    answer = publish(api)

    assert is_honest(answer), answer.json()
    assert (Post.objects.count(), Media.objects.count()) == (0, 0)
    assert Announcement.objects.count() == 0
    assert (bucket.keys(), LooseFolder.objects.count()) == ([], 0)
    store.heal()
    assert publish(api).status_code == 201


@pytest.mark.parametrize("name", IN_SHORT)
def test_where_nothing_can_be_cleared_away_either_the_sweep_does_it(store, api, bucket, name):
    store.break_with(BROKEN[name])

    assert is_honest(publish(api))

    assert (Post.objects.count(), Media.objects.count()) == (0, 0)
    assert LooseFolder.objects.count() == 1
    store.heal()
    swept()
    assert (bucket.keys(), LooseFolder.objects.count()) == ([], 0)


@pytest.mark.parametrize("name", IN_SHORT)
def test_a_store_that_fails_once_is_asked_again_and_nobody_notices(store, api, bucket, name):
    store.break_with(BROKEN[name], only=("PUT",), times=1)

    answer = publish(api)

    assert answer.status_code == 201
    assert [method for method, _ in store.seen].count("PUT") == 2
    assert len(bucket.keys("originals/")) == 1


def test_an_album_of_which_one_photo_fails_is_refused_as_a_whole(store, api, bucket):
    broken = itertools.count(1)

    def third(handler, body):
        fault = faults.status(500) if next(broken) >= 3 else None
        if fault:
            fault(handler, body)
        else:
            handler.answer(handler.forward(body))

    store.break_with(third, only=("PUT",))

    answer = publish(api, images=[uploaded(64, 48) for _ in range(4)])

    assert is_honest(answer)
    assert (Post.objects.count(), Media.objects.count()) == (0, 0)
    assert (bucket.keys(), LooseFolder.objects.count()) == ([], 0)


def test_a_store_that_is_not_there_at_all_is_an_honest_answer_too(
    bucket, alice, as_user, monkeypatch
):
    nowhere = f"http://127.0.0.1:{ports.free_port()}"
    stores.use_bucket(monkeypatch, **{**bucket.variables, **QUICK, "S3_ENDPOINT_URL": nowhere})

    assert is_honest(publish(as_user(alice)))

    assert (Post.objects.count(), Media.objects.count()) == (0, 0)


# While it is prepared


def is_unpublished(api, guest, post_id):
    seen = api.get(f"/posts/{post_id}/").json()
    hidden = guest.get(f"/posts/{post_id}/").status_code in (401, 404)
    return seen["state"] == "processing" and hidden and seen["media"][0]["url"] is None


@pytest.mark.parametrize("name", BROKEN)
def test_a_post_waits_for_the_store_and_is_published_whole(store, api, guest, bucket, name):
    post_id = publish(api).json()["id"]
    store.break_with(BROKEN[name], only=("PUT",), place="/public/")

    assert deliver_one_by_one() > 0

    assert is_unpublished(api, guest, post_id)
    store.heal()
    deliver_all()
    media = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert media["state"] == "ready"
    assert {opened(url).width for url in media["renditions"].values()} == {320, 640}
    assert len(bucket.keys()) == 3  # the original and two renditions


@pytest.mark.parametrize("name", WORSE)
def test_an_original_that_cannot_be_read_whole_is_read_later(store, api, guest, impatient, name):
    post_id = publish(api).json()["id"]
    store.break_with(WORSE[name], only=("GET",), place="/originals/")

    with impatient():
        assert deliver_one_by_one() > 0

    assert is_unpublished(api, guest, post_id)
    assert Media.objects.get().state == "processing"  # not `failed`: the photo is good
    store.heal()
    deliver_all()
    media = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert {opened(url).width for url in media["renditions"].values()} == {320, 640}


# While it is shown


def test_signing_asks_nobody_so_a_page_of_private_pictures_needs_no_store(store, api, committed):
    with committed():
        post_id = publish(api, visibility="followers").json()["id"]
    store.break_with(faults.status(500))
    before = len(store.seen)

    media = api.get(f"/posts/{post_id}/").json()["media"][0]

    assert len(store.seen) == before
    assert opened(media["url"]).width == 640


@pytest.mark.parametrize("name", WORSE)
def test_a_rendition_that_cannot_be_read_is_an_honest_503_to_whoever_asks_us(
    store, api, guest, committed, settings, impatient, name
):
    settings.MEDIA_URL = "http://testserver/media/"
    with committed():
        post_id = publish(api).json()["id"]
    path = api.get(f"/posts/{post_id}/").json()["media"][0]["url"].removeprefix("http://testserver")
    store.break_with(WORSE[name], only=("GET",))

    with impatient():
        assert is_honest(guest.get(path))

    store.heal()
    answer = guest.get(path)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).width == 640


# While it changes hands, or goes


@pytest.mark.parametrize("name", IN_SHORT)
def test_a_post_that_turns_private_shows_no_url_until_its_files_have_moved(
    store, api, bucket, committed, name
):
    with committed():
        post_id = publish(api).json()["id"]
    public = api.get(f"/posts/{post_id}/").json()["media"][0]["url"]
    store.break_with(BROKEN[name], only=("PUT",))
    assert api.patch(f"/posts/{post_id}/", {"visibility": "followers"}).status_code == 200

    assert deliver_one_by_one() > 0

    waiting = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert (waiting["url"], waiting["renditions"]) == (None, {})
    assert waiting["blurhash"]
    store.heal()
    deliver_all()
    moved = api.get(f"/posts/{post_id}/").json()["media"][0]
    assert opened(moved["url"]).width == 640
    assert bucket.keys("public/") == []
    assert httpx.get(public, trust_env=False).status_code == 404


@pytest.mark.parametrize("name", IN_SHORT)
def test_files_of_a_picture_that_is_gone_go_when_the_store_is_back(
    store, api, bucket, committed, name
):
    with committed():
        publish(api)
    deleting.delete_media(Media.objects.values_list("pk", flat=True))
    store.break_with(BROKEN[name], only=("DELETE",))

    assert deliver_one_by_one() > 0

    store.heal()
    deliver_all()
    assert bucket.keys() == []


# Sent straight to the store


def begun(api, content):
    answer = api.post("/media/uploads/", {"size": len(content), "type": "image/jpeg"})
    assert answer.status_code == 201, answer.json()
    return answer.json()


@pytest.mark.parametrize("name", IN_SHORT)
def test_an_upload_that_cannot_be_completed_is_completed_later(store, api, bucket, http, name):
    content = picture(640, 480)
    upload = begun(api, content)
    http.post(upload["url"], data=upload["fields"], files={"file": content}).raise_for_status()
    store.break_with(BROKEN[name], only=("PUT", "POST"))

    answer = api.post(f"/media/uploads/{upload['id']}/complete/")

    assert is_honest(answer)
    assert Media.objects.count() == 0
    store.heal()
    done = api.post(f"/media/uploads/{upload['id']}/complete/")
    again = api.post(f"/media/uploads/{upload['id']}/complete/")
    assert (done.status_code, again.json()["id"]) == (200, done.json()["id"])
    assert Media.objects.count() == 1
    swept()
    assert bucket.keys("originals/") == [f"originals/{Media.objects.get().original}"]


@pytest.mark.parametrize("name", IN_SHORT)
def test_an_upload_in_parts_that_cannot_be_begun_is_no_upload(store, api, bucket, name):
    store.break_with(BROKEN[name], only=("POST",))

    answer = api.post("/media/uploads/", {"size": 12 * 2**20, "type": "image/jpeg", "parts": True})

    assert is_honest(answer)
    assert Upload.objects.count() == 0
