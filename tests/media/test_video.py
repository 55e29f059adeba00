"""What becomes of a video, and what is refused as none (L2): by its content, whatever it says."""

import io
import random
import struct

import pytest
from django.conf import settings
from PIL import Image

from media import containers, video
from media.video import DAMAGED, NO_VIDEO, TOO_MUCH, UnusableVideo
from tests.media import clips, samples
from tests.media.clips import clip, verdict


@pytest.fixture
def made(tmp_path):
    """Look at a video and make it: what was seen, what was made, and its bytes."""

    def run(content):
        (tmp_path / video.ORIGINAL).write_bytes(content)
        seen = video.look(tmp_path)
        done = video.make(tmp_path)
        return seen, done, done.path.read_bytes()

    return run


@pytest.fixture
def refused(tmp_path):
    """The reason why a video is none."""
    return lambda content: verdict(tmp_path, content)


# What comes out


@pytest.mark.parametrize(
    ("kind", "codec"),
    [("mp4", None), ("mov", "mpeg4"), ("mov", None), ("webm", None), ("webm", "libvpx-vp9")],
)
def test_l2_whatever_comes_in_h264_and_aac_come_out(made, kind, codec):
    seen, done, content = made(clip(kind, codec=codec))

    told = clips.described(content)
    assert (seen.width, seen.height) == (64, 48)
    assert done.seconds == pytest.approx(1, abs=0.1)
    assert "Video: h264 (High)" in told
    assert "yuv420p" in told
    assert "Audio: aac (LC)" in told
    assert clips.size_of(content) == (64, 48)
    assert clips.boxes(content)[:2] == ["ftyp", "moov"]  # fast start: the moov before the bytes


def test_l2_a_video_without_sound_stays_without(made):
    _, done, content = made(clip(sound=None))

    assert "Audio" not in clips.described(content)
    assert done.seconds == 1.0


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("1600x900", (1080, 606)),  # even sides: 607.5 is none
        ("90x160", (90, 160)),
        ("1081x3", (1080, 2)),
        ("65x49", (64, 48)),
        ("2x2", (2, 2)),
    ],
)
def test_l2_no_side_is_above_1080_and_nothing_is_enlarged(made, size, expected):
    """The sizes of odd videos are those of a coder that knows odd ones."""
    seen, _, content = made(clip("webm", picture=f"testsrc=s={size}:d=0.3:r=10", sound=None))

    assert f"{seen.width}x{seen.height}" == size
    assert clips.size_of(content) == expected


def test_l2_pixels_that_are_no_squares_become_squares(made):
    seen, _, content = made(clip("mp4", "-vf", "setsar=2/1"))

    assert (seen.width, seen.height) == (128, 48)
    assert clips.size_of(content) == (128, 48)
    assert "SAR 1:1" in clips.described(content)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_l2_a_video_that_was_held_otherwise_comes_out_upright(made, turn):
    seen, done, content = made(clips.quarters(turn))

    assert (seen.width, seen.height) == clips.size_of(content) == (64, 48)
    assert "rotation" not in clips.described(content)
    poster = video.poster(done.poster, sizes=[320])
    assert samples_of(poster) == list(samples.CORNERS)


def samples_of(poster):
    """The colours of the four quarters, as near as one of those that there are."""
    with Image.open(io.BytesIO(poster.renditions[-1].content)) as image:
        small = image.convert("RGB").resize((4, 4), Image.Resampling.BOX)
    pixels = small.tobytes()
    seen = [pixels[3 * at : 3 * at + 3] for at in (0, 3, 12, 15)]
    return [min(samples.CORNERS, key=lambda corner: distance(corner, each)) for each in seen]


def distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_l2_nothing_that_the_file_tells_of_its_maker_comes_out(made, kind):
    content = clip(
        kind,
        *("-metadata", f"title={clips.SECRET}", "-metadata", f"comment={clips.SECRET}"),
        *("-metadata", "location=+52.5200+013.4050/", "-movflags", "use_metadata_tags"),
        *("-metadata:s:v:0", f"handler_name={clips.SECRET}"),
        *("-metadata:s:a:0", f"title={clips.SECRET}", "-metadata:s:a:0", "language=deu"),
    )
    assert clips.SECRET.encode() in content

    _, done, out = made(content)

    for each in (out, done.poster):
        assert clips.SECRET.encode() not in each
        assert b"+52.52" not in each
    assert "(deu)" not in clips.described(out)


def test_l2_the_poster_is_the_most_telling_of_the_first_frames(made):
    """Many videos begin in black."""
    source = "color=black:s=64x48:d=0.3:r=10[a];testsrc=s=64x48:d=2:r=10[b];[a][b]concat"
    _, done, _ = made(clip(picture=source, sound=None))

    poster = video.poster(done.poster, sizes=[320])

    with Image.open(io.BytesIO(poster.renditions[0].content)) as image:
        assert max(image.convert("RGB").tobytes()) > 200


def test_l2_progress_is_told_from_the_beginning_to_the_end(tmp_path):
    (tmp_path / video.ORIGINAL).write_bytes(clip(picture="testsrc=s=640x480:d=8:r=25", sound=None))
    heard: list[float] = []

    video.make(tmp_path, hear=heard.append)

    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(8, abs=0.2)


# What lies


def said_to_last(content, seconds):
    """A WebM whose head says so."""
    return clips.patched(content, b"\x44\x89\x88", -1, struct.pack(">d", seconds * 1000))


def test_a_video_that_is_longer_than_it_says_is_as_long_as_it_is(refused, settings):
    settings.VIDEO_MAX_SECONDS = 2
    lying = said_to_last(clip("webm", picture="testsrc=s=64x48:d=8:r=10", sound=None), 0.1)
    assert "00:00:00.1" in clips.described(lying)

    assert refused(lying) == "This video is longer than 2 seconds. Please cut it."


def test_a_video_that_is_shorter_than_it_says_is_as_long_as_it_is(made):
    seen, done, _ = made(said_to_last(clip("webm", sound=None), 40_000))

    assert seen.seconds > 10_000
    assert done.seconds == pytest.approx(1, abs=0.1)


def test_a_video_of_another_size_than_it_says_has_the_size_of_its_frames(made):
    """In the track's header and in that of its samples alike."""
    content = clips.patched(clip(sound=None), b"avc1", 24, struct.pack(">HH", 9000, 7000))

    seen, _, out = made(content)

    assert (seen.width, seen.height) == clips.size_of(out) == (64, 48)


@pytest.mark.parametrize("claimed", [b"hvc1", b"vp09", b"jpeg", b"raw ", b"xxxx"])
def test_a_video_of_another_codec_than_it_says_is_refused_or_read_for_what_it_is(tmp_path, claimed):
    content = clip(sound=None)
    reason = verdict(tmp_path, content.replace(b"avc1", claimed))

    assert reason in ("", DAMAGED, NO_VIDEO)
    if not reason:
        assert clips.size_of((tmp_path / video.MADE).read_bytes()) == (64, 48)


def test_proportions_beyond_reason_make_no_large_picture(made):
    for ratio in ("10000/1", "1/10000"):
        seen, _, content = made(clip("mp4", "-vf", f"setsar={ratio}"))

        assert max(seen.width, seen.height) <= 8192
        assert max(clips.size_of(content)) <= settings.VIDEO_MAX_SIDE


def test_a_frame_with_too_many_pixels_is_never_decoded(refused, settings):
    settings.VIDEO_MAX_PIXELS = 64 * 48 - 1

    assert refused(clip()) in (DAMAGED, NO_VIDEO)


def without_frames():
    with_moov = clip("mp4", "-movflags", "+faststart", sound=None)
    at = with_moov.index(b"mdat")
    return with_moov[: at - 4] + struct.pack(">I", 8) + b"mdat"


