"""Photos in posts (Y7): upright, in sRGB, without metadata, in sizes that the Media shape promises.

The pictures are made here; the last tests take real ones from the folder in YAFIG_PHOTOS, or from
`../shared/photos` beside the repository, where there is such a folder.
"""

import contextlib
import io
import os
import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat, PngImagePlugin

from media.images import Rendition, UnusablePhoto, probe, process
from tests.media import samples
from tests.media.samples import LIMIT, largest, near, opened, processed

PHOTOS = Path(os.environ.get("YAFIG_PHOTOS") or Path(__file__).parents[3] / "shared" / "photos")
real_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="no folder of real photos")


def corners(image):
    """The colours in the middle of the four quarters."""
    return [
        image.convert("RGB").getpixel((image.width * x // 4, image.height * y // 4))
        for y in (1, 3)
        for x in (1, 3)
    ]


def jpeg_segments(data):
    """The names of the segments up to the pixels."""
    names, at = [], 2
    while data[at + 1] != 0xDA:
        names.append(data[at + 1])
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return names


def webp_chunks(data):
    names, at = [], 12
    while at < len(data):
        names.append(data[at : at + 4])
        length = struct.unpack_from("<I", data, at + 4)[0]
        at += 8 + length + length % 2
    return names


# Sizes


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((200, 150), [(200, 150)]),
        ((320, 240), [(320, 240)]),
        ((500, 400), [(320, 256), (500, 400)]),
        ((640, 640), [(320, 320), (640, 640)]),
        ((700, 350), [(320, 160), (640, 320), (700, 350)]),
        ((1080, 608), [(320, 180), (640, 360), (1080, 608)]),
        ((1500, 1000), [(320, 213), (640, 427), (1080, 720)]),
        ((1000, 1500), [(213, 320), (427, 640), (720, 1080)]),
        ((4321, 3241), [(320, 240), (640, 480), (1080, 810)]),
        ((5000, 1), [(320, 1), (640, 1), (1080, 1)]),
        ((1, 5000), [(1, 320), (1, 640), (1, 1080)]),
        ((9000, 7), [(320, 1), (640, 1), (1080, 1)]),
        ((1, 1), [(1, 1)]),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_renditions_are_never_larger_than_the_original(kind, size, expected):
    """Media: a rendition's key is its longest side in pixels, none larger than the original."""
    result = processed(samples.saved(Image.new("RGB", size, "teal"), kind))

    assert (result.width, result.height) == size
    assert [(each.width, each.height) for each in result.renditions] == expected
    assert [each.longest_side for each in result.renditions] == [max(each) for each in expected]
    assert [opened(each).size for each in result.renditions] == expected


def test_other_sizes_may_be_asked_for_in_any_order():
    result = processed(samples.saved(samples.quarters(), "PNG"), sizes=(150, 64, 100))

    assert [each.longest_side for each in result.renditions] == [64, 100, 150]


def test_an_opaque_picture_becomes_progressive_jpeg():
    rendition = processed(samples.saved(samples.quarters(), "PNG")).renditions[0]

    assert (rendition.mime, rendition.extension) == ("image/jpeg", "jpg")
    assert opened(rendition).format == "JPEG"
    assert opened(rendition).info["progressive"] == 1


# The way up


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", [kind for kind in samples.FORMATS if kind != "GIF"])
def test_every_orientation_comes_out_upright(kind, turn):
    result = processed(samples.turned(kind, turn), sizes=(96, 1080))

    assert (result.width, result.height) == (192, 128)
    for rendition in result.renditions:
        found = corners(opened(rendition))
        assert all(near(*pair, 12) for pair in zip(found, samples.CORNERS, strict=True)), found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_orientation_that_does_not_exist_turns_nothing(kind):
    exif = Image.Exif()
    exif[0x0112] = 9

    result = processed(samples.saved(samples.quarters(), kind, exif=exif.tobytes()))

    assert near(corners(opened(result.renditions[0]))[0], samples.CORNERS[0], 12)


# What is left behind


def secrets():
    """GPS, maker notes, a comment's worth of text: all of it reads SECRET."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif.get_ifd(0x8769)[0x927C] = b"SECRET maker note"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (52.0, 31.0, 12.0), "SECRET"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta>'
    return {"exif": exif.tobytes(), "xmp": xmp, "icc_profile": samples.display_p3()}


def carriers():
    picture = samples.quarters()
    clear = picture.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(picture.size))
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET")
    text.add_itxt("XML:com.adobe.xmp", "SECRET", zip=False)
    png = {key: value for key, value in secrets().items() if key != "xmp"}
    yield "jpeg", samples.saved(picture, "JPEG", comment=b"SECRET", dpi=(71, 71), **secrets())
    yield "png", samples.saved(picture, "PNG", pnginfo=text, **png)
    yield "clear png", samples.saved(clear, "PNG", pnginfo=text, **png)
    yield "webp", samples.saved(picture, "WEBP", **secrets())
    yield "clear webp", samples.saved(clear, "WEBP", **secrets())
    yield "avif", samples.saved(picture, "AVIF", **secrets())
    yield "heif", samples.saved(picture, "HEIF", **secrets())
    yield "clear heif", samples.saved(clear, "HEIF", **secrets())
    yield "gif", samples.saved(picture.quantize(), "GIF", comment=b"SECRET")


@pytest.mark.parametrize(("name", "data"), [pytest.param(*each, id=each[0]) for each in carriers()])
def test_no_rendition_carries_metadata(name, data):
    """Y7: metadata may hold where somebody lives."""
    assert b"SECRET" in data

    result = processed(data, sizes=(64, 1080))

    for rendition in result.renditions:
        assert b"SECRET" not in rendition.content
        assert_bare(rendition)
    assert result.renditions[0].extension == ("webp" if "clear" in name else "jpg")


def assert_bare(rendition: Rendition):
    """Nothing but tables, frame, scans and the JFIF header; nothing but alpha and pixels."""
    if rendition.extension == "jpg":
        assert set(jpeg_segments(rendition.content)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
        assert set(opened(rendition).info) <= {
            *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
            *("progressive", "progression"),
        }
    else:
        assert webp_chunks(rendition.content) == [b"VP8X", b"ALPH", b"VP8 "]


def test_what_full_transparency_hides_does_not_leave():
    picture = Image.effect_noise((64, 64), 120).convert("RGB").convert("RGBA")
    picture.putalpha(0)
    picture.paste((10, 200, 30, 255), (0, 0, 32, 64))

    image = largest(samples.saved(picture, "PNG"))

    hidden = image.crop((48, 0, 64, 64))
    assert hidden.getchannel("A").getextrema() == (0, 0)
    assert all(high - low <= 4 for low, high in hidden.convert("RGB").getextrema())


# Damage


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_half_a_photo_is_a_damaged_photo(kind):
    data = samples.saved(samples.quarters(), kind)

    with pytest.raises(UnusablePhoto) as refused:
        processed(data[: len(data) // 2])

    assert refused.value.code == "damaged_photo"
    assert refused.value.detail == (
        "This photo is damaged or incomplete. Please export it again or choose another one."
    )


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_a_photo_cut_anywhere_is_refused_or_whole(kind):
    data = samples.saved(samples.quarters(48, 32), kind)

    for length in range(0, len(data), max(1, len(data) // 100)):
        try:
            result = processed(data[:length])
        except UnusablePhoto:
            continue
        assert (result.width, result.height) == (48, 32)


@pytest.mark.parametrize("kind", samples.FORMATS)
@pytest.mark.filterwarnings("ignore")
def test_mutated_photos_raise_nothing_but_a_refusal(kind):
    dice = random.Random(f"process {kind}")  # noqa: S311
    options = {} if kind == "GIF" else secrets()
    if kind == "PNG":
        del options["xmp"]
    data = samples.saved(samples.quarters(48, 32), kind, **options)

    for _ in range(150):
        mutant = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            mutant[dice.randrange(len(data))] = dice.randrange(256)
        try:
            result = process(io.BytesIO(mutant), max_pixels=1_000_000)
        except UnusablePhoto:
            continue
        assert all(b"SECRET" not in each.content for each in result.renditions)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("empty_file", b""),
        ("not_a_photo", b"<svg/>"),
        ("too_many_pixels", samples.png(8000, 8000, 8, 6, b"")),
    ],
)
def test_what_is_refused_at_the_door_is_refused_here_too(code, data):
    with pytest.raises(UnusablePhoto) as refused:
        processed(data)

    assert refused.value.code == code


def test_a_failing_storage_is_not_taken_for_a_damaged_photo():
    class Torn(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        process(Torn(), max_pixels=LIMIT)


def test_a_photo_that_exhausts_the_memory_is_refused():
    """The worker runs under RLIMIT_AS; 36 million pixels unfold from 140 kB to 144 MB."""
    script = """
import io, resource
from media.images import UnusablePhoto, process
from tests.media import samples
from tests.media.samples import LIMIT, flat, largest, near, opened, processed
bomb = samples.png(6000, 6000, 8, 6, bytes(6000 * 24001))
with open("/proc/self/statm") as file:
    now = int(file.read().split()[0]) * 4096
resource.setrlimit(resource.RLIMIT_AS, (now + 100 * 2**20,) * 2)
try:
    process(io.BytesIO(bomb), max_pixels=50_000_000)
except UnusablePhoto as refusal:
    print(refusal.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("too_much_memory\n", "")


# Real photos, from cameras and phones


@real_photos
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("DSCN0010.jpg", (640, 480)),
        ("DSCN0025.jpg", (640, 480)),
        ("IMG_5195.HEIC", (2566, 3313)),
        ("Landscape_1.jpg", (1800, 1200)),
        ("Landscape_6.jpg", (1800, 1200)),
        ("Portrait_3.jpg", (1200, 1800)),
        ("iphone_hdr_YES.jpg", (3264, 2448)),
        ("jolla.jpg", (3264, 2448)),
    ],
)
def test_real_photos_come_out_upright_and_bare(name, size):
    data = (PHOTOS / name).read_bytes()

    result = processed(data)

    assert (result.width, result.height) == size
    keys = [320, 640] if max(size) == 640 else [320, 640, 1080]
    assert [each.longest_side for each in result.renditions] == keys
    for rendition in result.renditions:
        assert rendition.width * size[1] == pytest.approx(rendition.height * size[0], rel=0.01)
        assert_bare(rendition)


@real_photos
def test_two_ways_of_holding_the_camera_give_the_same_picture():
    """Landscape_1 lies as it was taken, Landscape_6 is the same picture turned by EXIF."""
    one, six = (
        opened(processed((PHOTOS / f"Landscape_{turn}.jpg").read_bytes()).renditions[0])
        for turn in (1, 6)
    )

    apart = ImageStat.Stat(ImageChops.difference(one, six)).mean

    assert max(apart) < 3
    assert max(ImageStat.Stat(ImageChops.difference(one, six.rotate(180))).mean) > 20


@real_photos
def test_a_photo_held_upside_down_shows_the_sky_above():
    """Portrait_3 is stored upside down: its bright sky is below until EXIF turns it."""
    picture = opened(processed((PHOTOS / "Portrait_3.jpg").read_bytes()).renditions[0]).convert("L")
    stored = Image.open(PHOTOS / "Portrait_3.jpg").convert("L").resize(picture.size)

    apart = ImageStat.Stat(ImageChops.difference(picture, stored.rotate(180))).mean[0]

    assert apart < 3
    assert ImageStat.Stat(ImageChops.difference(picture, stored)).mean[0] > 20


@real_photos
@pytest.mark.parametrize("name", ["IMG_5195.HEIC", "iphone_hdr_YES.jpg", "DSCN0010.jpg"])
@pytest.mark.filterwarnings("ignore")
def test_real_photos_with_torn_headers_raise_nothing_but_a_refusal(name):
    dice = random.Random(name)  # noqa: S311
    data = (PHOTOS / name).read_bytes()

    for _ in range(200):
        mutant = bytearray(data)
        for _ in range(dice.choice((1, 4, 30))):
            mutant[dice.randrange(4000)] = dice.randrange(256)
        with contextlib.suppress(UnusablePhoto):
            probe(io.BytesIO(mutant), max_pixels=LIMIT)
