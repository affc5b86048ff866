"""`revue retry`: rejected records are read once more, whether or not anything about them has changed."""

from __future__ import annotations

from functools import partial

from prefect import flow

from flows.ingest import ingest_inputs
from flows.runtime.flow_options import FLOW_OPTIONS
from flows.runtime.outcome import end_flow
from warehouse.rows import Place, Run
from warehouse.settings import Settings


@flow(
    name="retry",
    description="Read rejected records once more.",
    **FLOW_OPTIONS,
)
def retry(inputs: list[str], places: list[tuple[str, int]], settings: Settings) -> Run:
    """Ingest the records at `places` (uri and record number) of `inputs`; returns the row of `runs`.

    Raises as the flow ingest does.
    """
    retried = [Place(*place) for place in places]
    return end_flow(settings.warehouse, partial(ingest_inputs, "retry", inputs, settings, retried))
