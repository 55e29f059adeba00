"""The home timeline: a page over HTTP against a constant body, and its SQL against the ideal."""

import json
import statistics
import subprocess
import uuid
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from benchmarks import load
from benchmarks.seed import FIRST_READER
from benchmarks.stage import Stage
from benchmarks.table import Row
from embedded import postgres
from posts import pages
from users import tokens
from users.models import Session, User

PATH = "/posts/timeline/"
CONNECTIONS, EACH, ROUNDS = 8, 250, 5

# What a page needs, by hand: one index scan of the timeline in order, and for each row the
# post, its author, the reader's reaction, save and repost, and what decides whether the reader
# may see it.
IDEAL = """
SELECT e.post_id, e.shown_at, e.reposter_id, p.revision, u.revision,
       p.reactions_count, p.likes_count, p.comments_count, p.reposts_count, p.saves_count,
       r.emoji, s.id IS NOT NULL, t.id IS NOT NULL
FROM users_timelineentry e
JOIN posts_post p ON p.id = e.post_id
JOIN users_user u ON u.id = p.author_id
LEFT JOIN posts_reaction r ON r.post_id = p.id AND r.owner_id = {me}
LEFT JOIN posts_save s ON s.post_id = p.id AND s.owner_id = {me}
LEFT JOIN posts_repost t ON t.post_id = p.id AND t.owner_id = {me}
WHERE e.owner_id = {me}
  AND p.deleted_at IS NULL AND p.hidden_at IS NULL
  AND (p.author_id = {me} OR (
    p.state = 'published' AND u.suspended_at IS NULL AND u.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.owner_id = {me} AND b.target_id = u.id)
    AND NOT EXISTS (SELECT FROM users_block b WHERE b.target_id = {me} AND b.owner_id = u.id)
    AND ((p.visibility = 'public' AND NOT u.is_private) OR (
      p.visibility IN ('public', 'followers') AND EXISTS (
        SELECT FROM users_follow f WHERE f.owner_id = {me} AND f.target_id = u.id)))))
  AND NOT EXISTS (SELECT FROM users_mute m WHERE m.owner_id = {me} AND m.target_id = u.id
                  AND (m.until IS NULL OR m.until > now()))
ORDER BY e.shown_at DESC, e.post_id DESC LIMIT 21;
"""


def rows(stage: Stage) -> list[Row]:
    return [_http(stage), _sql(stage)]


# --- Over HTTP ---------------------------------------------------------------------------------


def _token(reader_id: int) -> str:
    refresh_id = tokens.new_refresh_id()
    session = Session.objects.create(
        id=uuid.uuid4(),
        user=User.objects.get(pk=reader_id),
        refresh_id=refresh_id,
        expires_at=timezone.now() + timedelta(days=1),
    )
    pair = tokens.pair(user_id=reader_id, session_id=session.pk, refresh_id=refresh_id)
    return pair["access"]


def _http(stage: Stage) -> Row:
    tickets = [_token(FIRST_READER + n) for n in range(CONNECTIONS)]
    with stage.web("config.wsgi:application", PATH) as (ours, port):
        connections = [load.Connection(port, PATH, ticket) for ticket in tickets]
        body = connections[0].get()
        assert len(json.loads(body)["results"]) == 20
        size = {"BODY_BYTES": str(len(body))}
        with stage.web("benchmarks.reference:application", "/", **size) as (bare, bare_port):
            plain = [load.Connection(bare_port, "/") for _ in range(CONNECTIONS)]
            load.send(connections, 60)
            load.send(plain, 60)
            pairs = [
                (_cost(connections, ours, stage.postgres.pid), _cost(plain, bare))
                for _ in range(ROUNDS)
            ]
    page, constant = (statistics.median(column) for column in zip(*pairs, strict=True))
    share = statistics.median(reference / mine for mine, reference in pairs)
    return Row(
        f"home timeline of 20, {len(body) / 1000:.0f} kB, {CONNECTIONS} connections",
        f"{page:.2f} CPU-ms",
        f"{constant:.2f} CPU-ms (constant body)",
        share,
        "≥ 0.15 of the reference",
    )


def _cost(connections: list[load.Connection], *pids: int) -> float:
    """Processor milliseconds a request."""
    before = load.cpu_seconds(*pids)
    load.send(connections, EACH)
    return (load.cpu_seconds(*pids) - before) * 1000 / (EACH * len(connections))


# --- The SQL alone -----------------------------------------------------------------------------


def _sql(stage: Stage) -> Row:
    me = FIRST_READER
    ours = _literal(*pages.page_sql(me, size=21))
    ideal = stage.folder / "ideal.sql"
    ideal.write_text(IDEAL.format(me=me).replace("\n", " "))
    mine = stage.folder / "ours.sql"
    mine.write_text(ours)
    pairs = [(pgbench(stage, mine), pgbench(stage, ideal)) for _ in range(ROUNDS)]
    page, best = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Row(
        "its SQL alone (prepared, pgbench)",
        f"{page:.3f} CPU-ms",
        f"{best:.3f} CPU-ms (ideal statement)",
        statistics.median(a / b for a, b in pairs),
        "≤ 1.5 × the reference",
    )


def _literal(sql: str, params: list[object]) -> str:
    """One line with the parameters in their places."""
    texts = []
    for param in params:
        if isinstance(param, list):
            texts.append("'{" + ",".join(str(each) for each in param) + "}'")
        else:
            texts.append(str(param) if isinstance(param, int) else f"'{param}'")
    return (sql % tuple(texts)).replace("\n", " ") + ";"


def pgbench(stage: Stage, script: Path, seconds: int = 4) -> float:
    """Processor milliseconds of the server for one run of `script`."""
    before = load.cpu_seconds(stage.postgres.pid)
    command = [postgres.binary("pgbench"), "-n", "-M", "prepared", "-T", str(seconds), "-f"]
    done = subprocess.run(
        [*command, str(script), stage.postgres.url], capture_output=True, text=True, check=True
    )
    count = next(line for line in done.stdout.splitlines() if "transactions actually" in line)
    return (load.cpu_seconds(stage.postgres.pid) - before) * 1000 / int(count.split()[-1])
