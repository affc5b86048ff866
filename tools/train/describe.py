"""Learn weights of tasks/strip/describe/candidate_model.py from annotated pages: `python -m tools.train.describe [FIELD …]`.

One conditional logit for each field (title, published, author), with "none of them" among the choices, fitted with L-BFGS
under a squared penalty. A page counts less the more pages of its domain there are; French pages count twice. Dates and
authors are learned with titles chosen by weights that have not seen the page, as in a run.
Needs the development pages (`../shared/bench/strip`); writes tasks/strip/describe/candidate_weights.json, of which the fields that
are not named stay as they are.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tasks.page.lines import cut_lines
from tasks.strip.assemble import judged_lines
from tasks.strip.classify import classify
from tasks.strip.describe.credit_candidates import credit_candidates
from tasks.strip.describe.date_candidates import date_candidates, day_order, find_dates
from tasks.strip.describe.layout import Layout, lay_out
from tasks.strip.describe.title_candidates import title_candidates
from tools.train.description_scores import is_same_title, name_score
from tools.train.development_data import PAGES, ROOT, STYLES, Page, read_dump, read_pages
from warehouse.rows import Line, LineKind

FOLDS = 6
PENALTIES = {"title": 4.0, "published": 2.0, "author": 2.0}  # of the squared weights
FRENCH_WEIGHT = 2.0  # French pages are few and come first
WEIGHTS_FILE = ROOT / "tasks" / "strip" / "describe" / "candidate_weights.json"

Weights = dict[str, float]


@dataclass
class Sample:
    """One page in one style: its annotation, its classified lines, and the candidates in it."""

    page: Page
    style: str
    raw: str
    lines: Sequence[Line]
    layout: Layout = field(init=False)
    title: int | None = None

    def __post_init__(self) -> None:
        self.layout = lay_out(self.lines)
        order = day_order(self.layout, self.page["lang"], None)
        self.dated = find_dates(self.layout, month_first=order == "month")
        self.titles = title_candidates(self.layout, self.dated, self.page["lang"])


@dataclass
class Group:
    """The candidates of one sample for one field: their features, which of them are right, and the weight of the group."""

    sample: Sample
    features: list[frozenset[str]]
    is_right: list[bool]
    weight: float


def classify_lines(raw: str) -> Sequence[Line]:
    """Return the lines of a plain-text page as strip classifies them, before titles and bylines are set apart."""
    spans = cut_lines(raw)
    return judged_lines(raw, spans, classify(raw, spans))


def classify_by_length(raw: str) -> Sequence[Line]:
    """Return the lines under a simple rule instead of the strip step: a line of twenty words is kept."""
    lines: list[Line] = []
    position = 0
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", raw), 1):
        is_kept = len(match.group().split()) >= 20
        kind: LineKind = "body" if is_kept else "chrome" if match.group().strip() else "blank"
        lines.append(Line(number, position, match.end(), match.group(), kind, is_kept, "length", float(is_kept)))
        position = match.end()
    return tuple(lines)


def read_samples(classify: Callable[[str], Sequence[Line]]) -> Iterator[Sample]:
    """Yield every page in every style it exists in."""
    for page in read_pages():
        for style in STYLES:
            raw = read_dump(page, style)
            if raw is not None:
                yield Sample(page, style, raw, classify(raw))


def fold_of(page: Page, assignment: int = 0) -> int:
    """Return the fold of a page, from 0: all pages of a domain are in the same one; each assignment distributes the domains anew."""
    key = page["domain"] + (f" {assignment}" if assignment else "")
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def title_groups(samples: Sequence[Sample]) -> list[Group]:
    """Return the candidates for titles."""
    annotated = [s for s in samples if s.page["gold_title"]]
    return _weighed(annotated, lambda s: [(c.features, is_same_title(s.page["gold_title"], c.text)) for c in s.titles])


def date_groups(samples: Sequence[Sample]) -> list[Group]:
    """Return the candidates for dates of publication."""
    annotated = [s for s in samples if s.page["gold_date"]]
    return _weighed(
        annotated,
        lambda s: [
            (c.features, c.printed.day.isoformat() == s.page["gold_date"] and c.label != "updated")
            for c in date_candidates(s.layout, s.dated, s.title)
            if c.label != "other"
        ],
    )


def author_groups(samples: Sequence[Sample]) -> list[Group]:
    """Return the candidates for authors."""
    annotated = [s for s in samples if s.page["gold_authors"]]
    return _weighed(
        annotated,
        lambda s: [
            (c.features, name_score(s.page["gold_authors"], c.names) >= 0.5)
            for c in credit_candidates(s.layout, s.dated, s.title)
        ],
    )


def _weighed(
    samples: Sequence[Sample], candidates: Callable[[Sample], list[tuple[frozenset[str], bool]]]
) -> list[Group]:
    count = Counter(s.page["domain"] for s in samples)
    groups = []
    for s in samples:
        found = candidates(s)
        weight = 3 / (2 + count[s.page["domain"]]) * (FRENCH_WEIGHT if s.page["lang"] == "fr" else 1.0)
        groups.append(Group(s, [features for features, _ in found], [right for _, right in found], weight))
    return groups


def fit(groups: Sequence[Group], penalty: float) -> Weights:
    """Return the weights under which the right candidates, or none where none is right, are most probable."""
    names = sorted({name for group in groups for features in group.features for name in features})
    column = {name: i for i, name in enumerate(names)}
    rows = [
        (g, features, right)
        for g, group in enumerate(groups)
        for features, right in zip(group.features, group.is_right, strict=True)
    ]
    cells = [(r, column[name]) for r, (_, features, _) in enumerate(rows) for name in features] + [
        (r, len(names)) for r in range(len(rows))
    ]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(names) + 1))
    of = np.array([g for g, _, _ in rows])
    right = np.array([r for _, _, r in rows], dtype=bool)
    has_right = np.bincount(of, right, len(groups)) > 0
    weight = np.array([group.weight for group in groups])

    def loss(theta: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        score = matrix @ theta
        highest = np.zeros(len(groups))
        np.maximum.at(highest, of, score)
        power, none = np.exp(score - highest[of]), np.exp(-highest)
        total = none + np.bincount(of, power, len(groups))
        wanted = np.where(has_right, np.bincount(of, power * right, len(groups)), none) + 1e-300
        value = -(weight * (np.log(wanted) - np.log(total))).sum() + penalty / 2 * (theta[:-1] ** 2).sum()
        share = power / total[of] - np.where(right, power / wanted[of], 0) * has_right[of]
        gradient = matrix.T @ (weight[of] * share)
        gradient[:-1] += penalty * theta[:-1]
        return float(value), gradient

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {"bias": float(best[-1]), **{name: float(best[i]) for name, i in column.items()}}


def likeliest_title(sample: Sample, weights: Weights) -> int | None:
    """Return the block number of the most probable title; None when no candidate is probable enough."""
    scores = [sum(weights.get(name, 0.0) for name in c.features) + weights["bias"] for c in sample.titles]
    return sample.titles[int(np.argmax(scores))].line_index if scores and max(scores) > -1.5 else None


def set_titles(samples: Sequence[Sample], assignment: int = 0) -> None:
    """Give each sample the title chosen by weights learned on the other folds."""
    groups = title_groups(samples)
    for fold in range(FOLDS):
        weights = fit([g for g in groups if fold_of(g.sample.page, assignment) != fold], PENALTIES["title"])
        for sample in samples:
            if fold_of(sample.page, assignment) == fold:
                sample.title = likeliest_title(sample, weights)


def groups_by_field(samples: Sequence[Sample]) -> dict[str, list[Group]]:
    """Return the groups of all fields; call `set_titles` first."""
    return {"title": title_groups(samples), "published": date_groups(samples), "author": author_groups(samples)}


def main() -> int:
    """Learn from all pages and write the weights of the named fields, by default all; `--stand-in` classifies lines by length."""
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was learned.")
        return 0
    samples = list(read_samples(classify_by_length if "--stand-in" in sys.argv else classify_lines))
    set_titles(samples)
    named = [name for name in PENALTIES if name in sys.argv] or list(PENALTIES)
    by_field = groups_by_field(samples)
    learned = {name: fit(by_field[name], PENALTIES[name]) for name in named}
    rounded = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")) | {
        name: {feature: round(value, 3) for feature, value in sorted(weights.items())}
        for name, weights in learned.items()
    }
    WEIGHTS_FILE.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE.name}: " + ", ".join(f"{name} {len(weights)} features" for name, weights in learned.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
