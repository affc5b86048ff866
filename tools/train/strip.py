"""Learn the weights of tasks/strip/sequence.py from annotated pages: `python -m tools.train.strip`.

A conditional random field over blocks, fitted with L-BFGS; blocks that the annotation neither wants nor forbids are
left free, and errors weigh as many words as they cost (softmax margin, Gimpel and Smith 2010).
Needs the development pages (`../shared/bench/strip`); writes tasks/strip/weights.json.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tools.train.shingles import covered, shingles, tokens
from tasks.page.lines import cut_lines
from tasks.strip.blocks import Block, join_blocks
from tasks.strip.features import feature_names, read_features
from tasks.strip.sequence import INSIDE, STEPS, Layout, Model, Term, write_model
from tools.train.silver_pages import label, read_silver, render_page

ROOT = Path(__file__).parents[2]
PAGES = ROOT.parent / "shared" / "bench" / "strip"
STYLES = ("inner", "lite", "insc", "h2t", "bs4")
LEARNED = ("inner", "lite", "h2t", "bs4")  # `insc` differs from `inner` in white space only, and costs as much to learn
COVERED_FROM = 0.85  # a page is used in a style whose dump holds at least this share of its body
FRENCH_WEIGHT = 2.5  # French pages are few and come first
SILVER_WEIGHT = 0.5  # of a page labelled by trafilatura
LEAST_SILVER = 3  # blocks that are surely article
MARGINS = (
    4.0,
    12.0,
)  # what getting every word of a page wrong costs, in log odds; weights are the mean of a fit with each
LONGEST_PRICED = 80  # words: what a longer block costs at most, lest one block be the page
PENALTY = 0.003  # of the squared weights
ROUNDS = 60
LONGEST_PAGE = 2_500  # blocks

_WORDS = (1, 2, 3, 4, 6, 9, 13, 19, 30, 50, 90)
_SHARES = (0.01, 0.1, 0.25, 0.45, 0.7)
_FUNCTION_SHARES = (0.01, 0.12, 0.2, 0.28, 0.36, 0.44, 0.52)
_KINDS = tuple(number + 0.5 for number in range(12))
_MASSES = (1, 15, 40, 80, 160, 320)
_DISTANCES = (0.5, 1.5, 2.5, 4.5, 8.5, 16.5, 40.5, 98.5)
_EDGE = (-20, -6, -3, -2, -1, 10.5, 11.5, 15.5, 16.5, 17.5, 19.5, 20.5, 21.5, 22.5, 23.5, 51.5, 52.5, 53.5, 56.5, 66.5)
EDGES: dict[str, tuple[float, ...]] = {
    "words": _WORDS, "function_share": _FUNCTION_SHARES, "end": _KINDS, "start": _KINDS[:5],
    "capital_share": (0.05, 0.12, 0.2, 0.35, 0.6, 0.9), "digit_share": (0.01, 0.08, 0.2, 0.5), "sentences": (0.5, 1.5, 3.5, 6.5),
    "comma_share": (0.001, 0.04, 0.08, 0.15), "separators": (0.5, 1.5, 3.5), "address": (0.5,), "moment": (0.5,),
    "word_length": (3.5, 4.2, 4.8, 5.5, 6.5, 8), "markup": (0.5, 1.5), "second_person_share": (0.001, 0.03, 0.07, 0.13), "first_person_share": (0.001, 0.04, 0.1), "exclaimed": (0.5, 1.5),
    "quoted": (0.5,), "elided": (0.5,), "chrome_share": _SHARES, "distinct_share": (0.6, 0.75, 0.9, 0.99),
    "repeats": (1.5, 2.5), "is_repeat": (0.5,), "like_before": (0.5, 1.5, 2.5), "prose": (1, 15, 30, 60, 100),
    "prose_before_3": _MASSES, "prose_after_3": _MASSES, "prose_before_8": _MASSES, "prose_after_8": _MASSES,
    "prose_share_before": (0.001, 0.03, 0.1, 0.25, 0.5, 0.7, 0.85, 0.95), "prose_share_after": (0.001, 0.03, 0.1, 0.25, 0.5, 0.7, 0.85, 0.95),
    "chrome_run_before": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5, 20.5), "chrome_run_after": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5, 20.5),
    "segment": (0.5, 1.5), "segment_edge": _EDGE, "segment_overlap": (-0.5, 0.01, 0.1, 0.2, 0.3, 0.45, 0.6),
    "certain": (0.5,), "run_words": (1, 30, 80, 150, 300, 600), "run_headline": (0.01, 0.2, 0.35, 0.5, 0.7), "run_share": (0.01, 0.15, 0.3, 0.5, 0.8, 0.99),
    "run_lead": (0.2, 0.4, 0.6, 0.8, 0.99), "after_cut": _DISTANCES,
    "position": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9), "count_prose": (1.5, 3.5, 6.5, 10.5, 20.5, 40.5),
    "mean_words_before": (2, 4, 7, 12, 20, 30), "mean_words_after": (2, 4, 7, 12, 20, 30),
    "moments_before": (0.5, 1.5, 2.5, 3.5), "moments_after": (0.5, 1.5, 2.5, 3.5), "repeats_near": (1.5, 2.5, 4.5, 9.5),
    "chrome_before": (0.1, 0.6, 1.2, 2.5), "chrome_after": (0.1, 0.6, 1.2, 2.5), "open_run": (0.5, 1.5, 2.5, 3.5, 5.5, 9.5),
    **{name: _DISTANCES for name in ("after_comment", "after_related", "after_offer", "after_share", "after_byline")},
}  # fmt: skip
NEIGHBOURS = {
    "words": (-2, -1, 1, 2), "function_share": (-1, 1), "end": (-1, 1), "start": (1,), "chrome_share": (-2, -1, 1, 2), "moment": (-2, -1, 1, 2),
    "capital_share": (-1, 1), "prose": (-2, -1, 1, 2), "certain": (-2, -1, 1, 2), "run_share": (1,), "sentences": (-1, 1), "second_person_share": (-1, 1), "first_person_share": (-1, 1), "markup": (-1, 1), "like_before": (1, 2), "elided": (-1, 1), "segment_overlap": (-1, 1),
}  # fmt: skip
_COARSE_WORDS = (3, 9, 19, 50)
PAIRS: tuple[tuple[Term, ...], ...] = (
    (Term("words", 0, _WORDS), Term("function_share", 0, (0.12, 0.28, 0.44))),
    (Term("words", 0, _COARSE_WORDS), Term("end", 0, _KINDS)),
    (Term("words", 0, _COARSE_WORDS), Term("chrome_share", 0, _SHARES)),
    (Term("words", 0, _COARSE_WORDS), Term("segment", 0, (0.5, 1.5))),
    (Term("words", 0, _COARSE_WORDS), Term("words", 1, _COARSE_WORDS)),
    (Term("words", 0, _COARSE_WORDS), Term("words", -1, _COARSE_WORDS)),
    (Term("prose", 0, (1, 30, 60)), Term("after_comment", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_related", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_offer", 0, _DISTANCES)),
    (Term("prose", 0, (1, 30, 60)), Term("after_byline", 0, _DISTANCES)),
    (Term("first_person_share", 0, (0.001, 0.04, 0.1)), Term("after_comment", 0, (2.5, 40.5, 98.5))),
    (Term("prose", 0, (1, 30, 60)), Term("segment_overlap", 0, (-0.5, 0.1, 0.25, 0.45))),
    (Term("prose", 0, (1, 30, 60)), Term("prose_share_after", 0, (0.001, 0.1, 0.3, 0.6))),
    (Term("prose", 0, (1, 30, 60)), Term("second_person_share", 0, (0.001, 0.05, 0.1))),
    (Term("chrome_run_before", 0, (0.5, 2.5, 5.5, 12.5)), Term("prose_after_3", 0, (1, 40, 120))),
    (Term("chrome_run_before", 0, (0.5, 2.5, 5.5, 12.5)), Term("prose", 0, (1, 30, 60))),
    (Term("segment", 0, (0.5, 1.5)), Term("chrome_share", 0, _SHARES)),
    (Term("run_headline", 0, (0.01, 0.2, 0.35, 0.5)), Term("run_share", 0, (0.01, 0.3, 0.6, 0.99))),
    (Term("run_share", 0, (0.01, 0.3, 0.6, 0.99)), Term("segment", 0, (0.5, 1.5))),
    (Term("prose", 0, (1, 30, 60)), Term("moments_before", 0, (0.5, 1.5, 2.5, 3.5))),
    (Term("prose", 0, (1, 30, 60)), Term("moments_after", 0, (0.5, 1.5, 2.5, 3.5))),
    (Term("prose", 0, (1, 30, 60)), Term("repeats_near", 0, (1.5, 2.5, 4.5, 9.5))),
    (Term("prose", 0, (1, 30, 60)), Term("chrome_after", 0, (0.1, 0.6, 1.2, 2.5))),
    (Term("markup", 0, (0.5, 1.5)), Term("open_run", 0, (0.5, 1.5, 2.5, 3.5, 5.5, 9.5))),
    (Term("segment", 0, (0.5, 1.5)), Term("open_run", 0, (0.5, 1.5, 2.5, 3.5, 5.5, 9.5))),
    (Term("run_words", 0, (1, 60, 150, 300)), Term("words", 0, _COARSE_WORDS)),
    (Term("run_lead", 0, (0.3, 0.6, 0.99)), Term("run_share", 0, (0.01, 0.3, 0.6, 0.99))),
    (Term("prose", 0, (1, 30, 60)), Term("repeats", 0, (1.5, 2.5))),
    (Term("prose", 0, (1, 30, 60)), Term("after_cut", 0, _DISTANCES)),
)


def model_terms() -> list[tuple[Term, ...]]:
    """Every column of the model, without weights."""
    columns: list[tuple[Term, ...]] = []
    for name in feature_names():
        edges = EDGES.get(name, _SHARES)
        is_lexical = name.startswith("lexicon:")
        columns += [(Term(name, at, edges),) for at in (0, *NEIGHBOURS.get(name, (-1, 1) if is_lexical else ()))]
        if is_lexical:
            columns.append((Term(name, 0, (0.01, 0.25, 0.6)), Term("words", 0, _COARSE_WORDS)))
    return [*columns, *PAIRS]


class Example(NamedTuple):
    """One page in one style: its blocks, what each should be (1 article, 0 not, -1 either), and what it weighs."""

    page_id: str
    domain: str
    language: str
    style: str
    contents: list[str]
    blocks: list[Block]
    wanted: np.ndarray
    words: np.ndarray
    features: np.ndarray
    weight: float


def judge_blocks(blocks: Sequence[Block], gold_text: str, optional: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """What each block should be, and its words. Removing what is optional costs nothing, keeping it twice does."""
    split = [tokens(block.text) for block in blocks]
    counts = np.array([len(words) for words in split])
    flat = [word for words in split for word in words]
    gold_counts = Counter(" ".join(tokens(line)) for line in gold_text.split("\n"))
    spare_counts = Counter(" ".join(tokens(line)) for line in optional)
    spare_shingles: Counter[tuple[str, ...]] = sum((shingles(tokens(part), 4) for part in optional), Counter())
    hit, spare = covered(flat, shingles(tokens(gold_text), 4), 4), covered(flat, spare_shingles, 4)
    wanted = np.zeros(len(blocks), dtype=np.int64)
    used: Counter[str] = Counter()
    at = 0
    for number, words in enumerate(split):
        end, key = at + len(words), " ".join(words)
        share, spare_share = (hit[at:end].mean(), spare[at:end].mean()) if words else (0.0, 0.0)
        used[key] += 1
        if not words:
            wanted[number] = -1
        elif key in spare_counts or (spare_share >= 0.5 and spare_share > share):
            is_first = used[key] <= max(1, spare_counts[key])
            wanted[number] = -1 if is_first and len(words) > 12 else 0
        elif share >= 0.5 or key in gold_counts:
            is_sure = len(words) > 3 or key in gold_counts or share == 1
            wanted[number] = (
                1
                if is_sure and used[key] <= max(gold_counts[key], 1)
                else -1
                if used[key] <= max(gold_counts[key], 1)
                else 0
            )
        elif share > 0.25:
            wanted[number] = -1
        at = end
    return wanted, counts


def read_examples() -> Iterator[Example]:
    """All there is to learn from: annotated pages as dumps and as revue renders their markup, then the others."""
    coverage = json.loads((PAGES / "dump_coverage.json").read_text())
    for row in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(row)
        if not page.get("body_ok"):
            continue
        for style in LEARNED:
            if (coverage.get(page["id"], {}).get(style) or 0) >= COVERED_FROM:
                raw = (PAGES / "dumps" / style / f"{page['id']}.txt").read_text(encoding="utf-8")
                yield _read_annotated(page, style, raw)
        rendered = render_page(PAGES, page)
        if rendered is not None:
            yield _read_annotated(page, "html", rendered)
    for silver in read_silver(PAGES):
        contents, blocks = read_blocks(silver.raw)
        wanted, words = label([block.text for block in blocks], silver)
        if np.count_nonzero(wanted == 1) >= LEAST_SILVER:
            yield _example(silver.page, silver.style, contents, blocks, wanted, words, SILVER_WEIGHT)


def _read_annotated(page: dict[str, Any], style: str, raw: str) -> Example:
    contents, blocks = read_blocks(raw)
    wanted, words = judge_blocks(blocks, page["gold_text"], page.get("gold_optional") or [])
    return _example(page, style, contents, blocks, wanted, words, 1.0)


def _example(
    page: dict[str, Any],
    style: str,
    contents: list[str],
    blocks: list[Block],
    wanted: np.ndarray,
    words: np.ndarray,
    weight: float,
) -> Example:
    language = page["lang"]
    features = read_features([block.text for block in blocks])
    weight *= FRENCH_WEIGHT if language == "fr" else 1.0
    return Example(page["id"], page["domain"], language, style, contents, blocks, wanted, words, features, weight)


def read_blocks(raw: str) -> tuple[list[str], list[Block]]:
    """The contents of a page's lines, and its blocks."""
    spans = cut_lines(raw)
    contents = [raw[start:end].strip() for start, end in spans]
    return contents, join_blocks(contents, [not start or raw[start - 1] in "\r\n" for start, _ in spans])


