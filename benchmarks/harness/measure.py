"""Runs programs and measures them: wall time from spawn to reap, CPU seconds and peak memory by the kernel's account."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run of a program."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: float
    output: str


class Failed(Exception):
    """A contender did not do what it was asked to."""


def run(command: list, environment: dict[str, str] | None = None, folder: Path | None = None, log: Path | None = None) -> Run:
    """Runs to the end; both outputs go to a file, so that no reader takes part of the CPU."""
    log = log or Path(os.devnull)
    with open(log, "wb") as sink:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(errors="replace") if log.is_file() else ""
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output[-2000:]}")
    # Linux counts in kilobytes, macOS in bytes.
    peak = usage.ru_maxrss / (1024 * 1024 if os.uname().sysname == "Darwin" else 1024)
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, output)


class Samples:
    """Every run of every contender, by what was measured."""

    def __init__(self) -> None:
        self._runs: dict[tuple, list[Run]] = {}

    def add(self, key: tuple, one: Run) -> None:
        self._runs.setdefault(key, []).append(one)

    def seconds(self, key: tuple) -> float | None:
        return self._median(key, lambda one: one.seconds)

    def cpu(self, key: tuple) -> float | None:
        return self._median(key, lambda one: one.cpu_seconds)

    def megabytes(self, key: tuple) -> float | None:
        return self._median(key, lambda one: one.peak_megabytes)

    def _median(self, key: tuple, value) -> float | None:
        runs = self._runs.get(key)
        return statistics.median(value(one) for one in runs) if runs else None


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None
