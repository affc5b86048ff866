"""Learn the weights of tasks/strip/sequence_model.py from annotated pages: `python -m tools.train.strip`.

A conditional random field over blocks, fitted with L-BFGS; blocks that the annotation neither wants nor forbids are
left free, and an error weighs as many words as it costs (softmax margin, Gimpel and Smith 2010).
Needs the development pages (`../shared/bench/strip`); writes tasks/strip/sequence_weights.json.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tasks.strip.sequence_model import INSIDE, STEPS, Binning, Model, write_model
from tools.train.development_data import PAGES
from tools.train.strip_examples import Example, read_examples
from tools.train.strip_terms import model_terms

FOLDS = 4  # of cross-validation
ASSIGNMENTS = 3  # of publishers to folds: results differ with the luck of one assignment
MARGINS = (
    4.0,
    12.0,
)  # the cost, in log odds, of getting every word of a page wrong; weights are the mean of a fit with each
LONGEST_PRICED = 80  # words: a longer block costs no more, so that one block does not decide the page
PENALTY = 0.003  # of the squared weights
ROUNDS = 60
LONGEST_PAGE = 2_500  # blocks


def chain(scores: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log partition of every sequence, and the probability of every step (forward-backward algorithm).

    `scores` has a row for each block and a column for each step; the sequences follow one another, longest first,
    sequence `n` from `offsets[n]`. All sequences take their first step together, then their second, and so on.
    """
    lengths = np.diff(offsets)
    top = scores.max(axis=1)
    steps = np.exp(scores - top[:, None]).T.copy()
    count = len(lengths)
    active = [int(np.searchsorted(-lengths, -at)) for at in range(lengths[0] + 1)]  # sequences longer than `at`
    forward, scales = np.zeros((4, len(scores))), np.ones(len(scores))  # the states before each block
    state = np.zeros((4, count))
    state[0] = 1.0
    for at in range(lengths[0]):
        here = offsets[: active[at]] + at
        b, i, p, a = state[:, : active[at]]
        forward[:, here] = b, i, p, a
        bb, bi, ii, ip, ia, pp, pi, aa = steps[:, here]
        new = np.stack([b * bb, b * bi + i * ii + p * pi, i * ip + p * pp, i * ia + a * aa])
        scale = np.maximum(new.sum(axis=0), 1e-300)
        scales[here] = scale
        state[:, : active[at]] = new / scale
    log_z = np.add.reduceat(top + np.log(scales), offsets[:-1])
    log_z += np.log(np.maximum(state[0] + state[1] + state[3], 1e-300))  # a page does not end in a pause
    after = np.ones((4, count))
    after[2] = 0.0
    joint = np.zeros_like(steps)
    for at in range(lengths[0] - 1, -1, -1):
        here = offsets[: active[at]] + at
        b, i, p, a = after[:, : active[at]]
        bb, bi, ii, ip, ia, pp, pi, aa = steps[:, here]
        fb, fi, fp, fa = forward[:, here]
        b1, i1, i2, p1, a1, p2, i3, a2 = bb * b, bi * i, ii * i, ip * p, ia * a, pp * p, pi * i, aa * a
        joint[:, here] = fb * b1, fb * i1, fi * i2, fi * p1, fi * a1, fp * p2, fp * i3, fa * a2
        new = np.stack([b1 + i1, i2 + p1 + a1, p2 + i3, a2])
        after[:, : active[at]] = new / np.maximum(new.sum(axis=0), 1e-300)
    joint /= np.maximum(joint.sum(axis=0), 1e-300)
    return log_z, joint.T


