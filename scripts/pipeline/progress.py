"""One line that shows the progress of something: repainted on a terminal, a line a change elsewhere."""

import itertools
import sys
import time

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_SECONDS_BETWEEN_LINES = 1.0


class Progress:
    def __init__(self, stream=sys.stdout):
        self._stream = stream
        self._frames = itertools.cycle(_FRAMES)
        self._last, self._printed, self._printed_at = "", "", 0.0

    def __enter__(self) -> "Progress":
        return self

    def show(self, text: str) -> None:
        self._last = text
        if self._stream.isatty():
            # To the line's start, the line, and away with what an earlier, longer one left.
            self._write(f"\r{next(self._frames)} {text}\x1b[K")
        elif text != self._printed and time.monotonic() - self._printed_at >= _SECONDS_BETWEEN_LINES:
            self._line(text)

    def __exit__(self, *_) -> None:
        if self._stream.isatty():
            self._write(f"\r  {self._last}\x1b[K\n")
        elif self._last != self._printed:
            self._line(self._last)

    def _line(self, text: str) -> None:
        self._printed, self._printed_at = text, time.monotonic()
        self._write(f"  {text}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
