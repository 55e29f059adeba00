"""The ffmpeg that comes with the package `imageio-ffmpeg`, unless FFMPEG names another."""

import os

import imageio_ffmpeg


def program() -> str:
    """Its path. Where the package has none for a machine, whichever the machine has."""
    if named := os.environ.get("FFMPEG"):
        return named
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        return "ffmpeg"
