"""Entities: the names of a corpus are merged, in any order, and the user's overrides come first."""

import csv
import itertools
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from pages import clean, write_records

from tasks.resolve import cluster
from tasks.resolve.entities import AliasOverride, Name, make_entity_id, read_overrides, resolve_names
from tasks.resolve.entities.known_aliases import country_of
from tasks.resolve.entities.lexicon import read_data
from tasks.resolve.entities.name_keys import make_key
from tasks.resolve.entities.transliteration import spell
from tasks.text.folding import fold_name
from warehouse.companions import Companions
from warehouse.errors import UsageError

HEAD = "decision,label,name,other_name,entity_id,decided_by,decided_on,because\n"


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# Two names, in one document or in two; `also` is a third one in the first document.
PAIRS = read_rows(Path(__file__).with_name("entity_pairs.csv"))


def names_of_pair(row):
    also = [row["also"].split(":")] if row["also"] else []
    return [
        Name("1", row["label"], row["name"], 1),
        Name(row["documents"], row["other_label"], row["other_name"], 1),
        *(Name("1", label, name, 1) for label, name in also),
    ]


NAMES = [
    Name("1", "PER", "Jeanne Morel", 3),
    Name("1", "PER", "Morel", 5),
    Name("2", "PER", "Morel", 1),
    Name("2", "LOC", "États-Unis", 2),
    Name("3", "LOC", "Etats-Unis", 1),
    Name("3", "PER", "Ursula von der Leyen", 1),
    Name("4", "PER", "von der Leyen", 2),
    Name("4", "LOC", "Poutine", 1),
    Name("5", "PER", "Poutine", 9),
]


def entities(names, overrides=()):
    """(doc_id, surface) to the name of the entity."""
    return {(one.doc_id, one.surface): (one.label, one.name) for one in resolve_names(names, overrides)}


def test_spellings_surnames_and_labels_come_together():
    assert entities(NAMES) == {
        ("1", "Jeanne Morel"): ("PER", "Jeanne Morel"),
        ("1", "Morel"): ("PER", "Jeanne Morel"),
        ("2", "Morel"): ("PER", "Jeanne Morel"),
        ("2", "États-Unis"): ("LOC", "États-Unis"),
        ("3", "Etats-Unis"): ("LOC", "États-Unis"),
        ("3", "Ursula von der Leyen"): ("PER", "Ursula von der Leyen"),
        ("4", "von der Leyen"): ("PER", "Ursula von der Leyen"),
        ("4", "Poutine"): ("PER", "Poutine"),
        ("5", "Poutine"): ("PER", "Poutine"),
    }


def test_any_order_gives_the_same_entities():
    wanted = sorted(resolve_names(NAMES), key=str)
    for names in itertools.islice(itertools.permutations(NAMES), 0, 4000, 97):
        assert sorted(resolve_names(names), key=str) == wanted


def test_two_people_of_one_surname_stay_apart_and_the_surname_with_neither():
    names = [
        Name("1", "PER", "Jeanne Morel", 1),
        Name("2", "PER", "Paul Morel", 1),
        Name("3", "PER", "Morel", 1),
        Name("2", "PER", "Morel", 2),
    ]
    found = entities(names)
    assert found["3", "Morel"] == ("PER", "Morel")
    assert found["2", "Morel"] == ("PER", "Paul Morel")


def test_overrides_join_separate_and_drop():
    names = [
        Name("1", "ORG", "Otan", 2),
        Name("1", "ORG", "Alliance atlantique", 1),
        Name("1", "PER", "Morel", 1),
        Name("2", "PER", "Jeanne Morel", 1),
        Name("2", "MISC", "Newsletter", 1),
    ]
    same = AliasOverride("same", "ORG", "Otan", "Alliance atlantique")
    assert entities(names, [same])["1", "Alliance atlantique"] == ("ORG", "Otan")
    nickname = AliasOverride("same", "PER", "Morel", "La Rochette")
    found = entities([*names, Name("1", "PER", "La Rochette", 1)], [nickname])
    assert found["1", "La Rochette"] == found["1", "Morel"] == ("PER", "Morel")
    different = AliasOverride("different", "PER", "Morel", "Jeanne Morel")
    assert entities(names)["1", "Morel"] == ("PER", "Jeanne Morel")
    assert entities(names, [different])["1", "Morel"] == ("PER", "Morel")
    dropped = {
        one.surface: one.entity_id for one in resolve_names(names, [AliasOverride("drop", "MISC", "Newsletter", "")])
    }
    assert dropped["Newsletter"] is None and dropped["Otan"] is not None


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['name']} | {row['other_name']} | {row['because']}")
def test_pairs_of_names_are_joined_or_kept_apart(row):
    found = {(one.doc_id, one.label_extracted, one.surface): one.entity_id for one in resolve_names(names_of_pair(row))}
    one, other = found["1", row["label"], row["name"]], found[row["documents"], row["other_label"], row["other_name"]]
    assert (one == other) is (row["expected"] == "same")


