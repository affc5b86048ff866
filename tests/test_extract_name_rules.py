"""The rules after the recogniser, one by one, on hand-made names."""

from __future__ import annotations

import re

import pytest

from tasks.extract.fr.names import boundaries, consistency, demonyms, hyphens, not_names, organisation_forms
from tasks.extract.fr.names.capitals import read_capitals
from tasks.extract.fr.names.countries import demonym_countries, place_names
from tasks.extract.fr.names.cues import read_cues
from tasks.extract.fr.names.gazetteer_rule import apply_gazetteer
from tasks.extract.mentions import Document, GazetteerMatch
from warehouse.facts import Mention


def document(text: str, *known: tuple[str, str, str]) -> Document:
    """A text of one sentence a line; `known` as (name, label, applies)."""
    starts, at = set(), 0
    for line in text.split("\n"):
        starts.add(at)
        at += len(line) + 1
    spans = {}
    for name, label, applies in known:
        start = text.index(name)
        spans[start, start + len(name)] = GazetteerMatch(start, start + len(name), label, applies)
    return Document(text, frozenset(starts), spans)


def given(text: str, *names: tuple[str, str]) -> list[Mention]:
    """Names as a recogniser would hand them over, each where it stands after the one before."""
    mentions, at = [], 0
    for surface, label in names:
        at = text.index(surface, at)
        mentions.append(Mention(at, at + len(surface), surface, label, label, "model"))
        at += len(surface)
    return mentions


def pairs(mentions: list[Mention]) -> list[tuple[str, str]]:
    return [(mention.surface, mention.label) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "label", "expected", "expected_label"),
    [
        ("près de l'Italie", "LOC", "Italie", "LOC"),
        ("« Valoria »", "ORG", "Valoria", "ORG"),
        ("qu'Anne Roux", "PER", "Anne Roux", "PER"),
        ("Premier ministre Anne Roux", "MISC", "Anne Roux", "PER"),
        ("général de Gaulle", "PER", "de Gaulle", "PER"),
        ("de Anne Roux", "PER", "Anne Roux", "PER"),
        ("ville de Saint-Malo", "LOC", "Saint-Malo", "LOC"),
        ("Ville-d'Avray", "LOC", "Ville-d'Avray", "LOC"),
        ("anti-Roux", "PER", "Roux", "PER"),
        ("Norvégienne Ida Berg", "ORG", "Ida Berg", "PER"),
        ("ministère de la Santé turc", "ORG", "ministère de la Santé", "ORG"),
        ("Croix-Rouge turque", "ORG", "Croix-Rouge turque", "ORG"),
        ("Valoria).", "ORG", "Valoria", "ORG"),
        ("ONG Mer Vivante", "ORG", "Mer Vivante", "ORG"),
        ("N'Goussa", "LOC", "N'Goussa", "LOC"),
        ("Rennes (Ille-et-Vilaine)", "LOC", "Rennes (Ille-et-Vilaine)", "LOC"),
    ],
)
def test_trim_removes_what_is_not_part_of_the_name(text: str, label: str, expected: str, expected_label: str):
    before = "Hier "
    surface = text.removeprefix("près de ")
    whole = f"{before}{text} encore"
    assert pairs(boundaries.trim(given(whole, (surface, label)), document(whole))) == [(expected, expected_label)]


def test_trim_keeps_the_article_of_a_name():
    text = "Hier Le Havre gagnait.\nLe Havre gagne.\nLa France perd."
    mentions = given(text, ("Le Havre", "LOC"), ("Le Havre", "LOC"), ("La France", "LOC"))
    at = text.index("\nLe Havre") + 1
    known = Document(text, document(text).starts, {(at, at + 8): GazetteerMatch(at, at + 8, "LOC", "if_recognised")})
    assert pairs(boundaries.trim(mentions, known)) == [("Le Havre", "LOC"), ("Le Havre", "LOC"), ("France", "LOC")]


@pytest.mark.parametrize(
    ("surface", "label", "expected"),
    [
        ("Tour de Bretagne : Roux", "MISC", ["Tour de Bretagne", "Roux"]),
        ("Anne Roux & Sarela", "PER", ["Anne Roux", "Sarela"]),
        ("Roux & Merle", "ORG", ["Roux & Merle"]),
        ("Front des quais » Jeudi", "ORG", ["Front des quais", "Jeudi"]),
    ],
)
def test_trim_cuts_between_names(surface: str, label: str, expected: list[str]):
    text = f"Hier {surface} encore"
    assert [m.surface for m in boundaries.trim(given(text, (surface, label)), document(text))] == expected


