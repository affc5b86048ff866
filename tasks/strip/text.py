"""Which lines of a whole-page dump are the article: the decision, and a kind and a reason for every line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from tasks.strip.blocks import Block, join_blocks
from tasks.strip.certain import certain_reason, says_truncated
from tasks.strip.embeds import find_embeds
from tasks.strip.features import feature_names, read_features
from tasks.strip.lexicon import load_lexicon, words_of
from tasks.strip.lines import Verdict, line_key
from tasks.strip.live import mend_live_page
from tasks.strip.sequence import Model, article_probabilities, best_cut
from tasks.strip.shape import SHAPE
from warehouse.rows import LineKind

if TYPE_CHECKING:
    import numpy as np

LEAST_PROBABILITY = 0.15  # whatever the rest of the page says, a block less probable than this is not article
MOST_PROBABILITY = 0.6  # and one more probable is
LEAST_AT_END = 0.25  # the same for the paragraph right before a line that ends articles
REPEATED_FROM = 0.3  # of a source's documents: body lines are not shared by a third of a source's articles
_READS_AS_ARTICLE = 0.5  # probability
_MOST_REPEATED_WORDS = 60  # what a publisher says of itself under every article is rarely longer
_MOST_REPEATED_SHARE = 1 / 3  # of the words that read as article: a page that shares more is a copy

_CREDIT = re.compile(
    r"©|\bPHOTOS?\b|\bPhotos? (?:[A-ZÀ-Þ]|d’|d')|\b[Cc]rédits?(?: photo)?\s?:|\bPhoto(?:graph)? by\b|\bFoto:|\([^()]{3,40}/[^()]{2,40}\)$|\b(?:AFP|Reuters|REUTERS|AP|Getty|EPA|dpa|SIPA|Keystone)\b[^.]{0,30}$"
)
_LONGEST_CREDIT = 80  # characters of a line that names a photographer: the line above it is the caption
_REASON_KINDS: dict[str, LineKind] = {"comment": "comment", "related_article": "teaser", "most_read": "teaser"}
_LEAST_COVER = 0.25  # share of a line's words in phrases of a category from which the category is the reason
_LEAST_COVER_OF_PROSE = 0.12  # the same for lines of more words than `_SHORT_LINE`
_SHORT_LINE = 12  # words
_FEWEST_WORDS = 60  # kept of a page that has a run of `_LEAST_RUN` words of prose: fewer are held to be a mistake
_LEAST_RUN = 120
_LEAST_LEAD = 0.4  # how well the best run that is kept of does beside the page's best, by length and headline
_MOST_MOMENTS = 2  # times of day on lines of their own around a paragraph: comments have them, articles do not
_PRICES = (1.0, 2.0, 4.0, 8.0)  # log odds for a paragraph of `_LONGEST_PRICED` words
_LONGEST_PRICED = 30
_SECTION_REACH = 80  # blocks: how far after its heading a section of comments or related articles may give the reason


def classify(
    raw: str,
    spans: Sequence[tuple[int, int]],
    *,
    repeated: Mapping[int, float] | None = None,
    evidence: Sequence[float] | None = None,
    model: Model | None = None,
) -> list[Verdict]:
    """One verdict for every line of a page's raw text, given as `cut_lines` cuts it.

    `repeated` maps `line_key(line)` to the share of the source's documents in which the line stands; `evidence`
    is what else speaks for each line being article (the markup, say), as log odds; `model` is another than
    the shipped one.
    """
    contents = [raw[start:end].strip() for start, end in spans]
    blocks = join_blocks(contents, [start == 0 or raw[start - 1] in "\r\n" for start, _ in spans])
    verdicts = [Verdict("blank", "blank", 0.0)] * len(spans)
    if not blocks:
        return verdicts
    features = read_features([block.text for block in blocks])
    told = None if evidence is None else [max(evidence[index] for index in block.indices) for block in blocks]
    covers = features[:, len(SHAPE) : len(SHAPE) + len(load_lexicon().categories)]
    certain = features[:, _COLUMN["certain"]].tolist()
    is_repeated = _find_repeated(blocks, contents, repeated, lambda: article_probabilities(features, told, model))
    reasons = [
        "repeated_in_source"
        if is_again
        else certain_reason(words_of(block.text), cover.tolist())
        if is_certain
        else None
        for block, cover, is_certain, is_again in zip(blocks, covers, certain, is_repeated, strict=True)
    ]
    scores, is_kept = _search(blocks, features, told, model, reasons)
    embeds = find_embeds(blocks, is_kept)
    kept = [number for number, keep in enumerate(is_kept) if keep]
    first, last = (kept[0], kept[-1]) if kept else (len(blocks), len(blocks))
    remove = _remover(features, covers)
    for number, block in enumerate(blocks):
        score, reason = scores[number], reasons[number]
        if number in embeds:
            verdict = Verdict("embed", "embedded_post", score)
        elif is_kept[number]:
            verdict = _kept(block.text, features[number], score, blocks, is_kept, number)
        elif reason is not None:
            verdict = Verdict(_REASON_KINDS.get(reason, "chrome"), reason, score)
        else:
            place = "before_article" if number < first else "after_article" if number > last else "between_paragraphs"
            verdict = remove(number, score, place)
        first_index, *others = block.indices
        verdicts[first_index] = verdict
        for index in others:
            verdicts[index] = verdict._replace(is_continued=True)
    return verdicts


def _search(
    blocks: Sequence[Block],
    features: np.ndarray,
    evidence: Sequence[float] | None,
    model: Model | None,
    reasons: Sequence[str | None],
) -> tuple[list[float], list[bool]]:
    """The probability of every block, and whether it is kept.

    A page that keeps next to nothing, or nothing of the runs of prose that look most like an article, was read from
    the wrong end: the search goes on with more and more log odds for every paragraph of such runs, until they are in.
    Where the markup speaks as well, it has said which run it is.
    """
    import numpy as np

    words, lead, runs = (features[:, _numbers()[name]] for name in ("words", "run_lead", "run_words"))
    is_dated = features[:, _numbers()["moments_before"]] + features[:, _numbers()["moments_after"]] >= _MOST_MOMENTS
    is_sought = (words >= _SHORT_LINE) & (lead >= _LEAST_LEAD) & ~is_dated
    paragraphs = np.where(is_sought, np.minimum(words / _LONGEST_PRICED, 1.0), 0.0)
    found: list[tuple[list[float], list[bool]]] = []
    least = _FEWEST_WORDS
    for price in (0.0, *_PRICES) if evidence is None and runs.max() >= _LEAST_RUN else (0.0,):
        told = article_probabilities(features, (price * paragraphs).tolist() if price else evidence, model)
        scores = [score if reason is None else 0.0 for score, reason in zip(told, reasons, strict=True)]
        found.append((scores, _choose(blocks, features, scores, reasons)))
        is_kept = np.array(found[-1][1])
        if words[is_kept].sum() >= least and lead[is_kept].max() >= _LEAST_LEAD:
            return found[-1]
        least = max(_FEWEST_WORDS, runs.max() / 2)
    return found[0]


def _choose(
    blocks: Sequence[Block], features: np.ndarray, scores: Sequence[float], reasons: Sequence[str | None]
) -> list[bool]:
    """Which blocks are article: those from the cut of the greatest expected F, and what two kinds of page need besides."""
    cut, _ = best_cut(scores, [len(block.text) for block in blocks])
    cut = min(max(cut, LEAST_PROBABILITY), MOST_PROBABILITY)
    is_kept = [score >= cut for score in scores]
    mend_live_page(blocks, features, [reason is not None for reason in reasons], is_kept)
    _mend_truncation(blocks, features, is_kept)
    _mend_end(features, scores, reasons, is_kept)
    return is_kept


def _find_repeated(
    blocks: Sequence[Block],
    contents: Sequence[str],
    repeated: Mapping[int, float] | None,
    weigh: Callable[[], Sequence[float]],
) -> list[bool]:
    """Which blocks are chrome because they stand in many pages of the source.

    Where much of what reads as article (`weigh` says how much each block does) comes again elsewhere, the page is a
    copy or another version of those pages, and repetition says nothing of its article.
    """
    shares = repeated or {}
    is_repeated = [
        all(shares.get(line_key(contents[index]), 0.0) >= REPEATED_FROM for index in block.indices)
        for block in blocks
    ] if shares else [False] * len(blocks)  # fmt: skip
    if not any(is_repeated):
        return is_repeated
    reads = [score >= _READS_AS_ARTICLE for score in weigh()]
    words = [block.text.count(" ") + 1 for block in blocks]
    article = sum(count for count, is_article in zip(words, reads, strict=True) if is_article)
    again = sum(count for count, *is_both in zip(words, reads, is_repeated, strict=True) if all(is_both))
    if again <= max(_MOST_REPEATED_WORDS, _MOST_REPEATED_SHARE * article):
        return is_repeated
    return [is_again and not is_article for is_again, is_article in zip(is_repeated, reads, strict=True)]


def _mend_truncation(blocks: Sequence[Block], features: np.ndarray, is_kept: list[bool]) -> None:
    """Keep the sentence a paywall cuts in its middle: prose between the last kept block and the wall's own words."""
    last = max((number for number, keep in enumerate(is_kept) if keep), default=-1)
    if last < 0 or last + 2 >= len(blocks) or not says_truncated(blocks[last + 2].text):
        return
    row = features[last + 1]
    is_prose = row[_COLUMN["words"]] >= 8 and row[_COLUMN["function_share"]] >= 0.25 and not row[_COLUMN["certain"]]
    is_kept[last + 1] = bool(is_prose and row[_COLUMN["chrome_share"]] < 0.3)


