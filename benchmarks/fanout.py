"""Writing a post into ten thousand timelines, against the raw statement."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from benchmarks.seed import run
from benchmarks.stage import Stage
from benchmarks.table import Row
from users import timelines
from users.models import TimelineEntry, User

FOLLOWERS, ROUNDS = 10_000, 15
POST = 9_000_000


def rows(stage: Stage) -> list[Row]:
    author = User.objects.create_user("popular", "popular@example.org", None)
    run(
        """
        INSERT INTO users_follow (owner_id, target_id, created_at)
        SELECT id, %s, now() FROM users_user WHERE id <> %s
        """,
        [author.pk, author.pk],
    )
    missing = FOLLOWERS - User.objects.exclude(pk=author.pk).count()
    run(
        """
        INSERT INTO users_user SELECT copy.* FROM
            (SELECT to_jsonb(t) AS row FROM users_user t WHERE id = %s) model,
            generate_series(100001, 100000 + %s) n,
            LATERAL jsonb_populate_record(NULL::users_user, model.row || jsonb_build_object(
                'id', n, 'username', 'f' || n, 'email', 'f' || n || '@example.org')) AS copy
        """,
        [author.pk, missing],
    )
    run(
        "INSERT INTO users_follow (owner_id, target_id, created_at)"
        " SELECT id, %s, now() FROM users_user WHERE id > 100000",
        [author.pk],
    )
    User.objects.filter(pk=author.pk).update(followers_count=FOLLOWERS)
    run("VACUUM ANALYZE")
    return [
        _row("inline", lambda: _inline(author.pk), author.pk),
        _row("in chunks", lambda: _chunks(author.pk), author.pk),
    ]


def _row(how: str, ours: Callable[[], None], author_id: int) -> Row:
    pairs = []
    for turn in range(ROUNDS + 2):  # in turns, so that neither is always the first after a vacuum
        if turn % 2:
            raw = _time(lambda: _raw(author_id))
            pairs.append((_time(ours), raw))
        else:
            mine = _time(ours)
            pairs.append((mine, _time(lambda: _raw(author_id))))
    pairs = pairs[2:]
    seconds, reference = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(
        f"fan-out to {FOLLOWERS:,} followers, {how}",
        f"{FOLLOWERS / seconds / 1000:.0f}k rows/s",
        f"{FOLLOWERS / reference / 1000:.0f}k rows/s (INSERT … SELECT)",
        statistics.median(raw / mine for mine, raw in pairs),
        "≥ 0.8 × the reference",
    )


def _time(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    assert TimelineEntry.objects.filter(post_id=POST).count() >= FOLLOWERS
    timelines.withdraw(POST)
    run("VACUUM users_timelineentry")
    return seconds


def _inline(author_id: int) -> None:
    settings.TIMELINE_INLINE_FOLLOWERS = FOLLOWERS
    with transaction.atomic():
        timelines.lock_author(author_id)
        timelines.publish(post_id=POST, author_id=author_id, shown_at=timezone.now())


def _chunks(author_id: int) -> None:
    settings.TIMELINE_INLINE_FOLLOWERS = 0
    sent: Any = {"post_id": POST, "author_id": author_id, "shown_at": timezone.now()}
    with transaction.atomic():
        timelines.publish(**sent)
    after: int | None = 0
    while after is not None:
        with transaction.atomic():
            timelines.lock_author(author_id)
            after = timelines.publish_chunk(**sent, after=after)


def _raw(author_id: int) -> None:
    run(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at)
        SELECT owner_id, %s, %s, %s FROM users_follow WHERE target_id = %s
        """,
        [POST, author_id, timezone.now(), author_id],
    )
