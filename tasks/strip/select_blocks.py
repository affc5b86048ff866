"""Which blocks of a page are its article, from the probability of each: the threshold, a second search, repeated lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.page.lines import line_key
from tasks.strip.blocks import Block
from tasks.strip.certain_phrases import has_paywall_notice
from tasks.strip.feature_table import feature_numbers
from tasks.strip.live_pages import keep_live_entries
from tasks.strip.sequence_model import Model, article_probabilities, best_cut

if TYPE_CHECKING:
    import numpy as np

_LEAST_PROBABILITY = 0.15  # a block less probable than this is never article
_MOST_PROBABILITY = 0.6  # and one more probable always is
_LEAST_AT_END = 0.25  # the same for the paragraph right before a line that ends articles
_REPEATED_FROM = 0.3  # of a source's documents: body lines are not shared by a third of a source's articles
_READS_AS_ARTICLE = 0.5  # probability
_MOST_REPEATED_WORDS = 60  # the text that a publisher sets under every article is rarely longer
_MOST_REPEATED_SHARE = 1 / 3  # of the words that read as article: a page that shares more is a copy
_FEWEST_WORDS = 60  # kept of a page that has a run of `_LEAST_RUN` words of prose: fewer are taken for a mistake
_LEAST_RUN = 120
_LEAST_LEAD = 0.4  # score of the best kept run as a share of the page's best, by length and headline
_MOST_MOMENTS = 2  # times of day on lines of their own around a paragraph: comments have them, articles do not
_PRICES = (1.0, 2.0, 4.0, 8.0)  # log odds for a paragraph of `_LONGEST_PRICED` words
_LONGEST_PRICED = 30
_SHORTEST_PARAGRAPH = 12  # words


def select_blocks(
    blocks: Sequence[Block],
    features: np.ndarray,
    evidence: Sequence[float] | None,
    model: Model | None,
    reasons: Sequence[str | None],
) -> tuple[list[float], list[bool]]:
    """The probability of every block, and whether it is kept.

    A page that keeps next to nothing, or nothing of the runs of prose that look most like an article, was
    searched from the wrong end: the search is repeated with more and more log odds for every paragraph of such runs, until they are in.
    Where there is evidence for a block from the markup, it decides which run it is, and there is no second search.
    """
    import numpy as np

    numbers = feature_numbers()
    words, lead, runs = (features[:, numbers[name]] for name in ("words", "run_lead", "run_words"))
    is_dated = features[:, numbers["moments_before"]] + features[:, numbers["moments_after"]] >= _MOST_MOMENTS
    is_sought = (words >= _SHORTEST_PARAGRAPH) & (lead >= _LEAST_LEAD) & ~is_dated
    paragraphs = np.where(is_sought, np.minimum(words / _LONGEST_PRICED, 1.0), 0.0)
    found: list[tuple[list[float], list[bool]]] = []
    least = _FEWEST_WORDS
    is_read = evidence is not None and max(evidence) > 0
    given = np.zeros(len(blocks)) if evidence is None else np.array(evidence)
    for price in (0.0, *_PRICES) if not is_read and runs.max() >= _LEAST_RUN else (0.0,):
        probabilities = article_probabilities(features, (given + price * paragraphs).tolist(), model)
        scores = [score if reason is None else 0.0 for score, reason in zip(probabilities, reasons, strict=True)]
        found.append((scores, _choose(blocks, features, scores, reasons)))
        is_kept = np.array(found[-1][1])
        if words[is_kept].sum() >= least and lead[is_kept].max() >= _LEAST_LEAD:
            return found[-1]
        least = max(_FEWEST_WORDS, runs.max() / 2)
    return found[0]


def _choose(
    blocks: Sequence[Block], features: np.ndarray, scores: Sequence[float], reasons: Sequence[str | None]
) -> list[bool]:
    """Which blocks are article: those above the threshold of greatest expected F, and what live and cut pages need in addition."""
    cut, _ = best_cut(scores, [len(block.text) for block in blocks])
    cut = min(max(cut, _LEAST_PROBABILITY), _MOST_PROBABILITY)
    is_kept = [score >= cut for score in scores]
    keep_live_entries(blocks, features, [reason is not None for reason in reasons], is_kept)
    _keep_cut_sentence(blocks, features, is_kept)
    _keep_last_paragraph(features, scores, reasons, is_kept)
    return is_kept


def find_repeated(
    blocks: Sequence[Block],
    contents: Sequence[str],
    repeated: Mapping[int, float] | None,
    weigh: Callable[[], Sequence[float]],
) -> list[bool]:
    """Which blocks are chrome because they stand in many pages of the source.

    Where much of what reads as article (`weigh` says how much each block does) comes again elsewhere, the page is a
    copy or another version of those pages, and repetition is no evidence against its article.
    """
    if not repeated:
        return [False] * len(blocks)
    is_repeated = [
        all(repeated.get(line_key(contents[index]), 0.0) >= _REPEATED_FROM for index in block.indices)
        for block in blocks
    ]
    if not any(is_repeated):
        return is_repeated
    reads = [score >= _READS_AS_ARTICLE for score in weigh()]
    words = [block.text.count(" ") + 1 for block in blocks]
    article = sum(count for count, is_article in zip(words, reads, strict=True) if is_article)
    again = sum(count for count, *is_both in zip(words, reads, is_repeated, strict=True) if all(is_both))
    if again <= max(_MOST_REPEATED_WORDS, _MOST_REPEATED_SHARE * article):
        return is_repeated
    return [is_again and not is_article for is_again, is_article in zip(is_repeated, reads, strict=True)]


def _keep_cut_sentence(blocks: Sequence[Block], features: np.ndarray, is_kept: list[bool]) -> None:
    """Keep the sentence that a paywall cuts: prose between the last kept block and the paywall notice."""
    last = max((number for number, keep in enumerate(is_kept) if keep), default=-1)
    if last < 0 or last + 2 >= len(blocks) or not has_paywall_notice(blocks[last + 2].text):
        return
    row, numbers = features[last + 1], feature_numbers()
    is_prose = row[numbers["words"]] >= 8 and row[numbers["function_share"]] >= 0.25 and not row[numbers["certain"]]
    is_kept[last + 1] = bool(is_prose and row[numbers["chrome_share"]] < 0.3)


def _keep_last_paragraph(
    features: np.ndarray, scores: Sequence[float], reasons: Sequence[str | None], is_kept: list[bool]
) -> None:
    """Keep the paragraph between the last kept block and a line that is certainly chrome ("Share this article").

    What follows an article's end rarely stands above its buttons.
    """
    last = max((number for number, keep in enumerate(is_kept) if keep), default=-1)
    if last < 0 or last + 2 >= len(is_kept) or reasons[last + 2] is None or reasons[last + 1] is not None:
        return
    is_kept[last + 1] = bool(features[last + 1][feature_numbers()["prose"]] > 0 and scores[last + 1] >= _LEAST_AT_END)
