"""Authors and agencies: bylines of every form, and names that are no author."""

from __future__ import annotations

import pytest
from describe_pages import article, described

from tasks.strip.describe.person_names import read_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anne Perrin", ("Anne Perrin",)),
        ("Anne Perrin et Luc Morel", ("Anne Perrin", "Luc Morel")),
        ("Anne Perrin, Luc Morel & Zoé Lam", ("Anne Perrin", "Luc Morel", "Zoé Lam")),
        ("Anne Perrin (avec Luc Morel)", ("Anne Perrin", "Luc Morel")),
        ("José de la Cruz", ("José de la Cruz",)),
        ("E. NURIEL - 05:01", ("E. NURIEL",)),
        ("Anne-Sophie Le Goff", ("Anne-Sophie Le Goff",)),
        ("Hanna Kranz, Redakteurin für Finanzen", ("Hanna Kranz",)),
        ("Anne Perrin, Brèze", ("Anne Perrin",)),
        ("Anne Perrin le 12", ("Anne Perrin",)),
        ("Zoé Roy Zoé Roy", ("Zoé Roy",)),
        ("Youcef A", ("Youcef A",)),
        ("Anne Perrin Analyses 26/01/2017", ("Anne Perrin",)),
        ("[Anne Perrin](https://courrier.example/anne-perrin)", ("Anne Perrin",)),
        ("**Anne Perrin**", ("Anne Perrin",)),
    ],
)
def test_names_are_read_by_their_shape(text: str, names: tuple[str, ...]) -> None:
    read = read_names(text)
    assert read is not None
    assert read.names == names


@pytest.mark.parametrize("text", ["en direct", "12 juin", "", "…", "La rédaction", "A 12 h", "[](/accueil)"])
def test_text_that_is_not_a_name_is_not_read(text: str) -> None:
    assert read_names(text) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Par Anne Perrin\nPublié le 12 juin 2025", ("Anne Perrin",)),
        ("Par\nAnne Perrin\n12 juin 2025", ("Anne Perrin",)),
        ("Anne Perrin - 14 mars 2025 08:15", ("Anne Perrin",)),
        ("Anne Perrin | lundi 9 juin 2025 à 09h08", ("Anne Perrin",)),
        ("By Anne Perrin and Luc Morel\nJune 12, 2025", ("Anne Perrin", "Luc Morel")),
        ("Von Anne Perrin\n12.06.2025, 10:30 Uhr", ("Anne Perrin",)),
        ("Par Anne Perrin & Le Courrier du Val\nPublié le 12 juin 2025", ("Anne Perrin",)),
        ("Par Anne Perrin avec AFP\nPublié le 12 juin 2025", ("Anne Perrin",)),
        ("Anne Perrin - Luc Morel - publié le 12/06/2025 - mis à jour le 13/06/2025", ("Anne Perrin", "Luc Morel")),
        ("Anne Perrin / Publié le 12 juin 2025 à 10h30, mis à jour le 13 juin 2025 à 11h45, à Brèze", ("Anne Perrin",)),
        ("Anne Perrin / Crédit photo : Luc Morel / Nord Photo / AFP 13h02, le 12 juin 2025", ("Anne Perrin",)),
        ("Anna Morel | Unsplash\nAnne Perrin\nPublié le 12 juin 2025", ("Anne Perrin",)),
        ("Par\nZoé\nPublié le 12 juin 2025", ("Zoé",)),
        ("**Par [Anne Perrin](https://courrier.example/anne-perrin)**\nPublié le 12 juin 2025", ("Anne Perrin",)),
        ("Par La rédaction\nPublié le 12 juin 2025", ()),
    ],
)
def test_a_byline_names_the_authors(line: str, authors: tuple[str, ...]) -> None:
    assert described(article(line)).authors == authors


@pytest.mark.parametrize("head", ["", "Publié le 12 juin 2025", "Photo : Anne Perrin / Sipa\nPublié le 12 juin 2025"])
def test_a_page_without_credit_has_no_authors(head: str) -> None:
    assert described(article(head)).authors == ()


def test_names_of_places_below_the_article_are_not_authors() -> None:
    assert described(article("Publié le 12 juin 2025", "\nGrand Hôtel\nPort Louis\n")).authors == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Par AFP", ()),
        ("Par Agence France-Presse", ()),
        ("AFP", ()),
        ("Par Claire Lestrade, avec AFP", ("Claire Lestrade",)),
    ],
)
def test_an_agency_is_not_an_author(line: str, authors: tuple[str, ...]) -> None:
    page = described(article(f"{line}\nPublié le 12 juin 2025"))
    assert (page.authors, page.agency) == (authors, "AFP")


def test_a_title_in_capitals_is_not_a_name() -> None:
    page = described(article("Publié le 12 juin 2025").replace("La passerelle des Tanneurs rouvre", "Pont Tanneurs"))
    assert page.authors == ()


def test_commenters_are_not_authors() -> None:
    tail = "\n\nCommentaires\nAnne Perrin dit :\nEnfin !\nLuc Morel dit :\nIl était temps.\n"
    assert described(article("Publié le 12 juin 2025", tail)).authors == ()


def test_the_authors_of_the_record_win() -> None:
    page = described(article("Par Anne Perrin\nPublié le 12 juin 2025"), given={"author": "Luc Morel et Zoé Lam"})
    assert page.authors == ("Luc Morel", "Zoé Lam")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Par Anne Perrin avec AFP\nPublié le 12 juin 2025", "AFP"),
        ("Le Courrier du Val avec Reuters\nPublié le 12 juin 2025", "Reuters"),
        ("Par Anne Perrin\nPublié le 12 juin 2025", None),
        ("Crédit photo : Luc Morel, AFP\nPublié le 12 juin 2025", None),
    ],
)
def test_the_agency_is_the_one_credited(line: str, agency: str | None) -> None:
    assert described(article(line)).agency == agency


def test_the_agency_may_stand_before_or_after_the_body() -> None:
    dateline = "= BRÈZE (Reuters) - Le bac repart lundi, a annoncé la préfecture, après une semaine d'arrêt causé par les hautes eaux de la rivière.\n"
    assert described("Le bac de Brèze repart lundi matin\n" + dateline * 2).agency == "Reuters"
    assert described(article("", "(avec dpa)\n")).agency == "dpa"
    spoken = "= Interrogé par l'AFP, le maire a répété que la passerelle rouvrirait avant la fin du mois et que la facture serait partagée.\n"
    assert described(article("", spoken)).agency is None
