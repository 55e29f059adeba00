"""Waiting for what other processes do."""

import time


def eventually(condition, seconds=5.0):
    """The last answer of `condition()`, true as soon as it is, or else after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer
