"""Roles that follow from the markup: further articles on a page, placeholders of media, articles in misnamed elements."""

from __future__ import annotations

import pytest

from tasks.strip import strip_html

TITLE = "La passerelle de Vaudrey rouvre après deux ans de travaux"
BODY = (
    "La passerelle de Vaudrey a rouvert lundi aux piétons, deux ans après la crue qui avait emporté sa pile centrale et coupé le village en deux.",
    "Le chantier a coûté 1,4 million d’euros, dont un tiers payé par le département. La nouvelle pile repose sur des pieux de douze mètres.",
    "« On ne faisait plus le détour que pour le médecin », raconte Odile Ferrat, qui habite la rive gauche depuis son enfance.",
    "La circulation des vélos y restera interdite jusqu’à la pose des garde-corps définitifs, prévue en avril.",
)
OTHER_TITLE = "Le marché couvert de Lons-le-Bas change de mains"
OTHER = (
    "Le conseil municipal a confié jeudi la gestion du marché couvert à une coopérative de maraîchers, qui promet des étals ouverts tous les jours.",
    "Les commerçants en place gardent leur emplacement pendant trois ans. Ils craignent pourtant une hausse du droit de place dès l’automne.",
    "La coopérative devra refaire la toiture, dont la verrière fuit depuis la grêle de l’été dernier.",
)


def page(content: str, title: str = TITLE) -> str:
    return f"<html lang='fr'><head><title>{title} - Le Courrier du Doubs</title></head><body>{content}</body></html>"


def prose(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


ARTICLE = f"<h1>{TITLE}</h1><p class='byline'>Par Hugo Maillard</p>{prose(BODY)}"
SIGNED = f"<p class='byline'>Par Léa Tissot</p>{prose(OTHER)}"


def texts_of(html: str) -> str:
    return strip_html(html).text


@pytest.mark.parametrize(
    "content",
    [
        f"<article>{ARTICLE}</article><article><h1>{OTHER_TITLE}</h1>{prose(OTHER)}</article>",
        f"<main><article class='post'>{ARTICLE}</article></main><div id='next'><div><article class='post'><h2>{OTHER_TITLE}</h2>{SIGNED}</article></div></div>",
        f"<div class='story'>{ARTICLE}</div><div class='story'><h1>{OTHER_TITLE}</h1>{SIGNED}</div>",
        f"<div class='story' data-url='/a'>{ARTICLE}</div><div class='story' data-url='/b'><h1>{OTHER_TITLE}</h1>{prose(OTHER)}</div>",
        f"<div class='story'>{ARTICLE}</div><div class='nextArticle'><h2>{OTHER_TITLE}</h2>{prose(OTHER)}</div>",
    ],
    ids=["same level", "lower level with a signature", "no article elements", "labelled", "named so"],
)
def test_whole_articles_below_the_right_one_are_removed(content: str) -> None:
    stripped = strip_html(page(content))
    assert stripped.reason is None
    assert all(paragraph in stripped.text for paragraph in BODY)
    assert not any(paragraph in stripped.text for paragraph in OTHER)
    assert {line.reason for line in stripped.lines if line.line.strip() in OTHER} == {"excluded_by_markup"}


@pytest.mark.parametrize(
    "content",
    [
        f"<article class='story'><h1>{TITLE}</h1>{prose(BODY)}<article class='entry'><time>9 h 10</time><h2>La mairie réagit</h2>{prose(OTHER)}</article></article>",
        f"<article class='lead'><h1>{TITLE}</h1>{prose(BODY)}</article><article class='entry'><time>9 h 10</time><h2>La mairie réagit</h2>{prose(OTHER)}</article>",
        f"<section class='part'><h1>{TITLE}</h1>{prose(BODY)}</section><section class='part'><h1>Le chantier</h1>{prose(OTHER)}</section>",
    ],
    ids=["entries inside the article", "entries of another class", "chapters without signature"],
)
def test_parts_of_one_article_are_not_taken_for_further_articles(content: str) -> None:
    stripped = strip_html(page(content))
    assert "excluded_by_markup" not in {line.reason for line in stripped.lines}


def test_a_page_of_articles_is_not_cut_down_to_its_first() -> None:
    content = f"<article class='post'><h2>{TITLE}</h2>{SIGNED}</article><article class='post'><h2>{OTHER_TITLE}</h2>{SIGNED}</article>"
    stripped = strip_html(page(content, title="Toute l’actualité du Jura"))
    assert "excluded_by_markup" not in {line.reason for line in stripped.lines}


PLACEHOLDER = "Ce contenu vient d’un autre site. Il ne s’affiche que si vous l’autorisez."


@pytest.mark.parametrize(
    "placeholder",
    [
        f"<div class='video'><iframe src='https://video.example/1'></iframe><p>{PLACEHOLDER}</p></div>",
        f"<figure class='wp-block-embed is-type-video'><div class='embed'><iframe></iframe></div><p>{PLACEHOLDER}</p></figure>",
        f"<div class='embed-placeholder' data-src='https://video.example/1'><p>{PLACEHOLDER}</p><button>Autoriser</button></div>",
    ],
    ids=["beside the frame", "around the frame", "in place of the frame"],
)
def test_the_placeholder_of_embedded_media_is_removed_and_the_article_goes_on_below(placeholder: str) -> None:
    text = texts_of(
        page(
            f"<article><h1>{TITLE}</h1>{prose(BODY[:2])}{placeholder}{prose(BODY[2:])}<p>La fête aura lieu samedi.</p></article>"
        )
    )
    assert all(paragraph in text for paragraph in (*BODY, "La fête aura lieu samedi."))
    assert PLACEHOLDER not in text
    assert "Autoriser" not in text


@pytest.mark.parametrize(
    "content",
    [
        f"<div class='media-body'><iframe></iframe>{prose(BODY)}</div>",
        f"<div class='post'><iframe></iframe>{''.join(f'<p>{paragraph}</p>' for paragraph in BODY)}</div>",
        f"<div class='embed'><blockquote><p>{BODY[2]}</p></blockquote><iframe></iframe></div>{prose(BODY)}",
    ],
    ids=["a body named media", "a frame in the body", "a quoted post"],
)
def test_prose_beside_embedded_media_is_not_a_placeholder(content: str) -> None:
    stripped = strip_html(page(f"<article><h1>{TITLE}</h1>{content}</article>"))
    assert "excluded_by_markup" not in {line.reason for line in stripped.lines}
    assert all(paragraph in stripped.text for paragraph in BODY)


CONSENT = (
    "Nous utilisons des traceurs afin d’améliorer votre expérience, de mesurer la fréquentation de nos pages et de vous "
    "proposer des annonces personnalisées. En cliquant sur Tout accepter, vous y consentez."
)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<aside class='content-main'>", "</aside>"),
        ("<form id='aspnetForm'><div>", "</div></form>"),
        ("<div class='sidebar wide'>", "</div>"),
        ("<footer>", "</footer>"),
    ],
)
def test_an_article_in_an_element_named_as_something_else_is_kept(opening: str, closing: str) -> None:
    content = f"<div id='menu'><a href='/'>Accueil</a></div>{opening}{ARTICLE}{closing}<div class='cookie-notice'><p>{CONSENT}</p></div>"
    text = texts_of(page(content))
    assert all(paragraph in text for paragraph in BODY)
    assert CONSENT not in text


