"""Describe a page: title, subtitle, authors, dates, publisher, address, agency and language, each with its evidence.

Every way of knowing something is a claim with a method and a confidence; claims that agree add up; one value is chosen
or, when none is sure enough, none. What the record itself says (`given`) wins over every guess. A date is never
invented: a page that prints none has none, unless its own words give the day away (method `inferred`).
"""

from tasks.strip.describe.language import detect_language
from tasks.strip.describe.page_description import VERSION, describe
from tasks.strip.describe.sources import Source, Sources, identify_source, read_source_rows, seed_sources

__all__ = [
    "VERSION",
    "Source",
    "Sources",
    "describe",
    "detect_language",
    "identify_source",
    "read_source_rows",
    "seed_sources",
]
