"""Quotes and their speakers."""

from __future__ import annotations

import re

import pytest

from tasks.extract.fr.quotes import find_quotes
from tasks.extract.fr.roles import find_roles
from tasks.extract.sentences import cut_sentences
from warehouse.facts import Mention, Quote

NAMES = {
    "Odile Marchand": "PER", "Karim Sellier": "PER", "Inès Dutour": "PER", "Banque du Nord": "ORG", "Rennes": "LOC",
}  # fmt: skip


def mentions(text: str) -> list[Mention]:
    return [
        Mention(match.start(), match.end(), name, label, label, "test")
        for name, label in NAMES.items()
        for match in re.finditer(name, text)
    ]


def quotes(text: str) -> list[Quote]:
    sentences, named = cut_sentences(text), mentions(text)
    found = find_quotes(text, sentences, named, find_roles(text, sentences, named))
    assert all(each.surface == text[each.start_char : each.end_char] for each in found)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "speaker", "verb"),
    [
        (
            "« Nous rouvrirons en mai », a déclaré Odile Marchand.",
            "Nous rouvrirons en mai",
            "Odile Marchand",
            "a déclaré",
        ),
        ("Karim Sellier a répondu : « La digue tiendra. »", "La digue tiendra.", "Karim Sellier", "a répondu"),
        ("“Rien n'est perdu”, assure Odile Marchand.", "Rien n'est perdu", "Odile Marchand", "assure"),
        ('Karim Sellier juge que "la route est sûre".', "la route est sûre", "Karim Sellier", "juge"),
        ("« Tout est prêt », a-t-elle soufflé.", "Tout est prêt", None, "a-t-elle soufflé"),
        ("Selon Odile Marchand, « la pluie a tout noyé ».", "la pluie a tout noyé", "Odile Marchand", "selon"),
        ("« Les taux baisseront », indique la Banque du Nord.", "Les taux baisseront", "Banque du Nord", "indique"),
        ("« Venez tôt », a dit à Rennes Karim Sellier.", "Venez tôt", "Karim Sellier", "a dit"),
        ("« On attend », confie un proche de Karim Sellier.", "On attend", "un proche de Karim Sellier", "confie"),
    ],
)
def test_speaker_and_verb(text: str, surface: str, speaker: str | None, verb: str) -> None:
    (found,) = quotes(text)
    assert (found.surface, found.speaker, found.verb) == (surface, speaker, verb)


def test_speaker_mention_is_the_one_beside_the_verb() -> None:
    text = (
        "Odile Marchand aime Rennes. Karim Sellier part. « Tout est prêt », dit Odile Marchand. « Elle ne part pas. »"
    )
    assert [(each.speaker, each.speaker_mention_no) for each in quotes(text)] == [("Odile Marchand", 4)] * 2
    assert [each.speaker_mention_no for each in quotes("« Tout est prêt », a-t-elle soufflé à Odile Marchand.")] == [
        None
    ]


def test_speaker_after_the_rest_of_the_sentence() -> None:
    (found,) = quotes('Il faut une "digue haute et solide" pour Rennes, indique Odile Marchand.')
    assert (found.speaker, found.verb) == ("Odile Marchand", "indique")


def test_the_subject_of_reported_speech_is_not_the_speaker() -> None:
    (found,) = quotes("Elle a annoncé que Karim Sellier partirait « dans l'espoir de convaincre ».")
    assert (found.speaker, found.verb) == (None, "a annoncé")


def test_speaker_inside_the_marks() -> None:
    (found,) = quotes("« Le quai, assure Karim Sellier, sera sec. »")
    assert (found.speaker, found.verb) == ("Karim Sellier", "assure")


def test_a_quote_may_hold_sentences_and_another_quote() -> None:
    (found,) = quotes("« Il m'a dit “jamais”. J'ai ri. Puis plus rien », raconte Odile Marchand.")
    assert found.surface == "Il m'a dit “jamais”. J'ai ri. Puis plus rien"


def test_a_quote_may_run_over_paragraphs() -> None:
    (found,) = quotes("« La crue monte vite.\n« Il faut partir », prévient Karim Sellier.")
    assert found.surface.startswith("La crue") and found.surface.endswith("partir")
    assert found.speaker == "Karim Sellier"


