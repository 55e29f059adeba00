"""Who is asking."""

from rest_framework.request import Request

from users.models import User


def viewer(request: Request) -> User:
    """The signed-in person of a request that `IsAuthenticated` let in."""
    assert isinstance(request.user, User)  # noqa: S101 (narrows the type; the door was checked)
    return request.user


def viewer_or_guest(request: Request) -> User | None:
    """The signed-in person, or None for a guest."""
    return request.user if isinstance(request.user, User) else None
