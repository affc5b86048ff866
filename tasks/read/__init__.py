"""read: open containers, decode, and give every record its `doc_id`."""

from tasks.read.containers import hash_record, read_input
from tasks.read.decode import decode

__all__ = ["VERSION", "decode", "hash_record", "read_input"]

VERSION = 1
