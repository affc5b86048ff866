"""Run folders that are no longer needed: which they are, and their removal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tasks.runtime.run_folder import RunFolder

# Of a run that did not publish these stay while no later run has taken its history over.
_HISTORY = ("plan.json", "history")


@dataclass(frozen=True, slots=True)
class OldRun:
    """A run folder, or what of it is no longer needed: `paths` are to be removed, `count_bytes` is their size."""

    run_id: str
    reason: str
    paths: tuple[Path, ...]
    count_bytes: int


def find_old_runs(runs: Path, known_runs: Sequence[str], *, days: float, now: datetime | None = None) -> list[OldRun]:
    """What of the run folders can be removed.

    Of a run that published, the folder, unless it holds one of the files that were replaced last. Of a run that did not, once
    it began more than `days` ago: all, or all but its history when it is not among `known_runs`, the runs in the warehouse. A
    run that is under way keeps everything.
    """
    before = (now or datetime.now(UTC)) - timedelta(days=days)
    return list(_find(runs, set(known_runs), before))


def remove_old_runs(old: Sequence[OldRun]) -> None:
    """Remove what was found."""
    for path in (path for run in old for path in run.paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _find(runs: Path, known_runs: set[str], before: datetime) -> Iterator[OldRun]:
    for path in sorted(path for path in runs.glob("*") if path.is_dir()):
        folder = RunFolder(path)
        if folder.is_running:
            continue
        if folder.is_published:
            if not (path / "previous.duckdb").exists():
                yield _describe(folder, "published", [path])
        elif _begun_at(path) < before:
            is_known = folder.run_id in known_runs or not (path / "history").is_dir()
            paths = [path] if is_known else [one for one in path.iterdir() if one.name not in _HISTORY]
            if paths:
                yield _describe(folder, "did not publish", paths)


def _describe(folder: RunFolder, reason: str, paths: Sequence[Path]) -> OldRun:
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return OldRun(folder.run_id, reason, tuple(paths), sum(file.lstat().st_size for file in files if file.is_file()))


def _begun_at(path: Path) -> datetime:
    """When a run began, by its id; by the time of its folder when the name is no run id."""
    try:
        return datetime.strptime(path.name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
