"""What the file store signs so that somebody may send it one file, as a bucket signs its forms.

A permit says the file, its size, its type and until when; whoever has it needs nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.utils import timezone


class NotPermitted(Exception):  # noqa: N818 -- an answer that callers must expect
    """Nobody has signed this, or its time is over."""


@dataclass(frozen=True)
class Permit:
    """`method` is PUT for the bare bytes, POST for a form; `size` in bytes, exactly."""

    method: str
    name: str
    size: int
    type: str

    def query(self, *, seconds: int) -> str:
        """The query that permits it for `seconds` from now."""
        expires = int((timezone.now() + timedelta(seconds=seconds)).timestamp())
        fields = {"size": self.size, "type": self.type, "expires": expires}
        return urlencode({**fields, "signature": _signer().signature(self._text(expires))})

    def _text(self, expires: int) -> str:
        return "\n".join([self.method, self.name, str(self.size), self.type, str(expires)])

    @classmethod
    def read(cls, method: str, name: str, query: Mapping[str, str]) -> "Permit":
        """The permit that a request brings along. Raises `NotPermitted`."""
        try:
            permit = cls(method, name, int(query["size"]), query["type"])
            expires = int(query["expires"])
            _signer().unsign(f"{permit._text(expires)}:{query['signature']}")
        except (KeyError, ValueError, BadSignature) as error:
            raise NotPermitted from error
        if expires <= timezone.now().timestamp():
            raise NotPermitted
        return permit


def _signer() -> Signer:
    return Signer(salt="media.permits")
