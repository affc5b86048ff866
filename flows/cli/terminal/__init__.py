"""What revue prints: progress on stderr, results on stdout; tables for people, CSV and JSON for programs."""