def test_the_next_quote_of_the_paragraph_has_the_same_speaker() -> None:
    first, second = quotes("« Le lac gèle », dit Odile Marchand. « Personne n'y patine encore. »")
    assert (first.speaker, second.speaker, second.verb) == ("Odile Marchand", "Odile Marchand", None)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("« ", " »"), ("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("‹ ", " ›"), ("<< ", " >>"), ("<<", ">>"), ("„", "“"),
        ("„", "”"), ("“", "“"), ("”", "”"), ("‚", "‘"), ("``", "''"), ("''", "''"), ("“", '"'),
    ],
)  # fmt: skip
def test_any_pair_of_marks_holds_one_quote(opening: str, closing: str) -> None:
    for text in (
        "{}L'eau monte à l’aube{}, a déclaré Odile Marchand. Karim Sellier n'y croit pas.",
        "Karim Sellier est venu. Odile Marchand a dit d'emblée : {}L'eau monte à l’aube{}. Il a ri.",
        "Selon Odile Marchand, {}L'eau monte à l’aube{}.",
    ):
        (found,) = quotes(text.format(opening, closing))
        assert (found.surface, found.speaker, found.is_reported) == ("L'eau monte à l’aube", "Odile Marchand", False)


@pytest.mark.parametrize("dash", ["- ", "– ", "— ", "-", "—\u00a0"])
def test_a_line_of_dialogue_is_one_quote(dash: str) -> None:
    first, second, third = quotes(
        f"{dash}Nous partirons tous demain, a dit Odile Marchand.\n{dash}La digue tiendra, répond Karim Sellier, le maire.\n"
        f"{dash}Vous viendrez vers midi, demande-t-elle."
    )
    assert [each.surface for each in (first, second, third)] == [
        "Nous partirons tous demain", "La digue tiendra", "Vous viendrez vers midi",
    ]  # fmt: skip
    assert [each.speaker for each in (first, second, third)] == ["Odile Marchand", "Karim Sellier", "Odile Marchand"]
    assert not any(each.is_reported for each in (first, second, third))


@pytest.mark.parametrize(
    "text",
    [
        "Le rock 'n' roll plaît. « On dansait tous », dit Odile Marchand.",
        "Aujourd 'hui à Rennes. « On dansait tous », dit Odile Marchand.",
        "Les années '60 ? « On dansait tous », dit Odile Marchand.",
        "La mairie d' Arles et l' Europe. « On dansait tous », dit Odile Marchand.",
    ],
)
def test_an_apostrophe_is_no_mark(text: str) -> None:
    assert [each.surface for each in quotes(text)] == ["On dansait tous"]


