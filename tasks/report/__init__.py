"""report: what a run did, for people: artifacts in the Prefect UI, and one self-contained page beside the warehouse."""
