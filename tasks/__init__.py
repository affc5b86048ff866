"""The steps of a run, one package each: pure functions, the loop over a shard, its SQL, and the Prefect task in `task.py`."""