def large_corpus():
    """Every sample name and every pair, each pair in documents of its own."""
    gold = read_rows(ROOT / "seeds" / "entities_gold.csv")
    names = [Name(row["document"], row["label"], row["surface"], 1) for row in gold]
    for number, row in enumerate(PAIRS):
        names += {(f"{number}-{one.doc_id}", one.label, one.surface): one for one in names_of_pair(row)}.values()
    by_place = {(name.doc_id, name.label, name.surface): name for name in names}
    return [*by_place.values(), Name("1", "MISC", "Japonais", 2, True), Name("2", "MISC", "Kurdes", 1, True)]


def test_any_order_and_any_cut_into_batches_give_the_same_entities_and_ids():
    names = large_corpus()
    overrides = [
        AliasOverride("different", "PER", "N. Ferhati", "Nadia Ferhati"),
        AliasOverride("same", "ORG", "Volthène", "Alpélec"),
        AliasOverride("same", "ORG", "Région", "Volthène"),
    ]
    wanted = resolve_names(names, overrides)
    shuffled = random.Random(7)
    for _ in range(12):
        shuffled.shuffle(names)
        shuffled.shuffle(overrides)
        cuts = sorted(shuffled.sample(range(len(names)), 5))
        batches = [names[start:end] for start, end in itertools.pairwise([0, *cuts, len(names)])]
        shuffled.shuffle(batches)
        assert resolve_names(itertools.chain.from_iterable(batches), overrides) == wanted


def test_an_id_depends_on_label_and_leading_name_alone():
    assert make_entity_id("LOC", fold_name("États-Unis")) == make_entity_id("LOC", fold_name("Etats‑unis"))
    assert make_entity_id("LOC", "congo") != make_entity_id("ORG", "congo")
    for name in ("UE", "Union européenne", "U.E."):  # the same id whichever of its names the corpus holds
        assert resolve_names([Name("1", "ORG", name, 1)])[0].entity_id == make_entity_id("ORG", "union europeenne")
    alone = resolve_names([Name("1", "PER", "Jeanne Morel", 1)])[0].entity_id
    assert alone == make_entity_id("PER", "jeanne morel")
    assert {one.entity_id for one in resolve_names(NAMES) if one.name == "Jeanne Morel"} == {alone}


def test_an_entity_goes_by_the_full_name_most_used():
    names = [
        Name("1", "PER", "Vladimir Putin", 2),
        Name("2", "PER", "Vladimir Poutine", 1),
        Name("3", "PER", "Poutine", 9),
        Name("3", "LOC", "USA", 1),
    ]
    assert {one.name for one in resolve_names(names)} == {"Vladimir Putin", "USA"}


def test_a_surname_alone_is_the_person_most_documents_name():
    def macron(count):
        names = [Name(str(number), "PER", "Emmanuel Macron", 1) for number in range(count)]
        return entities([*names, Name("x", "PER", "Brigitte Macron", 1), Name("y", "PER", "Macron", 1)])["y", "Macron"]

    assert macron(9) == ("PER", "Macron")
    assert macron(10) == ("PER", "Emmanuel Macron")


