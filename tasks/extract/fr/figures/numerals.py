"""French numbers: in digits, in words (text2num reads those), with their values."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.text.folding import fold_text

_UNITS = "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = "vingt vingts trente quarante cinquante soixante septante huitante octante nonante cent cents"
NUMBER_WORDS = frozenset(fold_text(f"{_UNITS} {_TENS} mille mil").split())

_PLAIN_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS - {"mil"}, key=len, reverse=True)) + ")"
_WORD = rf"(?:{_PLAIN_WORD}|mil(?=[ -]{_PLAIN_WORD}))"  # "mil" alone is millet
WORDS_PATTERN = rf"{_WORD}(?:(?:\ et\ |-et-|[ ]{{1,2}}|-){_WORD})*(?!\w|-(?!tiers|quarts\ d|[a-z]+iemes)[a-z])"
DIGITS_PATTERN = "|".join(
    [
        r"\d{1,3}(?:,\d{3})+\.\d+(?![,\d])",  # 1,234.5: English
        r"\d{1,3}(?:,\d{3}){2,}(?![,\d])",  # 1,234,567: English too; 1,234 is French and little more than one
        r"\d{1,3}(?:'\d{3})+(?!\d)(?:[,.]\d+)?",  # 1'234,5 and 1'234.50: Swiss
        r"\d{1,3}(?:\ \d{3})+(?!\d)(?:,\d+)?",  # 1 234,5
        r"\d{1,3}(?:\.\d{3})+(?![\d])(?:,\d+)?",  # 1.234,5
        r"\d+(?:[.,]\d+)?",
    ]
)
_LETTERS = re.compile("[a-z]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:(?:[ .]\d{3})+(?:,\d+)?|(?:'\d{3})+(?:[,.]\d+)?)")


@lru_cache(maxsize=512)  # dates and figures of one text read the same sentences
def words_of(folded: str, start: int, end: int) -> frozenset[str]:
    """The different words of a sentence."""
    return frozenset(_LETTERS.findall(folded, start, end))


@cache
def read_number(words: str) -> int | None:
    """The value of a run of folded number words ("deux cent trente"); returns None when they are not one number."""
    from text_to_num import text2num

    spelled = " ".join({"une": "un", "mil": "mille"}.get(word, word) for word in words.replace("-", " ").split())
    try:
        return int(text2num(spelled.replace("octante", "huitante").replace("zero", "zéro"), "fr"))
    except ValueError:
        return None


def read_digits(digits: str) -> float:
    """The value of digits as written in French.

    Between thousands stands a space or a stop, in Switzerland an apostrophe; a comma before decimals. Two commas, a comma
    before a stop, or one before three noughts are English thousands.
    """
    if digits.count(",") > 1 or -1 < digits.find(",") < digits.find(".") or digits.endswith(",000"):
        digits = digits.replace(",", "")
    elif _THOUSANDS.fullmatch(digits):
        is_swiss = "'" in digits
        digits = digits.replace("'", "") if is_swiss else digits.replace(" ", "").replace(".", "")
    return float(digits.replace(" ", "").replace(",", "."))
