"""Consent dialogues are taken out wherever they stand, change no verdict, and alone make a consent wall."""

from __future__ import annotations

import pytest

from benchmarks.consent import read_dialogues
from tasks.strip import strip_html, strip_text
from tasks.strip.consent import find_dialogues

DIALOGUES = read_dialogues()
PLACES = ("first", "above", "within", "below", "last")
ARTICLES = {
    "fr": (
        ("Le Fil du Val", "Menu", "Accueil", "Sports", "Se connecter"),
        ("Le bac de Kerouan repart après onze mois de panne", "Par Anouk Delmas", "Publié le 20 mai 2025 à 09h12"),
        (
            "Le bac de Kerouan a repris son service samedi matin. Deux cents voitures ont traversé l’aber avant midi, selon la régie des transports.",
            "La régie a remplacé les deux moteurs et la coque, pour 6,4 millions d’euros. La coque précédente datait de 1987.",
            "« Nous avions oublié le bruit du moteur », sourit Odile Marchetti, qui tient le café du port.",
        ),
        ("Mentions légales", "Nous contacter", "© 2025 Le Fil du Val"),
    ),
    "en": (
        ("The Marlow Courier", "Menu", "Home", "Sport", "Sign in"),
        ("Kerridge ferry returns after eleven months", "By Ann Dalton", "20 May 2025, 09:12"),
        (
            "The Kerridge ferry was back in service on Saturday morning. Two hundred cars crossed the inlet before noon, the harbour board said.",
            "The board replaced both engines and the hull at a cost of £6.4m. The old hull dated from 1987, and rust had been found during an inspection.",
            "“We had forgotten the sound of it,” said Odile Marsh, who runs the café on the quay.",
        ),
        ("Terms of use", "Contact", "© 2025 The Marlow Courier"),
    ),
    "de": (
        ("Wiesentaler Bote", "Menü", "Startseite", "Sport", "Anmelden"),
        ("Die Fähre von Norderholm fährt wieder", "Von Anke Dallmann", "20.05.2025, 09:12 Uhr"),
        (
            "Die Fähre von Norderholm ist am Samstag nach elf Monaten wieder in Betrieb gegangen. Bis zum Mittag setzten zweihundert Autos über, wie die Reederei mitteilte.",
            "Die Reederei hat beide Motoren und den Rumpf für 6,4 Millionen Euro ersetzt. Der alte Rumpf stammte aus dem Jahr 1987 und war bei einer Prüfung als rostig aufgefallen.",
            "„Wir hatten das Geräusch schon vergessen“, sagte Odile Marschner, die das Café am Anleger betreibt.",
        ),
        ("Impressum", "Kontakt", "© 2025 Wiesentaler Bote"),
    ),
}  # fmt: skip
ABOUT_CONSENT = {
    "fine": (
        "Cookies : une régie condamnée à 40 millions d’euros",
        "La Cnil a infligé mardi une amende de 40 millions d’euros à la régie Publivox, qui déposait des cookies et d’autres traceurs sans le consentement des internautes. Publivox et ses partenaires traitaient ainsi les données personnelles de douze millions de Français.",
        "« Nous et nos 800 partenaires utilisons des cookies », affichait le bandeau, sans bouton « Tout refuser ». Retirer son consentement demandait cinq clics, relève la décision.",
        "Publivox invoquait son intérêt légitime. La régie dispose de deux mois pour saisir le Conseil d’État, et assure avoir modifié sa politique de confidentialité.",
    ),
    "guide": (
        "Comment refuser les cookies sans perdre une heure",
        "Chaque site vous demande désormais votre accord avant de déposer des cookies sur votre ordinateur. Vous pouvez refuser aussi facilement qu’accepter, rappelle la Cnil, et changer d’avis à tout moment.",
        "Cherchez d’abord le lien « Continuer sans accepter », souvent en haut à droite du bandeau. S’il manque, ouvrez les réglages : les cases de vos préférences doivent être décochées d’office.",
        "Votre navigateur efface aussi les traceurs à la fermeture, si vous le lui demandez. Pensez alors à noter vos mots de passe, prévient l’association de consommateurs Consomag.",
    ),
    "opinion": (
        "Le bandeau ne protège personne",
        "Nous cliquons tous, dix fois par jour, sur « Tout accepter ». Personne ne lit la politique de confidentialité, et nos données personnelles partent chez des partenaires dont nous ignorons le nom.",
        "Le consentement que la loi nous demande n’en est pas un. Nous n’avons ni le temps ni les moyens de juger huit cents finalités avant de lire la météo.",
        "Il faut interdire la publicité ciblée, et rendre aux citoyens leur vie privée. Le reste est une comédie que nous jouons chaque matin.",
    ),
    "amount": (
        "Google fined $170m over cookie banners",
        "Regulators in Dublin fined the search company $170m on Monday for making it harder to reject cookies than to accept them. The company and its partners had tracked users without valid consent, the ruling says.",
        "Users needed five clicks to reject all cookies but one to accept all of them. “We use cookies to improve our services,” the banner read, and nothing more.",
        "The company said it had changed its privacy policy and would appeal. Personal data of nine million people must be erased by June.",
    ),
    "ruling": (
        "Gericht verbietet Cookie-Banner der Wetter-App",
        "Das Landgericht Lindbach hat dem Betreiber einer Wetter-App untersagt, Cookies ohne Einwilligung zu setzen. Die Verbraucherzentrale hatte geklagt, weil personenbezogene Daten an 300 Partner flossen.",
        "„Wir und unsere Partner verarbeiten Ihre Daten“, stand auf dem Banner, ein Knopf zum Ablehnen fehlte. Das verstößt nach Ansicht der Richter gegen die DSGVO.",
        "Ein berechtigtes Interesse liege nicht vor, heißt es im Urteil. Der Betreiber will Berufung einlegen und die Datenschutzerklärung ändern.",
    ),
    "medical": (
        "Le consentement des patients mieux protégé",
        "Un patient pourra retirer son consentement à tout moment, et le médecin devra le noter au dossier. Le texte a été adopté mercredi par 88 voix contre 12.",
        "Les données personnelles de santé resteront en France, et leurs finalités seront contrôlées chaque année. Les partenaires privés des hôpitaux devront signer une charte.",
        "« Vous êtes maître de vos données », a lancé la ministre aux associations de malades. L’Ordre des médecins regrette de ne pas avoir été consulté.",
    ),
}  # fmt: skip


