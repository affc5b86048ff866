"""Bands of texts by which near copies are found without comparing all texts (locality-sensitive hashing)."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any

# Two long words in a row survive changed words better than longer shingles: where one word in five differs, half of them
# remain. Pairs of function words, which all texts of a language share, are left out with the short words.
SHINGLE_WORDS = 2
LEAST_LETTERS = 4
# Two texts agree in a band when all its minima are equal. Of two texts that share 42 % of their pairs (one word in five
# differs) 97 % agree in one band at least, of two that share 1 % fewer than one in ten thousand.
COUNT_BANDS = 48
BAND_ROWS = 3
_WORD = re.compile(r"\w+")


def band_rows(doc_id: str, text: str) -> list[dict[str, Any]]:
    """The rows of the table `bands` of a document."""
    return [{"doc_id": doc_id, "band_no": number, "band": band} for number, band in enumerate(sign(text), 1)]


def sign(text: str) -> list[int]:
    """The bands of a text's MinHash signature (Broder 1997, Indyk and Motwani 1998, through datasketch), 64 bits each.

    Two texts with a band in common are candidates for near copies. Where a text has fewer than two long words, its shingles
    are made of all its words.
    """
    from datasketch import MinHash

    words = [word.casefold() for word in _WORD.findall(text)]
    long = [word for word in words if len(word) >= LEAST_LETTERS]
    words = long if len(long) >= SHINGLE_WORDS else words
    shingles = {
        " ".join(words[start : start + SHINGLE_WORDS]) for start in range(max(1, len(words) - SHINGLE_WORDS + 1))
    }
    minhash = MinHash(num_perm=COUNT_BANDS * BAND_ROWS, seed=1)
    minhash.update_batch([shingle.encode() for shingle in sorted(shingles)])
    rows = minhash.digest().reshape(COUNT_BANDS, BAND_ROWS)
    return [_hash_band(number, row.tobytes()) for number, row in enumerate(rows)]


def _hash_band(number: int, minima: bytes) -> int:
    """The minima of a band as one number, which differs from that of the same minima in another band."""
    return int.from_bytes(blake2b(minima, digest_size=8, salt=number.to_bytes(2, "big")).digest(), "big")
