"""The one door to Redis for requests: short waits, and left alone for a while after it failed.

Whatever is kept here can be lost at any moment. Callers get `Unavailable` and go on without.
"""

import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)


class Unavailable(Exception):  # noqa: N818 (an answer that callers must expect)
    """Redis did not answer in time, or failed moments ago."""


class Door:
    """Runs scripts within `settings.REDIS_TIMEOUT`; after a failure rests for `REDIS_PAUSE`.

    The pause bounds what a frozen Redis can cost: one time-out in each pause and process,
    not one in each call.
    """

    def __init__(self) -> None:
        self._client: redis.Redis | None = None
        self._closed_until = 0.0

    def run(self, script: str, *, keys: list[str], args: list[Any]) -> Any:
        """The result of a Lua `script`. Raises `Unavailable`."""
        if self._resting:
            raise Unavailable
        try:
            return self._connected().eval(script, len(keys), *keys, *args)
        except redis.RedisError as error:
            self._rest(error)
            raise Unavailable from error

    def send(self, *command: Any, **options: Any) -> Any:
        """The answer to any command, for `CacheClient`. Raises what the library raises."""
        if self._resting:
            raise redis.ConnectionError("Left alone: Redis failed moments ago.")
        try:
            run: Callable[..., Any] = self._connected().execute_command
            return run(*command, **options)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            self._rest(error)
            raise

    def reset(self) -> None:
        """Connect anew at the next call: after the settings or the server changed."""
        self._client = None
        self._closed_until = 0.0

    @property
    def _resting(self) -> bool:
        return time.monotonic() < self._closed_until

    def _rest(self, error: redis.RedisError) -> None:
        self._closed_until = time.monotonic() + settings.REDIS_PAUSE
        log.warning("redis.unavailable", error=repr(error))

    def _connected(self) -> redis.Redis:
        if self._client is None:
            self._client = redis.Redis.from_url(
                settings.REDIS_URL,
                socket_timeout=settings.REDIS_TIMEOUT,
                socket_connect_timeout=settings.REDIS_TIMEOUT,
                retry=None,
            )
        return self._client


door = Door()


class CacheClient(redis.Redis):
    """What django-cacheops takes for its own Redis: every command goes through the door.

    With a client of its own each request would wait anew for a frozen Redis, and twice: to read
    and to write.
    """

    def execute_command(self, *args: Any, **options: Any) -> Any:
        return door.send(*args, **options)
