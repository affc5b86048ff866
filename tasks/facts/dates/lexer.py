"""Cut a sentence into the words and shapes dates are made of, each with what it may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.facts.dates.vocabulary import ACCENTED, Values, Vocabulary, capital, number_classes, ordinal_classes
from tasks.facts.figures.numerals import read_number

_SHAPES = r"""
    (?P<iso>\d{4}-\d{1,2}-\d{1,2}(?:t\d\d:\d\d(?::\d\d)?)?(?![\d-]))
    |(?P<numeric>\d{1,2}(?P<mark>[/.-])\ ?\d{1,2}(?:(?P=mark)|,)\ ?(?:\d{4}|\d\d)(?![\d/-]|\.\d)
        |\d{4}/\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<yearmonth>(?:1[89]|20)\d\d\ ?[/-]\ ?(?:1[0-2]|0?[1-9])(?![\d/-])
        |(?:1[0-2]|0?[1-9])\ {,2}[/-]\ ?(?:19|20)\d\d(?![\d/-]))
    |(?P<clock>\d{1,2}\ ?h\ ?[0-5]\d(?:\ ?m(?:i?n)?)?(?:\ ?\d\d?\ ?s)?(?![\da-z])
        |\d{1,2}:[0-5]\d(?::[0-5]\d)?(?:\ ?[ap]m\b)?(?![\d:])|\d{1,2}\ ?[ap]m\b)
    |(?P<hour24>\d{1,2}\ ?h(?![a-z/]))
    |(?P<slash>\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<ordinal>\d+(?:ere|er|ieme|eme|nde|nd|th|rd|st|e)(?![a-z])|\d+\ er(?=\ ))
    |(?P<decimal>\d+[.,]\d+)
    |(?P<number>\d{1,3}(?:\ \d{3})+(?!\d)|\d+)
    |(?P<roman>[ivx]+\ ?e?r?(?=\ siecle))
"""


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
        self._token = re.compile(
            rf"{_SHAPES}|(?P<phrase>(?:{spelled})(?![a-z]))|(?P<word>[a-z]+'?)|(?P<other>\S)", re.VERBOSE
        )

    def read(self, text: str, folded: str, start: int, end: int) -> list[Token]:
        """The tokens of `text[start:end]`; `folded` is the whole text, folded."""
        tokens = []
        for match in self._token.finditer(folded, start, end):
            written = text[match.start() : match.end()]
            surface = written.lower() if written.lower() in ACCENTED else match[0]
            values = self._values(match.lastgroup or "", surface, written[0].isupper())
            tokens.append(Token(match.start(), match.end(), self.vocabulary.tag(frozenset(values)), values))
        return self._with_numbers(folded, tokens)

    def _values(self, kind: str, surface: str, is_capital: bool) -> Values:
        match kind:
            case "number":
                number = int(surface.replace(" ", ""))
                digits = len(surface) if len(surface) < 5 and number <= 2200 else 3
                return dict.fromkeys(number_classes(number if digits != 3 else 100, digits), number)
            case "ordinal":
                rank = int(re.sub(r"\D", "", surface))
                return dict.fromkeys(ordinal_classes(rank), rank)
            case "word" | "phrase" | "other":
                return self._word_values(kind, surface, is_capital)
        return {kind.upper(): surface}

    def _word_values(self, kind: str, surface: str, is_capital: bool) -> Values:
        word = self._phrase_of[_letters(surface)] if kind == "phrase" else surface
        values = self.vocabulary.words.get(word)
        if values is None:
            if kind == "other":
                return {"OTHER": surface}
            return {"PLURAL" if surface[-1] in "sx" and len(surface) > 3 else "WORD": surface}
        if is_capital and "MONTH" in values:
            return capital(values)
        if not is_capital and "EMONTH" in values and len(values) == 1:
            return {"WORD": surface}
        return values

    def _with_numbers(self, folded: str, tokens: list[Token]) -> list[Token]:
        """The same with each run of number words made one number."""
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


