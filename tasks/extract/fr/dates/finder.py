"""Find the dates of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from tasks.extract.fr.dates.agreement import in_context
from tasks.extract.fr.dates.builders.hours import day_at_hours, from_article
from tasks.extract.fr.dates.date_value import BUILDERS, NO_DATE, Context, DateValue
from tasks.extract.fr.dates.grammar import RuleIndex, RuleMatch, grammar, index_rules, reduce, value_classes
from tasks.extract.fr.dates.lexer import Lexer, Token
from tasks.extract.fr.dates.tense import clue_at
from tasks.extract.fr.dates.vocabulary import months_in_full, triggers
from tasks.extract.fr.figures.numerals import words_of
from tasks.text.folding import fold_text
from warehouse.facts import DateMention, Sentence

Span = tuple[int, int]
_REACH = 40  # characters on either side of such a word that an expression can take in, or a rule can look at
_FIGURES = re.compile(
    r"\d(?:\d\d\d(?!\d)| ?h(?![a-z])|:\d\d| ?[/.-] ?\d| ?[ap]m\b|(?<=partir du \d)|(?<=jusqu'au \d)|\d?(?<=\ble \d\d)(?=,)|(?<=\ble \d)(?=,))"
)
_SUMMER = re.compile(r"(?:cet |l'|d'|-)ete\b|\bete (?:\d|dernier|prochain|suivant|precedent)")


def find_dates(text: str, sentences: Sequence[Sentence], *, published_at: datetime | date | None) -> list[DateMention]:
    """The temporal expressions of a French text as intervals of days, in order; positions in code points of `text`.

    `published_at` anchors what is relative; without it such an expression stays unresolved and its `timex` has what
    is known. Recurrences, durations, and dates that are parts of names are not dates.
    """
    folded = fold_text(text)
    moment = published_at if isinstance(published_at, datetime) else None
    context = Context(moment.date() if moment else published_at, moment)
    found: list[tuple[Token, DateValue]] = []
    for sentence in sentences:
        words = words_of(folded, sentence.start_char, sentence.end_char)
        if pieces := _pieces(folded, sentence, words):
            found += _in_sentence(text, folded, sentence, pieces, words, context)
    settled = in_context([value for _, value in found], context.published)
    return [_mention(text, token, value) for (token, _), value in zip(found, settled, strict=True)]


def _pieces(folded: str, sentence: Sentence, words: frozenset[str]) -> list[Span]:
    """The parts of a sentence worth reading: around each word or digit without which there is no date.

    Most sentences have none.
    """
    start, end = sentence.start_char, sentence.end_char
    places = [match.span() for match in _FIGURES.finditer(folded, start, end)]
    for word in triggers() & words:
        place = folded.find(word, start, end)
        while place >= 0:
            places.append((place, place + len(word)))
            place = folded.find(word, place + 1, end)
    if "ete" in words:
        places += [(start, start + 3)] if folded.startswith(("ete ", "ete,"), start) else []
        places += [match.span() for match in _SUMMER.finditer(folded, start, end)]
    pieces: list[Span] = []
    for first, last in sorted(places):
        left = folded.rfind(" ", start, max(start, first - _REACH)) + 1 or start
        right = folded.find(" ", min(end, last + _REACH), end)
        right = end if right < 0 else right
        if pieces and left <= pieces[-1][1]:
            pieces[-1] = pieces[-1][0], max(right, pieces[-1][1])
        else:
            pieces.append((left, right))
    return pieces


@cache
def _stages() -> tuple[Lexer, list[RuleIndex]]:
    lexer, rules = grammar()
    stages = sorted({rule.stage for rule in rules})
    return lexer, [index_rules([rule for rule in rules if rule.stage == stage]) for stage in stages]


def _in_sentence(
    text: str, folded: str, sentence: Sentence, pieces: list[Span], words: frozenset[str], context: Context
) -> list[tuple[Token, DateValue]]:
    lexer, stages = _stages()
    tokens = [] if pieces[0][0] == sentence.start_char else [lexer.gap]
    for piece in pieces:
        tokens += lexer.read(text, folded, *piece, words)
        if piece[1] < sentence.end_char:
            tokens.append(lexer.gap)

    def read(found: RuleMatch, tokens: list[Token]) -> Token | None:
        start, end = tokens[found.start].start, tokens[found.end - 1].end
        context.clue = lambda: clue_at(text, sentence, start, end)
        try:
            value = BUILDERS[found.rule.build](found, context)
        except (OverflowError, ValueError):  # a day before the year 1 or after 9999
            return None
        if value is None:
            return None
        if value is NO_DATE:
            return Token(start, end, lexer.vocabulary.tag(frozenset({"OTHER"})), {"OTHER": ""})
        if found.rule.stage == 1:
            _remember(value, context)
        return _token(start, end, value, lexer)

    for number, rules in enumerate(stages):
        tokens = reduce(tokens, rules, read)
        if number == 0 and not any("VALUE" in token.values for token in tokens):
            return []  # later stages only join what the first has found
    dated = [token for token in tokens if "VALUE" in token.values]
    days = [token.values["VALUE"] for token in dated if token.values["VALUE"].grain in ("day", "part_of_day")]
    return [(token, _bound(token.values["VALUE"], days, context)) for token in dated]


def _token(start: int, end: int, value: DateValue, lexer: Lexer) -> Token:
    classes = value_classes(value.grain)
    values: dict[str, Any] = dict.fromkeys(classes, value)
    return Token(start, end, lexer.vocabulary.tag(classes), values | {"VALUE": value})


def _remember(value: DateValue, context: Context) -> None:
    """What later words of the text are counted from ("la veille", "deux ans plus tard")."""
    if value.first is None:
        return
    context.named = value
    if value.grain in ("day", "part_of_day"):
        context.day = value


def _bound(value: DateValue, days: Sequence[DateValue], context: Context) -> DateValue:
    """A clock time without a day belongs to the day its sentence names, if it names exactly one; `days` are those it names."""
    is_nightly = len(value.hours) == 2 and value.hours[1] < value.hours[0]  # "entre 22 heures et 7 heures", every night
    if value.grain == "clock" and not is_nightly and len(days) == 1 and days[0].first:
        return from_article(day_at_hours(days[0], value.hours, context), days[0])
    return value


def _mention(text: str, token: Token, value: DateValue) -> DateMention:
    end = token.end
    if text[end - 1] == "." and fold_text(text[max(token.start, end - 10) : end - 1]).endswith(months_in_full()):
        end -= 1  # of the sentence: "4 déc." has a stop of its own, "4 décembre." has none
    grain = {"clock": "minute", "loosepart": "part_of_day", "ref": "vague"}.get(value.grain, value.grain)
    is_resolved = value.first is not None or value.last is not None
    return DateMention(
        token.start, end, text[token.start : end], value.timex, grain, value.first, value.last,
        value.at, is_resolved, value.is_relative, value.anchor if is_resolved else None,
        value.anchor_on if is_resolved else None,
    )  # fmt: skip
