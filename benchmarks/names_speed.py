"""The gain of each measure that makes names cheaper, in processor time on the same articles: `python -m benchmarks.names_speed`.

The recogniser and the names are always the same; the way of calling it changes: paragraphs in batches of similar length,
in batches in the order of the text, or one by one; each distinct paragraph once, or all of them; the threads of the matrix
library. Ways take turns for three rounds and the least time of each counts: shares can be compared between machines,
seconds cannot. Exit status 1 when the way that revue uses costs more than a tenth above another one.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy; `time_threads` measures this choice

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

from benchmarks.cost import read_texts, time_steps
from tools.train.development_data import ROOT

TOLERANCE = 1.1  # two runs of the same way differ by as much on a busy machine
# The variables that tasks/runtime/workers.py sets.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
CHILD = "--one-way"


def read_paragraphs(pages: Sequence[str]) -> list[str]:
    """Return the paragraphs of the article text of pages as names are read in them; repeated ones stay."""
    from tasks.extract.recogniser import PLAIN
    from tasks.strip import strip_text

    texts = (strip_text(page).text.translate(PLAIN) for page in pages)
    return [line for text in texts for line in text.split("\n") if any(map(str.isalpha, line))]


def recognise(nlp: Language, paragraphs: Sequence[str], batch: int) -> None:
    """Run the recogniser over paragraphs in batches."""
    with nlp.memory_zone():
        for _ in nlp.pipe(paragraphs, batch_size=batch):
            pass


def time_orders(nlp: Language, paragraphs: list[str]) -> dict[str, float]:
    """Return the processor seconds of each order of the paragraphs."""
    from tasks.extract.recogniser import BATCH

    once = list(dict.fromkeys(paragraphs))
    by_length = sorted(once, key=len)
    ways: dict[str, Callable[[], object]] = {
        "by length": lambda: recognise(nlp, by_length, BATCH),
        "as they come": lambda: recognise(nlp, once, BATCH),
        "one by one": lambda: recognise(nlp, once, 1),
        "every paragraph": lambda: recognise(nlp, sorted(paragraphs, key=len), BATCH),
    }
    return time_steps(ways)


def time_threads() -> dict[str, tuple[float, float]]:
    """Return processor and wall seconds with one thread for the matrix library, and with the number it chooses itself."""
    spent = {}
    for way, threads in (("one thread", "1"), ("its own choice", None)):
        environment = {name: value for name, value in os.environ.items() if name not in THREADS}
        if threads:
            environment |= dict.fromkeys(THREADS, threads)
        else:
            environment["OMP_NUM_THREADS"] = str(os.cpu_count() or 1)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.names_speed", CHILD],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        processor, wall = map(float, done.stdout.split())
        spent[way] = processor, wall
    return spent


def one_way() -> None:
    """Read the paragraphs by length and print processor and wall seconds; `time_threads` runs this."""
    from tasks.extract import load
    from tasks.extract.recogniser import BATCH

    nlp, paragraphs = load(), sorted(set(read_paragraphs(read_texts()[:12])), key=len)
    recognise(nlp, paragraphs[:50], BATCH)
    least = (float("inf"), float("inf"))
    for _ in range(3):
        processor, wall = time.process_time(), time.perf_counter()
        recognise(nlp, paragraphs, BATCH)
        least = min(least, (time.process_time() - processor, time.perf_counter() - wall))
    print(*least)


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print, and return the exit status."""
    if CHILD in arguments:
        one_way()
        return 0
    from tasks.extract import load

    nlp, paragraphs = load(), read_paragraphs(read_texts())
    recognise(nlp, paragraphs[:50], 32)
    spent = time_orders(nlp, paragraphs)
    repeats = len(paragraphs) - len(set(paragraphs))
    print(
        f"{len(paragraphs)} paragraphs, {repeats} of them repeated; processor time of recognising, as a multiple of the way revue uses"
    )
    used, failed = spent["by length"], []
    for way in ("as they come", "one by one", "every paragraph"):
        print(f"  {way:20} {spent[way] / used:5.2f}")
        failed += [way] if used > TOLERANCE * spent[way] else []
    threads = time_threads()
    for way, (processor, wall) in threads.items():
        one = threads["one thread"]
        print(f"  {way:20} {processor / one[0]:5.2f} processor time, {wall / one[1]:5.2f} wall time")
    pairs = zip(
        threads["one thread"], threads["its own choice"], strict=True
    )  # other work on the machine slows one of them only
    failed += ["its own choice"] if all(one > TOLERANCE * own for one, own in pairs) else []
    print(*(f"{way}: cheaper than the way revue uses" for way in failed), sep="\n", end="\n" if failed else "")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
