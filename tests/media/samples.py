"""What the tests of pixels make themselves: pictures in every format, profiles, bombs; and a look
at what became of them."""

import io
import struct
import zlib

from PIL import Image

from media.images import ACCEPTED, process

LIMIT = 50_000_000
CORNERS = ((200, 30, 30), (30, 160, 40), (40, 60, 200), (240, 240, 240))
FORMATS = tuple(ACCEPTED)
_UNDO = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def quarters(width=192, height=128):
    """Red, green / blue, white: no two ways of turning it look alike."""
    image = Image.new("RGB", (width, height))
    for index, colour in enumerate(CORNERS):
        corner = (index % 2 * width // 2, index // 2 * height // 2)
        image.paste(Image.new("RGB", (width // 2, height // 2), colour), corner)
    return image


def saved(image, kind, **options):
    """The bytes of `image` in a format, as good as the format allows."""
    file = io.BytesIO()
    options = {"quality": 95, **options} if kind != "PNG" else options
    image.save(file, kind, **options)
    return file.getvalue()


def turned(kind, turn):
    """`quarters()` as a camera stores it that was held as EXIF orientation `turn` says."""
    stored = quarters()
    if _UNDO[turn] is not None:
        stored = stored.transpose(_UNDO[turn])
    exif = Image.Exif()
    exif[0x0112] = turn
    return saved(stored, kind, exif=exif.tobytes())


def chunk(kind, data=b""):
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colours, raw, extra=b""):
    """A PNG of raw scanlines, the way Pillow cannot write it; `extra` goes before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    pixels = zlib.compress(raw, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND")
    )


def gif_header(width, height, *, frame=(1, 1), disposal=0):
    """A GIF that promises a screen and one frame, with next to no pixels in it."""
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", width, height, 0, 0, 0)
        + bytes([0x21, 0xF9, 4, disposal << 2, 0, 0, 0, 0])
        + struct.pack("<BHHHHB", 0x2C, 0, 0, *frame, 0)
        + b"\x02\x02\x4c\x01\x00\x3b"
    )


def webp_header(width, height):
    """An extended WebP that promises a canvas."""
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_header(width, height):
    """A JPEG whose frame header promises another size than its pixels have."""
    data = saved(quarters(16, 16), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _fixed(*values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(space, connection, tags):
    """An ICC version 2 profile (ICC.1:2001-04) of the given tags."""
    table = body = b""
    for name, data in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    size = 132 + 12 * len(tags) + len(body)
    header = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, kind, space, connection)
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += _fixed(0.9642, 1, 0.8249) + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + body


def _described(name):
    text = name + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78)


def _point(x, y, z):
    return b"XYZ " + bytes(4) + _fixed(x, y, z)


def _gamma(value):
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256))


def display_p3():
    """Display P3 with a plain gamma of 2.2, primaries as Apple's profile has them (D50)."""
    return profile(
        b"RGB ",
        b"XYZ ",
        {
            b"desc": _described(b"wide"),
            b"cprt": b"text" + bytes(4) + b"none\0",
            b"wtpt": _point(0.9642, 1, 0.8249),
            b"rXYZ": _point(0.51512, 0.2412, -0.00105),
            b"gXYZ": _point(0.29198, 0.69225, 0.04189),
            b"bXYZ": _point(0.1571, 0.06657, 0.78407),
            b"rTRC": _gamma(2.2),
            b"gTRC": _gamma(2.2),
            b"bTRC": _gamma(2.2),
        },
    )


def linear_grey():
    """Grey whose values are light itself: half the value is half the light."""
    return profile(
        b"GRAY",
        b"XYZ ",
        {
            b"desc": _described(b"linear grey"),
            b"cprt": b"text" + bytes(4) + b"none\0",
            b"wtpt": _point(0.9642, 1, 0.8249),
            b"kTRC": _gamma(1.0),
        },
    )


def inks():
    """A press whose colours all print the same middle grey, L* = 50.2; black is black."""
    straight = bytes(range(256))
    corners = b"\xff\x80\x80\x00\x80\x80" + b"\x80\x80\x80\x00\x80\x80" * 7
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return profile(
        b"CMYK",
        b"Lab ",
        {
            b"desc": _described(b"grey press"),
            b"cprt": b"text" + bytes(4) + b"none\0",
            b"wtpt": _point(0.9642, 1, 0.8249),
            b"A2B0": lut + straight * 4 + corners + straight * 3,
        },
    )


def processed(data, **options):
    return process(io.BytesIO(data), max_pixels=LIMIT, **options)


def opened(rendition):
    image = Image.open(io.BytesIO(rendition.content))
    image.load()
    return image


def largest(data):
    return opened(processed(data).renditions[-1])


def centre(image):
    return image.getpixel((image.width // 2, image.height // 2))


def near(found, expected, tolerance):
    return all(abs(have - want) <= tolerance for have, want in zip(found, expected, strict=True))


def flat(mode, colour, side=64):
    return Image.new(mode, (side, side), colour)
