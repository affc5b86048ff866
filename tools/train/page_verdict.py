"""Learn tasks/strip/page_weights.toml, which decide whether a page is an article: `python -m tools.train.page_verdict`.

A logistic regression over the features of tasks/strip/page_features.py, one for pages of few paragraphs and one for pages of
many, with the lines kept by sequence weights that have not seen the page's publisher. Rejecting an article is the worse
error: the threshold is the highest one that rejects only `MOST_REJECTED` of the articles.
Needs the development pages (`../shared/bench/strip`); takes about ten minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from tasks.strip import sequence_model, strip_html, strip_text
from tasks.strip.page_features import PAGE_FEATURES, count_words, paragraphs_of, read_page_features, regime_of
from tasks.strip.page_verdict import WEIGHTS_FILE, judge
from tasks.strip.sequence_model import Model
from tools.train.development_data import PAGES
from tools.train.page_kinds import Case, read_cases
from tools.train.shingles import covered, shingles, tokens
from tools.train.strip import FOLDS, fit_folds, fold_of
from tools.train.strip_examples import FRENCH_WEIGHT

REGIMES = ("few", "many")
MOST_REJECTED = {"few": 2, "many": 5}  # articles and briefs whose text was found, of all styles, cross-validated
PENALTY = 1e-3  # of the squared weights of standardised features
KIND_WEIGHTS = {"article": 2.0, "brief": 2.0, "several": 1.0, "above": 0.5, "below": 0.7}
_ACCEPT = {regime: {"start": 1.0} for regime in REGIMES}

Weights = dict[str, dict[str, float]]


class StrippedCase(NamedTuple):
    """A case after stripping: its features (None where it is rejected without them), and whether its article was found."""

    case: Case
    regime: str
    features: dict[str, float] | None
    is_found: bool


def strip_case(case: Case) -> StrippedCase:
    """Strip one case and read the features that decide on it."""
    page = (strip_html if case.style == "html" else strip_text)(case.content)
    slim, is_found = case._replace(content="", body=""), _is_found(case, page.text)
    if judge(page.text, page.lines, page.description.title, weights=_ACCEPT).reason is not None:
        return StrippedCase(slim, "few", None, is_found)
    filled = [line for line in page.lines if line.kind != "blank"]
    places = [place for place, line in enumerate(filled) if line.is_kept]
    paragraphs = paragraphs_of([filled[place] for place in places], page.text)
    signs = read_page_features(filled, places, paragraphs, count_words(page.text), page.description.title)
    return StrippedCase(slim, regime_of(paragraphs), signs, is_found)


def _is_found(case: Case, text: str) -> bool:
    """Return whether the kept text holds half of the article and, for a brief, is at least half article."""
    body, kept = tokens(case.body), tokens(text)
    if not case.is_article or not body or not kept:
        return False
    is_there = covered(body, shingles(kept, 4), 4).mean() >= 0.5
    return bool(is_there and (case.kind != "brief" or covered(kept, shingles(body, 4), 4).mean() >= 0.5))


def strip_cases(models: Sequence[Model] | None) -> list[StrippedCase]:
    """Strip every case, each with the sequence model of its fold; None takes the shipped model."""
    shipped, seen = sequence_model.load_model, []
    for case in read_cases():
        if models:
            sequence_model.load_model = partial(models.__getitem__, case.fold)  # type: ignore[assignment]
        seen.append(strip_case(case))
    sequence_model.load_model = shipped
    return seen


def fit(seen: Sequence[StrippedCase]) -> dict[str, float]:
    """Return the weights of the features that separate articles from other pages, and `start`, the constant term."""
    matrix = np.array([[one.features[name] for name in PAGE_FEATURES] for one in seen if one.features])
    is_article = np.array([one.case.is_article for one in seen])
    weight = np.array([_weight(one) for one in seen])
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    columns = np.column_stack([(matrix - mean) / spread, np.ones(len(matrix))])
    sides = np.where(is_article, 1.0, -1.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margins = columns @ theta * sides
        pull = -sides * np.exp(-np.logaddexp(0, margins)) * weight / weight.sum()
        penalty = np.append(theta[:-1], 0.0)
        value = float(np.logaddexp(0, -margins) @ weight / weight.sum() + PENALTY * penalty @ penalty)
        return value, columns.T @ pull + 2 * PENALTY * penalty

    theta = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B").x
    learned = theta[:-1] / spread
    return dict(zip(("start", *PAGE_FEATURES), [float(theta[-1] - learned @ mean), *map(float, learned)], strict=True))


def _weight(one: StrippedCase) -> float:
    """Return the weight of a case: French pages count more; an article that stripping did not find is left out."""
    if one.case.is_article and not one.is_found:
        return 0.0
    return KIND_WEIGHTS.get(one.case.kind, 1.0) * (FRENCH_WEIGHT if one.case.language == "fr" else 1.0)


def score(one: StrippedCase, weights: Mapping[str, float]) -> float:
    """Return the log odds that a case is an article."""
    return weights["start"] + sum(weights[name] * value for name, value in (one.features or {}).items())


def learn(seen: Sequence[StrippedCase], assignment: str = "") -> tuple[Weights, list[bool]]:
    """Return the weights to ship, and for each case whether weights learned without its publisher reject it.

    `assignment` assigns the publishers to other folds; the lines are kept by sequence weights of the usual folds.
    """
    fold = [fold_of(assignment + one.case.domain) for one in seen]
    shipped: Weights = {}
    is_rejected = [one.features is None for one in seen]
    for regime in REGIMES:
        places = [place for place, one in enumerate(seen) if one.features is not None and one.regime == regime]
        folds = [fit([seen[place] for place in places if fold[place] != left_out]) for left_out in range(FOLDS)]
        scores = {place: score(seen[place], folds[fold[place]]) for place in places}
        articles = sorted(scores[place] for place in places if seen[place].is_found)
        least = articles[MOST_REJECTED[regime]]
        for place in places:
            is_rejected[place] = scores[place] < least
        shipped[regime] = fit([seen[place] for place in places])
        shipped[regime]["start"] -= least
    return shipped, is_rejected


def write_weights(weights: Weights) -> None:
    """Write the weights with a comment on each feature."""
    lines = [
        "# The weight of each feature of a page; `start` is the constant term. A page whose sum is at least 0 is an article.",
        "# Written by tools/train/page_verdict.py. The features:",
        *(f"# {name}: {meaning}" for name, meaning in PAGE_FEATURES.items()),
    ]
    for regime in REGIMES:
        lines += ["", f"[{regime}]", *(f"{name} = {value:.3f}" for name, value in weights[regime].items())]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Learn from all pages and write the weights."""
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was learned.")
        return 0
    weights, _ = learn(strip_cases(fit_folds()))
    write_weights(weights)
    return 0


if __name__ == "__main__":
    sys.exit(main())