@pytest.mark.parametrize(
    "text",
    [
        "La troupe joue « Le Songe d'hiver » demain.",
        "Une « bulle » selon certains.",
        "Karim Sellier parle d'une « bulle ».",
        "Karim Sellier a lancé l'opération « Vents du large » mardi.",
        'Il court le tour en 43"18 puis en 44"02.',
        "Une marque « oubliée court sans fin.",
    ],
)
def test_other_words_in_marks_are_not_quotes(text: str) -> None:
    assert quotes(text) == []


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    return [(each.speaker, each.speaker_method) for each in quotes(text) if not each.is_reported]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« On lit l'heure », s'émerveille Odile Marchand.", "Odile Marchand"),
        ("« C'est une plaisanterie », s'étrangle Karim Sellier.", "Karim Sellier"),
        ("« On y croit », savourait l'entraîneur Karim Sellier.", "Karim Sellier"),
        ("« Nous verrons bien », a raconté à l'AFP un orpailleur, Karim Sellier, qui cherche.", "Karim Sellier"),
        ("« Nous verrons bien », regrette celle de Rennes, Odile Marchand.", "Odile Marchand"),
        ("« Nous verrons bien », s'est réjoui mardi de son côté le maire de Rennes, Karim Sellier.", "Karim Sellier"),
        ("« Nous verrons bien » (Odile Marchand, infirmière).", "Odile Marchand"),
        ("Karim Sellier, de son côté, dit « regretter cette décision ».", "Karim Sellier"),
        ("Karim Sellier, lui, est catégorique : « Le port ne fermera pas. »", "Karim Sellier"),
        ("Odile Marchand : « Nous avons besoin d'aide. »", "Odile Marchand"),
        ("Dimanche, Karim Sellier, le médiateur choisi à Rennes, a précisé que « rien n'est signé ».", "Karim Sellier"),
        ("Il remercie Odile Marchand, qui ajoute : « Nous avons fait notre travail. »", "Odile Marchand"),
        ("Qualifié de « gourou de la majorité » par Karim Sellier, il sourit.", "Karim Sellier"),
        ("Le projet avance, « malgré la pluie et le vent », comme l'a dit Odile Marchand.", "Odile Marchand"),
        ("À en croire Odile Marchand, « la digue tiendra un siècle ».", "Odile Marchand"),
        ("“Rien n'est perdu, assure Odile Marchand. La digue tiendra.”", "Odile Marchand"),
        ("« Jamais », tranche Odile Marchand.", "Odile Marchand"),
        ("Le maire, « fier de ses pompiers et de leur chef », a remercié Karim Sellier.", "Le maire"),
        ("Karim Sellier, qui y voit « une chance pour le port », a remercié Odile Marchand.", "Karim Sellier"),
        ("« Cela a tout changé ». C'est ce qu'a annoncé mardi Odile Marchand.", "Odile Marchand"),
        ("« La crue arrive, nous partons. »\n— Odile Marchand, infirmière", "Odile Marchand"),
        (
            "Il déclare à la police avec Odile Marchand : rien. Karim Sellier dit à Rennes « Nous voulons partir d'ici. »",
            "Karim Sellier",
        ),
    ],
)
def test_a_name_beside_the_quote(text: str, speaker: str) -> None:
    assert [name for name, _ in speakers(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Odile Marchand a reçu Karim Sellier. « Tout est prêt », a-t-elle dit.", ("Odile Marchand", "pronoun")),
        ("Odile Marchand a reçu Karim Sellier. « Tout est prêt », a-t-il dit.", ("Karim Sellier", "pronoun")),
        ("Karim Sellier est venu avec un élu. Il a jugé le projet « utile à tous les habitants ».", ("Karim Sellier", "pronoun")),
        ("Karim Sellier a parlé. Pour lui, « le stade est vétuste ».", ("Karim Sellier", "pronoun")),
        ("Le préfet a réuni les élus. « L'eau monte », a-t-il prévenu.", ("Le préfet", "pronoun")),
        ("Les habitants de Rennes sont en colère. « Rien ne bouge », écrivent-ils.", ("Les habitants de Rennes", "pronoun")),
        ("Le maire de Rennes, Karim Sellier, est venu. « Nous irons au tribunal », a ajouté l'édile.", ("Karim Sellier", "office")),
        ("Karim Sellier, président belge, est venu. « La paix viendra », promet le chef de l'État.", ("Karim Sellier", "office")),
        ("L'éleveuse Odile Marchand doute. « Rien ne bouge », regrette la quadragénaire.", ("Odile Marchand", "office")),
        ("« Nous sommes inquiets », disent plusieurs habitants du quartier.", ("plusieurs habitants du quartier", "group")),
        ("« La ligne est sûre », explique une source de l'Élysée.", ("une source de l'Élysée", "group")),
        ("La Banque du Nord a perdu. « La ligne est sûre », a déclaré l'entreprise.", ("Banque du Nord", "group")),
        ("« Les crédits sont votés », indique-t-on à la mairie.", ("la mairie", "group")),
        ("« Les crédits sont votés », ajoute le texte.", ("le texte", "group")),
        ("« La paix vient », ont déclaré samedi dans un communiqué commun plusieurs dirigeants européens.",
         ("plusieurs dirigeants européens", "group")),
        ("L'homme a nié. « Je n'étais pas là », a-t-il répété.", ("L'homme", "pronoun")),
        ("L'universitaire considère la ville : « Rien ne bouge ici. »", ("L'universitaire", "office")),
        ("Son mari hoche la tête. « On ne comprend pas », souffle-t-il.", ("Son mari", "pronoun")),
        ("Le rapporteur public estime que le jugement « doit être annulé ».", ("Le rapporteur public", "office")),
    ],
)  # fmt: skip
def test_a_speaker_who_is_not_named_beside_the_quote(text: str, expected: tuple[str, str]) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Odile Marchand et Inès Dutour sont venues. « Tout est prêt », a-t-elle dit.",
        "Karim Sellier est venu. « Tout est prêt », a-t-elle dit.",
        "« Tout est prêt », a-t-il dit.",
        "Il a reçu Karim Sellier : « Tout est prêt pour lui et les siens. »",
    ],
)
def test_a_speaker_who_is_not_certain_is_null(text: str) -> None:
    assert [name for name, _ in speakers(text)] == [None]


