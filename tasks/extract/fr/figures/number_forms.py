"""How numbers are written: `number_forms.toml` as look-ups and regular expressions, built once. All of them read folded text."""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.fr.figures.numerals import DIGITS_PATTERN, NUMBER_WORDS, WORDS_PATTERN, read_number, words_of
from tasks.extract.fr.figures.tables import folded, folded_alternation, read_table
from tasks.extract.fr.figures.units import measures

_WRITING = read_table("number_forms")
SCALES: dict[str, float] = folded(_WRITING["scale"]["words"])
SIGNS_OF_SCALE = frozenset(word for word in SCALES if len(word) <= 3)
APPROXIMATE: dict[str, list[float]] = folded(_WRITING["approximate"]["words"])
_FRACTIONS: dict[str, float] = folded(_WRITING["fraction"]["words"])
TIMES = {"deux": 2, "trois": 3, "quatre": 4}

# at most sixteen words: without a limit two of these in a row try every way to divide a run of number words
_words = WORDS_PATTERN.replace("\\ ", "[ ]").replace(")*(?!", "){0,15}(?!")
_MACROS = {"{digits}": DIGITS_PATTERN, "{words}": WORDS_PATTERN, "{approximate}": folded_alternation(APPROXIMATE)}
# the first letters of numbers and of the words directly before them: most positions are skipped at once
_BEGINNINGS = sorted({word[:3] for word in [*NUMBER_WORDS, *APPROXIMATE]} | {"moi", "qu", "dem", "tie"})
_SIGNS = "us|ca|hk|aud|a ?\\$|gbp|eur|chf".replace(" ", "\\ ")


def _number_pattern() -> str:
    forms = "|".join(rule["pattern"] for rule in _WRITING["number"])
    for macro, pattern in _MACROS.items():
        forms = forms.replace(macro, pattern)
    guard = (
        rf"(?:\b(?=\d|{'|'.join(_BEGINNINGS)}|{_SIGNS})|(?=[-−$€£¥₹₽]))(?<![\w.,/:])(?<![^du]')(?<![a-z]-)(?<!\d[ ])"
    )
    before = rf"(?P<sign>{_WRITING['sign']['pattern']})?(?P<prefix>{_WRITING['currency_before']['pattern']})?"
    return f"{guard}{before}(?:{forms})"


