"""Figures: the numbers of a French text that say how many or how much."""

from tasks.facts.figures.finder import find_figures

__all__ = ["find_figures"]
