"""The words around a number: `surroundings.toml` and `not_figures.toml`, built once. Text is folded unless stated otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extract.fr.figures.number_forms import rank_of
from tasks.extract.fr.figures.tables import folded_alternation, read_table
from tasks.text.folding import fold_text
from warehouse.facts import Figure

Span = tuple[int, int]
_AROUND = read_table("surroundings")
_NOT = read_table("not_figures")
NOT_NOUNS = frozenset(map(fold_text, _AROUND["not_nouns"]["words"]))
ADJECTIVES = frozenset(map(fold_text, _AROUND["adjectives"]["words"]))
_DOWNWARDS = frozenset(map(fold_text, _AROUND["change"]["downwards"]))
_CHANGE = frozenset(map(fold_text, _AROUND["change"]["words"]))
_NUMBERED = frozenset(map(fold_text, _NOT["numbered"]["words"]))
_TIMES = frozenset(map(fold_text, _NOT["after"]["words"]))
_QUALIFIERS = {
    fold_text(words): name
    for name in ("about", "more_than", "less_than", "at_least", "at_most")
    for words in _AROUND[name]["before"]
}
_AFTER = {
    name: re.compile(rf"[ ,]{{0,2}}(?:{folded_alternation(_AROUND[name]['after'])})(?!\w)")
    for name in ("about", "at_least", "at_most")
}
_LAST_LETTERS = tuple({words[-3:] for words in _QUALIFIERS})  # most numbers have no qualifier: a quick check first
CAPITAL_WORD = re.compile(r"[A-ZÀ-Ý][\w’'-]*$")
LONGEST_CAPITAL_WORD = 40  # characters before a number in which it is looked for
_WORD_BEFORE = re.compile(r"[^\s(«\"']+\s*$")

# ---- ranks ----

_ORDINAL = r"\d+ ?(?:ere|er|ieme|eme|nde|nd|e)(?!\w)"
_HAS_ORDINAL = re.compile(rf"(?<!\d){_ORDINAL}")  # a long number is read once, not from each of its digits
_RANK = re.compile(
    rf"(?<!\w)(?:{folded_alternation(_AROUND['rank']['before'])}) (?:a la |au |a )?(?P<rank_after>{_ORDINAL})"
    rf"|(?<!\w)(?P<rank_before>{_ORDINAL}) (?:{folded_alternation(_AROUND['rank']['after'])})(?!\w)"
    rf"|n° ?(?P<rank_number>\d+) mondiale?"
)
_ONLY_ORDINALS = re.compile(
    r"(?:[a-z -]+ieme|premiere?|(?:[a-z -]+ )?seconde?|\d+ ?(?:er|ere|e|i?eme|nd|nde))(?:, (?:[a-z -]+ieme|\d+e))*[ .]*"
)
_ORDINAL_WORD = re.compile(r"[a-z0-9-]+(?: [a-z-]+)*")


def ranks(folded: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The position of each ordinal that is a place in a ranking, and that place."""
    if end - start < 60 and _ONLY_ORDINALS.fullmatch(folded, start, end):  # a line of ordinals only: a table of results
        for match in _ORDINAL_WORD.finditer(folded, start, end):
            if (place := rank_of(match[0])) is not None:
                yield *match.span(), place
    elif _HAS_ORDINAL.search(folded, start, end) or "mondial" in folded[start:end]:
        for match in _RANK.finditer(folded, start, end):
            name = match.lastgroup or ""
            yield *match.span(name), int("".join(filter(str.isdigit, match[name])))


# ---- no figures ----

_SHAPES = [rule for rule in _NOT["shape"] if not rule.get("case")]
_BEFORE_SHAPE = {rule["name"]: re.compile(rule["before"]) for rule in _SHAPES if "before" in rule}


