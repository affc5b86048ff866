"""What the markup adds: JSON-LD, meta tags, microdata and headings, whole or broken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from describe_pages import BODY, SOURCES, article, judge
from lxml.html import document_fromstring

from tasks.strip.describe import describe
from tasks.strip.describe.candidate_model import bucket, weigh, weights
from tasks.strip.describe.claims import Claim, rank_choices
from warehouse.rows import Description

JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Une autre page", "datePublished": "2020-01-01"}]},
  {"@type": ["NewsArticle"], "headline": "Le pont des Tanneurs rouvre", "datePublished": "2025-06-12T08:30:00Z", "dateModified": "2025-06-12T19:05:00Z",
   "author": [{"@type": "Person", "name": "Anne Perrin"}, {"@type": "Person", "name": "Luc Morel"}],
   "publisher": {"@type": "Organization", "name": "Le Courrier du Val"}}]}</script>"""


def read(head: str, text: str, body: str = "", **known: object) -> Description:
    _, lines = judge(text)
    tree = document_fromstring(f"<html lang='fr'><head>{head}</head><body>{body}<p>corps</p></body></html>")
    return describe(lines, sources=SOURCES, tree=tree, **known)  # type: ignore[arg-type]


def test_json_ld_of_the_article_is_read_and_that_of_lists_is_not() -> None:
    page = read(JSON_LD, article(""))
    assert page.published_on == date(2025, 6, 12)
    assert page.published_at == datetime(2025, 6, 12, 8, 30, tzinfo=UTC)
    assert page.updated_at == datetime(2025, 6, 12, 19, 5, tzinfo=UTC)
    assert (page.published_method, page.published_zone) == ("metadata", "given")
    assert page.authors == ("Anne Perrin", "Luc Morel")
    assert page.source_name == "Le Courrier du Val"


def test_broken_json_ld_still_gives_its_date() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-06-12", "headline": "Le "pont" rouvre",}</script>'
    assert read(broken, article("")).published_on == date(2025, 6, 12)
    assert read('<script type="application/ld+json">{"@type": </script>', article("")).published_on is None


def test_meta_tags_are_read() -> None:
    head = (
        '<meta property="article:published_time" content="2025-06-12T10:30:00+02:00"><meta property="og:site_name" content="La Feuille">'
        '<meta property="og:title" content="Le pont de Brèze rouvre | La Feuille"><meta name="author" content="Par Anne Perrin">'
        '<link rel="canonical" href="https://feuille.example/pont">'
    )
    page = read(
        head,
        "= Un seul paragraphe de texte, assez long pour que la page ait un corps et que rien d'autre ne soit dit.\n",
        "<h1>Le pont de Brèze rouvre</h1>",
    )
    assert page.title == "Le pont de Brèze rouvre"
    assert page.published_at == datetime(2025, 6, 12, 8, 30, tzinfo=UTC)
    assert (page.authors, page.source_name) == (("Anne Perrin",), "La Feuille")
    assert (page.url, page.source_domain) == ("https://feuille.example/pont", "feuille.example")


def test_midnight_means_a_day_without_time() -> None:
    page = read('<meta property="article:published_time" content="2025-06-12T00:00:00+02:00">', article(""))
    assert (page.published_on, page.published_at, page.published_granularity) == (date(2025, 6, 12), None, "day")


def test_one_time_of_many_teasers_is_not_enough() -> None:
    times = "".join(f"<time datetime='2025-06-{day}'>{day} juin</time>" for day in (10, 11, 12, 13))
    assert read("", article(""), times).published_on is None


def test_placeholder_authors_are_not_authors() -> None:
    assert read('<meta name="author" content="No Author">', article("")).authors == ()


def test_a_credit_line_wins_over_many_linked_names() -> None:
    links = "".join(f"<a rel='author'>{name}</a>" for name in ("Zoé Lam", "Max Roth", "Eva Stern", "Tom Vidal"))
    assert read("", article("Par Anne Perrin\nPublié le 12 juin 2025"), links).authors == ("Anne Perrin",)


def test_agreeing_methods_have_a_higher_confidence_than_either() -> None:
    claims = [
        Claim("title", "A", "heading", 0.6),
        Claim("title", "A", "json_ld", 0.5),
        Claim("title", "B", "meta_tag", 0.7),
    ]
    ranked = rank_choices(claims, lambda claim: claim.value)
    assert [choice.best.value for choice in ranked] == ["A", "B"]
    assert ranked[0].confidence == pytest.approx(0.8)


def test_probabilities_of_candidates_sum_to_less_than_one() -> None:
    chances = weigh("published", [{"label=published", "has_time"}, {"in_prose", "seen>=4"}])
    assert chances[0] > chances[1]
    assert sum(chances) < 1
    assert weigh("published", []) == []


def test_probabilities_do_not_depend_on_the_order_of_features() -> None:
    features = sorted(weights("title"))
    assert len({tuple(weigh("title", [features[cut:] + features[:cut]])) for cut in range(len(features))}) == 1


def test_numbers_become_named_features() -> None:
    assert bucket("words", 7, (3, 8)) == "words<8"
    assert bucket("words", 8, (3, 8)) == "words>=8"


EVE = '<meta property="article:published_time" content="2025-06-11T{time}">'


@pytest.mark.parametrize(
    ("time", "at"),
    [("19:00:00+00:00", None), ("23:30:00+00:00", datetime(2025, 6, 11, 23, 30, tzinfo=UTC))],
)
def test_the_day_is_the_one_the_page_prints(time: str, at: datetime | None) -> None:
    page = read(EVE.format(time=time), article("Par Anne Perrin\n12 juin 2025"))
    assert (page.published_on, page.published_at) == (date(2025, 6, 12), at)  # the time counts if it falls on that day