def test_reject_removes_what_is_not_a_name():
    text = "Il voit 3B, l'Etat turc, ce Jeudi, la Première ministre turque, et le Groupe B du CDI.\nArrivée tôt, Lyon. La sonde vise Mars en Mars 2031"
    names = [
        "Il",
        "3B",
        "Etat turc",
        "Jeudi",
        "Première ministre turque",
        "Groupe B",
        "CDI",
        "Arrivée",
        "Lyon",
        "Mars",
        "Mars",
    ]
    kept = not_names.reject(given(text, *((name, "ORG") for name in names)), document(text))
    assert pairs(kept) == [("Lyon", "ORG"), ("Mars", "ORG")]


def test_reject_keeps_a_known_name():
    text = "Hier la République tchèque"
    mentions = given(text, ("République tchèque", "LOC"))
    assert not_names.reject(mentions, document(text, ("République tchèque", "LOC", "if_recognised"))) == mentions
    assert not_names.reject(mentions, document(text)) == []


def test_reject_a_common_word_that_begins_a_sentence():
    text = "Vigilance demandée.\nLa vigilance reste de mise."
    assert not_names.reject(given(text, ("Vigilance", "ORG")), document(text)) == []


def test_join_hyphens_completes_hyphenated_names():
    text = "De Boulogne-sur-Mer à Lyon, Merz-Roux, dit Anne Le-Guen du Sol-DS, pro-Merle, à Lyon-là."
    names = [("Boulogne", "LOC"), ("Lyon", "LOC"), ("Merz", "PER"), ("Roux", "PER"), ("Anne Le", "PER"), ("DS", "ORG")]
    mentions = given(text, *names, ("Merle", "PER"), ("Lyon", "LOC"))
    joined = pairs(hyphens.join_hyphens(mentions, document(text)))
    assert joined == [
        ("Boulogne-sur-Mer", "LOC"),
        ("Lyon", "LOC"),
        ("Merz", "PER"),
        ("Roux", "PER"),
        ("Anne Le-Guen", "PER"),
        ("Sol-DS", "ORG"),
        ("Merle", "PER"),
        ("Lyon", "LOC"),
    ]


@pytest.mark.parametrize(
    "form", ["ukrainien", "ukrainiennes", "grecque", "suissesse", "occidentaux", "françaises", "turcs"]
)
def test_all_forms_of_a_demonym_are_known(form: str):
    assert form in demonym_countries()


def test_demonym_has_its_country():
    assert [demonym_countries()[word] for word in ("ukrainienne", "suédois", "kurdes")] == ["UA", "SE", ""]


def test_place_names_have_the_code_of_their_country():
    names = ("Russie", "Etats-Unis", "États-Unis", "Kyiv", "Côte d'Ivoire")
    assert [place_names().get(name) for name in names] == ["RU", "US", "US", "UA", "CI"]
    assert "Union européenne" not in place_names()


def test_split_pairs_separates_two_names():
    text = "France - Italie à Paris. Roux-Merle. Guinée-Bissau. Bade-Wurtemberg. Anne Roux et Luc Merle."
    names = [("France - Italie", "ORG"), ("Roux-Merle", "LOC"), ("Guinée-Bissau", "LOC"), ("Bade-Wurtemberg", "LOC")]
    mentions = given(text, *names, ("Anne Roux", "PER"), ("Luc Merle", "PER"))
    split = pairs(hyphens.split_pairs(mentions, document(text)))
    assert split[:6] == [
        ("France", "LOC"),
        ("Italie", "LOC"),
        ("Roux", "PER"),
        ("Merle", "PER"),
        ("Guinée-Bissau", "LOC"),
        ("Bade-Wurtemberg", "LOC"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("le sommet Roux-Berg", "Roux-Berg", "PER", [("Roux", "PER"), ("Berg", "PER")]),
        ("Un TGV Rennes-Nantes", "TGV Rennes-Nantes", "MISC", [("Rennes", "LOC"), ("Nantes", "LOC")]),
        ("la maire Roux-Berg", "Roux-Berg", "PER", [("Roux-Berg", "PER")]),
        ("le derby Port-Roux", "Port-Roux", "LOC", [("Port-Roux", "LOC")]),
        ("le duo Anne Roux-Berg", "Anne Roux-Berg", "PER", [("Anne Roux-Berg", "PER")]),
    ],
)
def test_split_pairs_follows_the_word_before(text: str, name: str, label: str, expected: list[tuple[str, str]]):
    assert pairs(hyphens.split_pairs(given(text, (name, label)), document(text))) == expected


