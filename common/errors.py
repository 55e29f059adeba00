"""What the domain may refuse. How a refusal looks on the wire is in `common/problems.py`."""

from typing import ClassVar

from rest_framework import status


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """The request was understood and is not allowed by a rule of the domain."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = status.HTTP_409_CONFLICT
    detail: ClassVar[str] = "That is not possible."
    retry_after: ClassVar[int] = 0  # seconds, for `Retry-After`; 0 says nothing

    def __init__(self, detail: str = "", *, fields: dict[str, list[str]] | None = None) -> None:
        self.message = detail or self.detail
        self.fields = fields or {}
        super().__init__(self.message)


class Missing(Refusal):
    """Nothing is there, or nothing that this viewer may know of: both answer alike."""

    code = "not_found"
    status = status.HTTP_404_NOT_FOUND
    detail = "Not found."


class Invalid(Refusal):
    """A value was understood and cannot be taken."""

    code = "invalid"
    status = status.HTTP_400_BAD_REQUEST
    detail = "Please check what you sent."
