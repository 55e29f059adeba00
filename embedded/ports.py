"""Free ports on loopback.

They are taken from below the range that the system gives to outgoing connections: otherwise a
client that keeps asking for a server that is down may be given the server's own port, talk to
itself, and keep the server from coming back.
"""

import random
import socket

LOOPBACK = "127.0.0.1"
FIRST, LAST = 20_000, 32_000  # Linux hands out 32768 and up, macOS 49152 and up


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port nobody listens on now; whoever uses it must be ready to lose a race for it."""
    while True:
        port = random.randint(FIRST, LAST)  # noqa: S311 - a port is not a secret
        if is_free(port):
            return port


def free_port_from(first: int, *, tries: int = 50) -> int:
    """The first free port at or after `first`, so that people find it where they expect it."""
    return next((port for port in range(first, first + tries) if is_free(port)), free_port())
