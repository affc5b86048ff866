"""audit: every expectation on the candidate, exactly what would be published."""