def test_the_label_vote_counts_documents_and_leaves_out_explained_surnames():
    one_noisy = [Name("1", "PER", "Volthène", 9), *(Name(doc, "ORG", "Volthène", 1) for doc in "23")]
    assert {label for label, _ in entities(one_noisy).values()} == {"ORG"}
    capital = [Name(doc, "LOC", "Washington", 1) for doc in "123"]
    actor = [Name("4", "PER", "Denis Washington", 1), Name("4", "PER", "Washington", 5)]
    assert entities([*capital, *actor])["4", "Washington"] == ("PER", "Denis Washington")
    assert entities([*capital, *actor])["1", "Washington"] == ("LOC", "Washington")
    more = [Name("5", "PER", "Denis Washington", 1), Name("5", "PER", "Washington", 5)]
    assert entities([capital[0], *actor, *more])["1", "Washington"] == ("LOC", "Washington")
    split = [Name(doc, label, "Volthène", 1) for doc, label in zip("1234", ("ORG", "ORG", "PER", "PER"), strict=True)]
    assert {label for label, _ in entities(split).values()} == {"ORG"}
    assert {label for label, _ in entities([*split, Name("5", "PER", "Ida Volthène", 1)]).values()} == {"ORG", "PER"}
    unsure = Name("6", "MISC", "Washington", 1)
    assert entities([unsure, *actor])["6", "Washington"] == ("PER", "Denis Washington")


def test_a_demonym_means_its_country_where_the_corpus_names_it():
    def named(*names):
        return {one.surface: (one.label, one.entity_id) for one in resolve_names(names)}

    country, people = Name("1", "LOC", "USA", 1), Name("2", "MISC", "Américaines", 7, True)
    assert named(country, people)["Américaines"] == ("MISC", make_entity_id("LOC", "etats unis"))
    assert [one.name for one in resolve_names([country, people])] == ["USA", "USA"]
    assert named(people)["Américaines"] == ("MISC", None)
    assert named(country, people, Name("1", "MISC", "Kurdes", 1, True))["Kurdes"] == ("MISC", None)
    dropped = resolve_names([country, people], [AliasOverride("drop", "LOC", "USA")])
    assert {one.entity_id for one in dropped} == {None}
    assert country_of("Écossaise") == make_key("LOC", "Écosse") and country_of("Belges") == make_key("LOC", "Belgique")


@pytest.mark.parametrize("rule", read_data("transliteration.toml")["rules"], ids=lambda rule: rule["from"])
def test_each_transliteration_rule_joins_its_example_and_not_its_counter_example(rule):
    same, apart = ([spell(fold_name(name)) for name in rule[side]] for side in ("same", "apart"))
    assert same[0] == same[1]
    assert apart[0] != apart[1]


def test_every_known_alias_has_one_meaning():
    data = read_data("known_aliases.toml")
    names = Counter(
        key for label in ("ORG", "LOC") for group in data[label] for key in {make_key(label, name)[1] for name in group}
    )
    assert [name for name, count in names.items() if count > 1] == []
    words = Counter(word for group in read_data("transliteration.toml")["variants"] for word in group)
    assert [word for word, count in words.items() if count > 1 or word != fold_name(word)] == []


def count_calls(names):
    """How many calls of functions, Python's and C's, it takes to resolve names: a cost without a clock."""
    calls = itertools.count()
    sys.setprofile(lambda frame, event, argument: next(calls) if event in ("call", "c_call") else None)
    try:
        resolve_names(names)
    finally:
        sys.setprofile(None)
    return next(calls)


def test_the_work_grows_with_the_number_of_names_even_where_all_share_a_surname():
    def corpus(size, start):
        for number in range(start, start + size):
            yield Name(str(number), "PER", f"Prénom{number} Morel", 1)
            yield Name(str(number), "PER", f"{chr(65 + number % 26)}. Morel", 1)
            yield Name(str(number), "PER", "Morel", 1)
            yield Name(str(number), "ORG", f"Union des amis de Morel{number}", 1)
            yield Name(str(number), "ORG", "UAM", 1)

    resolve_names(corpus(10, 0))  # data files are read once
    assert count_calls(list(corpus(2000, 10_000))) < 2.5 * count_calls(list(corpus(1000, 20_000)))


