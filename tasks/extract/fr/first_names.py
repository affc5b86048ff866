"""First names and the gender of those who have them: `first_names.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text


@cache
def genders_of_first_names() -> dict[str, str]:
    """The gender, "m" or "f", of each first name, folded."""
    by_gender = read_toml(Path(__file__).with_suffix(".toml"))
    return {fold_text(name): gender[0] for gender, names in by_gender.items() for name in names}