@pytest.mark.parametrize(
    ("declared", "printed", "on", "at"),
    [
        ("2025-03-01T23:30:00Z", "2 mars 2025 à 00h30", date(2025, 3, 2), datetime(2025, 3, 1, 23, 30, tzinfo=UTC)),
        ("2025-07-01T22:30:00Z", "2 juillet 2025 à 00h30", date(2025, 7, 2), datetime(2025, 7, 1, 22, 30, tzinfo=UTC)),
        ("2025-03-02T02:30:00Z", "1er mars 2025 à 22h30", date(2025, 3, 1), datetime(2025, 3, 1, 21, 30, tzinfo=UTC)),
        ("2025-03-02T00:30:00+01:00", "2 mars 2025", date(2025, 3, 2), datetime(2025, 3, 1, 23, 30, tzinfo=UTC)),
        ("2025-03-01T23:30:00Z", "", date(2025, 3, 1), datetime(2025, 3, 1, 23, 30, tzinfo=UTC)),
        ("2025-03-02T00:30:00+02:00", "", date(2025, 3, 2), datetime(2025, 3, 1, 22, 30, tzinfo=UTC)),
    ],
)
def test_the_day_is_never_moved_by_a_zone(declared: str, printed: str, on: date, at: datetime) -> None:
    head = f'<meta property="article:published_time" content="{declared}">'
    page = read(head, article(f"Par Anne Perrin\n{printed}"))
    assert (page.published_on, page.published_at) == (on, at)


@pytest.mark.parametrize("methods", [("json", "meta"), ("meta", "json")])
def test_of_one_moment_declared_twice_the_local_day_is_that_of_publication(methods: tuple[str, str]) -> None:
    markup = {
        "json": '<script type="application/ld+json">{{"@type": "Article", "headline": "A", "datePublished": "{}"}}</script>',
        "meta": '<meta property="article:published_time" content="{}">',
    }
    times = ("2025-03-01T23:30:00Z", "2025-03-02T00:30:00+01:00")
    head = "".join(markup[method].format(time) for method, time in zip(methods, times, strict=True))
    page = read(head, article("Par Anne Perrin"))
    assert (page.published_on, page.published_at) == (date(2025, 3, 2), datetime(2025, 3, 1, 23, 30, tzinfo=UTC))
    assert [e.value[:10] for e in page.evidence if e.field == "published" and e.is_chosen] == ["2025-03-02"]


@pytest.mark.parametrize("zone", ["+99:00", "-99:99", "+25", "Z+", "UTC+99", "+14:00", "+02:75"])
def test_a_zone_that_does_not_exist_leaves_the_day(zone: str) -> None:
    page = read(f'<meta property="article:published_time" content="2025-06-12T10:30:00{zone}">', article(""))
    assert page.published_on == date(2025, 6, 12)


def test_the_day_of_reading_in_a_header_is_not_the_date() -> None:
    page = read(JSON_LD.replace("06-12", "06-11"), "jeudi 12 juin 2025\n" + article("Par Anne Perrin"))
    assert page.published_on == date(2025, 6, 11)


def test_the_day_of_a_declared_update_is_not_that_of_publication() -> None:
    head = (
        '<meta property="article:published_time" content="2024-12-30T19:34:00+00:00">'
        '<meta property="article:modified_time" content="2025-06-02T08:00:00+00:00">'
    )
    page = read(head, article("Par Anne Perrin\n2 juin 2025"))
    assert page.published_on == date(2024, 12, 30)
    assert page.updated_at == datetime(2025, 6, 2, 8, tzinfo=UTC)


def test_a_declared_agency_is_not_an_author() -> None:
    page = read('<meta name="author" content="AFP">', article("Publié le 12 juin 2025"))
    assert (page.authors, page.agency) == ((), "AFP")
    page = read(
        '<meta name="author" content="AFP"><meta name="author" content="Claire Lestrade">',
        article("Publié le 12 juin 2025"),
    )
    assert (page.authors, page.agency) == (("Claire Lestrade",), "AFP")


def test_one_value_is_chosen_for_each_field() -> None:
    head = JSON_LD.replace("Le pont des Tanneurs rouvre", "Brèze : le pont des Tanneurs rouvre") + (
        '<meta property="og:site_name" content="courrier du val"><meta name="author" content="ANNE PERRIN">'
    )
    shown = "Brèze – le pont des Tanneurs rouvre\nPar Anne Perrin\nPublié le 12 juin 2025"
    text = f"Accueil\nSports\n{shown}\n{BODY}© 2025 Le Courrier du Val\n"
    page = read(head, text, "<h1>Brèze, le pont des Tanneurs rouvre</h1>")
    chosen: dict[str, set[str]] = {}
    for one in page.evidence:
        if one.is_chosen and one.field != "author":
            chosen.setdefault(one.field, set()).add(one.value)
    assert {field: len(values) for field, values in chosen.items()} == dict.fromkeys(chosen, 1)
    assert chosen["title"] == {page.title} == {"Brèze – le pont des Tanneurs rouvre"}
    lines = {one.line_no for one in page.evidence if one.is_chosen and one.field in ("title", "published", "author")}
    assert lines >= {3, 4, 5}  # the places where the page shows them stay marked, so that they are no part of the text
    assert {one.value for one in page.evidence if one.is_chosen and one.field == "author"} == set(page.authors)


def test_the_publisher_is_an_author_only_where_no_person_signs() -> None:
    site = '<meta property="og:site_name" content="Radio du Val">'
    names = '<meta name="author" content="Radio du Val"><meta name="author" content="Claire Lestrade">'
    assert read(site + names, article("Publié le 12 juin 2025")).authors == ("Claire Lestrade",)
    assert read(site + names[:45], article("Publié le 12 juin 2025")).authors == ("Radio du Val",)
