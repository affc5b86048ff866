"""Cut a sentence into the words and shapes dates are made of, each with what it may mean."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tasks.extract.fr.dates.vocabulary import ACCENTED, Values, Vocabulary, capital, number_classes, ordinal_classes
from tasks.extract.fr.figures.numerals import NUMBER_WORDS, read_number
from tasks.text.folding import fold_text

_SHAPES = r"""
    (?=\d)(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?:t\d\d:\d\d(?::\d\d)?)?(?![\d-]))
    |(?P<numeric>\d{1,2}(?P<mark>[/.-])\ ?\d{1,2}(?:(?P=mark)|(?<=/\d\d),)\ ?(?:\d{4}|\d\d)(?![\d/-]|\.\d)
        |\d{4}/\d{1,2}/\d{1,2}(?![\d/])|\d{1,2}\ (?:1[0-2]|0[1-9])\ (?:19|20)\d\d(?![\d ]))
    |(?P<yearmonth>(?:1[89]|20)\d\d\ ?[/-]\ ?(?:1[0-2]|0?[1-9])(?![\d/-])
        |(?:1[0-2]|0?[1-9])\ {,2}[/-]\ ?(?:19|20)\d\d(?![\d/-]))
    |(?P<clock>\d{1,2}\ ?h\ ?[0-5]\d(?:\ ?m(?:i?n)?)?(?:\ ?\d\d?\ ?s)?(?![\da-z])
        |\d{1,2}:[0-5]\d(?::[0-5]\d)?(?:\ ?[ap]m\b)?(?![\d:]|[.,]\d)|\d{1,2}\ ?[ap]m\b)
    |(?P<hour24>\d{1,2}\ ?h(?![a-z/]))
    |(?P<slash>\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<ordinal>\d+(?:ere|er|ieme|eme|nde|nd|th|rd|st|e)(?![a-z])|\d+\ er(?=\ ))
    |(?P<decimal>\d+[.,]\d+)
    |(?P<number>\d{1,3}(?:\ \d{3})+(?!\d)|\d+))
"""
_ROMAN = r"(?P<roman>[ivx]+\ ?e?r?(?=\ siecle))"


Entry = tuple[str, Values]
_MOST_DIGITS = 18
_COMPOSED = NUMBER_WORDS - {"un", "une"}  # one of these is in every number of several words
_WITHOUT_ACCENT = frozenset(map(fold_text, ACCENTED))


@dataclass(slots=True)
class Token:
    """One word or mark of a sentence, `[start, end)` in the text, with its tag and what it means in each class."""

    start: int
    end: int
    tag: str
    values: Values


class Lexer:
    """Reads sentences into tokens; built once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._phrase_of = {_letters(phrase): phrase for phrase in vocabulary.phrases()}
        # a phrase may be written with or without its hyphens: "avant-hier", "avant hier"
        spelled = "|".join(re.sub(r"[ -]", r"[\\ -]?", phrase).replace("'", "'\\ ?") for phrase in vocabulary.phrases())
        # few sentences hold the beginning of a phrase, and looking for seventy at every word is slow
        self._phrase_starts = frozenset(re.match("[a-z]+", phrase)[0] for phrase in vocabulary.phrases()) | {"siecle"}  # type: ignore[index]
        # English months are months with a capital only (neither "may" nor "august" is a French word)
        plain = {"WORD": True}
        self._words = {
            word: self._entry(plain if values.keys() == {"EMONTH"} else values)
            for word, values in vocabulary.words.items()
        }
        self._capitals = {
            word: self._entry(capital(values))
            for word, values in vocabulary.words.items()
            if values.keys() & {"MONTH", "EMONTH"}
        }
        self._unknown = (self._entry(plain), self._entry({"PLURAL": True}))
        self._mark = self._entry({"OTHER": True})
        self.gap = Token(0, 0, *self._mark)  # stands for words that were not read
        rest = rf"(?P<word>[a-z]+'?)|{_SHAPES}|(?P<other>\S)"  # words first: most tokens are
        self._token = re.compile(rest, re.VERBOSE)
        self._token_or_phrase = re.compile(rf"(?P<phrase>(?:{spelled})(?![a-z]))|{_ROMAN}|{rest}", re.VERBOSE)

    def read(self, text: str, folded: str, start: int, end: int, words: Collection[str]) -> list[Token]:
        """The tokens of `text[start:end]`; `folded` is the whole text, folded, `words` its words from start to end."""
        tokens = []
        pattern = self._token if self._phrase_starts.isdisjoint(words) else self._token_or_phrase
        known = self._words.get
        for match in pattern.finditer(folded, start, end):
            first, last = match.span()
            surface = match[0]
            if match.lastgroup != "word":
                tag, values = self._shape(match.lastgroup or "", surface)
            elif entry := known(surface):
                if surface in _WITHOUT_ACCENT and (accented := text[first:last].lower()) in ACCENTED:
                    entry = known(accented, entry)
                tag, values = (text[first].isupper() and self._capitals.get(surface)) or entry
            else:
                tag, values = self._unknown[len(surface) > 3 and surface[-1] in "sx"]
            tokens.append(Token(first, last, tag, values))
        return tokens if _COMPOSED.isdisjoint(words) else self._with_numbers(folded, tokens)

    def _shape(self, kind: str, surface: str) -> Entry:
        """A phrase, mark or number with its tag."""
        match kind:
            case "phrase":
                return self._words[self._phrase_of[_letters(surface)]]
            case "other":
                return self._words.get(surface) or self._mark
            case "number":
                number = _read_digits(surface.replace(" ", ""))
                digits = len(surface) if len(surface) < 5 and number <= 2200 else 3
                return self._entry(dict.fromkeys(number_classes(number if digits != 3 else 100, digits), number))
            case "ordinal":
                rank = _read_digits(re.sub(r"\D", "", surface))
                return self._entry(dict.fromkeys(ordinal_classes(rank), rank))
        return self._entry({kind.upper(): surface})

    def _entry(self, values: Values) -> Entry:
        return self.vocabulary.tag(frozenset(values)), values

    def _with_numbers(self, folded: str, tokens: list[Token]) -> list[Token]:
        """The same with each run of number words made one number."""
        if sum("NUMWORD" in token.values for token in tokens) < 2:
            return tokens
        merged: list[Token] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            stop = _run_end(folded, tokens, index) if "NUMWORD" in token.values else index + 1
            for end in range(stop, index + 1, -1):
                number = read_number(folded[token.start : tokens[end - 1].end])
                if number is not None:
                    values = dict.fromkeys(number_classes(min(number, 2201), 0), number)
                    token = Token(token.start, tokens[end - 1].end, self.vocabulary.tag(frozenset(values)), values)
                    break
            else:
                end = index + 1
            merged.append(token)
            index = end
        return merged


def _read_digits(digits: str) -> int:
    """The number of these digits, of the first of them where they are too many for a date; Python reads at most 4,300."""
    return int(digits[:_MOST_DIGITS])


def _run_end(folded: str, tokens: list[Token], index: int) -> int:
    """One past the last number word of the run that starts at `index`; "et" and hyphens may stand between two."""
    stop = index + 1
    for place in range(index + 1, len(tokens)):
        if "NUMWORD" in tokens[place].values:
            stop = place + 1
        elif folded[tokens[place].start : tokens[place].end] not in ("-", "et"):
            break
    return stop


def _letters(phrase: str) -> str:
    return re.sub("[^a-z]", "", phrase)
