"""Photos in posts (Y7): whatever colours a file speaks of, the renditions show them in sRGB."""

import random
import struct

import blurhash
import pytest
from PIL import Image

from media.images import _blurhash
from tests.media import samples
from tests.media.samples import centre, flat, largest, near, opened, processed


@pytest.mark.parametrize(
    ("wide", "expected"),
    [
        ((255, 255, 255), (255, 255, 255)),
        ((0, 0, 0), (0, 0, 0)),
        ((128, 128, 128), (129, 129, 129)),
        ((200, 100, 50), (216, 93, 24)),
        ((255, 0, 0), (255, 0, 0)),
        ((60, 120, 180), (22, 123, 187)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_display_p3_becomes_srgb(kind, wide, expected):
    options: dict[str, object] = {"lossless": True} if kind == "WEBP" else {}
    if kind in ("AVIF", "JPEG"):
        options = {"subsampling": "4:4:4", "quality": 100}
    data = samples.saved(flat("RGB", wide), kind, icc_profile=samples.display_p3(), **options)

    assert near(centre(largest(data)), expected, 3 if kind in ("AVIF", "HEIF") else 2)


def test_grey_with_a_profile_becomes_srgb():
    data = samples.saved(flat("L", 55), "PNG", icc_profile=samples.linear_grey())

    # 55/255 of the light is 128 of 255 in sRGB.
    assert near(centre(largest(data)), (128, 128, 128), 2)


def test_grey_under_a_profile_of_three_channels_becomes_srgb():
    data = samples.saved(flat("L", 128), "PNG", icc_profile=samples.display_p3())

    assert near(centre(largest(data)), (129, 129, 129), 2)


def test_transparent_colours_are_converted_too():
    data = samples.saved(flat("RGBA", (200, 100, 50, 128)), "PNG", icc_profile=samples.display_p3())

    assert near(centre(largest(data)), (216, 93, 24, 128), 3)


@pytest.mark.parametrize(
    ("ink", "expected"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((255, 0, 0, 0), (0, 255, 255)),
        ((0, 255, 255, 0), (255, 0, 0)),
        ((0, 0, 0, 255), (0, 0, 0)),
        ((0, 0, 0, 128), (127, 127, 127)),
    ],
)
def test_cmyk_without_a_profile_becomes_srgb(ink, expected):
    data = samples.saved(flat("CMYK", ink), "JPEG", quality=100)

    assert near(centre(largest(data)), expected, 2)


def test_cmyk_goes_by_its_profile():
    ink = samples.saved(flat("CMYK", (255, 0, 0, 0)), "JPEG", icc_profile=samples.inks())
    paper = samples.saved(flat("CMYK", (0, 0, 0, 0)), "JPEG", icc_profile=samples.inks())
    black = samples.saved(flat("CMYK", (0, 0, 0, 255)), "JPEG", icc_profile=samples.inks())

    assert near(centre(largest(ink)), (120, 120, 120), 2)
    assert near(centre(largest(black)), (0, 0, 0), 2)
    assert near(centre(largest(paper)), (255, 255, 255), 2)


@pytest.mark.parametrize(
    "profile", [b"nonsense", samples.inks(), samples.display_p3()[:200], samples.linear_grey()]
)
def test_a_profile_that_does_not_fit_changes_nothing(profile):
    data = samples.saved(flat("RGB", (60, 120, 180)), "PNG", icc_profile=profile)

    assert near(centre(largest(data)), (60, 120, 180), 2)


def test_sixteen_bits_are_scaled_to_eight():
    ramp = struct.pack(">4H", 0, 257 * 100, 32896, 65535)
    grey = samples.png(4, 1, 16, 0, b"\0" + ramp)
    colour = samples.png(1, 1, 16, 2, b"\0" + struct.pack(">3H", 257 * 200, 257 * 100, 257 * 50))
    clear = samples.png(1, 1, 16, 6, b"\0" + struct.pack(">4H", 65535, 65535, 65535, 32896))

    assert near(largest(grey).convert("L").tobytes(), (0, 100, 128, 255), 2)
    assert near(centre(largest(colour)), (200, 100, 50), 3)
    assert centre(largest(clear)) == (255, 255, 255, 128)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (flat("1", 1), 255),
        (flat("L", 90), 90),
        (flat("LA", (90, 128)), (90, 90, 90, 128)),
        (flat("RGBA", (20, 90, 200, 255)), (20, 90, 200)),
        (flat("RGB", (20, 90, 200)).quantize(), (20, 90, 200)),
    ],
    ids=["1", "L", "LA", "opaque RGBA", "P"],
)
def test_every_mode_of_png_keeps_its_colour(image, expected):
    found = centre(largest(samples.saved(image, "PNG")))

    have, want = (value if isinstance(value, tuple) else (value,) for value in (found, expected))
    assert near(have, want, 3)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_with_a_transparent_colour_stays_transparent(kind):
    picture = Image.new("P", (64, 64), 1)
    picture.putpalette([0, 0, 0, 250, 10, 10])
    picture.paste(0, (0, 0, 32, 64))

    result = processed(samples.saved(picture, kind, transparency=0))

    image = opened(result.renditions[0])
    assert result.renditions[0].mime == "image/webp"
    assert image.getpixel((8, 32))[3] == 0
    assert near(image.getpixel((56, 32)), (250, 10, 10, 255), 6)


@pytest.mark.parametrize(
    ("depth", "colours", "key", "raw"),
    [(1, 0, b"\0\1", b"\0\x80"), (8, 0, b"\0\7", b"\0\7"), (8, 2, b"\0\1\0\2\0\3", b"\0\1\2\3")],
)
def test_a_single_transparent_colour_of_png_is_transparent(depth, colours, key, raw):
    data = samples.png(1, 1, depth, colours, raw, extra=samples.chunk(b"tRNS", key))

    assert centre(largest(data))[3] == 0


@pytest.mark.parametrize(
    ("colours", "key", "raw"),
    [(0, b"\1\2", b"\0\1\2"), (2, b"\1\2\3\4\5\6", b"\0\1\2\3\4\5\6")],
)
def test_a_transparent_colour_of_sixteen_bits_is_not_an_error(colours, key, raw):
    result = processed(samples.png(1, 1, 16, colours, raw, extra=samples.chunk(b"tRNS", key)))

    assert len(result.renditions) == 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_an_animation_the_first_frame_is_taken(kind):
    frames = [flat("RGB", colour) for colour in ("red", "lime", "blue")]
    data = samples.saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

    assert near(centre(largest(data)), (254, 0, 0), 4)


# The placeholder


@pytest.mark.parametrize(
    ("size", "waves"),
    [
        ((32, 24), (4, 3)),
        ((20, 32), (3, 4)),
        ((32, 32), (3, 3)),
        ((32, 1), (4, 3)),
        ((1, 1), (3, 3)),
    ],
)
@pytest.mark.filterwarnings("ignore:.*getdata")
def test_the_placeholder_is_what_the_reference_encoder_makes(size, waves):
    dice = random.Random(str(size))  # noqa: S311
    picture = Image.frombytes("RGB", size, dice.randbytes(size[0] * size[1] * 3))

    assert _blurhash(picture) == blurhash.encode(picture.copy(), *waves)


def test_the_placeholder_is_of_the_upright_picture_on_white():
    upright = processed(samples.turned("PNG", 1)).blurhash
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    white = Image.new("RGB", (64, 64), "white")

    assert processed(samples.turned("PNG", 6)).blurhash == upright
    assert (
        processed(samples.saved(clear, "PNG")).blurhash
        == processed(samples.saved(white, "PNG")).blurhash
    )