def _mend_end(
    features: np.ndarray, scores: Sequence[float], reasons: Sequence[str | None], is_kept: list[bool]
) -> None:
    """Keep the paragraph between the last kept block and a line that is certainly chrome ("Share this article"): what
    follows an article's end rarely stands above its buttons."""
    last = max((number for number, keep in enumerate(is_kept) if keep), default=-1)
    if last < 0 or last + 2 >= len(is_kept) or reasons[last + 2] is None or reasons[last + 1] is not None:
        return
    is_kept[last + 1] = bool(features[last + 1][_numbers()["prose"]] > 0 and scores[last + 1] >= LEAST_AT_END)


_COLUMN = {name: number for number, name in enumerate(SHAPE)}


def _kept(
    text: str, shape: np.ndarray, score: float, blocks: Sequence[Block], is_kept: Sequence[bool], number: int
) -> Verdict:
    words = shape[_COLUMN["words"]]
    markup = shape[_COLUMN["markup"]]
    after = blocks[number + 1].text if number + 1 < len(blocks) and not is_kept[number + 1] else ""
    if words <= 40 and (_CREDIT.search(text) or (len(after) < _LONGEST_CREDIT and _CREDIT.search(after))):
        return Verdict("caption", "photo_caption", score)
    if markup == 1:
        return Verdict("heading", "subheading", score)
    if markup == 2:
        return Verdict("body", "list_item", score)
    if text[0] in '«"“„' and text.rstrip(".")[-1] in '»"”“':
        return Verdict("body", "quote", score)
    has_body_after = number + 1 < len(blocks) and is_kept[number + 1] and len(blocks[number + 1].text) > len(text)
    if words <= 16 and has_body_after and text[-1] not in ".!…;,:" and not text[0].islower():
        return Verdict("heading", "subheading", score)
    return Verdict("body", "prose" if words > 8 else "short_line", score)


