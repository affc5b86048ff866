"""How well stripping works: `python -m benchmarks.strip [--shipped]`.

Precision, recall and F of 4-word shingles against annotated article bodies (the score of scrapinghub's
article-extraction-benchmark), mean over pages, by style of dump and language, for plain text and HTML. The learned part
is cross-validated by domain: no page is scored with weights learned from its own publisher. `--shipped` scores the
shipped weights, learned from these very pages: quick, and the figures are too good.
Exit status 1 when a figure is below its floor in strip_limits.toml. Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.limits import read_limits
from tasks.page.lines import cut_lines
from tasks.page.parse import UnreadableMarkupError
from tasks.page.render import render_page
from tasks.strip.assemble import assemble, judged_lines
from tasks.strip.classify import classify
from tasks.strip.extraction import extract_article, weigh_extraction
from tasks.strip.lexicon import load_lexicon
from tasks.strip.sequence_model import Model
from tasks.text.words import split_folded_words
from tools.train import development_data as data
from tools.train.development_data import PAGES, STYLES, Page
from tools.train.shingles import shingles, tokens
from tools.train.strip import fit_folds, fold_of

Scores = tuple[float, float, float]  # precision, recall, F
Table = dict[tuple[str, str, str], list[Scores]]  # system, style, language


class Sample(NamedTuple):
    """One page in one style: dump or (style `html`) markup."""

    page: Page
    style: str
    content: str

    @property
    def language(self) -> str:
        """`fr` or `other`."""
        return data.language_group(self.page)


def read_samples() -> Iterator[Sample]:
    """Yield every page with an annotated body, in every style."""
    for page in data.read_pages():
        if not page.get("body_ok") or not page.get("gold_text"):
            continue
        for style in (*STYLES, "html"):
            is_html = style == "html"
            content = data.read_markup(page) if is_html else data.read_dump(page, style)
            if content is not None and (is_html or data.covers_body(page, style)):
                yield Sample(page, style, content)


def score(page: Page, text: str) -> Scores:
    """Return precision, recall and F of a text; optional passages of a page are neither right nor wrong."""
    gold, kept = shingles(tokens(page["gold_text"]), 4), shingles(tokens(text), 4)
    spare = sum((shingles(tokens(part), 4) for part in page.get("gold_optional") or []), type(gold)())
    right = sum((gold & kept).values())
    extra = kept - gold
    wrong = sum(extra.values()) - sum((extra & spare).values())
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / sum(gold.values()) if gold else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def strip_dump(content: str, model: Model | None) -> str:
    """Return the text kept of a dump; None takes the shipped model."""
    spans = cut_lines(content)
    verdicts = classify(content, spans, model=model)
    return assemble(judged_lines(content, spans, verdicts), verdicts)[0]


def strip_markup(content: str, model: Model | None) -> str:
    """Return the text that revue keeps of a page's markup."""
    try:
        page = render_page(content)
    except UnreadableMarkupError:
        return ""
    spans = cut_lines(page.text)
    evidence = weigh_extraction(page, extract_article(page.tree), spans)
    verdicts = classify(page.text, spans, evidence=evidence, model=model)
    return assemble(judged_lines(page.text, spans, verdicts), verdicts)[0]


def long_lines(content: str) -> str:
    """Return the lines of at least 20 words."""
    return "\n".join(line for line in content.splitlines() if len(line.split()) >= 20)


def best_segment(content: str) -> str:
    """Return the dense lines of the best run of lines: lines rich in function words raise its score, others lower it."""
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


def measure(models: Sequence[Model] | None) -> Table:
    """Score every sample, each with the model of its fold; None takes the shipped model."""
    table: Table = defaultdict(list)
    for sample in read_samples():
        model = models[fold_of(sample.page["domain"])] if models else None
        if sample.style == "html":
            kept = strip_markup(sample.content, model)
        else:
            kept = strip_dump(sample.content, model)
            for name, baseline in BASELINES.items():
                table[name, sample.style, sample.language].append(score(sample.page, baseline(sample.content)))
        table["revue", sample.style, sample.language].append(score(sample.page, kept))
    return table


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="score the shipped weights, without cross-validation")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    table = measure(None if arguments.shipped else fit_folds())
    floors = read_limits("strip")
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
