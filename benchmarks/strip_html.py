"""How well stripping works on HTML, by language, beside trafilatura alone: `python -m benchmarks.strip_html`.

The score is that of `benchmarks.strip`. A page that is rejected as no article counts with an F of 0, since its reader gets
nothing; `lost` are the pages with a precision or a recall below 0.8. The learned part is cross-validated by publisher:
no page is scored with weights learned from its own publisher. With several assignments of publishers to folds
(`--assignments 3`: three times the minutes) the mean F and its spread are printed. `--shipped` scores the shipped weights:
quick, and the figures are too good.
Exit status 1 when a language is below its floor in strip_html_limits.toml or below trafilatura's default setting.
Needs the development pages (`../shared/bench/strip`).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import mean
from typing import Any

from trafilatura import bare_extraction

from benchmarks.limits import read_limits
from benchmarks.strip import LOST_BELOW, Models, Scores, score, strip_markup
from tasks.page.parse import UnreadableMarkupError, parse
from tasks.strip import strip_html
from tasks.strip.sequence_model import Model
from tools.train.development_data import PAGES, Page, read_markup, read_pages
from tools.train.strip import fit_folds, fold_of

SETTINGS: dict[str, dict[str, Any]] = {
    "default": {},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
}
FEWEST = 10  # pages of a language that is a group of its own; the others are `rest`


def read_annotated() -> list[tuple[Page, str]]:
    """Return every page with an annotated body, and its markup."""
    pages = [page for page in read_pages() if page.get("body_ok") and page.get("gold_text")]
    return [(page, markup) for page in pages if (markup := read_markup(page)) is not None]


def extract_alone(markup: str, setting: str) -> str:
    """Return the text of a page that trafilatura alone finds in a setting."""
    try:
        document = bare_extraction(parse(markup), include_comments=False, with_metadata=False, **SETTINGS[setting])
    except UnreadableMarkupError:
        return ""
    found = document if document is None or isinstance(document, dict) else document.as_dict()
    return str((found or {}).get("text") or "")


def name_groups(pages: Sequence[tuple[Page, str]]) -> Mapping[str, str]:
    """Return the group of each language: itself where it has enough pages, else `rest`."""
    counts = Counter(page["lang"] for page, _ in pages)
    return {language: language if count >= FEWEST else "rest" for language, count in counts.items()}


def measure(
    pages: Sequence[tuple[Page, str]], models: Sequence[Model] | None, assignment: int
) -> Iterator[tuple[str, Scores]]:
    """Yield the language group and the scores of each page; None takes the shipped model."""
    groups = name_groups(pages)
    for page, markup in pages:
        model = models[fold_of(page["domain"], assignment)] if models else None
        yield groups[page["lang"]], score(page, strip_markup(markup, Models(model, None)))


def show(name: str, language: str, rows: Sequence[Scores]) -> float:
    """Print one line of the table and return the mean F."""
    precision, recall, f = (mean(row[number] for row in rows) for number in range(3))
    lost = sum(min(row[:2]) < LOST_BELOW for row in rows)
    print(f"{name:24}{language:6}{len(rows):6}{precision:11.3f}{recall:8.3f}{f:8.4f}{lost:6}")
    return f


def measure_whole(pages: Sequence[tuple[Page, str]]) -> tuple[dict[str, list[Scores]], list[str]]:
    """Score the shipped weights with the verdict on each page, by language, and name the pages that are rejected."""
    results, rejected, groups = defaultdict(list), [], name_groups(pages)
    for page, markup in pages:
        stripped = strip_html(markup, url=page.get("url"))
        results[groups[page["lang"]]].append(score(page, "" if stripped.reason else stripped.text))
        if stripped.reason:
            rejected.append(f"rejected: {page['lang']} {page['id']} ({stripped.reason})")
    return results, rejected


def group_rows(rows: Iterable[tuple[str, Scores]]) -> dict[str, list[Scores]]:
    """Return the scores by language group."""
    results = defaultdict(list)
    for language, row in rows:
        results[language].append(row)
    return results


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="score the shipped weights, without cross-validation")
    parser.add_argument("--assignments", type=int, default=1, help="of publishers to folds")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    pages = read_annotated()
    groups = name_groups(pages)
    alone = {
        setting: group_rows(
            (groups[page["lang"]], score(page, extract_alone(markup, setting))) for page, markup in pages
        )
        for setting in SETTINGS
    }
    whole, rejected = measure_whole(pages)
    assignments = range(1 if arguments.shipped else arguments.assignments)
    runs = [group_rows(measure(pages, None if arguments.shipped else fit_folds(one), one)) for one in assignments]
    floors, missed = read_limits("strip_html")["floors"], []
    print(f"{'system':30}{'pages':>6}{'precision':>11}{'recall':>8}{'F':>8}{'lost':>6}")
    for language in sorted(whole):
        least = {name: show(f"trafilatura {name}", language, rows[language]) for name, rows in alone.items()}["default"]
        show("revue, shipped weights", language, whole[language])
        means = [show("revue", language, run[language]) for run in runs]
        f, floor = mean(means), floors.get(language, 0.0)
        print(f"{'revue, mean of runs':24}{language:6}{'':25}{f:8.4f}  from {min(means):.4f} to {max(means):.4f}")
        missed += [f"{language}: {f:.4f} is below the floor of {floor}."] if f < floor else []
        missed += [f"{language}: {f:.4f} is below trafilatura's default setting, {least:.4f}."] if f < least else []
    print("\n".join([*rejected, *missed]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
