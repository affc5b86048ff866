"""The shards of a run, repeated under other ids, so that what follows extraction can be measured on many documents.

A copy has other `doc_id`s, places and bands, so that no two are copies of each other; its texts, names and facts are those of
the original. Extracting so many documents would take hours and shows nothing new: its work is shard by shard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tasks.runtime.manifest import read_manifest, write_manifest
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import list_shard_files
from warehouse.store import connect, quote_text, view_parquet

_RENAMED = {
    "doc_id": "case when doc_id = '' then '' else md5(doc_id || {copy}) end",
    "uri": "{copy} || '/' || uri",
    "url": "case when url is null then null else url || '?copy=' || {copy} end",
    "band": "xor(band, (hash({copy}) >> 1)::ubigint)",
}


def multiply_run(folder: RunFolder, times: int) -> None:
    """Add `times` - 1 copies of all its documents to a run that has extracted them and did not publish."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise SystemExit(f"{folder.path} has no manifest: the run was stopped before its documents were extracted.")
    many = manifest
    for copy in range(1, times):

        def with_copy(name: str, known: tuple[Path, ...], own: tuple[Path, ...], copy: int = copy) -> tuple[Path, ...]:
            return (*known, _copy_shards(own, folder.path / name / f"copy-{copy:03}", copy))

        many = replace(
            many,
            inputs=(*many.inputs, *(replace(item, uri=f"{copy}/{item.uri}") for item in manifest.inputs)),
            record_folders=with_copy("read", many.record_folders, manifest.record_folders),
            strip_folders=with_copy("strip", many.strip_folders, manifest.strip_folders),
            extract_folders=with_copy("extract", many.extract_folders, manifest.extract_folders),
        )
    write_manifest(folder, many)


def _copy_shards(shards: Sequence[Path], target: Path, copy: int) -> Path:
    """Write the shards of a step, as one shard, under the ids of a copy."""
    target.mkdir(parents=True)
    for name in sorted(path.stem for path in shards[0].glob("*.parquet") if path.stem != "records"):
        with connect() as connection:
            view_parquet(connection, "original", list_shard_files(shards, name))
            columns = {row[0] for row in connection.execute("describe original").fetchall()}
            renamed = ", ".join(
                f"({expression.format(copy=quote_text(str(copy)))}) as {column}"
                for column, expression in _RENAMED.items()
                if column in columns
            )
            query = f"select * {f'replace ({renamed})' if renamed else ''} from original"
            connection.execute(f"copy ({query}) to {quote_text(str(target / f'{name}.parquet'))} (format parquet)")
    return target
