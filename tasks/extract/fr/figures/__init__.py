"""Figures: the counts, amounts, shares and ranks of a French text, and their subjects."""

from tasks.extract.fr.figures.finder import find_figures
from tasks.extract.fr.figures.subject import with_subjects

__all__ = ["find_figures", "with_subjects"]
