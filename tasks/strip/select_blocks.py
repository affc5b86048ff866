"""Which blocks of a page are its article: the threshold on their probability, further searches, the choice of a run, repeated lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.page.lines import line_key
from tasks.strip.article_span import KeptSet, SpanModel, choose_span
from tasks.strip.blocks import Block
from tasks.strip.certain_phrases import has_paywall_notice
from tasks.strip.feature_table import feature_numbers
from tasks.strip.live_pages import keep_live_entries
from tasks.strip.sequence_model import best_cut, probabilities_of_steps

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
_FAVOURS = (1.0, 2.0, 4.0, 8.0)  # log odds for a paragraph of `_LONGEST_FAVOURED` words
_SMALL_GAP = 5  # blocks between the kept blocks of one run
_MOST_PIECES = 6  # gaps and headlines in one run
_SHORTEST_HEADLINE = 4  # words
_BEST_LEAD = 0.99
_FAVOUR = 4.0  # log odds for every paragraph, in the second kept set that runs are chosen from
_LONGEST_FAVOURED = 30
_SHORTEST_PARAGRAPH = 12  # words


def select_blocks(
    blocks: Sequence[Block],
    table: tuple[np.ndarray, Sequence[frozenset[str]]],
    evidence: Sequence[float] | None,
    reasons: Sequence[str | None],
    steps: np.ndarray,
    span_model: SpanModel | None = None,
) -> KeptSet:
    """The probability of every block, and whether it is kept.

    `table` has the blocks' features and content words, `steps` is what the line model scores them (`Model.score_steps`).

    Where there is evidence for a block from the markup, it decides which run of prose is the article; else the choice
    between the runs is made for the page as a whole (`article_span.py`). A live page is all its entries.
    """
    features, bags = table
    search = Search(blocks, features, reasons, steps)
    if evidence is not None:
        return search.keep(evidence) if max(evidence) > 0 else search.keep_most_likely(evidence)
    first = search.keep_most_likely()
    if search.is_live or not has_choice(features, first[1]):
        return first
    return choose_span(features, bags, first, search.keep_favoured, span_model)


def has_choice(features: np.ndarray, is_kept: Sequence[bool]) -> bool:
    """Whether a page may have another article than all that is kept.

    It has not when nothing is kept, or when the best run of prose is kept and all that is kept is one run: in a few pieces, with little
    and no heading of comments or other articles between. That is so on most pages, where choosing would be expensive and changes nothing.
    """
    import numpy as np

    kept = np.flatnonzero(is_kept)
    if not len(kept):
        return False
    numbers = feature_numbers()
    run = features[kept[0] : kept[-1] + 1]
    names = ("words", "end", "prose", "run_lead", "after_comment", "after_related")
    words, end, prose, lead, after_comment, after_related = (run[:, numbers[name]] for name in names)
    gaps = np.diff(kept) - 1
    headlines = (prose == 0) & (words >= _SHORTEST_HEADLINE) & ((end == 0) | (end > 8))
    pieces = (gaps > 0).sum() + headlines[kept - kept[0]].sum()
    is_one_run = pieces < _MOST_PIECES and not (gaps > _SMALL_GAP).any()
    is_announced = (after_comment == 0).any() or (after_related == 0).any()
    return not (is_one_run and lead[kept - kept[0]].max() >= _BEST_LEAD and not is_announced)


class Search:
    """What the line model keeps of a page, with more or less log odds added for its paragraphs."""

    def __init__(
        self, blocks: Sequence[Block], features: np.ndarray, reasons: Sequence[str | None], steps: np.ndarray
    ) -> None:
        self._blocks, self._features, self._reasons = blocks, features, reasons
        self.is_live = False  # as found in the last search
        self._steps = steps

    def keep(self, evidence: Sequence[float] | None) -> KeptSet:
        """The probability of every block under the evidence, in log odds, and whether it is kept."""
        found = probabilities_of_steps(self._steps, evidence)
        scores = [score if reason is None else 0.0 for score, reason in zip(found, self._reasons, strict=True)]
        return scores, self._choose(scores)

    def keep_most_likely(self, evidence: Sequence[float] | None = None) -> KeptSet:
        """What is kept with no log odds added, or with as few as needed, beside the evidence.

        Where next to nothing is kept, or nothing of the runs of prose that look most like an article, the model took
        another part for the article: the search is repeated with more and more log odds for every paragraph of such
        runs, until they are kept.
        """
        import numpy as np

        numbers = feature_numbers()
        words, lead, runs = (self._features[:, numbers[name]] for name in ("words", "run_lead", "run_words"))
        moments = self._features[:, numbers["moments_before"]] + self._features[:, numbers["moments_after"]]
        is_sought = (lead >= _LEAST_LEAD) & (moments < _MOST_MOMENTS)
        paragraphs = _weigh_paragraphs(words, is_sought)
        found: list[KeptSet] = []
        least = _FEWEST_WORDS
        for favour in (0.0, *_FAVOURS) if runs.max() >= _LEAST_RUN else (0.0,):
            odds = favour * paragraphs if evidence is None else favour * paragraphs + np.asarray(evidence)
            found.append(self.keep(odds.tolist() if favour or evidence is not None else None))
            is_kept = np.array(found[-1][1])
            if words[is_kept].sum() >= least and lead[is_kept].max() >= _LEAST_LEAD:
                return found[-1]
            least = max(_FEWEST_WORDS, runs.max() / 2)
        return found[0]

    def keep_favoured(self) -> KeptSet:
        """What is kept when every paragraph is favoured, whatever its run: the parts among which a better run may be."""
        import numpy as np

        words = self._features[:, feature_numbers()["words"]]
        return self.keep((_FAVOUR * _weigh_paragraphs(words, np.True_)).tolist())

    def _choose(self, scores: Sequence[float]) -> list[bool]:
        """Which blocks are article: those above the threshold of greatest expected F, and what live and cut pages need in addition."""
        cut, _ = best_cut(scores, [len(block.text) for block in self._blocks])
        cut = min(max(cut, _LEAST_PROBABILITY), _MOST_PROBABILITY)
        is_kept = [score >= cut for score in scores]
        certain = [reason is not None for reason in self._reasons]
        self.is_live = keep_live_entries(self._blocks, self._features, certain, is_kept)
        _keep_cut_sentence(self._blocks, self._features, is_kept)
        _keep_last_paragraph(self._features, scores, self._reasons, is_kept)
        return is_kept


def _weigh_paragraphs(words: np.ndarray, is_sought: np.ndarray | np.bool) -> np.ndarray:
    """How much each paragraph sought is favoured, by its length: at most 1, and 0 for other blocks."""
    import numpy as np

    is_paragraph = is_sought & (words >= _SHORTEST_PARAGRAPH)
    return np.where(is_paragraph, np.minimum(words / _LONGEST_FAVOURED, 1.0), 0.0)


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
