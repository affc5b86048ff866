"""Entities: names of a corpus into things, whatever the order; the user's judgement over all."""

import itertools

import pytest

from tasks.entities import Judgement, Name, fold_name, make_entity_id, read_judgements, resolve_names
from tasks.resolve import cluster
from warehouse.errors import UsageError

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


def entities(names, judgements=()):
    """(doc_id, surface) to the name of the entity."""
    return {(one.doc_id, one.surface): (one.label, one.name) for one in resolve_names(names, judgements)}


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


def test_the_user_joins_parts_and_drops():
    names = [
        Name("1", "ORG", "Otan", 2),
        Name("1", "ORG", "Alliance atlantique", 1),
        Name("1", "PER", "Morel", 1),
        Name("2", "PER", "Jeanne Morel", 1),
        Name("2", "MISC", "Newsletter", 1),
    ]
    same = Judgement("same", "ORG", "Otan", "Alliance atlantique")
    assert entities(names, [same])["1", "Alliance atlantique"] == ("ORG", "Otan")
    different = Judgement("different", "PER", "Morel", "Jeanne Morel")
    assert entities(names)["1", "Morel"] == ("PER", "Jeanne Morel")
    assert entities(names, [different])["1", "Morel"] == ("PER", "Morel")
    dropped = {
        one.surface: one.entity_id for one in resolve_names(names, [Judgement("drop", "MISC", "Newsletter", "")])
    }
    assert dropped["Newsletter"] is None and dropped["Otan"] is not None


def test_an_id_depends_on_label_and_folded_name_alone():
    assert make_entity_id("LOC", fold_name("États-Unis")) == make_entity_id("LOC", fold_name("Etats‑unis"))
    assert make_entity_id("LOC", "congo") != make_entity_id("ORG", "congo")


def test_judgements_are_read_and_a_wrong_one_named_by_its_line(tmp_path):
    path = tmp_path / "aliases.csv"
    assert read_judgements(path) == []
    head = "decision,label,name,other_name,entity_id,decided_by,decided_on,because\n"
    path.write_text(head + "same,ORG,Otan,OTAN,,me,2025-01-01,acronym\n", encoding="utf-8")
    assert read_judgements(path) == [Judgement("same", "ORG", "Otan", "OTAN")]
    path.write_text(head + "perhaps,ORG,Otan,OTAN,,,,\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Line 2"):
        read_judgements(path)


def test_chains_of_pairs_become_clusters_named_by_their_smallest_member():
    pairs = [("d", "c"), ("b", "a"), ("c", "b"), ("y", "x")]
    for order in itertools.permutations(pairs):
        assert cluster(order) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}
