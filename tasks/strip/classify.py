"""The verdict on every line of a whole-page dump: article or not, of what kind, and for what reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from tasks.strip.article_span import SpanModel
from tasks.strip.assemble import NEVER, LineVerdict
from tasks.strip.block_features import BLOCK_FEATURES
from tasks.strip.blocks import Block, join_blocks
from tasks.strip.certain_phrases import certain_reason
from tasks.strip.consent import find_dialogues
from tasks.strip.cross_references import find_cross_references
from tasks.strip.embeds import find_embeds
from tasks.strip.feature_table import feature_numbers, read_table
from tasks.strip.hard_wraps import find_wraps
from tasks.strip.lexicon import CATEGORIES, lexicon_tables
from tasks.strip.omissions import soften_omissions
from tasks.strip.select_blocks import find_repeated, select_blocks
from tasks.strip.sequence_model import Model, load_model, probabilities_of_steps
from tasks.text.clean_view import clean_text, is_link_alone
from tasks.text.words import remember_words
from warehouse.rows import LineKind

if TYPE_CHECKING:
    import numpy as np


_LONGEST_CREDIT = 80  # characters of a credit line: the line above it is the caption
_REASON_KINDS: dict[str, LineKind] = {"comment": "comment", "related_article": "teaser", "most_read": "teaser"}
_LEAST_COVER = 0.25  # share of a line's words in phrases of a category from which the category is the reason
_LEAST_COVER_OF_PROSE = 0.12  # the same for lines of more words than `_SHORT_LINE`
_SHORT_LINE = 12  # words
_SECTION_REACH = 80  # blocks: how far after its heading a section of comments or related articles may give the reason


def classify(
    raw: str,
    spans: Sequence[tuple[int, int]],
    *,
    repeated: Mapping[int, float] | None = None,
    evidence: Sequence[float] | None = None,
    is_wrapped: Sequence[bool] | None = None,
    model: Model | None = None,
    span_model: SpanModel | None = None,
) -> list[LineVerdict]:
    """One verdict for every line of a page's raw text, cut at `spans` (`cut_lines`).

    `is_wrapped` is what `find_wraps` gives for these lines, if it is known; `repeated` maps `line_key(line)` to the share of the source's documents in which the line stands; `evidence`
    is further evidence for each line being article, such as the markup, as log odds; a line with `NEVER` is removed
    and the others are judged as if it were not there; `model` and `span_model` are others than the shipped ones.
    """
    lines = [raw[start:end] for start, end in spans]
    contents = [clean_text(line).strip() for line in lines]
    verdicts = [_NO_WORDS if line and not line.isspace() else _BLANK for line in lines]
    for index, odds in enumerate(evidence or ()):
        if odds == NEVER:
            contents[index] = ""
            verdicts[index] = _EXCLUDED if verdicts[index] is _NO_WORDS else _BLANK
    blocks = join_blocks(
        contents,
        [start == 0 or raw[start - 1] in "\r\n" for start, _ in spans],
        find_wraps(lines) if is_wrapped is None else is_wrapped,
    )
    set_aside = find_set_aside([block.text for block in blocks])
    for number, cause in set_aside.items():
        for index in blocks[number].indices:
            verdicts[index] = LineVerdict(_REASON_KINDS.get(cause, "chrome"), cause, 0.0)
    blocks = [block for number, block in enumerate(blocks) if number not in set_aside]
    if not blocks:
        return verdicts
    table = read_table([block.text for block in blocks])
    block_evidence = None
    if evidence is not None:
        block_evidence = [max(evidence[index] for index in block.indices) for block in blocks]
        block_evidence = soften_omissions(block_evidence, table[0])
    steps = (model or load_model()).score_steps(table[0])
    is_repeated = find_repeated(blocks, contents, repeated, lambda: probabilities_of_steps(steps, block_evidence))
    is_link = [is_link_alone(line) for line in lines] if "](" in raw else None
    reasons = _find_reasons(blocks, table[0], is_repeated, is_link)
    scores, is_kept = select_blocks(blocks, table, block_evidence, reasons, steps, span_model)
    for block, verdict in zip(blocks, _judge_blocks(blocks, table[0], scores, is_kept, reasons), strict=True):
        first_index, *others = block.indices
        verdicts[first_index] = verdict
        for index in others:
            verdicts[index] = verdict._replace(is_continued=True)
    return verdicts


def _find_reasons(
    blocks: Sequence[Block], features: np.ndarray, is_repeated: Sequence[bool], is_link: Sequence[bool] | None
) -> list[str | None]:
    """Why a block is chrome whatever its score: it is repeated in the source, a certain phrase, a link alone; else None.

    `is_link` is given for every line of the page, or None where there is no link.
    """
    reasons = find_certain([block.text for block in blocks], features)
    if is_link is not None:
        for number, block in enumerate(blocks):
            if reasons[number] is None and all([is_link[index] for index in block.indices]):
                reasons[number] = "link"
    for number, is_again in enumerate(is_repeated):
        if is_again:
            reasons[number] = "repeated_in_source"
    return reasons


def find_certain(texts: Sequence[str], features: np.ndarray) -> list[str | None]:
    """Why a block is certainly not article, by its words alone; `features` are those of `read_table`."""
    import numpy as np

    reasons: list[str | None] = [None] * len(texts)
    for number in np.flatnonzero(features[:, _COLUMN["certain"]]).tolist():
        reasons[number] = certain_reason(remember_words(texts[number]), features[number, _COVERS].tolist())
    return reasons


def _judge_blocks(
    blocks: Sequence[Block],
    features: np.ndarray,
    scores: Sequence[float],
    is_kept: Sequence[bool],
    reasons: Sequence[str | None],
) -> Iterator[LineVerdict]:
    """The verdict on each block."""
    embeds = find_embeds(blocks, is_kept)
    kept = [number for number, keep in enumerate(is_kept) if keep]
    first, last = (kept[0], kept[-1]) if kept else (len(blocks), len(blocks))
    remove = _remover(features, features[:, _COVERS])
    words, markup = (features[:, _COLUMN[name]].tolist() for name in ("words", "markup"))
    for number, block in enumerate(blocks):
        score, reason = scores[number], reasons[number]
        if number in embeds:
            yield LineVerdict("embed", "embedded_post", score)
        elif is_kept[number]:
            after = blocks[number + 1].text if number + 1 < len(blocks) else ""
            is_next_kept = number + 1 < len(blocks) and is_kept[number + 1]
            yield _kept(block.text, words[number], markup[number], score, after, is_next_kept=is_next_kept)
        elif reason is not None:
            yield LineVerdict(_REASON_KINDS.get(reason, "chrome"), reason, score)
        else:
            place = "before_article" if number < first else "after_article" if number > last else "between_paragraphs"
            yield remove(number, score, place)


def find_set_aside(texts: Sequence[str]) -> dict[int, str]:
    """The blocks taken out before the article is sought, since they say nothing about where it is; with their reasons."""
    return find_cross_references(texts) | dict.fromkeys(find_dialogues(texts), "cookie_banner")


# The verdicts on lines that are in no block.
_BLANK = LineVerdict("blank", "blank", 0.0)
_NO_WORDS = LineVerdict("chrome", "no_words", 0.0)
_EXCLUDED = LineVerdict("chrome", "excluded_by_markup", 0.0)

_COLUMN = {name: number for number, name in enumerate(BLOCK_FEATURES)}
_COVERS = slice(len(BLOCK_FEATURES), len(BLOCK_FEATURES) + len(CATEGORIES))  # columns


def _kept(text: str, words: float, markup: float, score: float, after: str, *, is_next_kept: bool) -> LineVerdict:
    """The verdict on a kept block of so many words; `after` is the text of the next one."""
    if words <= 40:
        credit = _credit_pattern()
        has_credit_below = not is_next_kept and len(after) < _LONGEST_CREDIT and credit.search(after)
        if credit.search(text) or has_credit_below:
            return LineVerdict("caption", "photo_caption", score)
    if markup == 1:
        return LineVerdict("heading", "subheading", score)
    if markup == 2:
        return LineVerdict("body", "list_item", score)
    if text[0] in '«"“„' and text.rstrip(".")[-1] in '»"”“':
        return LineVerdict("body", "quote", score)
    if words <= 16 and is_next_kept and len(after) > len(text) and text[-1] not in ".!…;,:" and not text[0].islower():
        return LineVerdict("heading", "subheading", score)
    return LineVerdict("body", "prose" if words > 8 else "short_line", score)


@cache
def _credit_pattern() -> re.Pattern[str]:
    """What credits a picture, so that the line or the one above it is its caption."""
    return re.compile("|".join(lexicon_tables()["captions"]["credit_patterns"]))


def _remover(features: np.ndarray, covers: np.ndarray) -> Callable[[int, float, str], LineVerdict]:
    """What gives the verdict on a removed block, from its number, score and place; columns are read once a page."""
    categories, numbers = CATEGORIES, feature_numbers()
    best, cover = covers.argmax(axis=1).tolist(), covers.max(axis=1).tolist()
    words = features[:, _COLUMN["words"]].tolist()
    sections = [
        (reason, features[:, numbers[section]].tolist())
        for section, reason in (("after_comment", "comment"), ("after_related", "related_article"))
    ]

    def remove(number: int, score: float, place: str) -> LineVerdict:
        is_short = words[number] <= _SHORT_LINE
        if cover[number] >= (_LEAST_COVER if is_short else _LEAST_COVER_OF_PROSE):
            reason = categories[best[number]]
            return LineVerdict(_REASON_KINDS.get(reason, "chrome"), reason, score)
        if words[number] > 3:
            for reason, since in sections:
                if 0 < since[number] < _SECTION_REACH:
                    return LineVerdict(_REASON_KINDS[reason], reason, score)
        if is_short:
            return LineVerdict("chrome", "short_line" if place != "after_article" else place, score)
        return LineVerdict("teaser" if place == "after_article" else "chrome", place, score)

    return remove
