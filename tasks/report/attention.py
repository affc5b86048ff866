"""What needs attention, in few lines: the failing checks of a run, one line for each check however many sources it fails for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tasks.report.wording import describe_acceptance, describe_bounds, describe_check, describe_failure, format_measure

_MOST_SOURCES = 4
# The first failing id of a sentence says nothing to a reader: links to the documents follow it.
_ID = re.compile(r",? such as [0-9a-f]{32}(?=\.)")


def list_attention(failed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row per failing check, in the order given: `severity, check_name, sentence, failing_ids`.

    `failed` are rows of `checks`. A check that fails for several sources has one row that names them with their values.
    """
    return [_describe_group(checks) for checks in _group(failed)]


def describe_failing(failed: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The severity and a line of plain text per failing check, in the order given: its name and what is wrong.

    The first failing id of a sentence is kept: `revue explain` takes it.
    """
    return [
        (
            checks[0]["severity"],
            describe_check(checks[0])
            if len(checks) == 1
            else f"{checks[0]['check_name']}: {_describe_sources(checks)}",
        )
        for checks in _group(failed)
    ]


def _group(failed: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The failing checks of the same name, severity and acceptance together: those of one check for several sources."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for check in failed:
        groups.setdefault((check["check_name"], check["severity"], describe_acceptance(check)), []).append(check)
    return list(groups.values())


def _describe_group(checks: list[Mapping[str, Any]]) -> dict[str, Any]:
    first = checks[0]
    if len(checks) == 1:
        source = f"{first['source_id']}: " if first["source_id"] else ""
        sentence = source + _ID.sub("", describe_failure(first))
    else:
        sentence = _describe_sources(checks)
    failing = dict.fromkeys(doc_id for check in checks for doc_id in check["failing_ids"])
    return {
        "severity": first["severity"],
        "check_name": first["check_name"],
        "sentence": sentence,
        "failing_ids": list(failing),
    }


def _describe_sources(checks: list[Mapping[str, Any]]) -> str:
    """A check that fails for several sources: what is wrong with the first of them, the values that pass, who accepted it."""
    sentences = list(dict.fromkeys(check["sentence"].split(" Failing: ")[0] for check in checks))
    if len(sentences) == 1:
        values = (f"{check['source_id'] or 'all'} {_format_value(check['value'])}" for check in checks[:_MOST_SOURCES])
        wrong = f"{sentences[0]} Measured {', '.join(values)}"
    else:  # each source has a sentence of its own
        wrong = "; ".join(sentence.removesuffix(".") for sentence in sentences[:_MOST_SOURCES])
    more = f" and {len(checks) - _MOST_SOURCES} more" if len(checks) > _MOST_SOURCES else ""
    bounds = {describe_bounds(check["low"], check["high"]) for check in checks}
    passes = f"; passes {bounds.pop()}" if len(bounds) == 1 else ""
    return f"{len(checks)} sources: {wrong}{more}{passes}.{describe_acceptance(checks[0])}"


def _format_value(value: float | None) -> str:
    return "none" if value is None else format_measure(value)
