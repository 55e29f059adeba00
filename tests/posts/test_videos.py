"""Posts of videos, and reels, over HTTP (L2, D1, D8, D10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from media.actions import videos
from media.models import Media
from posts.actions import moderation
from posts.actions.posts import delete_post
from posts.models import Post
from tests.media import clips, sending, stores
from tests.media.clips import clip
from tests.media.stores import bucket, bucket_of_this_worker, http, store  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


@pytest.fixture
def begin(api):
    def begun(content, kind="video/mp4", **more):
        answer = api.post("/media/uploads/", {"size": len(content), "type": kind, **more})
        assert answer.status_code == 201, answer.content
        return answer.json()

    return begun


def send(api, *files, **fields):
    return api.post("/posts/", {"images": list(files), **fields}, format="multipart")


def read(api, post_id):
    answer = api.get(f"/posts/{post_id}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def film():
    return clips.uploaded(clip())


def test_l2_a_video_is_posted_made_shown_and_played(api, as_user, bob, committed):
    with committed():
        sent = send(api, film(), caption="The sea", alt_texts=["Waves"])
        assert sent.status_code == 201, sent.content
        waiting = sent.json()
        assert (waiting["type"], waiting["state"]) == ("video", "processing")
        (media,) = waiting["media"]
        assert (media["type"], media["state"], media["progress"]) == ("video", "processing", 0)
        assert as_user(bob).get(f"/posts/{waiting['id']}/").status_code == 404

    post = read(as_user(bob), waiting["id"])
    (media,) = post["media"]
    assert (post["type"], post["state"]) == ("video", "published")
    assert media == {
        "id": media["id"],
        "type": "video",
        "state": "ready",
        "alt_text": "Waves",
        "width": 64,
        "height": 48,
        "blurhash": media["blurhash"],
        "url": media["url"],
        "renditions": {"64": media["poster"]},
        "poster": media["poster"],
        "duration_seconds": 1.0,
        "progress": None,
        "error": None,
    }
    (listed,) = api.get("/posts/timeline/").json()["results"]
    assert listed["media"] == [media]


def test_l2_a_video_is_served_in_ranges_under_its_type(api, guest, committed):
    with committed():
        post_id = send(api, film()).json()["id"]
    url = read(api, post_id)["media"][0]["url"]
    path = url.removeprefix("http://testserver")

    whole = guest.get(path)
    content = b"".join(whole.streaming_content)
    piece = guest.get(path, headers={"Range": "bytes=100-199"})

    assert (whole.status_code, whole["Content-Type"]) == (200, "video/mp4")
    assert (whole["Accept-Ranges"], whole["X-Content-Type-Options"]) == ("bytes", "nosniff")
    assert "Video: h264" in clips.described(content)
    assert (piece.status_code, piece["Content-Type"]) == (206, "video/mp4")
    assert piece["Content-Range"] == f"bytes 100-199/{len(content)}"
    assert b"".join(piece.streaming_content) == content[100:200]
    assert guest.get(path, headers={"Range": f"bytes={len(content)}-"}).status_code == 416


def test_t7_a_video_for_followers_is_served_to_whom_it_was_signed_for(
    api, alice, guest, bob, as_user, committed
):
    with committed():
        post_id = send(api, film(), visibility="followers").json()["id"]
    media = read(api, post_id)["media"][0]
    path = media["url"].removeprefix("http://127.0.0.1:8000")

    assert "/media/signed/" in media["url"]
    assert stores.files("default") == []
    piece = guest.get(path, headers={"Range": "bytes=0-9"})
    assert (piece.status_code, piece["Content-Type"]) == (206, "video/mp4")
    assert "private" in piece["Cache-Control"]
    assert guest.get(path.partition("?")[0]).status_code == 403
    assert as_user(bob).get(f"/posts/{post_id}/").status_code == 404
    assert [each["id"] for each in api.get("/posts/timeline/").json()["results"]] == [post_id]
    assert api.get("/posts/timeline/").json()["results"][0]["media"] == [media]

    with committed():
        api.patch(f"/posts/{post_id}/", {"visibility": "public"})
    public = read(guest, post_id)["media"][0]
    assert public["url"].startswith("http://testserver/media/")
    assert guest.get(path).status_code == 403


# Reels and albums


def test_l2_a_reel_is_one_video_that_its_author_calls_so(api, committed):
    with committed():
        made = send(api, film(), type="reel")

    assert made.status_code == 201, made.content
    assert read(api, made.json()["id"])["type"] == "reel"
    found = api.get("/posts/timeline/", {"type": "reel"}).json()["results"]
    assert [each["id"] for each in found] == [made.json()["id"]]
    assert api.get("/posts/timeline/", {"type": "video"}).json()["results"] == []


@pytest.mark.parametrize("files", [("photo",), ("video", "video"), ("video", "photo")])
def test_l2_nothing_else_is_a_reel(api, photo, files):
    made = {"photo": lambda: photo(), "video": film}

    answer = send(api, *(made[each]() for each in files), type="reel")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["fields"] == {"type": ["A reel is exactly one video."]}
    assert (Post.objects.count(), Media.objects.count(), stores.kept()) == (0, 0, [])


@pytest.mark.parametrize(
    ("files", "asked", "expected"),
    [
        (("photo", "video"), None, "photo"),
        (("video", "photo"), None, "video"),
        (("video",), "video", "video"),
        (("photo",), "photo", "photo"),
    ],
)
def test_l2_photos_and_videos_share_an_album_that_is_what_comes_first(
    api, photo, committed, files, asked, expected
):
    made = {"photo": lambda: photo(), "video": film}
    fields = {"type": asked} if asked else {}

    with committed():
        answer = send(api, *(made[each]() for each in files), **fields)

    assert answer.status_code == 201, answer.content
    post = read(api, answer.json()["id"])
    assert (post["type"], post["state"]) == (expected, "published")
    assert tuple(each["type"] for each in post["media"]) == files
    assert all(each["state"] == "ready" for each in post["media"])


def test_l2_a_type_that_it_is_not_is_refused(api, photo):
    for sent, asked in ((photo(), "video"), (film(), "photo"), (film(), "song")):
        answer = send(api, sent, type=asked)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["type"])
    assert Post.objects.count() == 0


# What goes wrong


def test_l2_a_video_that_is_none_fails_its_post_which_can_be_tried_again(api, committed):
    with committed():
        post_id = send(api, clips.uploaded(clip(picture=None, codec="aac"))).json()["id"]

    post = read(api, post_id)
    assert (post["state"], post["media"][0]["state"]) == ("failed", "failed")
    assert post["media"][0]["error"].startswith("There is no moving picture")

    with committed():
        answer = api.post(f"/posts/{post_id}/retry/")
        assert (answer.status_code, answer.json()["state"]) == (200, "processing")
        assert answer.json()["media"][0]["progress"] == 0
    assert read(api, post_id)["state"] == "failed"


def test_d6_a_video_that_is_too_large_is_refused_by_its_place(api, photo, settings):
    settings.VIDEO_MAX_BYTES = 1000

    answer = send(api, photo(), film())

    assert (answer.status_code, answer.json()["code"]) == (400, "video_too_large")
    assert list(answer.json()["fields"]) == ["images.1"]
    assert stores.kept() == []


def test_y8_a_post_whose_worker_was_killed_is_published_all_the_same(api, alice, committed):
    with committed():
        post_id = send(api, film()).json()["id"]
        killed = {"working_until": timezone.now() - timedelta(1), "runs": 1, "progress": 40}
        Media.objects.update(**killed)
        Post.objects.get(pk=post_id)

    with committed():
        videos.resume_videos()

    assert read(api, post_id)["state"] == "published"


def test_d10_a_post_deleted_before_its_video_is_made_leaves_nothing_to_be_fetched(
    api, alice, committed
):
    post_id = send(api, film()).json()["id"]
    delete_post(post=Post.objects.get(pk=post_id), editor=alice)
    media = Media.objects.get()

    with committed():
        videos.make_video(media.pk)

    assert Media.objects.get().state == "processing"
    assert stores.files("default") == []


def test_d10_a_video_is_hidden_and_restored_with_its_post(api, guest, person, committed):
    moderator = person("moderator", is_staff=True)
    with committed():
        post_id = send(api, film()).json()["id"]
    url = read(api, post_id)["media"][0]["url"].removeprefix("http://testserver")

    with committed():
        post = Post.objects.get(pk=post_id)
        moderation.hide_post(post=post, moderator=moderator, reason="To look at it")
    assert guest.get(url).status_code == 404
    assert stores.files("default") == []

    with committed():
        moderation.restore_post(post=post, moderator=moderator, reason="It is fine")
    again = read(guest, post_id)
    assert again["state"] == "published"
    assert again["media"][0]["url"].removeprefix("http://testserver") not in (None, url)


# Sent straight to the store, on files and in a bucket


def test_l2_a_video_is_sent_straight_to_the_store_and_posted(api, store, begin, committed):  # noqa: F811
    content = clip("webm")
    upload = sending.sent(store, begin, content, kind="video/webm")

    with committed():
        made = sending.complete(api, upload)
        assert made.status_code == 200, made.content
        assert (made.json()["type"], made.json()["state"]) == ("video", "processing")
        answer = api.post("/posts/", {"media": [made.json()["id"]], "type": "reel"})
        assert answer.status_code == 201, answer.content

    followed = sending.look(api, upload).json()["media"]
    post = read(api, answer.json()["id"])
    assert (post["type"], post["state"], post["media"]) == ("reel", "published", [followed])
    assert followed["duration_seconds"] == pytest.approx(1, abs=0.1)
    got = store.send("GET", followed["url"])
    assert (got.status, got.headers["content-type"]) == (200, "video/mp4")


def test_l2_what_the_sender_calls_it_is_not_what_it_is(api, store, begin):  # noqa: F811
    """A video called a photo is a video; a text called a video is nothing."""
    made = sending.complete(api, sending.sent(store, begin, clip(), kind="image/jpeg"))
    none = sending.complete(api, sending.sent(store, begin, sending.TEXT, kind="video/mp4"))
    photo = sending.complete(api, sending.sent(store, begin, sending.PHOTO, kind="video/mp4"))

    assert (made.status_code, made.json()["type"]) == (200, "video")
    assert (none.status_code, none.json()["code"]) == (400, "not_a_photo")
    assert (photo.status_code, photo.json()["type"]) == (200, "photo")


def test_d6_an_upload_may_have_as_many_bytes_as_its_type_may(api, settings):
    for kind, most in (("image/jpeg", settings.PHOTO_MAX_BYTES), ("video/mp4", 100 * 2**20)):
        for size, status in ((most, 201), (most + 1, 400)):
            answer = api.post("/media/uploads/", {"size": size, "type": kind})
            assert answer.status_code == status, (kind, size, answer.content)
    assert api.post("/media/uploads/", {"size": 9, "type": "video/x-flv"}).status_code == 400


def test_d6_the_instance_tells_the_types_and_the_limits_of_videos(guest, settings):
    told = guest.get("/instance").json()
    assert told["video_types"] == ["video/mp4", "video/quicktime", "video/webm"]
    assert told["limits"]["video_max_bytes"] == 100 * 2**20
    assert told["limits"]["video_max_seconds"] == 180
    assert told["features"]["videos"] is True

    settings.FFMPEG = ""
    told = guest.get("/instance").json()
    assert (told["video_types"], told["features"]["videos"]) == ([], False)
