"""How well pages are described: `python -m benchmarks.describe [--text] [--stand-in] [--show]`.

Titles, dates, authors and publishers from plain text in five styles and from HTML, French and other languages apart,
against annotated pages (`../shared/bench/strip`). Of French pages those of news sites (`mainstream`) and those of blogs,
campaigns, radio and the like (`odd`, odd_domains.toml) are also reported apart. Learned weights are cross-validated by
domain: each page is described by weights that have not seen its publisher. Domains are dealt out to the folds several
times; from text a figure is the mean over these assignments, with the least and the greatest below the table. Exit status 1 when a figure is below its floor in describe_limits.toml, or
one from HTML is not better than that of trafilatura's metadata alone.
A date is `right` among the pages whose text shows it and `wrong` among all pages whose date is known; from HTML both
are among all, without the page's address. "source precision" is the share of the publishers chosen that are the page's own,
and "two values" the share of pages with two chosen values in one field. Authors: mean F1 of the names, over pages that name some. `--text` leaves HTML
out, `--stand-in` classifies lines by their length alone, `--show` lists the errors.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from benchmarks.limits import read_limits
from benchmarks.page_groups import GROUPS, groups_of
from tasks.strip.describe import candidate_model, describe, seed_sources
from tools.train.describe import (
    FOLDS,
    PENALTIES,
    Sample,
    classify_by_length,
    classify_lines,
    fit,
    fold_of,
    groups_by_field,
    read_samples,
    set_titles,
)
from tools.train.description_scores import is_same_title, name_score, plain
from tools.train.development_data import PAGES, STYLES, Page, read_markup, read_pages
from tools.train.strip import ASSIGNMENTS
from warehouse.rows import Description

Scores = dict[str, list[float]]

COLUMNS = (
    "title", "title precision", "date right", "date wrong", "authors", "publisher", "source precision", "two values",
)  # fmt: skip
CEILINGS = ("date wrong", "two values")  # the others are better when greater
COMPARED = ("title", "date right", "date wrong", "authors")  # with trafilatura


def fit_folds(samples: list[Sample], assignment: int = 0) -> list[dict[str, dict[str, float]]]:
    """Return for each fold the weights learned on all other folds, by field."""
    set_titles(samples, assignment)
    by_field = groups_by_field(samples)
    return [
        {
            name: fit([g for g in groups if fold_of(g.sample.page, assignment) != fold], PENALTIES[name])
            for name, groups in by_field.items()
        }
        for fold in range(FOLDS)
    ]


def score(page: Page, found: Description, scores: Scores, *, is_text: bool) -> None:
    """Add the results of one page to the scores of its group."""
    shown = page["in_text"] if is_text else dict.fromkeys(("date", "author", "publisher"), True)
    day = found.published_on.isoformat() if found.published_on else None
    if page["gold_title"]:
        is_right = is_same_title(page["gold_title"], found.title or "")
        scores["title"].append(float(is_right))
        if found.title:
            scores["title precision"].append(float(is_right))
    if page["gold_date"]:
        scores["date wrong"].append(float(day is not None and day != page["gold_date"]))
        if shown.get("date"):
            scores["date right"].append(float(day == page["gold_date"]))
    if page["gold_authors"] and shown.get("author"):
        scores["authors"].append(name_score(page["gold_authors"], found.authors))
    if page["gold_publisher"] and shown.get("publisher"):
        gold, name = plain(page["gold_publisher"]), plain(found.source_name or found.source_domain or "")
        scores["publisher"].append(float(bool(name) and (gold in name or name in gold)))
    if page["gold_publisher"] and found.source_name:
        scores["source precision"].append(float(is_source(page, found.source_name)))
    chosen = {(one.field, one.value) for one in found.evidence if one.is_chosen and one.field != "author"}
    scores["two values"].append(float(len(chosen) > len({field for field, _ in chosen})))


def is_source(page: Page, name: str) -> bool:
    """Return whether a name is that of a page's publisher: the annotated one, a listed one of its domain, or the domain."""
    known, listed = seed_sources().by_name(name), seed_sources().by_domain(page["domain"])
    if known or listed:  # a like-named paper is another one
        gold = seed_sources().by_name(re.sub(r" \(.*", "", page["gold_publisher"] or ""))
        return known is not None and known in (listed, gold)
    label = plain(name)
    names = [plain(page["gold_publisher"] or ""), plain(page["domain"])]
    return any(label == other or (len(label) > 2 and (label in other or (other and other in label))) for other in names)


def describe_html(markup: str) -> Description:
    """Describe a page from its HTML, without its address."""
    from tasks.strip import strip_html

    return strip_html(markup).description


def describe_with_trafilatura(markup: str) -> Description:
    """Describe a page from trafilatura's metadata alone."""
    from tasks.page.parse import parse
    from tasks.strip.extraction import extract_article

    try:
        metadata = extract_article(parse(markup)).metadata
    except ValueError:  # markup that cannot be read
        metadata = {}
    day = str(metadata.get("date") or "")
    return Description(
        title=metadata.get("title"),
        authors=tuple(name for name in re.split(r"; |, ", metadata.get("author") or "") if name),
        published_on=date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None,
        source_name=metadata.get("sitename"),
    )


