"""What a block of a page says about consent to cookies, by the phrases of the table `consent` of `lexicons/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tasks.strip.lexicon import lexicon_tables, load_lexicon
from tasks.text.phrases import PhraseIndex
from tasks.text.remembered import RememberedBatch
from tasks.text.words import remember_words, split_folded_words

_KINDS = ("claims", "purposes", "topics", "buttons", "other_buttons")
_CLAIM, _PURPOSE, _TOPIC, _BUTTON, _OTHER_BUTTON = range(len(_KINDS))
_QUOTED = re.compile(
    r"«[^»]{0,400}»|“[^”]{0,400}”|„[^“”]{0,400}[“”]|\"[^\"]{0,400}\""
)  # what an article quotes, nobody says to its reader
_LONGEST_BUTTON = 8  # words
_LEAST_OF_BUTTON = 0.6  # share of a button's words in phrases
_LONGEST_OPENED_BUTTON = 6  # words of a button of which only the opening is known: "Accepter et lire gratuitement"
_LONGEST_CHOICE = (
    3  # words of a button of which one word is known: "Accept everything", not "Ministers accept ferry plan"
)
_LONGEST_HEADING = 14  # words
_LEAST_OF_HEADING = 0.3  # share of words in phrases of a heading that does not speak to the reader
_LEAST_OF_LABEL = 0.4  # the same below a dialogue, where the headline of an article about consent may stand
_LEAST_OF_GREETING = 0.2  # share of words to the reader of a short heading about something else: "You have the choice"
_LEAST_OF_CLAIM = 0.05  # share of words in phrases of a block that claims something
_LONGEST_CLAIM = 80  # words; a longer block with so few phrases holds something else as well
_LEAST_STANDARD = 5  # words of a claim that is a standard text: it needs nothing about cookies beside it
_LEAST_OF_PURPOSES = 0.25  # share of words that name purposes of data processing
_LEAST_OF_STATEMENT = 0.15  # share of words in phrases of a statement without a claim
_LEAST_OF_FULL = 0.35  # share of words in phrases of prose to the reader that no article has
_LEAST_TO_READER = 0.03  # share of words that address the reader or speak for the publisher, in a statement
_LEAST_WITHOUT_TOPIC = 0.05  # the same in a block within a dialogue that is about something else
_LONGEST_ITEM, _LONGEST_LABEL = 8, 3  # words of blocks within a run: items of a list, and labels ("Always active")
_SHORTEST_PARAGRAPH = 20  # words of a paragraph of an article
_LONGEST_OFFER = 30  # words below buttons that say what a subscription offers


class Reading(NamedTuple):
    """What a block says about consent; the shares are of its words."""

    words: int = 0
    covered: float = 0.0
    reader: float = 0.0
    is_sure: bool = False  # a statement that no article makes
    is_statement: bool = False
    is_button: bool = False
    is_other_button: bool = False
    is_topical: bool = False
    is_choice: bool = False  # a button that accepts or refuses, as far as its words say
    is_offer: bool = False  # opens as a button does: "Subscribe for 2 euros and read without cookies."

    @property
    def is_heading(self) -> bool:
        """Whether the block can stand above a statement: a heading that says what follows, or prose full of phrases."""
        is_addressed = self.reader > 0 and self.words <= _LONGEST_HEADING
        is_greeting = self.reader >= _LEAST_OF_GREETING and self.words <= _LONGEST_ITEM
        is_full = self.covered >= (_LEAST_OF_HEADING if self.words <= _LONGEST_HEADING else _LEAST_OF_STATEMENT)
        return is_greeting or (self.is_topical and (is_addressed or is_full))

    @property
    def is_below(self) -> bool:
        """Whether the block can stand below a statement or a button: a button, a heading, or prose to the reader."""
        is_addressed = self.reader >= _LEAST_WITHOUT_TOPIC
        is_heading = self.words <= _LONGEST_ITEM and self.covered >= _LEAST_OF_LABEL
        return self.is_other_button or (self.is_topical and (is_addressed or is_heading or self.is_offer))

    @property
    def is_open(self) -> bool:
        """Whether the block is a statement that an article about consent could make too."""
        return self.is_statement and not self.is_sure and self.words > _SHORTEST_PARAGRAPH

    @property
    def is_label(self) -> bool:
        """Whether the block is a few words about something else."""
        return not self.is_topical and self.words <= _LONGEST_LABEL

    @property
    def is_beside(self) -> bool:
        """Whether the block is about something else than consent and more than a label."""
        return not self.is_topical and not self.is_other_button and self.words > _LONGEST_LABEL

    @property
    def is_filling(self) -> bool:
        """Whether the block may stand within a dialogue: about consent, to the reader, or an item of a list."""
        return not self.is_beside or self.words <= _LONGEST_ITEM or self.reader >= _LEAST_WITHOUT_TOPIC


@RememberedBatch
def have_phrase_words(texts: Sequence[str]) -> list[bool]:
    """Whether each block has a word without which it holds no phrase and is neither a statement nor a choice."""
    rare = _rare_words()
    return [not rare.isdisjoint(remember_words(text)) for text in texts]


@RememberedBatch
def read_consent(texts: Sequence[str]) -> list[Reading]:
    """What each block says about consent, from its text."""
    return [_read(text) for text in texts]


def _read(text: str) -> Reading:
    words: Sequence[str] = remember_words(text)
    if _rare_words().isdisjoint(words):
        return Reading(len(words), reader=_reader_share(words))
    words = [word for word in words if not word.isdigit()]  # "nos 843 partenaires"
    count = len(words)
    found = list(_find(words))
    reader = _reader_share(words)
    is_choice = count <= _LONGEST_CHOICE and not _decisions().isdisjoint(words)
    if not found:
        return Reading(count, reader=reader, is_choice=is_choice)
    kinds = [kind for _, _, kind in found]
    covered = sum(length for _, length, _ in found) / count
    if _CLAIM not in kinds and count <= _LONGEST_BUTTON:
        is_opened = count <= _LONGEST_OPENED_BUTTON and kinds[:1] == [_BUTTON] and found[0][0] == 0
        is_whole = covered >= _LEAST_OF_BUTTON
        is_topical = any(kind <= _TOPIC for kind in kinds)
        is_button = is_opened or (is_whole and any(kind <= _BUTTON for kind in kinds))
        is_named = any(kind >= _BUTTON and (length > 1 or count <= _LONGEST_CHOICE) for _, length, kind in found)
        is_other = not is_button and (is_whole or is_named)
        if is_button or is_other:
            return Reading(count, covered, reader, False, False, is_button, is_other, is_topical, is_choice)
    about = [entry for entry in found if entry[2] <= _TOPIC]
    share = sum(length for _, length, _ in about) / count
    purposes = sum(length for _, length, kind in about if kind == _PURPOSE) / count
    is_full = len(about) > 2 and share >= _LEAST_OF_FULL and reader >= _LEAST_WITHOUT_TOPIC
    is_sure = (is_full or purposes >= _LEAST_OF_PURPOSES) or (
        share >= (_LEAST_OF_CLAIM if count <= _LONGEST_CLAIM else _LEAST_OF_STATEMENT)
        and _CLAIM in kinds
        and _claims_something(text, words, about)
    )
    is_statement = len(about) > 1 and share >= _LEAST_OF_STATEMENT and reader >= _LEAST_TO_READER
    is_offer = count <= _LONGEST_OFFER and kinds[:1] in ([_BUTTON], [_OTHER_BUTTON]) and found[0][0] == 0
    is_topical = len(about) > 0
    return Reading(
        count, covered, reader, is_sure, is_sure or is_statement, False, False, is_topical, is_choice, is_offer
    )


def _claims_something(text: str, words: Sequence[str], about: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a block claims something about cookies itself, outside quotation marks."""
    is_standard = any(kind == _CLAIM and length >= _LEAST_STANDARD for _, length, kind in about)
    is_about = is_standard or len(about) > 1 or not _topic_words().isdisjoint(words)
    if not is_about or not _QUOTED.search(text):
        return is_about
    rest = [word for word in split_folded_words(_QUOTED.sub(" ", text)) if not word.isdigit()]
    return any(kind == _CLAIM for *_, kind in _find(rest))