def test_split_pairs_needs_one_known_person_and_no_double_surname():
    text = "Roux-Berg : le duo. Anne Roux parle."
    names = (("Roux-Berg", "PER"), ("Anne Roux", "PER"))
    assert pairs(hyphens.split_pairs(given(text, *names), document(text)))[:2] == [
        ("Roux", "PER"),
        ("Berg", "PER"),
    ]
    text = "Roux-Berg parle. Anne Roux et Léa Roux-Berg parlent."
    names = (("Roux-Berg", "PER"), ("Anne Roux", "PER"), ("Léa Roux-Berg", "PER"))
    assert pairs(hyphens.split_pairs(given(text, *names), document(text)))[0] == ("Roux-Berg", "PER")


def test_split_pairs_takes_the_pair_out_of_a_description():
    text = "Sommet Roux-Merle. Anne Roux et Luc Merle."
    mentions = given(text, ("Sommet Roux-Merle", "MISC"), ("Anne Roux", "PER"), ("Luc Merle", "PER"))
    assert pairs(hyphens.split_pairs(mentions, document(text)))[:2] == [("Roux", "PER"), ("Merle", "PER")]


def test_demonyms_are_marked_but_not_a_person_of_that_name():
    text = "Thierry Breton parle. Breton part. Un Alsacien, une Suédoise et une norvégienne restent en Suisse."
    mentions = given(text, ("Thierry Breton", "PER"), ("Breton", "PER"), ("Suédoise", "LOC"), ("Suisse", "LOC"))
    marked = demonyms.mark_demonyms(mentions, document(text))
    assert [m.surface for m in marked if m.is_demonym] == ["Alsacien", "Suédoise"]
    assert pairs(marked)[:2] == [("Thierry Breton", "PER"), ("Breton", "PER")]


def test_known_names_get_their_label_and_are_found():
    text = "Le Kremlin et Bercy jugent ; un sommet du G20 s'ouvre, l'ONU se tait, le Conseil de la Fed aussi."
    mentions = given(
        text, ("Kremlin", "LOC"), ("Bercy", "LOC"), ("sommet du G20", "MISC"), ("Conseil de la Fed", "ORG")
    )
    found = [(name, "ORG", "always") for name in ("Kremlin", "G20", "ONU", "Fed")]
    applied = pairs(apply_gazetteer(mentions, document(text, *found, ("Bercy", "ORG", "if_recognised"))))
    expected = ["Kremlin", "Bercy", "G20", "ONU", "Conseil de la Fed"]
    assert applied == [(name, "ORG") for name in expected]


def test_a_known_name_at_the_end_of_a_description_is_the_name():
    text = "Siège de l'ONU, attentat de Lyon, Tour de Lyon, au Palais de Lyon."
    descriptions = given(text, ("Siège de l'ONU", "LOC"), ("attentat de Lyon", "MISC"), ("Tour de Lyon", "MISC"))
    known = document(text, ("ONU", "ORG", "always"), ("Lyon", "LOC", "if_recognised"))
    at = text.index("Lyon", 40)
    spans = {**known.known, (at, at + 4): GazetteerMatch(at, at + 4, "LOC", "if_recognised")}
    applied = apply_gazetteer(descriptions, Document(text, known.starts, spans))
    assert pairs(applied) == [("ONU", "ORG"), ("Lyon", "LOC"), ("Tour de Lyon", "MISC")]


def test_a_known_organisation_before_its_place_is_two_names():
    text = "L'usine Valoria de Flins ferme."
    found = apply_gazetteer(
        given(text, ("Valoria de Flins", "LOC")), document(text, ("Valoria", "ORG", "if_recognised"))
    )
    assert pairs(found) == [("Valoria", "ORG"), ("Flins", "LOC")]


