"""Lines that a text-mode browser or a mailer wrapped are judged, described and read as one."""

from __future__ import annotations

import textwrap
from datetime import date
from itertools import pairwise

import pytest

from tasks.page.lines import PositionMap, cut_lines
from tasks.strip import strip, strip_text
from tasks.strip.hard_wraps import find_wraps, unwrapped_view
from warehouse.rows import Record

TITLE = "Les bateliers de la Vézouze reprennent le transport du sel après vingt ans d’arrêt et une longue dispute"
BYLINE = "Par Honorine Castelnaud, le 4 juin 2025"
PARAGRAPHS = [
    "Ils sont sept, de dix-huit à soixante-trois ans, et ils ont quitté mercredi à l’aube le port de Sainte-Barbe-lès-Flin avec "
    "deux barges. Pendant huit jours, la coopérative des Bateliers Réunis que préside Théodule Mérandon va descendre jusqu’au "
    "confluent, long détour de cent douze kilomètres.",
    "« Nous ne faisons pas de la figuration, nous avons des clients », prévient Apolline Verdenal, la plus jeune de l’équipe. "
    "Les cales sont pleines de sel et de bois, commandés par une trentaine de boulangers de la vallée.",
    "L’étape la plus dure sera celle de vendredi, avec neuf écluses à ouvrir à la main. Une vétérinaire suit le convoi sur le "
    "chemin de halage, à cause des chevaux.",
]
MENU = ["Accueil", "Vallée", "Culture", "Sports", "Contact", "Se connecter"]
FOOT = ["Imprimer", "Envoyer à un ami", "Mentions légales"]


def wrap(text: str, width: int, indent: str) -> str:
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def page(width: int = 72, indent: str = "", gap: str = "\n\n", paragraphs: list[str] | None = None) -> str:
    body = [wrap(text, width, indent) for text in (TITLE, BYLINE, *(paragraphs or PARAGRAPHS))]
    return "\n".join(MENU) + "\n\n" + gap.join(body) + "\n\n" + "\n".join(FOOT) + "\n"


@pytest.mark.parametrize("width", [66, 72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_wrapped_page_is_stripped_like_one_that_is_not(width, indent, gap):
    raw = page(width, indent, gap)
    found = strip_text(raw)
    assert found.text.replace("\n\n", "\n") == "\n".join(PARAGRAPHS)
    assert found.description.title == TITLE
    assert found.description.authors == ("Honorine Castelnaud",)
    assert found.description.published_on == date(2025, 6, 4)
    assert "".join(line.line for line in found.lines) == raw


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_name_over_a_line_end_has_its_place_in_the_raw_text(end):
    raw = page(indent="  ").replace("\n", end)
    found = strip_text(raw)
    lines = [line for line in found.lines if line.is_kept]
    across = [
        f"{before.line.split()[-1]} {after.line.split()[0]}"
        for before, after in pairwise(lines)
        if after.line_no == before.line_no + 1
    ]
    assert len(across) >= 5
    places = PositionMap(found.lines)
    for words in across:
        at = found.text.index(words)
        raw_start, raw_end = places.raw_span(at, at + len(words))
        assert raw[raw_start:raw_end].split() == words.split()


def test_all_lines_of_a_wrapped_title_are_set_aside():
    found = strip_text(page())
    assert [line.line.strip() for line in found.lines if line.kind == "title"] == textwrap.wrap(TITLE, 72)
    [title] = [one for one in found.description.evidence if one.field == "title" and one.is_chosen]
    assert found.raw[title.raw_start : title.raw_end].split() == TITLE.split()


def test_a_word_hyphenated_at_a_wrap_has_no_space_in_it_and_a_dash_keeps_its_own():
    halves = "Le convoi de la coopérative des Bateliers Réunis suit un canal inter-\nnational que les riverains de la vallée - les plus anciens -\nn’avaient plus vu ouvert depuis des années, sauf au temps des grandes cru\u00ad\nes d’hiver et du gel."
    found = strip_text(page().replace(wrap(PARAGRAPHS[2], 72, ""), halves))
    assert "canal inter-national que" in found.text
    assert "les plus anciens - n’avaient" in found.text
    assert "grandes cru\u00ades d’hiver" in found.text


HEADLINES = [
    "Le conseil municipal de Flin vote la fermeture de la piscine",
    "À Verdenal, une école sans chauffage depuis trois semaines",
    "Handball : la victoire des Louves devant un public conquis",
    "Trois questions à Jean Mérandon, éleveur de chevaux de trait",
    "Vézouze : la crue annoncée pour jeudi ne passera pas le pont",
    "La fête du sel aura lieu sur la place du marché de la ville",
    "Pourquoi les boulangers de la vallée manquent encore de bois",
    "Un automne en musique : le programme complet des concerts",
]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(HEADLINES),
        "\n".join(f"* {line}" for line in HEADLINES),
        "\n".join(PARAGRAPHS),
        "\n".join(sentence.strip() for text in PARAGRAPHS for sentence in text.split(",")),
        "Accueil\nVallée\nCulture",
        "",
        "\n\n \n",
    ],
)
def test_a_page_that_is_not_wrapped_has_no_wraps(text):
    assert not any(find_wraps([text[start:end] for start, end in cut_lines(text)]))


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph():
    text = "\n".join(wrap(paragraph, 72, "") for paragraph in PARAGRAPHS)
    lines = [text[start:end] for start, end in cut_lines(text)]
    begun = [line.strip() for line, is_wrapped in zip(lines, find_wraps(lines), strict=True) if not is_wrapped]
    assert begun == [wrap(paragraph, 72, "").split("\n")[0] for paragraph in PARAGRAPHS]


def test_widths_counted_in_bytes_are_found():
    lines: list[str] = [""]
    for word in " ".join(PARAGRAPHS).split():
        if len(f"{lines[-1]} {word}".encode()) > 72:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    assert all(find_wraps([line + "\n" for line in lines])[1:])


def test_each_character_of_a_joined_line_leads_to_itself():
    text = "  Le convoi des Bate\u00adliers inter-\r\n   national de\r\n  **Flin** \r\n"
    view = unwrapped_view(text)
    assert view.text == "Le convoi des Bateliers inter-national de Flin"
    for place, character in enumerate(view.text):
        start, end = view.span(place, place + 1)
        assert text[start:end] == character or (character == " " and not text[start:end].strip(" *\r\n"))


def test_a_wrapped_text_that_is_given_as_clean_is_joined_too():
    raw = "\n\n".join(wrap(paragraph, 72, "") for paragraph in PARAGRAPHS)
    found = strip(Record(doc_id="", uri="", record_no=1, kind="text", content=raw, is_clean=True))
    assert found.text == "\n\n".join(PARAGRAPHS)
