"""Builders: the functions that the rules name with `build` and that turn what a rule matched into a date's value.

Importing this package registers all of them in `date_value.BUILDERS`.
"""

from tasks.extract.fr.dates.builders import (
    days,
    from_publication,
    from_text,
    holidays,
    hours,
    months_and_years,
    parts_of_years,
    ranges,
)

__all__ = [
    "days", "from_publication", "from_text", "holidays", "hours", "months_and_years", "parts_of_years", "ranges",
]  # fmt: skip
