"""The publisher of a page: known names and longer ones, copyright lines, names after titles."""

from __future__ import annotations

import pytest
from describe_pages import BODY, SOURCES, article, described, judge

from tasks.strip.describe import Source, Sources, describe
from tasks.strip.describe.outlet_names import is_person_name, is_press_name, without_legal_form

DATED = "Par Anne Perrin\nPublié le 12 juin 2025"
TITLE = "La passerelle des Tanneurs rouvre après deux hivers de travaux"


@pytest.mark.parametrize(
    "name",
    [
        "Le Courrier du Val d'Ombre",
        "Le Courrier du Val de Brèze",
        "Le Courrier du Val libre",
        "Le Courrier du Val-Dessus",
        "Le Courrier du Val Dimanche",
        "LE COURRIER DU VAL D'OMBRE",
        "Nouveau Courrier du Val",
    ],
)
def test_a_paper_whose_longer_name_holds_a_known_one_is_not_the_known_one(name: str) -> None:
    page = f"{name}\nAccueil\nSports\n{TITLE}\n{DATED}\n{BODY}Nous écrire\n{name} sur tablette\n© 2025 {name}\n"
    assert described(page).source_name != "Le Courrier du Val"
    assert not SOURCES.named_in(f"Les pages de {name} :")


@pytest.mark.parametrize(
    "line",
    [
        "Le Courrier du Val",
        "LE COURRIER DU VAL",
        "Par Anne Perrin et Le Courrier du Val",
        "Le Courrier du Val avec AFP",
        "Le Courrier du Val | Publié le 12 juin 2025",
        "Le Courrier du Val - 12 juin 2025",
        "Lisez Le Courrier du Val sur tablette",
        "© Le Courrier du Val 2025",
    ],
)
def test_a_known_name_that_ends_there_is_found(line: str) -> None:
    named = SOURCES.named_in(line) or [SOURCES.by_name(line)]
    assert named[0] is not None


def test_a_publisher_is_found_by_its_capitals_and_not_by_its_words_alone() -> None:
    sources = Sources([Source("minutes.example", "Vingt Minutes", "minutes.example")])
    page = f"{TITLE}\n{DATED}\nTemps de lecture\nvingt minutes\nvingt minutes\nvingt minutes\n{BODY}"
    assert describe(judge(page)[1], sources=sources).source_name is None
    assert describe(judge(page.replace("vingt m", "Vingt M"))[1], sources=sources).source_name == "Vingt Minutes"


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("© 2025 Jeanne Vidal/Nord Photo", None),  # a picture
        ("© 2025 Jeanne Vidal", None),
        ("© Jeanne Vidal", None),
        ("© 2025 Groupe Vallier Médias", None),  # the company, which owns several papers
        ("© 2025 Vallier Communications", None),
        ("© 2025 Toute reproduction interdite", None),
        ("© Copyright", None),
        ("© RIPRODUZIONE RISERVATA 2025", None),
        ("© 2025 Valmeuse", None),  # a name that is not said to be the site's
        ("Écrire à valmeuse.example\n© 2025 Valmeuse", "Valmeuse"),
        ("Valmeuse\n© 2025 Valmeuse SAS", "Valmeuse"),
        ("© 2025 Nord Matin", "Nord Matin"),
        ("© 2025 L'Écho des Combes", "L'Écho des Combes"),
        ("© 2025 Combes.info", "Combes.info"),
    ],
)
def test_a_copyright_line_names_the_site_only(tail: str, name: str | None) -> None:
    assert described(article(DATED, f"{tail}\n")).source_name == name


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (f"{TITLE} - Nord Matin", "Nord Matin"),
        (f"{TITLE} - et la fête recommence", None),
        (f"{TITLE} - Une fête promise", None),
        (f"{TITLE} - Valmeuse\nValmeuse", "Valmeuse"),
    ],
)
def test_what_stands_after_the_title_is_the_site_when_it_has_the_form_of_a_name(first: str, name: str | None) -> None:
    assert described(f"{first}\nAccueil\nSports\n{TITLE}\n{DATED}\n{BODY}").source_name == name


@pytest.mark.parametrize(
    "name", ["Nord Matin", "La Feuille de Brèze", "TopTribune", "L'Écho des Combes", "Le Val d'Ombre", "breze.info"]
)
def test_names_of_papers_have_a_form(name: str) -> None:
    assert is_press_name(name)


@pytest.mark.parametrize(
    "name", ["Anne Roy", "Une fête promise", "la passerelle", "Groupe Nord Médias", "Valmeuse", ""]
)
def test_other_names_do_not_have_that_form(name: str) -> None:
    assert not is_press_name(name)


