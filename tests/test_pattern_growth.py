"""The time of every regular expression of revue grows in proportion to its line; all are collected, none is listed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from adversarial_lines import SUFFIXES, repeated_parts
from collected_patterns import Collected
from growth import measure_seconds

from tasks.extract import sentences
from tasks.extract.fr.dates import tense
from tasks.extract.fr.figures import number_forms, surroundings
from tasks.extract.fr.names import hyphens, organisation_forms
from tasks.extract.fr.quotes import verbs, words
from tasks.extract.fr.roles import complement, grammar
from tasks.strip import blocks
from tasks.strip.describe import (
    date_candidates,
    date_choice,
    declared_values,
    outlet_names,
    person_names,
    publisher_claims,
    source_credits,
)

CHARACTERS = 1_500
MEASURABLE = 0.002  # seconds of processor time
# Patterns that see a short slice of a line only, with its length in characters: its work is bounded, not its growth.
SHORT_SLICES = {
    date_candidates.PLACE.pattern: date_candidates.LONGEST_PLACE,
    sentences._LAST_WORD.pattern: 24,
    blocks._LAST_WORD.pattern: blocks._LONGEST_WORD,
    outlet_names.WORD_BEFORE.pattern: outlet_names.LONGEST_BEFORE,
    surroundings.CAPITAL_WORD.pattern: surroundings.LONGEST_CAPITAL_WORD,
    words.AUXILIARY_BEFORE.pattern: verbs._REACH,
}
LONGEST = 3.0  # seconds for all calls over one line; only a pattern that blows up takes as long


def grows(calls: Callable[[str], object], start: str, part: str, suffix: str) -> bool:
    """Whether four times the line takes far more than four times the work, each of three times that this is measured."""
    count = max(1, CHARACTERS // len(part))
    short, long = (start + part * count * times + suffix for times in (1, 4))

    def grows_now() -> bool:
        seconds = measure_seconds(lambda: calls(short))
        return seconds > MEASURABLE and measure_seconds(lambda: calls(long)) > 8 * seconds

    try:
        with stopped_after(LONGEST):
            return all(grows_now() for _ in range(3))
    except TimeoutError:
        return True


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise TimeoutError once the block has used that much processor time."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def worst_line(pattern: Collected) -> tuple[str, str, str] | None:
    """The beginning, repeated part and end of a line over which the pattern takes too long, or None."""
    compiled = pattern.compile()
    for method in sorted({_anchored(name) for name in pattern.methods - {"compile"}} or {"match"}):
        for start, part in repeated_parts(pattern.pattern, pattern.flags):
            for suffix in SUFFIXES:
                if grows(_call(compiled, method, pattern), start, part, suffix):
                    return start, part, suffix
    return None


def _anchored(name: str) -> str:
    return name if name in ("match", "fullmatch") else "findall"


def _call(compiled: re.Pattern[Any], method: str, pattern: Collected) -> Callable[[str], object]:
    if pattern.is_bytes:
        return lambda line: getattr(compiled, method)(line.encode("latin-1", "ignore"))
    longest = SHORT_SLICES.get(pattern.pattern, sys.maxsize)
    return lambda line: getattr(compiled, method)(line[-longest:])


def collect() -> list[Collected]:
    program = Path(__file__).with_name("collected_patterns.py")
    found = json.loads(subprocess.run([sys.executable, program], check=True, capture_output=True).stdout)
    assert found["missed"] == []
    return [
        Collected(
            **one | {"places": {(module, line) for module, line in one["places"]}, "methods": set(one["methods"])}
        )
        for one in found["patterns"]
    ]


@pytest.mark.parametrize(
    ("pattern", "is_found"),
    [(r"(?:a+)+b", True), (r"\d+x", True), (r"(?:,\s*)*;", True), (r"(?<!\d)\d+x", False), (r"[^,]{1,30},", False)],
)
def test_a_line_is_found_over_which_a_pattern_takes_too_long(pattern: str, is_found: bool) -> None:
    assert (worst_line(Collected(pattern, 0, False, methods={"search"})) is not None) == is_found


def test_a_long_run_of_digits_is_read_once() -> None:
    assert_linear(surroundings._HAS_ORDINAL.search, "0", "")


def test_a_long_row_of_pronouns_is_no_verb_at_little_cost() -> None:
    clauses = [pattern for _, pattern in tense._clues("clause") if r"\w+rons" in pattern.pattern]
    assert len(clauses) == 1
    assert clauses[0].search("nous ne les y verrons")
    assert_linear(clauses[0].findall, "nous ", "\x00")


def test_a_long_run_of_number_words_is_divided_in_few_ways() -> None:
    assert_linear(lambda line: number_forms.AND_A_PART.match(line, 0, len(line)), " cinquante", "\x00", " et cinquante")
    assert number_forms.AND_A_PART.match(" et deux cinquante-deuxiemes")


def test_white_space_after_a_copyright_mark_is_read_once() -> None:
    pattern = publisher_claims._copyright_pattern()
    assert pattern.search("© 2019 – 2025  -  Le Courrier. Tous droits réservés")["name"] == "Le Courrier"  # type: ignore[index]
    assert_linear(pattern.search, " ", "\x00", "(c)1900-")


def test_white_space_after_a_label_or_a_cue_is_read_once() -> None:
    clock = date_choice._updated_clock()
    assert clock.search("mis à jour : à 21:00")
    assert words.NAMED.search("baptisé, « ")
    assert_linear(clock.search, " ", "\x00", "bijgewerkt")
    assert_linear(words.NAMED.search, " ", "\x00", "baptisé")


def test_white_space_before_a_separator_is_read_once() -> None:
    separator = person_names.list_separator()
    assert separator.split("Anne Roy ,  et Luc Petit  et Léa Blanc") == ["Anne Roy", "et Luc Petit", "Léa Blanc"]
    assert source_credits.COMMA.split("a  , ,b,\nc") == ["a", "", "b", "c"]
    assert declared_values.ROLE_AFTER.sub("", "Anne Roy  - AFP") == "Anne Roy"
    link = grammar.grammar().link
    assert link.sub("", "adjoint  à la ") == "adjoint"
    calls = (
        separator.split,
        source_credits.COMMA.split,
        lambda line: declared_values.ROLE_AFTER.sub("", line),
        link.search,
    )
    for call in calls:
        assert_linear(call, " ", "\x00")


def test_capitals_and_words_before_an_end_that_is_missing_are_read_once() -> None:
    named = complement._NAMED
    assert named.search("adjointe de la Ville de Port-Aubry")["name"] == "Ville de Port-Aubry"  # type: ignore[index]
    assert_linear(named.search, "de la A ", "")
    assert_linear(named.search, "d'A", " x")
    acronym = organisation_forms._ACRONYM
    assert [acronym.fullmatch(f" ({word})") is not None for word in ("BIT", "UniCEF", "AÉe", "Abé", "AbéCé", "AéCe")] == [
        True, True, False, False, False, True,
    ]  # fmt: skip
    assert_linear(acronym.findall, "A", "", " (A")
    assert_linear(hyphens._PAIR.search, "A", "")


def assert_linear(calls: Callable[[str], object], part: str, suffix: str, start: str = "") -> None:
    assert not grows(calls, start, part, suffix)


@pytest.mark.slow
def test_no_pattern_takes_too_long() -> None:
    slow = {}
    for pattern in collect():
        line = worst_line(pattern)
        if line is not None:
            slow[str(pattern)] = line
    assert slow == {}
