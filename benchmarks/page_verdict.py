"""How well pages that are no article are told apart: `python benchmarks/judge.py`, exit status 1 when a floor is missed.

`--write` also learns tasks/strip/article_weights.toml: a logistic regression over the signs of tasks/strip/signs.py for
pages of few and of many paragraphs, with the lines kept by sequence weights that have not seen the page's
publisher. Rejecting an article is the worse error: the point from which a page is accepted is the highest that
rejects only `MOST_REJECTED` of the articles. `--shipped` takes the shipped sequence weights, quick and too good.
Needs the development pages in ../shared/bench/strip.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from tools.train.page_kinds import ARTICLES, OTHERS, Case, read_cases
from tools.train.shingles import covered, shingles, tokens
from benchmarks.strip import FOLDS, learn_folds
from tasks.strip import sequence, strip_html, strip_text
from tasks.strip.article import WEIGHTS_FILE, judge
from tasks.strip.sequence import Model
from tasks.strip.signs import SIGNS, count_words, paragraphs_of, read_signs, regime_of
from tools.train.strip import FRENCH_WEIGHT, PAGES

FLOORS_FILE = Path(__file__).with_name(f"{Path(__file__).stem}_limits.toml")
REGIMES = ("few", "many")
MOST_REJECTED = {"few": 2, "many": 4}  # articles and briefs whose text was found, of all styles, cross-validated
PENALTY = 1e-3  # of the squared weights of standardised signs
KIND_WEIGHTS = {"article": 2.0, "brief": 2.0, "above": 0.5, "below": 0.7}
_ACCEPT = {regime: {"start": 1.0} for regime in REGIMES}

Weights = dict[str, dict[str, float]]


class Seen(NamedTuple):
    """A case after stripping: its signs (None where it is rejected without them), and whether its article was found."""

    case: Case
    regime: str
    signs: dict[str, float] | None
    is_found: bool


def see(case: Case) -> Seen:
    page = (strip_html if case.style == "html" else strip_text)(case.content)
    slim, is_found = case._replace(content="", body=""), _is_found(case, page.text)
    if judge(page.text, page.lines, page.description.title, weights=_ACCEPT).reason is not None:
        return Seen(slim, "few", None, is_found)
    filled = [line for line in page.lines if line.kind != "blank"]
    places = [place for place, line in enumerate(filled) if line.is_kept]
    paragraphs = paragraphs_of([filled[place] for place in places])
    signs = read_signs(filled, places, paragraphs, count_words(page.text), page.description.title)
    return Seen(slim, regime_of(paragraphs), signs, is_found)


def _is_found(case: Case, text: str) -> bool:
    """Whether what is kept is the article: half of it is, and of a brief half of what is kept is nothing else."""
    body, kept = tokens(case.body), tokens(text)
    if not case.is_article or not body or not kept:
        return False
    is_there = covered(body, shingles(kept, 4), 4).mean() >= 0.5
    return bool(is_there and (case.kind == "article" or covered(kept, shingles(body, 4), 4).mean() >= 0.5))


def see_all(models: Sequence[Model] | None) -> list[Seen]:
    shipped, seen = sequence.load_model, []
    for case in read_cases():
        if models:
            sequence.load_model = lambda model=models[case.fold]: model  # type: ignore[assignment,misc]
        seen.append(see(case))
    sequence.load_model = shipped
    return seen


def fit(seen: Sequence[Seen]) -> dict[str, float]:
    """The weights of signs that part articles from other pages, by sign, and `start`."""
    matrix = np.array([[one.signs[name] for name in SIGNS] for one in seen if one.signs])
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
    return dict(zip(("start", *SIGNS), [float(theta[-1] - learned @ mean), *map(float, learned)], strict=True))


def _weight(one: Seen) -> float:
    """French pages count more, and an article that stripping did not find says nothing of articles."""
    if one.case.is_article and not one.is_found:
        return 0.0
    return KIND_WEIGHTS.get(one.case.kind, 1.0) * (FRENCH_WEIGHT if one.case.language == "fr" else 1.0)


def score(one: Seen, weights: Mapping[str, float]) -> float:
    return weights["start"] + sum(weights[name] * value for name, value in (one.signs or {}).items())


def learn(seen: Sequence[Seen]) -> tuple[Weights, list[bool]]:
    """The weights to ship, and what of each case they decide when learned without its publisher."""
    shipped: Weights = {}
    is_rejected = [one.signs is None for one in seen]
    for regime in REGIMES:
        places = [place for place, one in enumerate(seen) if one.signs is not None and one.regime == regime]
        folds = [fit([seen[place] for place in places if seen[place].case.fold != fold]) for fold in range(FOLDS)]
        scores = {place: score(seen[place], folds[seen[place].case.fold]) for place in places}
        articles = sorted(scores[place] for place in places if seen[place].is_found)
        least = articles[MOST_REJECTED[regime]]
        for place in places:
            is_rejected[place] = scores[place] < least
        shipped[regime] = fit([seen[place] for place in places])
        shipped[regime]["start"] -= least
    return shipped, is_rejected


def write_weights(weights: Weights) -> None:
    lines = [
        "# How much each sign speaks for a page being an article; `start` is the sum to begin with, from 0 up it is one.",
        "# Written by benchmarks/judge.py --write. What the signs are:",
        *(f"# {name}: {meaning}" for name, meaning in SIGNS.items()),
    ]
    for regime in REGIMES:
        lines += ["", f"[{regime}]", *(f"{name} = {value:.3f}" for name, value in weights[regime].items())]
    WEIGHTS_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shares(seen: Sequence[Seen], is_rejected: Sequence[bool]) -> dict[str, dict[str, tuple[int, int]]]:
    """Rejected and all, by language and kind; `article` and `brief` twice: all, and those whose text was found."""
    table: dict[str, dict[str, tuple[int, int]]] = {}
    for language in ("fr", "all"):
        for kind in (*ARTICLES, *(f"{kind} found" for kind in ARTICLES), *OTHERS):
            name, _, found = kind.partition(" ")
            chosen = [
                rejected
                for one, rejected in zip(seen, is_rejected, strict=True)
                if one.case.kind == name
                and (language == "all" or one.case.language == "fr")
                and (not found or one.is_found)
            ]
            table.setdefault(language, {})[kind] = (sum(chosen), len(chosen))
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help="with the shipped sequence weights")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all pages")
    arguments = parser.parse_args()
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing measured.")
        return 0
    seen = see_all(None if arguments.shipped else learn_folds())
    weights, is_rejected = learn(seen)
    if arguments.write:
        write_weights(weights)
    floors = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    missed = []
    print(f"{'language':10}{'kind':20}{'pages':>6}{'rejected':>10}{'share':>8}{'limit':>8}")
    for language, kinds in shares(seen, is_rejected).items():
        for kind, (rejected, count) in kinds.items():
            limit = floors.get(language, {}).get(kind)
            share = rejected / max(1, count)
            print(f"{language:10}{kind:20}{count:6}{rejected:10}{share:8.3f}{'' if limit is None else limit:>8}")
            if limit is not None and (share > limit if kind.split()[0] in ARTICLES else share < limit):
                missed.append(f"{language} {kind}: {share:.3f} is beyond {limit}")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
