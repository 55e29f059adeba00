"""Reels for the demo: a slow look into a picture, made by the ffmpeg that makes all videos."""

import shutil
import subprocess

from django.conf import settings

from config.demo.drawings import Picture

EVERY = 10  # posts: the seventh of them is a reel
SECONDS = 3
_LOOK = f"scale=720:-2,zoompan=z='1+on/400':x='iw*0.1':y='ih*0.1':d={SECONDS * 25}:s=480x640:fps=25"
_CODED = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-f", "mp4")
_STREAMED = ("-movflags", "frag_keyframe+empty_moov")  # into a pipe nobody can go back


def is_film(number: int) -> bool:
    return number % EVERY == EVERY - 4


def film(picture: Picture) -> bytes | None:
    """None where there is no ffmpeg, or it cannot read the picture."""
    program = shutil.which(settings.FFMPEG) if settings.FFMPEG else None
    if program is None:
        return None
    reading = ("-nostdin", "-v", "error", "-f", "image2pipe", "-i", "pipe:0", "-frames:v", "75")
    command = [program, *reading, "-vf", _LOOK, *_CODED, *_STREAMED, "pipe:1"]
    try:
        done = subprocess.run(  # noqa: S603 -- our own words, on the operator's own pictures
            command, input=picture.content, capture_output=True, timeout=60, check=True
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout
