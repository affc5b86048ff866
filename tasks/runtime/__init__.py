"""What belongs to no step: run folder, plan, recipe, manifest, candidate, history, shard files, and worker processes."""
