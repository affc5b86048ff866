"""Title, subtitle, publisher, address and language of whole pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from describe_pages import BODY, SOURCES, article, described, judge

from tasks.strip import strip
from tasks.strip.describe import Sources, detect_language
from tasks.strip.describe.layout import lay_out
from tasks.strip.describe.publisher_claims import without_site
from tasks.strip.describe.sources import host_of, registered_domain
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