def put(language: str, dialogue: str, place: str, gap: str) -> str:
    head, top, body, tail = ARTICLES[language]
    banner = dialogue.split("\n")
    parts = {
        "first": (banner, head, top, body, tail),
        "above": (head, banner, top, body, tail),
        "within": (head, top, body[:1], banner, body[1:], tail),
        "below": (head, top, body, banner, tail),
        "last": (head, top, body, tail, banner),
    }
    return gap.join(line for part in parts[place] for line in part) + "\n"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ARTICLES)
def test_the_article_is_the_same_with_every_dialogue_at_every_place(language: str, place: str) -> None:
    _, (title, *_), body, _ = ARTICLES[language]
    for name, dialogue in DIALOGUES[language].items():
        if name == "pay_or_accept" and place == "within":  # it fills the whole page
            continue
        for gap in ("\n", "\n\n"):
            stripped = strip_text(put(language, dialogue, place, gap))
            assert stripped.reason is None, name
            assert stripped.text.replace("\n\n", "\n") == "\n".join(body), name
            assert stripped.description.title == title, name


@pytest.mark.parametrize("language", DIALOGUES)
def test_a_dialogue_alone_is_a_consent_wall(language: str) -> None:
    head, *_, tail = ARTICLES.get(language, ARTICLES["en"])
    for name, dialogue in DIALOGUES[language].items():
        if name == "embed":  # the place of a post within an article
            continue
        for raw in (
            dialogue,
            "\n\n".join((*head, *dialogue.split("\n"), *tail)),
            f"Bienvenue sur Le Fil du Val\n{dialogue}",
        ):
            assert strip_text(raw).reason == "consent_wall", name


@pytest.mark.parametrize("name", ABOUT_CONSENT)
def test_an_article_about_consent_is_kept_whole(name: str) -> None:
    title, *body = ABOUT_CONSENT[name]
    head, _, _, tail = ARTICLES["fr"]
    stripped = strip_text("\n\n".join((*head, title, "Par Anouk Delmas", "20 mai 2025", *body, *tail)))
    assert stripped.reason is None
    assert stripped.text == "\n\n".join(body)
    dialogue = DIALOGUES["fr"]["public_service"]
    for raw in ((*head, dialogue, title, "20 mai 2025", *body), (*head, title, "20 mai 2025", *body, *tail, dialogue)):
        again = strip_text("\n\n".join(raw))
        assert again.text == "\n\n".join(body)
        assert all(line.reason != "cookie_banner" for line in again.lines if line.line.strip() == title)


