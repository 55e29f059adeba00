"""What a username may be: what fits into an address and cannot be taken for a page of ours."""

import re

from django.core.exceptions import ValidationError

# ASCII only: look-alikes from other scripts would let people pass for each other.
_RULE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,28})[A-Za-z0-9]")

# Every fixed segment below /users/ (a test compares them with the urls), and words that
# clients put in a name's place.
RESERVED = frozenset(
    {
        "activate",
        "block",
        "blocks",
        "email",
        "follow",
        "follower",
        "login",
        "logout",
        "me",
        "mute",
        "mutes",
        "null",
        "password",
        "refresh",
        "register",
        "requests",
        "sessions",
        "undefined",
    }
)


def check_username(name: str) -> None:
    """Raise `ValidationError` unless `name` is 2 to 30 good characters and not reserved."""
    if not _RULE.fullmatch(name):
        raise ValidationError(
            "2 to 30 letters from A to Z, digits, “_”, “.” and “-”,"
            " beginning and ending in a letter or a digit."
        )
    if name.lower() in RESERVED:
        raise ValidationError("This name is reserved.")
