"""What the flows run on: the Prefect server, progress, and the states of flow runs."""
