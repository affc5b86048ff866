"""Figures: the numbers of a French text that say how many or how much, and whom they are about."""

from tasks.extract.fr.figures.finder import find_figures
from tasks.extract.fr.figures.subject import with_subjects

__all__ = ["find_figures", "with_subjects"]