def test_an_article_in_an_aside_below_its_heading_is_kept() -> None:
    content = f"<header><h1>{TITLE}</h1></header><aside>{prose(BODY)}</aside><div class='cookie-notice'><p>{CONSENT}</p></div>"
    text = texts_of(page(content))
    assert all(paragraph in text for paragraph in BODY)
    assert CONSENT not in text


def test_an_aside_without_the_heading_stays_beside_the_article() -> None:
    teaser = (
        "Le pont de Rochefort fermera à son tour au printemps, pour six mois de travaux sur le tablier et les culées."
    )
    text = texts_of(page(f"<article>{ARTICLE}</article><aside class='related'><h2>À lire</h2><p>{teaser}</p></aside>"))
    assert all(paragraph in text for paragraph in BODY)
    assert teaser not in text


def test_a_page_about_cookies_is_not_a_consent_notice() -> None:
    content = f"<div class='recipe cookies'><h1>{TITLE}</h1><div class='cookies-recipe'>{prose(BODY)}</div></div>"
    assert all(paragraph in texts_of(page(content)) for paragraph in BODY)


def test_the_columns_of_a_layout_table_do_not_share_a_line() -> None:
    column = "<a href='a'>Accueil</a><br><a href='b'>Archives</a><br><a href='c'>Contact</a>"
    content = f"<table><tr><td>{column}</td><td><b>{TITLE}</b><br><br>{'<br><br>'.join(BODY)}</td></tr></table>"
    stripped = strip_html(page(content))
    assert [line.line.strip() for line in stripped.lines if line.line.strip()] == [
        "Accueil",
        "Archives",
        "Contact",
        TITLE,
        *BODY,
    ]
    assert all(paragraph in stripped.text for paragraph in BODY)
    assert "Contact" not in stripped.text