def test_a_speaker_known_by_office_alone_is_given_in_the_words_of_the_text() -> None:
    text = (
        "Le maire est formel : « Nous ne vendrons pas. » Selon l'adjointe, Odile Marchand, « la ville peut attendre »."
    )
    assert speakers(text) == [("Le maire", "subject"), ("Odile Marchand", "name")]
    assert speakers("Karim Sellier proteste. « Tout est prêt », a répondu le maire.") == [("le maire", "office")]
    assert quotes("« Tout est prêt », a répondu le maire.")[0].speaker_mention_no is None


def test_the_next_sentence_does_not_attribute_the_quote_before_it() -> None:
    text = "Karim Sellier est formel : « Le port ne fermera pas. » Pour Odile Marchand, « il faut du gazole »."
    assert [name for name, _ in speakers(text)] == ["Karim Sellier", "Odile Marchand"]
    text = "Karim Sellier dit que « tout reste en place ». Le maire Odile Marchand est annoncé mardi."
    assert [name for name, _ in speakers(text)] == ["Karim Sellier"]


def test_a_speaker_goes_on_until_somebody_else_is_the_subject() -> None:
    text = "« Le lac gèle », dit Odile Marchand.\n« Personne n'y patine encore. »\n"
    assert speakers(text) == [("Odile Marchand", "name"), ("Odile Marchand", "continued")]
    other = "« Le lac gèle », dit Odile Marchand. Karim Sellier patine déjà. « Personne n'y patine encore. »"
    assert speakers(other)[1] == (None, None)


def test_a_full_stop_inside_the_marks_ends_the_sentence_of_a_speaker() -> None:
    lead = "Karim Sellier insiste : « La ligne fermera. » "
    assert speakers(f"{lead}Le maire est formel : « Personne n'y croit. »")[1] == ("Le maire", "subject")
    assert speakers(f"{lead}Même stupeur dans la salle : « Personne n'y croit. »")[1] == (None, None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Même son de cloche chez Odile Marchand : « La ligne doit vivre. »", "Odile Marchand"),
        ("Même colère du côté d'Odile Marchand, à Rennes : « La ligne doit vivre. »", "Odile Marchand"),
        ("Aux dires d'Odile Marchand, « la ligne doit vivre encore ».", "Odile Marchand"),
        ("Même cadre chez Odile Marchand : « La ligne doit vivre. »", None),
    ],
)
def test_an_echo_leads_to_its_speaker(text: str, speaker: str | None) -> None:
    assert [name for name, _ in speakers(text)] == [speaker]


def test_a_word_that_describes_the_subject_stands_before_it() -> None:
    text = "Battue, l'entraîneuse de Rennes, Odile Marchand, admettait sa peine : « Elles couraient partout. »"
    assert speakers(text) == [("Odile Marchand", "name")]
    assert speakers("Furieux, Karim Sellier fait front : « Rien ne changera. »") == [("Karim Sellier", "subject")]


def test_this_last_person_after_a_verb_is_the_one_named_before() -> None:
    text = "Karim Sellier et Odile Marchand se parlent. « Nous partageons tout », plaisante {}."
    assert speakers(text.format("cette dernière"))[0][0] == "Odile Marchand"
    assert speakers(text.format("ce dernier"))[0][0] == "Karim Sellier"
    assert speakers(text.format("ces derniers"))[0][0] == "Karim Sellier et Odile Marchand"


def test_a_quote_in_the_first_person_is_of_the_subject_before_it() -> None:
    assert speakers("Odile Marchand a tout quitté. « J'en avais assez. »") == [("Odile Marchand", "subject")]
    for text in (
        "Odile Marchand a tout quitté. « La vie est ainsi faite. »",
        "Odile Marchand a tout quitté.\n« J'en avais assez. »",
        "Odile Marchand a quitté la ville avec Karim Sellier. « J'en avais assez. »",
    ):
        assert speakers(text) == [(None, None)]


def test_blank_lines_between_paragraphs_do_not_end_a_speech() -> None:
    text = "« Le lac gèle », dit Odile Marchand.\n\nIl fait froid ce matin.\n\n« Personne n'y patine encore. »"
    assert speakers(text)[1] == ("Odile Marchand", "continued")


