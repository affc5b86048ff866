"""Rules over words: compile them, and reduce a sentence to the date values they give.

A pattern is a regular expression whose letters are words: `CLASS` any word of that class, `name:CLASS` the same
and remembered, `word` that word, `'('` that mark; `( | ) ? * + (?= (?! (?<= (?<!` as in any regular expression.
Rules come in stages; what a stage finds becomes one token, which the rules of the next stage can use.
Within a stage the leftmost match wins, then the longest, then the rule written first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.fr.dates.lexer import Lexer, Token
from tasks.extract.fr.dates.vocabulary import Vocabulary
from tasks.text.data_files import read_toml

_SYMBOL = re.compile(
    r"""(?P<operator>\(\?<?[=!:]|[()|?*+^$]|\{\d,\d\})|(?:(?P<name>[a-z]\w*):)?(?P<cls>[A-Z][A-Z_0-9]*)"""
    r"""|'(?P<mark>[^']+)'|(?P<word>[^\s()|?*+]+)"""
)
_MACRO = re.compile(r"<(\w+)>")
RULE_FILES = (
    "not_dates", "days", "months_and_years", "parts_of_years", "holidays", "from_publication", "from_text", "hours",
    "days_with_hours", "ranges",
)  # fmt: skip
GRAINS = (
    "day", "part_of_day", "week", "weekend", "fortnight", "month", "quarter", "half", "season", "year", "decade",
    "century", "interval", "clock", "loosepart", "minute", "ref",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the pattern over tags, the class each remembered word was matched in, the builder that reads it."""

    name: str
    stage: int
    pattern: re.Pattern[str]
    classes: dict[str, str]
    build: str
    needs: tuple[frozenset[str], ...]  # of each of these sets of tags, one is in every match
    order: int


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """What a rule matched: the tokens from `start` to `end`, and their values by name."""

    rule: Rule
    start: int
    end: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


def value_classes(grain: str) -> frozenset[str]:
    """The classes of a token that stands for a date value of that grain: itself, and `DATE` when it has a day."""
    classes = {f"DATE_{grain.upper()}"}
    if grain not in ("clock", "loosepart", "ref"):
        classes.add("DATE")
    if grain in ("day", "part_of_day"):
        classes.add("DATE_ON")
    return frozenset(classes)


@cache
def grammar() -> tuple[Lexer, tuple[Rule, ...]]:
    """The lexer and the rules of `rules/`, compiled once."""
    macros, rules = _read("macros")["macros"], written_rules()
    patterns = [_expand(rule["pattern"], macros) for rule in rules]
    symbols = [match for pattern in patterns for match in _SYMBOL.finditer(pattern)]
    literals = frozenset(match["mark"] or match["word"] for match in symbols if match["mark"] or match["word"])
    vocabulary = Vocabulary(literals, [value_classes(grain) for grain in GRAINS])
    return Lexer(vocabulary), tuple(
        _compiled(rule, pattern, order, vocabulary)
        for order, (rule, pattern) in enumerate(zip(rules, patterns, strict=True))
    )


def written_rules() -> list[dict[str, Any]]:
    """Every rule as it is written, in order."""
    return [rule for name in RULE_FILES for rule in _read(name)["rule"]]


def _read(name: str) -> dict[str, Any]:
    return read_toml(Path(__file__).parent / "rules" / f"{name}.toml")


def _expand(pattern: str, macros: dict[str, str]) -> str:
    while (expanded := _MACRO.sub(lambda match: f"( {macros[match[1]]} )", pattern)) != pattern:
        pattern = expanded
    return pattern


def _compiled(rule: dict[str, Any], pattern: str, order: int, vocabulary: Vocabulary) -> Rule:
    parts, classes, depth = [], {}, 0
    for match in _SYMBOL.finditer(pattern):
        if match["operator"]:
            parts.append("(?:" if match["operator"] == "(" else match["operator"])
            depth += match["operator"].startswith("(") - (match["operator"] == ")")
            if match["operator"] == "|" and depth == 0:
                raise ValueError(f"rule {rule['name']}: put alternatives in brackets")
            continue
        tags = vocabulary.tags(match["cls"] or match["mark"] or match["word"])
        if not tags:
            raise ValueError(f"rule {rule['name']}: no word is in the class {match[0]}")
        if match["name"]:
            classes[match["name"]] = match["cls"]
        escaped = re.escape(tags)
        parts.append(f"(?P<{match['name']}>[{escaped}])" if match["name"] else f"[{escaped}]")
    needs = tuple(_needs(pattern, vocabulary))
    return Rule(rule["name"], rule["stage"], re.compile("".join(parts)), classes, rule["build"], needs, order)


def _needs(pattern: str, vocabulary: Vocabulary) -> Iterator[frozenset[str]]:
    """Sets of tags of which one is in every match.

    A set holds the tags of a word outside brackets, or the rarest word of every alternative of a pair of brackets.
    """
    depth, is_group = 0, False
    alternatives: list[list[tuple[bool, int, frozenset[str]]]] = []  # marks last: every sentence has some
    for match in _SYMBOL.finditer(pattern):
        operator, is_optional = match["operator"], pattern[match.end() : match.end() + 1] in ("?", "*", "{")
        if operator and operator.startswith("("):
            depth += 1
            if depth == 1:
                alternatives, is_group = [[]], operator == "("
        elif operator == ")":
            depth -= 1
            if depth == 0 and is_group and not is_optional and all(alternatives):
                yield frozenset().union(*(min(words)[2] for words in alternatives))
        elif operator == "|" and depth == 1:
            alternatives.append([])
        elif not operator and not is_optional and depth < 2:
            tags = frozenset(vocabulary.tags(match["cls"] or match["mark"] or match["word"]))
            if depth == 1:
                alternatives[-1].append((match["mark"] is not None or match["word"] == ".", len(tags), tags))
            else:
                yield tags


RuleIndex = dict[str, list[Rule]]  # by each tag of a rule's rarest need


def index_rules(rules: Sequence[Rule]) -> RuleIndex:
    """The rules by the tags without which they cannot match, so that a sentence meets only rules that can."""
    index: RuleIndex = {}
    for rule in rules:
        if not rule.needs:
            raise ValueError(f"rule {rule.name}: some word must be in every match")
        for tag in min(rule.needs, key=len):
            index.setdefault(tag, []).append(rule)
    return index


def reduce(
    tokens: list[Token], rules: RuleIndex, read: Callable[[RuleMatch, list[Token]], Token | None]
) -> list[Token]:
    """The tokens after one stage: each match that `read` can read becomes one token in place of its words."""
    present = {token.tag for token in tokens}
    met = {rule.order: rule for tag in rules.keys() & present for rule in rules[tag]}
    possible = [rule for rule in met.values() if not any(map(present.isdisjoint, rule.needs))]
    if not possible:
        return tokens
    tags = "".join([token.tag for token in tokens])
    found = [
        (match.start(), -match.end(), rule.order, match, rule)
        for rule in possible
        for match in rule.pattern.finditer(tags)
        if match.end() > match.start()
    ]
    found.sort(key=lambda entry: entry[:3])
    reduced: list[Token] = []
    place = 0
    for start, negative_end, _, match, rule in found:
        if start < place:
            continue
        values = {
            name.rstrip("0123456789"): tokens[match.start(name)].values[cls]
            for name, cls in rule.classes.items()
            if match[name] is not None
        }
        token = read(RuleMatch(rule, start, -negative_end, values), tokens)
        if token is not None:
            reduced += tokens[place:start]
            reduced.append(token)
            place = -negative_end
    return reduced + tokens[place:]
