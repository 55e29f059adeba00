"""Videos made by workers (L2, Y8): however often, at once, half-way, or over what is gone."""

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.models import Announcement
from media import signing, storage, tasks, video
from media.actions import access, deleting, processing, receiving, sweeping, videos
from media.actions.receiving import NotAPhoto
from media.models import LooseFolder, Media
from media.previews import preview
from media.serializers import MediaCard, media_card
from tests.conftest import deliver_all
from tests.media import clips, stores
from tests.media.clips import clip
from tests.media.uploads import Killed, jpeg
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(alice):
    """A video that nobody has made yet."""
    return clips.kept(alice, clip())


def make(media):
    found = videos.make_video(media.pk)
    assert found is not None
    return found


def long_clip():
    """One that takes some seconds to be made."""
    return clip(picture="testsrc2=s=1280x720:d=24:r=25", sound=None)


def due():
    return [row.payload for row in Announcement.objects.filter(kind="media.VideoDue")]


# What is taken


def test_l2_a_video_is_kept_by_its_content_whatever_it_is_called(alice):
    for name, kind in (("cat.jpg", "mp4"), ("cat.exe", "webm"), ("cat", "mov")):
        media = clips.kept(alice, clip(kind))
        assert (media.type, media.state, media.progress) == ("video", "processing", 0), name

    with pytest.raises(NotAPhoto) as caught:
        receiving.check_media(SimpleUploadedFile("a.mp4", b"#EXTM3U\n", "video/mp4"))
    assert caught.value.code == "not_a_photo"
    assert caught.value.message.endswith("Videos can be MP4, MOV or WebM.")


def test_d6_a_video_may_be_larger_than_a_photo_and_has_its_own_limit(settings):
    settings.PHOTO_MAX_BYTES = 1000
    assert receiving.check_media(clips.uploaded(clip())).mime == "video/mp4"

    settings.VIDEO_MAX_BYTES = len(clip()) - 1
    with pytest.raises(NotAPhoto) as caught:
        receiving.check_media(clips.uploaded(clip()), field="images.0")
    assert caught.value.code == "video_too_large"
    assert list(caught.value.fields) == ["images.0"]


def test_where_there_is_no_ffmpeg_no_video_is_taken(settings):
    content = clip()
    settings.FFMPEG = ""

    with pytest.raises(NotAPhoto) as caught:
        receiving.check_media(clips.uploaded(content))
    assert "Videos" not in caught.value.message


def test_what_wants_a_photo_takes_no_video(alice):
    with pytest.raises(NotAPhoto):
        receiving.store_photo(owner=alice, file=clips.uploaded(clip()))


# What becomes of it


def test_l2_a_video_becomes_an_mp4_with_posters_of_it(waiting):
    done = make(waiting)

    assert (done.state, done.error, done.progress) == ("ready", "", 100)
    assert (done.width, done.height, done.duration_seconds) == (64, 48, 1.0)
    assert len(done.blurhash) == 28
    assert list(done.renditions) == ["64", "video"]
    assert stores.files("default") == sorted(done.renditions.values())
    assert "Video: h264" in clips.described(clips.bytes_of(done))
    assert (done.working_until, done.runs) == (None, 0)
    assert LooseFolder.objects.count() == 0


def test_a_video_in_each_state_has_the_shape_of_the_contract(waiting):
    card = media_card(waiting, {})
    assert (card["type"], card["state"], card["progress"]) == ("video", "processing", 0)
    assert (card["url"], card["renditions"], card["poster"]) == (None, {}, None)
    assert card["duration_seconds"] is None

    done = make(waiting)
    shown = media_card(done, {})
    base = f"http://testserver/media/{done.folder}"
    assert shown == card | {
        "state": "ready",
        "width": 64,
        "height": 48,
        "blurhash": done.blurhash,
        "url": f"{base}/video.mp4",
        "renditions": {"64": f"{base}/64.jpg"},
        "poster": f"{base}/64.jpg",
        "duration_seconds": 1.0,
        "progress": None,
    }
    for each in (waiting, done):
        assert MediaCard(media_card(each, {})).data == media_card(each, {})


