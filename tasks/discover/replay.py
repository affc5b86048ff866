"""`revue retry`: which rejected records are to be tried again, where they lie, and what became of them."""

from __future__ import annotations

import glob
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

# Why a record stays that could not even be read again, beside the reasons steps and checks give.
GONE = "its input is no longer where it was read"


@dataclass(frozen=True, slots=True)
class Replay:
    """Rejected records to be tried again: those whose inputs are there, those whose are not, and the inputs to be read.

    `rows` are all of them with reason and attempts, for people; `inputs` are what the runs that turned them away were
    given, as they are found now.
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
    """The rejected records called `names` (doc_id, the beginning of one, uri, file name; all when none is given) that
    were turned away for this reason, at this stage, of this source.

    Raises `UsageError` when a name leads to none or a beginning to several.
    """
    values = {"reason": reason, "stage": stage, "source": source}
    with open_rejections(companions.path, companions.runs) as connection:
        rows = fetch_rows(connection, read_sql("tasks.discover", "replay"), values)
    if names:
        chosen = {Place(row["uri"], row["record_no"]) for name in names for row in _find(rows, name)}
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
    said = f"{_count(len(replay.places), 'record')} would be read again, from {_count(count_inputs, 'input')}"
    return f"{said}; {len(replay.gone)} cannot be: {GONE}." if replay.gone else f"{said}."


def count_outcomes(companions: Companions, replay: Replay) -> tuple[int, int, dict[str, int]]:
    """What has become of the records of a retry: how many are published, how many are duplicates, and why the others stay."""
    with open_rejections(companions.path, companions.runs) as connection:
        reasons = {(uri, no): reason for uri, no, reason in connection.execute(_REASONS).fetchall()}
        published = set(connection.execute("select uri, record_no from documents").fetchall())
    stays = Counter(reasons[place] for place in replay.places if place in reasons)
    left = [place for place in replay.places if place not in reasons]
    count_published = sum(place in published for place in left)
    if replay.gone:
        stays[GONE] = len(replay.gone)
    return count_published, len(left) - count_published, dict(stays.most_common())


_REASONS = "select uri, record_no, reason from rejections"


def describe_outcomes(count_published: int, count_duplicates: int, stays: dict[str, int]) -> str:
    """What became of the records of a retry, in one line."""
    count_all = count_published + count_duplicates + sum(stays.values())
    said = f"{count_published} of {_count(count_all, 'record')} published"
    if count_duplicates:
        said += f", {count_duplicates} found to be published already"
    if stays:
        said += f"; {sum(stays.values())} stay: " + ", ".join(f"{count} {reason}" for reason, count in stays.items())
    return f"{said}."


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
    """An input as it was given to an earlier run, found from here or from the warehouse's folder; None when it is gone."""
    if given == "-":
        return None
    for path in (given, str(folder / given)):
        if Path(path).exists() or (glob.has_magic(path) and glob.glob(path, recursive=True)):
            return path
    return None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
