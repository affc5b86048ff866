"""Dates: French temporal expressions as intervals of days."""

from tasks.extract.fr.dates.finder import find_dates

__all__ = ["find_dates"]
