"""The tokenizer of a pipeline package, read from the package without the seconds that spaCy takes, with the same tokens.

spaCy compiles the words that stay one token (`token_match`) as alternatives that each repeat the letters of all alphabets:
in French 266 alternatives of 2,300 to 6,000 characters, which take seconds to compile and are tried one by one. Here
alternatives with the same begin and end are joined, so that their letters are compiled once.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

_LETTERS = r"\[[^\]]{200,}\]"
_CLASS = r"\[[^\[\]\\]*\]"
# What may stand between the letters: literals, classes, and alternatives in a group without another group in it.
_MIDDLE = rf"(?:[^|()\[\]\\]|{_CLASS}|\(\?:(?:[^()\[\]\\]|{_CLASS})*\))*"
# Parts of spaCy's patterns that read a long word again from each of its characters, and what matches the same words.
_READ_ONCE = {
    r"(?:\S+(?::\S*)?@)?": r"(?:\S+@)?",  # the user of an address
    r"\.\.+$": r"(?<!\.)\.\.+$",  # a row of dots at the end
}
_ALTERNATIVE = re.compile(rf"(?P<begin>(?:{_LETTERS}\+)?)(?P<middle>{_MIDDLE})(?P<end>{_LETTERS}.*)")


def read_tokenizer(nlp: Pipeline, folder: Path) -> None:
    """Give a pipeline the tokenizer stored in the folder of its package."""
    import srsly  # type: ignore[import-untyped]

    tokenizer: Any = nlp.tokenizer
    content = (folder / "tokenizer").read_bytes()
    tokenizer.from_bytes(content, exclude=["vocab", "token_match", "url_match", "suffix_search"])
    stored = srsly.msgpack_loads(content)
    if pattern := stored.get("token_match"):
        tokenizer.token_match = re.compile(join_alternatives(pattern)).match
    if pattern := stored.get("url_match"):
        tokenizer.url_match = re.compile(read_once(pattern)).match
    if pattern := stored.get("suffix_search"):
        tokenizer.suffix_search = re.compile(read_once(pattern)).search


def read_once(pattern: str) -> str:
    """A pattern that matches the same words in time that grows with their length only."""
    for part, other in _READ_ONCE.items():
        pattern = pattern.replace(part, other)
    return pattern


def join_alternatives(pattern: str) -> str:
    """A pattern that matches the same words as `(?iu)(?:^…$)|(?:^…$)|…`; a pattern of another form is returned as it is."""
    opening, between, closing = "(?iu)(?:^", "$)|(?:^", "$)"
    if not (pattern.startswith(opening) and pattern.endswith(closing)):
        return pattern
    joined: dict[tuple[str, str], list[str]] = {}
    for alternative in pattern[len(opening) : -len(closing)].split(between):
        parts = _ALTERNATIVE.fullmatch(alternative)
        if parts is None:
            return pattern
        joined.setdefault((parts["begin"], parts["end"]), []).append(parts["middle"])
    return "(?iu)" + "|".join(f"^{begin}(?:{'|'.join(middles)}){end}$" for (begin, end), middles in joined.items())
