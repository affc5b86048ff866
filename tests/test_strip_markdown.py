"""Pages that a crawler delivers as Markdown: links and pictures are no words of the article, its title or its author."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.strip import strip_text
from tasks.text.clean_view import is_link_alone

TITLE = "Le moulin de Graville tourne de nouveau"
PARAGRAPHS = [
    "Le moulin de [Graville](https://val-info.example/tag/graville), arrêté depuis **1962**, a moulu dimanche ses premiers sacs de "
    "farine devant trois cents personnes, selon [la mairie](https://graville.example/actu_(2025)).",
    'Le meunier, [Aristide Pommeret](/tag/aristide "Son portrait"), a passé six ans à refaire les ailes. « Je ne voulais pas d’un '
    "moteur », explique-t-il.",
    "La farine sera vendue au moulin [chaque samedi][2], au prix de 3 euros le kilo. La commune a payé la moitié des travaux, soit "
    "140 000 euros.",
]
BESIDE = [
    '[![Val Info](https://val-info.example/img/logo.svg "Val Info")](https://val-info.example/)',
    "*   [À la une](https://val-info.example/)\n*   [Communes](https://val-info.example/communes)",
    "![Les ailes du moulin](https://val-info.example/img/moulin.jpg)",
    "[Le lavoir de Sainte-Foy va rouvrir cet automne, après deux ans de travaux](https://val-info.example/lavoir)",
    '[2]: https://val-info.example/marche "Marché"',
    "[Partager](https://facebook.example/share) | [Envoyer](mailto:?subject=x)",
]


def page(heading: str, byline: str) -> str:
    body = [BESIDE[2], PARAGRAPHS[0], BESIDE[3], *PARAGRAPHS[1:]]
    return "\n\n".join([*BESIDE[:2], heading, byline, "Publié le 14 mai 2025 à 9h40", *body, *BESIDE[4:]]) + "\n"


@pytest.mark.parametrize(
    "heading", [f"# {TITLE}", f"# [{TITLE}](https://val-info.example/moulin)", f"{TITLE}\n{'=' * 30}", f"**{TITLE}**"]
)
@pytest.mark.parametrize(
    "byline",
    [
        "**Par [Solène Dutertre](https://val-info.example/auteur/solene-dutertre)**",
        "_Par_ [Solène Dutertre](/auteur/solene)",
        "Par **Solène Dutertre**",
        "Par [Solène Dutertre][3]",
    ],
)
def test_title_author_date_and_body_of_a_markdown_page_are_found(heading, byline):
    raw = page(heading, byline)
    found = strip_text(raw)
    assert found.description.title == TITLE
    assert found.description.authors == ("Solène Dutertre",)
    assert found.description.published_on == date(2025, 5, 14)
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert "".join(line.line for line in found.lines) == raw
    [author] = [one for one in found.description.evidence if one.field == "author" and one.is_chosen]
    assert raw[author.raw_start : author.raw_end] == "Solène Dutertre"


@pytest.mark.parametrize(
    ("line", "is_alone"),
    [
        ("[Le lavoir va rouvrir](https://a.example/lavoir)\n", True),
        ("1. [Un](/un) · [Deux](/deux)", True),
        ("[![Logo](l.svg)](https://a.example/)", True),
        ("Lire [Le lavoir](https://a.example/lavoir)", False),
        ("[sic](x) il l’a dit", False),
        ("[1] [2] [3]", False),
        ("", False),
    ],
)
def test_a_line_of_links_alone_has_no_other_words(line, is_alone):
    assert is_link_alone(line) is is_alone