def test_overrides_are_read_with_all_their_columns(tmp_path):
    path = tmp_path / "aliases.csv"
    assert read_overrides(path) == []
    path.write_text(
        HEAD + 'same,ORG,Otan,OTAN,,me,2025-01-31,acronym\n\ndrop,,"Port, Aubry",,0123456789abcdef,,,\n',
        encoding="utf-8",
    )
    assert read_overrides(path) == [
        AliasOverride("same", "ORG", "Otan", "OTAN", "", "me", date(2025, 1, 31), "acronym"),
        AliasOverride("drop", "", "Port, Aubry", "", "0123456789abcdef"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "perhaps,ORG,Otan,ONU,,,,",
        "same,ORG,,ONU,,,,",
        "same,ORG,Otan,,,,,",
        "same,Company,Otan,ONU,,,,",
        "different,PER,Morel,,,,,",
        "different,PER,Jeanne Morel,JEANNE MOREL,,,,",
        "drop,PER,Morel,,12,,,",
        "drop,PER,Morel,,,me,31/01/2026,",
        "drop,PER,Morel,,,me,2026-01-31,because, of that",
    ],
)
def test_the_error_for_an_invalid_row_names_its_line(tmp_path, row):
    path = tmp_path / "aliases.csv"
    path.write_text(f"{HEAD}same,ORG,Otan,OTAN,,me,2025-01-31,acronym\n{row}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^Line 3 of .*\. Correct it, then run again\.$"):
        read_overrides(path)


