"""Who a person's name means: the full names that are one person, and whose short names they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.resolve.entities.lexicon import read_data
from tasks.resolve.entities.name_keys import Key, has_first_name, is_initial
from tasks.resolve.entities.name_sets import NameSets
from tasks.resolve.entities.transliteration import spell

# Of several people of one surname, the one who is in at least so many times the documents of all the others together is
# meant by the surname alone where a document names none of them in full: "Macron" is not Brigitte.
_FAMOUS_RATIO = 10


def person(compared: str) -> Key:
    """The key of a person's compared name."""
    return "PER", compared


def join_full_names(documents: Mapping[str, set[str]], sets: NameSets) -> None:
    """Bring together the full names that are one person's.

    These are spellings that agree in every word, and a name with fewer first names (`Marc Lenoir`, `Marc-Antoine Lenoir`) where
    one person only can be meant and no document uses both.

    `documents` are those that hold each compared name.
    """
    full = [name for name in documents if has_first_name(name.split())]
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in full:
        spelled[spell(name)].append(name)
    for names in spelled.values():
        for name in sorted(names)[1:]:
            sets.join(person(min(names)), person(name))

    longer: dict[str, set[str]] = defaultdict(set)
    for name in full:
        for short in _shortened(spell(name).split()):
            if short in spelled:
                longer[short].add(name)
    for short in sorted(longer):
        together = {spell(name) for name in longer[short]}
        shorter = spelled[short]
        if len(together) == 1 and not _meet(shorter, [n for t in together for n in spelled[t]], documents):
            sets.join(person(min(longer[short])), person(min(shorter)))


def _shortened(words: Sequence[str]) -> Iterator[str]:
    if words[0] in read_data("name_words.toml")["never_shortened"]:
        return
    for start in range(2, len(words)):
        yield " ".join((words[0], *words[start:]))


def _meet(some: Iterable[str], others: Iterable[str], documents: Mapping[str, set[str]]) -> bool:
    held = set().union(*(documents[name] for name in others))
    return any(not held.isdisjoint(documents[name]) for name in some)


@dataclass(slots=True)
class Bearers:
    """Names of people by what each may be shortened to. Spellings are compared only where no name is found as written."""

    by_surname: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_spelling: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_initial: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_first_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, names: Iterable[str], compound: set[str]) -> Bearers:
        """The bearers among compared names; `compound` are those that begin with a hyphenated first name."""
        bearers = cls()
        for name in names:
            bearers._add(name, 2 if name in compound else 1)
        return bearers

    def _add(self, name: str, count_first: int) -> None:
        words = name.split()
        is_full = has_first_name(words)
        if not is_full and not (len(words) > 1 and is_initial(words[0])):
            return
        if is_full:
            self.by_first_name[" ".join(words[:count_first])].append(name)
        for start in range(count_first, len(words)):
            surname = " ".join(words[start:])
            if surname in read_data("name_words.toml")["generations"]:
                continue
            if not is_full:
                self.by_initial[surname].append(name)
                continue
            self.by_surname[surname].append(name)
            self.by_spelling[spell(surname)].append(name)

    def find(self, name: str) -> list[str]:
        """The full names a surname, or initials and a surname, may stand for; names with initials where there are none."""
        words = name.split()
        initials = ""
        while len(words) > 1 and is_initial(words[0]):
            initials += words.pop(0).replace(".", "")
        surname = " ".join(words)
        for found in (self.by_surname.get(surname), self.by_spelling.get(spell(surname))):
            if found and (fitting := [full for full in found if _fits(full, surname, initials)]):
                return fitting
        return [] if initials else self.by_initial.get(surname, [])


def _fits(full: str, surname: str, initials: str) -> bool:
    first_names = full.split()[: -len(surname.split())]
    return all(first.startswith(letter) for first, letter in zip(first_names, initials, strict=False))


def link_short_names(
    documents: Mapping[str, set[str]],
    held: Mapping[str, set[str]],
    compound: set[str],
    joined_by_user: set[Key],
    sets: NameSets,
) -> dict[tuple[str, Key], Key]:
    """Whom the short names mean, document by document: (document, key) to the key of a full name.

    A surname is the person of that name in the same document, or, where the document has no such person, the only one in
    the corpus, or by far the most written about. Of two, it means neither. A first name alone is looked up in its
    document only. `held` are the compared names of each document, `joined_by_user` the keys that the user joined with another.
    """
    corpus = Bearers.of(sorted(documents), compound)
    _join_bare_names(documents, corpus, sets)
    firsts = Counter(first for first, names in corpus.by_first_name.items() for _ in names)
    elsewhere = {name: _find_elsewhere(name, corpus, documents, firsts, sets) for name in sorted(documents)}
    links: dict[tuple[str, Key], Key] = {}
    for doc_id in sorted(held):
        here = Bearers.of(sorted(held[doc_id]), compound)
        for name in sorted(held[doc_id], key=lambda name: (-len(name.split()), name)):
            key = person(name)
            found = here.find(name) or ([] if " " in name else here.by_first_name.get(name, []))
            target = _only(found, sets) if found else None if key in joined_by_user else elsewhere[name]
            if target is not None and sets.find(target) != sets.find(key) and sets.attach(key, target):
                links[doc_id, key] = target
    return links


def _join_bare_names(documents: Iterable[str], corpus: Bearers, sets: NameSets) -> None:
    """Bring together the spellings of a surname whose bearer no document names in full."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in documents:
        words = name.split()
        if not has_first_name(words) and not is_initial(words[0]) and not corpus.find(name):
            spelled[spell(name)].append(name)
    for names in spelled.values():
        for name in sorted(names)[1:]:
            sets.join(person(min(names)), person(name))


def _find_elsewhere(
    name: str, corpus: Bearers, documents: Mapping[str, set[str]], firsts: Counter[str], sets: NameSets
) -> Key | None:
    words = name.split()
    if has_first_name(words) and firsts[words[0]] > 1:
        return None  # `Pierre Martin` is somebody, not the end of Jean Pierre Martin's name
    found = corpus.find(name)
    return _only(found, sets) or _famous(found, documents, sets)


def _only(found: Sequence[str], sets: NameSets) -> Key | None:
    roots = {sets.find(person(name)) for name in found}
    return next(iter(roots)) if len(roots) == 1 else None


def _famous(found: Sequence[str], documents: Mapping[str, set[str]], sets: NameSets) -> Key | None:
    counts: Counter[Key] = Counter()
    for name in found:
        counts[sets.find(person(name))] += len(documents[name])
    if not counts:
        return None
    most = min(counts, key=lambda key: (-counts[key], key))
    rest = counts.total() - counts[most]
    return most if counts[most] >= _FAMOUS_RATIO * rest else None
