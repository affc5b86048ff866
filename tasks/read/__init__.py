"""read: open containers, decode, and give every record its `doc_id`."""

from tasks.read.containers import identify, read_input
from tasks.read.decode import decode

__all__ = ["VERSION", "decode", "identify", "read_input"]

VERSION = 1
