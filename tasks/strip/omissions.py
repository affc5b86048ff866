"""What it is worth that the readings of a page leave a block out, where they leave out much of its prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.strip.feature_table import feature_numbers

if TYPE_CHECKING:
    import numpy as np

BESIDE = -5.0  # log odds of a line that the markup places beside the article, unless every reading takes it
_LEAST_TAKEN = 0.6  # of the words of the page's best segment of prose and of what was taken
_SOFTENED = 0.3  # factor of the log odds where little was taken (measured, cross-validated by publisher)
_LEAD = 6  # blocks above the first one taken, among which a standfirst stands
_SOFTENED_LEAD = 0.4  # factor of the log odds of its prose (measured in the same way)


def soften_omissions(evidence: Sequence[float], features: np.ndarray) -> list[float]:
    """The log odds of the blocks, those against a block reduced where its omission says little.

    A reading that took one part of a page whose prose goes on has likely missed the other parts, and readings often
    leave out the standfirst above the body.
    """
    import numpy as np

    numbers, odds = feature_numbers(), np.array(evidence)
    words, prose, segment = (features[:, numbers[name]] for name in ("words", "prose", "segment"))
    is_taken, is_left = odds > 0, (odds < 0) & (odds > BESIDE)
    if not is_taken.any():
        return list(evidence)
    is_expected = is_taken | ((segment == 1) & (prose > 0) & (odds > BESIDE))
    factors = np.ones(len(odds))
    if words[is_taken].sum() < _LEAST_TAKEN * words[is_expected].sum():
        factors[is_left] = _SOFTENED
    first = int(is_taken.argmax())
    lead = slice(max(first - _LEAD, 0), first)
    factors[lead][is_left[lead] & (prose[lead] > 0)] *= _SOFTENED_LEAD
    softened: list[float] = (odds * factors).tolist()
    return softened
