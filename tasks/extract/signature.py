"""Signatures of texts by which near-duplicates are found without reading the texts again."""

from __future__ import annotations

import re

# A dispatch republished under another headline keeps its wording: four words in a row hardly ever agree by chance.
SHINGLE_WORDS = 4
# 128 functions estimate the likeness of two texts to within about 0.04 (standard error at one half).
COUNT_FUNCTIONS = 128
_WORD = re.compile(r"\w+")


def sign(text: str) -> list[int]:
    """The MinHash signature of a text's word shingles (Broder 1997, through datasketch): `COUNT_FUNCTIONS` integers.

    The share of equal places in two signatures estimates the share of shingles the two texts have in common.
    """
    from datasketch import MinHash

    words = [word.casefold() for word in _WORD.findall(text)]
    shingles = {
        " ".join(words[start : start + SHINGLE_WORDS]) for start in range(max(1, len(words) - SHINGLE_WORDS + 1))
    }
    signature = MinHash(num_perm=COUNT_FUNCTIONS, seed=1)
    signature.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return [int(value) for value in signature.digest()]