def test_people_are_known_by_their_given_names() -> None:
    assert all(map(is_person_name, ("Anne Roy", "E. Nurdin", "Jean-Luc Petit", "Théo Roy")))
    assert not any(map(is_person_name, ("L'Écho des Combes", "Nord Matin", "Chas Vremia", "")))


def test_the_legal_form_is_no_part_of_a_name() -> None:
    assert without_legal_form("Nord Matin GmbH & Co. KG") == "Nord Matin"
    assert without_legal_form("SA") == "SA"


@pytest.mark.parametrize(
    ("line", "name", "authors"),
    [
        ("Nord Matin - 14 août 2025 01:47", "Nord Matin", ()),
        ("Chas Novin - 14 août 2025 01:47", "Chas Novin", ()),  # no given name, and nothing the page speaks of
        ("Le Courrier du Val - 14 août 2025", "Le Courrier du Val", ()),
        ("Anne Perrin, Nord Matin - 14 août 2025", "Nord Matin", ("Anne Perrin",)),
        ("Nord Matin | Anne Perrin | 14 août 2025", "Nord Matin", ("Anne Perrin",)),
        ("breze.info - 14 août 2025 à 10h30", "breze.info", ()),
        ("TopTribune - 14 août 2025", "TopTribune", ()),
        ("Anne Perrin - 14 août 2025 01:47", None, ("Anne Perrin",)),
        ("E. Perrin - 14 août 2025 01:47", None, ("E. Perrin",)),
        ("Par Chas Novin - 14 août 2025 01:47", None, ("Chas Novin",)),
        ("Faits divers - 14 août 2025 01:47", None, ()),
        ("Passerelle Tanneurs - 14 août 2025 01:47", None, ()),
        ("Belga - 14 août 2025 01:47", None, ()),
        ("La rédaction - 14 août 2025 01:47", None, ()),
    ],
)
def test_the_publisher_signs_beside_the_date(line: str, name: str | None, authors: tuple[str, ...]) -> None:
    page = described(f"{TITLE}\n{line}\n{BODY}")
    assert page.source_name == name
    if line[:5] not in ("Belga", "Passe"):
        assert page.authors == authors


def test_a_name_beside_the_date_is_a_person_where_the_page_names_its_publisher() -> None:
    page = described(f"{TITLE} - Nord Matin\nChas Novin - 14 août 2025 01:47\n{BODY}")
    assert (page.source_name, page.authors) == ("Nord Matin", ("Chas Novin",))


@pytest.mark.parametrize(
    ("end", "name"),
    [
        (", rapporte Nord Matin.", "Nord Matin"),
        (", rapportent TopTribune.", "TopTribune"),
        (", rapporte La Feuille de Brèze.", "La Feuille de Brèze"),
        (", rapporte breze.info.", None),  # no capital: a sentence that ended differently
        (", rapporte Le Courrier du Val.", None),  # a listed paper, which others quote
        (", rapporte le quotidien Nord Matin.", None),
        (", selon nos confrères de Nord Matin.", None),
        (", rapportent nos confrères de Nord Matin.", None),
        (", rapporte l'AFP.", None),
        (", rapporte Anne Roy.", None),
        (", rapporte Belga.", None),
    ],
)
def test_the_formula_that_ends_the_first_paragraph_names_the_publisher(end: str, name: str | None) -> None:
    first, rest = BODY.split("\n", 1)
    page = f"{TITLE}\n12 juin 2025\n{first.removesuffix('.')}{end}\n{rest}"
    assert described(page).source_name == name
    named = described(f"{TITLE} | Radio Brèze\n{page}")
    assert named.source_name == "Radio Brèze"  # the formula counts only where nothing else names the publisher


def test_a_paper_the_title_speaks_of_is_not_the_publisher() -> None:
    title = "La passerelle des Tanneurs rouvre, Le Courrier du Val déménage"
    page = f"{title}\nLe Courrier du Val\nAccueil\n{DATED}\nLe Courrier du Val\n{BODY}"
    assert described(page).source_name is None
    assert described(f"{page}© 2025 Le Courrier du Val\n").source_name == "Le Courrier du Val"


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("Newsletter de Radio Brèze\nRadio Brèze recrute\n", "Radio Brèze"),
        ("La rédaction de Valmeuse\nPubliez sur Valmeuse\nComment publier sur Valmeuse ?\n", "Valmeuse"),
        ("La rédaction de Valmeuse\ncontact@valmeuse.example\n", "Valmeuse"),
        ("La rédaction de Valmeuse\n© 2025 Valmeuse\n", "Valmeuse"),
        ("Soutenez Le Courrier du Val\nLe Courrier du Val\n", "Le Courrier du Val"),
        ("Newsletter de L'Écho des Combes\nLa rédaction de L'Écho des Combes\n", "L'Écho des Combes"),
        ("La rédaction de Valmeuse\n", None),  # a partner may be spoken of once
        ("La rédaction de Valmeuse\nLa rédaction de Valmeuse\n", None),
        ("À propos de Chas Novin\nSuivez Chas Novin sur Twitter\nContacter Chas Novin\n", None),  # an author
        ("Suivez Lyon\nLyon\nActualité de Lyon\n", None),  # a topic
        ("Suivez Le Mans\nLe Mans\n", None),
        ("Abonnez-vous à Canal+\nCanal+\n", None),
        ("Publicité sur Facebook\nPublier sur Facebook\nSuivez-nous sur Facebook\n", None),
        ("Follow Nord on Facebook\nFollow Nord on Twitter\n", None),
    ],
)
def test_two_phrases_in_which_a_site_speaks_of_itself_name_it(tail: str, name: str | None) -> None:
    assert described(article(DATED, tail)).source_name == name


