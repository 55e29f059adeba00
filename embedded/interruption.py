"""Ctrl-C and its relatives: the first one ends the work in order, the second one hurries."""

import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last: the terminal was closed


class Interruption:
    """Until `shut_down` is called, the first signal raises KeyboardInterrupt."""

    def __init__(self) -> None:
        self.count = 0
        self.raises = True

    def install(self) -> None:
        for number in STOPPING:
            signal.signal(number, self._received)

    def shut_down(self) -> None:
        """From now on signals are only counted: the rest must not be cut in the middle."""
        self.raises = False

    def hurry(self) -> bool:
        return self.count > 1

    def _received(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
        if self.raises:
            self.raises = False
            raise KeyboardInterrupt
