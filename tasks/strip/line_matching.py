"""Which lines of a page stand in a text that was extracted from it.

An extraction joins, cuts and reorders the lines of a page, so lines are compared by runs of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Words = Sequence[str]

_RUN = 4  # words: a line's words count as extracted when a run of so many stands in the extraction
_MOST = 0.5  # share of a line's words from which the line was extracted
_MOST_OF_SHORT = 0.75  # the same for lines of fewer words than `_LONG`
_LONG = 10
_NEAR = 3  # lines on either side that tell which one of two equal lines was extracted
_NEXT = 2  # lines on either side, one of which was extracted when a line of less than a run was


def find_lines(lines: Sequence[Words], extracted: Iterable[Words]) -> list[bool]:
    """For each line whether it was extracted; a line printed more often than extracted counts where the others are."""
    extracted = [words for words in extracted if words]
    flat = [word for words in extracted for word in words]
    runs = Counter(tuple(flat[at : at + _RUN]) for at in range(max(1, len(flat) - _RUN + 1)))
    whole = Counter(tuple(words) for words in extracted)
    found = [_is_covered(words, runs) for words in lines]
    filled = [number for number, words in enumerate(lines) if words]
    _drop_repeated(lines, found, filled, runs, whole)
    for place, number in enumerate(filled):
        words = lines[number]
        if len(words) < _RUN and whole[tuple(words)]:
            beside = filled[max(place - _NEXT, 0) : place] + filled[place + 1 : place + 1 + _NEXT]
            found[number] = any(found[other] for other in beside)
    return found


def _is_covered(words: Words, runs: Counter[tuple[str, ...]]) -> bool:
    """Whether enough of a line's words stand in runs of the extraction."""
    covered = end = 0  # words before `end` are counted
    for at in range(len(words) - _RUN + 1):
        if tuple(words[at : at + _RUN]) in runs:
            covered += at + _RUN - max(end, at)
            end = at + _RUN
    return covered > 0 and covered >= (_MOST if len(words) >= _LONG else _MOST_OF_SHORT) * len(words)


def _drop_repeated(
    lines: Sequence[Words],
    found: list[bool],
    filled: Sequence[int],
    runs: Counter[tuple[str, ...]],
    whole: Counter[tuple[str, ...]],
) -> None:
    """Of equal lines keep as many as were extracted: those with most words of lines found once around them.

    A table of contents repeats the subheadings, a teaser the title.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for number in filled:
        if found[number]:
            groups.setdefault(tuple(lines[number]), []).append(number)
    once = {numbers[0] for numbers in groups.values() if len(numbers) == 1}
    places = {number: place for place, number in enumerate(filled)}

    def count_around(number: int) -> int:
        place = places[number]
        around = filled[max(place - _NEAR, 0) : place + _NEAR + 1]
        return sum(len(lines[other]) for other in around if other in once)

    for words, numbers in groups.items():
        if len(numbers) > 1:
            count = whole[words] or min(runs[words[at : at + _RUN]] for at in range(len(words) - _RUN + 1))
            for number in sorted(numbers, key=count_around, reverse=True)[max(count, 1) :]:
                found[number] = False
