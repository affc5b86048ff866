"""Whether a stripped page is an article at all, and whether a paywall cut it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.strip.certain import says_truncated
from tasks.strip.lexicon import load_lexicon, words_of
from warehouse.rows import Line

LEAST_WORDS = 25  # of body: less is a brief line, a video stub or nothing
_LEAST_PAGE_WORDS = 150  # of a whole page: with so many words around so little body, the page shows something else
_LEAST_MEAN_SCORE = 0.35  # what is kept of a list of headlines is kept with less confidence than this
_TRUNCATION_REACH = 6  # non-blank lines around the last kept one in which a paywall speaks


class Judgement(NamedTuple):
    """`reason` and `detail` are null for an article."""

    reason: str | None = None
    detail: str | None = None
    is_truncated: bool = False


def judge(text: str, lines: Sequence[Line]) -> Judgement:
    """What kind of page this is, from its text and its lines."""
    words = words_of(text)
    is_truncated = _is_truncated(lines)
    if len(words) < LEAST_WORDS:
        return _judge_short(len(words), lines)
    kept = [line for line in lines if line.is_kept and line.kind == "body"]
    long_lines = [line for line in kept if line.line.count(" ") >= 11]
    if _mean_score(kept) < _LEAST_MEAN_SCORE or not long_lines or _is_list_of_teasers(long_lines, len(words), lines):
        return Judgement("not_an_article", "The page lists other articles and has no body of its own.")
    if _cover(words, "cookie_banner") > 0.12:
        return Judgement("consent_wall", "What the page says is about cookies and consent.")
    return Judgement(is_truncated=is_truncated)


def _is_list_of_teasers(long_lines: Sequence[Line], count_words: int, lines: Sequence[Line]) -> bool:
    """Whether most paragraphs break off in dots, and what is kept is the lesser part of the page."""
    elided = sum(line.line.rstrip().endswith(("…", "...", "[…]", "[...]")) for line in long_lines)
    if len(long_lines) < 3 or elided <= 0.5 * len(long_lines):
        return False
    return count_words < 0.5 * sum(len(line.line.split()) for line in lines)


def _mean_score(lines: Sequence[Line]) -> float:
    """The mean probability of being article, by characters."""
    length = sum(line.raw_end - line.raw_start for line in lines)
    return sum(line.score * (line.raw_end - line.raw_start) for line in lines) / max(1, length)


def _judge_short(count: int, lines: Sequence[Line]) -> Judgement:
    page_words = words_of(" ".join(line.line for line in lines[:400]))
    if _says_error(page_words[:60]) or (len(page_words) < 400 and _says_error(page_words)):
        return Judgement("error_page", "The page says that what was asked for is not there.")
    if _cover(page_words, "cookie_banner") > 0.06:
        return Judgement("consent_wall", "The page is a consent banner with no article behind it.")
    if len(page_words) >= _LEAST_PAGE_WORDS:
        return Judgement("not_an_article", f"Only {count} words of a page of {len(page_words)} are running text.")
    return Judgement("too_short", f"The body has {count} words, fewer than {LEAST_WORDS}.")


def _says_error(words: Sequence[str]) -> bool:
    """Whether words contain what an error page says."""
    return load_lexicon().count_in(words, "error_page") > 0


def _cover(words: Sequence[str], category: str) -> float:
    return load_lexicon().count_in(words, category) / max(1, len(words))


def _is_truncated(lines: Sequence[Line]) -> bool:
    filled = [line for line in lines if line.kind != "blank"]
    last = max((number for number, line in enumerate(filled) if line.is_kept), default=-1)
    if last < 0:
        return False
    return any(says_truncated(line.line) for line in filled[last : last + _TRUNCATION_REACH])
