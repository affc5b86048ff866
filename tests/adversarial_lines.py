"""Lines on which a regular expression may have much to try, made from its own structure.

A line is a beginning, a unit repeated, and an end at which the match fails: for each repetition of the pattern its body
after what precedes it, alone, and beside the bodies of others; the whole pattern without its last sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

# One sign for each kind that patterns tell apart, for classes that are given by what is not in them, and as units.
SIGNS = ("a", "A", "é", "0", " ", "\n", ".", ",", "-", "'", "«", "»", '"', "(", ")", "/", ":", "|", "@", "_", "<", "&")
_END = "\x00"
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_LONG = 20  # a repetition of fewer has little to try


class Line(NamedTuple):
    """A line that can be made as long as wanted."""

    begin: str
    unit: str

    def write(self, count_characters: int) -> str:
        return self.begin + self.unit * max(1, count_characters // len(self.unit)) + _END


def adversarial_lines(pattern: re.Pattern[Any]) -> list[Line]:
    """The lines made from the structure of a pattern, each once."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = parser.parse(text, pattern.flags & (re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE))
    whole = _sample(tree)
    repeated = list(_repetitions(tree, ""))
    bodies = list(dict.fromkeys(body for _, body in repeated))[:6]
    lines = [Line("", whole), Line("", whole[:-1])]
    for begin, body in repeated:
        lines += [Line(begin, body), Line("", begin), Line("", body), Line("", begin + body), Line("", body + " ")]
    lines += [Line("", one + other) for one in bodies for other in bodies if one != other]
    return [line for line in dict.fromkeys(lines) if line.unit]


def common_lines() -> list[Line]:
    """Rows of one sign or of two, which any class of a pattern may contain."""
    return [Line("", one + other) for one in ("", "a", "A", "0", " ") for other in SIGNS]


def _sample(tree: Any) -> str:
    """A short text that the tree matches; what it must be beside or away from is left out."""
    return "".join(_sample_node(kind, value) for kind, value in tree)


def _sample_node(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL or kind is op.IN:
        return _sample_class([(op.NEGATE, None), (op.LITERAL, value)] if kind is op.NOT_LITERAL else value)
    if kind is op.ANY:
        return SIGNS[0]
    if kind in _REPEATS:
        return _sample(value[2]) * value[0]
    if kind is op.BRANCH:
        return _sample(value[1][0])
    return "".join(map(_sample, _inner(kind, value))) if kind not in (op.ASSERT, op.ASSERT_NOT) else ""


def _sample_class(items: Any) -> str:
    if items[0][0] is op.NEGATE:
        return next((sign for sign in SIGNS if not any(_holds(item, sign) for item in items[1:])), SIGNS[0])
    kind, value = items[0]
    if kind is op.CATEGORY:
        return next(sign for sign in SIGNS if _holds(items[0], sign))
    return chr(value if kind is op.LITERAL else value[0])


def _holds(item: tuple[Any, Any], sign: str) -> bool:
    kind, value = item
    if kind is op.CATEGORY:
        return re.match(_CATEGORIES[value], sign) is not None
    return ord(sign) == value if kind is op.LITERAL else value[0] <= ord(sign) <= value[1]


def _inner(kind: Any, value: Any) -> list[Any]:
    """The trees within a node."""
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in _REPEATS:
        return [value[2]]
    return []


def _repetitions(tree: Any, begin: str) -> Iterator[tuple[str, str]]:
    """A text that leads to each long repetition of the tree, and one body of it."""
    for kind, value in tree:
        if kind in _REPEATS and value[1] >= _LONG:
            yield begin, _sample(value[2])
        for inner in _inner(kind, value):
            yield from _repetitions(inner, begin)
        begin += _sample_node(kind, value)