def test_a_heading_that_repeats_a_quote_has_its_speaker() -> None:
    text = (
        "« Personne n'y patine encore. »\nLe lac gèle. « Personne n'y patine encore cette année », dit Odile Marchand."
    )
    assert speakers(text) == [("Odile Marchand", "repeated"), ("Odile Marchand", "name")]
    text = text.replace("patine encore. »", "nage encore. »")
    assert speakers(text)[0] == (None, None)


def test_a_participle_has_the_subject_of_its_clause() -> None:
    text = "« Le lac gèle », dit Odile Marchand, ajoutant que « personne n'y patine »."
    assert [name for name, _ in speakers(text)] == ["Odile Marchand"] * 2
    text = "Karim Sellier estime avoir « bien fait de partir » et ajoute que le port « n'a jamais fermé »."
    assert [name for name, _ in speakers(text)] == ["Karim Sellier"] * 2


def test_paragraphs_that_each_begin_with_a_mark() -> None:
    closed = "L'éleveuse Odile Marchand parle.\n« Je doute, dit-elle. Et vous ?\n« Moi, je reste. »\nLa salle rit."
    (found,) = quotes(closed)
    assert (found.surface[:8], found.surface[-10:], found.speaker) == (
        "Je doute",
        " je reste.",
        "Odile Marchand",
    )
    never_closed = "Odile Marchand parle.\n« Je doute de tout cela.\n« Moi, je reste chez moi.\nFin"
    assert [each.surface for each in quotes(never_closed)] == ["Je doute de tout cela.", "Moi, je reste chez moi."]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Elle a fini en 10\". « C'est une déception pour moi », a dit Karim Sellier.", "C'est une déception pour moi"),
        ('Odile Marchand juge la situation "intenable à long terme”.', "intenable à long terme"),
        ("Odile Marchand a dit : ‘Rien ne bouge ici’.", "Rien ne bouge ici"),
        ("Odile Marchand l’a dit : „Rien ne bouge ici”.", "Rien ne bouge ici"),
    ],
)
def test_marks_of_other_kinds(text: str, surface: str) -> None:
    assert [each.surface for each in quotes(text)] == [surface]


def test_lines_of_dialogue() -> None:
    text = "— Vous partez déjà ? demanda Odile Marchand.\n— Oui, nous partons ce soir.\n"
    assert [(each.surface, each.speaker) for each in quotes(text)] == [
        ("Vous partez déjà ?", "Odile Marchand"), ("Oui, nous partons ce soir.", None),
    ]  # fmt: skip
    assert quotes("— Un travail oral, par exemple la lecture.\n— Des leçons à apprendre.\n") == []


@pytest.mark.parametrize(
    ("text", "surface", "speaker"),
    [
        ("Karim Sellier a déclaré que la digue tiendrait bon.", "la digue tiendrait bon", "Karim Sellier"),
        ("Selon Karim Sellier, la digue tiendra longtemps.", "la digue tiendra longtemps", "Karim Sellier"),
        ("Selon Karim Sellier, gérant du bar, la digue tiendra longtemps.", "la digue tiendra longtemps", "Karim Sellier"),
        ("La digue tiendra un siècle, selon Odile Marchand.", "La digue tiendra un siècle", "Odile Marchand"),
        ("La digue tiendra un siècle, a indiqué Odile Marchand.", "La digue tiendra un siècle", "Odile Marchand"),
    ],
)  # fmt: skip
def test_indirect_speech_is_reported(text: str, surface: str, speaker: str) -> None:
    (found,) = quotes(text)
    assert (found.surface, found.speaker, found.is_reported) == (surface, speaker, True)


