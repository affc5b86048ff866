"""What runs the flows: the Prefect server, worker processes, progress, and how a run begins and ends."""
