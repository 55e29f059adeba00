"""How often someone may do something: exact counts in Redis, and without it in this process.

One window's count is one atomic script, so a hundred parallel requests are counted as a
hundred. The address is the socket's own unless `TRUSTED_PROXIES` says how many proxies of
ours stand before it: a client's `X-Forwarded-For` changes nothing.
"""

import hashlib
import threading
import time
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any, ClassVar, cast

from cachetools import TTLCache
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from common import redis

if TYPE_CHECKING:
    from rest_framework.views import APIView

_SECONDS = {"s": 1, "sec": 1, "min": 60, "m": 60, "hour": 3600, "h": 3600, "day": 86400, "d": 86400}
# The window begins with its first attempt and ends on its own: INCR, and an expiry on the first.
_COUNT = """
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('PTTL', KEYS[1])}
"""


def parse_rate(rate: str) -> tuple[int, int]:
    """`"5/min"` → (5 attempts, 60 seconds)."""
    count, _, window = rate.partition("/")
    return int(count), _SECONDS[window]


class _Local:
    """Counts of this process alone, for as long as Redis is away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: TTLCache[str, list[float]] = TTLCache(maxsize=50_000, ttl=86_400)

    def reset(self) -> None:
        with self._lock:
            self._windows.clear()

    def count(self, key: str, seconds: int) -> tuple[int, float]:
        now = time.monotonic()
        with self._lock:
            window = self._windows.get(key)
            if window is None or window[1] <= now:
                window = self._windows[key] = [0, now + seconds]
            window[0] += 1
            return int(window[0]), window[1] - now


local = _Local()


def count(key: str, seconds: int) -> tuple[int, float]:
    """Count one attempt under `key`: (attempts in this window, seconds until it ends).

    Counted here as well, so that what was counted in Redis is not forgiven when it goes.
    """
    attempts, left = local.count(key, seconds)
    try:
        found = redis.door.run(_COUNT, keys=[f"throttle:{key}"], args=[seconds * 1000])
    except redis.Unavailable:
        return attempts, left
    return int(found[0]), max(0.0, int(found[1]) / 1000)


def address_of(request: Request) -> str | None:
    """The client's address: the one before our own `TRUSTED_PROXIES`, or the socket's.

    None when that is no address (a socket file, a proxy's mistake).
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    behind = hops and len(forwarded) >= hops
    named = forwarded[-hops].strip() if behind else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(named))
    except ValueError:
        return None


class Throttle(BaseThrottle):
    """At most `settings.THROTTLE_RATES[scope]` for a signed-in person, else for an address.

    Reads are not counted, unless a scope is about them: subclasses say what they are about.
    """

    scope: ClassVar[str]
    free: ClassVar[tuple[str, ...]] = ("GET", "HEAD", "OPTIONS")
    left: float = 0.0

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if request.method in self.free:
            return True
        limit, seconds = parse_rate(settings.THROTTLE_RATES[self.scope])
        attempts, self.left = count(f"{self.scope}:{self.ident(request)}", seconds)
        return attempts <= limit

    def ident(self, request: Request) -> str:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            return f"user:{user.pk}"
        return f"address:{self.get_ident(request)}"

    def get_ident(self, request: Request) -> str:
        """The client's address; of version 6 its network, which is what one client is given."""
        address = address_of(request)
        if address is None or ":" not in address:
            return address or "unknown"
        return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))

    def wait(self) -> float | None:
        return self.left


class Named(Throttle):
    """At most `settings.THROTTLE_RATES[scope]` for what the body says in `field`, from anywhere.

    Against guesses at one account, or letters to one person, from many addresses.
    """

    field: ClassVar[str]

    def ident(self, request: Request) -> str:
        body = cast("Mapping[str, Any]", request.data)
        name = str(body.get(self.field, "")).strip().lower()
        return f"named:{hashlib.sha256(name.encode()).hexdigest()}"


def throttle(scope: str) -> type[Throttle]:
    """The throttle class of one scope in `settings.THROTTLE_RATES`."""
    attributes: dict[str, Any] = {"scope": scope, "__doc__": f"Attempts at `{scope}`."}
    return type(f"{scope.title()}Throttle", (Throttle,), attributes)


def throttle_reads(scope: str) -> type[Throttle]:
    """The same for reads that are dear."""
    attributes: dict[str, Any] = {"free": ("OPTIONS",), "__doc__": f"Readings of `{scope}`."}
    return type(f"{scope.title()}Throttle", (throttle(scope),), attributes)


def throttle_named(scope: str, field: str) -> type[Named]:
    """The same, counted for each value of one field of the body."""
    doc = f"Attempts at `{scope}` for one `{field}`."
    attributes: dict[str, Any] = {"scope": scope, "field": field, "__doc__": doc}
    return type(f"{scope.title()}Throttle", (Named,), attributes)


class _InTurn(BaseThrottle):
    """Several throttles, of which one that refuses keeps the attempt from those after it.

    So somebody who is refused for their address does not use up what an account has.
    """

    kinds: ClassVar[tuple[type[Throttle], ...]]
    left: float | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        for kind in self.kinds:
            one = kind()
            if not one.allow_request(request, view):
                self.left = one.wait()
                return False
        return True

    def wait(self) -> float | None:
        return self.left


def in_turn(*kinds: type[Throttle]) -> type[BaseThrottle]:
    """One throttle class of several; DRF itself would count an attempt in all of them."""
    return type("InTurn", (_InTurn,), {"kinds": kinds})