def chain(scores: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log partition of every sequence, and the probability of every step: `scores` has a row per block, sequences one
    after another, longest first, sequence `n` from `offsets[n]`. All sequences take their first step, then their second."""
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
    """Examples as one sparse matrix of bins, with what every block's steps may be and what mistaking them costs."""

    def __init__(self, examples: Sequence[Example], layout: Layout) -> None:
        self.examples = sorted(
            (example for example in examples if len(example.blocks) <= LONGEST_PAGE),
            key=lambda example: -len(example.blocks),
        )
        self.offsets = np.concatenate([[0], np.cumsum([len(example.blocks) for example in self.examples])])
        rows = np.concatenate([layout.bin_numbers(example.features).T for example in self.examples])
        self.bins = csr_matrix(
            (np.ones(rows.size, dtype=np.float32), rows.ravel(), np.arange(0, rows.size + 1, rows.shape[1])),
            shape=(len(rows), layout.starts[-1]),
        )
        self.transposed = self.bins.T.tocsr()
        judged = [_price_steps(example) for example in self.examples]
        self.cost = np.concatenate([cost for cost, _ in judged])
        self.forbidden = np.concatenate([forbidden for _, forbidden in judged])
        self.weight = np.array([example.weight for example in self.examples])
        self.margin = MARGINS[0]

    def loss(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        """The penalised mean loss of weights, and its gradient."""
        scores = (self.bins @ theta.astype(np.float32).reshape(-1, len(STEPS))).astype(float)
        free_z, free = chain(scores + self.margin * self.cost, self.offsets)
        held_z, held = chain(scores + self.forbidden, self.offsets)
        weight = np.where(held_z > -1e4, self.weight, 0.0)  # else the annotation asks for what the states cannot say
        gradient = np.repeat(weight, np.diff(self.offsets))[:, None] * (free - held)
        total = self.weight.sum()
        value = float(weight @ (free_z - held_z)) / total + PENALTY * float(theta @ theta)
        back = (self.transposed @ gradient.astype(np.float32)).ravel().astype(float)
        return value, back / total + 2 * PENALTY * theta


_FORBIDDEN = -1e6  # log odds


def _price_steps(example: Example) -> tuple[np.ndarray, np.ndarray]:
    """What each step into each block costs by the share of words it gets wrong, and as good as minus infinity where it is wrong."""
    inside = np.array([end == INSIDE for _, end in STEPS])
    wanted = example.wanted[:, None]
    is_wrong = (wanted == 1) & ~inside | (wanted == 0) & inside
    share = np.minimum(example.words, LONGEST_PRICED) / max(1, example.words[example.wanted == 1].sum())
    return is_wrong * share[:, None], np.where(is_wrong, _FORBIDDEN, 0.0)


def fit(examples: Sequence[Example]) -> Model:
    """The weights that fit a set of examples: the mean of two fits, since one alone flips on a few pages."""
    layout = Layout(model_terms())
    corpus = Corpus(examples, layout)
    fits = []
    for corpus.margin in MARGINS:
        start = np.zeros(layout.starts[-1] * len(STEPS))
        fits.append(minimize(corpus.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)
    return Model(layout, np.mean(fits, axis=0).reshape(-1, len(STEPS)))


if __name__ == "__main__":
    write_model(fit(list(read_examples())))
