"""load: make the candidate, a copy of the published file, and merge the run's shard files into it."""

from tasks.load.candidate import count_outcomes, delete_documents, load_candidate, make_candidate

__all__ = ["count_outcomes", "delete_documents", "load_candidate", "make_candidate"]
