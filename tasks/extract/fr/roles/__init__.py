"""Roles: the offices and trades that a French text gives to people."""

from tasks.extract.fr.roles.finder import find_roles
from tasks.extract.fr.roles.gender import neutral_role
from tasks.extract.fr.roles.grammar import genders_of_offices

__all__ = ["find_roles", "genders_of_offices", "neutral_role"]
