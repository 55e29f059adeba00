"""`Idempotency-Key`: the same request sent twice has one effect and one answer.

The key is kept on the row that it made, under a unique constraint, with a fingerprint of what
was sent: there is nothing else to expire, to lock or to lose.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from common.errors import Refusal

HEADER = "Idempotency-Key"
_ACCEPTABLE = re.compile(r"[!-~]{1,255}")


class KeyReused(Refusal):
    code = "idempotency_conflict"
    status = 409
    detail = "This Idempotency-Key was used for something else. Please use a new one."


@dataclass(frozen=True)
class Key:
    """A client's name for one request, and the SHA-256 of what it sent (64 hex digits)."""

    text: str
    fingerprint: str


def key_of(request: Request, parts: Iterable[bytes]) -> Key | None:
    """The request's key, None without one; `parts` are what makes it this request and no other.

    Raises a 400 when it is not 1 to 255 visible ASCII characters.
    """
    text = request.headers.get(HEADER)
    if text is None:
        return None
    if not _ACCEPTABLE.fullmatch(text):
        message = "1 to 255 visible ASCII characters, please."
        raise ValidationError({HEADER: [message]})
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return Key(text, digest.hexdigest())
