"""Imported by the fork server and by nothing else: what every worker process needs, loaded once before the first fork."""

import contextlib
import os

from tasks.workers import WARM_MODEL

if wanted := os.environ.get(WARM_MODEL):
    import pyarrow.parquet  # noqa: F401

    import tasks.facts
    import tasks.strip
    from warehouse.errors import UsageError

    ner, _, model = wanted.partition(":")
    with contextlib.suppress(UsageError):  # the first worker that needs the model says so; here nobody listens
        tasks.facts.load(model, ner="revue" if ner == "revue" else "model")
