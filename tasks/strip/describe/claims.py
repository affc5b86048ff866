"""A claim is one value one method gives for one field; confidences of claims that agree add up, and one value is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tasks.strip.describe.layout import FilledLine
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.text.data_files import read_toml
from warehouse.rows import Evidence, EvidenceField


@dataclass(frozen=True, slots=True)
class Claim:
    """One candidate with its confidence (0 to 1), the line and span it was read from, and the date if it is one."""

    field: EvidenceField
    value: str
    method: str
    confidence: float
    line: FilledLine | None = None
    start: int = 0
    end: int = 0
    printed: PrintedDate | None = None

    def as_evidence(self, *, is_chosen: bool) -> Evidence:
        """The row of `evidence`: with line and raw positions when the claim was read on a line."""
        if self.line is None:
            return Evidence(self.field, self.value, self.method, round(self.confidence, 4), is_chosen=is_chosen)
        raw_start, raw_end = self.line.span(self.start, self.end)
        return Evidence(
            self.field,
            self.value,
            self.method,
            round(self.confidence, 4),
            self.line.row.line_no,
            raw_start,
            raw_end,
            is_chosen,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A value with all claims for it, strongest first, and the confidence they add up to."""

    claims: tuple[Claim, ...]
    confidence: float

    @property
    def best(self) -> Claim:
        return self.claims[0]


@cache
def confidences() -> dict[str, Any]:
    """The tables of `confidence.toml`: the confidence of each method, and the thresholds from which a value is chosen."""
    return read_toml(Path(__file__).with_name("confidence.toml"))


def source_claim(name: str, method: str, line: FilledLine, start: int, end: int) -> Claim:
    """A claim for the name of the publisher read at a place of a line, with the confidence of its method."""
    return Claim("source", name, method, confidences()["source"][method], line, start, end)


def claim(field: EvidenceField, value: str, method: str) -> Claim:
    """A claim not tied to a line, with the confidence of its method in `confidence.toml`."""
    return Claim(field, value, method, confidences()[field][method])


def rank_choices(claims: Iterable[Claim], key: Callable[[Claim], object]) -> list[Choice]:
    """The claims grouped by value (`key`), most probable group first.

    Lines of one page share one probability among them, so confidences of several lines add up; for independent methods
    the complements of the confidences are multiplied.
    """
    groups: dict[object, list[Claim]] = {}
    for one in claims:
        groups.setdefault(key(one), []).append(one)
    choices = [Choice(tuple(sorted(group, key=lambda c: -c.confidence)), _sum_up(group)) for group in groups.values()]
    return sorted(choices, key=lambda choice: -choice.confidence)


def _sum_up(group: Sequence[Claim]) -> float:
    by_method: dict[str, float] = {}
    for one in group:
        before = by_method.get(one.method, 0.0)
        if one.method == "line":
            by_method[one.method] = min(0.999, before + one.confidence)
        elif one.method in ("line_known", "self"):  # a name the page repeats
            by_method[one.method] = min(0.9, 1.0 - (1.0 - before) * (1.0 - one.confidence))
        else:
            by_method[one.method] = max(before, one.confidence)
    doubt = 1.0
    for confidence in by_method.values():
        doubt *= 1.0 - confidence
    return 1.0 - doubt


def choose(claims: Sequence[Claim], key: Callable[[Claim], object], threshold: float) -> Choice | None:
    """The most probable value, or None when none reaches the threshold."""
    ranked = rank_choices(claims, key)
    return ranked[0] if ranked and ranked[0].confidence >= threshold else None
