"""discover: list and hash the inputs, leave out those met before under the same recipe, cut the others into shards."""

from tasks.discover.folders import COMPRESSIONS, is_readable_type
from tasks.discover.inputs import Discovery, discover_inputs, find_paths, hash_input, list_inputs
from tasks.discover.plan import ShardPlan, drop_known, known_inputs, plan_shards
from tasks.discover.regular_files import NotRegularFileError, open_regular

__all__ = [
    "COMPRESSIONS", "Discovery", "NotRegularFileError", "ShardPlan", "discover_inputs", "drop_known", "find_paths",
    "hash_input", "is_readable_type", "known_inputs", "list_inputs", "open_regular", "plan_shards",
]  # fmt: skip
