"""How well stripping works: `python -m benchmarks.strip [--shipped] [--cache FOLDER]`.

Precision, recall and F of 4-word shingles against annotated article bodies (the score of scrapinghub's
article-extraction-benchmark), mean over pages, and the share of lost pages (precision or recall below 0.8), by style of dump
and language, for plain text and HTML; mainstream and odd French pages (odd_domains.toml) apart. What is learned is
cross-validated by domain: no page is scored with weights learned from its own publisher. Publishers are assigned to
folds three times; figures are the mean over the assignments, with the least and the greatest beside. The span model of a
fold is learned from pages of the other folds, in windows of line models that have not seen these pages either; no setting is chosen here.
`--shipped` scores the shipped weights, learned from these very pages: quick, and the figures are too good. `--cache` stores the
models of the folds, which take most of the time, and reads them again.
Exit status 1 when a figure is beyond its limit in strip_limits.toml. Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.limits import read_limits
from benchmarks.page_groups import GROUPS, groups_of
from tasks.page.lines import cut_lines
from tasks.page.parse import UnreadableMarkupError
from tasks.page.render import RenderedPage, render_page
from tasks.strip.article_span import SpanModel
from tasks.strip.assemble import assemble, judged_lines
from tasks.strip.classify import classify
from tasks.strip.extraction import Extraction, extract_article, weigh_extraction
from tasks.strip.lexicon import load_lexicon
from tasks.strip.sequence_model import Model
from tasks.text.words import split_folded_words
from tools.train import development_data as data
from tools.train.development_data import PAGES, STYLES, Page
from tools.train.shingles import shingles, tokens
from tools.train.spans import fit_span_folds, read_sources_once
from tools.train.strip import ASSIGNMENTS, fit_folds, fold_of

LOST_BELOW = 0.8  # precision or recall of a page that counts as lost

Scores = tuple[float, float, float]  # precision, recall, F
Key = tuple[str, str, str]  # system, style, group
Table = dict[Key, list[list[Scores]]]  # the scores of a group's pages, one list for each assignment


class Models(NamedTuple):
    """The line model and the span model of a fold; None takes the shipped ones."""

    lines: Model | None = None
    spans: SpanModel | None = None


class Sample(NamedTuple):
    """One page in one style: dump or (style `html`) markup."""

    page: Page
    style: str
    content: str


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


def strip_text(content: str, models: Models, evidence: Sequence[float] | None = None) -> str:
    """Return the text kept of visible text."""
    spans = cut_lines(content)
    verdicts = classify(content, spans, evidence=evidence, model=models.lines, span_model=models.spans)
    return assemble(judged_lines(content, spans, verdicts), verdicts)[0]


def read_markup(content: str) -> tuple[RenderedPage, Extraction] | None:
    """Return a page's visible text and what trafilatura reads in it; None for unreadable markup."""
    try:
        page = render_page(content)
    except UnreadableMarkupError:
        return None
    return page, extract_article(page.tree)


def strip_markup(content: str, models: Models) -> str:
    """Return the text kept of a page's markup."""
    if (read := read_markup(content)) is None:
        return ""
    page, extraction = read
    return strip_text(page.text, models, weigh_extraction(page, extraction, cut_lines(page.text)))


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


def measure(assignments: Sequence[Callable[[str], Models]]) -> Table:
    """Score every sample under every assignment, which gives the models for a domain."""
    table: Table = defaultdict(lambda: [[] for _ in assignments])

    def add(system: str, sample: Sample, number: int, text: str) -> None:
        scores = score(sample.page, text)
        for group in groups_of(sample.page):
            table[system, sample.style, group][number].append(scores)

    for sample in read_samples():
        models = [find(sample.page["domain"]) for find in assignments]
        if sample.style == "html":
            read = read_markup(sample.content)
            page, extraction = read or (None, Extraction())
            evidence = weigh_extraction(page, extraction, cut_lines(page.text)) if page else None
            texts = [strip_text(page.text, each, evidence) if page else "" for each in models]
            others: dict[str, str] = {}  # `benchmarks.strip_html` compares with trafilatura
        else:
            texts = [strip_text(sample.content, each) for each in models]
            others = {name: baseline(sample.content) for name, baseline in BASELINES.items()}
        for number, text in enumerate(texts):
            add("revue", sample, number, text)
            for system, other in others.items():
                add(system, sample, number, other)
    return table


def fit_assignments(cache: Path | None, count: int = ASSIGNMENTS) -> list[Callable[[str], Models]]:
    """Return for each of `count` assignments of publishers to folds what gives the models of a domain's fold."""

    def fit(assignment: int) -> Callable[[str], Models]:
        lines = fit_folds(assignment, cache)
        spans = fit_span_folds(read_sources_once, lines, assignment, cache)
        return lambda domain: Models(
            lines[fold_of(domain, assignment)],
            spans[fold_of(domain, assignment)],
        )

    return [fit(assignment) for assignment in range(count)]


def summarise(table: Table, system: str, styles: Sequence[str], group: str) -> np.ndarray | None:
    """Return precision, recall, F and share of lost pages, a row for each assignment: the mean over the styles."""
    if not all((system, style, group) in table for style in styles):
        return None
    rows = []
    for style in styles:
        scores = np.array(table[system, style, group])  # assignment, page, score
        lost = (scores[:, :, :2] < LOST_BELOW).any(axis=2)
        rows.append(np.concatenate([scores.mean(axis=1), lost.mean(axis=1)[:, None]], axis=1))
    mean: np.ndarray = np.mean(rows, axis=0)
    return mean


def report(table: Table) -> list[str]:
    """Print the figures with their limits; return what is beyond its limit."""
    floors, ceilings = (read_limits("strip")[name] for name in ("least_f", "most_lost"))
    missed = []
    print(
        f"{'system':18}{'style':7}{'pages':18}{'precision':>9}{'recall':>8}{'F':>7}{'(spread)':>14}{'floor':>7}{'lost':>7}{'(spread)':>14}{'most':>7}"
    )
    for system in (*BASELINES, "revue"):
        for name, styles in (*((style, (style,)) for style in (*STYLES, "html")), ("mean", STYLES)):
            for group in GROUPS:
                found = summarise(table, system, styles, group)
                if found is None:
                    continue
                precision, recall, f, lost = found.mean(axis=0)
                low, high = found.min(axis=0), found.max(axis=0)
                is_ours = system == "revue"
                floor = floors.get(name, {}).get(group) if is_ours else None
                most = ceilings.get(name, {}).get(group) if is_ours else None
                print(
                    f"{system:18}{name:7}{f'{len(table[system, styles[0], group][0])} {group}':18}{precision:9.3f}{recall:8.3f}{f:7.3f}"
                    f"{f'({low[2]:.3f}-{high[2]:.3f})':>14}{floor or '':>7}{lost:7.3f}{f'({low[3]:.3f}-{high[3]:.3f})':>14}{most or '':>7}"
                )
                if floor and f < floor:
                    missed.append(f"{name} {group}: F of {f:.3f} is below {floor}")
                if most and lost > most:
                    missed.append(f"{name} {group}: {lost:.3f} of the pages are lost, more than {most}")
    return missed


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="score the shipped weights, without cross-validation")
    parser.add_argument("--cache", type=Path, help="folder for the models of the folds")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    if arguments.cache:
        arguments.cache.mkdir(parents=True, exist_ok=True)
    table = measure([lambda _: Models()] if arguments.shipped else fit_assignments(arguments.cache))
    missed = report(table)
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
