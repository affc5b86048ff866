"""The features of a page as a whole, by which it is judged an article or not: named numbers of what is kept and what stands around it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tasks.strip.lexicon import load_lexicon
from tasks.text.words import split_folded_words
from warehouse.rows import Line

PAGE_FEATURES = {  # name: what it measures
    "words": "log of the words kept, to 600",
    "paragraph_length": "log of the mean characters of a paragraph",
    "runs": "log of the pieces into which removed lines part what is kept, by paragraph: teasers stand alone",
    "headline": "share of the headline's words that come again below it",
    "headline_distance": "log of the lines between headline and text, to 40, as when there is none",
    "byline": "1 where an author or a date stands just above the text",
    "headings": "log of the headings in the text, by paragraph: an index has one over each",
    "cohesion": "log odds that paragraphs which share so much belong to one article, from -6 to 1; 0 for a single one",
    "continuity": "the same for paragraphs that follow one another: one article below another has many of them",
    "chrome": "share of words in phrases of chrome",
    "reader": "share of words that address the reader or speak for the publisher (you, your, we, our)",
    "ended": "share of paragraphs that end as a sentence does",
    "broken_off": "share of paragraphs that end in dots",
}
_MANY = 6  # paragraphs, from which cohesion distinguishes an article from an index

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_CHARACTERS_PER_WORD = 14  # on average more than this: a script without spaces
_SHORTEST_PARAGRAPH = 60  # characters
_SHORTEST_UNSPACED = 25
_MOST_READ, _LONGEST_READ = 8, 200  # paragraphs and characters of each: beginnings are enough, and cost little
_MOST_COUNTED = 240  # words in which chrome is looked for
_MOST_TO_READER = 0.06  # share of words: advice to readers has as many as what is said for the publisher
_MOST_WORDS = 600
_LONGEST_HEADING = 110  # characters
_SHORTEST_WORD = 5  # letters of a word that shows what a paragraph is about
_STEM = 9  # letters compared, so that inflected forms count as one word
_FARTHEST = 40  # lines between headline and text
_ABOVE = 15  # lines above the text in which author and date are looked for
_SHARED_IN_ARTICLE = 0.04  # of a paragraph's topics, with each other paragraph: nine articles in ten share more
_SHARED_IN_INDEX = 0.01  # half of all indexes share less
_LEAST_COHESION, _MOST_COHESION = -6.0, 1.0  # an index may be all about one event, so sharing much proves little
_ENDINGS = ".!?…。！？"
_CLOSING = "\"'”’»)] \u00a0\u202f"
_BROKEN_OFF = ("…", "...", "[…]", "[...]")


def count_words(text: str) -> int:
    """The words of a text; in a script without spaces two characters count as a word."""
    count = text.count(" ") + text.count("\n") - text.count("\n\n") + bool(text)
    return len(_UNSPACED.findall(text)) // 2 if count < len(text) / _CHARACTERS_PER_WORD else count


def paragraphs_of(kept: Sequence[Line], text: str) -> list[str]:
    """The paragraphs among the kept lines: those long enough, from the lines and pieces of lines that `text` joins in one."""
    joined: list[str] = []
    last_end = None  # where the last line of body ends in the text
    for line in kept:
        if line.kind != "body" or line.text_start is None:
            last_end = None
            continue
        if last_end is not None and "\n" not in (gap := text[last_end : line.text_start]):
            joined[-1] += gap + line.line.strip()
        else:
            joined.append(line.line.strip())
        last_end = line.text_end
    return [
        line
        for line in joined
        if len(line) >= _SHORTEST_PARAGRAPH or (len(line) >= _SHORTEST_UNSPACED and " " not in line)
    ]


def is_ended(paragraph: str) -> bool:
    """Whether a paragraph ends as a sentence does."""
    last = paragraph.rstrip(_CLOSING)[-1:]
    return last != "" and last in _ENDINGS


def regime_of(paragraphs: Sequence[str]) -> str:
    """Which weights a page is judged with: those for few paragraphs, or for many."""
    return "many" if len(paragraphs) >= _MANY else "few"


def read_page_features(
    filled: Sequence[Line], places: Sequence[int], paragraphs: Sequence[str], count_words: int, title: str | None
) -> dict[str, float]:
    """The numbers of `PAGE_FEATURES` of a page that keeps at least one paragraph.

    `filled` are its lines that are not blank, `places` the indices of the kept ones among them.
    """
    first = places[0]
    above = filled[max(0, first - _FARTHEST) : first][::-1]  # the nearest line comes first
    distance = next((away for away, line in enumerate(above, 1) if line.kind == "title"), _FARTHEST)
    return {
        "words": math.log1p(min(count_words, _MOST_WORDS)),
        "headline_distance": math.log1p(distance),
        "byline": float(any(line.kind in ("byline", "dateline") for line in above[:_ABOVE])),
        **_layout_features([filled[place].line.strip() for place in places], places, paragraphs),
        **_word_features(paragraphs, title),
    }


def _layout_features(kept: Sequence[str], places: Sequence[int], paragraphs: Sequence[str]) -> dict[str, float]:
    count = len(paragraphs)
    runs = 1 + sum(after - before > 2 for before, after in pairwise(places))
    headings = sum(
        len(line) < min(_LONGEST_HEADING, len(after)) and line[-1] not in '.!?…:。！？»”"'
        for line, after in pairwise(kept)
    )
    length = sum(len(line) * (1.0 if " " in line else 2.5) for line in paragraphs) / count
    return {
        "paragraph_length": math.log1p(length),
        "runs": math.log1p(runs / count),
        "headings": math.log1p(headings / count),
        "ended": sum(is_ended(line) for line in paragraphs) / count,
        "broken_off": sum(line.endswith(_BROKEN_OFF) for line in paragraphs) / count,
    }


def _word_features(paragraphs: Sequence[str], title: str | None) -> dict[str, float]:
    lexicon = load_lexicon()
    read_length = max(_LONGEST_READ, _MOST_READ * _LONGEST_READ // len(paragraphs))
    read = [line[:read_length] for line in paragraphs[:_MOST_READ]]
    has_spaces = not _UNSPACED.search(read[0])
    words = [split_folded_words(line) for line in read]
    flat = [word for line in words for word in line][:_MOST_COUNTED]
    count = max(len(flat), 1)
    topics = [_topics(line, split, has_spaces) for line, split in zip(read, words, strict=True)]
    headline = _topics(title, split_folded_words(title), has_spaces) if title else set()
    return {
        "headline": len(headline.intersection(set().union(*topics))) / len(headline) if len(headline) > 1 else 0.0,
        "cohesion": _cohesion(topics),
        "continuity": _continuity(topics),
        "chrome": min(1.0, sum(lexicon.count_covered(flat)) / count),
        "reader": min(_MOST_TO_READER, len([word for word in flat if word in lexicon.reader_words]) / count),
    }


def _topics(line: str, words: Sequence[str], has_spaces: bool) -> set[str]:
    """What a paragraph is about: its longer words, cut to their stems, or pairs of characters where no spaces are."""
    if not has_spaces:
        characters = _UNSPACED.findall(line)
        if len(characters) > len(line) / 3:
            return {one + other for one, other in pairwise(characters)}
    functions = load_lexicon().function_words
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD and word not in functions}


def _cohesion(topics: Sequence[set[str]]) -> float:
    """How much likelier the topics that paragraphs share are in an article than in an index, as log odds.

    Shared topics are counted over pairs of paragraphs and taken as Poisson; without topics the odds are 0.
    """
    filled = [topic for topic in topics if len(topic) > 2]
    if len(filled) < 2:
        return 0.0
    counts = Counter(word for topic in filled for word in topic)
    shared = sum(count * (count - 1) for count in counts.values()) / 2
    return _shared_odds(shared, (len(filled) - 1) / 2 * sum(map(len, filled)))


def _continuity(topics: Sequence[set[str]]) -> float:
    """The cohesion of neighbouring paragraphs alone."""
    pairs = [(one, other) for one, other in pairwise(topics) if len(one) > 2 and len(other) > 2]
    return _shared_odds(
        sum(len(one & other) for one, other in pairs), sum(len(one) + len(other) for one, other in pairs) / 2
    )


def _shared_odds(shared: float, chances: float) -> float:
    odds = shared * math.log(_SHARED_IN_ARTICLE / _SHARED_IN_INDEX) - chances * (_SHARED_IN_ARTICLE - _SHARED_IN_INDEX)
    return max(_LEAST_COHESION, min(_MOST_COHESION, odds))
