"""`/livez`: the process answers. `/readyz`: it can do its work. Both answer within seconds."""

from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from common import redis
from events.models import Announcement
from search import engines

PATIENCE = 2.0  # seconds for the database's answer

# A frozen database answers nothing, not even that time is up: whoever asks it must be left
# behind. Two threads, so that frozen questions do not pile up either.
_askers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="readyz")


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; what else may be away is told of.

    Work waits for Redis, and PostgreSQL searches in Elasticsearch's place.
    """
    asked = _askers.submit(_outbox)
    try:
        outbox = asked.result(timeout=PATIENCE)
    except (DatabaseError, TimeoutError):
        asked.cancel()
        return JsonResponse({"status": "unavailable", "database": "unavailable"}, status=503)
    parts = {"database": "ok", "redis": _redis(), "search": engines.state()}
    return JsonResponse({"status": "ok", **parts, "outbox": outbox})


def _outbox() -> dict[str, int]:
    """How much work waits, by a connection of its own: so it is also known that there is one."""
    try:
        waiting = Announcement.objects.filter(pending__len__gt=0)
        return {"pending": waiting.count(), "stuck": Announcement.objects.stuck().count()}
    finally:
        connection.close()


def _redis() -> str:
    try:
        redis.door.run("return 1", keys=[], args=[])
    except redis.Unavailable:
        return "unavailable"
    return "ok"
