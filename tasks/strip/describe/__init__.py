"""Describe a page: title, subtitle, authors, dates, publisher, address, agency and language, each with its evidence.

Every way of knowing something is a claim with a method and a confidence; claims that agree add up; one value is chosen
or, when none is sure enough, none. What the record itself says (`given`) wins over every guess. A date is never
invented: a page that prints none has none, unless its own words give the day away (method `inferred`).
"""

from tasks.strip.describe.languages import detect_language
from tasks.strip.describe.reading import VERSION, describe
from tasks.strip.describe.source_rows import read_source_rows
from tasks.strip.describe.sources import Source, Sources, seed_sources

__all__ = ["VERSION", "Source", "Sources", "describe", "detect_language", "read_source_rows", "seed_sources"]
