"""How well stripping works: `python benchmarks/strip.py`, exit status 1 when a floor of strip_floors.toml is missed.

Precision, recall and F of 4-word shingles against annotated article bodies (the score of the public benchmark of
scrapinghub), mean over pages, by style of dump and language, for plain text and HTML. The learned part is
cross-validated by domain: no page is scored with weights learned from its own publisher. `--shipped` scores the
weights in the package instead (learned from these very pages: quick, and too good).
Needs the development pages in ../shared/bench/strip.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.shingles import shingles, tokens
from tasks.page.lines import cut_lines
from tasks.page.parse import UnreadableMarkupError
from tasks.page.render import render_page
from tasks.strip.assemble import assemble, judged_lines
from tasks.strip.classify import classify
from tasks.strip.extraction import extract_article, weigh_extraction
from tasks.strip.lexicon import load_lexicon
from tasks.strip.sequence_model import Model
from tasks.text.words import split_folded_words
from tools.train.strip import COVERED_FROM, PAGES, STYLES, Example, fit, read_examples

FLOORS_FILE = Path(__file__).with_name("strip_floors.toml")
FOLDS = 4

Scores = tuple[float, float, float]
Table = dict[tuple[str, str, str], list[Scores]]  # system, style, language


def fold_of(domain: str) -> int:
    return int(hashlib.md5(domain.encode()).hexdigest(), 16) % FOLDS


class Sample(NamedTuple):
    """One page in one style: dump or (style `html`) markup."""

    page: dict[str, Any]
    style: str
    content: str

    @property
    def fold(self) -> int:
        return fold_of(self.page["domain"])

    @property
    def language(self) -> str:
        return "fr" if self.page["lang"] == "fr" else "other"


def read_samples() -> Iterator[Sample]:
    coverage = json.loads((PAGES / "dump_coverage.json").read_text())
    for row in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(row)
        if not page.get("body_ok") or not page.get("gold_text"):
            continue
        for style in STYLES:
            if (coverage.get(page["id"], {}).get(style) or 0) >= COVERED_FROM:
                yield Sample(page, style, (PAGES / "dumps" / style / f"{page['id']}.txt").read_text(encoding="utf-8"))
        markup = PAGES / "html" / f"{page['id']}.html.gz"
        if markup.exists():
            yield Sample(page, "html", gzip.decompress(markup.read_bytes()).decode("utf-8", "replace"))


def score(page: dict[str, Any], text: str) -> Scores:
    """Precision, recall and F of a text; what is optional on a page is neither right nor wrong."""
    gold, kept = shingles(tokens(page["gold_text"]), 4), shingles(tokens(text), 4)
    spare = sum((shingles(tokens(part), 4) for part in page.get("gold_optional") or []), type(gold)())
    right = sum((gold & kept).values())
    extra = kept - gold
    wrong = sum(extra.values()) - sum((extra & spare).values())
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / sum(gold.values()) if gold else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def strip_dump(content: str, model: Model | None) -> str:
    spans = cut_lines(content)
    verdicts = classify(content, spans, model=model)
    return assemble(judged_lines(content, spans, verdicts), verdicts)[0]


def strip_markup(content: str, model: Model | None) -> tuple[str, str]:
    """What revue keeps, and what trafilatura alone does."""
    try:
        page = render_page(content)
    except UnreadableMarkupError:
        return "", ""
    article = extract_article(page.tree).article
    spans = cut_lines(page.text)
    verdicts = classify(page.text, spans, evidence=weigh_extraction(page, article, spans), model=model)
    return assemble(judged_lines(page.text, spans, verdicts), verdicts)[0], article


def long_lines(content: str) -> str:
    return "\n".join(line for line in content.splitlines() if len(line.split()) >= 20)


def best_segment(content: str) -> str:
    """The lines of common words in the run of lines with the greatest sum: such lines count for, others against."""
    lines = [line for line in content.splitlines() if line.strip()]
    words = [split_folded_words(line) for line in lines]
    functions = load_lexicon().function_words
    is_dense = [len(some) >= 5 and sum(word in functions for word in some) >= 0.25 * len(some) for some in words]
    best, span, start, total = 0, (0, 0), 0, 0
    for number, some in enumerate(words):
        if total <= 0:
            start, total = number, 0
        total += min(len(some), 60) if is_dense[number] else -30
        if total > best:
            best, span = total, (start, number + 1)
    return "\n".join(lines[number] for number in range(*span) if is_dense[number])


BASELINES: dict[str, Callable[[str], str]] = {
    "nothing removed": lambda content: content,
    "lines of 20 words": long_lines,
    "best segment": best_segment,
}


def learn_folds() -> list[Model]:
    """Weights for each fold; the examples are read once, and the processes that learn are forks that have them."""
    _examples.extend(read_examples())
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return list(pool.map(learn_without, range(FOLDS)))


_examples: list[Example] = []


def learn_without(fold: int) -> Model:
    """The weights learned from the pages of all folds but one."""
    started = time.perf_counter()
    learned = fit([example for example in _examples if fold_of(example.domain) != fold])
    print(f"fold {fold + 1} of {FOLDS}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return learned


def measure(weights: list[Model] | None) -> Table:
    table: Table = defaultdict(list)
    for sample in read_samples():
        model = weights[sample.fold] if weights else None
        if sample.style == "html":
            kept, alone = strip_markup(sample.content, model)
            table["trafilatura", "html", sample.language].append(score(sample.page, alone))
        else:
            kept = strip_dump(sample.content, model)
            for name, baseline in BASELINES.items():
                table[name, sample.style, sample.language].append(score(sample.page, baseline(sample.content)))
        table["revue", sample.style, sample.language].append(score(sample.page, kept))
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="score the shipped weights, without cross-validation")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing measured.")
        return 0
    table = measure(None if arguments.shipped else learn_folds())
    floors = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    missed = []
    print(f"{'system':20}{'style':8}{'language':10}{'pages':>6}{'precision':>11}{'recall':>8}{'F':>8}{'floor':>8}")
    for (system, style, language), rows in sorted(table.items()):
        precision, recall, f = (sum(row[number] for row in rows) / len(rows) for number in range(3))
        floor = floors.get(style, {}).get(language) if system == "revue" else None
        print(
            f"{system:20}{style:8}{language:10}{len(rows):6}{precision:11.3f}{recall:8.3f}{f:8.3f}{floor if floor else '':>8}"
        )
        if floor and f < floor:
            missed.append(f"{style} {language}: {f:.3f} is below {floor}")
    for language, wanted in floors["mean"].items():
        means = [table["revue", style, language] for style in STYLES]
        f = sum(sum(row[2] for row in rows) / len(rows) for rows in means) / len(means)
        print(f"{'revue':20}{'mean':8}{language:10}{'':25}{f:8.3f}{wanted:>8}")
        if f < wanted:
            missed.append(f"mean {language}: {f:.3f} is below {wanted}")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
