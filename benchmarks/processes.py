"""Processor time and memory of a command with all the processes it starts, also those that outlive their parent (Linux)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_MARK = "BENCHMARK_RUN"


@dataclass
class Usage:
    """What a command used, over all its processes: its exit status, processor seconds, the largest memory at one time in MB.

    Memory is the proportional set size: a page that processes share counts once. `samples` are the time (seconds since the
    epoch), the processor seconds until then and the memory in MB.
    """

    status: int = 0
    seconds: float = 0.0
    peak: float = 0.0
    output: str = ""
    samples: list[tuple[float, float, float]] = field(default_factory=list)

    def seconds_between(self, start: float, end: float) -> float:
        """Return the processor seconds between two times, from the nearest samples."""
        return self._seconds_at(end) - self._seconds_at(start)

    def peak_between(self, start: float, end: float) -> float:
        """Return the largest memory between two times, in MB."""
        return max((memory for time_, _, memory in self.samples if start <= time_ <= end), default=0.0)

    def _seconds_at(self, moment: float) -> float:
        return min(self.samples, key=lambda sample: abs(sample[0] - moment))[1]


def run_and_measure(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, *, every: float = 0.5
) -> Usage:
    """Run a command and measure its processes, found by a mark in their environment, every `every` seconds."""
    mark, usage = uuid.uuid4().hex, Usage()
    started = subprocess.Popen(
        command,
        cwd=folder,
        env={**environment, _MARK: mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    sampler = _Sampler(f"{_MARK}={mark}".encode(), usage)
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(every):
            sampler.sample()

    thread = threading.Thread(target=sample)
    thread.start()
    usage.output = started.communicate()[0]
    usage.status = started.returncode
    ended.set()
    thread.join()
    return usage


class _Sampler:
    def __init__(self, mark: bytes, usage: Usage) -> None:
        self.mark, self.usage = mark, usage
        self.is_ours: dict[tuple[str, str], bool] = {}
        self.ticks: dict[tuple[str, str], int] = {}

    def sample(self) -> None:
        memory = 0
        for process in Path("/proc").iterdir():
            if not process.name.isdigit():
                continue
            try:
                values = (process / "stat").read_text().rpartition(")")[2].split()
                key = process.name, values[19]
                if key not in self.is_ours or not self.is_ours[key]:  # a new process has its parent's until it executes
                    self.is_ours[key] = self.mark in (process / "environ").read_bytes().split(b"\0")
                if not self.is_ours[key]:
                    continue
                self.ticks[key] = int(values[11]) + int(values[12])
                rollup = (process / "smaps_rollup").read_text().splitlines()
                memory += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
            except (OSError, StopIteration):
                continue  # it ended meanwhile, or belongs to another user
        usage = self.usage
        usage.seconds = sum(self.ticks.values()) / _TICKS
        usage.peak = max(usage.peak, memory / 1024)
        usage.samples.append((time.time(), usage.seconds, memory / 1024))