def test_a_wall_with_an_offer_and_a_menu_is_a_consent_wall() -> None:
    for lines in (
        ("Le Courrier des Monts", "Lisez Le Courrier des Monts sans publicité", "Abonnez-vous dès 1 € : tous les articles, le journal dès 22 heures, et l’archive depuis 1987. Sans engagement.", "S’abonner", "Ou acceptez les cookies", "En cliquant sur « Accepter », vous consentez à ce que nous et nos 231 partenaires déposions des traceurs sur votre appareil.", "Accepter et continuer", "Déjà abonné ? Connectez-vous"),
        ("The Fern", "It’s your choice", "We and our 134 partners use cookies to understand how you use our sites and to show you ads that interest you.", "Yes, I’m happy", "Reject and subscribe", "Why is there a choice?", "Producing journalism costs money. If you’d rather not accept cookies you can subscribe for £5 a month.", "Sign in"),
        ("Lindbacher Anzeiger", "Mit Werbung weiterlesen", "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Details finden Sie in unserer Datenschutzerklärung oder im Privacy Center.", "Akzeptieren und weiter", "Werbefrei mit Pur", "Nutzen Sie unser Angebot ohne Werbetracking für 3,99 Euro im Monat.", "Jetzt Pur-Abo abschließen", "Impressum Datenschutz AGB"),
        ("Pour accéder à ce site, vous devez accepter les cookies.", "J’accepte", "Non merci"),
    ):  # fmt: skip
        assert strip_text("\n".join(lines)).reason == "consent_wall", lines[0]
        assert strip_text("\n\n".join(lines)).reason == "consent_wall", lines[0]


def test_an_article_is_not_lost_with_a_banner_on_its_line() -> None:
    banner = DIALOGUES["fr"]["public_service"].replace("\n", " ")
    assert find_dialogues([" ".join((banner, *ARTICLES["fr"][2]))]) == set()
    assert find_dialogues([banner]) == {0}


def test_lines_without_a_dialogue_are_no_dialogue() -> None:
    assert find_dialogues(["Gérer mes cookies", "Fermer", "Accepter la défaite", "Nos partenaires"]) == set()
    assert (
        find_dialogues(["Nos partenaires européens doivent agir, a dit la ministre.", "Accepter la défaite"]) == set()
    )
    assert find_dialogues([]) == set()


def test_a_headline_below_the_buttons_is_not_part_of_the_dialogue() -> None:
    blocks = ["Nous et nos partenaires utilisons des cookies.", "Tout accepter", "Le bac repart", "Gérer mes cookies"]
    assert find_dialogues(blocks) == {0, 1}


@pytest.mark.parametrize(
    "title",
    ["Village shop to close in May", "MPs reject port plan", "Ministers accept ferry deal", "Le port refuse du monde"],
)
def test_a_short_headline_with_the_word_of_a_button_is_not_part_of_the_dialogue(title: str) -> None:
    for name, dialogue in DIALOGUES["en"].items():
        blocks = [*dialogue.split("\n"), title, "By Ann Dalton", ARTICLES["en"][2][0]]
        assert len(blocks) - 3 not in find_dialogues(blocks), name


def test_unknown_words_about_cookies_above_buttons_are_a_dialogue() -> None:
    for dialogue in (
        ("Der Lindbacher Anzeiger und seine 180 Partner möchten Cookies auf Ihrem Gerät auslesen, um passende Werbung zu zeigen.", "Alles ablehnen", "Selbst auswählen", "Alles erlauben"),
        ("El Correo del Valle quiere leer cookies en tu dispositivo para mostrarte anuncios de tu interés.", "Rechazar todo", "Elegir", "Aceptar todo"),
        ("Il Corriere della Valle vorrebbe leggere cookie sul tuo dispositivo per mostrarti annunci pertinenti.", "Rifiuta tutto", "Scegli", "Accetta tutto"),
        ("De Dalbode wil graag cookies uitlezen op uw apparaat om passende advertenties te tonen.", "Alles weigeren", "Zelf instellen", "Alles accepteren"),
        ("Le Journal des Coteaux souhaite lire des cookies sur votre appareil pour afficher des annonces.", "Je refuse tout", "Je configure", "J’accepte tout"),
    ):  # fmt: skip
        blocks = ["Menu", *ARTICLES["fr"][2], *dialogue]
        assert find_dialogues(blocks) == set(range(4, len(blocks))), dialogue
        assert strip_text("\n\n".join(("Le Fil du Val", "Menu", *dialogue))).reason == "consent_wall"


def test_a_dialogue_in_markup_is_taken_out() -> None:
    _, (title, *_), body, _ = ARTICLES["fr"]
    article = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    banner = "".join(f"<p>{line}</p>" for line in DIALOGUES["fr"]["long_purposes"].split("\n"))
    for page in (
        f"<div>{banner}</div><main><h1>{title}</h1>{article}</main>",
        f"<main><h1>{title}</h1>{article}{banner}</main>",
    ):
        stripped = strip_html(f"<html><head><title>{title}</title></head><body>{page}</body></html>")
        assert stripped.text.replace("\n\n", "\n") == "\n".join(body)
    assert strip_html(f"<html><body>{banner}</body></html>").reason == "consent_wall"