def _joined(rules: list[dict[str, str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{rule['name']}>{rule['pattern']})" for rule in rules))


_SHAPE = _joined(_SHAPES)
_PRINTED_SHAPE = _joined([rule for rule in _NOT["shape"] if rule.get("case")])
_ADDRESS = re.compile(r"(?<!\S)\S*?(?://|www\.|@)\S*|#\w+")
_ADDRESS_MARKS = ("//", "www.", "@", "#")
_NAME_BEFORE = {
    only: re.compile("|".join(rule["before"] for rule in _NOT["name_before"] if rule["only"] == only))
    for only in ("bare", "hour")
}


def has_addresses(folded: str) -> bool:
    """Whether a text can hold an address at all; asked once, because most do not."""
    return any(mark in folded for mark in _ADDRESS_MARKS)


def addresses(folded: str, start: int, end: int) -> list[Span]:
    """Where web addresses, mail addresses and hashtags stand."""
    return [match.span() for match in _ADDRESS.finditer(folded, start, end)]


def end_of_shape(text: str, folded: str, floor: int, start: int, limit: int) -> int | None:
    """The end of the telephone number, score, code … whose first digit is at `start`; null when none begins there."""
    if match := _PRINTED_SHAPE.match(text, start, limit):
        return match.end()
    if match := _SHAPE.match(folded, start, limit):
        before = _BEFORE_SHAPE.get(match.lastgroup or "")
        if before is None or before.search(folded, max(floor, start - 60), start):
            return match.end()
    return None


def is_part_of_name(only: str, folded: str, floor: int, start: int) -> bool:
    """Whether the words before a number make it part of a name; `only` is `bare` or `hour`, the kind of number."""
    return bool(_NAME_BEFORE[only].search(folded, max(floor, start - 40), start))


def is_numbered(folded: str, floor: int, start: int) -> bool:
    """Whether the word before makes the number a name ("article 49", "n° 5")."""
    before = folded[max(floor, start - 24) : start].rstrip(" :°.")
    if folded[max(floor, start - 3) : start].strip().endswith("°"):
        return True
    match = _WORD_BEFORE.search(before)
    return bool(match) and match[0].strip() in _NUMBERED  # type: ignore[index]


def is_times(folded: str, end: int) -> bool:
    """Whether a number of times ends here ("trois fois")."""
    return folded[end : end + 5].strip() in _TIMES and folded[end : end + 1] == " "


def is_change(folded: str, floor: int, start: int, *, is_rise: bool) -> bool:
    """Whether the "de" that ends before `start` follows a verb that leads from one value to another, here to a greater one."""
    verbs = folded[max(floor, start - 40) : start].split()[-4:-1]
    return not _CHANGE.isdisjoint(verbs) and not (is_rise and not _DOWNWARDS.isdisjoint(verbs))


_PRONOUNS = [
    (
        re.compile(rf"(?:(?<!\w)|(?=\W)){rule.get('before', '')}$"),
        re.compile(rule.get("after", "")),
        re.compile(rf"(?<!\w){rule['not_before']}$") if "not_before" in rule else None,
        rule.get("is_after_figure", False),
    )
    for rule in _AROUND["pronoun"]
]


def stands_for_noun(folded: str, sentence: Span, start: int, end: int, *, is_after_figure: bool) -> bool:
    """Whether a number word refers to what was named before ("dont neuf", "trois ont signé")."""
    floor = max(sentence[0], start - 24)
    before = folded[floor:start]
    return any(
        (is_after_figure or not needs_figure)
        and preceding.search(before)
        and following.match(folded, end, sentence[1])
        and not (forbidden and forbidden.search(before))
        for preceding, following, forbidden, needs_figure in _PRONOUNS
    )


# ---- units that a number leaves out ----

_MILLIONS = re.compile(_AROUND["ellipsis"]["scaled"])
_INSTEAD = re.compile(_AROUND["ellipsis"]["before"])
_OF_SENTENCE = re.compile(_AROUND["ellipsis"]["after"])


def left_out(figures: list[Figure], index: int, folded: str) -> Figure | None:
    """The figure before `figures[index]` whose currency or unit it leaves out, or None.

    Examples: "contre 12 millions", "au lieu de 110", "dont 6 avec sursis". `figures` are those of the sentence and of the two before."""
    figure = figures[index]
    if figure.kind != "count" or figure.counted is not None:
        return None
    said = folded[figure.start_char : figure.end_char]
    if _MILLIONS.search(said):
        large = (each for each in reversed(figures[:index]) if each.kind == "money" or each.value >= 1e5)
        last = next(large, None)
        return last if last is not None and last.kind == "money" else None
    if index and _INSTEAD.search(folded, max(0, figure.start_char - 12), figure.start_char):
        return figures[index - 1] if figures[index - 1].kind in ("measure", "money", "percent") else None
    if _OF_SENTENCE.match(folded, figure.end_char):
        return next((each for each in reversed(figures[:index]) if each.kind == "measure"), None)
    return None


# ---- qualifiers ----


def qualifier_before(folded: str, floor: int, start: int) -> tuple[str | None, int]:
    """The qualifier directly before `start` and its beginning; the longest phrase wins."""
    begin = max(floor, start - 26)
    before = folded[begin:start]
    if not before.rstrip().endswith(_LAST_LETTERS):
        return None, start
    cuts = [0] if begin == floor else []
    cuts += [index + 1 for index, letter in enumerate(before[:-1]) if letter in " ('\""]
    for cut in cuts:
        name = _QUALIFIERS.get(before[cut:].rstrip())
        if name is not None:
            return name, begin + cut
    return None, start


def qualifier_after(folded: str, end: int, limit: int) -> tuple[str | None, int]:
    """The qualifier directly after `end` and its end."""
    for name, pattern in _AFTER.items():
        if match := pattern.match(folded, end, limit):
            return name, match.end()
    return None, end
