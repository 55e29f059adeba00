"""A 12-megapixel JPEG to all its renditions, against Pillow alone. `python -m benchmarks.photo`.

CPU times are medians of alternating runs in one process; peaks are of a fresh process each.
`decode` is Pillow's bare decode in draft, `plain` is its decode in draft, resize and encode of the
same sizes: no orientation, no colours, no placeholder.
"""

import functools
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.table import Row
from media.images import QUALITY, SIZES, process

WIDTH, HEIGHT = 4000, 3000
ROUNDS = 15
LIMIT_RATIO, LIMIT_MIB = 1.6, 250


@functools.cache
def photo() -> bytes:
    """Gradients of three colours with the grain of a sensor, held as EXIF orientation 6 says."""
    across = Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT))
    down = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    round_ = Image.radial_gradient("L").resize((WIDTH, HEIGHT))
    image = Image.merge("RGB", (across, down, round_))
    grain = Image.effect_noise((WIDTH, HEIGHT), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.blend(image, grain, 0.25).save(file, "JPEG", quality=90, exif=exif.tobytes())
    return file.getvalue()


def decode(data: bytes) -> None:
    image = Image.open(io.BytesIO(data))
    image.draft(None, (SIZES[-1], SIZES[-1] * HEIGHT // WIDTH))
    image.load()


def plain(data: bytes) -> None:
    image = Image.open(io.BytesIO(data))
    image.draft(None, (SIZES[-1], SIZES[-1] * HEIGHT // WIDTH))
    for side in SIZES:
        small = image.resize((side, side * HEIGHT // WIDTH), Image.Resampling.LANCZOS)
        small.save(io.BytesIO(), "JPEG", quality=QUALITY)


def ours(data: bytes) -> None:
    process(io.BytesIO(data), max_pixels=50_000_000)


WAYS: dict[str, Callable[[bytes], None]] = {"decode": decode, "plain": plain, "ours": ours}


def cpu_ms() -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            began = time.process_time()
            way(photo())
            taken[name].append((time.process_time() - began) * 1000)
    return {name: round(statistics.median(times), 1) for name, times in taken.items()}


def peak_mib(name: str) -> float:
    """The largest a new process became that did nothing else; the photo comes by its stdin."""
    command = [sys.executable, "-m", "benchmarks.photo", name]
    done = subprocess.run(command, input=photo(), capture_output=True, check=True)
    return float(done.stdout)


def row() -> dict[str, float | bool]:
    """The figures of one run, and whether they keep what was promised."""
    cpu = cpu_ms()
    ratio = round(cpu["ours"] / cpu["plain"], 2)
    peak = peak_mib("ours")
    return {
        "decode_cpu_ms": cpu["decode"],
        "plain_cpu_ms": cpu["plain"],
        "ours_cpu_ms": cpu["ours"],
        "ours_to_decode": round(cpu["ours"] / cpu["decode"], 2),
        "ours_to_plain": ratio,
        "decode_peak_mib": peak_mib("decode"),
        "plain_peak_mib": peak_mib("plain"),
        "ours_peak_mib": peak,
        "kept": ratio <= LIMIT_RATIO and peak < LIMIT_MIB,
    }


def rows() -> list[Row]:
    """For the common table."""
    found = row()
    ours = f"{found['ours_cpu_ms']} CPU-ms, {found['ours_peak_mib']} MiB"
    decoding = f"{found['decode_cpu_ms']} CPU-ms, {found['decode_peak_mib']} MiB (decode)"
    plain = (
        f"{found['plain_cpu_ms']} CPU-ms, {found['plain_peak_mib']} MiB (decode, resize, encode)"
    )
    what = "12-megapixel JPEG to all renditions"
    target = f"≤ {LIMIT_RATIO} × the reference, < {LIMIT_MIB} MiB"
    return [
        Row(what, ours, decoding, found["ours_to_decode"]),
        Row(what, ours, plain, found["ours_to_plain"], target),
    ]


def main() -> None:
    if sys.argv[1:]:
        WAYS[sys.argv[1]](sys.stdin.buffer.read())
        # Not ru_maxrss: a child begins with that of the parent it was forked from.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        print(round(int(status.partition("VmHWM:")[2].split()[0]) / 1024, 1))
        return
    for name, value in row().items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
