"""What is a photo and what is not (Y7), by its bytes; whatever the bytes, one exception."""

import io
import random
import subprocess
import sys
import time
import zipfile
import zlib

import pytest
from PIL import Image, ImageFile

from media.probe import ACCEPTED, Probe, UnusablePhoto, probe
from tests.media import samples

LIMIT = 1_000_000


def judged(data, max_pixels=LIMIT):
    """The code of the refusal of `data`, or None."""
    try:
        probe(io.BytesIO(data), max_pixels=max_pixels)
    except UnusablePhoto as refusal:
        return refusal.code
    return None


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    return file.getvalue()


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_every_accepted_format_is_known_by_its_bytes(kind):
    file = io.BytesIO(samples.saved(samples.quarters(), kind))
    file.name = "holiday.txt"
    file.seek(7)

    found = probe(file, max_pixels=LIMIT)

    assert found == Probe(format=kind, mime=ACCEPTED[kind], width=192, height=128)
    assert file.tell() == 0


def test_a_jpeg_of_two_pictures_is_a_jpeg():
    data = samples.saved(
        samples.quarters(), "MPO", save_all=True, append_images=[samples.quarters(32, 32)]
    )

    found = probe(io.BytesIO(data), max_pixels=LIMIT)

    assert (found.format, found.width, found.height) == ("JPEG", 192, 128)


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", [kind for kind in samples.FORMATS if kind != "GIF"])
def test_the_size_is_that_of_the_upright_picture(kind, turn):
    found = probe(io.BytesIO(samples.turned(kind, turn)), max_pixels=LIMIT)

    assert (found.width, found.height) == (192, 128)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("empty_file", b""),
        ("not_a_photo", b"\n"),
        ("not_a_photo", b"Dear diary, "),
        ("not_a_photo", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("not_a_photo", b"<!doctype html><img src=x onerror=alert(1)>"),
        ("not_a_photo", b"%PDF-1.7"),
        ("not_a_photo", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
        ("not_a_photo", zipped()),
        ("not_a_photo", b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"),
        ("not_a_photo", samples.saved(samples.quarters(), "TIFF")),
        ("not_a_photo", samples.saved(samples.quarters(), "BMP")),
        ("not_a_photo", samples.saved(samples.quarters(), "JPEG2000")),
        ("damaged_photo", b"\xff\xd8\xff"),
        ("damaged_photo", b"\xff\xd8\xff\xe0<script>alert(1)</script>"),
        ("damaged_photo", b"GIF89a"),
        ("damaged_photo", b"GIF89a" + bytes(40)),
        ("damaged_photo", b"RIFF\x04\x00\x00\x00WEBP"),
        ("damaged_photo", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
        ("damaged_photo", b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif"),
        ("damaged_photo", samples.png(0, 5, 8, 2, b"")),
        ("damaged_photo", samples.jpeg_header(16, 0)),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(code, data):
    assert judged(data) == code


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_the_limit_of_pixels_is_exact(kind):
    data = samples.saved(samples.quarters(), kind)

    assert judged(data, max_pixels=192 * 128) is None
    assert judged(data, max_pixels=192 * 128 - 1) == "too_many_pixels"


def test_a_refusal_for_its_size_says_both_sizes():
    with pytest.raises(UnusablePhoto) as refused:
        probe(io.BytesIO(samples.png(13_900, 13_000, 8, 6, b"")), max_pixels=50_000_000)

    assert refused.value.detail == (
        "This photo has 13900 x 13000 pixels, 180.7 million; at most 50 million are accepted. "
        "Please upload a smaller one."
    )


@pytest.mark.parametrize("side", [8_000, 13_000, 16_383])
@pytest.mark.parametrize(
    "header",
    [
        lambda side: samples.png(side, side, 8, 6, b""),
        lambda side: samples.jpeg_header(side, side),
        lambda side: samples.webp_header(side, side),
        lambda side: samples.gif_header(side, side),
        lambda side: samples.gif_header(1, 1, frame=(side, side), disposal=2),
    ],
    ids=["png", "jpeg", "webp", "gif", "gif frame beyond its screen"],
)
def test_a_promise_of_too_many_pixels_is_refused(header, side):
    assert judged(header(side), max_pixels=50_000_000) == "too_many_pixels"


def test_a_bomb_is_refused_before_it_takes_memory():
    """Y7; each of these would ask Pillow for 160 MB and more just to be opened."""
    script = """
import io, resource
from media.probe import UnusablePhoto, probe
from tests.media import samples
with open("/proc/self/statm") as file:
    now = int(file.read().split()[0]) * 4096
resource.setrlimit(resource.RLIMIT_AS, (now + 64 * 2**20,) * 2)
for bomb in (
    samples.webp_header(13_000, 13_000),
    samples.gif_header(13_000, 13_000, frame=(13_000, 13_000), disposal=2),
    samples.png(13_000, 13_000, 16, 6, b""),
):
    try:
        probe(io.BytesIO(bomb), max_pixels=50_000_000)
    except UnusablePhoto as refusal:
        print(refusal.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.stdout.split(), done.stderr) == (["too_many_pixels"] * 3, "")


def test_a_compressed_text_that_unfolds_is_refused():
    text = b"Comment\0\0" + zlib.compress(bytes(80 << 20), 9)
    data = samples.png(1, 1, 8, 2, b"\0\1\2\3", extra=samples.chunk(b"zTXt", text))

    assert judged(data) == "damaged_photo"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff\xe5\x00\x02" * (5 << 20),
        b"GIF89a" + b"\1\0\1\0\0\0\0" + b"!\xfe" + b"\1a" * (10 << 20),
        samples.png(1, 1, 8, 2, b"\0\1\2\3", extra=samples.chunk(b"teXt") * (20 * 2**20 // 12)),
    ],
    ids=["jpeg segments", "gif blocks", "png chunks"],
)
def test_a_header_of_a_million_parts_is_given_up_early(data):
    began = time.process_time()

    code = judged(data)

    assert code == "damaged_photo"
    assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", samples.FORMATS)
def test_a_header_cut_anywhere_is_refused_or_read(kind):
    data = samples.saved(samples.quarters(48, 32), kind)
    head = min(len(data), 900)

    codes = [judged(data[:length]) for length in range(head)]

    assert codes[0] == "empty_file"
    assert set(codes[24:]) <= {"damaged_photo", None}
    assert set(codes[1:24]) <= {"damaged_photo", "not_a_photo"}


@pytest.mark.parametrize("kind", samples.FORMATS)
@pytest.mark.filterwarnings("ignore")
def test_mutated_headers_raise_nothing_else(kind):
    dice = random.Random(f"probe {kind}")  # noqa: S311
    data = samples.turned(kind, 6) if kind != "GIF" else samples.saved(samples.quarters(), kind)

    for _ in range(400):
        mutant = bytearray(data)
        for _ in range(dice.choice((1, 2, 8, 32))):
            mutant[dice.randrange(min(len(data), 700))] = dice.randrange(256)

        judged(bytes(mutant))


def test_a_broken_exif_leaves_the_picture_as_it_lies():
    broken = samples.saved(samples.quarters(), "WEBP", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")

    found = probe(io.BytesIO(broken), max_pixels=LIMIT)

    assert (found.width, found.height) == (192, 128)


def test_a_png_may_carry_its_exif_after_the_pixels():
    data = samples.turned("PNG", 6)
    begin = data.index(b"eXIf") - 4
    end = begin + 12 + int.from_bytes(data[begin : begin + 4], "big")
    late = data[:begin] + data[end:-12] + data[begin:end] + data[-12:]

    found = probe(io.BytesIO(late), max_pixels=LIMIT)

    assert (found.width, found.height) == (192, 128)


def test_pillow_is_left_as_its_other_users_expect_it():
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    assert Image.MAX_IMAGE_PIXELS == 89_478_485
