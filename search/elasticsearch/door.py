"""The clients of Elasticsearch: short waits, no second tries, and a rest after a failure.

Requests and workers have a door each, with limits of their own. Whatever goes wrong behind a door
is `EngineUnavailable` to its callers, in time; the copy of the documents there can be lost at any
moment.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
import urllib3
from django.conf import settings
from elastic_transport import HttpHeaders, NodeConfig, OrjsonSerializer, Urllib3HttpNode
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, TransportError

from search.questions import EngineUnavailable

log = structlog.get_logger(__name__)

PORT = 9200
CONNECTIONS = 8  # kept open in a process; more are made when more are needed at once
OTHER_SHAPE = (LookupError, TypeError, ValueError, AttributeError)  # what reading it raises
REASON_LENGTH = 300  # characters of what the log tells


class IndexMissing(EngineUnavailable):
    """There is no such index, or no index behind the alias: somebody has deleted it."""


class Misunderstood(EngineUnavailable):
    """Elasticsearch is well, and does not take what it was asked: the mistake is ours."""


class Late(EngineUnavailable):
    """No answer in time: it is frozen, or the question was a dear one."""


class Door:
    """Lends a client of `limit()` seconds; after a failure it rests for `pause()` seconds.

    After the rest one caller tries, and while it does the others are still sent away: a frozen
    server costs one time-out in each pause and process, not one in each call. Before the first
    rest it may be late up to `patience` times in a row, so that nobody can take the engine from
    everybody by a single dear question.
    """

    def __init__(
        self,
        name: str,
        *,
        limit: Callable[[], float],
        pause: Callable[[], float],
        patience: int,
        forgives: tuple[type[EngineUnavailable], ...],
    ) -> None:
        self.name = name
        self.limit = limit
        self._pause = pause
        self._patience = patience
        self._forgives = forgives
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Connect anew at the next call, at once."""
        self._client: Elasticsearch | None = None
        self._made_for: tuple[Any, ...] = ()
        self._resting_until: float | None = None
        self._is_tried = False
        self._late = 0

    @contextmanager
    def open(self) -> Iterator[Elasticsearch]:
        """A client for a block that asks and reads the answer, and does no more.

        Whatever fails in the block, also an answer of another shape, is `EngineUnavailable`.
        """
        is_trial = self._enter()
        try:
            yield self._connected()
        except EngineUnavailable as error:
            self._failed(error, error, is_trial=is_trial)
            raise
        except (ApiError, TransportError, *OTHER_SHAPE) as error:
            said = translated(error)
            self._failed(said, error, is_trial=is_trial)
            raise said from error
        else:
            self._late = 0
            if is_trial:
                self._resting_until = None
        finally:
            if is_trial:
                self._is_tried = False

    def _enter(self) -> bool:
        """Whether the caller is the one who tries after a rest."""
        with self._lock:
            if self._resting_until is None:
                return False
            if self._is_tried or time.monotonic() < self._resting_until:
                raise EngineUnavailable("Left alone: it failed moments ago.")
            self._is_tried = True
            return True

    def _failed(self, failure: EngineUnavailable, cause: Exception, *, is_trial: bool) -> None:
        reason = f"{type(cause).__name__}: {cause}"[:REASON_LENGTH]
        if isinstance(failure, Misunderstood):
            log.error("elasticsearch.misunderstood", door=self.name, error=reason)
        else:
            log.warning("elasticsearch.unavailable", door=self.name, error=reason)
        if isinstance(failure, Late) and not is_trial:
            self._late += 1
            if self._late < self._patience:
                return
        if not isinstance(failure, self._forgives):
            self._resting_until = time.monotonic() + self._pause()

    def _connected(self) -> Elasticsearch:
        now = (
            settings.ELASTICSEARCH_URL,
            settings.ELASTICSEARCH_API_KEY,
            settings.ELASTICSEARCH_CA_CERTS,
            self.limit(),
        )
        with self._lock:
            if self._client is None or self._made_for != now:
                self._client, self._made_for = connect(*now), now
            return self._client


questions = Door(
    "questions",
    limit=lambda: settings.SEARCH_TIMEOUT,
    pause=lambda: settings.SEARCH_PAUSE,
    patience=3,
    forgives=(Misunderstood,),
)
# Workers do other things too: of a frozen server they wait a third of the time at most.
work = Door(
    "work",
    limit=lambda: settings.SEARCH_SEND_TIMEOUT,
    pause=lambda: 2 * settings.SEARCH_SEND_TIMEOUT,
    patience=1,
    forgives=(Misunderstood, IndexMissing),
)


def reset() -> None:
    """Forget past failures: after the settings or the server changed."""
    for door in (questions, work):
        door.reset()


def connect(url: str, api_key: str, ca_certs: str, limit: float) -> Elasticsearch:
    """A client that has not asked anything yet. Raises `EngineUnavailable` for a bad address."""
    try:
        place = urlsplit(url)
        node = NodeConfig(
            scheme=place.scheme,
            host=place.hostname or "",
            port=place.port or PORT,
            path_prefix=place.path.rstrip("/"),
            ca_certs=ca_certs or None,
            connections_per_node=CONNECTIONS,
        )
        return Elasticsearch(
            [node],
            basic_auth=None if api_key else credentials(place),
            api_key=api_key or None,
            request_timeout=limit,
            max_retries=0,
            retry_on_timeout=False,
            node_class=Node,
            serializer=OrjsonSerializer(),
        )
    except (ValueError, OSError) as error:
        # Not the address itself: it may hold a password.
        raise EngineUnavailable(f"ELASTICSEARCH_URL or its certificate: {error}") from error


def credentials(place: SplitResult) -> tuple[str, str] | None:
    if place.username is None:
        return None
    return unquote(place.username), unquote(place.password or "")


class Node(Urllib3HttpNode):
    """Has one limit for connecting and reading together, and no queue for its connections."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool.block = False

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        limit: Any = urllib3.Timeout(total=request_timeout)
        return super().perform_request(method, target, body, headers, request_timeout=limit)


def translated(error: Exception) -> EngineUnavailable:
    """What a failure of the client, or of reading an answer, is to our callers."""
    if isinstance(error, ApiError):
        return failure(error.meta.status, str(error))
    kind = Late if isinstance(error, ConnectionTimeout) else EngineUnavailable
    return kind(type(error).__name__)


def failure(status: int, reason: str) -> EngineUnavailable:
    """What a refusal with `status` is to our callers."""
    if status == HTTPStatus.NOT_FOUND:
        return IndexMissing(reason)
    if status == HTTPStatus.BAD_REQUEST:
        return Misunderstood(reason)
    return EngineUnavailable(reason)
