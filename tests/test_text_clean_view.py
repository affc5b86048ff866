"""The view of a text without what a reader does not see, and what is found in it placed in the text."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from tasks.extract import read_facts
from tasks.resolve.entities import Name, resolve_names
from tasks.resolve.entities.name_keys import spelling_of
from tasks.strip import strip, strip_html, strip_text
from tasks.text.clean_view import clean_view
from warehouse.rows import Record


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("La manu\u00adfacture de Val\u00admon\u200btreuil\ufeff", "La manufacture de Valmontreuil"),
        ("E\u0301lodie Le\u0301ger", "Élodie Léger"),
        ("[Le port](https://a.example/p_(x)) est **ouvert** et _gratuit_", "Le port est ouvert et gratuit"),
        ('**Par [Anouk W.](/auteur/anouk "Anouk")**', "Par Anouk W."),
        ("[![Logo](https://a.example/l.svg)](https://a.example/)![Quai](q.jpg)Le quai", "Le quai"),
        ("[1] [sic] f(x) 5*3*2 __init__.py a_b_c étudiant*es", "[1] [sic] f(x) 5*3*2 __init__.py a_b_c étudiant*es"),
    ],
)
def test_the_view_is_what_a_reader_sees(text, seen):
    assert clean_view(text).text == seen


@pytest.mark.parametrize(
    "text", ["Val\u00admont \u00ad. e\u0301 [lien](u) **gras**\u200b fin", "\u200b\u200bDébut\u00ad", "Rien à cacher."]
)
def test_every_character_of_the_view_leads_to_itself(text):
    view = clean_view(text)
    for place, character in enumerate(view.text):
        start, end = view.span(place, place + 1)
        assert text[start:end] == character or clean_view(text[start:end]).text == character
        wide_start, wide_end = view.wide_span(place, place + 1)
        assert wide_start <= start < end <= wide_end


@pytest.mark.parametrize("piece", ["[", "[a](", "![a](", "*a", "**a ", " _a", "[![a](b)", "\u00ad", "e\u0301", "]( ["])
def test_the_view_of_a_hostile_text_is_made_in_linear_time(piece):
    assert clean_view(piece * (300_000 // len(piece))).stored


HIDDEN = "Le 12 sep\u00adtembre 2024, Per\u200brine Des\u00admar\u00adchelier, mai\u00adre de Val\u00admon\u00adtreuil, a cédé 4\u00ad\u202f500 piè\u00adces."
QUOTED = "« Le kao\u00adlin nous atten\u00addait », a dit **Per\u00adrine Des\u00admar\u00adche\u00adlier** à [Osaka](https://a.example/osaka)."


def test_facts_with_hidden_characters_have_clean_values_and_stored_surfaces():
    text = f"\u200b{HIDDEN}\n\n{QUOTED}"
    [facts] = read_facts([text], published_at=[date(2025, 6, 12)])
    for kind in (facts.sentences, facts.mentions, facts.dates, facts.figures, facts.quotes, facts.roles):
        assert all(text[fact.start_char : fact.end_char] == fact.surface for fact in kind)
    assert [sentence.surface for sentence in facts.sentences] == [f"\u200b{HIDDEN}", QUOTED]
    assert {clean_view(one.surface).text for one in facts.mentions if one.label == "PER"} == {"Perrine Desmarchelier"}
    assert "Osaka" in {one.surface for one in facts.mentions}
    assert [one.timex for one in facts.dates] == ["2024-09-12"]
    assert [(one.value, one.counted) for one in facts.figures] == [(4500.0, "pièces")]
    assert [one.speaker for one in facts.quotes] == ["Perrine Desmarchelier"]
    assert [(one.name, one.role) for one in facts.roles] == [("Perrine Desmarchelier", "maire")]


PLAIN = (
    "La manufacture de Valmontreuil a rallumé le 12 septembre 2024 un four, a annoncé jeudi Perrine Desmarchelier, directrice de la "
    "Société des Kaolins du Limousin.\n\n« Le kaolin nous attendait », a déclaré Jean-Loup Verdier, maire de Saint-Brisson. Il a "
    "promis 4 500 pièces et 2,4 millions d’euros à La Roche-sur-Yon."
)


def test_facts_do_not_depend_on_kinds_of_spaces_hyphens_and_accents():
    variants = [
        PLAIN.replace(" ", space) for space in ("\u00a0", "\u202f", "\u2009", "\u2003", "\u3000", "  ", "\u2060 ")
    ]
    variants += [PLAIN.replace("-", "\u2011"), unicodedata.normalize("NFD", PLAIN), PLAIN.replace("e", "e\u200b")]
    plain, *found = read_facts([PLAIN, *variants], published_at=[date(2025, 6, 12)] * (1 + len(variants)))

    def values(facts):
        return {
            "mentions": [(spelling_of(one.surface).replace("\u2011", "-"), one.label) for one in facts.mentions],
            "dates": [(one.timex, one.starts_on) for one in facts.dates],
            "figures": [(one.value, one.currency, one.counted) for one in facts.figures],
            "quotes": [spelling_of(one.speaker or "").replace("\u2011", "-") for one in facts.quotes],
            "roles": [(spelling_of(one.name).replace("\u2011", "-"), one.role) for one in facts.roles],
        }

    assert len(plain.mentions) == 6 and len(plain.figures) == 2 and len(plain.quotes) == 2 and len(plain.roles) == 2
    for text, facts in zip(variants, found, strict=True):
        assert values(facts) == values(plain), ascii(text)
        assert all(text[one.start_char : one.end_char] == one.surface for one in facts.mentions)


def test_one_entity_has_the_spelling_without_hidden_characters():
    names = [
        Name("a", "LOC", "Val\u00admon\u00adtreuil", 5),
        Name("b", "LOC", "Valmontreuil", 1),
        Name("b", "PER", "Perrine\u00a0Des\u200bmarchelier", 1),
        Name("c", "PER", "Le\u0301a Moreau", 1),
    ]
    resolved = resolve_names(names)
    assert len({one.entity_id for one in resolved}) == 3
    assert {one.name for one in resolved} == {"Valmontreuil", "Perrine Desmarchelier", "Léa Moreau"}
    assert {one.spelling for one in resolved} == {"Valmontreuil", "Perrine Desmarchelier", "Léa Moreau"}
    assert {one.surface for one in resolved} == {name.surface for name in names}


BODY = (
    "La manu\u00adfacture de Val\u00admon\u00adtreuil, fermée en 2008, a rallumé lundi un four de cuisson devant une foule d’habi\u00adtants.\n\n"
    "Dix-neuf per\u00adsonnes y travaillent, dont douze anciennes ou\u00advrières rap\u00adpelées par la nouvelle direc\u00adtrice de la maison.\n\n"
    "Les premières assiettes partiront en sep\u00adtembre pour le Japon, où un restau\u00adra\u00adteur en a commandé plusieurs milliers.\n"
)


@pytest.mark.parametrize("is_html", [False, True])
def test_description_is_read_without_hidden_characters_and_its_places_are_those_of_the_page(is_html):
    head = [
        "Val\u00admon\u00adtreuil re\u00adtrouve sa manu\u00adfacture",
        "Par Si\u00addo\u00adnie Ram\u200bbert, 12 sep\u00adtembre 2025",
    ]
    if is_html:
        page = strip_html(
            f"<article><h1>{head[0]}</h1><p>{head[1]}</p>" + "".join(f"<p>{one}</p>" for one in BODY.split("\n\n"))
        )
    else:
        page = strip_text("\n\n".join([*head, BODY]))
    assert page.description.title == "Valmontreuil retrouve sa manufacture"
    assert page.description.authors == ("Sidonie Rambert",)
    assert page.description.published_on == date(2025, 9, 12)
    assert "".join(line.line for line in page.lines) == page.raw
    [title] = [one for one in page.description.evidence if one.field == "title" and one.is_chosen and one.line_no]
    assert page.raw[title.raw_start : title.raw_end] == head[0]
    assert page.text == BODY.strip()


def test_declared_and_given_values_have_no_hidden_characters():
    markup = "<html><head><meta property='og:title' content='Val&shy;mon&shy;treuil re&shy;trouve sa manu&shy;facture'></head>"
    page = strip_html(f"{markup}<body><article>" + "".join(f"<p>{one}</p>" for one in BODY.split("\n\n")))
    assert page.description.title == "Valmontreuil retrouve sa manufacture"
    given = {"title": "Val\u00admon\u00adtreuil", "author": "Si\u200bdonie Rambert"}
    record = Record(doc_id="", uri="", record_no=1, kind="text", content=BODY, given=given)
    description = strip(record).description
    assert (description.title, description.authors) == ("Valmontreuil", ("Sidonie Rambert",))
