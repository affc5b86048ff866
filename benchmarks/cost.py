"""The cost of revue's own steps, as shares of the language model's time on the same texts: `python -m benchmarks.cost [FOLDER]`.

Processor time, not wall time, of stripping with describing (compared with recognising the names, model and rules, in the
same words), of the model alone, of the rules on names, and of dates with figures, on the plain-text pages of a folder (by
default the development pages as a browser shows them, else the sample pages). Steps take turns for three rounds and the
least time of each counts: shares can be compared between machines, seconds cannot. What the steps remember of earlier texts
is cleared before each round, so that a page counts as one that was never seen.
Exit status 1 when a share is above its ceiling in cost_limits.toml.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

from benchmarks.limits import read_limits
from tasks.text.remembered import RememberedBatch
from tools.train import development_data as data

ROUNDS = 3


def read_texts(folder: Path | None = None) -> list[str]:
    """Return the texts of a folder's `.txt` files; None takes the French development pages, or the samples without them."""
    if folder is None and data.PAGES.is_dir():
        pages = [page for page in data.read_pages() if page["lang"] == "fr"]
        texts = [text for page in pages if (text := data.read_dump(page, "inner"))]
    else:
        paths = sorted((folder or data.ROOT / "seeds" / "articles").glob("*.txt"))
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    return [text for text in texts if len(text) > 1000 and "\0" not in text]


def list_caches() -> list[_lru_cache_wrapper[Any] | RememberedBatch[Any]]:
    """The caches of the steps that hold what was found in texts: those of a limited size; the others hold data files."""
    caches = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    limited = [
        one for one in caches if one.__module__.startswith("tasks.") and one.cache_parameters()["maxsize"] is not None
    ]
    return [*limited, *RememberedBatch.batches]


def time_steps(
    steps: dict[str, Callable[[], object]], caches: Sequence[_lru_cache_wrapper[Any] | RememberedBatch[Any]] = ()
) -> dict[str, float]:
    """Return the least processor seconds of each step over all rounds, each begun with these caches empty."""
    least = dict.fromkeys(steps, float("inf"))
    for _ in range(ROUNDS):
        for name, step in steps.items():
            for cache in caches:
                cache.cache_clear()
            started = time.process_time()
            step()
            least[name] = min(least[name], time.process_time() - started)
    return least


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    pages = read_texts(parser.parse_args().folder)

    from tasks.extract import load
    from tasks.extract.fr.dates import find_dates
    from tasks.extract.fr.figures import find_figures
    from tasks.extract.names import find_names
    from tasks.extract.recogniser import BATCH, PLAIN
    from tasks.extract.sentences import cut_sentences
    from tasks.strip import strip_text

    nlp = load()
    texts = [text for page in pages if (text := strip_text(page).text)]
    sentences = [cut_sentences(text) for text in texts]
    day = date(2025, 3, 14)

    def recognise(texts: list[str]) -> None:
        lines = {line.translate(PLAIN) for text in texts for line in text.split("\n") if line.strip()}
        with nlp.memory_zone():
            for _ in nlp.pipe(sorted(lines, key=len), batch_size=BATCH):
                pass

    def read_rules() -> None:
        for text, cut in zip(texts, sentences, strict=True):
            find_figures(text, cut, dates=find_dates(text, cut, published_at=day))

    page_sentences = [cut_sentences(page) for page in pages]
    find_names(nlp, texts[:5], sentences=sentences[:5])  # builds the matchers
    caches = list_caches()
    gc.collect()
    gc.freeze()  # as in a worker: the collector need not scan what is loaded
    spent = time_steps(
        {
            "strip and describe": lambda: [strip_text(page) for page in pages],
            "names, whole pages": lambda: find_names(nlp, pages, sentences=page_sentences),
            "model": lambda: recognise(texts),
            "names": lambda: find_names(nlp, texts, sentences=sentences),
            "dates and figures": read_rules,
        },
        caches,
    )
    words = sum(len(page.split()) for page in pages)
    print(f"{len(pages)} pages of {words:,} words, {sum(len(text.split()) for text in texts):,} of them article")
    shares = {
        "strip and describe, of recognising the same words": spent["strip and describe"] / spent["names, whole pages"],
        "strip and describe, of recognising the article": spent["strip and describe"] / spent["names"],
        "rules on names, of the model": (spent["names"] - spent["model"]) / spent["model"],
        "dates and figures, of the model": spent["dates and figures"] / spent["model"],
    }
    ceilings = read_limits("cost")
    is_over = False
    for name, share in shares.items():
        ceiling = ceilings[name]
        is_over |= share > ceiling
        print(f"{name:52} {share:6.3f}   ceiling {ceiling}{'   OVER' if share > ceiling else ''}")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