HOPELESS = {
    "nothing but sound": lambda: clip(picture=None, codec="aac"),
    "no frames": without_frames,
    "a head": lambda: clip()[:40],
    "half, its index at the end": lambda: clip()[: len(clip()) // 2],
    "half, its index first": lambda: clip("mp4", "-movflags", "+faststart")[:5000],
    "half a WebM": lambda: clip("webm")[: len(clip("webm")) // 2],
    "a box of 4 GB": lambda: (
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I", 2**32 - 1) + b"moov" + bytes(99)
    ),
    "a box of 2**63": lambda: (
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\1moov" + struct.pack(">Q", 2**63) + bytes(99)
    ),
    "a table of 4 billion": lambda: clips.patched(
        clip(sound=None), b"stsz", 4, struct.pack(">II", 0, 2**32 - 1)
    ),
    "an endless EBML": lambda: b"\x1a\x45\xdf\xa3\x01" + b"\xff" * 7 + b"\x42\x82\x84webm" * 99,
    "only the first bytes": lambda: b"\0\0\0\x14ftypqt  ",
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_shown_is_refused_with_a_reason(refused, name):
    reason = refused(HOPELESS[name]())

    assert reason in (DAMAGED, NO_VIDEO)
    assert reason == NO_VIDEO or name not in ("nothing but sound",)


def test_noise_in_a_video_ends_in_a_video_or_in_a_reason(tmp_path):
    """Bytes at random places: nothing but `UnusableVideo` comes out, and nothing hangs."""
    dice = random.Random(7)  # noqa: S311
    for _ in range(12):
        content = bytearray(clip("mp4", "-movflags", "+faststart"))
        for _ in range(40):
            content[dice.randrange(len(content))] = dice.randrange(256)
        assert verdict(tmp_path, bytes(content)) in ("", DAMAGED, NO_VIDEO, TOO_MUCH)


def test_one_that_takes_too_long_is_refused(tmp_path, settings):
    (tmp_path / video.ORIGINAL).write_bytes(
        clip(picture="testsrc=s=1280x720:d=20:r=25", sound=None)
    )
    settings.VIDEO_TIMEOUT = 0.3

    with pytest.raises(UnusableVideo, match="takes too much time"):
        video.make(tmp_path)


def test_one_that_takes_too_much_memory_is_refused(tmp_path, settings):
    (tmp_path / video.ORIGINAL).write_bytes(clip(picture="testsrc=s=1280x720:d=1:r=25", sound=None))
    settings.VIDEO_MEMORY_LIMIT = 230  # MiB; its program alone is 170

    with pytest.raises((UnusableVideo, OSError)):
        video.make(tmp_path)


def test_without_ffmpeg_it_is_no_fault_of_the_video(tmp_path, settings):
    (tmp_path / video.ORIGINAL).write_bytes(clip())
    settings.FFMPEG = "/nowhere/ffmpeg"

    with pytest.raises(FileNotFoundError):
        video.look(tmp_path)


# What it is, by its first bytes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (clip, "video/mp4"),
        (lambda: clip("mov"), "video/quicktime"),
        (lambda: clip("webm"), "video/webm"),
        (
            lambda: clip("mov")[clip("mov").index(b"mdat") - 4 :],
            "video/quicktime",
        ),  # as cameras did
        (lambda: samples.saved(samples.quarters(), "HEIF"), None),
        (lambda: samples.saved(samples.quarters(), "AVIF"), None),
        (lambda: samples.saved(samples.quarters(), "JPEG"), None),
        (lambda: b"#EXTM3U\n", None),
        (lambda: b"\x1aE\xdf\xa3 no document type", None),
        (lambda: b"", None),
    ],
)
def test_the_kind_is_that_of_the_first_bytes(content, expected):
    assert containers.kind(content()[: containers.HEAD]) == expected