def test_a_known_name_that_needs_the_recogniser_is_not_added():
    text = "Une Renaissance italienne"
    assert apply_gazetteer([], document(text, ("Renaissance", "ORG", "if_recognised"))) == []


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("la compagnie aérienne ", "ORG"),
        ("l'agence de presse turque ", "ORG"),
        ("Mme ", "PER"),
        ("le village de ", "LOC"),
        ("avec ", "MISC"),
        ("le maire de ", "LOC"),
        ("les habitants de l'", "LOC"),
        ("le frère de ", "MISC"),
    ],
)
def test_the_words_before_a_name_decide_its_label(before: str, expected: str):
    text = f"Selon {before}Sarela, tout va bien."
    assert pairs(read_cues(given(text, ("Sarela", "MISC")), document(text))) == [("Sarela", expected)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Le patron de Sarela a parlé. Sarela emploie 640 personnes.", ["ORG", "ORG"]),
        ("Le chiffre d'affaires de Sarela progresse. Avec Sarela, rien de neuf.", ["ORG", "ORG"]),
        ("Le fils de Sarela a parlé. Sarela sourit.", ["PER", "PER"]),
        ("L'industriel Sarela recrute. Sarela le dit.", ["ORG", "ORG"]),
    ],
)
def test_a_name_with_a_head_or_staff_is_an_organisation_in_the_whole_document(text: str, labels: list[str]):
    places = [match.start() for match in re.finditer("Sarela", text)]
    mentions = [Mention(at, at + 6, "Sarela", "PER", "PER", "test") for at in places]
    assert [mention.label for mention in read_cues(mentions, document(text))] == labels


def test_an_acronym_and_its_full_name_are_organisations():
    text = "L'Office des forêts du Nord (OFN) et le SRE (service régional des eaux), dans un contrat de vente (CDV), ABC (service des ponts)."
    assert pairs(organisation_forms.pair_acronyms([], document(text))) == [
        ("Office des forêts du Nord", "ORG"),
        ("OFN", "ORG"),
        ("SRE", "ORG"),
        ("service régional des eaux", "ORG"),
    ]


def test_surname_follows_the_full_name_with_its_particle():
    text = "Marc De Ridder gagne. De Ridder sourit, Marc aussi, sous un tilleul."
    mentions = given(text, ("Marc De Ridder", "PER"), ("Ridder", "LOC"), ("Marc", "MISC"))
    followed = pairs(consistency.follow_full_names(mentions, document(text)))
    assert followed == [("Marc De Ridder", "PER"), ("De Ridder", "PER"), ("Marc", "PER")]


def test_the_majority_label_of_a_surface_wins():
    text = "Sarela, Sarela et Sarela"
    mentions = given(text, ("Sarela", "ORG"), ("Sarela", "LOC"), ("Sarela", "ORG"))
    assert {mention.label for mention in consistency.vote(mentions, document(text))} == {"ORG"}


def test_a_name_found_once_is_found_everywhere():
    text = "Anne Roux parle. Les anti-Roux, Roux, le roux et Rouxel ; Anne Roux."
    at = text.rindex("Anne")
    mentions = [*given(text, ("Anne Roux", "PER")), Mention(at, at + 4, "Anne", "LOC", "LOC", "model")]
    assert pairs(consistency.spread(mentions, document(text))) == [
        ("Anne Roux", "PER"),
        ("Roux", "PER"),
        ("Roux", "PER"),
        ("Anne Roux", "PER"),
    ]


