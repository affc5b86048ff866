"""What is kept of a plain-text page, what is removed, and the reason given for each."""

from __future__ import annotations

import pytest

from tasks.page.lines import line_key
from tasks.strip import strip, strip_text
from warehouse.rows import Line, Page, Record

TITLE = "La passerelle des Tanneurs rouvrira avec six mois d’avance"
BODY = (
    "La passerelle des Tanneurs, fermée depuis l’incendie de novembre, rouvrira aux piétons le 12 juin, a annoncé mardi la communauté d’agglomération. "
    "Les travaux devaient durer jusqu’à la fin de l’année, mais l’entreprise retenue a travaillé de nuit pendant tout l’hiver.",
    "Le chantier aura coûté 3,2 millions d’euros, dont un tiers à la charge du département. « Nous avons tenu le budget et gagné six mois », "
    "a déclaré Solène Maubert, la vice-présidente chargée des mobilités, lors d’une visite avec les riverains.",
    "Les cyclistes devront patienter encore un peu. La rampe nord, plus abîmée que prévu, ne sera pas terminée avant septembre, "
    "et un itinéraire de remplacement restera fléché par le quai des Mégissiers.",
    "Les commerçants de la rue basse, qui disent avoir perdu jusqu’à 40 % de leur clientèle, attendent des compensations. "
    "Une commission doit examiner leurs dossiers le 3 juillet, selon la chambre de commerce.",
    "Une seconde passerelle, plus en aval, reste à l’étude. Son tracé dépendra d’une enquête publique que la préfecture promet pour l’automne prochain.",
)
HEAD = (
    "Aller au contenu principal",
    "Menu",
    "Accueil",
    "Politique",
    "Sports",
    "Culture",
    "Se connecter",
    "S’abonner",
    "Rechercher",
)
TAIL = (
    "Partager cet article", "Facebook", "Twitter", "Sur le même sujet",
    "Le tramway de la rive gauche change de tracé, les riverains s’inquiètent",
    "À Corbières, un moulin du XVIIe siècle retrouve sa roue grâce à des bénévoles",
    "Les plus lus", "Météo : retour des orages ce week-end", "Un chalutier s’échoue sans faire de blessé",
    "Mentions légales", "Politique de confidentialité", "© 2025 Le Fil du Val. Tous droits réservés.",
)  # fmt: skip
BYLINE = ("Par Anouk Delmas", "Publié le 20 mai 2025 à 09h12")


def page(*body: str, head: tuple[str, ...] = HEAD, tail: tuple[str, ...] = TAIL, gap: str = "\n\n") -> str:
    return gap.join((*head, TITLE, *BYLINE, *body, *tail)) + "\n"


def line_of(stripped: Page, beginning: str) -> Line:
    return next(line for line in stripped.lines if line.line.strip().startswith(beginning))


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n   \n\n"])
def test_exactly_the_body_is_kept(gap: str) -> None:
    stripped = strip_text(page(*BODY, gap=gap))
    assert stripped.reason is None
    assert stripped.text.split("\n\n" if gap != "\n" else "\n") == list(BODY)
    assert "".join(line.line for line in stripped.lines) == page(*BODY, gap=gap)


def test_every_line_has_a_reason_and_a_probability() -> None:
    stripped = strip_text(page(*BODY))
    assert all(line.reason == line.reason.lower() and line.reason.replace("_", "").isalpha() for line in stripped.lines)
    assert all(0 <= line.score <= 1 for line in stripped.lines)
    assert line_of(stripped, "La passerelle des Tanneurs, fermée").reason == "prose"
    assert line_of(stripped, "Partager").reason == "share_line"
    assert line_of(stripped, "Mentions").reason == "legal"
    assert line_of(stripped, "Se connecter").reason == "menu"
    assert {line.kind for line in stripped.lines if not line.line.strip()} == {"blank"}


def test_title_byline_and_dateline_are_not_in_the_text() -> None:
    stripped = strip_text(page(*BODY))
    assert stripped.title == TITLE
    assert line_of(stripped, TITLE).kind == "title"
    assert line_of(stripped, BYLINE[0]).kind == "byline"
    assert line_of(stripped, BYLINE[1]).kind == "dateline"
    assert TITLE not in stripped.text


