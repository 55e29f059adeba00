"""The URLs of a page of 50 private photos, signed anew and as kept, against the bare signer.

The bare signer makes the same 150 URLs in a loop and keeps none. On both stores: this server's own
signatures, and those for a bucket, where nobody is asked either.
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.signals import storages_changed
from django.utils import timezone
from environs import Env

from benchmarks import load
from benchmarks.seed import FIRST_AUTHOR
from benchmarks.stage import Stage
from benchmarks.table import Row
from config.settings.storages import photo_storages
from media import signing, storage
from media.models import Media
from users.models import User

PHOTOS, EACH, ROUNDS = 50, 20, 7
BUCKET = {
    "MEDIA_STORAGE": "s3",
    "S3_BUCKET": "photos",
    "S3_ENDPOINT_URL": "http://127.0.0.1:9",
    "S3_REGION": "us-east-1",
    "S3_ACCESS_KEY": "a-key-that-nobody-has",
    "S3_SECRET_KEY": "a-secret-that-nobody-has",
}


def rows(stage: Stage) -> list[Row]:
    page, viewers = _page(), (User(pk=pk) for pk in count(1_000_000))
    found = _on("files", stage, page, viewers)
    _use_bucket()
    return found + _on("a bucket", stage, page, viewers)


def _page() -> list[Media]:
    folders = [storage.new_folder() for _ in range(PHOTOS)]
    return Media.objects.bulk_create(
        Media(
            owner_id=FIRST_AUTHOR,
            state="ready",
            access="signed",
            original=f"{folder}/original",
            renditions_folder=folder,
            renditions={side: f"{folder}/{side}.jpg" for side in ("320", "640", "1080")},
            mime="image/jpeg",
            size=1,
            width=4000,
            height=3000,
        )
        for folder in folders
    )


def _use_bucket() -> None:
    os.environ |= BUCKET
    settings.STORAGES = {**settings.STORAGES, **photo_storages(Env(), Path("/nowhere"))}
    storages_changed(setting="STORAGES")


def _on(kind: str, stage: Stage, page: list[Media], viewers: Any) -> list[Row]:
    names = [name for media in page for name in media.renditions.values()]
    until = timezone.now() + timedelta(hours=8)
    known = next(viewers)

    def bare() -> None:
        for name in names:
            storage.signed_url(name, viewer_id=known.pk, expires_at=until)

    def cold() -> None:
        signing.urls_for(page, next(viewers))

    def warm() -> None:
        signing.urls_for(page, known)

    for each in (bare, cold, warm):
        each()
    costs = [[_cost(stage, each) for each in (bare, cold, warm)] for _ in range(ROUNDS)]
    signer, anew, kept = (statistics.median(column) for column in zip(*costs, strict=True))
    reference = f"{signer:.2f} CPU-ms (bare signer)"
    return [
        Row(
            f"URLs of {PHOTOS} private photos, signed anew, {kind}",
            f"{anew:.2f} CPU-ms",
            reference,
            statistics.median(b / a for a, b, _ in costs),
            "≤ 3 × the reference" if kind == "files" else "≤ 1.5 × the reference",
        ),
        Row(
            f"URLs of {PHOTOS} private photos, as kept, {kind}",
            f"{kept:.2f} CPU-ms",
            reference,
            statistics.median(c / a for a, _, c in costs),
            "≤ 1.5 × the reference" if kind == "files" else "≤ 0.2 × the reference",
        ),
    ]


def _cost(stage: Stage, work: Callable[[], None]) -> float:
    """Processor milliseconds of this process and of PostgreSQL for one page."""
    before = load.cpu_seconds(stage.postgres.pid) + time.process_time()
    for _ in range(EACH):
        work()
    return (load.cpu_seconds(stage.postgres.pid) + time.process_time() - before) * 1000 / EACH
