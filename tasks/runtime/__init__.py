"""What is no step: run folder, shard files, recipe, manifest, history, and the worker processes."""
