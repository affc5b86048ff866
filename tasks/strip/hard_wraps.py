"""Hard wraps: line ends that a text-mode browser or a mailer set at a width, inside paragraphs.

Whoever wraps a text puts on a line all the words that fit. So a line end is a wrap of width W when its line is no
longer than W and the first word of the next line would have made it longer: each line end allows an interval of
widths, and on a wrapped page one width lies in nearly all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    """A line end that may be a wrap: the number of the line after it, the content before it and the first word after it."""

    number: int
    content: str
    word: str


def find_wraps(lines: Sequence[str]) -> list[bool]:
    """For each line of a page (its raw text, line end included) whether a wrap separates it from the line before it."""
    is_wrapped = [False] * len(lines)
    ends = _line_ends(lines)
    if len(ends) >= _FEWEST_WRAPS:
        for measure in (len, _count_bytes):
            intervals = [_widths_of_wrap(end, measure) for end in ends]
            width = _find_width(lines, ends, intervals, measure)
            if width is not None:
                for end, (least, most) in zip(ends, intervals, strict=True):
                    is_wrapped[end.number] = least <= width <= most
                break
    return is_wrapped


def _count_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _line_ends(lines: Sequence[str]) -> list[_LineEnd]:
    ends = []
    for number, (before, after) in enumerate(pairwise(lines), 1):
        if not _SHORTEST <= len(before) <= _LONGEST or after.isspace() or before[-1] not in "\r\n":
            continue
        content, following = before.rstrip(), after.lstrip()
        if content.count(" ", len(content) - len(content.lstrip())) < _FEWEST_SPACES or _ITEM.match(following):
            continue
        if _DASH.match(following) and _ENDED.search(content[-6:]):
            continue
        ends.append(_LineEnd(number, content, following.split(None, 1)[0][:_LONGEST_WORD]))
    return ends


def _widths_of_wrap(end: _LineEnd, measure: Callable[[str], int]) -> tuple[int, int]:
    """The least and the greatest width of which a line end would be a wrap."""
    width = measure(end.content)
    return width, width + measure(end.word)


def _find_width(
    lines: Sequence[str], ends: Sequence[_LineEnd], intervals: Sequence[tuple[int, int]], measure: Callable[[str], int]
) -> int | None:
    """The width of which most line ends are wraps, None when the page is not wrapped."""
    changes = [0] * (max(most for _, most in intervals) + 2)
    for least, most in intervals:
        changes[least] += 1
        changes[most + 1] -= 1
    counts = list(accumulate(changes))
    count = max(counts)
    if count < max(_FEWEST_WRAPS, _LEAST_SHARE * len(ends)):
        return None
    width = counts.index(count)
    wraps = [end for end, (least, most) in zip(ends, intervals, strict=True) if least <= width <= most]
    if sum(end.word[0].islower() for end in wraps) < _LEAST_LOWER_CASE * len(wraps):
        return None
    long = [length for line in lines if (length := measure(line.rstrip())) >= _SHORTEST]
    return width if sum(length > width for length in long) <= _MOST_LONGER * len(long) else None


def unwrap(lines: Sequence[Line], is_wrapped: Sequence[bool] | None = None) -> Sequence[Line]:
    """The lines of a page with those joined that wraps separate; each has the verdict and number of its first line.

    `is_wrapped` is what `find_wraps` gives for these lines, if it is known. The text of a joined line has its line ends in
    it: `unwrapped_view` reads it.
    """
    if is_wrapped is None:
        is_wrapped = find_wraps([line.line for line in lines])
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
