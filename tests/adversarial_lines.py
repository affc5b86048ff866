"""Lines that make a regular expression try again, made from its parse tree: its repeated parts, near matches, a suffix that fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_LETTERS = "aAé0 \n.,-'«»\"()/:|@_<&§\x00"
_MANY = 20  # a part repeated less often is no danger
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
SUFFIXES = ("\x00", "")


def repeated_parts(pattern: str, flags: int) -> list[tuple[str, str]]:
    """What to begin a line with and what to repeat after it, each pair once."""
    tree = parser.parse(pattern, flags & (re.I | re.S | re.M | re.X))
    found = list(_repeats(tree, ""))
    parts = sorted({part for _, part in found})
    pairs = {*found, ("", _example(tree)), ("", _example(tree)[:-1])}
    pairs |= {("", text) for start, part in found for text in (part, start, start + part, part + " ")}
    pairs |= {("", first + second) for first in parts for second in parts}
    pairs |= {("", first + second) for first in ("", "a", "0", " ") for second in _LETTERS}
    return sorted((start, part) for start, part in pairs if part)


def _example(tree: Iterable[Any]) -> str:
    """A short text that the pattern admits, look-around aside."""
    return "".join(_example_of(operation, value) for operation, value in tree)


def _example_of(operation: Any, value: Any) -> str:
    if operation is codes.LITERAL:
        return chr(value)
    if operation in (codes.NOT_LITERAL, codes.ANY, codes.IN):
        return _letter_of(operation, value)
    if operation in _REPEATS:
        return _example(value[2]) * value[0]
    if operation is codes.BRANCH:
        return _example(value[1][0])
    bodies = list(_bodies(operation, value)) if operation not in (codes.ASSERT, codes.ASSERT_NOT) else []
    return _example(bodies[0]) if bodies else ""


def _letter_of(operation: Any, value: Any) -> str:
    one = parser.SubPattern(parser.State(), [(operation, value)])
    matches = re._compiler.compile(one).match  # type: ignore[attr-defined]
    first = value[0] if operation is codes.IN else ("", 0)
    own = {codes.LITERAL: lambda: chr(first[1]), codes.RANGE: lambda: chr(first[1][0])}.get(first[0])
    return own() if own else next(filter(matches, _LETTERS), "a")


def _bodies(operation: Any, value: Any) -> Iterator[Any]:
    """The patterns within an operation."""
    if operation in _REPEATS:
        yield value[2]
    elif operation is codes.SUBPATTERN:
        yield value[3]
    elif operation is codes.ATOMIC_GROUP:
        yield value
    elif operation in (codes.ASSERT, codes.ASSERT_NOT):
        yield value[1]
    elif operation is codes.BRANCH:
        yield from value[1]


def _repeats(tree: Any, start: str) -> Iterator[tuple[str, str]]:
    """Each part that is repeated often, with an example of what precedes it."""
    for operation, value in tree:
        if operation in _REPEATS and value[1] >= _MANY:
            yield start, _example(value[2])
        for body in _bodies(operation, value):
            yield from _repeats(body, start)
        start += _example_of(operation, value)
