"""The offices among the roles of a text: those that one person holds at a time, so that two holders contradict each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text
from warehouse.facts import Role, Sentence

_DATA = read_toml(Path(__file__).with_suffix(".toml"))
_OFFICE_OF = {fold_text(role): code for code, roles in _DATA["offices"].items() for role in roles}
_NEW = re.compile(rf"(?<![\w-])(?:{alternation(map(fold_text, _DATA['new']['words']))})(?![\w-])")


def with_offices(text: str, sentences: Sequence[Sentence], roles: Sequence[Role]) -> list[Role]:
    """The roles, each with the code of its office where it is one, and whether its sentence says that it is newly held."""
    folded = fold_text(text)
    starts = [sentence.start_char for sentence in sentences]
    completed = []
    for role in roles:
        office = _OFFICE_OF.get(fold_text(role.role))
        if office is not None and sentences:
            sentence = sentences[max(0, bisect_right(starts, role.start_char) - 1)]
            is_new = _NEW.search(folded, sentence.start_char, sentence.end_char) is not None
            role = replace(role, office=office, is_new=is_new)
        completed.append(role)
    return completed