NUMBER = re.compile(_number_pattern(), re.VERBOSE)
_part = rf"(?P<part>{folded_alternation(_FRACTIONS)}|(?:{_words}[ -](?:et[ -])?)?[a-z]+(?:-[a-z]+)*iemes?)"
AND_A_PART = re.compile(
    rf" et demie?(?![\w-])| et (?P<words>{_words}) {_part}(?!\w)|(?: et |  ?)(?P<over>\d{{1,2}})/(?P<under>\d{{1,2}})(?![\d/])"
)
# what may follow hours and minutes: "2 h 5 min 3 s"
SMALLER_UNITS = {
    "h": re.compile(
        r",? (?:et )?(?P<min>\d{1,2}) ?(?:min|mn|minutes?)(?!\w)(?:,? (?:et )?(?P<s>\d{1,2}) ?(?:s|sec|secondes?)(?!\w))?"
    ),
    "min": re.compile(r",? (?:et )?(?P<s>\d{1,2}) ?(?:s|sec|secondes?)(?!\w)"),
}
AND_HALF = re.compile(r" et demie?(?![\w-])")
WORD_END = re.compile(r"$|[^\w€$£'’]")
UNIT_END = re.compile(r"[^\w'’/-]|(?<=[€$£])\d\d(?!\d)|(?<=[€$£s])/(?=[a-z])")
DECIMALS = re.compile(rf" virgule (?P<decimals>{_words})")
_SCALE_WORDS = folded_alternation(word for word in SCALES if word != "m")
SCALE = re.compile(
    rf"[ ]{{0,2}}(?:(?<=[a-z] )(?:de )?)?(?P<scale>(?:{_SCALE_WORDS})(?![\w'])|m(?= ?[€$£]| d'euros| euros))"
)
OF_THINGS = re.compile(r" d(?:'|e )(?!l'|la |les )|$")
ORDINAL_TAIL = re.compile(r"[ -]((?:et )?[a-z]+(?:-[a-z]+)*ieme|secondes?)(?!\w)")
FRACTION = re.compile(
    rf"[ -]{_part}(?![\w-]| de finale| d'heure| temps)(?=(?P<of> de (?P<scale>millions?|milliards?)(?!\w))?)"
    r"(?:(?<=tiers)|(?<=quarts)|(?<!demi)(?= d)|(?= ?[,.;!?)]|$| (?:a|au|aux|en|et|ont|ou|par|pour|qui|se|sont)(?!\w)))"
)
GAP = re.compile(r" {0,2}(?:(?:de|en) |d')?-?")
WORDISH = re.compile(r"[^\W\d]+(?:/[a-z]+|[23²³])?|%|€|£|¥|₹|₽|[a-z]*\$|°(?: ?[cfk](?![a-z]))?|\d{3}(?!\d)|\.")
NOUN = re.compile(r" (?P<de>de |d')?(?P<noun>[a-z]{2,}(?:[-·\u00ad][a-z]+)*)(?![a-z'])")
OUT_OF = re.compile(rf" sur (?:les )?(?:(?P<digits>\d+)(?![\d,.]\d)|(?P<words>{_words}))")
_price_end = r"[.;!?)](?!\d)|,(?!\d)|$| (?:a|au|aux|chez|contre|de|en|et|la|le|ou|par|pour|sur)(?!\w)"
SUBUNITS = re.compile(
    rf"(?:(?<=[€$£]) ?|(?<=\bfr)\. ?| )(?:et )?(?P<cents>\d\d?|{_words})(?: (?:centimes?|cents?|pence)(?!\w)|(?<=[a-z\d]{{2}})(?={_price_end}))"
)
_ONE_OF = re.compile(
    rf"une? (?:{folded_alternation([*SCALES, *_FRACTIONS, *(word.split(' ')[0] for word, (kind, _) in measures().items() if kind in ('money', 'scaled_money', 'percent') and word[0].isalpha())])}"
    rf"|demi-|pour|virgule|(?:[a-z]+ )?et demi|(?:[a-z-]+ ){{0,3}}sur|{_words} (?:et )?[a-z]+iemes?|[a-z-]+ieme)"
)
_DIGIT = re.compile(r"\d")
_TRIGGERS = (
    NUMBER_WORDS | {f"{word}{end}" for word in APPROXIMATE for end in ("", "s")} | {"demi", "moitie", "quart", "tiers"}
) - {"un", "une"}


def has_number(folded: str, start: int, end: int) -> bool:
    """Whether a sentence can hold a figure at all; asked first, because most do not."""
    if _DIGIT.search(folded, start, end):
        return True
    words = words_of(folded, start, end)
    if not _TRIGGERS.isdisjoint(words):
        return True
    if ("un" in words or "une" in words) and _ONE_OF.search(folded, start, end):
        return True
    return end - start < 60 and any(ordinal in folded[start:end] for ordinal in ("ieme", "premier", "second"))


@cache
def measure_starts() -> frozenset[str]:
    """First words of units and currencies: most numbers have no unit, and one look-up shows it."""
    return frozenset(match[0] for name in measures() if (match := WORDISH.search(name)))


def is_article(folded: str, match: re.Match[str]) -> bool:
    """Whether the number word at a match is an article: "un" before anything but a share, a scale or money."""
    return match["words"] in ("un", "une") and not _ONE_OF.match(folded, match.start("words"))


def currency_of(sign: str) -> str | None:
    """The ISO 4217 code of a sign written before the number."""
    kind, code = measures().get(sign.replace(" ", ""), ("", ""))
    return code if kind == "money" else None


_ONES = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2}


@cache
def rank_of(word: str) -> int | None:
    """The place an ordinal names: "12e", "troisième", "deux centième"."""
    if word[0].isdigit():
        return int("".join(filter(str.isdigit, word)))
    if word in _ONES:
        return _ONES[word]
    stem = re.sub(r"iemes?$", "", word)
    if stem == word:
        stem = re.sub(r"(?<=[ -])secondes?$", "deux", word)
    stem = stem.removesuffix("u") if stem.endswith("qu") else stem.replace("neuv", "neuf")
    return None if stem == word else read_number(stem) or read_number(stem + "e")


@cache
def part_of_one(word: str) -> float | None:
    """The share of one that a word like "tiers" or "cinquièmes" names."""
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    whole = rank_of(word.removesuffix("s")) if word.removesuffix("s").endswith("ieme") else None
    return 1 / whole if whole and whole > 2 else None
