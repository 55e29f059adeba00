"""What a file is, by its first bytes: format, size and which way is up, or why it is no photo.

Judged by content, never by name, and without decoding a pixel. However hostile the file, the only
exception that leaves here is `UnusablePhoto`. No models, no settings, no network, no storage.
"""

import io
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import pillow_heif
from PIL import AvifImagePlugin, ExifTags, Image, ImageFile

# AVIF stands before HEIF: both may begin with the brand `mif1`, and only the AVIF decoder tells
# them apart by the brands that follow.
ACCEPTED = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "HEIF": "image/heif",
}

# Embedded thumbnails, depth maps and auxiliary pictures are never shown, so they are never opened.
# One thread: a worker has a core, and each further thread reserves memory that RLIMIT_AS counts.
pillow_heif.register_heif_opener(
    thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
)
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

# Half a photo is a damaged photo. This is Pillow's default, set here because we depend on it.
ImageFile.LOAD_TRUNCATED_IMAGES = False
# Image.MAX_IMAGE_PIXELS keeps Pillow's own value on purpose: it is shared with every other user of
# Pillow in the process. `max_pixels` is checked here before it; past twice that value (178,956,970)
# Pillow refuses whatever `max_pixels` says.

_MAGIC = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])",
    re.DOTALL,
)
_MAX_READS = 200_000


