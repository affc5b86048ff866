"""Roles of people and their organisations."""

from __future__ import annotations

import re

import pytest

from tasks.extract.fr.roles import find_roles, neutral_role
from tasks.extract.sentences import cut_sentences
from warehouse.facts import Mention, Role

NAMES = {
    "Odile Marchand": "PER", "Pierre Petit": "PER", "Karim Sellier": "PER", "Banque du Nord": "ORG", "Union maritime": "ORG", "Rennes": "LOC",
}  # fmt: skip


def roles(text: str) -> list[Role]:
    mentions = [
        Mention(match.start(), match.end(), name, label, label, "test")
        for name, label in NAMES.items()
        for match in re.finditer(name, text)
    ]
    found = find_roles(text, cut_sentences(text), mentions)
    assert all(each.surface == text[each.start_char : each.end_char] for each in found)
    return found


@pytest.mark.parametrize(
    ("text", "name", "role", "organisation", "is_former"),
    [
        ("Le Premier ministre belge Karim Sellier est arrivé.", "Karim Sellier", "Premier ministre", "Belgique", False),
        ("Odile Marchand, présidente de l'Union maritime, a voté.", "Odile Marchand", "présidente", "Union maritime", False),
        ("La maire de Rennes, Odile Marchand, inaugure.", "Odile Marchand", "maire", "Rennes", False),
        ("L'ancien général Karim Sellier écrit.", "Karim Sellier", "général", None, True),
        ("L'ex-patronne de la Banque du Nord Odile Marchand plaide.", "Odile Marchand", "patronne", "Banque du Nord", True),
        (
            "Karim Sellier, directeur général de la Banque du Nord depuis mai, signe.",
            "Karim Sellier", "directeur général", "Banque du Nord", False,
        ),
        ("Odile Marchand est sénatrice.", "Odile Marchand", "sénatrice", None, False),
        ("Odile Marchand, 51 ans, avocate à Rennes, sourit.", "Odile Marchand", "avocate", "Rennes", False),
        (
            "Le ministre espagnol des Affaires étrangères Karim Sellier sort.",
            "Karim Sellier", "ministre des Affaires étrangères", "Espagne", False,
        ),
        ("Karim Sellier, champion en titre, chute.", "Karim Sellier", "champion en titre", None, False),
    ],
)  # fmt: skip
def test_role_organisation_and_former(
    text: str, name: str, role: str, organisation: str | None, is_former: bool
) -> None:
    (found,) = roles(text)
    assert (found.name, found.role, found.organisation, found.is_former) == (name, role, organisation, is_former)


def test_name_and_organisation_are_the_mentions_beside_the_office() -> None:
    text = "Rennes accueille Odile Marchand. Odile Marchand, maire de Rennes, salue le ministre belge Karim Sellier."
    found = [(each.name, each.mention_no, each.organisation, each.organisation_mention_no) for each in roles(text)]
    assert found == [("Odile Marchand", 3, "Rennes", 4), ("Karim Sellier", 5, "Belgique", None)]


def test_an_office_inside_a_wrong_mention_is_still_found() -> None:
    text = "Le ministre tchèque, Karim Sellier, part."
    named = [
        Mention(3, 19, "ministre tchèque", "MISC", "MISC", "test"),
        Mention(21, 34, "Karim Sellier", "PER", "PER", "test"),
    ]
    (found,) = find_roles(text, cut_sentences(text), named)
    assert (found.role, found.organisation) == ("ministre", "Tchéquie")


def test_an_office_between_two_names_belongs_to_one_person() -> None:
    found = roles("Odile Marchand, son avocat Karim Sellier et un greffier entrent.")
    assert [(each.name, each.role) for each in found] == [("Karim Sellier", "avocat")]


def test_the_complement_of_an_office_ends_at_the_verb() -> None:
    (found,) = roles("Karim Sellier, chef de la police a parlé.")
    assert found.role == "chef de la police"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La conservatrice, Odile Marchand, ouvre.", ("Odile Marchand", "conservatrice", None, False)),
        ("Pour le premier adjoint, Karim Sellier, tout va.", ("Karim Sellier", "premier adjoint", None, False)),
        ("Karim Sellier, qui fut maire de Rennes, plaide.", ("Karim Sellier", "maire", "Rennes", True)),
        ("Karim Sellier, maire de Rennes de 1995 à 2008, plaide.", ("Karim Sellier", "maire", "Rennes", True)),
        ("Odile Marchand, alors ministre de la Santé, refuse.", ("Odile Marchand", "ministre de la Santé", None, True)),
        ("Le maire (PS) de Rennes, Karim Sellier, signe.", ("Karim Sellier", "maire", "Rennes", False)),
        ("Le directeur de la Banque du Nord, le docteur Karim Sellier, part.", ("Karim Sellier", "directeur", "Banque du Nord", False)),
        ("Nommé préfet de Rennes en août, Karim Sellier arrive.", ("Karim Sellier", "préfet", "Rennes", False)),
        ("Odile Marchand a été élue hier à l'unanimité présidente de l'Union maritime.", ("Odile Marchand", "présidente", "Union maritime", False)),
        ("Nommée préfète en mai, Odile Marchand arrive.", ("Odile Marchand", "préfète", None, False)),
        ("Odile Marchand, directrice du festival d'automne, signe.", ("Odile Marchand", "directrice du festival d'automne", "festival d'automne", False)),
        ("Le nouveau gérant du bar s'appelle Karim Sellier.", ("Karim Sellier", "gérant du bar", None, False)),
        ("Le président du tribunal judiciaire de Rennes, Karim Sellier, sourit.",
         ("Karim Sellier", "président du tribunal judiciaire", "tribunal judiciaire de Rennes", False)),
        ("La présidente du conseil régional, Odile Marchand, vote.",
         ("Odile Marchand", "présidente du conseil régional", "conseil régional", False)),
        ("Odile Marchand, fondatrice de Brizeo, vend.", ("Odile Marchand", "fondatrice", "Brizeo", False)),
        ("La jeune policière municipale Odile Marchand court.", ("Odile Marchand", "policière municipale", None, False)),
        ("Ancien boxeur reconverti dans le bois, Karim Sellier vend.", ("Karim Sellier", "boxeur", None, True)),
        ("Odile Marchand, députée de la 3e circonscription de Rennes, vote.",
         ("Odile Marchand", "députée de la 3e circonscription", "Rennes", False)),
        ("L'avocate de Karim Sellier, Odile Marchand, plaide.", ("Odile Marchand", "avocate de Karim Sellier", None, False)),
        ("Le maire de Rennes, réélu en 2020, Karim Sellier, signe.", ("Karim Sellier", "maire", "Rennes", False)),
    ],
)  # fmt: skip
def test_other_ways_to_give_an_office(text: str, expected: tuple[str, str, str | None, bool]) -> None:
    (found,) = roles(text)
    assert (found.name, found.role, found.organisation, found.is_former) == expected


