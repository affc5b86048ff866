"""Whether a stripped page is an article at all, and whether a paywall cut it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.strip.certain_phrases import has_paywall_notice
from tasks.strip.lexicon import lexicon_tables, load_lexicon
from tasks.strip.page_features import count_words, is_ended, paragraphs_of, read_page_features, regime_of
from tasks.text.data_files import read_toml
from tasks.text.phrases import PhraseIndex
from tasks.text.words import split_folded_words
from warehouse.rows import Line
from warehouse.wording import count_noun

LIMITS_FILE = Path(__file__).with_name("page_verdict.toml")
WEIGHTS_FILE = Path(__file__).with_name("page_weights.toml")
LEAST_WORDS = 25  # of body: less is one brief line, a video stub or no article
_LEAST_PAGE_WORDS = 150  # of a whole page: a page of so many words with so little body shows something else
_SENTENCE_WORDS, _SURE_WORDS = 12, 25  # an article has a line that ends as a sentence does, or is longer than headlines
_TRUNCATION_REACH = 6  # non-blank lines from the last kept one on in which a paywall notice is looked for
_LONGEST_SAMPLE = 3_000  # characters of text by which a wall or an error page is recognised: a banner is shorter
_LONGEST_LOOK = 400  # non-blank lines in which the phrases of a page that keeps little are counted
_LONGEST_RUNNING_TIME = 40  # characters of a line with the running time of a video
_RUNNING_TIME = re.compile(r"(?<![\d:])(?:\d{1,2}:)?\d{1,2}:\d{2}(?![\d:])")  # of a video; a time of day in print

Weights = Mapping[str, Mapping[str, float]]  # few or many paragraphs → feature → weight


class PageVerdict(NamedTuple):
    """The verdict on a page: `reason` and `detail` are None for an article."""

    reason: str | None = None
    detail: str | None = None
    is_truncated: bool = False


def judge(
    text: str,
    lines: Sequence[Line],
    title: str | None = None,
    *,
    is_declared: bool = False,
    weights: Weights | None = None,
) -> PageVerdict:
    """Whether a page is an article, from its text, its lines and its headline.

    `is_declared`: the head of the page says that it is one; `weights` replace the shipped ones.
    """
    count = count_words(text)
    filled = [line for line in lines if line.kind != "blank"]
    places = [place for place, line in enumerate(filled) if line.is_kept]
    reason = _reason_of_text(text, count)
    if reason is None and count >= LEAST_WORDS:
        paragraphs = paragraphs_of([filled[place] for place in places], text)
        least = -read_toml(LIMITS_FILE)["declared_article"]["log_odds"] if is_declared else 0.0
        odds = -math.inf  # all are headlines
        if any(map(_is_sentence, paragraphs)):
            odds = _weigh(read_page_features(filled, places, paragraphs, count, title), paragraphs, weights)
        if odds >= least:
            if not _is_video_stub(filled, count, len(paragraphs) if odds >= 0 else 0):
                return PageVerdict(is_truncated=_is_truncated(filled[places[-1] : places[-1] + _TRUNCATION_REACH]))
            reason = "video_stub"
    return _reject(reason or _reason_of_page(filled, count), count)


def _is_sentence(paragraph: str) -> bool:
    count = count_words(paragraph)
    is_broken_off = paragraph.rstrip().endswith(("…", "..."))  # the beginning of a text on another page
    return count >= _SURE_WORDS or (count >= _SENTENCE_WORDS and is_ended(paragraph) and not is_broken_off)


def _weigh(features: Mapping[str, float], paragraphs: Sequence[str], weights: Weights | None) -> float:
    """The log odds that a page is an article, less those from which one is accepted: 0 and more is an article."""
    chosen = (weights or read_toml(WEIGHTS_FILE))[regime_of(paragraphs)]
    return chosen["start"] + sum(chosen.get(name, 0.0) * value for name, value in features.items())


def _reason_of_text(text: str, count: int) -> str | None:
    """The reason that follows from the kept words alone: a consent banner, or help on an error page; None for neither."""
    words = split_folded_words(text[:_LONGEST_SAMPLE])
    known = read_toml(LIMITS_FILE)
    second_person = load_lexicon().second_person
    reader = len([word for word in words if word in second_person]) / max(1, len(words))
    wall = known["consent_wall"]
    if reader >= wall["least_reader_share"] and _cookie_share(words) > wall["least_share"]:
        return "consent_wall"
    error = known["error_page"]
    if count <= error["longest_text"] and reader >= error["least_reader_share"] and _phrases_among(words, "error_page"):
        return "error_page"
    return None


def _reason_of_page(filled: Sequence[Line], count: int) -> str:
    """The reason for rejecting a page that keeps little or no text."""
    known = read_toml(LIMITS_FILE)
    rest = [line for line in filled if line.reason != "cookie_banner"]  # a banner does not change what a page is
    words = split_folded_words(" ".join(line.line for line in rest[:_LONGEST_LOOK]))
    error = known["error_page"]
    if count <= error["longest_text"] and _phrases_among(
        words if len(words) < error["longest_page"] else words[: error["opening"]], "error_page"
    ):
        return "error_page"
    if _cookie_share(words) > known["consent_wall"]["least_share_of_page"]:
        return "consent_wall"
    wall = known["consent_wall"]
    if _has_dialogue_alone(filled, longest_rest=0):
        return "consent_wall"
    if _is_video_stub(rest, count, 0):
        return "video_stub"
    if _has_dialogue_alone(filled, longest_rest=wall["longest_rest"]):
        return "consent_wall"
    return "too_short" if count < LEAST_WORDS and len(words) < _LEAST_PAGE_WORDS else "not_an_article"


def _has_dialogue_alone(filled: Sequence[Line], *, longest_rest: int) -> bool:
    """Whether a page holds a consent dialogue, and beside it sentences and headlines of so many words at most."""
    wall = read_toml(LIMITS_FILE)["consent_wall"]
    dialogue = rest = 0
    for line in filled:
        count = line.line.count(" ") + 1
        if line.reason == "cookie_banner":
            dialogue += count
        elif count >= wall["shortest_sentence"]:
            rest += count
    return bool(dialogue >= wall["shortest_dialogue"] and rest <= longest_rest)


def _reject(reason: str, count: int) -> PageVerdict:
    details = {
        "error_page": "The page says that what was asked for is not there.",
        "consent_wall": "What the page says is about cookies and consent, with no article behind it.",
        "video_stub": f"The page is a video player with a caption of {count_noun(count, 'word')} and no article.",
        "too_short": f"The body has {count_noun(count, 'word')}, fewer than {LEAST_WORDS}.",
        "not_an_article": "The page lists other articles and has no body of its own.",
    }
    return PageVerdict(reason, details[reason])


def _is_video_stub(filled: Sequence[Line], count: int, count_paragraphs: int) -> bool:
    """Whether the few words of a page stand around a player; a caption is one paragraph."""
    video = read_toml(LIMITS_FILE)["video_stub"]
    if count > video["longest_text"] or count_paragraphs > 1:
        return False
    places = [place for place, line in enumerate(filled) if line.is_kept or line.kind == "title"]
    places = places or [place for place, line in enumerate(filled) if _has_running_time(line)]
    if not places:
        return False
    near = filled[max(0, places[0] - video["reach"]) : places[-1] + video["reach"] + 1]
    found = {phrase for line in near for phrase in _phrases_among(split_folded_words(line.line), "video_stub")}
    has_running_time = any(map(_has_running_time, near))
    return bool(len(found) + has_running_time >= video["least_phrases"] + count_paragraphs)


def _has_running_time(line: Line) -> bool:
    return len(line.line) < _LONGEST_RUNNING_TIME and _RUNNING_TIME.search(line.line) is not None


def _cookie_share(words: Sequence[str]) -> float:
    return load_lexicon().count_in(words, "cookie_banner") / max(1, len(words))


def _is_truncated(end: Sequence[Line]) -> bool:
    """Whether the last kept line or one of those after it announces that the rest is for subscribers."""
    return any(_announces_paywall(line.line) for line in end)


def _announces_paywall(line: str) -> bool:
    """Whether a line announces that the article, and not something else, continues for subscribers."""
    return has_paywall_notice(line) and not _phrases_among(split_folded_words(line), "other_subjects", "paywall")


def _phrases_among(words: Sequence[str], kind: str, table: str = "page_kinds") -> set[str]:
    """The phrases of a list of the lexicon that stand among words."""
    return {phrase for *_, phrase in _phrases_of(table, kind).find(words)}


@cache
def _phrases_of(table: str, kind: str) -> PhraseIndex[str]:
    return PhraseIndex((phrase, phrase) for phrase in lexicon_tables()[table][kind])
