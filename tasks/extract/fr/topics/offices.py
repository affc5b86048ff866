"""The office of every role of a text: its code when one person holds it at a time, so that two holders contradict each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tasks.extract.fr.roles import neutral_role
from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text
from warehouse.facts import Role, Sentence

_DATA = read_toml(Path(__file__).with_suffix(".toml"))
_OFFICE_OF = {fold_text(role): code for code, roles in _DATA["offices"].items() for role in roles}
_SHARED = frozenset(map(fold_text, _DATA["shared"]["organisations"]))
_NEW_BEFORE = re.compile(rf"(?<![\w-])(?:{alternation(map(fold_text, _DATA['new_before']['words']))}) ")
_LONGEST_BEFORE = max(map(len, _DATA["new_before"]["words"])) + 1
_NEW = re.compile(rf"(?<![\w-])(?:{alternation(map(fold_text, _DATA['new']['words']))})(?![\w-])")


def with_offices(text: str, sentences: Sequence[Sentence], roles: Sequence[Role]) -> list[Role]:
    """The roles, each with its office; of an office that one person holds, also whether its sentence says that it is new.

    The office of other roles is the role as of a man, so that those of women and men are one.
    """
    folded = fold_text(text)
    starts = [sentence.start_char for sentence in sentences]
    completed = []
    for role in roles:
        office = _OFFICE_OF.get(fold_text(role.role))
        is_new = None
        if office is not None and fold_text(role.organisation or "") not in _SHARED:
            sentence = sentences[max(0, bisect_right(starts, role.start_char) - 1)]
            is_new = _is_new(folded, sentence, role)
        completed.append(replace(role, office=office or neutral_role(role.role), is_new=is_new))
    return completed


def _is_new(folded: str, sentence: Sentence, role: Role) -> bool:
    """Whether a sentence says that an office was taken over lately or will be."""
    said = fold_text(role.role)
    return _NEW.search(folded, sentence.start_char, sentence.end_char) is not None or any(
        folded.startswith(said, match.end())
        for match in _NEW_BEFORE.finditer(folded, max(0, role.start_char - _LONGEST_BEFORE), role.end_char)
    )
