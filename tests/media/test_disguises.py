"""Playlists and references in disguise (L2): no file is read for them, and no address called."""

import socket
import struct
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from media import sandbox
from media.video import DAMAGED, NO_VIDEO
from tests.media import clips
from tests.media.clips import clip, verdict

NOT_A_VIDEO = "This file is not a video. Videos can be MP4, MOV or WebM."


@pytest.fixture
def refused(tmp_path):
    """The reason why a video is none."""
    return lambda content: verdict(tmp_path, content)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        yield server


def was_called(server):
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return False
    connection.close()
    return True


def playlists(folder, port):
    """What makes a reader of videos read a file, or call an address."""
    canary = folder / "canary.txt"
    there = f"http://127.0.0.1:{port}/canary"
    media = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\n%s\n#EXT-X-ENDLIST\n"
    ftyp = "\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    return {
        "HLS to an address": media % there,
        "HLS to a file": media % f"concat:{canary}|{canary}",
        "HLS behind an ftyp": ftyp + media % there,
        "a concat script": f"ffconcat version 1.0\nfile '{there}'\n",
        "a concat script of files": f"ffconcat version 1.0\nfile '{canary}'\n",
        "SDP": f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\n",
        "DASH": f"<?xml version='1.0'?><MPD><BaseURL>{there}</BaseURL></MPD>",
        "WebM's name": "\x1aEß£" + media % there,
    }


@pytest.mark.parametrize("name", list(playlists(Path("/"), 0)))
def test_a_disguised_playlist_reads_no_file_and_calls_no_address(
    refused, tmp_path_factory, listener, name
):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "canary.txt").write_bytes(clip())
    content = playlists(folder, listener.getsockname()[1])[name].encode("latin-1")

    assert refused(content) in (DAMAGED, NO_VIDEO, NOT_A_VIDEO)

    assert not was_called(listener)


def test_the_same_playlist_calls_when_ffmpeg_is_left_alone(tmp_path, listener):
    """So the listener would hear of it; and the sandbox alone keeps ffmpeg from calling."""
    port = listener.getsockname()[1]
    (tmp_path / "list").write_text(playlists(tmp_path, port)["HLS to an address"])
    asked = [
        *(settings.FFMPEG, "-nostdin", "-v", "error", "-protocol_whitelist", "file,http,tcp"),
        *("-f", "hls", "-allowed_extensions", "ALL", "-extension_picky", "0"),
        *("-i", "list", "-f", "null", "-"),
    ]
    limits = sandbox.Limits(seconds=20, memory=2**30, size=2**20)

    sandbox.run(asked, folder=tmp_path, limits=limits)
    assert not was_called(listener)

    with subprocess.Popen(asked, cwd=tmp_path, stderr=subprocess.DEVNULL) as alone:
        assert was_called(listener)
        alone.kill()


def test_a_mov_that_keeps_its_frames_in_another_file_does_not_get_them(refused, tmp_path_factory):
    """QuickTime's references: `dref` names the file in which the frames are."""
    folder = tmp_path_factory.mktemp("elsewhere")
    whole = clip("mov", "-movflags", "+faststart", sound=None)
    (folder / "canary.mov").write_bytes(whole)
    url = b"file://" + str(folder / "canary.mov").encode() + b"\0"
    entry = struct.pack(">I", 12 + len(url)) + b"url \0\0\0\0" + url
    own = whole.index(b"dref") + 12
    grown = len(entry) - struct.unpack(">I", whole[own : own + 4])[0]
    moved = bytearray(whole[:own] + entry + whole[own + len(entry) - grown :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        at = moved.index(kind, moved.index(b"vmhd") if kind in (b"dinf", b"dref") else 0) - 4
        size = struct.unpack(">I", moved[at : at + 4])[0]
        moved[at : at + 4] = struct.pack(">I", size + grown)
    empty = bytes(moved[: moved.index(b"mdat") - 4]) + b"\0\0\0\x08mdat"
    assert "Video: h264" in clips.described(empty)

    assert refused(empty) in (DAMAGED, NO_VIDEO)
