"""Pixels: any accepted photo becomes upright sRGB renditions that tell nothing but the picture.

Invariant: no byte of an output comes from the input's metadata. EXIF, GPS, XMP, ICC profiles,
comments, maker notes, embedded thumbnails and colours hidden under full transparency stay behind.
No models, no settings, no network, no storage; limits arrive as arguments.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms, ImageFile

from media.probe import ACCEPTED, Probe, UnusablePhoto, open_photo, probe, refusals, upright

__all__ = ["ACCEPTED", "Probe", "Processed", "Rendition", "UnusablePhoto", "probe", "process"]

SIZES = (320, 640, 1080)
QUALITY = 82

_SRGB = ImageCms.createProfile("sRGB")
_MODES_OF_PROFILES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
_RESIZABLE = ("L", "LA", "RGB", "RGBA", "CMYK")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BASE83 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"


@dataclass(frozen=True)
class Rendition:
    """One copy of the picture; `longest_side` in pixels is its key, `extension` has no dot."""

    longest_side: int
    width: int
    height: int
    content: bytes
    mime: str
    extension: str


@dataclass(frozen=True)
class Processed:
    """Width and height are those of the upright original; renditions go from small to large."""

    width: int
    height: int
    blurhash: str
    renditions: list[Rendition]


def process(file: BinaryIO, *, sizes: Sequence[int] = SIZES, max_pixels: int) -> Processed:
    """Make every rendition of the photo in `file`; of an animation, its first frame.

    The longest sides are those of `sizes` below the original's, and the original's own where it is
    not above the largest of them: 500 px gives {320, 500}. Nothing is enlarged.

    Opaque pictures become progressive JPEG: measured at 1080 px, 4 to 7 % smaller than baseline for
    9 ms once, and they are served many times. Pictures that show transparency become lossy WebP
    (its alpha is lossless): JPEG has none, and PNG was twelve times the bytes.

    Raises `UnusablePhoto` for whatever is wrong with the photo; an error of reading `file` itself
    passes through, so that a failing storage is not taken for a damaged photo. A 12-megapixel JPEG
    costs 0.8 of the CPU of Pillow's decode, resize and encode, and 55 MiB (benchmarks/photo.py);
    the other formats, which know no drafts, up to 20 bytes a pixel (WebP).
    """
    file.seek(0)
    data = io.BytesIO(file.read())
    with refusals():
        image, turn = open_photo(data, max_pixels=max_pixels)
        size, pictures = _pictures(image, sizes)
        # Turning comes after shrinking: it is a copy of the small picture, not of the large one.
        turned = [_turned(picture, turn) for picture in pictures]
        width, height = upright(size, turn)
        return Processed(
            width=width,
            height=height,
            blurhash=_blurhash(turned[0]),
            renditions=[_rendition(picture) for picture in turned],
        )


def _pictures(
    image: ImageFile.ImageFile, sizes: Sequence[int]
) -> tuple[tuple[int, int], list[Image.Image]]:
    """The original's size and its pictures from small to large, each made of the next larger."""
    size = image.size
    side = min(max(sizes), max(size))
    # Only JPEG knows drafts: libjpeg then decodes at a half, a quarter or an eighth of the size.
    draft = image.draft(None, _fit(size, side))
    image.load()
    if draft is None and image.size != size:  # HEIF: the header may differ from the pixels
        size = image.size
        side = min(max(sizes), max(size))
    picture = _plain(image).resize(
        _fit(size, side), Image.Resampling.LANCZOS, box=draft and draft[1], reducing_gap=2.0
    )
    pictures = [_srgb(picture, image.info.get("icc_profile"))]
    for smaller in sorted({each for each in sizes if each < side}, reverse=True):
        pictures.append(
            pictures[-1].resize(_fit(size, smaller), Image.Resampling.LANCZOS, reducing_gap=2.0)
        )
    return size, pictures[::-1]


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    """`size` scaled to the longest side `side`; no side below 1, however long the panorama."""
    width, height = size
    longest = max(size)
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def _plain(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be resized, 8 bits a channel."""
    if image.mode.startswith("I"):
        # Pillow's own conversion clips 16 bits instead of scaling them.
        return image.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in _RESIZABLE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """L, RGB or, where something shows through, RGBA; in sRGB and with an empty `info`."""
    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    if alpha is not None:
        picture = picture.convert("L" if picture.mode == "LA" else "RGB")
    if profile:
        picture = _managed(picture, profile)
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        picture = picture.convert("RGB")
        picture.putalpha(alpha)
        # There and back wipes the colours under full transparency, which lossy WebP would keep.
        picture = picture.convert("RGBa").convert("RGBA")
    # Pillow writes some of `info` into what it saves (a comment, for one).
    picture.info = {}
    return picture


def _managed(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours by the profile; one that is broken or of other channels is as good as none."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _MODES_OF_PROFILES.get(source.profile.xcolor_space.strip())
        if mode == "RGB" and picture.mode == "L":
            picture = picture.convert("RGB")
        if mode != picture.mode:
            return picture
        managed = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return managed or picture


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    method = _TURNS.get(turn)
    return picture if method is None else picture.transpose(method)


def _rendition(picture: Image.Image) -> Rendition:
    content = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(content, "WEBP", quality=QUALITY, method=4)
        mime, extension = "image/webp", "webp"
    else:
        picture.save(content, "JPEG", quality=QUALITY, progressive=True)
        mime, extension = "image/jpeg", "jpg"
    return Rendition(
        longest_side=max(picture.size),
        width=picture.width,
        height=picture.height,
        content=content.getvalue(),
        mime=mime,
        extension=extension,
    )


def _blurhash(picture: Image.Image) -> str:
    """The placeholder of https://github.com/woltapp/blurhash; 4x3, 3x4 or 3x3 waves by aspect.

    Written out: `blurhash-python` 1.x asks for `Image.getdata`, which Pillow 14 removes. The tests
    hold it to the same strings. Transparency shows the white of a page.
    """
    tiny = picture.resize(_fit(picture.size, min(32, max(picture.size))), reducing_gap=2.0)
    if tiny.mode == "RGBA":
        tiny = Image.alpha_composite(Image.new("RGBA", tiny.size, "white"), tiny)
    width, height = tiny.size
    across = 4 if width > height else 3
    down = 4 if height > width else 3
    waves = _waves(tiny.convert("RGB"), across, down)
    loudest = max(abs(value) for wave in waves[1:] for value in wave)
    step = max(0, min(82, math.floor(loudest * 166 - 0.5)))
    scale = (step + 1) / 166
    red, green, blue = (_to_byte(value) for value in waves[0])
    parts = [_base83(across - 1 + (down - 1) * 9, 1), _base83(step, 1)]
    parts.append(_base83(red << 16 | green << 8 | blue, 4))
    for wave in waves[1:]:
        r, g, b = (
            max(0, min(18, math.floor(math.copysign(abs(v / scale) ** 0.5, v) * 9 + 9.5)))
            for v in wave
        )
        parts.append(_base83(r * 361 + g * 19 + b, 2))
    return "".join(parts)


def _waves(picture: Image.Image, across: int, down: int) -> list[list[float]]:
    """The first `across` x `down` cosine amplitudes of linear light, (red, green, blue) each."""
    width, height = picture.size
    xs = [[math.cos(math.pi * i * x / width) for x in range(width)] for i in range(across)]
    ys = [[math.cos(math.pi * j * y / height) for y in range(height)] for j in range(down)]
    bands = [[_LINEAR[value] for value in band.tobytes()] for band in picture.split()]
    rows = [
        [
            [
                sum(map(float.__mul__, wave, band[y * width : (y + 1) * width]))
                for y in range(height)
            ]
            for wave in xs
        ]
        for band in bands
    ]
    return [
        [
            sum(map(float.__mul__, ys[j], band[i])) * (2 if i or j else 1) / (width * height)
            for band in rows
        ]
        for j in range(down)
        for i in range(across)
    ]


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


_LINEAR = [_to_linear(value / 255) for value in range(256)]


def _to_byte(linear: float) -> int:
    value = max(0.0, min(1.0, linear))
    curve = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return int(curve * 255 + 0.5)


def _base83(value: int, length: int) -> str:
    return "".join(_BASE83[value // 83**place % 83] for place in reversed(range(length)))
