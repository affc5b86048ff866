"""Cross-references between paragraphs and the lines of a newsletter around its text are removed; the article is whole."""

from __future__ import annotations

import pytest

from tasks.strip import strip_text
from tasks.strip.cross_references import find_cross_references

BODY = (
    "Le conseil municipal de Lourmes a adopté mercredi, par vingt-trois voix contre huit, un règlement qui éteint les écrans publicitaires la nuit.",
    "La mesure concerne soixante-dix-huit panneaux, selon le service de l’urbanisme. Les pharmacies en sont exceptées.",
    "Pour le premier adjoint, Gaspard Monnier, l’économie restera modeste. « L’enjeu est la tranquillité de ceux qui dorment en face », dit-il.",
    "Les afficheurs ont six mois pour se mettre en conformité, sous peine d’une astreinte de deux cents euros par jour.",
    "L’opposition a voté contre un texte « de plus », estimant que la loi suffisait.",
)
REFERENCES = (
    "LIRE AUSSI > Éclairage public : ces villages qui éteignent et ne le regrettent pas",
    "À lire également : « On voit de nouveau les étoiles », une nuit avec les astronomes amateurs",
    "Notre dossier : Que peuvent faire les maires contre la publicité ?",
    ">> Retrouvez toute l’actualité de Lourmes sur notre page spéciale",
    "► ENQUÊTE | Comment les afficheurs contournent la loi depuis dix ans",
    "(Re)lire : Le maire de Lourmes avait promis d’éteindre la ville en 2020",
    "→ Notre reportage – Une nuit sans lumière avec les habitants de Brenac.",
    "Abonnez-vous à notre lettre du vendredi pour suivre l’actualité de Lourmes.",
)
NEIGHBOURS = (
    "Notre enquête montre que les afficheurs contournent la loi depuis dix ans.",
    "Lire le règlement prend une heure, s’amuse Gaspard Monnier, qui l’a écrit seul.",
    "Enquête ou pas, le préfet signera le règlement avant la fin du mois de juin.",
    "Analyse : un règlement que les communes voisines pourraient copier",
    "Dossier après dossier, la mairie compte les recours des afficheurs depuis janvier.",
)


def page(*body: str) -> str:
    head = (
        "Le Fil du Val",
        "Menu",
        "Accueil",
        "Sports",
        "Lourmes éteint ses écrans la nuit",
        "Par Sabine Thévenot",
        "Le 13 novembre 2025",
    )
    return "\n\n".join((*head, *body, "Sur le même thème", "Le marché couvert change de mains", "Haut de page")) + "\n"


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("place", [1, 4])
def test_a_cross_reference_between_paragraphs_is_removed_and_ends_nothing(reference: str, place: int) -> None:
    stripped = strip_text(page(*BODY[:place], reference, *BODY[place:]))
    assert stripped.reason is None
    assert stripped.text == "\n\n".join(BODY)


def test_several_cross_references_in_one_article_are_removed() -> None:
    body = [line for pair in zip(BODY, (*REFERENCES[:3], REFERENCES[4], ""), strict=True) for line in pair if line]
    assert strip_text(page(*body)).text == "\n\n".join(BODY)


@pytest.mark.parametrize("sentence", NEIGHBOURS)
def test_a_sentence_that_begins_like_a_cross_reference_is_kept(sentence: str) -> None:
    assert strip_text(page(*BODY[:2], sentence, *BODY[2:])).text == "\n\n".join((*BODY[:2], sentence, *BODY[2:]))


@pytest.mark.parametrize(
    "reference",
    [
        "Lesen Sie auch: Wenn das Dorf nachts dunkel bleibt",
        "Read more: The villages that switched off their lights and never looked back",
        "Lee también: Los pueblos que apagan la luz y no se arrepienten",
        "Lees ook: Dorpen die het licht uitdoen en er geen spijt van hebben",
    ],
)
def test_cross_references_are_found_in_other_languages(reference: str) -> None:
    assert find_cross_references([BODY[0], reference, BODY[1]]).keys() == {1}


def test_a_pointer_below_or_above_an_article_is_no_cross_reference() -> None:
    assert find_cross_references([BODY[0], REFERENCES[0], "Le marché couvert change de mains"]) == {}
    assert find_cross_references(["Le Fil du Val", REFERENCES[0], BODY[0]]) == {}
    assert find_cross_references([BODY[0], "Lire aussi", BODY[1]]) == {}  # a heading of a list
    assert find_cross_references([BODY[0], REFERENCES[0]]) == {}
    assert find_cross_references([]) == {}


LETTER = (
    "L’Assemblée a rejeté mercredi, par 188 voix contre 186, les crédits de la mission maritime. Deux députés, retenus dans un ascenseur, sont arrivés trop tard.",
    "Le gouvernement dispose de plusieurs voies pour rétablir ces crédits. La ministre a dit préférer « convaincre que corriger ».",
    "La discussion reprend lundi, avec les crédits de la montagne.",
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Vous n’arrivez pas à lire cette lettre ? Ouvrez-la dans votre navigateur", "Vous aimez cette lettre ? Partagez-la avec un ami"),
        ("Si cet e-mail ne s’affiche pas correctement, consultez la version en ligne.", "Cette newsletter vous a été transférée ? Inscrivez-vous ici."),
        ("On vous a transféré cette infolettre ? Abonnez-vous.", "Vous recevez ce courriel parce que vous êtes inscrit à La lettre du Parlement."),
        ("View this email in your browser", "Enjoying this newsletter? Forward it to a friend."),
        ("Was this email forwarded to you? Sign up here.", "You are receiving this email because you signed up on our website."),
        ("Wird dieser Newsletter nicht richtig angezeigt? Im Browser öffnen", "Ihnen gefällt dieser Newsletter? Empfehlen Sie ihn weiter."),
    ],
)  # fmt: skip
def test_the_lines_around_a_newsletter_are_removed(above: str, below: str) -> None:
    raw = "\n\n".join(
        (
            above,
            "La lettre du Parlement",
            "Jeudi 6 novembre 2025",
            "Le budget de la mer coule à deux voix près",
            *LETTER,
            below,
            "Se désabonner",
        )
    )
    stripped = strip_text(raw)
    assert stripped.reason is None
    assert stripped.text == "\n\n".join(LETTER)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vous n’arrivez pas à lire les petits caractères d’un contrat ? Une association de Brenac propose de le faire à votre place.",
        "Pour ne plus recevoir de publicité, il suffit d’un autocollant sur la boîte aux lettres, rappelle la métropole.",
        "Le maire a transféré cette lettre au préfet, qui l’a fait lire devant le conseil municipal.",
    ],
)
def test_sentences_about_letters_are_kept(sentence: str) -> None:
    assert sentence in strip_text(page(*BODY[:2], sentence, *BODY[2:])).text
