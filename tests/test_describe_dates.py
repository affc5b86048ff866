"""Publication and update chosen on whole pages: labels, teasers, zones, and null where the page prints no date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from describe_pages import BODY, article, described, judge

from tasks.strip.describe.date_candidates import PLACE, date_candidates, find_dates
from tasks.strip.describe.layout import lay_out

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 12 juin 2025 à 10h30",
        "Publié le12/06/2025 à 10:30",
        "Anne Perrin - 12 juin 2025 10:30",
        "12.06.2025 10:30",
        "Par Anne Perrin, le 12/06/2025 à 10h30",
        "Published June 12, 2025 10:30 am",
        "Veröffentlicht am 12.06.2025 um 10:30 Uhr",
    ],
)
def test_the_date_below_the_title_is_that_of_publication(line: str) -> None:
    page = described(article(line))
    assert page.published_on == date(2025, 6, 12)
    assert page.published_at == datetime(2025, 6, 12, 10, 30, tzinfo=PARIS)
    assert (page.published_granularity, page.published_method) == ("minute", "dateline")
    assert page.published_confidence >= 0.5


@pytest.mark.parametrize("line", ["Publié le 12 mars 2093", "12/03/2093 à 10h30", "Par Anne Perrin, le 12 mars 2093"])
def test_a_day_far_ahead_is_the_publication_when_the_page_gives_no_other(line: str) -> None:
    page = described(article(line))
    assert page.published_on == date(2093, 3, 12)
    assert [e.value[:10] for e in page.evidence if e.field == "published" and e.is_chosen] == ["2093-03-12"]


def test_a_day_far_ahead_gives_way_to_the_one_of_the_address() -> None:
    page = described(article("Publié le 12 mars 2093"), url="https://courrier.example/2025/03/12/passerelle")
    assert (page.published_on, page.published_method) == (date(2025, 3, 12), "url")
    assert "2093-03-12" in {e.value for e in page.evidence if e.field == "published" and not e.is_chosen}


def test_a_day_far_ahead_in_the_record_wins_as_every_day_of_the_record() -> None:
    page = described(article("Publié le 12 mars 2025"), given={"date": "2093-03-12"})
    assert (page.published_on, page.published_method) == (date(2093, 3, 12), "record")


def test_a_number_in_an_address_that_looks_like_a_day_far_ahead_is_none() -> None:
    assert described(article(""), url="https://courrier.example/article-20931205").published_on is None


def test_a_day_without_time_has_no_published_at() -> None:
    page = described(article("Publié le 12 juin 2025"))
    assert (page.published_on, page.published_at, page.published_zone) == (date(2025, 6, 12), None, None)
    assert page.published_granularity == "day"


def test_a_label_on_its_own_line_counts_for_the_date_below() -> None:
    assert described(article("Publié le\n12 juin 2025")).published_on == date(2025, 6, 12)


@pytest.mark.parametrize("head", ["", "Publié le", "Publié le\nMis à jour le", "Par Anne Perrin\nPublié le Mis à jour"])
def test_the_date_of_a_page_without_one_is_null(head: str) -> None:
    page = described(article(head))
    assert page.published_on is None
    assert page.published_at is None
    assert (page.published_method, page.published_granularity, page.published_confidence) == ("none", "none", 0.0)


def test_the_dates_of_teasers_are_not_that_of_the_article() -> None:
    teasers = "\n\nÀ lire aussi\nLe moulin de Brèze change de mains\n14 juin 2025\nUne fanfare pour les vendanges\n11 juin 2025\nLe bac repart\n9 juin 2025\n"
    assert described(article("", teasers)).published_on is None
    assert described(article("Publié le 12 juin 2025", teasers)).published_on == date(2025, 6, 12)


def test_the_date_of_a_quoted_post_is_not_that_of_the_article() -> None:
    post = "Le pont tient bon ! — Mairie de Brèze (@mairiebreze) June 11, 2025\n"
    assert described(article("", post)).published_on is None


def test_dates_in_prose_are_not_that_of_the_article() -> None:
    prose = "= Le conseil avait voté le 3 mars 2021 un premier crédit, aussitôt dépensé, puis un second le 17 octobre 2022 pour reprendre la pile centrale du pont.\n"
    assert described(article("", prose)).published_on is None


@pytest.mark.parametrize(
    "dateline", ["BRÈZE, 12 juin 2025 (AFP) –", "Brèze (AFP), le 12 juin 2025 -", "Brèze, le 12/06/2025 —"]
)
def test_a_dateline_opens_the_body(dateline: str) -> None:
    opening = f"= {dateline} Le bac repart lundi, a annoncé la préfecture, après une semaine d'arrêt causé par les hautes eaux.\n"
    assert described("Le bac de Brèze repart lundi matin\n" + opening + BODY).published_on == date(2025, 6, 12)


def test_a_copyright_year_is_not_a_date() -> None:
    assert described(article("", "\n© 2024 Le Courrier du Val. Tous droits réservés.\n")).published_on is None


def test_an_update_is_not_the_publication() -> None:
    page = described(article("Publié le 12 juin 2025 à 10h30, mis à jour le 13 juin 2025 à 08h15"))
    assert page.published_at == datetime(2025, 6, 12, 10, 30, tzinfo=PARIS)
    assert page.updated_at == datetime(2025, 6, 13, 8, 15, tzinfo=PARIS)


def test_an_update_of_the_same_day_may_be_a_time_alone() -> None:
    page = described(article("Publié le 12/06/2025 à 10:30, mis à jour à 21:05"))
    assert page.updated_at == datetime(2025, 6, 12, 21, 5, tzinfo=PARIS)


def test_an_update_before_the_publication_is_null() -> None:
    page = described(article("Publié le 12 juin 2025 à 10h30, mis à jour le 2 juin 2025 à 08h15"))
    assert page.published_on == date(2025, 6, 12)
    assert page.updated_at is None
    assert described(article("Publié le 12/06/2025 à 10:30, mis à jour à 09:05")).updated_at is None


@pytest.mark.parametrize("line", ["Mis à jour le 12 juin 2025 à 10h30", "Akt.: 12. Juni 2025 - 10.30 Uhr"])
def test_a_page_with_an_update_alone_has_no_publication(line: str) -> None:
    page = described(article(f"Par Anne Perrin\n{line}"))
    assert page.published_on is None
    assert page.updated_at == datetime(2025, 6, 12, 10, 30, tzinfo=PARIS)


def test_an_update_without_time_is_evidence_and_updated_at_is_null() -> None:
    page = described(article("Publié le 10 juin 2025\nMis à jour le 12 juin 2025"))
    assert (page.published_on, page.updated_at) == (date(2025, 6, 10), None)
    assert [one.value for one in page.evidence if one.field == "updated" and one.is_chosen] == ["2025-06-12"]


def test_of_two_days_in_a_row_without_labels_the_second_is_the_update() -> None:
    page = described(article("Par Anne Perrin 12 juin 2025 13 juin 2025"))
    assert page.published_on == date(2025, 6, 12)
    assert [one.value for one in page.evidence if one.field == "updated"] == ["2025-06-13"]


def test_the_first_date_below_the_title_wins_over_the_one_in_the_header() -> None:
    page = described("samedi 14 juin 2025\n" + article("Par Anne Perrin\n12 juin 2025"))
    assert page.published_on == date(2025, 6, 12)


@pytest.mark.parametrize(("zone", "day"), [("CET", date(2026, 1, 6)), ("EST", date(2026, 6, 1))])
def test_the_zone_of_an_english_date_decides_its_order(zone: str, day: date) -> None:
    head = f"Home\nSports\nThe old footbridge opens again\nBy Ann Perrin\nPublished on 06/01/2026 - 13:55 {zone}\n"
    assert described(head + BODY, given={"language": "en"}).published_on == day


def test_a_time_without_zone_is_in_the_zone_of_the_source() -> None:
    page = described(article("Publié le 12 juin 2025 à 10h30"), url="https://www.soleil.example/passerelle")
    assert page.published_zone == "source"
    assert page.published_at == datetime(2025, 6, 12, 6, 30, tzinfo=UTC)
    assert page.published_on == date(2025, 6, 12)


def test_a_printed_zone_wins_and_the_day_stays_as_printed() -> None:
    page = described(article("Publié le 12 juin 2025 à 00:30 UTC+4"), url="https://courrier.example/a")
    assert page.published_zone == "given"
    assert page.published_at is not None
    assert page.published_at.astimezone(PARIS).date() == date(2025, 6, 11)
    assert page.published_on == date(2025, 6, 12)


@pytest.mark.parametrize(("day", "hours"), [("12 janvier 2025", 1), ("12 juillet 2025", 2)])
def test_summer_time_is_applied(day: str, hours: int) -> None:
    page = described(article(f"Publié le {day} à 10h30"))
    assert page.published_zone == "default"
    assert page.published_at is not None
    assert page.published_at.utcoffset() == timedelta(hours=hours)


def test_american_pages_print_the_month_first() -> None:
    english = BODY.replace(
        "= La passerelle",
        "= The footbridge by the old tannery will open to everyone at the end of this month, the town says. La passerelle",
    )
    head = "Home\nSports\nThe old footbridge opens again\nBy Ann Perrin\nPublished 05/06/2025 10:30 am\n"
    page = described(head + english, url="https://herald.example/bridge", given={"language": "en"})
    assert page.published_on == date(2025, 5, 6)
    page = described(head + english, url="https://courrier.example/bridge", given={"language": "en"})
    assert page.published_on == date(2025, 6, 5)


def test_an_ambiguous_english_date_is_null() -> None:
    head = "Home\nSports\nThe old footbridge opens again\nBy Ann Perrin\nPublished 05/06/2025 10:30 am\n"
    assert described(head + BODY, given={"language": "en"}).published_on is None


def test_the_address_gives_the_day() -> None:
    page = described(article(""), url="https://courrier.example/2025/06/12/passerelle")
    assert (page.published_on, page.published_method) == (date(2025, 6, 12), "url")
    assert described(article(""), url="https://courrier.example/passerelle-120620259").published_on is None


def test_the_date_of_the_record_wins() -> None:
    page = described(article("Publié le 12 juin 2025 à 10h30"), given={"date": "2025-06-10T08:00:00+02:00"})
    assert (page.published_on, page.published_method, page.published_confidence) == (date(2025, 6, 10), "record", 1.0)
    assert page.published_at == datetime(2025, 6, 10, 6, tzinfo=UTC)


def test_the_day_is_inferred_from_the_text_of_the_article() -> None:
    said = "= Le préfet a inauguré l'ouvrage ce dimanche 15 juin à midi, comme annoncé, en présence des riverains et des deux maires.\n"
    page = described(article("", said + "\n© 2025 Le Courrier du Val\n"))
    assert (page.published_on, page.published_method) == (date(2025, 6, 15), "inferred")
    assert page.published_confidence < 0.6
    assert (
        described(article("", said + "\n© 2024 Le Courrier du Val\n")).published_on is None
    )  # in 2024 the 15th was a Saturday
    assert described(article("", said)).published_on is None  # no year anywhere


@pytest.mark.parametrize(
    ("sentence", "is_inferred"),
    [
        (
            "Les sirènes de la vallée ont sonné ce dimanche 15 juin, pour la première fois depuis les travaux du pont.",
            True,
        ),
        (
            "Le bac passera sous le pont demain. Les sirènes ont sonné ce dimanche 15 juin, comme tous les ans à midi.",
            True,
        ),
        (
            "Les sirènes de la vallée ne pourront pas sonner ce dimanche 15 juin, pourtant le troisième du mois de juin.",
            False,
        ),
        (
            "Le pont des Tanneurs rouvrira ce dimanche 15 juin, après deux hivers de travaux payés par la commune.",
            False,
        ),
        (
            "Ce dimanche 15 juin, les riverains auront de nouveau un passage pour aller au marché de la rue basse.",
            False,
        ),
        (
            "Rendez-vous est donné aux riverains dès ce dimanche 15 juin, devant le pont, par les deux maires de la vallée.",
            False,
        ),
        (
            "Les deux maires de la vallée sont réunis ce dimanche 15 juin à partir de 15h, devant le pont des Tanneurs.",
            True,
        ),
        (
            "The bridge of the tanners will open this Sunday 15 June, after two winters of works paid for by the town.",
            False,
        ),
    ],
)
def test_a_day_that_the_text_puts_in_the_future_is_not_that_of_publication(sentence: str, is_inferred: bool) -> None:
    page = described(article("", f"= {sentence}\n\n© 2025 Le Courrier du Val\n"))
    assert (page.published_on == date(2025, 6, 15)) is is_inferred


@pytest.mark.parametrize("field", ["Genre", "Édition", "Nombre de pages"])
def test_the_date_of_a_data_sheet_cut_into_lines_is_that_of_the_book(field: str) -> None:
    sheet = f"{field} :\nDivergences\nDate de parution :\n2 octobre 2025\n"
    assert described(article("28 octobre 2025", sheet)).published_on == date(2025, 10, 28)
    assert described(article("", "Date de parution :\n2 octobre 2025\n")).published_on == date(2025, 10, 2)


def test_a_month_may_be_all_a_page_prints() -> None:
    page = described(article("Juin 2025"))
    assert (page.published_on, page.published_granularity) == (date(2025, 6, 1), "month")


def test_evidence_has_the_position_of_a_date() -> None:
    text = article("Publié le 12 juin 2025 à 10h30")
    raw, _ = judge(text)
    (chosen,) = [one for one in described(text).evidence if one.field == "published" and one.is_chosen]
    assert chosen.line_no == 5
    assert chosen.raw_start is not None and chosen.raw_end is not None
    assert raw[chosen.raw_start : chosen.raw_end] == "12 juin 2025 à 10h30"


MENU = "".join(f"{name}\n" for name in ("Région", "Météo", "Emploi", "Loisirs", "Agenda", "Annonces", "Abonnés"))


@pytest.mark.parametrize(
    "page",
    [
        "jeudi 12 juin 2025\n" + MENU + article(""),  # the day of reading, in the head of the site
        article("Audio 03:07 Min. | 12.06.2025 | Radio du Val"),
        article("La passerelle des Tanneurs, jeudi 12 juin 2025. (AP Photo/Anne Perrin)"),
        article("").replace("après deux hivers de travaux", "le 12 juin 2025, après deux hivers"),
    ],
    ids=["head", "recording", "picture", "title"],
)
def test_the_date_of_something_else_is_not_that_of_the_article(page: str) -> None:
    assert described(page).published_on is None


def test_a_note_after_a_date_makes_it_an_update() -> None:
    page = described(article("12 juin 2025 (mis à jour)"))
    assert page.published_on is None
    assert [one.value for one in page.evidence if one.field == "updated"] == ["2025-06-12"]


@pytest.mark.parametrize(
    "event",
    [
        "Samedi 21 juin 2025, de 18 heures à minuit\nPlace de l'Hôtel-de-Ville",
        "Samedi 21 juin 2025 à partir de 20h30",
        "21 juin 2025, 18h-23h",
        "Dimanche 21 juin 2025 – 14h/18h",
        "Date : 21 juin 2025 à 14h\nLieu : Brèze",
        "Le 21 juin 2025 à 18h - 23h",
        "Du 21 au 23 juin 2025",
        "Du 20 juin 2025 au 21 juin 2025",
        "Les 21 et 22 juin 2025",
        "Samedi 21 juin 2025\nSalle des fêtes de Brèze, entrée libre",
        "Jusqu'au 21 juin 2025",
        "Date limite : 21 juin 2025",
        "Sortie le 21 juin 2025",
        "21. Juni 2025, von 18 bis 23 Uhr\nEintritt frei",
        "June 21, 2025, from 7 pm",
        "863 habitants au 21 juin 2025",
    ],
)
def test_the_date_of_an_event_is_not_that_of_the_article(event: str) -> None:
    assert described(article(event)).published_on is None
    with_label = described(article(event, "\nPublié le 2 juin 2025 par Anne Perrin\nSignaler une erreur\n"))
    assert with_label.published_on == date(2025, 6, 2)


@pytest.mark.parametrize(
    "line",
    [
        "12 juin 2025 - 3 min de lecture",
        "12h30 - 12 juin 2025",
        "Le 12 juin 2025 à 10h30 - Temps de lecture : 2 min",
        "Vallée et plateau, le 12 juin 2025",
        "Samedi 12 juin 2025\nÉdition abonnés",
        "12 juin 2025 de Anne Perrin",
        "12 juin 2025 | Mise en ligne à 12h02 | 85 commentaires",
        "© Le Courrier du Val - jeudi 12 juin 2025 - 11:30",
        "Publié\nle\n12 juin 2025",
        "Anne Perrin 12/06/202512/06/2025 8 min",
    ],
)
def test_a_date_that_looks_like_that_of_an_event_is_the_publication(line: str) -> None:
    assert described(article(line)).published_on == date(2025, 6, 12)


def test_a_label_in_the_article_wins_over_a_date_without_one() -> None:
    recording = "Les travaux du pont / Le journal / 2 min. / le 9 juin 2025"
    page = described(article(recording, "\nPublié le 12 juin 2025 à 06h42 Modifié le 13 juin 2025 à 07h03\n"))
    assert page.published_on == date(2025, 6, 12)
    assert page.updated_at == datetime(2025, 6, 13, 7, 3, tzinfo=PARIS)


def test_the_label_of_a_related_article_is_not_that_of_the_article() -> None:
    related = "\nÀ lire aussi\nLe moulin de Brèze change de mains\nPublié le 3 mars 2025\n"
    for line in ("Par Anne Perrin, le 12 juin 2025", "12 juin 2025", "Le 12 juin 2025 à 10h30"):
        assert described(article(line, related)).published_on == date(2025, 6, 12)


@pytest.mark.parametrize(
    "related",
    [
        "Sur le même sujet\nLe moulin de Brèze change de mains\n3 mars 2025",
        "À lire aussi : Le moulin de Brèze change de mains (3 mars 2025)",
        "3 mars 2025 - Le moulin de Brèze change de mains\n4 mars 2025 - Une fanfare pour les vendanges du val",
        "Lire aussi\nLe moulin de Brèze change de mains\nPublié le 3 mars 2025",
    ],
)
def test_the_date_of_a_related_article_is_not_that_of_an_undated_one(related: str) -> None:
    assert described(article("", f"\n{related}\n")).published_on is None
    assert described(article("", f"\nPublié le 12 juin 2025\n{related}\n")).published_on == date(2025, 6, 12)


@pytest.mark.parametrize(
    "comments",
    [
        "3 commentaires\nZoé Lam dit :\n13 juin 2025 à 10h02\nMerci !\nMax a écrit :\n14 juin 2025 à 11h12\nBien vu.",
        "Commentaires (2)\nZoé Lam\n13 juin 2025 à 10h02\nMerci !\nMax\n14 juin 2025 à 11h12\nBien vu.",
        "Ann Lamb says:\nJune 13, 2025 at 10:02 am\nThanks!",
    ],
)
def test_the_date_of_a_comment_is_not_that_of_the_article(comments: str) -> None:
    assert described(article("", f"\n{comments}\n")).published_on is None
    assert described(article("12 juin 2025", f"\n{comments}\n")).published_on == date(2025, 6, 12)


def test_an_update_printed_before_the_publication_is_read_as_such() -> None:
    for lines in (
        "Mis à jour le 14 juin 2025 à 10h05\nPublié le 12 juin 2025 à 21h47",
        "Modifié le 14/06/2025 à 10:05 | Publié le 12/06/2025 à 21:47",
        "Aktualisiert: 14.06.2025, 10:05 Uhr\nVeröffentlicht: 12.06.2025, 21:47 Uhr",
    ):
        page = described(article(lines))
        assert page.published_at == datetime(2025, 6, 12, 21, 47, tzinfo=PARIS)
        assert page.updated_at == datetime(2025, 6, 14, 10, 5, tzinfo=PARIS)


def test_a_line_of_thousands_of_dates_gives_few_candidates() -> None:
    page = described(article("Publié le 12 juin 2025\n" + "12/06/2025" * 3000))
    assert page.published_on == date(2025, 6, 12)
    assert sum(1 for one in page.evidence if one.field == "published") < 20


def test_the_date_of_a_book_is_not_that_of_its_review() -> None:
    sheet = "Éditeur : Les Rives\nDate de parution : 2 octobre 2024\nPrix : 19 euros"
    assert described(article(f"Par Anne Perrin\n12 juin 2025\n{sheet}")).published_on == date(2025, 6, 12)
    assert described(article(sheet)).published_on is None


def test_the_day_of_reading_at_the_top_of_a_page_is_not_that_of_the_article() -> None:
    menu = "Accueil\nSports\nCulture\nSociété\nMétéo\nAnnonces\nAbonnés\n"
    assert described("14 juin 2025\n" + menu + article("")).published_on is None
    assert described("14 juin 2025\n" + menu + article("12 juin 2025")).published_on == date(2025, 6, 12)


def test_dates_alike_well_below_the_article_are_a_list() -> None:
    service = "Service\nPartager\nImprimer\nAbonnement\nContact\n"
    dates = ("19 mars 2024", "5 mars 2024", "4 mars 2024")
    listed = "".join(f"M. Roy/Photo\n{day}\nBac en panne\n" for day in dates)
    assert described(article("", f"{service}{listed}")).published_on is None
    layout = lay_out(judge(article("", f"{service}{listed}"))[1])
    assert {c.label for c in date_candidates(layout, find_dates(layout), 3)} == {"other"}
    layout = lay_out(judge(article("", "Partager\n19 mars 2024\nBac en panne\n"))[1])
    assert {c.label for c in date_candidates(layout, find_dates(layout), 3)} == {"none"}


def test_the_date_below_the_title_is_no_part_of_a_list_of_others() -> None:
    """Also where the layout takes a text above the title for the body."""
    intro = BODY + "Service\nPartager\nImprimer\nAbonnement\nContact\n"
    listed = "".join(f"{day}\nBac en panne\n" for day in ("19 mars 2024", "5 mars 2024", "4 mars 2024"))
    layout = lay_out(
        judge(f"{intro}Le bac repart sur la rive gauche de la Brèze\nAnne Perrin\n12 juin 2025\n{listed}")[1]
    )
    title = next(i for i, line in enumerate(layout.lines) if line.text.startswith("Le bac"))
    labels = {c.printed.day: c.label for c in date_candidates(layout, find_dates(layout), title)}
    assert labels[date(2024, 3, 4)] == "other"
    assert labels[date(2025, 6, 12)] == "none"


def test_a_row_of_capitals_is_no_place_and_is_soon_read():
    assert PLACE.fullmatch("A" * 400 + "\x00") is None  # with backtracking between the words, a minute
    assert PLACE.fullmatch("SAINT-AUBRY, Port (AFP), le ") is not None
