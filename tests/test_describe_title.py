"""Title, subtitle, publisher, address and language of whole pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from describe_pages import BODY, SOURCES, article, described, judge

from tasks.strip import strip
from tasks.strip.describe import Sources, detect_language
from tasks.strip.describe.layout import lay_out
from tasks.strip.describe.publisher_claims import without_site
from tasks.strip.describe.sources import registered_domain
from tasks.strip.describe.title_candidates import title_candidates
from tasks.strip.describe.title_lookalikes import is_date_line, is_foreign, is_menu
from tasks.text.addresses import host_of
from warehouse.rows import Record

TITLE = "La passerelle des Tanneurs rouvre après deux hivers de travaux"


@pytest.mark.parametrize("head", ["Par Anne Perrin\nPublié le 12 juin 2025", "Publié le 12 juin 2025", ""])
def test_the_title_is_the_line_above_that_shares_words_with_the_body(head: str) -> None:
    assert described(article(head)).title == TITLE


def test_a_cookie_notice_is_not_the_title() -> None:
    title = "Brèze : le bac repart, la rive gauche respire"
    cookies = "Ce journal vit de ses lecteurs et de quelques cookies que vous pouvez refuser"
    page = f"Radio du Val\nÉcouter\n{cookies}\n{title}\nPublié le 12 juin 2025 à 10:30\nPar Anne Perrin\n{BODY}"
    assert described(page).title == title


def test_a_picture_credit_is_not_the_title() -> None:
    page = f"Accueil\n{TITLE}\nLa passerelle des Tanneurs après deux hivers de travaux. — L. Morel / AFP\n{BODY}"
    assert described(page).title == TITLE


def test_a_heading_mark_is_not_part_of_the_title() -> None:
    page = described(f"Accueil\n# {TITLE}\nPar Anne Perrin\n{BODY}")
    assert page.title == TITLE
    chosen = next(one for one in page.evidence if one.field == "title" and one.is_chosen)
    raw, _ = judge(f"Accueil\n# {TITLE}\nPar Anne Perrin\n{BODY}")
    assert raw[chosen.raw_start : chosen.raw_end] == TITLE


def test_the_site_after_the_title_is_the_publisher() -> None:
    page = described(f"{TITLE} | Le Courrier du Val\nAccueil\nSports\nPublié le 12 juin 2025\n{BODY}")
    assert page.title == TITLE
    assert page.source_name == "Le Courrier du Val"


def test_a_title_keeps_an_ending_that_is_not_a_site() -> None:
    assert without_site("Brèze - Aubry : le bac repart", SOURCES) == "Brèze - Aubry : le bac repart"
    assert without_site("Le bac de Brèze repart - Le Courrier du Val", SOURCES) == "Le bac de Brèze repart"


def test_the_title_of_the_record_wins() -> None:
    assert described(article(""), given={"title": "Le pont rouvre"}).title == "Le pont rouvre"


def test_a_sentence_between_title_and_byline_is_the_subtitle() -> None:
    standfirst = "Deux crues et une pile fissurée ont retardé le chantier, dont la facture a doublé."
    page = described(article(f"{standfirst}\nPar Anne Perrin\nPublié le 12 juin 2025"))
    assert page.subtitle == standfirst
    assert described(article("Par Anne Perrin\nPublié le 12 juin 2025")).subtitle is None
    dated = "= Le conseil avait voté le 3 mars 2021 un premier crédit, aussitôt dépensé, puis un second l'hiver suivant pour la pile.\n"
    assert described(article("", dated)).subtitle is None  # a date in the body is no date line
    caption = "La passerelle des Tanneurs, hier matin, vue de la rive gauche. © Luc Morel"
    assert described(article(f"{caption}\nPar Anne Perrin\nPublié le 12 juin 2025")).subtitle is None


def test_a_paragraph_above_a_picture_is_the_subtitle() -> None:
    lead = "Fermée depuis deux hivers, la passerelle retrouve ses piétons et ses lampadaires, et une fête sur les deux rives."
    picture = "La passerelle, vue de la rive gauche. © Luc Morel"
    assert described(article(f"Publié le 12 juin 2025\n= {lead}\n{picture}")).subtitle == lead
    assert described(article(f"Publié le 12 juin 2025\n= {lead}")).subtitle is None


def test_a_paragraph_of_the_body_is_not_the_subtitle() -> None:
    assert described(article("", "\nÀ lire aussi\nLe bac repart\n9 juin 2025\n")).subtitle is None


def test_words_of_japanese_are_counted_without_spaces() -> None:
    _, lines = judge("古い歩道橋が二年ぶりに再び開通\nLe pont rouvre\n")
    assert [line.count_words for line in lay_out(lines).lines] == [8, 3]


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("\n© 2025 Le Courrier du Val. Tous droits réservés.\n", "Le Courrier du Val"),
        ("\n© 2025 La Feuille de Brèze. Tous droits réservés.\n", "La Feuille de Brèze"),
        ("\nCopyright 2020-2025 La Feuille de Brèze | Mentions légales\n", "La Feuille de Brèze"),
        ("\n© 2025 Tous droits réservés\n", None),
        ("", None),
    ],
)
def test_the_copyright_line_names_the_publisher(tail: str, name: str | None) -> None:
    assert described(article("Publié le 12 juin 2025", tail)).source_name == name


def test_a_paper_quoted_in_the_article_is_not_its_publisher() -> None:
    said = "= La facture a doublé en deux ans, écrivait Le Courrier du Val dans son enquête, sans que la commune ait jamais démenti ce chiffre.\n"
    assert described(article("", said * 3)).source_name is None


def test_a_header_line_names_the_publisher() -> None:
    assert described("date 2025-06-12 Le Courrier du Val\n" + article("")).source_name == "Le Courrier du Val"


def test_the_address_names_the_publisher_by_its_longest_suffix() -> None:
    page = described(article(""), url="https://www.courrier.example/passerelle")
    assert (page.source_name, page.source_domain, page.url) == (
        "Le Courrier du Val",
        "courrier.example",
        "https://www.courrier.example/passerelle",
    )
    sources = Sources((*SOURCES.rows, *SOURCES.rows[:0]))
    assert sources.by_domain("soir.courrier.example") == SOURCES.rows[0]
    assert sources.by_domain("uncourrier.example") is None


def test_the_registered_domain_of_a_host_is_found() -> None:
    assert host_of("https://www.Courrier.example:8080/a") == "courrier.example"
    assert host_of("pas une adresse") == ""
    assert host_of("http://[") == ""
    assert registered_domain("fr.courrier.example") == "courrier.example"
    assert registered_domain("news.courrier.co.uk") == "courrier.co.uk"
    assert registered_domain("127.0.0.1") is None
    assert registered_domain("localhost") is None


def test_sources_are_read_from_their_table(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(
        "source_id,name,domain,country,language,time_zone,aliases\nval,Le Val,val.example,FR,fr,Europe/Paris,Val Matin;LE VAL\n",
        encoding="utf-8",
    )
    sources = Sources.read(table)
    found = sources.by_name("VAL-MATIN")
    assert found is not None and found.source_id == "val"
    assert found.aliases == ("Val Matin", "LE VAL")
    assert [source.name for source, _, _ in sources.named_in("Lisez Val Matin, pas le val matin")] == ["Le Val"]
    assert Sources.read(tmp_path / "absent.csv").rows == ()


def test_the_language_is_detected_from_the_kept_text() -> None:
    assert described(article("")).language == "fr"
    assert described(article(""), given={"language": "de"}).language == "de"
    assert detect_language("The footbridge will open again at the end of the month, the town council said.")[0] == "en"  # type: ignore[index]
    assert detect_language("2025 — 12:30") is None


def test_an_empty_page_has_an_empty_description() -> None:
    page = described("")
    assert (page.title, page.authors, page.published_on, page.source_name, page.language, page.evidence) == (
        None,
        (),
        None,
        None,
        None,
        (),
    )


def test_a_sentence_of_a_clean_text_is_not_the_title() -> None:
    text = "La circulation des autocars de la ligne 42 a repris vendredi matin entre Vireuil et Montreval. Le retard est résorbé."
    page = strip(Record("", "", 1, "text", text, is_clean=True)).description
    assert page.title is None


HEADLINE = "Ponts : « On les rouvre tous », promet la préfète"  # shares little with the body


@pytest.mark.parametrize(
    "above",
    [
        "Mayor Meeting With Engineers and Divers\nCrédit : Shalan Stewart",
        "Mayor Meeting With Engineers and Divers",
        "La passerelle des Tanneurs, vue de la rive gauche en hiver\nCrédit : Luc Morel",
        "La passerelle des Tanneurs après deux hivers de travaux\n© Luc Morel / AFP",
        "Le direct",
        "LE DIRECT",
        "Courrier des lecteurs",
        "Publié le 12 juin 2025",
        "Mis à jour le 12 juin 2025 à 10h30",
        "Publié le",
        "Mathilde Perrin",
        "À lire aussi",
    ],
)
def test_what_stands_above_the_headline_is_not_the_title(above: str) -> None:
    page = f"Accueil\nSports\n{above}\n{HEADLINE}\nPar Anne Perrin\nPublié le 12 juin 2025\n{BODY}"
    assert described(page).title == HEADLINE


@pytest.mark.parametrize(
    "above",
    ["Tanneurs Passerelle Reopening With Plongeurs and Travaux", "Sud Passerelle Matin", "Jeanne Passerelle"],
)
def test_a_headline_of_other_words_than_the_body_wins_over_a_line_that_shares_some(above: str) -> None:
    headline = "Clôture d'un feuilleton municipal"
    page = f"{above}\nAccueil\n{headline}\nPar Anne Perrin\n12 juin 2025\n{BODY}"
    assert described(page).title == headline
    _, lines = judge(page)
    assert above not in {one.text for one in title_candidates(lay_out(lines), {}, "fr")}


@pytest.mark.parametrize(
    "line", ["Le direct", "Courrier des lecteurs", "Publié le 12 juin 2025", "Mis à jour le", "Crédit : Luc Morel"]
)
def test_a_section_or_a_date_line_is_not_the_title_of_a_page_without_one(line: str) -> None:
    for text, is_candidate in ((line, False), (HEADLINE, True)):
        _, lines = judge(f"Accueil\n{text}\n{BODY}")
        assert (text in {one.text for one in title_candidates(lay_out(lines), {}, "fr")}) is is_candidate


@pytest.mark.parametrize("site", ["Sud Lozère Matin", "L'Écho des Combes", "La Voix du Val", "RADIO BRÈZE"])
def test_the_name_of_the_site_is_not_the_title(site: str) -> None:
    page = (
        f"{site}\nSe connecter\nRubriques\n\n{HEADLINE}\n\nMis à jour le 14 juin 2025\nPublié le 12 juin 2025\n{BODY}"
    )
    assert described(page).title == HEADLINE


@pytest.mark.parametrize(
    "title",
    [
        "La passerelle des Tanneurs rouvre",  # with a picture's credit below it
        "Brèze: The Tanners and the Bridge",  # the only line that may be one
        "Le Courrier du Pont rouvre la passerelle des Tanneurs",
        "Jeanne Morel",
    ],
)
def test_a_title_above_a_credit_or_of_an_uncommon_form_stays(title: str) -> None:
    page = f"Accueil\nSports\n{title}\nCrédit : Luc Morel\nPar Anne Perrin\nPublié le 12 juin 2025\n{BODY}"
    assert described(page).title == title


@pytest.mark.parametrize(
    "text", ["Publié le 12 juin 2025 à 10h30", "Mis à jour le", "Updated on June 12 at", "Am Montag um"]
)
def test_a_line_of_a_label_and_a_date_is_a_date_line(text: str) -> None:
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["Le 12 juin, la passerelle rouvre", "12 juin 1889", "2025, année du pont", ""])
def test_a_line_that_says_more_than_a_date_is_no_date_line(text: str) -> None:
    assert not is_date_line(text)


def test_the_language_of_a_line_is_shown_by_words_of_that_language_alone() -> None:
    assert is_foreign("Mayor Meeting With Engineers and Divers", "fr")
    assert is_foreign("La préfète dans les travaux avec les plongeurs", "en")
    assert not is_foreign("Mayor Meeting With Engineers and Divers", "en")
    assert not is_foreign("Mayor Meeting With Engineers and Divers", None)
    assert not is_foreign("« With and Without You », la chanson de la passerelle", "fr")
    assert not is_foreign("Presentación de la pasarela de Tanneurs", "fr")  # "de" and "la" are of several languages


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Accueil   Terroir   Sorties   Contact", True),
        ("News | Sport | Local", True),
        ("Le pont rouvre   Une fête dimanche", False),
        ("Grève : pas de train lundi · pas de bus mardi · peu d'avions mercredi", False),
    ],
)
def test_entries_side_by_side_are_a_menu(line: str, expected: bool) -> None:
    assert is_menu(line) is expected


def test_a_menu_on_one_line_is_not_the_title() -> None:
    page = f"   Accueil   Terroir   Sorties   Contact\n\n   {TITLE}\n   Par Anne Perrin, le 12 juin 2025\n\n{BODY}"
    assert described(page).title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "Une info sur la passerelle des Tanneurs et ses travaux ? Écrivez à redaction@nordmatin.example",
        "Afficher les commentaires",
        "Read more",
        "Bildrechte: Anne Roy/Theater an der Brücke",
    ],
)
def test_an_invitation_to_write_or_to_read_on_is_no_title(line: str) -> None:
    layout = lay_out(judge(f"{line}\n{TITLE}\n{BODY}")[1])
    assert [candidate.text for candidate in title_candidates(layout, {})][:1] == [TITLE]