def test_teasers_after_the_article_are_removed_though_they_are_prose() -> None:
    ledes = (
        "Sur le même sujet",
        "Transports",
        "Le tramway de la rive gauche change de tracé",
        "La métropole a présenté lundi une variante qui évite le cimetière. Les riverains de la rue des Forges, eux, n’ont pas été consultés et le font savoir.",
        "Il y a 3 heures",
        "Patrimoine",
        "Un moulin retrouve sa roue",
        "Quarante bénévoles ont travaillé trois étés pour remettre en eau le bief de Corbières. La première farine sortira des meules à la rentrée prochaine.",
        "Hier à 18h02",
    )
    stripped = strip_text(page(*BODY, tail=(*ledes, *TAIL)))
    assert stripped.text == "\n\n".join(BODY)
    assert line_of(stripped, "Quarante bénévoles").kind == "teaser"


def test_readers_comments_and_their_form_are_removed() -> None:
    comments = (
        "3 commentaires",
        "Gégé du 12e - il y a 2 heures",
        "Franchement on attendait ça depuis des mois, mais je ne comprends pas pourquoi les vélos passent encore après tout le monde, comme d’habitude !!",
        "Répondre",
        "Signaler",
        "Mireille V. - il y a 5 heures",
        "Moi je passe par le pont vieux et je n’ai jamais eu de problème, il faut arrêter de râler pour tout et pour rien dans cette ville.",
        "Répondre",
        "Signaler",
        "Laisser un commentaire",
        "Votre adresse de messagerie ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Nom", "E-mail", "Publier le commentaire",
    )  # fmt: skip
    stripped = strip_text(page(*BODY, tail=(*comments, *TAIL)))
    assert stripped.text == "\n\n".join(BODY)
    assert line_of(stripped, "Franchement").kind == "comment"
    assert line_of(stripped, "Votre adresse").reason == "comment"


def test_a_link_to_another_article_inside_the_body_is_removed() -> None:
    stripped = strip_text(
        page(*BODY[:2], "À lire aussi : Incendie de la passerelle, ce que l’on sait", "Publicité", *BODY[2:])
    )
    assert stripped.text == "\n\n".join(BODY)
    assert line_of(stripped, "À lire aussi").reason == "related_article"
    assert line_of(stripped, "Publicité").reason == "advert"


def test_subheadings_lists_and_quotes_of_the_body_are_kept() -> None:
    points = (
        "- le tablier a été remplacé sur toute sa longueur ;",
        "- les garde-corps montent à 1,40 mètre ;",
        "- l’éclairage s’éteindra à minuit.",
    )
    quote = "« On nous avait promis Noël, on aura l’été, et personne ne s’en plaindra. »"
    stripped = strip_text(
        page(
            BODY[0],
            BODY[1],
            "Ce qui a changé",
            BODY[2],
            "Trois points ont été revus :",
            *points,
            BODY[3],
            quote,
            BODY[4],
        )
    )
    assert line_of(stripped, "Ce qui a changé").kind == "heading"
    assert all(point in stripped.text for point in points)
    assert line_of(stripped, points[0]).reason == "list_item"
    assert line_of(stripped, quote).reason == "quote"
    assert line_of(stripped, quote).is_kept


def test_a_quoted_post_in_another_language_is_kept_as_an_embed() -> None:
    post = (
        "Great news for everyone who walks to work in this town: the bridge will be open again this summer.",
        "Thank you to the crews who were there every night. — Agglo du Val (@agglo_du_val) May 20, 2025",
    )
    stripped = strip_text(page(BODY[0], BODY[1], *post, *BODY[2:]))
    for line in post:
        assert line_of(stripped, line).kind == "embed"
        assert line in stripped.text


