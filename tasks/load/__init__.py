"""load: make the candidate, a copy of the published file, and merge the run's shard files into it."""

from tasks.load.candidate import delete_documents, load_candidate, make_candidate
from tasks.load.outcomes import count_outcomes
from tasks.load.rejections import record_rejections

__all__ = ["count_outcomes", "delete_documents", "load_candidate", "make_candidate", "record_rejections"]
