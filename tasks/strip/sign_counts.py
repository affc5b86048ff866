"""How often the signs of some classes stand in each block of a page: capitals, commas, separators, digits, letters of scripts without spaces.

The signs of all blocks are looked up in one table and counted together: block by block, the same would take five times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

_UPPER, _SPACE, _DIGIT, _COMMA, _SEPARATOR, _MARK, _HYPHEN, _UNSPACED, _HANGUL = (1 << place for place in range(9))
_SIGNS = {
    _COMMA: ",、",
    _SEPARATOR: "|•·›»>/\\→",
    _MARK: ".!?",
    _HYPHEN: "-",
}
_UNSPACED_RANGES = (("\u0e00", "\u0e7f"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"))
_HANGUL_RANGE = ("\uac00", "\ud7af")
_TABLE_SIZE = 1 << 16  # signs beyond are rare, and looked at one by one
_END = "\0"  # between two blocks: in none of the classes


class SignCounts(NamedTuple):
    """Numbers for each block: `capitals` open a word between white space; `digits` are also those in superscript.

    `hyphens` stand between white space, `mark_pairs` are two of `.!?` side by side, `unspaced` are letters of a script without spaces,
    Korean (`hangul`) among them.
    """

    capitals: np.ndarray
    digits: np.ndarray
    commas: np.ndarray
    separators: np.ndarray
    hyphens: np.ndarray
    mark_pairs: np.ndarray
    unspaced: np.ndarray
    hangul: np.ndarray


def count_signs(texts: Sequence[str]) -> SignCounts:
    """The counts of every block, from the texts of all blocks of a page."""
    import numpy as np

    codes = np.frombuffer(_END.join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    classes: np.ndarray = _class_table().take(codes, mode="clip")
    for place in np.flatnonzero(codes >= _TABLE_SIZE).tolist():
        classes[place] = _classify(chr(codes[place]))
    ends = np.cumsum([len(text) + 1 for text in texts])

    def count(is_met: np.ndarray) -> np.ndarray:
        return np.bincount(ends.searchsorted(np.flatnonzero(is_met), side="right"), minlength=len(texts))

    def holds(sign_class: int) -> np.ndarray:
        is_met: np.ndarray = (classes & sign_class) != 0
        return is_met

    is_space, is_mark = holds(_SPACE), holds(_MARK)
    opens_word = np.concatenate([[True], is_space[:-1]])
    opens_word[ends[:-1]] = True
    closes_word = np.concatenate([is_space[1:], [False]])
    return SignCounts(
        count(holds(_UPPER) & opens_word),
        count(holds(_DIGIT)),
        count(holds(_COMMA)),
        count(holds(_SEPARATOR)),
        count(holds(_HYPHEN) & np.concatenate([[False], is_space[:-1]]) & closes_word),
        count(is_mark[:-1] & is_mark[1:]),
        count(holds(_UNSPACED)),
        count(holds(_HANGUL)),
    )


@cache
def _class_table() -> np.ndarray:
    """The classes of the first signs of Unicode, by their code points."""
    import numpy as np

    return np.array([_classify(chr(code)) for code in range(_TABLE_SIZE)], dtype=np.uint16)


def _classify(sign: str) -> int:
    """The classes of a sign, added up."""
    found = sign.isupper() * _UPPER | sign.isspace() * _SPACE | sign.isdigit() * _DIGIT
    found |= sum(sign_class for sign_class, signs in _SIGNS.items() if sign in signs)
    is_hangul = _HANGUL_RANGE[0] <= sign <= _HANGUL_RANGE[1]
    is_unspaced = is_hangul or any(first <= sign <= last for first, last in _UNSPACED_RANGES)
    return found | is_hangul * _HANGUL | is_unspaced * _UNSPACED
