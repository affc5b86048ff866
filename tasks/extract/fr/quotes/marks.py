"""Quotation marks: the spans of a text between an outermost pair, and the text with those pairs written « »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ELISIONS = "".join(rf"(?<!\b{word})" for word in ("c", "d", "j", "l", "m", "n", "s", "t", "qu"))
_APOSTROPHE_CLOSES = rf"(?<=[^\s'’]){_ELISIONS}['’](?!\w)"  # d’ is an elision
_APOSTROPHE_OPENS = (  # only where it is closed before the line or another mark
    rf"(?<![^\s(:])'(?=\w(?:[^\n'’«»“”„‹›\"]|(?<=\w)['’](?=\w)|['’] ){{0,600}}?{_APOSTROPHE_CLOSES.replace('’', '')})"
)
_MARK = re.compile(
    rf"[«»“”„‟‚‘‹›\n]|<<|>>|``|''|\"(?!(?<=\d\")\d)|(?P<opening>{_APOSTROPHE_OPENS})|(?P<closing>{_APOSTROPHE_CLOSES})"
)  # 43"18 is a time
_SECONDS = re.compile(r"(?<=\d)\"")  # the mark of 10", unless it closes what is open
_AFTER_SPACE = re.compile(r"(?<![^\s(:])”(?=\w)")  # ” opens in ”…”
_TYPED = {"<<": "«", ">>": "»", "``": "“", "''": '"', "‟": "“"}
_OPENED_BY = {"»": "«", "”": '“„"”', "“": "„“", "’": "‘‚", "‘": "‚", "'": "'‘", '"': '"“', "›": "‹"}
_OPENING = "«“„‚‘‹"
_LONGEST = 5000  # characters: a mark that closes later closes something else


def marked_spans(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` between each outermost pair of marks, without the marks.

    Paragraphs that each begin with a mark are one span when the last of them is closed, else one span each.
    """
    opened: list[tuple[str, int]] = []
    paragraphs: list[int] = []  # where the paragraphs of the outermost quote begin, after their marks
    for match in _MARK.finditer(text):
        mark, place = _TYPED.get(match[0], match[0]), match.start()
        if opened and place - opened[0][1] > _LONGEST:
            yield from _unclosed(text, paragraphs)
            opened.clear()
        if mark == "\n":
            if opened and opened[0][0] not in "«“":
                opened.clear()  # other marks do not run over paragraphs: one was forgotten
        elif mark == '"' and _SECONDS.match(text, place) and not _closes(mark, opened):
            continue
        elif mark in "«»“" and opened and opened[0][0] in "«“" and _begins_line(text, place):
            paragraphs.append(
                match.end()
            )  # a paragraph of a long quote begins with a mark that neither opens nor closes
            del opened[1:]
        elif _opens(match, mark, opened):
            if not opened:
                paragraphs = [match.end()]
            opened.append((mark, match.end()))
        elif _closes(mark, opened, text, place):
            while opened[-1][0] not in _OPENED_BY[mark]:
                opened.pop()
            _, start = opened.pop()
            if not opened:
                yield start, place
    if opened:
        yield from _unclosed(text, paragraphs)


def _opens(match: re.Match[str], mark: str, opened: list[tuple[str, int]]) -> bool:
    text, place = match.string, match.start()
    if match["opening"]:
        return True
    if mark == "”":
        return not opened and _AFTER_SPACE.match(text, place) is not None
    if mark in "“‘" and _stands_after_word(text, place) and _closes(mark, opened, text, place):
        return False  # „…“, “…“ and ‚…‘
    return mark in _OPENING or (mark == '"' and not _closes(mark, opened, text, place))


def _stands_after_word(text: str, place: int) -> bool:
    return not text[place - 1 : place].isspace() and not text[place + 1 : place + 2].isalnum()


def _closes(mark: str, opened: list[tuple[str, int]], text: str = "", place: int = 0) -> bool:
    """Whether a mark closes one that is open; a straight mark closes “ only where it stands directly after a word."""
    openers = _OPENED_BY.get(mark, "")
    if mark == '"' and not any(other == '"' for other, _ in opened):
        return bool(opened and opened[-1][0] == "“" and text and not text[place - 1].isspace())
    return any(other in openers for other, _ in opened)


def _begins_line(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \u00a0\u202f") if place < 4 else text[place - 4 : place].rstrip(" \u00a0\u202f")
    return before.endswith("\n")


def _unclosed(text: str, paragraphs: list[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a quote whose end is not marked; none for a single one, whose mark was forgotten."""
    for start in paragraphs if len(paragraphs) > 1 else ():
        end = text.find("\n", start)
        yield start, end if end >= 0 else len(text)


def with_guillemets(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text, as long as it was, with « » in place of the marks around each span: rules read one pair of marks."""
    letters = list(text)
    for start, end in spans:
        if text[start - 2 : start] in ("<<", "``", "''"):
            letters[start - 2] = " "
        letters[start - 1] = "«"
        if text[end : end + 2] in (">>", "''"):
            letters[end + 1] = " "
        if text[end : end + 1] not in ("", "\n"):
            letters[end] = "»"
    return "".join(letters)
