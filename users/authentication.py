"""Who sends a request: the hot path of every one of them.

The access token names a session; one prepared statement reads that session and its person,
so that what ends either (logging out, a new password, suspension, deletion) ends the token
with the next request.
"""

import threading
import time
import uuid
from typing import Any

from cachetools import TTLCache
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from common.statements import Statement
from common.throttles import address_of
from users import tokens
from users.actions.sessions import Device
from users.models import PERSON_COLUMNS, Session, User

_SOMEBODY = Statement(
    lambda session_id: (
        Session.objects.live()
        .filter(pk=session_id)
        .values_list(*(f"user__{column}" for column in PERSON_COLUMNS))
    ),
    session_id=uuid.UUID(int=1),
)


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`. `request.auth` is the token's `Claims`."""

    read = staticmethod(tokens.read_access)

    def authenticate(self, request: Request) -> tuple[User, tokens.Claims] | None:
        """None without a token: a guest. A token that is not good is refused, on public reads too.

        A client whose token ran out must learn of it, not be shown a guest's view.
        """
        token = bearer(request)
        if token is None:
            return None
        claims = self.read(token)
        rows = _SOMEBODY.run(session_id=claims.session_id)
        if not rows:
            raise tokens.InvalidToken
        user = User.from_db("default", PERSON_COLUMNS, rows[0])
        if user.pk != claims.user_id:
            raise tokens.InvalidToken
        return user, claims

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class RecentBearer(BearerAuthentication):
    """The same for reads that need no more than *who* asks, and are asked for all the time.

    What a token was found to stand for is believed for `RECENT` seconds, in this process:
    that bounds how long an ended session still reads there. The person is as they were then.
    """

    def authenticate(self, request: Request) -> tuple[User, tokens.Claims] | None:
        token = bearer(request)
        with _lock:
            known = _recent.get(token) if token else None
        if known is None or known[1].expires_at <= time.time():
            known = super().authenticate(request)
            if token and known:
                with _lock:
                    _recent[token] = known
        return known


def forget(request: Any) -> None:
    """Believe nothing that this process knows of the token of a request any more."""
    with _lock:
        _recent.pop(bearer(request) or "", None)


RECENT = 3.0  # seconds
_recent: TTLCache[str, tuple[User, tokens.Claims]] = TTLCache(maxsize=10_000, ttl=RECENT)
_lock = threading.Lock()


def bearer(request: Request) -> str | None:
    """The token of the `Authorization` header; None when it is another scheme or missing."""
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def session_id(request: Any) -> uuid.UUID | None:
    """The session that asks; None when the request was not signed in by a token."""
    return request.auth.session_id if isinstance(request.auth, tokens.Claims) else None


def device(request: Request) -> Device:
    """What the request tells of the machine that it comes from."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    return Device(user_agent=agent.replace("\x00", ""), address=address_of(request))
