"""Landscapes drawn from numbers, for those who have no photos at hand."""

import math
import random
import struct
import zlib
from dataclasses import dataclass

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 240, 180  # cells
CELL = 4  # pixels
SKIES: list[tuple[str, Colour, Colour]] = [
    ("an orange sky", (88, 60, 110), (250, 176, 96)),
    ("a clear blue sky", (70, 130, 190), (208, 230, 240)),
    ("a pink sky", (120, 110, 170), (250, 200, 200)),
    ("a green evening sky", (30, 70, 90), (200, 225, 170)),
    ("a grey sky", (110, 120, 130), (220, 222, 220)),
    ("a night sky", (12, 16, 40), (60, 70, 110)),
]


@dataclass(frozen=True)
class Picture:
    name: str
    content: bytes
    alt_text: str


def landscape(number: int) -> Picture:
    """A PNG of hills under a sky; the same for the same number."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    sky, top, bottom = SKIES[number % len(SKIES)]
    layers = chance.randint(2, 4)
    hills = [_ridge(chance, layer / layers) for layer in range(layers)]
    ground = (chance.randint(20, 60), chance.randint(50, 90), chance.randint(40, 80))
    sun = chance.randint(30, WIDTH - 30), chance.randint(20, 70), chance.randint(8, 16)
    rows = []
    for y in range(HEIGHT):
        row = bytearray()
        for x in range(WIDTH):
            row += bytes(_colour(x, y, top, bottom, sun, hills, ground)) * CELL
        rows.extend([b"\0" + bytes(row)] * CELL)
    alt_text = f"Drawn hills, {layers} behind each other, under {sky}."
    return Picture(f"landscape-{number}.png", _png(b"".join(rows)), alt_text)


def _ridge(chance: random.Random, nearness: float) -> list[float]:
    """How far down a line of hills begins, in each column."""
    waves = [
        (chance.uniform(3, 14), chance.uniform(15, 60), chance.uniform(0, 6.3)) for _ in range(3)
    ]
    middle = HEIGHT * (0.5 + 0.38 * nearness)
    return [
        middle + sum(high * math.sin(x / long + shift) for high, long, shift in waves)
        for x in range(WIDTH)
    ]


def _colour(
    x: int,
    y: int,
    top: Colour,
    bottom: Colour,
    sun: tuple[int, int, int],
    hills: list[list[float]],
    ground: Colour,
) -> Colour:
    for near in range(len(hills) - 1, -1, -1):
        if y > hills[near][x]:
            return _mix(bottom, ground, 0.3 + 0.7 * (near + 1) / len(hills))
    if (x - sun[0]) ** 2 + (y - sun[1]) ** 2 < sun[2] ** 2:
        return _mix(bottom, (255, 250, 225), 0.8)
    return _mix(top, bottom, y / (HEIGHT * 0.7))


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    share = min(1.0, share)
    return (
        int(a[0] + (b[0] - a[0]) * share),
        int(a[1] + (b[1] - a[1]) * share),
        int(a[2] + (b[2] - a[2]) * share),
    )


def _png(rows: bytes) -> bytes:
    """The smallest PNG of 8-bit RGB (RFC 2083); each row begins with its filter, 0."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", WIDTH * CELL, HEIGHT * CELL, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 6))
        + chunk(b"IEND", b"")
    )
