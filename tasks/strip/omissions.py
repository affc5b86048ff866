"""What it is worth that the readings of a page leave a block out, where they leave out much of its prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.strip.feature_table import feature_numbers

if TYPE_CHECKING:
    import numpy as np

BESIDE = -5.0  # log odds of a line that the markup places beside the article, unless every reading takes it
_LEAST_TAKEN = 0.6  # of the words of the page's best segment of prose and of what was taken
_SOFTENED = 0.3  # factor of the log odds (measured, cross-validated by publisher)


def soften_omissions(evidence: Sequence[float], features: np.ndarray) -> list[float]:
    """The log odds of the blocks, those against a block reduced where the readings took little of the best segment.

    A reading that took one part of a page whose prose goes on has likely missed the other parts.
    """
    import numpy as np

    numbers, odds = feature_numbers(), np.array(evidence)
    words, prose, segment = (features[:, numbers[name]] for name in ("words", "prose", "segment"))
    is_taken = odds > 0
    is_expected = is_taken | ((segment == 1) & (prose > 0) & (odds > BESIDE))
    if words[is_taken].sum() >= _LEAST_TAKEN * words[is_expected].sum():
        return list(evidence)
    softened: list[float] = np.where((odds < 0) & (odds > BESIDE), _SOFTENED * odds, odds).tolist()
    return softened