@pytest.mark.django_db(transaction=True)
def test_l2_progress_and_size_are_to_be_seen_while_it_is_made(alice):
    media = clips.kept(alice, long_clip())
    seen: set[int] = set()

    def look():
        row = Media.objects.get(pk=media.pk)
        while row.state == "processing":
            if row.width:
                assert (row.width, row.height, len(row.blurhash)) == (1280, 720, 28)
                assert row.working_until
                assert row.working_until > timezone.now()
                seen.add(media_card(row, {})["progress"])
            time.sleep(0.1)
            row = Media.objects.get(pk=media.pk)
        assert row.progress == 100

    at_once(lambda: make(media), look)

    assert len(seen) > 2
    assert seen <= {*range(100)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: clip(picture=None, codec="aac"), video.NO_VIDEO),
        (lambda: clip()[: len(clip()) // 2], video.DAMAGED),
        (lambda: b"\0\0\0\x18ftypmp42" + bytes(12) + b"\xff\xff\xff\xffmoov", video.DAMAGED),
        (lambda: jpeg(), "This file is not a video. Videos can be MP4, MOV or WebM."),
    ],
)
def test_l2_what_is_no_video_fails_with_a_reason_and_the_worker_lives(alice, content, reason):
    media = clips.forced(alice, content())

    failed = make(media)

    assert (failed.state, failed.error, failed.renditions) == ("failed", reason, {})
    assert stores.files("default") == []
    assert make(media).state == "failed"  # until somebody asks for it

    again = processing.retry_media(failed)
    assert (again.state, again.progress) == ("processing", 0)
    assert make(clips.kept(alice, clip())).state == "ready"


# However often


def test_making_three_times_is_as_good_as_once(waiting):
    first = make(waiting)
    content = clips.bytes_of(first)

    with stores.faulty("originals", stores.nth("open", 1, stores.raising(Killed()))):
        second, third = make(waiting), make(waiting)

    assert second.renditions == third.renditions == first.renditions
    assert clips.bytes_of(third) == content


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_makes_it(waiting):
    opened = []
    with stores.faulty("originals", lambda *call: opened.append(call)):
        at_once(*[lambda: videos.make_video(waiting.pk)] * 4)

    done = make(waiting)
    assert [operation for operation, _ in opened if operation == "open"] == ["open"]
    assert done.state == "ready"
    assert stores.files("default") == sorted(done.renditions.values())


@pytest.mark.parametrize("number", [1, 2])
def test_a_worker_killed_half_way_is_followed_by_another(waiting, number):
    """The clock finds the row that says nothing any more; until then nobody else begins."""
    fault = stores.nth("save", number, stores.raising(Killed()))
    with stores.faulty("default", fault), pytest.raises(Killed):
        make(waiting)
    assert make(waiting).state == "processing"
    assert videos.resume_videos() == 0

    late = timezone.now() - timedelta(seconds=1)
    Media.objects.filter(pk=waiting.pk).update(working_until=late)
    tasks.resume_videos()
    deliver_all()

    done = Media.objects.get(pk=waiting.pk)
    assert (done.state, done.runs) == ("ready", 0)
    assert stores.files("default") == sorted(done.renditions.values())
    assert videos.resume_videos() == 0


def test_a_video_that_kills_every_worker_is_held_to_be_the_reason(waiting):
    Media.objects.filter(pk=waiting.pk).update(runs=videos.RUNS)

    failed = make(waiting)

    assert (failed.state, failed.runs) == ("failed", 0)
    assert failed.error.startswith("This video could not be processed here.")


@pytest.mark.parametrize(("store", "operation"), [("originals", "open"), ("default", "save")])
def test_a_store_that_fails_is_not_held_against_the_video(waiting, store, operation):
    fault = stores.nth(operation, 1, stores.raising(OSError("the store is gone")))
    with stores.faulty(store, fault), pytest.raises(OSError, match="the store is gone"):
        make(waiting)

    row = Media.objects.get(pk=waiting.pk)
    assert (row.state, row.error) == ("processing", "")
    assert row.working_until
    assert timedelta() < row.working_until - timezone.now() <= timedelta(seconds=2)

    Media.objects.filter(pk=waiting.pk).update(working_until=timezone.now())
    assert videos.resume_videos() == 1
    deliver_all()
    assert Media.objects.get(pk=waiting.pk).state == "ready"


@pytest.mark.parametrize(("operation", "store"), [("open", "originals"), ("save", "default")])
def test_a_video_deleted_while_it_is_made_leaves_nothing(waiting, operation, store):
    def delete():
        deleting.delete_media([waiting.pk])
        deliver_all()

    with stores.faulty(store, stores.nth(operation, 1, delete)):
        assert videos.make_video(waiting.pk) is None

    assert stores.kept() == []