def test_two_offices_of_one_person() -> None:
    found = roles("Odile Marchand, directrice de la Banque du Nord et ancienne patronne de l'Union maritime, sort.")
    assert [(each.role, each.organisation, each.is_former) for each in found] == [
        ("directrice", "Banque du Nord", False), ("patronne", "Union maritime", True),
    ]  # fmt: skip
    found = roles("Le commandant des pompiers, le capitaine Karim Sellier, dirige.")
    assert sorted(each.role for each in found) == ["capitaine", "commandant des pompiers"]


@pytest.mark.parametrize(
    "text",
    [
        "Odile Marchand a vu le maire.",
        "Le maire a salué Odile Marchand.",
        "Le président a dit que Karim Sellier viendra.",
        "« La digue tiendra », juge Karim Sellier.",
        "Devant le juge, Karim Sellier a reconnu les faits.",
        "Dans le cadre de la loi Karim Sellier, on vote.",
        "L'avocat des parents Karim Sellier a plaidé.",
        "Le maire, accompagné de Karim Sellier, arrive.",
        "Karim Sellier est devenu le premier athlète à nager ici.",
        "Élue en mars, Odile Marchand a promis une école neuve.",
    ],
)
def test_an_office_that_is_not_beside_a_name_is_not_a_role(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Présidente", "président"),
        ("Adjointe à la maire", "adjoint au maire"),
        ("adjoint au maire", "adjoint au maire"),
        ("directrice générale adjointe", "directeur général adjoint"),
        ("conseillère de la ministre", "conseiller du ministre"),
        ("directrice de la communication", "directeur de la communication"),
        ("cheffe d’entreprise", "chef d'entreprise"),
        ("porte-parole", "porte-parole"),
        ("présidente-fondatrice", "présidente-fondatrice"),
    ],
)
def test_a_role_has_one_form_whoever_holds_it(role: str, expected: str) -> None:
    assert neutral_role(role) == expected


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Le principal du collège Jean-Moulin, Karim Sellier, sort.", "principal du collège", "collège Jean-Moulin"),
        ("La principale adjointe du collège de Rennes, Odile Marchand, sort.", "principale adjointe du collège", "collège de Rennes"),
        ("Karim Sellier, principal du lycée Victor-Hugo, sort.", "principal du lycée", "lycée Victor-Hugo"),
        ("Le proviseur du lycée Victor-Hugo, Karim Sellier, sort.", "proviseur du lycée", "lycée Victor-Hugo"),
        ("La directrice de l'école Pierre Petit, Odile Marchand, sort.", "directrice de l'école", "école Pierre Petit"),
        ("Le principal du collège, Karim Sellier, sort.", "principal du collège", None),
        ("Le directeur du musée de Brisquebec, Karim Sellier, sort.", "directeur du musée", "musée de Brisquebec"),
        ("Le directeur du musée d'Arzal, Karim Sellier, sort.", "directeur du musée", "musée d'Arzal"),
        ("Le directeur du musée de Rennes, Karim Sellier, sort.", "directeur du musée", "musée de Rennes"),
    ],
)  # fmt: skip
def test_an_office_of_an_institution_whose_own_name_is_no_mention(
    text: str, role: str, organisation: str | None
) -> None:
    (found,) = roles(text)
    assert (found.role, found.organisation) == (role, organisation)


@pytest.mark.parametrize(
    "text",
    [
        "Le principal opposant, Karim Sellier, est venu.",
        "Le principal suspect Karim Sellier nie.",
        "Le principal, Karim Sellier l'a dit, est fait.",
    ],
)
def test_principal_without_a_school_is_no_office(text: str) -> None:
    assert roles(text) == []


def test_an_office_after_and_belongs_to_the_name_after_it() -> None:
    found = roles("Le maire de Rennes, Karim Sellier, et la directrice de la Banque du Nord, Odile Marchand, sont là.")
    assert [(each.name, each.role) for each in found] == [("Karim Sellier", "maire"), ("Odile Marchand", "directrice")]
