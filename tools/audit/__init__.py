"""The dependencies, held against the database of known vulnerabilities."""
