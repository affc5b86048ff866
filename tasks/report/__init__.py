"""report: show what a run did: artifacts in the Prefect UI, and one self-contained page beside the warehouse."""
