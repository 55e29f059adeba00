"""Videos: any accepted file becomes one upright MP4 and a picture of it; the one door to ffmpeg.

What the file says of itself is believed in nothing that counts: its kind is forced upon ffmpeg, its
size is that of a frame that was decoded, its length that of what was written. No byte of an output
comes from the input's metadata. No models, no network, no storage; see `sandbox` for the rest.
"""

import io
import re
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from media import containers, images, sandbox

ORIGINAL, MADE = "original", "made.mp4"
MIME, EXTENSION = "video/mp4", "mp4"
LOOK_SECONDS = 30.0  # for one frame
POSTER_FRAMES = 30  # of which the most telling one is taken
_LARGEST_SIDE = 8192  # pixels of a frame that is looked at
_FORMATS = {"video/webm": "matroska", "video/x-matroska": "matroska"}
_LENGTH = re.compile(r"^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+)", re.MULTILINE)
_FULL = re.compile("No space left on device|Disk quota exceeded")


class UnusableVideo(Exception):  # noqa: N818 -- it is the video's verdict, not our error
    """This file cannot become a video here; `detail` tells its owner why in one sentence."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


DAMAGED = "This video is damaged or incomplete. Please export it again or choose another one."
NO_VIDEO = "There is no moving picture in this file. Please choose a video."
TOO_MUCH = "This video takes too much time or memory. Please upload a shorter or smaller one."
_ENOUGH = (signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ)
_NO_STREAM = re.compile("matches no streams|does not contain any stream")


@dataclass(frozen=True)
class Look:
    """The first frame, upright, and its size; `seconds` is what the file says: for guesses only."""

    width: int
    height: int
    seconds: float
    picture: bytes


@dataclass(frozen=True)
class Made:
    """The MP4 is at `path`; `seconds` is its length, and `poster` a picture of it."""

    path: Path
    seconds: float
    poster: bytes


def look(folder: Path) -> Look:
    """Decode one frame of `folder/original`. Raises `UnusableVideo`, OSError."""
    with (folder / ORIGINAL).open("rb") as file:
        mime = containers.kind_of(file)
        torn = containers.is_torn(file)
    if mime is None:
        raise UnusableVideo("This file is not a video. Videos can be MP4, MOV or WebM.")
    if torn:
        raise UnusableVideo(DAMAGED)
    words = _ffmpeg(
        folder,
        [*_reading(mime), "-map", "0:V:0", "-frames:v", "1"],
        ["-vf", _scaled(_LARGEST_SIDE, 1), "-c:v", "png", "-f", "image2pipe", "look"],
        level="info",
    )
    picture = _read(folder / "look")
    try:
        seen = images.probe(io.BytesIO(picture), max_pixels=settings.PHOTO_MAX_PIXELS)
    except images.UnusablePhoto as error:
        raise UnusableVideo(DAMAGED) from error
    return Look(seen.width, seen.height, _length(words), picture)


def make(
    folder: Path,
    *,
    hear: Callable[[float], None] = lambda seconds: None,
    watch: Callable[[], bool] = lambda: True,
) -> Made:
    """Write the MP4 of `folder/original`, at which `look` has looked.

    `hear` is told how many seconds of it are done, `watch` is asked twice a second whether to go
    on: `sandbox.NotWanted` if not. Raises `UnusableVideo`, OSError.
    """
    with (folder / ORIGINAL).open("rb") as file:
        mime = containers.kind_of(file) or MIME
    reached = 0.0

    def progressed(line: str) -> None:
        nonlocal reached
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isascii() and value.isdigit():
            reached = max(reached, int(value) / 1e6)
            hear(reached)

    _ffmpeg(
        folder,
        [*_reading(mime), "-map", "0:V:0", "-map", "0:a:0?"],
        _writing(),
        hear=progressed,
        watch=watch,
        seconds=settings.VIDEO_TIMEOUT,
    )
    words = _ffmpeg(
        folder,
        ["-f", "mov", "-i", MADE, "-map", "0:V:0", "-frames:v", "1"],
        ["-vf", f"thumbnail=n={POSTER_FRAMES}", "-c:v", "png", "-f", "image2pipe", "poster"],
        level="info",
    )
    seconds = max(_length(words), reached)
    if seconds > settings.VIDEO_MAX_SECONDS + 0.5:  # the last frame ends a little late
        raise UnusableVideo(
            f"This video is longer than {settings.VIDEO_MAX_SECONDS} seconds. Please cut it."
        )
    return Made(folder / MADE, round(_length(words), 2), _read(folder / "poster"))


def poster(picture: bytes, *, sizes: Sequence[int]) -> images.Processed:
    """The renditions of a frame, as of a photo. Raises `UnusableVideo`."""
    try:
        return images.process(
            io.BytesIO(picture), sizes=sizes, max_pixels=settings.PHOTO_MAX_PIXELS
        )
    except images.UnusablePhoto as error:
        raise UnusableVideo(DAMAGED) from error


def _reading(mime: str) -> list[str]:
    """Nothing is opened but the one file, as the one kind that its first bytes say it is."""
    kind = _FORMATS.get(mime, "mov")
    references = ["-enable_drefs", "0", "-use_absolute_path", "0"] if kind == "mov" else []
    return [
        *("-protocol_whitelist", "file,pipe", "-format_whitelist", "mov,mp4,matroska,webm"),
        *("-f", kind, *references, "-max_pixels", str(settings.VIDEO_MAX_PIXELS)),
        *("-threads", str(settings.VIDEO_THREADS), "-i", ORIGINAL),
    ]


def _writing() -> list[str]:
    """H.264 and AAC as everything plays them: 8 bits, 4:2:0, even sides, at most 60 a second."""
    nothing_of_the_original = [
        *("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-sn", "-dn"),
    ]
    return [
        *nothing_of_the_original,
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *("-vf", f"{_scaled(settings.VIDEO_MAX_SIDE, 2)},format=yuv420p", "-fpsmax", "60"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high"),
        *("-maxrate", "6M", "-bufsize", "12M", "-threads:v", str(settings.VIDEO_THREADS)),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"),
        *("-t", str(settings.VIDEO_MAX_SECONDS + 1), "-movflags", "+faststart", "-f", "mp4", MADE),
    ]


def _scaled(side: int, step: int) -> str:
    """A filter: square pixels, no side above `side`, each a multiple of `step`; never enlarged.

    The proportions come from the file, so that the sides are held in bounds whatever they are.
    """
    wide = "iw*sar"
    by = f"min(1,{side}/max({wide},ih))"
    width, height = (f"max({step},{step}*trunc({each}*{by}/{step}+0.001))" for each in (wide, "ih"))
    return f"scale=w='{width}':h='{height}':flags=bicubic,setsar=1"


def _ffmpeg(
    folder: Path,
    reading: list[str],
    writing: list[str],
    *,
    level: str = "error",
    hear: Callable[[str], None] | None = None,
    watch: Callable[[], bool] | None = None,
    seconds: float = LOOK_SECONDS,
) -> str:
    """Run it in the sandbox; what it said. Raises `UnusableVideo`, OSError, what `watch` asks."""
    limits = sandbox.Limits(
        seconds=seconds,
        memory=settings.VIDEO_MEMORY_LIMIT * 2**20,
        size=max(settings.VIDEO_MAX_BYTES, 16 * 2**20) * 2,
        threads=settings.VIDEO_THREADS,
    )
    told = ["-progress", "pipe:1", "-stats_period", "0.5"] if hear else []
    program = shutil.which(settings.FFMPEG)
    if program is None:
        raise FileNotFoundError(f"There is no program {settings.FFMPEG}.")
    quiet = ["-nostdin", "-hide_banner", "-nostats", "-y", "-v", level]
    command = [program, *quiet, *told, *reading, *writing]
    try:
        done = sandbox.run(command, folder=folder, limits=limits, hear=hear, watch=watch)
    except sandbox.TakesTooLong as error:
        raise UnusableVideo(TOO_MUCH) from error
    if done.code == 0:
        return done.words
    raise _reason(done)


def _reason(done: sandbox.Done) -> Exception:
    if _FULL.search(done.words):
        return OSError("There is no room for a video to be made.")
    if done.code == sandbox.NOT_STARTED:
        return OSError(f"{settings.FFMPEG} cannot be started: {done.words[-300:]}")
    if _NO_STREAM.search(done.words):
        return UnusableVideo(NO_VIDEO)
    if -done.code in _ENOUGH or "Cannot allocate memory" in done.words:
        return UnusableVideo(TOO_MUCH)
    return UnusableVideo(DAMAGED)


def _length(words: str) -> float:
    """Of the first input, in seconds; 0 when it does not say."""
    found = _LENGTH.search(words)
    if not found:
        return 0.0
    hours, minutes, seconds = found.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _read(path: Path) -> bytes:
    if not path.exists() or not (content := path.read_bytes()):  # it had nothing to write
        raise UnusableVideo(NO_VIDEO)
    return content