def test_a_sentence_cut_by_links_is_joined() -> None:
    pieces = (
        "La passerelle des Tanneurs, fermée depuis",
        "l’incendie de novembre",
        ", rouvrira aux piétons le 12 juin, a annoncé mardi la",
        "communauté d’agglomération",
        ". Les travaux devaient durer jusqu’à la fin de l’année, mais l’entreprise",
        "Bâti-Val",
        "a travaillé de nuit pendant tout l’hiver.",
    )
    stripped = strip_text(page(*pieces, *BODY[1:], gap="\n"))
    assert (
        "La passerelle des Tanneurs, fermée depuis l’incendie de novembre, rouvrira aux piétons le 12 juin, a annoncé mardi la communauté "
        "d’agglomération. Les travaux devaient durer jusqu’à la fin de l’année, mais l’entreprise Bâti-Val a travaillé de nuit pendant tout l’hiver."
    ) in stripped.text
    assert "".join(line.line for line in stripped.lines) == page(*pieces, *BODY[1:], gap="\n")


def test_a_page_in_one_line_is_cut_at_its_sentences() -> None:
    stripped = strip_text(
        " ".join(
            (
                *BODY,
                "Notre site utilise des cookies pour mesurer son audience.",
                "Tous droits réservés. Reproduction interdite.",
            )
        )
    )
    assert "utilise des cookies" not in stripped.text
    assert "Reproduction interdite" not in stripped.text
    assert all(paragraph in stripped.text for paragraph in BODY)


def test_lines_repeated_in_a_third_of_a_sources_pages_are_removed() -> None:
    shared = "Le Fil du Val est un journal associatif que ses lecteurs financent depuis plus de vingt ans sans publicité ni subvention."
    raw = page(BODY[0], BODY[1], shared, *BODY[2:])
    record = Record(doc_id="", uri="", record_no=1, kind="text", content=raw)
    stripped = strip(record, repeated={line_key(shared): 0.8, line_key(BODY[1]): 0.02})
    assert line_of(stripped, shared).reason == "repeated_in_source"
    assert stripped.text == "\n\n".join(BODY)
    assert shared in strip(record, repeated={line_key(shared): 0.1}).text


def test_a_page_cut_by_a_paywall_is_kept_as_truncated() -> None:
    wall = (
        "Il vous reste 71 % de cet article à lire.",
        "La suite est réservée aux abonnés.",
        "Déjà abonné ? Se connecter",
    )
    stripped = strip_text(page(*BODY[:3], tail=(*wall, *TAIL)))
    assert stripped.is_truncated
    assert stripped.reason is None
    assert stripped.text == "\n\n".join(BODY[:3])
    assert not strip_text(page(*BODY)).is_truncated


def test_a_clean_record_keeps_every_line_and_is_never_too_short() -> None:
    raw = "Menu du jour.\n\nPartager\n"
    stripped = strip(Record(doc_id="", uri="", record_no=1, kind="text", content=raw, is_clean=True))
    assert stripped.reason is None
    assert stripped.text == "Menu du jour.\n\nPartager"
    assert [line.reason for line in stripped.lines if line.is_kept] == ["given_clean", "given_clean"]


def test_memory_grows_with_the_lines_of_a_page_and_no_faster() -> None:
    import tracemalloc

    peaks = []
    strip_text("\n".join(BODY))  # what is loaded once is loaded
    for count in (3_000, 6_000):
        page = "\n".join(f"{BODY[0]}{number}" if number % 3 else "Partager cet article" for number in range(count))
        tracemalloc.start()
        strip_text(page)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.4 * peaks[0]
    assert peaks[1] < 6_000 * 8_000  # bytes: 200,000 such lines stay under the gigabyte with room for what is loaded


@pytest.mark.parametrize("unchanged", [5, 2])
def test_a_page_of_which_the_source_has_copies_is_not_removed_as_repeated(unchanged: int) -> None:
    shared = "Chaque semaine, la rédaction choisit pour vous les histoires de la vallée qui méritent le détour."
    again = dict.fromkeys(map(line_key, (*HEAD, *TAIL, shared, *BODY[:unchanged])), 0.8)
    record = Record(doc_id="", uri="a.txt", record_no=1, kind="text", content=page(*BODY, tail=(shared, *TAIL)))
    stripped = strip(record, repeated=again)
    assert [line for line in BODY if line not in stripped.text] == []
    assert line_of(stripped, "Les plus lus").reason == "repeated_in_source"
