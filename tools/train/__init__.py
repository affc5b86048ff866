"""Training of the shipped weights, and the annotated data that training shares with the benchmarks."""
