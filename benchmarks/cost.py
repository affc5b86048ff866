"""What revue's own steps cost beside the language model, as shares of the model's time on the same texts, in one run.

`python benchmarks/cost.py [FOLDER]`: processor time, not wall time, of stripping with describing (beside recognising the
names, model and rules, in the same words), of the model alone, of the rules on names, of dates with figures, on the plain-text pages of a folder (by default the development pages as a browser
shows them, else the sample pages). Steps take turns, three rounds, the least of each counts: shares compare, seconds do not.
Exit status 1 when a share is above its ceiling in cost.toml.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT.parent / "shared" / "bench" / "strip"
CEILINGS = Path(__file__).with_name(f"{Path(__file__).stem}_limits.toml")
ROUNDS = 3


def read_pages(folder: Path | None) -> list[str]:
    """The texts of a folder's `.txt` files; of the French development pages, or the samples, when none is named."""
    import json

    if folder is None and PAGES.is_dir():
        rows = map(json.loads, (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines())
        paths = [PAGES / "dumps" / "inner" / f"{row['id']}.txt" for row in rows if row["lang"] == "fr"]
    else:
        paths = sorted((folder or ROOT / "seeds" / "articles").glob("*.txt"))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in paths if path.exists())
    return [text for text in texts if len(text) > 1000 and "\0" not in text]


def time_steps(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least processor seconds of each step over all rounds."""
    least = dict.fromkeys(steps, float("inf"))
    for _ in range(ROUNDS):
        for name, step in steps.items():
            started = time.process_time()
            step()
            least[name] = min(least[name], time.process_time() - started)
    return least


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    pages = read_pages(parser.parse_args().folder)

    from tasks.extract import load
    from tasks.extract.fr.dates import find_dates
    from tasks.extract.fr.figures import find_figures
    from tasks.extract.names import PLAIN, find_names
    from tasks.extract.sentences import cut_sentences
    from tasks.strip import strip_text

    nlp = load()
    texts = [text for page in pages if (text := strip_text(page).text)]
    sentences = [cut_sentences(text) for text in texts]
    day = date(2025, 3, 14)

    def recognise(texts: list[str]) -> None:
        lines = {line.translate(PLAIN) for text in texts for line in text.split("\n") if line.strip()}
        with nlp.memory_zone():
            for _ in nlp.pipe(sorted(lines, key=len), batch_size=128):
                pass

    def read_rules() -> None:
        for text, cut in zip(texts, sentences, strict=True):
            find_figures(text, cut, dates=find_dates(text, cut, published_at=day))

    page_sentences = [cut_sentences(page) for page in pages]
    find_names(nlp, texts[:5], sentences=sentences[:5])  # builds the matchers
    gc.collect()
    gc.freeze()  # as in a worker: what is loaded is not looked through for garbage again and again
    spent = time_steps(
        {
            "strip and describe": lambda: [strip_text(page) for page in pages],
            "names, whole pages": lambda: find_names(nlp, pages, sentences=page_sentences),
            "model": lambda: recognise(texts),
            "names": lambda: find_names(nlp, texts, sentences=sentences),
            "dates and figures": read_rules,
        }
    )
    words = sum(len(page.split()) for page in pages)
    print(f"{len(pages)} pages of {words:,} words, {sum(len(text.split()) for text in texts):,} of them article")
    shares = {
        "strip and describe, of recognising the same words": spent["strip and describe"] / spent["names, whole pages"],
        "strip and describe, of recognising the article": spent["strip and describe"] / spent["names"],
        "rules on names, of the model": (spent["names"] - spent["model"]) / spent["model"],
        "dates and figures, of the model": spent["dates and figures"] / spent["model"],
    }
    ceilings = tomllib.loads(CEILINGS.read_text(encoding="utf-8"))
    is_over = False
    for name, share in shares.items():
        ceiling = ceilings[name]
        is_over |= share > ceiling
        print(f"{name:52} {share:6.3f}   ceiling {ceiling}{'   OVER' if share > ceiling else ''}")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
