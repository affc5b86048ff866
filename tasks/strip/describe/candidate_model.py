"""The probability of each candidate, from named features and learned weights.

A conditional logit (McFadden 1974): each candidate's score is the sum of the weights of its features, "none of them"
scores zero, and the probabilities are the softmax over all of these. The weights lie in `candidate_weights.json`, readable, and
are learned by `tools/train/describe.py`; where several candidates of a page look alike,
each gets a low probability, and no value is chosen.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tasks.text.data_files import read_json

Features = frozenset[str]


@cache
def weights(field: str) -> dict[str, float]:
    """Feature → weight for `title`, `published` or `author`; a feature without a weight has weight 0."""
    learned: dict[str, float] = read_json(Path(__file__).with_name("candidate_weights.json"))[field]
    return learned


def weigh(field: str, candidates: Sequence[Iterable[str]]) -> list[float]:
    """The probability of each candidate, given its features; 1 minus their sum is the probability that no candidate is right."""
    known = weights(field)
    scores = [math.fsum(known.get(feature, 0.0) for feature in features) + known["bias"] for features in candidates]
    highest = max([0.0, *scores])
    powers = [math.exp(score - highest) for score in scores]
    total = math.exp(-highest) + sum(powers)
    return [power / total for power in powers]


def bucket(name: str, value: float, edges: tuple[float, ...]) -> str:
    """A number as a named feature: `words<8` when 8 is the first edge above it, `words>=26` beyond the last."""
    return _bucket_names(name, edges)[bisect_right(edges, value)]


@cache
def _bucket_names(name: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    return (*(f"{name}<{edge:g}" for edge in edges), f"{name}>={edges[-1]:g}")
