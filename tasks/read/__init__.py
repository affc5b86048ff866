"""read: open containers, decode, and give every record its `doc_id`."""

from tasks.read.containers import read_input
from tasks.read.decode import decode
from tasks.read.records import hash_record, source_key

__all__ = ["VERSION", "decode", "hash_record", "read_input", "source_key"]

VERSION = 3
