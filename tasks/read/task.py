"""The Prefect task of the step read."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import task

from tasks.read import VERSION
from tasks.read.shard import RecordShard, list_record_shards, read_shard_inputs
from tasks.runtime.prefect_options import OPTIONS, RETRIES
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import shard_key
from tasks.runtime.workers import Workers
from warehouse.rows import Input
from warehouse.settings import Settings


@task(name="read", task_run_name="read {number}", **RETRIES, **OPTIONS)
def read(
    number: int, parts: Sequence[Sequence[Input]], folder: RunFolder, workers: Workers, settings: Settings
) -> list[RecordShard]:
    """Open and decode the records of some shards of inputs. Returns the shards of records."""
    shards: list[RecordShard] = []
    for inputs in parts:
        hashes = (f"{item.uri} {item.content_hash}" for item in inputs)
        key = shard_key("read", VERSION, *hashes, settings.shard_bytes, settings.record_bytes)
        target = folder.shard("read", key)
        if target.is_dir():
            shards += list_record_shards(target)
        else:
            limits = (settings.shard_bytes, settings.record_bytes)
            shards += workers.run_guarded(read_shard_inputs, folder.journal(key), inputs, target, *limits)
    return shards