def _find(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Position, length and kind of the phrases among words, none of which overlaps the one before."""
    end = 0
    for position, length, kind in _phrases().find(words):
        if position >= end:
            yield position, length, kind
            end = position + length


def _reader_share(words: Sequence[str]) -> float:
    reader_words = _reader_words()
    if reader_words.isdisjoint(words):
        return 0.0
    return len([word for word in words if word in reader_words]) / len(words)


@cache
def _reader_words() -> frozenset[str]:
    """The words that address the reader or speak for the publisher."""
    return load_lexicon().second_person.union(split_folded_words(" ".join(lexicon_tables()["consent"]["reader_words"])))


@cache
def _phrases() -> PhraseIndex[int]:
    """The phrases with the number of their kind, the longest first; of equal ones the first kind counts."""
    table = lexicon_tables()["consent"]
    entries = [(phrase, number) for number, kind in enumerate(_KINDS) for phrase in table[kind]]
    longest_first = sorted(entries, key=lambda entry: -len(split_folded_words(entry[0])))
    return PhraseIndex(longest_first, load_lexicon().function_words)


@cache
def _rare_words() -> frozenset[str]:
    """The words that phrases are filed under, and those of decisions: a block without any of them holds no phrase."""
    return _decisions().union(_phrases().rarest_words)


@cache
def _decisions() -> frozenset[str]:
    """The words by which a button accepts or refuses."""
    return frozenset(split_folded_words(" ".join(lexicon_tables()["consent"]["decisions"])))


@cache
def _topic_words() -> frozenset[str]:
    """The topics of one word: a claim that has one of them needs no other phrase beside it."""
    split = (split_folded_words(phrase) for phrase in lexicon_tables()["consent"]["topics"])
    return frozenset(words[0] for words in split if len(words) == 1)