class Corpus:
    """Examples as one sparse matrix of bins, with the forbidden steps of every block and the cost of wrong ones."""

    def __init__(self, examples: Sequence[Example], binning: Binning) -> None:
        self.examples = sorted(
            (example for example in examples if len(example.blocks) <= LONGEST_PAGE),
            key=lambda example: -len(example.blocks),
        )
        self.offsets = np.concatenate([[0], np.cumsum([len(example.blocks) for example in self.examples])])
        rows = np.concatenate([binning.bin_numbers(example.features).T for example in self.examples])
        self.bins = csr_matrix(
            (np.ones(rows.size, dtype=np.float32), rows.ravel(), np.arange(0, rows.size + 1, rows.shape[1])),
            shape=(len(rows), binning.starts[-1]),
        )
        self.transposed = self.bins.T.tocsr()
        judged = [_price_steps(example) for example in self.examples]
        self.cost = np.concatenate([cost for cost, _ in judged])
        self.forbidden = np.concatenate([forbidden for _, forbidden in judged])
        self.weight = np.array([example.weight for example in self.examples])
        self.margin = MARGINS[0]

    def loss(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the penalised mean loss of the weights, and its gradient."""
        scores = (self.bins @ theta.astype(np.float32).reshape(-1, len(STEPS))).astype(float)
        free_z, free = chain(scores + self.margin * self.cost, self.offsets)
        held_z, held = chain(scores + self.forbidden, self.offsets)
        weight = np.where(held_z > -1e4, self.weight, 0.0)  # else no sequence of states fits the annotation
        gradient = np.repeat(weight, np.diff(self.offsets))[:, None] * (free - held)
        total = self.weight.sum()
        value = float(weight @ (free_z - held_z)) / total + PENALTY * float(theta @ theta)
        back = (self.transposed @ gradient.astype(np.float32)).ravel().astype(float)
        return value, back / total + 2 * PENALTY * theta


_FORBIDDEN = -1e6  # log odds: as good as minus infinity


def _price_steps(example: Example) -> tuple[np.ndarray, np.ndarray]:
    """Return the cost of each step into each block, by the share of words it gets wrong, and the log odds that forbid it."""
    inside = np.array([end == INSIDE for _, end in STEPS])
    wanted = example.wanted[:, None]
    is_wrong = (wanted == 1) & ~inside | (wanted == 0) & inside
    share = np.minimum(example.words, LONGEST_PRICED) / max(1, example.words[example.wanted == 1].sum())
    return is_wrong * share[:, None], np.where(is_wrong, _FORBIDDEN, 0.0)


def fit(examples: Sequence[Example]) -> Model:
    """Return the weights that fit the examples: the mean of two fits, since one fit alone is unstable on a few pages."""
    binning = Binning(model_terms())
    corpus = Corpus(examples, binning)
    fits = []
    for corpus.margin in MARGINS:
        start = np.zeros(binning.starts[-1] * len(STEPS))
        fits.append(minimize(corpus.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)
    return Model(binning, np.mean(fits, axis=0).reshape(-1, len(STEPS)))


def fold_of(domain: str, assignment: int = 0) -> int:
    """Return the fold of a publisher's pages, from 0, under one assignment of publishers to folds."""
    seed = f"{domain}#{assignment}" if assignment else domain
    return int(hashlib.md5(seed.encode()).hexdigest(), 16) % FOLDS


def fit_folds(assignment: int = 0, cache: Path | None = None) -> list[Model]:
    """Return for each fold the weights learned from the pages of all other folds.

    `cache` is a folder in which weights are stored, and read again where they are there.
    """
    files = [cache / f"fold_{assignment}_{fold}.npy" for fold in range(FOLDS)] if cache else []
    if files and all(file.exists() for file in files):
        binning = Binning(model_terms())
        return [Model(binning, np.load(file)) for file in files]
    if not _examples:
        _examples.extend(read_examples())  # once: the processes that fit are forks and share them
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        models = list(pool.map(partial(_fit_without, assignment=assignment), range(FOLDS)))
    for file, model in zip(files, models, strict=False):
        np.save(file, model.weights)
    return models


_examples: list[Example] = []


def _fit_without(fold: int, assignment: int) -> Model:
    started = time.perf_counter()
    learned = fit([example for example in _examples if fold_of(example.domain, assignment) != fold])
    print(
        f"assignment {assignment + 1}, fold {fold + 1} of {FOLDS}: {time.perf_counter() - started:.0f} s",
        file=sys.stderr,
    )
    return learned


def main() -> int:
    """Learn from all examples and write the weights."""
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was learned.")
        return 0
    write_model(fit(list(read_examples())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
