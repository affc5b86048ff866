"""Learn the weights of tasks/strip/describe/candidate_model.py from annotated pages: `python -m tools.train.describe`.

One conditional logit a field (title, published, author), "none of them" among the choices, fitted with L-BFGS under a
squared penalty. A page counts less the more pages of its domain there are; French pages count twice. Dates and authors
are learned with titles chosen by weights that have not seen the page, as they will be met.
Needs the development pages (`../shared/bench/strip`); writes tasks/strip/describe/candidate_weights.json.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
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
from warehouse.rows import Line

ROOT = Path(__file__).parents[2]
PAGES = ROOT.parent / "shared" / "bench" / "strip"
STYLES = ("inner", "lite", "insc", "h2t", "bs4")
FOLDS = 6
PENALTIES = {"title": 4.0, "published": 2.0, "author": 2.0}  # of the squared weights
FRENCH_WEIGHT = 2.0  # French pages are few and come first
WEIGHTS_FILE = ROOT / "tasks" / "strip" / "describe" / "candidate_weights.json"

Weights = dict[str, float]


@dataclass
class Sample:
    """One page in one style: its annotation, its judged lines, and what is learned from it."""

    page: dict[str, Any]
    style: str
    raw: str
    lines: tuple[Line, ...]
    layout: Layout = field(init=False)
    title: int | None = None

    def __post_init__(self) -> None:
        self.layout = lay_out(self.lines)
        order = day_order(self.layout, self.page["lang"], None)
        self.dated = find_dates(self.layout, month_first=order == "month")
        self.titles = title_candidates(self.layout, self.dated)


@dataclass
class Group:
    """The candidates of one sample for one field: their features, which of them are right, and what the group weighs."""

    sample: Sample
    features: list[frozenset[str]]
    is_right: list[bool]
    weight: float


def read_pages() -> list[dict[str, Any]]:
    """The annotated pages."""
    return [json.loads(line) for line in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def judge(raw: str) -> Sequence[Line]:
    """The lines of a plain-text page as the strip step judges them, before titles and bylines are set apart."""
    spans = cut_lines(raw)
    return judged_lines(raw, spans, classify(raw, spans))


def stand_in(raw: str) -> tuple[Line, ...]:
    """A simple judgement instead of the strip step's: a line of twenty words is kept."""
    lines, position = [], 0
    for number, match in enumerate(re.finditer(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", raw), 1):
        is_kept = len(match.group().split()) >= 20
        kind = "body" if is_kept else "chrome" if match.group().strip() else "blank"
        lines.append(Line(number, position, match.end(), match.group(), kind, is_kept, "length", float(is_kept)))
        position = match.end()
    return tuple(lines)


def read_samples(lines_of: Callable[[str], tuple[Line, ...]]) -> Iterator[Sample]:
    """Every page in every style it was rendered in."""
    for page in read_pages():
        for style in STYLES:
            file = PAGES / "dumps" / style / f"{page['id']}.txt"
            if file.exists():
                raw = file.read_bytes().decode("utf-8")
                yield Sample(page, style, raw, lines_of(raw))


def fold_of(page: dict[str, Any]) -> int:
    """The fold of a page: all pages of a domain in the same one."""
    return int(hashlib.sha256(page["domain"].encode()).hexdigest(), 16) % FOLDS


def plain(text: str) -> str:
    """Letters and digits alone, lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"\W+", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


def is_same_title(gold: str, found: str) -> bool:
    """Equal, nearly equal, or one holding the other and not much more."""
    a, b = plain(gold), plain(found)
    if not a or not b:
        return False
    holds = (a in b or b in a) and min(len(a), len(b)) >= 0.6 * max(len(a), len(b))
    return holds or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def is_same_name(gold: str, found: str) -> bool:
    """The same words, or the words of the shorter name all in the longer."""
    a, b = ({plain(word) for word in name.split() if plain(word)} for name in (gold, found))
    return a == b or (min(len(a), len(b)) > 1 and (a <= b or b <= a)) or plain(gold) == plain(found)


def name_score(gold: Sequence[str], found: Sequence[str]) -> float:
    """F1 of the names found."""
    right = sum(any(is_same_name(name, other) for other in found) for name in gold)
    return 2 * right / (len(gold) + len(found)) if gold and found else 0.0


def title_groups(samples: Sequence[Sample]) -> list[Group]:
    annotated = [s for s in samples if s.page["gold_title"]]
    return _weighed(annotated, lambda s: [(c.features, is_same_title(s.page["gold_title"], c.text)) for c in s.titles])


def date_groups(samples: Sequence[Sample]) -> list[Group]:
    annotated = [s for s in samples if s.page["gold_date"]]
    return _weighed(
        annotated,
        lambda s: [
            (c.features, c.printed.day.isoformat() == s.page["gold_date"] and c.label != "updated")
            for c in date_candidates(s.layout, s.dated, s.title)
        ],
    )


def author_groups(samples: Sequence[Sample]) -> list[Group]:
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
    """The weights under which the right candidates, or none where none is right, are most probable."""
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
    """The line of the line most probably the title."""
    scores = [sum(weights.get(name, 0.0) for name in c.features) + weights["bias"] for c in sample.titles]
    return sample.titles[int(np.argmax(scores))].line if scores and max(scores) > -1.5 else None


def set_titles(samples: Sequence[Sample]) -> None:
    """Give each sample the title chosen by weights learned on the other folds."""
    groups = title_groups(samples)
    for fold in range(FOLDS):
        weights = fit([g for g in groups if fold_of(g.sample.page) != fold], PENALTIES["title"])
        for sample in samples:
            if fold_of(sample.page) == fold:
                sample.title = likeliest_title(sample, weights)


def groups_by_field(samples: Sequence[Sample]) -> dict[str, list[Group]]:
    """The groups of all fields; `set_titles` comes first."""
    return {"title": title_groups(samples), "published": date_groups(samples), "author": author_groups(samples)}


def main() -> int:
    if not PAGES.is_dir():
        print(f"No development pages in {PAGES}; nothing learned.")
        return 0
    samples = list(read_samples(stand_in if "--stand-in" in sys.argv else judge))
    set_titles(samples)
    learned = {name: fit(groups, PENALTIES[name]) for name, groups in groups_by_field(samples).items()}
    rounded = {
        name: {feature: round(value, 3) for feature, value in sorted(weights.items())}
        for name, weights in learned.items()
    }
    WEIGHTS_FILE.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE.name}: " + ", ".join(f"{name} {len(weights)} features" for name, weights in learned.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
