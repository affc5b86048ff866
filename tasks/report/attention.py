"""What needs attention, in few lines: the failing checks of a run, one line for each check however many sources it fails for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tasks.report.wording import describe_bounds, describe_failure, format_measure

_MOST_SOURCES = 4
# The first failing id of a sentence says nothing to a reader: links to the documents follow it.
_ID = re.compile(r",? such as [0-9a-f]{32}(?=\.)")


def list_attention(failed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row per failing check, in the order given: `severity, check_name, sentence, failing_ids`.

    `failed` are rows of `checks`. A check that fails for several sources has one row that names them with their values.
    """
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for check in failed:
        groups.setdefault((check["check_name"], check["severity"]), []).append(check)
    return [_describe_group(checks) for checks in groups.values()]


def _describe_group(checks: list[Mapping[str, Any]]) -> dict[str, Any]:
    first = checks[0]
    if len(checks) == 1:
        source = f"{first['source_id']}: " if first["source_id"] else ""
        sentence = source + _ID.sub("", describe_failure(first))
    else:
        named = ", ".join(
            f"{check['source_id'] or 'all'} {_format_value(check['value'])}" for check in checks[:_MOST_SOURCES]
        )
        more = f" and {len(checks) - _MOST_SOURCES} more" if len(checks) > _MOST_SOURCES else ""
        bounds = {describe_bounds(check["low"], check["high"]) for check in checks}
        passes = f"; passes {bounds.pop()}" if len(bounds) == 1 else ""
        general = first["sentence"].split(" Failing: ")[0]
        sentence = f"{len(checks)} sources: {general} Measured {named}{more}{passes}."
    failing = dict.fromkeys(doc_id for check in checks for doc_id in check["failing_ids"])
    return {
        "severity": first["severity"],
        "check_name": first["check_name"],
        "sentence": sentence,
        "failing_ids": list(failing),
    }


def _format_value(value: float | None) -> str:
    return "none" if value is None else format_measure(value)
