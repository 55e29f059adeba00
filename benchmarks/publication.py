"""From sending a photo to seeing it in a follower's timeline, with the stages in between."""

import statistics
import time
from pathlib import Path

from benchmarks.stage import Stage
from benchmarks.table import Row
from tests import pictures
from tests.system import Client, System, fresh_database

ROUNDS = 12
STAGES = ("answered", "picture ready", "published", "in the timeline")


def rows(stage: Stage) -> list[Row]:
    url = fresh_database(stage.postgres.url, "yafig_publication")
    photo = pictures.picture(4000, 3000)
    with System(Path(stage.folder / "system"), url) as system:
        author, reader = system.person("author"), system.person("reader")
        reader.post("/users/follow/author")
        rounds = [_round(author, reader, photo) for _ in range(ROUNDS)][2:]
    medians = [statistics.median(column) * 1000 for column in zip(*rounds, strict=True)]
    text = ", ".join(f"{name} {ms:.0f}" for name, ms in zip(STAGES, medians, strict=True))
    return [Row("a 12-megapixel photo, sent to seen, ms", text, "", None)]


def _round(author: Client, reader: Client, photo: bytes) -> list[float]:
    """Seconds from the sending until each stage was seen from outside."""
    began = time.perf_counter()
    files = [("images", ("photo.jpg", photo, "image/jpeg"))]
    post_id = author.post("/posts/", files=files).json()["id"]
    seen: dict[str, float] = {"answered": time.perf_counter() - began}
    while "in the timeline" not in seen:
        time.sleep(0.002)
        post = author.get(f"/posts/{post_id}/").json()
        if post["media"][0]["state"] == "ready":
            seen.setdefault("picture ready", time.perf_counter() - began)
        if post["state"] == "published":
            seen.setdefault("published", time.perf_counter() - began)
            if post_id in reader.timeline():
                seen["in the timeline"] = time.perf_counter() - began
    return [seen[stage] for stage in STAGES]
