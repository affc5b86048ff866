"""Which blocks of a page belong to a consent dialogue: the cookie banner above, below or within the article.

A dialogue is a run of blocks: statements about cookies that the publisher makes to its reader, the buttons below them,
and what stands between; or any prose about consent above buttons that accept and refuse. Articles about cookies have the words too, but nobody speaks to the reader in them, and no
buttons follow. The phrases are in the table `consent` of `lexicons/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, pairwise

from tasks.strip.consent_phrases import Reading, have_phrase_words, read_consent

_LONGEST_GAP = 5  # blocks between two members of a run
_LONGEST_QUESTION = 6  # blocks above the buttons of a dialogue without known statements
_LONGEST_ITEM = 8  # words of a block within a run that is an item of a list
_LONGEST_HEADING = 14  # words
_LONGEST_OFFER = 30  # words below buttons that say what a subscription offers


def find_dialogues(texts: Sequence[str]) -> set[int]:
    """The indices of the blocks that belong to consent dialogues, from the texts of all blocks of a page."""
    telling = read_consent(list(compress(texts, have_phrase_words(texts))))
    has_statement = any([reading.is_statement for reading in telling])
    if not has_statement and not any([reading.is_choice for reading in telling]):
        return set()  # most pages: the other blocks need not be read
    readings = read_consent(texts)
    found: set[int] = set()
    if has_statement:
        for start, end in _runs(readings):
            members = readings[start:end]
            is_asking = any(one.is_statement for one in members) and any(one.is_button for one in members)
            if is_asking or any(one.is_sure for one in members):
                found.update(range(*_widen(readings, start, end)))
    for at, reading in enumerate(readings):
        if reading.is_choice and at not in found:
            found.update(_question(readings, at))
    return found


def _question(readings: Sequence[Reading], choice: int) -> range:
    """The blocks of a dialogue without known statements, from its first choice on: prose about consent above two buttons."""
    buttons = [at for at in range(choice + 1, min(choice + 3, len(readings))) if _is_pressed(readings[at])]
    if not buttons:
        return range(0)
    start, is_asked = choice, False
    for at in range(choice - 1, max(choice - _LONGEST_QUESTION, 0) - 1, -1):
        one = readings[at]
        if is_asked and one.is_heading:
            start = at
            if one.words <= _LONGEST_HEADING:
                break
        elif one.is_topical and one.words > _LONGEST_ITEM and (one.reader > 0 or not is_asked):
            start, is_asked = at, True
        elif is_asked or not one.is_filling:
            break
    return range(*_widen(readings, start, buttons[-1] + 1)) if is_asked else range(0)


def _is_pressed(reading: Reading) -> bool:
    return reading.is_choice or reading.is_button or reading.is_other_button


def _runs(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """The `[start, end)` of every run of statements and buttons with what may stand between them."""
    members = [at for at, one in enumerate(readings) if one.is_statement or one.is_button]
    start = members[0]
    for before, after in pairwise(members):
        if not _belong_together(readings, before, after):
            yield start, before + 1
            start = after
    yield start, members[-1] + 1


def _belong_together(readings: Sequence[Reading], before: int, after: int) -> bool:
    """Whether two members stand in one run: nothing lies between, or what a dialogue lists or adds."""
    above, between, below = readings[before], readings[before + 1 : after], readings[after]
    if above.is_button and below.is_open and below.words > _LONGEST_OFFER:
        return False
    if after == before + 1:
        return True
    if len(between) > _LONGEST_GAP:
        return False
    if above.is_button:  # an article may begin below buttons
        return all(one.is_below or one.is_heading for one in between)
    if above.is_open and below.is_statement:  # the article may end above a dialogue
        return not any(one.is_beside or one.is_label or one.is_heading for one in between)
    count_beside = sum(one.is_beside for one in between)
    return all(one.is_filling for one in between) and count_beside <= (2 if below.is_button else 1)


def _widen(readings: Sequence[Reading], start: int, end: int) -> tuple[int, int]:
    """A run with the headings right above it, and the buttons and the prose about consent right below it."""
    while start > 0 and readings[start - 1].is_heading:
        start -= 1
    below = readings[end:]
    for one, following in pairwise([*below, Reading()]):
        is_label = one.is_topical and one.words <= _LONGEST_ITEM and (following.is_below or following.is_button)
        if not (one.is_below or is_label):
            break
        end += 1
    return start, end
