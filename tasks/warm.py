"""Imported by the fork server and by nothing else: what every worker process needs, loaded once before the first fork."""

import os

from tasks.workers import WARM_MODEL

if wanted := os.environ.get(WARM_MODEL):
    import pyarrow.parquet  # noqa: F401

    import tasks.facts
    import tasks.strip  # noqa: F401
    from warehouse.errors import UsageError

    ner, _, model = wanted.partition(":")
    try:
        tasks.facts.load(model, ner=ner)
    except UsageError:
        pass  # the first worker that needs the model says so in a sentence; here nobody listens