@pytest.mark.parametrize(
    "text",
    [
        "Karim Sellier n'a pas dit que la digue tiendrait.",
        "Karim Sellier a-t-il dit que la digue tiendrait ?",
        "Il faut dire que la digue est vieille et lourde.",
        "Karim Sellier ignore si elle estime que la digue tiendra.",
        "Karim Sellier a annoncé sa venue, selon le même horaire.",
        "Karim Sellier, le maire de Rennes, a remercié Odile Marchand.",
    ],
)
def test_other_clauses_are_not_reported_speech(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le mot « apprendre » a été effacé. Le mot « » aussi.",
        "Son livre, intitulé « Le travail des élèves en dehors de la classe », sort.",
        "Il est poursuivi pour « apologie publique d'un acte de terrorisme ».",
        "Elle porte plainte contre lui pour « non-assistance à personne en danger ».",
        "Selon la Banque du Nord, les ventes de « Mer Grise » montent.",
        "La procédure « Titre 42 » continue, selon Odile Marchand.",
        "Le groupe « Terre libre » revendique les attaques de Rennes.",
        "Karim Sellier annonce la fin de la « zone grise » du port.",
        "L'émission « C à vous » a invité Karim Sellier.",
        "Elle vend des produits dits « de seconde main », explique Odile Marchand.",
        "Le port avait été classé « zone naturelle d'intérêt écologique » en mai.",
        "La « grande coalition maritime » se réunit mardi, a annoncé Odile Marchand.",
        "Il s'agit de « la prévention du vol » et de « la défense nationale et des ports ».",
        "Les ateliers (« Comment tenir une tribune ? ») sont pleins.",
        "Bien que la tempête recule, « Mer Grise » reste au port.",
    ],
)
def test_titles_names_and_offences_are_not_quotes(text: str) -> None:
    assert [each for each in quotes(text) if not each.is_reported] == []


