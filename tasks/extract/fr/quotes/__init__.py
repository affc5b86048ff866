"""Quotes: the quoted words of a French text, and who says them."""

from tasks.extract.fr.quotes.finder import find_quotes

__all__ = ["find_quotes"]
