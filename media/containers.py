"""What holds a video, by its first bytes and its boxes: MP4, QuickTime or WebM, or none of them.

Judged by content, never by name, and without asking a decoder. No models, no settings, no storage.
"""

import re
from typing import BinaryIO

HEAD = 4096  # bytes that tell what it is

# Image formats in the same boxes: what a photo is, is `media.probe`'s.
_STILL = re.compile(rb"hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs]")
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")  # QuickTime's beginnings
_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT = b"\x18\x53\x80\x67"
_DOCTYPE = re.compile(rb"\x42\x82[\x80-\xff](webm|matroska)\0*", re.DOTALL)


def kind(head: bytes) -> str | None:
    """The media type by the first `HEAD` bytes; None for what cannot be a video here."""
    if head.startswith(_EBML):
        found = _DOCTYPE.search(head)
        return {b"webm": "video/webm", b"matroska": "video/x-matroska"}[found[1]] if found else None
    if head[4:8] not in _BOXES:
        return None
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if _STILL.fullmatch(brand):
            return None
        return "video/quicktime" if brand == b"qt  " else "video/mp4"
    return "video/quicktime"


def kind_of(file: BinaryIO) -> str | None:
    """The same of a file, which is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return kind(head)


def is_torn(file: BinaryIO) -> bool:
    """Whether it ends before it says that it does: the rest never arrived, or never was."""
    end = file.seek(0, 2)
    file.seek(0)
    if file.read(4) == _EBML:
        return _segment_is_torn(file, end)
    here = 0
    for _ in range(10_000):  # a fragmented hour has some thousands
        file.seek(here)
        head = file.read(16)
        if len(head) < 8:
            return False  # a few bytes behind the last box are nobody's
        size = int.from_bytes(head[:4], "big")
        if size == 0:  # to the end of the file
            return False
        if size == 1:  # then the real size follows
            size = int.from_bytes(head[8:16], "big")
        if size < 8:
            return False
        here += size
        if here > end:
            return head[4:8] in (b"moov", b"mdat", b"moof", b"ftyp")
    return True


def _segment_is_torn(file: BinaryIO, end: int) -> bool:
    """By the size of the Segment (RFC 8794, 4 to 6); one of unknown size is as long as it is."""
    file.seek(4)
    size = _number(file)
    if size is None:
        return True
    file.seek(size, 1)
    if file.read(4) != _SEGMENT:
        return True
    size = _number(file)
    return size is not None and file.tell() + size > end


def _number(file: BinaryIO) -> int | None:
    """The length of an element; None when it is unknown."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    value = int.from_bytes(bytes([first[0] & (0xFF >> length)]) + rest, "big")
    return None if value == (1 << 7 * length) - 1 else value
