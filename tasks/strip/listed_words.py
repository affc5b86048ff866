"""How many words of each block of a page are in the lists of the lexicon, counted for all blocks at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.certain_phrases import certain_words
from tasks.strip.lexicon import load_lexicon

if TYPE_CHECKING:
    import numpy as np

_FUNCTION, _SECOND_PERSON, _FIRST_PERSON, _CHROME, _CERTAIN, _OPENING = (1 << place for place in range(6))


class ListedWords(NamedTuple):
    """Numbers for each block: its function words, words of a person, and words by which phrases are found.

    A block without `chrome` holds no phrase of boilerplate. `may_be_certain`: not without a word of a phrase that decides alone.
    """

    functions: np.ndarray
    second_person: np.ndarray
    first_person: np.ndarray
    chrome: np.ndarray
    may_be_certain: np.ndarray


def count_listed(words: Sequence[Sequence[str]], lengths: np.ndarray) -> ListedWords:
    """The counts of every block, from the words of all blocks of a page and their numbers."""
    import numpy as np

    flat = chain.from_iterable(words)
    lists = np.fromiter(map(_lists_of_words().get, flat, repeat(0)), dtype=np.uint8, count=int(lengths.sum()))
    block = np.repeat(np.arange(len(words)), lengths)
    opens_block = np.diff(block, prepend=-1) != 0

    def count(is_listed: np.ndarray) -> np.ndarray:
        return np.bincount(block[is_listed != 0], minlength=len(words))

    return ListedWords(
        count(lists & _FUNCTION),
        count(lists & _SECOND_PERSON),
        count(lists & _FIRST_PERSON),
        count(lists & _CHROME),
        count((lists & _CERTAIN) | (lists & _OPENING) * opens_block),
    )


@cache
def _lists_of_words() -> dict[str, int]:
    """The lists that hold a word, added up."""
    lexicon = load_lexicon()
    anywhere, openings = certain_words()
    found: dict[str, int] = {}
    for one, words in (
        (_FUNCTION, lexicon.function_words),
        (_SECOND_PERSON, lexicon.second_person),
        (_FIRST_PERSON, lexicon.first_person),
        (_CHROME, lexicon.phrases.rarest_words),
        (_CERTAIN, anywhere),
        (_OPENING, openings),
    ):
        for word in words:
            found[word] = found.get(word, 0) | one
    return found
