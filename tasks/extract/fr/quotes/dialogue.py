"""Dialogue: lines that begin with a dash, of which at least one names who speaks ("— Nous partons, dit X.")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.after import inside
from tasks.extract.fr.quotes.attribution import Attribution
from tasks.extract.fr.quotes.passage import Passage

_LINE = re.compile(r"^[ \u00a0]*[—–-][ \u00a0]*(?P<said>(?=[A-ZÀ-ÝŒ])[^\n]{6,})$", re.MULTILINE)
_REST = re.compile(rf"(?:, (?:{words.leading(words.DETERMINERS)})[^,;:.!?…\n]{{2,80}})?[ .!?…]*$", re.MULTILINE)


def dialogue_lines(passage: Passage) -> Iterator[tuple[int, int, Attribution]]:
    """`[start, end)` of what is said in each line of a dialogue, without the clause that ends it, and its attribution."""
    block: list[tuple[int, int, Attribution]] = []
    last = -1
    for match in _LINE.finditer(passage.text):
        if passage.text[last : match.start()].strip() or last < 0:
            yield from _of_dialogue(block)
            block = []
        block.append(_line(passage, match.start("said"), match.end("said")))
        last = match.end()
    yield from _of_dialogue(block)


def _of_dialogue(block: list[tuple[int, int, Attribution]]) -> Iterator[tuple[int, int, Attribution]]:
    if any(said for _, _, said in block):
        yield from block


def _line(passage: Passage, start: int, end: int) -> tuple[int, int, Attribution]:
    said = inside(passage, (start, end))
    if said.phrase is None or said.verb is None:
        return start, end, Attribution()
    clause = passage.text.rfind(said.verb, start, max(said.phrase.start, start + 1) + len(said.verb))
    if clause <= start:
        return start, end, said
    pronoun = words.PRONOUN_AFTER.match(passage.lowered, clause + len(said.verb), end)
    stop = max(said.phrase.stop, pronoun.end() if pronoun else clause + len(said.verb))
    if _REST.match(passage.lowered, stop, end):
        end = start + len(passage.text[start:clause].rstrip(" ,"))
    return start, end, said
