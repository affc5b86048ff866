"""Describe a page: title, subtitle, authors, dates, publisher, address, agency and language, each with its evidence.

Each source of a value makes a claim with a method and a confidence; the confidences of claims that agree add up; one
value is chosen, or none when no value is probable enough. What the record gives (`given`) wins over every other claim.
A date is never invented: a page that prints none has none, unless its text states the day of publication (method
`inferred`).
"""

from tasks.strip.describe.event_dates import has_event_words, is_event_line
from tasks.strip.describe.language import detect_language
from tasks.strip.describe.page_description import VERSION, describe
from tasks.strip.describe.sources import Source, Sources, identify_source, read_source_rows, seed_sources

__all__ = [
    "VERSION",
    "Source",
    "Sources",
    "describe",
    "detect_language",
    "has_event_words",
    "identify_source",
    "is_event_line",
    "read_source_rows",
    "seed_sources",
]
