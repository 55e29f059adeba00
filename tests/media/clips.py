"""Videos that the tests make themselves, with the ffmpeg that Yafig uses; and a look at what became
of them."""

import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from media import storage, video
from media.actions import receiving
from tests.media import samples

PICTURE = "testsrc=s=64x48:d=1:r=10"
SOUND = "sine=d=1"
SECRET = "Mulholland Drive 12"  # which nobody shall find in an output
CODECS = {"mp4": "libx264", "mov": "libx264", "webm": "libvpx"}


def ffmpeg(*arguments, folder=None, **options):
    command = [settings.FFMPEG, "-nostdin", "-hide_banner", "-y", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, **options)


@cache
def clip(
    kind="mp4", *options, picture: str | None = PICTURE, sound: str | None = SOUND, codec=None
):
    """The bytes of a video of a second, 64 by 48; `options` of ffmpeg go before its output."""
    inputs = [
        each for source in (picture, sound) if source for each in ("-f", "lavfi", "-i", source)
    ]
    coded = ["-c:v", codec or CODECS[kind], "-pix_fmt", "yuv420p"] if picture else []
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / f"made.{kind}"
        ffmpeg(*inputs, *coded, *options, str(made))
        return made.read_bytes()


@cache
def quarters(turn=0):
    """The four colours of `samples.quarters`, 64 by 48 when it is upright; stored turned.

    `turn`: degrees by which a player has to turn it back, clockwise, as phones write it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        picture = samples.quarters(64, 48).rotate(turn, expand=True)
        picture.save(folder / "frame.png")
        ffmpeg(
            *("-loop", "1", "-i", "frame.png", "-t", "1", "-r", "5"),
            *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "5", "plain.mp4"),
            folder=folder,
        )
        back = ["-display_rotation", str(-turn)] if turn else []
        ffmpeg(*back, "-i", "plain.mp4", "-c", "copy", "turned.mp4", folder=folder)
        return (folder / "turned.mp4").read_bytes()


def uploaded(content, name="clip.mp4", content_type="video/mp4"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def kept(owner, content, access="public"):
    """A video of `owner` that waits to be made, without a post."""
    files = [uploaded(content)]
    with receiving.receive_photos(files, field="file", check=receiving.check_media) as (video,):
        return receiving.add_media(owner=owner, photo=video, access=access)


def forced(owner, content):
    """The same of bytes that are refused at the door: what is behind it must hold as well."""
    media = kept(owner, clip())
    storage.delete_names("originals", [media.original])
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        storage.save_original(storage.folder_of(media.original), file)
    return media


def described(content):
    """What ffmpeg says of a video: its streams, its length, its metadata."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(content)
        file.flush()
        command = [settings.FFMPEG, "-hide_banner", "-i", file.name]
        return subprocess.run(command, capture_output=True, text=True).stderr


def size_of(content):
    """Width and height, from the stream that is a picture."""
    found = re.search(r"Video: .*?, (\d+)x(\d+)", described(content))
    assert found
    return int(found[1]), int(found[2])


def bytes_of(media, key="video"):
    with storage.open_rendition(media.renditions[key], access=media.access) as file:
        return file.read()


def boxes(content):
    """The kinds of an MP4's outermost boxes, in their order."""
    found, here = [], 0
    while here + 8 <= len(content):
        found.append(content[here + 4 : here + 8].decode())
        here += int.from_bytes(content[here : here + 4], "big")
    return found


def patched(content, kind, offset, value):
    """`value` written over what stands `offset` bytes behind the name of the first such box."""
    at = content.index(kind) + 4 + offset
    return content[:at] + value + content[at + len(value) :]


def verdict(folder, content):
    """Why it is no video; empty when it is one. Whatever else is raised, is raised."""
    (folder / video.ORIGINAL).write_bytes(content)
    try:
        video.look(folder)
        video.make(folder)
    except video.UnusableVideo as refusal:
        return refusal.detail
    return ""
