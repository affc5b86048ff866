"""Every regular expression of revue takes time that grows with the line, not with its square or faster."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from time import process_time
from typing import Any

import pytest
from adversarial_lines import Line, adversarial_lines, common_lines
from collected_patterns import Collected
from conftest import ROOT
from growth import measure_seconds

_CHARACTERS = 2_000
_SECONDS_PER_CHARACTER = 3e-7  # a linear pattern takes less, mostly a tenth; what takes more is measured at two sizes
_MOST_GROWTH = 8  # for four times the size; linear is 4, quadratic 16
_LONGEST_SECONDS = 0.5


class _TookTooLong(Exception):
    pass


def _raise(*_: Any) -> None:
    raise _TookTooLong


@contextmanager
def _limited() -> Iterator[None]:
    """Raise in the pattern that takes long: it would not end for centuries."""
    handler = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)


def _use(pattern: re.Pattern[Any], is_anchored: bool, line: str) -> None:
    subject: Any = line if isinstance(pattern.pattern, str) else line.encode("latin-1", "replace")
    if is_anchored:
        pattern.match(subject)
        pattern.fullmatch(subject)
    else:
        for _ in pattern.finditer(subject):
            pass


def _grows_too_fast(pattern: re.Pattern[Any], is_anchored: bool, line: Line) -> bool:
    try:
        with _limited():
            started = process_time()
            _use(pattern, is_anchored, line.write(_CHARACTERS))
            if process_time() - started < _CHARACTERS * _SECONDS_PER_CHARACTER:
                return False
        with _limited():
            few, many = (
                measure_seconds(partial(_use, pattern, is_anchored, line.write(factor * _CHARACTERS)))
                for factor in (1, 4)
            )
    except _TookTooLong:
        return True
    return many > 4 * _CHARACTERS * _SECONDS_PER_CHARACTER and many > _MOST_GROWTH * few


def find_fast_growing(patterns: Iterable[Collected], *, also_common: bool) -> list[str]:
    """The patterns that grow faster than linearly, each with the line that shows it."""
    found = []
    for one in patterns:
        pattern = one.compile()
        # A pattern that is only matched where it is expected to begin has no other beginnings to try.
        is_anchored = bool(one.methods) and one.methods <= {"match", "fullmatch"}
        lines = chain(adversarial_lines(pattern), common_lines() if also_common else ())
        bad = next((line for line in lines if _grows_too_fast(pattern, is_anchored, line)), None)
        if bad is not None:
            found.append(f"{one}\n    on {bad.begin!r} and many {bad.unit!r}")
    return found


@pytest.fixture(scope="module")
def collected() -> dict[str, Any]:
    """What `collected_patterns` found, in a process that has not imported revue before."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "collected_patterns.py"], cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    found = json.loads(done.stdout)
    return {
        "missed": found["missed"],
        "patterns": [Collected(**one | {"methods": set(one["methods"])}) for one in found["patterns"]],
    }


@pytest.mark.slow
def test_every_pattern_is_collected(collected):
    assert collected["missed"] == [], "add a page to collected_patterns.py that makes revue compile them"
    assert collected["patterns"]


@pytest.mark.slow
@pytest.mark.xfail(
    reason="patterns remain that grow with the square of a line; run with --runxfail to name them", strict=True
)
def test_every_pattern_takes_time_in_proportion_to_the_line(collected):
    assert find_fast_growing(collected["patterns"], also_common=False) == []


@pytest.mark.slow
@pytest.mark.xfail(
    reason="patterns remain that grow with the square of a line; run with --runxfail to name them", strict=True
)
def test_no_row_of_common_signs_makes_a_pattern_try_long(collected):
    assert find_fast_growing(collected["patterns"], also_common=True) == []


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"(?:a+)+b", {"match"}), (r"\s+$", {"search"}), (r"<a.*</a>", {"finditer"}), (r"(\w+ ?)*:", {"fullmatch"}),
        (r"[a-z]*\d*[a-z]*!", {"match"}), (r"x*x*y", {"sub"}), (r"\w+\.", {"search"}),
    ],
)  # fmt: skip
def test_patterns_that_blow_up_are_found(pattern, methods):
    assert find_fast_growing([Collected(pattern, 0, False, set(), methods)], also_common=False) != []


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [(r"\s+", {"sub"}), (r"\s*$", {"match"}), (r"(?<!\s)\s++$", {"search"}), (r"(?<!\w)\w++\.", {"search"}), (r"[.!?][\"»)]*$", {"search"})],
)  # fmt: skip
def test_linear_patterns_are_not(pattern, methods):
    assert find_fast_growing([Collected(pattern, 0, False, set(), methods)], also_common=True) == []
