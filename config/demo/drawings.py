"""Landscapes drawn from numbers, for those who have no photos at hand."""

import io
import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

Colour = tuple[int, int, int]

SHAPES = [(1200, 900), (960, 1200), (1200, 800), (1080, 1080), (1200, 750)]  # pixels
FINE = 2  # drawn so many times as large, for smooth edges
LIGHT: Colour = (255, 250, 225)
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
    width, height = SHAPES[number % len(SHAPES)]
    layers = chance.randint(3, 5)
    earth = (chance.randint(20, 60), chance.randint(50, 90), chance.randint(40, 80))
    ground = _mix((0, 0, 0), earth, min(1.0, sum(bottom) / 450))  # darker under a dark sky
    image = _sky(width * FINE, height * FINE, top, bottom)
    pen = ImageDraw.Draw(image)
    _sun(pen, image, chance, _mix(bottom, LIGHT, 0.8))
    for layer in range(layers):
        colour = _mix(bottom, ground, 0.25 + 0.75 * (layer + 1) / layers)
        pen.polygon(_hill(image, chance, layer / layers), fill=colour)
    alt_text = f"Drawn hills, {layers} behind each other, under {sky}."
    return Picture(f"landscape-{number}.png", _png(image.reduce(FINE)), alt_text)


def _sky(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """From `top` to `bottom`, which it reaches where the hills are."""
    reached = int(height * 0.7)
    image = Image.new("RGB", (width, height), bottom)
    shades = Image.linear_gradient("L").resize((width, reached), Image.Resampling.BICUBIC)
    image.paste(ImageOps.colorize(shades, black=top, white=bottom))
    return image


def _sun(
    pen: ImageDraw.ImageDraw, image: Image.Image, chance: random.Random, colour: Colour
) -> None:
    x = chance.uniform(0.12, 0.88) * image.width
    y = chance.uniform(0.12, 0.4) * image.height
    pen.circle((x, y), chance.uniform(0.03, 0.065) * max(image.size), fill=colour)


def _hill(image: Image.Image, chance: random.Random, nearness: float) -> list[tuple[float, float]]:
    """The corners of a hill: its ridge, of three waves, and the lower edge of the picture."""
    waves = [
        (chance.uniform(0.01, 0.06), chance.uniform(6, 22), chance.uniform(0, math.tau))
        for _ in range(3)
    ]
    middle = 0.48 + 0.42 * nearness

    def ridge(x: float) -> float:
        return middle + sum(high * math.sin(x * often + shift) for high, often, shift in waves)

    width, height = image.size
    line = [(float(x), ridge(x / width) * height) for x in range(0, width + FINE, FINE)]
    return [(0.0, float(height)), *line, (float(width), float(height))]


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    return (
        int(a[0] + (b[0] - a[0]) * share),
        int(a[1] + (b[1] - a[1]) * share),
        int(a[2] + (b[2] - a[2]) * share),
    )


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