def main() -> int:
    """Measure, print, and return the exit status."""
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was measured.")
        return 0
    samples = list(read_samples(classify_by_length if "--stand-in" in sys.argv else classify_lines))
    tables: list[dict[str, Scores]] = []
    seconds = 0.0
    for assignment in range(ASSIGNMENTS):
        tables.append(defaultdict(lambda: defaultdict(list)))
        by_fold = fit_folds(samples, assignment)
        for sample in samples:
            # not learned from this page
            candidate_model.weights = by_fold[fold_of(sample.page, assignment)].__getitem__  # type: ignore[assignment]
            started = time.perf_counter()
            found = describe(sample.lines)
            seconds += time.perf_counter() - started
            for group in groups_of(sample.page):
                score(sample.page, found, tables[-1][f"{sample.style} {group}"], is_text=True)
            if "--show" in sys.argv and not assignment:
                show(sample, found)
        if not assignment and "--text" not in sys.argv:
            add_html(by_fold, tables[0])
    print(
        f"{1000 * seconds / len(samples) / ASSIGNMENTS:.1f} ms a page of "
        f"{sum(len(s.raw) for s in samples) / len(samples) / 1000:.0f} kB on average"
    )
    return report(tables)


def add_html(by_fold: list[dict[str, dict[str, float]]], results: dict[str, Scores]) -> None:
    """Add the scores of the HTML pages, described by revue and by trafilatura alone."""
    for page in read_pages():
        markup = read_markup(page)
        if markup is None:
            continue
        candidate_model.weights = by_fold[fold_of(page)].__getitem__  # type: ignore[assignment]
        found, theirs = describe_html(markup), describe_with_trafilatura(markup)
        for group in groups_of(page):
            score(page, found, results[f"html {group}"], is_text=False)
            score(page, theirs, results[f"trafilatura {group}"], is_text=False)


def show(sample: Sample, found: Description) -> None:
    """Print the errors of one description."""
    page = sample.page
    if page["gold_title"] and not is_same_title(page["gold_title"], found.title or ""):
        print(sample.style, page["id"], "title", repr(page["gold_title"]), "->", repr(found.title))
    if page["gold_date"] and str(found.published_on) != page["gold_date"]:
        print(
            sample.style,
            page["id"],
            "date",
            page["gold_date"],
            page["in_text"].get("date"),
            "->",
            found.published_on,
            found.published_method,
            found.published_confidence,
        )
    if page["gold_authors"] and name_score(page["gold_authors"], found.authors) < 0.9:
        print(sample.style, page["id"], "authors", page["gold_authors"], "->", found.authors)
    if page["gold_publisher"] and page["in_text"].get("publisher"):
        gold, name = plain(page["gold_publisher"]), plain(found.source_name or "")
        if not name or not (gold in name or name in gold):
            print(sample.style, page["id"], "publisher", page["gold_publisher"], "->", found.source_name)
    if page["gold_publisher"] and found.source_name and not is_source(page, found.source_name):
        print(sample.style, page["id"], "source", page["domain"], "->", found.source_name)


Rows = dict[str, dict[str, tuple[float, int]]]  # mean and number of pages, by system and column


def read_rows(results: dict[str, Scores], group: str) -> Rows:
    """The rows of one group's table: each system, and the mean over the styles of text."""
    names = [f"{style} {group}" for style in (*STYLES, "html", "trafilatura") if f"{style} {group}" in results]
    rows = {name: {c: (sum(v) / len(v), len(v)) for c in COLUMNS if (v := results[name][c])} for name in names}
    text = [name for name in names if name.split()[0] in STYLES]
    rows[f"text {group}"] = {
        c: (sum(rows[n][c][0] for n in text) / len(text), 0)
        for c in COLUMNS
        if text and all(c in rows[n] for n in text)
    }
    return rows


def report(tables: list[dict[str, Scores]]) -> int:
    """Print the means over the assignments and what is below its floor; return the exit status."""
    floors, failures = read_limits("describe"), list[str]()
    print(f"{'':18}" + "".join(f"{column:>20}" for column in COLUMNS))
    for group in GROUPS:
        all_rows = [read_rows(results, group) for results in tables]
        rows: Rows = {}
        for name in all_rows[0]:
            found = [each[name] for each in all_rows if name in each]
            rows[name] = {c: (sum(row[c][0] for row in found) / len(found), found[0][c][1]) for c in found[0]}
        for name, row in rows.items():
            print(f"{name:18}" + "".join(_cell(row, column) for column in COLUMNS))
        text = [each[f"text {group}"] for each in all_rows]
        print(
            f"{'  least, greatest':18}"
            + "".join(
                f"{min(r[c][0] for r in text):>13.3f}, {max(r[c][0] for r in text):.3f}" if c in text[0] else " " * 20
                for c in COLUMNS
            )
        )
        failures += [*_below_trafilatura(rows, group), *_below_floors(rows, group, floors.get(group, {}))]
    print("\n".join(failures), end="\n" if failures else "")
    return 1 if failures else 0


def _cell(row: dict[str, tuple[float, int]], column: str) -> str:
    return f"{row[column][0]:>14.3f} {f'({row[column][1]})':>5}" if column in row else " " * 20


def _below_trafilatura(rows: Rows, group: str) -> Iterator[str]:
    """Yield the figures from HTML that are no better than those of trafilatura."""
    for column in COMPARED if f"trafilatura {group}" in rows and group in ("fr", "other") else ():
        ours, theirs = rows[f"html {group}"][column][0], rows[f"trafilatura {group}"][column][0]
        if ours >= theirs if column == "date wrong" else ours <= theirs:
            yield f"NO BETTER THAN TRAFILATURA: html {group} {column} {ours:.3f}, trafilatura {theirs:.3f}"


def _below_floors(rows: Rows, group: str, floors: dict[str, dict[str, float]]) -> Iterator[str]:
    """Yield the figures that are below their floor."""
    for name, wanted in floors.items():
        for column, floor in wanted.items():
            row = rows.get(f"{name} {group}", {})
            if column in row and (row[column][0] > floor if column in CEILINGS else row[column][0] < floor):
                yield f"BELOW FLOOR: {name} {group} {column} {row[column][0]:.3f}, floor {floor}"


if __name__ == "__main__":
    sys.exit(main())