class UnusablePhoto(Exception):  # noqa: N818 -- it is the photo's verdict, not our error
    """This file cannot become a photo here; `detail` tells its owner why in one sentence.

    Codes: `empty_file`, `not_a_photo`, `damaged_photo`, `too_many_pixels`, `too_much_memory`.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Probe:
    """`format` is a key of `ACCEPTED`; width and height are those of the upright picture."""

    format: str
    mime: str
    width: int
    height: int


def probe(file: BinaryIO, *, max_pixels: int) -> Probe:
    """Read the header of `file`, leave the file at its beginning. Raises only `UnusablePhoto`."""
    with refusals():
        image, turn = open_photo(file, max_pixels=max_pixels)
        width, height = upright(image.size, turn)
        kind = _kind(image)
        file.seek(0)
        return Probe(format=kind, mime=ACCEPTED[kind], width=width, height=height)


def open_photo(file: BinaryIO, *, max_pixels: int) -> tuple[ImageFile.ImageFile, int]:
    """The opened, not yet decoded picture and its EXIF orientation, 1 to 8; within `refusals()`."""
    rationed = _Rationed(file)
    rationed.seek(0)
    head = rationed.read(30)
    if not head:
        raise UnusablePhoto("empty_file", "This file is empty. Please choose it again.")
    if not _MAGIC.match(head):
        raise UnusablePhoto(
            "not_a_photo",
            "This file is not a photo. Photos can be JPEG, PNG, WebP, GIF, HEIC or AVIF.",
        )
    if head[4:8] == b"ftyp" and _is_torn(rationed):
        raise ValueError("a file that ends before its boxes do")
    # Pillow allocates the canvas of WebP and GIF while it opens them, before we can ask its size.
    if promised := _promised_size(head, rationed):
        _refuse_size(promised, max_pixels)
    image = Image.open(cast("IO[bytes]", rationed), formats=tuple(ACCEPTED))
    _refuse_size(image.size, max_pixels)
    return image, _orientation(image, rationed)


def upright(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """`size` after an EXIF orientation is applied: from 5 on the sides change places."""
    return (size[1], size[0]) if turn >= 5 else size


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what decoders raise into `UnusablePhoto`.

    They raise anything (SyntaxError, OverflowError, KeyError, RuntimeError, ...), hence the wide
    `except`. It takes Celery's soft time limit too: a photo that exhausts it is a refused one.
    """
    try:
        yield
    except UnusablePhoto:
        raise
    except MemoryError as error:
        raise UnusablePhoto(
            "too_much_memory",
            "This photo needs more memory than a photo may use here. Please upload a smaller one.",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePhoto(
            "too_many_pixels", "This photo has too many pixels. Please upload a smaller one."
        ) from error
    except Exception as error:
        raise UnusablePhoto(
            "damaged_photo",
            "This photo is damaged or incomplete. Please export it again or choose another one.",
        ) from error


class _Rationed(io.BufferedIOBase):
    """A file that may be read so often and no more.

    20 MiB of empty JPEG segments keep Pillow busy for 7 s (PNG chunks 4 s, GIF blocks 3 s); an
    honest photo of that size needs some ten thousand reads.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _MAX_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError("too many parts")
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _kind(image: ImageFile.ImageFile) -> str:
    # A JPEG with more pictures after the first (many phones) is what Pillow calls MPO.
    return "JPEG" if image.format == "MPO" else str(image.format)


def _refuse_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise ValueError("a picture without pixels")
    if width * height > max_pixels:
        raise UnusablePhoto(
            "too_many_pixels",
            f"This photo has {width} x {height} pixels, {width * height / 1e6:.1f} million; "
            f"at most {max_pixels / 1e6:g} million are accepted. Please upload a smaller one.",
        )


def _promised_size(head: bytes, file: _Rationed) -> tuple[int, int] | None:
    """What the first bytes say, for the formats that say it there."""
    if head.startswith(b"GIF8"):
        return _gif_size(file)
    if head.startswith(b"RIFF"):
        return _webp_size(head)
    if head.startswith(b"\x89PNG") and head[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", head, 16)
        return width, height
    return None


def _is_torn(file: _Rationed) -> bool:
    """Whether a HEIC or AVIF ends before its boxes do: libheif paints what is missing grey."""
    end, here = file.seek(0, io.SEEK_END), 0
    while here + 8 <= end:
        file.seek(here)
        size, kind = struct.unpack(">I4s", file.read(8))
        if size == 1:  # then the real size follows
            size = int.from_bytes(file.read(8), "big")
        if size < 8:  # 0: to the end of the file
            return False
        here += size
        if here > end:
            return kind in (b"meta", b"mdat")  # behind them, whatever a phone has appended
    return False


def _webp_size(head: bytes) -> tuple[int, int]:
    """The canvas by the first chunk: https://developers.google.com/speed/webp/docs/riff_container"""
    kind = head[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(head[24:27], "little") + 1,
            int.from_bytes(head[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", head, 26)
    return width & 0x3FFF, height & 0x3FFF


def _gif_size(file: _Rationed) -> tuple[int, int]:
    """The screen, or more where the first frame reaches beyond it (GIF89a, sections 18 to 24)."""
    file.seek(6)
    width, height, flags = struct.unpack("<HHB2x", file.read(7))
    if flags & 0x80:
        file.seek(3 << ((flags & 7) + 1), io.SEEK_CUR)
    while (mark := file.read(1)) != b",":
        if mark == b"!":
            file.read(1)
            while length := file.read(1)[0]:
                file.seek(length, io.SEEK_CUR)
        elif mark in (b"", b";"):
            raise ValueError("no frame")
    left, top, across, down = struct.unpack("<4H", file.read(8))
    return max(width, left + across), max(height, top + down)


def _orientation(image: ImageFile.ImageFile, file: _Rationed) -> int:
    """By EXIF alone, as browsers do; an unreadable EXIF says nothing about the pixels: 1."""
    # libheif has turned the picture already. For AVIF, Pillow writes the turn into the EXIF.
    if image.format == "HEIF":
        return 1
    raw = _png_exif(file) if image.format == "PNG" else image.info.get("exif")
    if not raw:
        return 1
    exif = Image.Exif()
    try:
        exif.load(raw)
        value = exif.get(ExifTags.Base.Orientation)
    except Exception:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _png_exif(file: _Rationed) -> bytes:
    """The eXIf chunk, wherever it stands; to find a late one Pillow would decode the pixels."""
    here = file.tell()
    file.seek(8)
    found = b""
    while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            found = file.read(length)
            break
        file.seek(length + 4, io.SEEK_CUR)
    file.seek(here)
    return found