@pytest.mark.django_db(transaction=True)
def test_ffmpeg_is_stopped_when_nobody_wants_its_video_any_more(alice):
    media = clips.kept(alice, long_clip())
    saved: list[tuple[str, str]] = []
    ends: list[Media | None] = []

    def delete():
        while not Media.objects.filter(pk=media.pk, width=1280).exists():
            time.sleep(0.05)
        deleting.delete_media([media.pk])

    with stores.faulty("default", lambda *call: saved.append(call)):
        at_once(lambda: ends.append(videos.make_video(media.pk)), delete)

    assert ends == [None]
    assert "save" not in [operation for operation, _ in saved]


def test_a_video_that_moves_while_it_is_made_is_made_where_it_belongs(waiting):
    def move():
        access.set_access([waiting.pk], "signed")

    with stores.faulty("default", stores.nth("save", 1, move)):
        done = make(waiting)
    deliver_all()

    assert (done.state, done.access) == ("ready", "signed")
    assert stores.files("default") == []
    assert set(done.renditions.values()) < set(stores.files("originals"))


# Out of sight, elsewhere, and gone


def test_d10_a_video_that_is_concealed_is_not_to_be_found_and_comes_back_elsewhere(waiting):
    before = make(waiting)

    deleting.conceal_media([waiting.pk])
    deliver_all()
    row = Media.objects.get(pk=waiting.pk)
    assert (row.state, row.progress, row.renditions) == ("processing", 0, {})
    assert stores.files("default") == []

    after = make(waiting)
    assert after.state == "ready"
    assert not {*after.renditions.values()} & {*before.renditions.values()}


def test_t7_a_video_turns_signed_and_public_again_with_its_posters(waiting, alice):
    content = clips.bytes_of(make(waiting))

    access.set_access([waiting.pk], "signed")
    deliver_all()
    signed = Media.objects.get(pk=waiting.pk)
    urls = signing.urls_for([signed], alice)
    card = media_card(signed, urls)
    assert (signed.state, signed.access, stores.files("default")) == ("ready", "signed", [])
    assert clips.bytes_of(signed) == content
    assert "/media/signed/" in card["url"]
    assert "video.mp4?expires=" in card["url"]
    assert list(card["renditions"]) == ["64"]
    assert card["poster"] == card["renditions"]["64"]

    access.set_access([waiting.pk], "public")
    deliver_all()
    public = Media.objects.get(pk=waiting.pk)
    assert stores.files("default") == sorted(public.renditions.values())
    assert stores.files("originals") == [public.original]


def test_a_video_whose_files_are_lost_on_their_way_is_made_anew(waiting):
    make(waiting)
    access.set_access([waiting.pk], "signed")
    Announcement.objects.all().delete()
    row = Media.objects.get(pk=waiting.pk)
    storage.delete_names("default", [row.moved_from["renditions"]["video"]])

    access.move_media([waiting.pk])
    assert due() == [{"media_id": waiting.pk}]
    deliver_all()

    done = Media.objects.get(pk=waiting.pk)
    assert (done.state, done.access, done.moved_from) == ("ready", "signed", {})
    assert stores.files("default") == []


def test_a_video_without_its_files_is_made_anew_by_the_check(waiting):
    done = make(waiting)
    storage.delete_names("default", done.renditions.values())

    assert sweeping.remake_renditions(waiting.pk)
    deliver_all()

    again = Media.objects.get(pk=waiting.pk)
    assert again.renditions == done.renditions
    assert stores.files("default") == sorted(done.renditions.values())


def test_deleting_takes_all_of_it(waiting):
    make(waiting)

    deleting.delete_media([waiting.pk])
    deliver_all()

    assert stores.kept() == []


def test_moderators_see_a_picture_of_a_video_in_every_state(waiting):
    before = preview(waiting)
    after = preview(make(waiting))

    assert before.mime == after.mime == "image/jpeg"


def test_processing_a_video_only_has_it_made(waiting):
    row = processing.process_media(waiting.pk)
    assert row
    assert row.state == "processing"
    assert due() == [{"media_id": waiting.pk}]

    deliver_all()
    assert Media.objects.get(pk=waiting.pk).state == "ready"
