"""Word lists as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """Any of the words, literally, as one regular expression without a group: the longest first.

    Unlike `tasks.text.phrases.alternation` a space is a space: no phrase runs over the end of a line.
    """
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