def test_an_author_of_the_page_is_no_publisher() -> None:
    tail = "La rédaction de Novin\nPublier sur Novin\n"
    assert described(article("12 juin 2025", tail)).source_name == "Novin"
    assert described(article("Par Novin\n12 juin 2025", tail)).source_name is None


def test_a_site_with_the_name_of_a_listed_paper_and_another_address_is_not_that_paper() -> None:
    sources = Sources([Source("lecho.example", "L'Écho", "lecho.example")])
    named = "L'Écho\nLes services de L'Écho\nL'Écho\n"
    addresses = "Le site www.lecho.test est édité par la commune\nÉcrire à redaction@lecho.test\n"

    def name(tail: str) -> str | None:
        return describe(judge(article(DATED, named + tail))[1], sources=sources).source_name

    assert name("") == "L'Écho"
    assert name(addresses) == "lecho.test"
    assert name(f"{addresses}www.lecho.example\n") == "L'Écho"  # one of its own


@pytest.mark.parametrize(
    ("line", "is_named"),
    [
        ("Les enquêtes du Val, par Le Courrier du Val", True),
        ("Le maire, hier matin, au micro de la chaîne et dans les colonnes du journal Le Courrier du Val", False),
        ("Le Courrier du Val (Ombre)", True),
    ],
)
def test_a_long_line_that_mentions_a_listed_paper_does_not_count(line: str, is_named: bool) -> None:
    page = described(article(DATED, f"{line}\nLe Courrier du Val\n{line}\n"))
    assert (page.source_name == "Le Courrier du Val") is is_named


def test_a_listed_name_inside_the_article_is_a_quoted_paper() -> None:
    first, rest = BODY.split("\n", 1)
    page = f"{TITLE}\n{DATED}\n{first}\nLe Courrier du Val\nle confirme\nLe Courrier du Val\nle répète\nLe Courrier du Val\n{rest}"
    assert described(page).source_name is None


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("NORD-ÉCLAT INFO\n© 2025 Nord-Eclat Info", "Nord-Eclat Info"),
        ("Valmeusé\n© 2025 VALMEUSE", "VALMEUSE"),  # without the accents of capitals
        ("© Copyright - Nord Matin", "Nord Matin"),
        ("Photo © Nord Matin 2025", None),
        ("© 2025 Nord Matin: le pont", "Nord Matin"),
        ("© 2025 Nord\u00a0Matin SA", "Nord Matin"),
    ],
)
def test_a_copyright_line_is_read_as_it_is_printed(tail: str, name: str | None) -> None:
    assert described(article(DATED, f"{tail}\n")).source_name == name


def test_a_publisher_that_prints_its_address_is_one_source_in_text_and_in_html() -> None:
    tail = "La rédaction de Valmeuse\nredaction@valmeuse.example\n"
    text = described(article(DATED, tail))
    html = described(article(DATED, tail), url="https://www.valmeuse.example/12345")
    assert (text.source_name, text.source_domain) == ("Valmeuse", "valmeuse.example")
    assert text.source_domain == html.source_domain
    without = described(article(DATED, "La rédaction de Valmeuse\n© 2025 Valmeuse\nnord.example\n"))
    assert (without.source_name, without.source_domain) == ("Valmeuse", None)


def test_the_address_of_a_page_is_the_evidence_of_a_source_that_nothing_else_names() -> None:
    found = described(article(DATED, "Contact | Plan du site"), url="https://www.valmeuse.example/12345")
    assert (found.source_name, found.source_domain) == (None, "valmeuse.example")
    sources = [(one.value, one.method, one.is_chosen) for one in found.evidence if one.field == "source"]
    assert sources == [("valmeuse.example", "url", True)]
    assert [one for one in described(article(DATED, "Contact")).evidence if one.field == "source"] == []