@pytest.mark.parametrize(
    ("text", "surface", "speaker"),
    [
        ("Pour Odile Marchand, la digue tiendra encore dix ans.", "la digue tiendra encore dix ans", "Odile Marchand"),
        ("Pour Odile Marchand, maire de Rennes, la digue tient bien bon.", "la digue tient bien bon", "Odile Marchand"),
        ("Pour Odile Marchand, de l’université de Rennes, la digue tombera cet hiver.", "la digue tombera cet hiver", "Odile Marchand"),
        ("Pour Odile Marchand, qui dirige le musée, il faut reconstruire la digue.", "il faut reconstruire la digue", "Odile Marchand"),
        ("Selon Odile Marchand, du CNRS, la digue tient encore bon.", "la digue tient encore bon", "Odile Marchand"),
        ("Selon Odile Marchand, des habitants, excédés, ont fui.", "des habitants, excédés, ont fui", "Odile Marchand"),
        ("Pour Karim Sellier, 34 ans, il faut reconstruire la digue.", "il faut reconstruire la digue", "Karim Sellier"),
        ("Pour le maire, ces travaux devraient durer un an.", "ces travaux devraient durer un an", "le maire"),
        ("Pour les syndicats, cette réforme est injuste et brutale.", "cette réforme est injuste et brutale", "les syndicats"),
        ("Karim Sellier est venu. Pour lui, la digue tombera cet hiver.", "la digue tombera cet hiver", "Karim Sellier"),
        ("Pour l'historien Karim Sellier, la halle date du XIIe siècle.", "la halle date du XIIe siècle", "Karim Sellier"),
        ("Aux yeux d'Odile Marchand, le projet est trop cher.", "le projet est trop cher", "Odile Marchand"),
        ("Aux yeux du maire, le projet est trop cher.", "le projet est trop cher", "maire"),
        ("De l'avis de Karim Sellier, la route est sûre.", "la route est sûre", "Karim Sellier"),
        ("De l'avis des habitants, la route est sûre.", "la route est sûre", "habitants"),
        ("À en croire Odile Marchand, la digue tombera cet hiver.", "la digue tombera cet hiver", "Odile Marchand"),
        ("Odile Marchand doute. Selon elle, la digue tombera vite.", "la digue tombera vite", "Odile Marchand"),
        ("« Tout est prêt », dit Odile Marchand. Pour Karim Sellier, la digue tombera vite.", "la digue tombera vite", "Karim Sellier"),
    ],
)  # fmt: skip
def test_an_opinion_is_reported(text: str, surface: str, speaker: str) -> None:
    reported = [(each.surface, each.speaker) for each in quotes(text) if each.is_reported]
    assert reported == [(surface, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "De l'avis général, la route est dangereuse.",
        "Odile Marchand est venue. Pour elle, c'est la fin du voyage.",
        "Pour Karim Sellier, l'aventure s'arrête en demi-finale.",
        "Pour Karim Sellier, la saison reprendra en mai.",
        "Pour Karim Sellier, le maire a préparé un discours.",
        "Pour Karim Sellier, les élus ont prévu une fête qui durera deux jours.",
        "Pour Noël, la Banque du Nord offrira des jouets aux enfants.",
        "Pour Rennes, la défaite est lourde de conséquences.",
        "Pour la mairie de Rennes, la liste sera connue lundi.",
        "Pour le préfet, les rues du centre seront fermées.",
        "Pour le préfet, un hélicoptère sera prêt à décoller.",
    ],
)
def test_for_whom_something_is_or_happens_is_no_opinion(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize("end", [" »", ".», ", " ».", ". »", " »\n", " », dit-on."])
def test_pour_in_the_next_sentence_does_not_speak_before_it(end: str) -> None:
    found = quotes(f"« La digue tiendra encore dix ans{end} Pour Karim Sellier, la digue tombera cet hiver.")
    assert [each.speaker for each in found if not each.is_reported] in ([], [None])


@pytest.mark.parametrize(
    "text",
    [
        "La méthode dite « des petits pas » a fait ses preuves, selon Odile Marchand.",
        "Un jeu dit « du foulard » inquiète, selon Odile Marchand.",
        "Ces « nouveaux pauvres » sont nombreux, selon Karim Sellier.",
        "Odile Marchand parle de « transition douce ».",
        "Les « gilets jaunes de la première heure » sont revenus, a constaté Odile Marchand.",
        "La stratégie du « tout ou rien » a échoué, estime Karim Sellier.",
        "Le principe « qui casse paie » sera appliqué, promet Karim Sellier.",
        "Le fameux « monde d'après » se fait attendre, déplore Odile Marchand.",
        "Il vit dans une prétendue « capitale du vélo et du rail », selon Karim Sellier.",
        "Ce que les jeunes appellent « le bon plan ciné » attire, dit Karim Sellier.",
        "Il a vu des « petits génies du code », comme on les appelle, selon Karim Sellier.",
    ],
)
def test_what_something_is_called_is_no_speech(text: str) -> None:
    assert [each for each in quotes(text) if not each.is_reported] == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Le projet a coûté cher. Une « honte », lâche Odile Marchand.", "honte"),
        ("Karim Sellier dit « des choses très simples ».", "des choses très simples"),
        ("Odile Marchand se dit « très inquiète ».", "très inquiète"),
        (
            "Odile Marchand parle d'une « transition douce et lente vers la mer ».",
            "transition douce et lente vers la mer",
        ),
        ("Odile Marchand salue un « travail remarquable ».", "travail remarquable"),
        ("Karim Sellier dénonce une « politique du chiffre ».", "politique du chiffre"),
        ("La digue tient, Odile Marchand la qualifiant de « rempart sûr et beau ».", "rempart sûr et beau"),
    ],
)
def test_a_few_words_of_the_subject_are_speech(text: str, surface: str) -> None:
    found = quotes(text)
    assert [each.surface for each in found] == [surface]
    assert found[0].speaker in ("Odile Marchand", "Karim Sellier")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Odile Marchand est là. Une habitante a parlé. Celle-ci a dit : « La rue se vide. »", "Une habitante"),
        ("Karim Sellier a parlé. Un commerçant l'a interrompu. Celui-ci a dit : « La rue se vide. »", "Un commerçant"),
        ("Karim Sellier a reçu un commerçant. Celui-ci a dit : « La rue se vide. »", "un commerçant"),
        ("Odile Marchand a vu une habitante. « Le bruit est infernal », a déclaré celle-ci.", "une habitante"),
        ("Odile Marchand a vu Inès Dutour. « Le bruit est infernal », a déclaré celle-ci.", "Inès Dutour"),
        ("Karim Sellier a salué le préfet. Celui-ci a dit : « La rue se vide. »", "le préfet"),
        ("Odile Marchand a reçu Karim Sellier et sa voisine. Cette dernière dit : « La rue se vide. »", "sa voisine"),
        ("Une proche d'Odile Marchand est là. Celle-ci a dit : « La rue se vide. »", "Une proche d'Odile Marchand"),
        ("Odile Marchand a réuni les habitants. Ceux-ci ont dit : « La rue se vide. »", "les habitants"),
        ("Odile Marchand a reçu un commerçant. Celle-ci a dit : « La rue se vide. »", "Odile Marchand"),
        ("Odile Marchand a salué l'association. Celle-ci a dit : « La rue se vide. »", None),
    ],
)
def test_a_demonstrative_means_the_last_who_agrees(text: str, speaker: str | None) -> None:
    assert [name for name, _ in speakers(text)] == [speaker]
