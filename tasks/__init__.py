"""The steps of a run: one file or small package each, pure functions above, the Prefect task below."""