def _remover(features: np.ndarray, covers: np.ndarray) -> Callable[[int, float, str], Verdict]:
    """What gives the verdict on a removed block, from its number, score and place; columns are read once a page."""
    categories, numbers = load_lexicon().categories, _numbers()
    best, cover = covers.argmax(axis=1).tolist(), covers.max(axis=1).tolist()
    words = features[:, _COLUMN["words"]].tolist()
    sections = [
        (reason, features[:, numbers[section]].tolist())
        for section, reason in (("after_comment", "comment"), ("after_related", "related_article"))
    ]

    def remove(number: int, score: float, place: str) -> Verdict:
        is_short = words[number] <= _SHORT_LINE
        if cover[number] >= (_LEAST_COVER if is_short else _LEAST_COVER_OF_PROSE):
            reason = categories[best[number]]
            return Verdict(_REASON_KINDS.get(reason, "chrome"), reason, score)
        if words[number] > 3:
            for reason, since in sections:
                if 0 < since[number] < _SECTION_REACH:
                    return Verdict(_REASON_KINDS[reason], reason, score)
        if is_short:
            return Verdict("chrome", "short_line" if place != "after_article" else place, score)
        return Verdict("teaser" if place == "after_article" else "chrome", place, score)

    return remove


@cache
def _numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(feature_names())}
