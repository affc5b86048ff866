"""Imported by the fork server and by nothing else: what every worker process needs, loaded once before the first fork."""

import contextlib
import gc
import os

from tasks.runtime.workers import WARM_MODEL

# A line of each kind of work: lexicons, weights, the language identifier and the matchers are all loaded lazily.
_SAMPLE = "Jeanne Morel, maire de Port-Aubry, a promis lundi 3 mars 2025 « une aide de 2,4 millions d'euros »."

if wanted := os.environ.get(WARM_MODEL):
    import pyarrow.parquet  # noqa: F401

    import tasks.extract
    import tasks.extract.signature
    import tasks.strip
    from warehouse.errors import UsageError
    from warehouse.store import arrow_schema

    arrow_schema("documents")
    tasks.strip.strip_text("\n".join([_SAMPLE] * 5))
    tasks.extract.signature.sign(_SAMPLE)
    ner, _, model = wanted.partition(":")
    with contextlib.suppress(UsageError):  # the first worker that needs the model says so; here nobody listens
        tasks.extract.read_facts([_SAMPLE], model=model, ner="revue" if ner == "revue" else "model")
    # What is loaded stays: out of sight of the garbage collector, it is neither looked through again and again (a
    # twentieth of the time of stripping) nor copied into every fork by the marks of a collection.
    gc.collect()
    gc.freeze()
