"""`revue retry`: which rejected records are to be tried again, which inputs hold them, and what became of them."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tasks.discover.inputs import list_inputs
from tasks.runtime.history import open_rejections
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.rows import Place
from warehouse.store import fetch_rows, read_sql
from warehouse.uris import escape_name, normalize_name, unescape_name

# Why a record stays rejected that could not be read again; the other reasons are those of steps and checks.
GONE = "its input is no longer where it was read"


@dataclass(frozen=True, slots=True)
class Replay:
    """Rejected records to be tried again.

    `rows` are all of them with reason and attempts, to be shown. `inputs` are the inputs given to the runs that rejected
    them, as paths from here. `places` are the records whose input still exists, `gone` those whose input does not.
    """

    rows: tuple[dict[str, Any], ...]
    inputs: tuple[str, ...]
    places: tuple[Place, ...]
    gone: tuple[Place, ...]


def plan_retry(
    companions: Companions,
    names: Sequence[str] = (),
    *,
    reason: str | None = None,
    stage: str | None = None,
    source: str | None = None,
) -> Replay:
    """The rejected records called `names` that were rejected for this reason, at this stage, of this source.

    A name is a doc_id, the beginning of one, a uri or a file name; without names all records are selected. Raises
    `UsageError` when no record has a name, or several have a doc_id that begins with it.
    """
    values = {"reason": reason, "stage": stage, "source": source}
    with open_rejections(companions.path, companions.runs) as connection:
        rows = fetch_rows(connection, read_sql("tasks.discover", "replay"), values)
    if names:
        chosen = {Place(row["uri"], row["record_no"]) for name in names for row in _find(rows, normalize_name(name))}
        rows = [row for row in rows if (row["uri"], row["record_no"]) in chosen]
    given = dict.fromkeys(one for row in rows for one in row.pop("inputs"))
    inputs = tuple(path for one in given if (path := _locate(one, companions.folder)))
    found = {item.uri for item in list_inputs(inputs).inputs}
    places = [Place(row["uri"], row["record_no"]) for row in rows]
    for row, place in zip(rows, places, strict=True):
        row["is_there"] = place.input_uri in found
    return Replay(
        tuple(rows),
        inputs,
        tuple(place for place in places if place.input_uri in found),
        tuple(place for place in places if place.input_uri not in found),
    )


def describe_plan(replay: Replay) -> str:
    """What a retry would do, in one line."""
    count_inputs = len({place.input_uri for place in replay.places})
    sentence = f"{_count(len(replay.places), 'record')} would be read again, from {_count(count_inputs, 'input')}"
    return f"{sentence}; {len(replay.gone)} cannot be: {GONE}." if replay.gone else f"{sentence}."


def count_outcomes(companions: Companions, replay: Replay) -> tuple[int, int, dict[str, int]]:
    """The number of records of a retry that are published, of those that are duplicates, and of those that stay by reason."""
    with open_rejections(companions.path, companions.runs) as connection:
        reasons = {(uri, no): reason for uri, no, reason in connection.execute(_REASONS).fetchall()}
        published = set(connection.execute(_PUBLISHED).fetchall())
    remaining = Counter(reasons[place] for place in replay.places if place in reasons)
    left = [place for place in replay.places if place not in reasons]
    count_published = sum(place in published for place in left)
    if replay.gone:
        remaining[GONE] = len(replay.gone)
    return count_published, len(left) - count_published, dict(remaining.most_common())


# A whole input (record number 0) is published when one of its records is.
_PUBLISHED = "select uri, record_no from documents union select uri, 0 from documents"
_REASONS = "select uri, record_no, reason from rejections"


def describe_outcomes(count_published: int, count_duplicates: int, remaining: dict[str, int]) -> str:
    """What became of the records of a retry, in one line."""
    count_all = count_published + count_duplicates + sum(remaining.values())
    sentence = f"{count_published} of {_count(count_all, 'record')} published"
    if count_duplicates:
        sentence += f", {count_duplicates} found to be published already"
    if remaining:
        sentence += f"; {sum(remaining.values())} stay: " + ", ".join(
            f"{count} {reason}" for reason, count in remaining.items()
        )
    return f"{sentence}."


def _find(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    tests = (
        lambda row: row["doc_id"] == name,
        lambda row: name in (row["uri"], f"{row['uri']}#{row['record_no']}"),
        lambda row: PurePosixPath(row["uri"]).name == PurePosixPath(name).name,
    )
    for test in tests:
        if found := [row for row in rows if test(row)]:
            return found
    found = [row for row in rows if len(name) >= 4 and row["doc_id"].startswith(name)]
    ids = sorted({row["doc_id"] for row in found})
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} rejected records begin with {name}: {', '.join(ids[:8])}. Name one of them.")
    if not found:
        raise UsageError(f"No rejected record is called {name}. List them with `revue rejected`.")
    return found


def _locate(given: str, folder: Path) -> str | None:
    """The path of an earlier run's input, from the working folder or the warehouse's; None when it no longer exists."""
    if given == "-":
        return None
    for path in (given, str(Path(escape_name(str(folder)), given))):
        name = unescape_name(path)
        if os.path.lexists(path) or os.path.lexists(name) or (glob.has_magic(path) and glob.glob(name, recursive=True)):
            return path
    return None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