def test_quoted_groups_and_armies_are_organisations():
    text = "Le « front des quais » défie l'armée turque.\nLe front des quais attend. Le « front froid » aussi, une armée mexicaine."
    assert pairs(organisation_forms.find_groups([], document(text)))[:3] == [
        ("front des quais", "ORG"),
        ("armée turque", "ORG"),
        ("front des quais", "ORG"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("MM. Delbo et Ouattara, puis Sarr, parlent.", ["Delbo", "Ouattara", "Sarr"], ["PER", "PER", "LOC"]),
        ("Mmes Roux, Lind et Sarela sont venues.", ["Roux", "Lind", "Sarela"], ["PER", "PER", "PER"]),
        ("M. Delbo et Sarela ont signé.", ["Delbo", "Sarela"], ["PER", "LOC"]),
    ],
)
def test_a_plural_form_of_address_makes_persons_of_all_names_after_it(text, names, expected):
    mentions = given(text, *((name, "LOC") for name in names))
    assert [mention.label for mention in read_cues(mentions, document(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le patron d'Orela. À Orela, dans le Vaucluse.", ["ORG", "LOC"]),
        ("Le patron d'Orela. Elle habite à Orela (Vaucluse).", ["ORG", "LOC"]),
        ("Le patron d'Orela. Elle a dit à Orela, dans un courrier.", ["ORG", "ORG"]),
    ],
)
def test_a_region_after_a_name_makes_it_a_place_and_the_vote_leaves_it(text, expected):
    mentions = read_cues(given(text, ("Orela", "ORG"), ("Orela", "ORG")), document(text))
    assert [mention.label for mention in consistency.vote(mentions, document(text))] == expected


@pytest.mark.parametrize(
    ("text", "surface", "label", "expected"),
    [
        ("Les bus de L'Haÿ-les-Bois.", "Haÿ-les-Bois", "LOC", "L'Haÿ-les-Bois"),
        ("L'Italie a dit non.", "Italie", "LOC", "Italie"),
        ("Il défend L'État social.", "État social", "ORG", "État social"),
    ],
)
def test_a_capital_article_inside_a_sentence_is_part_of_a_place(text, surface, label, expected):
    assert [m.surface for m in boundaries.trim(given(text, (surface, label)), document(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("Battez les œufs.", "Battez", []),
        ("Enfournez quarante minutes.", "Enfournez", []),
        ("Servez-les froids.", "Servez", []),
        ("Sanchez a gagné.", "Sanchez", ["Sanchez"]),
        ("Gomez le sait. Avec Gomez, tout va.", "Gomez", ["Gomez"]),
        ("au XIIIe siècle", "XIIIe", []),
        ("Le journal Vie ouvre.", "Vie", ["Vie"]),
        ("700 francs CFA", "CFA", []),
    ],
)
def test_imperatives_centuries_and_currencies_are_not_names(text, surface, expected):
    assert [m.surface for m in not_names.reject(given(text, (surface, "PER")), document(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le feu est parti de la carrière de Groame.", "LOC"),
        ("Groame a tout gagné, la carrière de Groame est finie.", "PER"),
        ("Les abeilles de l'île de Groame.", "LOC"),
    ],
)
def test_the_kind_of_a_place_before_a_name_makes_it_a_place(text, expected):
    at = text.rindex("Groame")
    mentions = [Mention(at, at + 6, "Groame", "PER", "PER", "model")]
    assert [m.label for m in read_cues(mentions, document(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NORBERT CASTAGNÈDE ÉLU À LA TÊTE DE LA FÉDÉRATION", [("NORBERT CASTAGNÈDE", "PER")]),
        ("LE MAIRE, JEANNE DE LA TOUR, DÉMISSIONNE", [("JEANNE DE LA TOUR", "PER")]),
        ("LA GRÈVE EST RECONDUITE À PORT-AUBRY", [("PORT-AUBRY", "LOC")]),
        ("JEANNE MOREL", []),
        ("Norbert CASTAGNÈDE est élu à la tête de la fédération", []),
    ],
)
def test_a_first_name_in_a_line_of_capitals_begins_a_person(text, expected):
    known = given(text, ("PORT-AUBRY", "LOC")) if "PORT-AUBRY" in text else []
    assert pairs(read_capitals(known, document(text))) == expected


def test_a_person_in_capitals_replaces_what_the_recogniser_cut_from_it():
    text = "NORBERT CASTAGNÈDE ÉLU À LA TÊTE DE LA FÉDÉRATION"
    assert pairs(read_capitals(given(text, ("CASTAGNÈDE ÉLU", "MISC")), document(text))) == [
        ("NORBERT CASTAGNÈDE", "PER")
    ]


def test_a_common_word_in_a_line_of_capitals_is_no_name():
    text = "LES ÉLUS ONT DÉMISSIONNÉ À PARIS\nLe roman Vestiges est lu partout."
    known = given(text, ("DÉMISSIONNÉ", "MISC"), ("PARIS", "LOC"), ("Vestiges", "MISC"))
    assert pairs(read_capitals(known, document(text))) == [("PARIS", "LOC"), ("Vestiges", "MISC")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sarela a fait deux morts. La tempête Sarela passe.", ["MISC", "MISC"]),
        ("L'ouragan « Sarela » passe. Sarela se renforce.", ["MISC", "MISC"]),
        ("Après la tempête, Sarela parle. Sarela rentre.", ["PER", "PER"]),
    ],
)
def test_a_storm_is_no_person(text, expected):
    mentions = given(text, ("Sarela", "PER"), ("Sarela", "PER"))
    assert [mention.label for mention in read_cues(mentions, document(text))] == expected
