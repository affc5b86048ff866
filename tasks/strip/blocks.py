"""Blocks: the paragraphs of a page, made of its lines where a dump has cut them in pieces.

Some dumps put every inline element on a line of its own, so that one sentence stands on several lines, cut by
each link. A paragraph is the unit that can be judged; a line is the unit that is kept or removed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.page.lines import joint
from tasks.strip.lexicon import load_lexicon

_TERMINAL = re.compile(r"[.!?…:;|•][\"'”’»)\]\s]*$")
_CLOSING = frozenset(",.;:!?)]”»%")
_OPEN = frozenset("([{“«'’,")
_CARRYING = frozenset(",.;:)]”’»%…abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ")
_LAST_WORD = re.compile(r"([^\W\d_]+)['’]?$")
_LONGEST_WORD = 40  # characters: longer words are not looked up
_LONGEST_LINK = 12  # words: a piece cut out of a sentence by a link is rarely longer
# Share of neighbouring lines of which the second carries on the first, from which a dump is taken to cut sentences.
_CUT_SHARE = 0.04
_LONGEST_BLOCK = 400  # words: no paragraph is longer, so joining stops


class Block(NamedTuple):
    """Lines that make one paragraph: their indices, and their contents joined."""

    indices: tuple[int, ...]
    text: str


def join_blocks(
    contents: Sequence[str], is_line_start: Sequence[bool], is_wrapped: Sequence[bool] | None = None
) -> list[Block]:
    """The blocks of a page, from its lines' contents (outer white space off) in order; blank lines are in no block.

    `is_line_start` is false for the later pieces of a long physical line, which are left to themselves: a line
    was cut so that its pieces can be judged apart. `is_wrapped` is true for a line that a hard wrap separates from the one
    before it (`find_wraps`); the two are always in one block.
    """
    units = _join_wrapped(contents, is_wrapped)
    is_cut = _cuts_sentences([unit.text for unit in units])
    blocks = units[:1]
    for unit, following in zip(units[1:], [*(unit.text for unit in units[2:]), ""], strict=False):
        (index, *_), content = unit
        indices, text = blocks[-1]
        is_near = is_cut or indices[-1] == index - 1
        if is_near and is_line_start[index] and _carries_on(text, content, following, is_cut):
            blocks[-1] = Block(indices + unit.indices, text + joint(text, content) + content)
        else:
            blocks.append(unit)
    return blocks


def _join_wrapped(contents: Sequence[str], is_wrapped: Sequence[bool] | None) -> list[Block]:
    """The lines that hold something, those joined that wraps separate."""
    if is_wrapped is None or not any(is_wrapped):
        return [Block((index,), content) for index, content in enumerate(contents) if content]
    units: list[Block] = []
    for index, content in enumerate(contents):
        if not content:
            continue
        if units and is_wrapped[index] and units[-1].indices[-1] == index - 1:
            indices, text = units[-1]
            units[-1] = Block((*indices, index), text + joint(text, content) + content)
        else:
            units.append(Block((index,), content))
    return units


def _cuts_sentences(contents: Sequence[str]) -> bool:
    """Whether the page's dump cuts sentences in general, so that weaker evidence of a cut is accepted."""
    cut = [before for before, after in pairwise(contents) if after[0] in _CARRYING and before.count(" ") >= 3]
    count = sum(not _TERMINAL.search(before[-6:]) for before in cut)
    return count >= 3 and count >= _CUT_SHARE * sum(content.count(" ") >= 5 for content in contents)


def _carries_on(before: str, content: str, following: str, is_cut: bool) -> bool:
    """Whether a line carries on the sentence of the one before it."""
    spaces = before.count(" ")
    if spaces >= _LONGEST_BLOCK:
        return False
    first, last = content[0], before[-1]
    if first in _CLOSING and not content.startswith(".."):
        return True
    if last in _OPEN:
        return spaces > 0 or first in "\"'«“(" or first.islower()
    if spaces < 2 or (not last.isalnum() and _TERMINAL.search(before[-6:])):
        return False
    if first.islower():
        return spaces >= (2 if is_cut or before[0].isupper() else 4)
    if spaces < 3:
        return False
    is_short = content.count(" ") < _LONGEST_LINK
    is_link = is_short and following[:1] in _CARRYING
    last_word = _LAST_WORD.search(before[max(before.rfind(" "), len(before) - _LONGEST_WORD) + 1 :])
    if last_word is None or not last_word[1].islower():
        return is_link and spaces >= 8
    if last_word[1] in load_lexicon().function_words:
        return is_short or is_cut
    return is_link and spaces >= (4 if is_cut else 8)
