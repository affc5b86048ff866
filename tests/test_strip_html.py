"""HTML pages: the visible text, the evidence of trafilatura and of the markup, and broken or hostile markup."""

from __future__ import annotations

import pytest

from tasks.page.parse import DEEPEST, UnreadableMarkupError, parse
from tasks.page.render import Mark, render, render_marked, render_page
from tasks.strip import strip_html, strip_text
from tasks.strip.extraction import extract_article

PARAGRAPHS = (
    "Le verger municipal de Pontarlan a livré cet automne onze tonnes de pommes, un record depuis sa plantation il y a vingt ans par les élèves du collège.",
    "Près de la moitié de la récolte a été pressée sur place. Le reste est allé aux cantines scolaires et à l’épicerie solidaire, qui manquait de fruits frais.",
    "« Les arbres ont profité d’un printemps sans gel », explique Nadège Corbin, la jardinière responsable du site, qui forme une dizaine de bénévoles chaque année.",
    "La commune veut planter quarante poiriers supplémentaires. Le conseil municipal se prononcera en janvier sur l’achat d’une parcelle voisine de deux hectares.",
)
PAGE = f"""<!DOCTYPE html><html lang="fr"><head><title>Onze tonnes de pommes au verger | L’Écho de Pontarlan</title>
<meta property="og:title" content="Onze tonnes de pommes au verger"><meta name="author" content="Rémi Vasseur">
<meta property="article:published_time" content="2025-10-21T08:30:00+02:00"><script>var menu = "caché";</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/s">Société</a></li></ul></nav>
<article><h1>Onze tonnes de pommes au verger</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1].replace("moitié", '<a href="/m">moitié</a>')}</p>
<h2>Un printemps sans gel</h2><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p></article>
<aside><h3>À lire aussi</h3><p>Les ruches du beffroi ont survécu à l’hiver</p></aside>
<div style="display:none">Fenêtre cachée</div><noscript>Activez JavaScript</noscript>
<section><h3>Commentaires</h3><p>Bravo aux bénévoles, c’est une belle réussite pour toute la commune et pour les enfants !</p></section>
<footer>Mentions légales<br>Contact</footer></body></html>"""


def test_visible_text_is_rendered_block_by_block() -> None:
    raw = render_page(PAGE).text
    assert [line for line in raw.split("\n") if line][:4] == [
        "Accueil",
        "Société",
        "Onze tonnes de pommes au verger",
        PARAGRAPHS[0],
    ]
    assert PARAGRAPHS[1] in raw.split("\n")
    assert "Mentions légales\nContact" in raw
    for hidden in ("caché", "color", "JavaScript", "L’Écho"):
        assert hidden not in raw


def test_cells_are_separated_and_white_space_is_collapsed() -> None:
    raw = render_page(
        "<table><tr><td>Lyon</td><td>12   degrés</td></tr><tr><td>Brest</td><td>9\n degrés</td></tr></table>"
    ).text
    assert raw == "Lyon 12 degrés\nBrest 9 degrés\n"


def test_the_article_is_kept_and_the_text_is_assembled_from_visible_lines() -> None:
    page = strip_html(PAGE)
    assert page.reason is None
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)
    assert "Un printemps sans gel" in page.text
    for removed in ("Accueil", "ruches", "Bravo", "Mentions"):
        assert removed not in page.text
    assert "".join(line.line for line in page.lines) == page.raw
    for line in page.lines:
        if line.is_kept:
            assert page.text[line.text_start : line.text_end] == line.line.strip()
    assert page.title == "Onze tonnes de pommes au verger"


def test_metadata_is_read_from_the_head() -> None:
    metadata = extract_article(parse(PAGE), "https://echo-pontarlan.example/verger").metadata
    assert metadata["title"] == "Onze tonnes de pommes au verger"
    assert metadata["author"] == "Rémi Vasseur"
    assert metadata["date"] == "2025-10-21"


def test_elements_below_the_default_depth_of_the_parser_are_read() -> None:
    deep = 300
    html = (
        "<body>"
        + "<div>" * deep
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + "</div>" * deep
        + "<p>Pied de page</p></body>"
    )
    raw = render_page(html).text
    assert all(paragraph in raw for paragraph in PARAGRAPHS)
    assert "Pied de page" in raw


@pytest.mark.parametrize("count", [DEEPEST + 10, 50_000])
def test_markup_nested_too_deep_is_rejected_with_a_reason(count: int) -> None:
    page = strip_html("<body>" + "<div>" * count + "fond")
    assert page.reason == "too_deep"
    assert page.lines == ()


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "\x00\x01",
        "<!-- -->",
        "<?xml version='1.0' encoding='utf-16'?>",
        "<p",
        "&#0;&#xD800;",
        "<html></html>",
        "\ud800",
        "<![CDATA[x]]>",
    ],
)
def test_broken_markup_gives_a_page_with_a_reason_and_never_raises(html: str) -> None:
    page = strip_html(html)
    assert page.reason in {"unreadable_markup", "too_short"}
    assert page.detail


def test_an_empty_document_is_unreadable() -> None:
    with pytest.raises(UnreadableMarkupError) as caught:
        render_page("")
    assert caught.value.reason == "unreadable_markup"


def test_the_rendered_text_has_one_line_per_line_break() -> None:
    from lxml.html import document_fromstring

    assert (
        render(document_fromstring("<div>un<br>deux<span> et</span> demi<p>trois</p>quatre</div>"))
        == "un\ndeux et demi\n\ntrois\n\nquatre\n"
    )


def test_comments_that_look_like_prose_are_removed_by_their_markup() -> None:
    letter = (
        "Le pressoir installé derrière la chapelle a tourné trois jours entiers, et les enfants du quartier ont pu goûter "
        "le premier jus de la saison avant même les élus de la commune."
    )
    html = (
        "<html><body><article><h1>Onze tonnes de pommes au verger</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + f'</article><div id="comments" class="comments"><p>{letter}</p></div></body></html>'
    )
    page = strip_html(html)
    assert letter in strip_text(page.raw).text
    assert letter not in page.text
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    ("opening", "closing", "is_beside"),
    [
        ("<nav>", "</nav>", True),
        ('<div id="comments">', "</div>", True),
        ('<section class="relatedArticles wide">', "</section>", True),
        ('<div class="article-body with_sidebars">', "</div>", False),
        ('<article class="has comments">', "</article>", False),
        ("<div>", "</div>", False),
    ],
)
def test_lines_that_the_markup_places_beside_the_article_are_marked(
    opening: str, closing: str, is_beside: bool
) -> None:
    from lxml.html import document_fromstring

    text, marks = render_marked(document_fromstring(f"<div><p>un</p>{opening}<p>deux</p>{closing}<p>trois</p></div>"))
    assert text.rstrip("\n").split("\n") == ["un", "", "deux", "", "trois"]
    assert marks == [Mark.NONE, Mark.NONE, Mark.BESIDE if is_beside else Mark.NONE, Mark.NONE, Mark.NONE]
