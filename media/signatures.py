"""Signatures of this server's own, for stores that cannot sign: files, above all.

A signature is over the whole URL from the name of the file on, so that nothing of it can be
changed. The key is derived from `SECRET_KEY`; `SECRET_KEY_FALLBACKS` are good for checking.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer

_QUERY = re.compile(r"(expires=(\d{1,12})&viewer=(\d{1,19}))&signature=([\w-]{20,100})", re.ASCII)


def signed_url(name: str, *, viewer_id: int, expires_at: datetime) -> str:
    """A URL of this server's by which `viewer_id` (0: everybody) may fetch a private file."""
    claim = f"{name}?expires={int(expires_at.timestamp())}&viewer={viewer_id}"
    return f"{settings.SITE_URL}/media/signed/{claim}&signature={_signer().signature(claim)}"


@dataclass(frozen=True)
class Claim:
    """For whom a URL was signed, and how long it is good for yet."""

    viewer_id: int
    seconds_left: int


def read(name: str, query: str, *, now: datetime) -> Claim | None:
    """What `signed_url` has put into this query for this name; None if it has not, or it ended."""
    found = _QUERY.fullmatch(query)
    if not found:
        return None
    claimed, expires, viewer_id, signature = found.groups()
    try:
        _signer().unsign(f"{name}?{claimed}:{signature}")
    except BadSignature:
        return None
    left = int(expires) - now.timestamp()
    return Claim(int(viewer_id), int(left)) if left > 0 else None


def _signer() -> Signer:
    return Signer(salt="media.signatures")
