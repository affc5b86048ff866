"""Data that ships with revue: sample pages, known publishers, name overrides."""