def test_a_file_with_other_columns_or_encoding_is_an_error(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text(HEAD.replace(",", ";"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"Line 1 .* lacks the column decision"):
        read_overrides(path)
    path.write_bytes(f"{HEAD}same,LOC,États-Unis,USA,,,,\n".encode("cp1252"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_overrides(path)


SPELLINGS = [
    Name("1", "PER", "Volodymyr Zelensky", 3),
    Name("2", "PER", "Volodymyr Zelenskyy", 2),
    Name("3", "PER", "Volodymyr Zelenski", 1),
    Name("1", "PER", "Zelensky", 1),
]


def test_different_names_stay_apart_even_when_a_third_name_would_join_them():
    joined = {one.entity_id for one in resolve_names(SPELLINGS)}
    assert len(joined) == 1
    apart = [
        AliasOverride("different", "PER", "Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        AliasOverride("same", "PER", "Volodymyr Zelenski", "Volodymyr Zelensky"),
        AliasOverride("same", "PER", "Volodymyr Zelenski", "Volodymyr Zelenskyy"),
    ]
    found = entities(SPELLINGS, apart)
    assert found["1", "Volodymyr Zelensky"] != found["2", "Volodymyr Zelenskyy"]
    names = [Name("1", "ORG", "Otan", 1), Name("1", "ORG", "NATO", 1), Name("1", "ORG", "OTAN", 1)]
    found = entities(names, [AliasOverride("different", "", "Otan", "NATO")])
    assert found["1", "Otan"] == found["1", "OTAN"] != found["1", "NATO"]
    names = [Name("1", "PER", "Jeanne Morel", 2), Name("1", "PER", "Morel", 1), Name("2", "PER", "J. Morel", 1)]
    found = entities(names, [AliasOverride("different", "PER", "Morel", "J. Morel")])
    assert found["1", "Morel"] != found["2", "J. Morel"]
    assert "Jeanne Morel" in (found["1", "Morel"][1], found["2", "J. Morel"][1])


def test_an_entity_id_narrows_an_override_to_that_entity():
    names = [
        Name("1", "PER", "Jeanne Morel", 2),
        Name("1", "PER", "Morel", 1),
        Name("2", "PER", "Paul Morel", 2),
        Name("2", "PER", "Morel", 1),
        Name("3", "ORG", "Morel", 1),
    ]
    jeanne, paul = (make_entity_id("PER", name) for name in ("jeanne morel", "paul morel"))

    def found(override):
        return {(one.doc_id, one.surface): one.entity_id for one in resolve_names(names, [override])}

    before = {(one.doc_id, one.surface): one.entity_id for one in resolve_names(names)}
    parted = found(AliasOverride("different", "", "Morel", "", jeanne))
    assert parted["1", "Morel"] not in (jeanne, None)
    assert {place: parted[place] for place in parted if place != ("1", "Morel")} == {
        place: before[place] for place in before if place != ("1", "Morel")
    }
    assert found(AliasOverride("different", "PER", "Jeanne Morel", "Morel", jeanne)) == parted
    assert found(AliasOverride("different", "PER", "Jeanne Morel", "Morel", paul)) == before
    dropped = found(AliasOverride("drop", "PER", "Paul Morel", "", paul))
    assert {place for place, entity in dropped.items() if entity is None} == {("2", "Paul Morel"), ("2", "Morel")}
    assert found(AliasOverride("drop", "PER", "Jeanne Morel", "", paul)) == before
    joined = found(AliasOverride("same", "PER", "Jeanne Morel", "Paul Morel", jeanne))
    assert joined["2", "Paul Morel"] == joined["1", "Jeanne Morel"] == jeanne
    assert found(AliasOverride("same", "PER", "Jeanne Morel", "Paul Morel", "0" * 16)) == before


TEXTS = [
    "La maire, Jeanne Morel, a reçu mardi une délégation venue d'Ukraine. Mme Morel a parlé d'une amitié ancienne.",
    "Des Ukrainiens et des Suédoises ont visité le port avec Jeanne Morel et des élus de l'Alliance atlantique.",
]


def test_overrides_apply_from_the_next_run_until_their_row_is_removed(ingest, rows, tmp_path):
    warehouse, aliases = tmp_path / "revue.duckdb", tmp_path / "aliases.csv"
    source = write_records(tmp_path / "in" / "records.jsonl", [clean(text) for text in TEXTS])

    def run(*overrides):
        aliases.write_text(HEAD + "".join(f"{one}\n" for one in overrides), encoding="utf-8")
        return ingest([source], warehouse)

    def entity_ids():
        return dict(rows(warehouse, "select surface, entity_id from mentions"))

    assert run().state == "published"
    before = rows(warehouse, "from mentions order by all"), rows(warehouse, "from entities order by all")
    ids = entity_ids()
    assert ids["Morel"] == ids["Jeanne Morel"] == make_entity_id("PER", "jeanne morel")
    assert ids["Ukrainiens"] == ids["Ukraine"] and ids["Suédoises"] is None
    assert rows(
        warehouse, "select name, aliases, count_mentions, count_documents from entities where name = 'Ukraine'"
    ) == [("Ukraine", [], 1, 1)]

    changed = run(
        "different,PER,Morel,Jeanne Morel,,me,2026-01-31,her sister",
        "drop,LOC,Ukraine,,,me,2026-01-31,not our subject",
    )
    assert (changed.state, changed.count_unchanged) == ("unchanged", 2)
    ids = entity_ids()
    assert ids["Morel"] not in (ids["Jeanne Morel"], None)
    assert ids["Ukraine"] is ids["Ukrainiens"] is None
    assert rows(warehouse, "select surface, label from dropped_names") == [("Ukraine", "LOC")]

    with pytest.raises(UsageError, match="Line 2"):
        run("drop,LOC")
    assert list(Companions(warehouse).runs.rglob("candidate.duckdb")) == []  # the error comes before any work
    assert entity_ids() == ids

    run()
    assert (rows(warehouse, "from mentions order by all"), rows(warehouse, "from entities order by all")) == before
    assert rows(warehouse, "from dropped_names") == []


def test_chains_of_pairs_become_clusters_named_by_their_smallest_member():
    pairs = [("d", "c"), ("b", "a"), ("c", "b"), ("y", "x")]
    for order in itertools.permutations(pairs):
        assert cluster(order) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


def test_a_sure_label_stands_beside_the_other_meaning_of_the_name() -> None:
    names = [Name("1", "ORG", "Orange", 3), Name("1", "LOC", "Orange", 1, is_sure=True), Name("2", "ORG", "Orange", 2)]
    assert {(one.doc_id, one.label_extracted, one.label) for one in resolve_names(names)} == {
        ("1", "ORG", "ORG"),
        ("1", "LOC", "LOC"),
        ("2", "ORG", "ORG"),
    }
    unsure = [replace(name, is_sure=False) for name in names]
    assert {one.label for one in resolve_names(unsure)} == {"ORG"}
