"""What files beside a warehouse and Prefect's artifacts hold of a document that is taken out for good, and its removal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.audit import audit_candidate
from tasks.report.page import write_page
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.store import connect, open_warehouse, view_parquet

if TYPE_CHECKING:
    from prefect.client.schemas.objects import Artifact

_ARTIFACTS_A_PAGE = 200
# Shorter words, such as `-` for standard input, are in any text.
_LEAST_CHARACTERS = 3
# What is kept of a run that did not publish: with these the run can be repeated, and its outcome enters the next one's.
_KEPT_OF_RUNS = ("plan.json", "history")


@dataclass(frozen=True, slots=True)
class Traces:
    """What names a document elsewhere: the ids of its texts, and its uris, titles, addresses and names that only it held."""

    doc_ids: tuple[str, ...]
    words: tuple[str, ...]

    def are_in(self, text: str) -> bool:
        """Whether a text names the document."""
        return any(word in text for word in (*self.doc_ids, *self.words) if len(word) >= _LEAST_CHARACTERS)


def remove_artifacts(companions: Companions, traces: Traces, url: str) -> int:
    """Delete the artifacts of this warehouse's runs that name the document; returns how many."""
    from flows.runtime.server import prepare_client

    prepare_client(url)
    from prefect.client.orchestration import get_client

    with open_warehouse(companions.path) as connection:
        flow_runs = connection.execute("select flow_run_id from runs where flow_run_id is not null").fetchall()
    count = 0
    with get_client(sync_client=True) as client:
        for artifact in list(_list_artifacts(client, [flow_run for (flow_run,) in flow_runs])):
            if traces.are_in(_artifact_text(artifact)):
                client.delete_artifact(artifact.id)
                count += 1
    return count


def _list_artifacts(client: Any, flow_runs: Sequence[str]) -> Iterator[Artifact]:
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    for start in range(0, len(flow_runs), _ARTIFACTS_A_PAGE):
        chosen = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=flow_runs[start : start + _ARTIFACTS_A_PAGE]))
        offset = 0
        while found := client.read_artifacts(artifact_filter=chosen, limit=_ARTIFACTS_A_PAGE, offset=offset):
            yield from found
            offset += len(found)


def _artifact_text(artifact: Artifact) -> str:
    """The content of an artifact as printed: without the escapes of JSON and Markdown."""
    data = artifact.data if isinstance(artifact.data, str) else json.dumps(artifact.data, ensure_ascii=False)
    with suppress(ValueError):  # a table is stored as JSON, in which letters with accents are escaped
        data = json.dumps(json.loads(data), ensure_ascii=False)
    return data.replace("\\", "")


def remove_files(companions: Companions, traces: Traces) -> None:
    """Remove what files beside the warehouse hold: earlier files, run folders, search index, report and Data Docs."""
    for folder in map(RunFolder, sorted(companions.runs.glob("*/"))):
        _clean_run(folder, traces)
    companions.search_index.unlink(missing_ok=True)
    if any(traces.are_in(page) or traces.are_in(escape(page)) for page in _read_docs(companions.docs)):
        with open_warehouse(companions.path) as connection:
            row = connection.execute(
                "select max(run_id) from runs where state in ('published', 'unchanged')"
            ).fetchone()
        audit_candidate(companions.path, companions, run_id=row[0] if row and row[0] else "")
    write_page(companions.path, companions.report)


def _read_docs(docs: Path) -> Iterator[str]:
    for path in docs.rglob("*.html"):
        yield path.read_text(encoding="utf-8", errors="replace").replace("&#x27;", "'").replace("&#39;", "'")


def _clean_run(folder: RunFolder, traces: Traces) -> None:
    """Remove what one run folder holds of the document.

    Of a run that did not publish and has read the document, the plan and the outcome stay: the run has to be repeated.
    """
    previous = folder.path / "previous.duckdb"
    if previous.exists() and _holds_document(previous, traces):
        previous.unlink()
    for doc_id in traces.doc_ids:
        for error in folder.path.rglob(f"{doc_id}.error.txt"):
            error.unlink()
    if folder.is_published or folder.is_running:
        return
    for database in (folder.candidate, folder.scratch):  # a run that continues makes them again
        database.unlink(missing_ok=True)
        database.with_name(f"{database.name}.wal").unlink(missing_ok=True)
    if _has_read(folder, traces):
        for entry in folder.path.iterdir():
            if entry.name not in _KEPT_OF_RUNS:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    _clean_history(folder.history, traces)


def _holds_document(previous: Path, traces: Traces) -> bool:
    tables = ("documents", "lines", "rejections", "duplicates")
    query = " union all ".join(f"select 1 from {table} where doc_id in (select unnest($ids))" for table in tables)
    with connect(previous, read_only=True) as connection:
        return connection.execute(f"{query} limit 1", {"ids": list(traces.doc_ids)}).fetchone() is not None


def _has_read(folder: RunFolder, traces: Traces) -> bool:
    files = [path for path in folder.path.rglob("*.parquet") if path.parent != folder.history]
    with connect() as connection:
        for file in files:
            view_parquet(connection, "rows", [file])
            columns = {row[0] for row in connection.execute("describe rows").fetchall()}
            if (
                "doc_id" in columns
                and connection.execute(
                    "select 1 from rows where doc_id in (select unnest(?)) limit 1", [list(traces.doc_ids)]
                ).fetchone()
            ):
                return True
    return any(path.suffix == ".unfinished" for path in folder.path.rglob("*"))


def _clean_history(history: Path, traces: Traces) -> None:
    """Remove the document's rejections, and its ids from the checks, of a run that did not publish."""
    replaced = {
        "rejections": "* from rows where not list_contains($ids, doc_id)",
        "checks": "* replace (list_filter(failing_ids, lambda id: not list_contains($ids, id)) as failing_ids, "
        "case when list_has_any(failing_ids, $ids) or count_unexpected > len(failing_ids) "
        "then regexp_replace(sentence, ' Failing: ([0-9,]+), such as .*$', ' Failing: \\1.', 's') else sentence end as sentence"
        ") from rows",
    }
    for table, query in replaced.items():
        file = history / f"{table}.parquet"
        if not file.exists():
            continue
        with connect() as connection:
            view_parquet(connection, "rows", [file])
            rewritten = connection.execute(f"select {query}", {"ids": list(traces.doc_ids)}).to_arrow_table()
        from pyarrow import parquet

        unfinished = file.with_suffix(".unfinished")
        parquet.write_table(rewritten, unfinished, compression="zstd")
        unfinished.replace(file)
