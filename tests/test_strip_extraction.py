"""The readings of trafilatura as evidence: which lines stand in a reading, and what a reading is worth in an unknown language."""

from __future__ import annotations

from tasks.page.lines import cut_lines
from tasks.page.render import render_page
from tasks.strip import strip_html
from tasks.strip.classify import classify
from tasks.strip.extraction import extract_article
from tasks.strip.feature_table import read_features
from tasks.strip.line_matching import find_lines
from tasks.strip.omissions import soften_omissions

ARTICLE = (
    "la vanne du canal de Morteuil sera changée au printemps",
    "le barrage retient douze mille mètres cubes",
    "une équipe de plongeurs a vu la fissure",
)


def found(lines: list[str], extracted: list[str]) -> list[str]:
    flags = find_lines([line.split() for line in lines], [line.split() for line in extracted])
    return [line for line, is_found in zip(lines, flags, strict=True) if is_found]


def test_lines_joined_in_a_reading_are_found_and_other_lines_are_not() -> None:
    assert found([*ARTICLE, "le menu du restaurant change chaque jour"], [" ".join(ARTICLE)]) == list(ARTICLE)


def test_a_short_line_counts_only_beside_lines_that_were_read() -> None:
    lines = ["le canal", "accueil", "contact", "abonnés", *ARTICLE[:2], "le canal", ARTICLE[2]]
    flags = find_lines(
        [line.split() for line in lines], [[*ARTICLE[0].split()], ["le", "canal"], *map(str.split, ARTICLE[1:])]
    )
    assert flags == [False, False, False, False, True, True, True, True]


def test_of_a_line_printed_twice_the_one_among_the_article_counts() -> None:
    heading = "ce que coûte la nouvelle vanne"
    other = "qui paie les travaux du canal"
    lines = ["sommaire", heading, other, "partager", ARTICLE[0], heading, ARTICLE[1], other, ARTICLE[2]]
    extracted = [ARTICLE[0], heading, ARTICLE[1], other, ARTICLE[2]]
    flags = find_lines([line.split() for line in lines], [line.split() for line in extracted])
    assert flags == [False, False, False, False, True, True, True, True, True]


def test_a_line_that_the_article_repeats_counts_each_time() -> None:
    refrain = "et coule le canal sous la lune"
    lines = [ARTICLE[0], refrain, ARTICLE[1], refrain, ARTICLE[2]]
    assert found(lines, lines) == lines


def test_a_few_common_words_do_not_make_a_short_line_read() -> None:
    assert found(["crédit photo du canal de Morteuil sera"], [ARTICLE[0]]) == []


SWAHILI = (
    "Wakulima wa kijiji hicho walianza kupanda mahindi mapya wiki iliyopita baada ya mvua kubwa kunyesha kwa siku tano mfululizo.",
    "Mwenyekiti wao alisema mbegu hizo zilitolewa bure na chama cha ushirika, ambacho kitanunua mazao yote mwezi wa Agosti.",
    "Mwaka jana ukame uliharibu nusu ya mashamba, na familia nyingi zililazimika kuuza mifugo ili kulipa karo za watoto.",
    "Serikali ya wilaya imeahidi kujenga visima viwili kabla ya mwisho wa mwaka huu, lakini bado haijatangaza gharama zake.",
)
TEASER = "Wavuvi wa ziwa hilo wanalalamika kwamba samaki wamepungua sana tangu kiwanda kipya kilipofunguliwa karibu na mto huo."


def swahili(paragraphs: tuple[str, ...]) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        "<html><head><title>Wakulima wapanda mahindi mapya</title></head><body><nav><a href='/'>Mwanzo</a></nav>"
        f"<article><h1>Wakulima wapanda mahindi mapya</h1>{body}</article>"
        f"<div class='promo'><h3><a href='/z'>Habari nyingine</a></h3><p><a href='/z'>{TEASER}</a></p></div></body></html>"
    )


def test_in_a_language_without_words_the_readings_decide() -> None:
    html = swahili(SWAHILI)
    extraction = extract_article(render_page(html).tree)
    assert not extraction.is_known
    assert len(extraction.readings) == 3
    text = strip_html(html).text
    assert all(paragraph in text for paragraph in SWAHILI)
    assert TEASER not in text


def test_in_a_language_with_words_two_readings_are_enough() -> None:
    french = tuple(
        f"{line[0].upper()}{line[1:]}, a dit le maire de la commune, et le conseil a voté les crédits."
        for line in ARTICLE
    )
    extraction = extract_article(render_page(swahili(french)).tree)
    assert extraction.is_known
    assert len(extraction.readings) == 2


def test_a_reading_that_misses_most_of_the_prose_does_not_cut_the_article() -> None:
    parts = [
        "Le conseil a visité hier la vanne, que les plongeurs disent fendue sur toute sa hauteur depuis l’hiver.",
        "« Nous n’avons pas le choix », a reconnu la maire, qui demande à l’État de payer la moitié des travaux.",
        "Les bateliers craignent six mois de fermeture. Ils ont proposé un calendrier par tronçons, sans réponse pour l’instant.",
        "Le syndicat du canal votera les crédits en mars, après l’enquête publique ouverte dans les sept communes riveraines.",
    ]
    raw = "\n\n".join(["Accueil", "La vanne de Morteuil", *parts, "Mentions légales"]) + "\n"
    spans = cut_lines(raw)
    odds = [4.0 if raw[start:end].strip() == parts[0] else -3.0 for start, end in spans]
    verdicts = classify(raw, spans, evidence=odds)
    kept = [
        raw[start:end].strip() for (start, end), verdict in zip(spans, verdicts, strict=True) if verdict.kind == "body"
    ]
    assert kept == parts


def test_a_standfirst_that_the_readings_leave_out_is_kept() -> None:
    texts = [
        "Accueil",
        "Le conseil du canal a décidé hier de changer la vanne de Morteuil, que les plongeurs disent fendue.",
        *(
            f"{line.capitalize()}, a expliqué la maire devant le conseil, qui votera les crédits en mars."
            for line in ARTICLE
        ),
        "Le conseil du canal a aussi promis une fête pour la réouverture de la vanne au mois de juin.",
    ]
    features = read_features(texts)
    softened = soften_omissions([-3.0, -3.0, 4.0, 4.0, 4.0, -3.0], features)
    assert softened[0] == softened[-1] == -3.0
    assert -3.0 < softened[1] < 0.0
    assert softened[2:5] == [4.0, 4.0, 4.0]
