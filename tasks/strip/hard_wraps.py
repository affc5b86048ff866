"""Hard wraps: line ends that a text-mode browser or a mailer set at a width, inside paragraphs.

Whoever wraps a text puts on a line all the words that fit. So a line end is a wrap of width W when its line is no
longer than W and the first word of the next line would have made it longer: each line end allows an interval of
widths, and on a wrapped page one width lies in nearly all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from tasks.page.lines import joint
from tasks.text.clean_view import CleanView, clean_view
from warehouse.rows import Line

_SHORTEST, _LONGEST = 40, 200  # characters of a line that may have been wrapped
_FEWEST_SPACES = 3
_FEWEST_WRAPS = 3
_LEAST_SHARE = 0.6  # of the line ends that may be wraps, from which a width is that of the page
_MOST_LONGER = 0.1  # share of lines longer than the width
_LEAST_LOWER_CASE = 0.4  # share of wraps before a lower-case letter: a list of headlines has none
_LONGEST_WORD = 40
_ITEM = re.compile(r"(?:[*•·◦▪►#>|+]|\d{1,3}[.)]\s|\[\d{1,3}\]|[a-z]\)\s)")
_DASH = re.compile(r"[-–—]\s")
_PHYSICAL_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]\s]*$")


class _LineEnd(NamedTuple):
    """A line end that may be a wrap: the number of the line after it, and the widths of which it would be one."""

    number: int
    least: int
    most: int
    is_lower_case: bool


def find_wraps(lines: Iterable[str]) -> tuple[bool, ...]:
    """For each line of a page (its raw text, line end included) whether a wrap separates it from the line before it."""
    return _find_wraps(tuple(lines))


@lru_cache(maxsize=2)  # classifying, describing and judging ask for the same page one after the other
def _find_wraps(lines: tuple[str, ...]) -> tuple[bool, ...]:
    is_wrapped = [False] * len(lines)
    for measure in (len, _count_bytes):
        ends = _line_ends(lines, measure)
        width = _find_width(ends, [measure(line.rstrip()) for line in lines]) if len(ends) >= _FEWEST_WRAPS else None
        if width is not None:
            for end in ends:
                is_wrapped[end.number] = end.least <= width <= end.most
            break
    return tuple(is_wrapped)


def _count_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _line_ends(lines: Sequence[str], measure: Callable[[str], int]) -> list[_LineEnd]:
    ends = []
    for number, (before, after) in enumerate(pairwise(lines), 1):
        if not _SHORTEST <= len(before) <= _LONGEST or after.isspace() or before[-1] not in "\r\n":
            continue
        content, following = before.rstrip(), after.lstrip()
        if content.count(" ", len(content) - len(content.lstrip())) < _FEWEST_SPACES or _ITEM.match(following):
            continue
        if _DASH.match(following) and _ENDED.search(content[-6:]):
            continue
        word = following.split(None, 1)[0][:_LONGEST_WORD]
        width = measure(content)
        ends.append(_LineEnd(number, width, width + measure(word), following[0].islower()))
    return ends


def _find_width(ends: Sequence[_LineEnd], widths: Sequence[int]) -> int | None:
    """The width of which most line ends are wraps, None when the page is not wrapped."""
    changes = [0] * (max(end.most for end in ends) + 2)
    for end in ends:
        changes[end.least] += 1
        changes[end.most + 1] -= 1
    counts = list(accumulate(changes))
    width = max(range(len(counts)), key=counts.__getitem__)
    wraps = [end for end in ends if end.least <= width <= end.most]
    long = [length for length in widths if length >= _SHORTEST]
    is_page_wrapped = (
        len(wraps) >= max(_FEWEST_WRAPS, _LEAST_SHARE * len(ends))
        and sum(length > width for length in long) <= _MOST_LONGER * len(long)
        and sum(end.is_lower_case for end in wraps) >= _LEAST_LOWER_CASE * len(wraps)
    )
    return width if is_page_wrapped else None


def unwrap(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a page with those joined that wraps separate; each has the verdict and number of its first line.

    The text of a joined line has its line ends in it: `unwrapped_view` reads it.
    """
    is_wrapped = find_wraps(line.line for line in lines)
    if not any(is_wrapped):
        return lines
    joined: list[list[Line]] = []
    for line, is_again in zip(lines, is_wrapped, strict=True):
        if is_again and joined[-1][0].kind == line.kind:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [
        first._replace(line="".join(line.line for line in (first, *others)), raw_end=(first, *others)[-1].raw_end)
        for first, *others in joined
    ]


def unwrapped_view(text: str) -> CleanView:
    """The view of a line in which the line ends of wraps are spaces, or nothing after a hyphen."""
    if "\n" not in text[:-1] and "\r" not in text[:-2]:
        return clean_view(text)
    seen, at = "", 0
    starts: list[int] = []
    ends: list[int] = []
    for line in _PHYSICAL_LINE.findall(text):
        view = clean_view(line.rstrip())
        skipped = len(view.text) - len(view.text.lstrip())
        if gap := joint(seen, view.text[skipped:]) if seen else "":
            seen += gap
            starts.append(ends[-1])
            ends.append(at + view.span(skipped, skipped)[0])
        for place in range(skipped, len(view.text)):
            start, end = view.span(place, place + 1)
            starts.append(at + start)
            ends.append(at + end)
        seen += view.text[skipped:]
        at += len(line)
    return CleanView(seen, text, starts, ends)
