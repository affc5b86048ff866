"""The report page in headless Chromium: it renders, its filters work, it loads nothing, and hostile text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import BROWSER, Chromium
from planted import RUN_ID, SOURCES, TOWNS, add_history, build_warehouse, name_document

from tasks.report.page import write_page
from warehouse.store import connect

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="needs Chromium: apt-get install chromium"),
]
HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = add_history(build_warehouse(tmp_path_factory.mktemp("browser") / "revue.duckdb"))
    with connect(path) as connection:
        connection.execute("update documents set title = ? where doc_id = ?", [HOSTILE, name_document(0, 0)])
        connection.execute("update sources set name = ? where source_id = ?", [HOSTILE, SOURCES[1]])
        connection.execute("update entities set name = ? where label = 'PER'", [HOSTILE])
        connection.execute("update documents set authors = ['Ada Auteur'] where doc_id = ?", [name_document(0, 1)])
        connection.execute("update quotes set surface = surface || ' ' || left(doc_id, 6)")  # no copies of one another
    target = path.with_suffix(".report.html")
    write_page(path, target, RUN_ID)
    return target


@pytest.fixture(scope="module")
def browser():
    with Chromium() as started:
        yield started


def count_shown(browser: Chromium, section: str) -> int:
    return browser.run(f"[...document.querySelectorAll('#{section} tbody tr')].filter((row) => !row.hidden).length")


def test_it_renders_without_a_message_or_a_request_and_hostile_text_stays_text(report, browser):
    browser.messages.clear()
    browser.requests.clear()
    browser.open(report)
    assert browser.run("document.querySelectorAll('.chart svg path').length") > 3
    assert browser.messages == []
    assert {url for url in browser.requests if not url.startswith(("about:", "data:"))} == {report.resolve().as_uri()}
    assert browser.run("document.title") == "revue: revue.duckdb"
    assert browser.run("document.querySelectorAll('img').length") == 0
    assert HOSTILE in browser.run("document.querySelector('#documents').textContent")


def test_filters_leave_the_rows_of_the_chosen_documents_and_count_again(report, browser):
    browser.open(report)
    assert count_shown(browser, "documents") == 36
    browser.run(
        "{const box = document.getElementById('by-source'); box.selectedIndex = 1; box.dispatchEvent(new Event('input'))}"
    )
    assert count_shown(browser, "documents") == 12
    assert browser.run("document.getElementById('matched').textContent") == "12 of 36 articles"
    assert browser.run("document.querySelector('#people .counted').textContent") == "12"
    browser.run(
        "{const box = document.getElementById('from'); box.value = '2025-05-30'; box.dispatchEvent(new Event('input'))}"
    )
    assert count_shown(browser, "documents") == 2
    browser.run("document.getElementById('clear').click()")
    assert count_shown(browser, "documents") == 36
    browser.run(
        f"{{const box = document.getElementById('by-name'); box.value = '{TOWNS[2].lower()}'; box.dispatchEvent(new Event('input'))}}"
    )
    assert count_shown(browser, "documents") == 12
    assert browser.run("document.querySelector('#quotes .counted').textContent") == "12"
    folded = "[...document.querySelectorAll('#quotes details')].map((one) => [one.open, one.firstChild.hidden])"
    assert browser.run(folded) == [[True, True]]
    shown = "[...document.querySelectorAll('#quotes li')].filter((one) => !one.hidden).length"
    assert 0 < browser.run(shown) < browser.run("document.querySelectorAll('#quotes li').length")


def test_a_section_of_which_the_filters_leave_nothing_says_so(report, browser):
    browser.open(report)
    notes = (
        "[...document.querySelectorAll('.none')].filter((one) => one.offsetHeight).map((one) => one.parentElement.id)"
    )
    assert browser.run(notes) == []
    browser.run(
        "{const box = document.getElementById('by-name'); box.value = 'no such name'; box.dispatchEvent(new Event('input'))}"
    )
    none = {"timeline", "documents", "people", "places", "who", "pairs", "quotes", "sources"}
    assert none <= set(browser.run(notes)) <= none | {"disagreements"}
    assert browser.run("document.querySelector('#people table').offsetHeight") == 0
    browser.run("document.getElementById('clear').click()")
    assert browser.run(notes) == [] and browser.run("document.querySelector('#people table').offsetHeight") > 0


def test_a_source_and_an_author_lead_to_their_articles(report, browser):
    browser.open(report)
    author = browser.run(
        "{const link = document.querySelector('#documents a[data-filter=\"by-name\"]'); link.click(); link.textContent}"
    )
    assert author == browser.run("document.getElementById('by-name').value") == "Ada Auteur"
    assert count_shown(browser, "documents") == 1 and browser.run("location.hash") == "#documents"
    browser.open(report, fragment="#d3", charts=False)
    source = "document.querySelector('#d3 a[data-filter=\"by-source\"]')"
    assert browser.run(f"{source}.offsetHeight") > 0
    browser.run(f"{source}.click()")
    browser.wait("document.querySelector('main').offsetWidth && document.querySelectorAll('.chart svg').length === 3")
    assert browser.run("document.getElementById('by-name').value") == "" and count_shown(browser, "documents") == 12
    assert browser.run("document.getElementById('by-source').value") == browser.run(f"{source}.textContent")
    assert browser.run("document.querySelector('.chart svg').getBoundingClientRect().width") > 100


def test_a_tapped_mark_says_what_it_is(report, browser):
    browser.open(report, fragment="#d3", width=400, charts=False)
    about = "document.querySelector('.about-mark')"
    assert browser.run(f"{about}.hidden")
    mark = "document.querySelector('#d3 .raw .k-mention')"
    x, y = browser.run(
        f"{mark}.scrollIntoView({{block: 'center'}}); (({{x, y}}) => [x + 3, y + 5])({mark}.getBoundingClientRect())"
    )
    browser.send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
    browser.send("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=1)
    assert browser.run(f"{about}.innerText") == browser.run(f"{mark}.title") != ""
    assert browser.run(f"{about}.getBoundingClientRect().bottom <= innerHeight + 1 && {about}.offsetHeight > 0")
    browser.run("document.querySelector('#d3 h2').click()")
    assert browser.run(f"{about}.hidden")


def test_a_column_sorts_both_ways_from_the_keyboard(report, browser):
    browser.open(report)
    days = "[...document.querySelectorAll('#documents tbody tr')].map((row) => row.cells[0].textContent)"
    browser.run("document.querySelector('#documents th button').focus()")
    for order in ("ascending", "descending"):
        for kind in ("keyDown", "keyUp"):
            browser.send(
                "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
            )
        assert browser.run("document.querySelector('#documents th').getAttribute('aria-sort')") == order
        found = browser.run(days)
        assert found == sorted(found, reverse=order == "descending") and len(set(found)) > 1


def test_every_title_name_and_quote_leads_to_its_place(report, browser):
    browser.open(report)
    lost = (
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((link) => link.getAttribute('href').slice(1))"
        ".filter((id) => !document.getElementById(id))"
    )
    assert browser.run(lost) == []
    for section in ("documents", "people", "places", "quotes", "timeline", "pairs", "who"):
        assert browser.run(f"document.querySelectorAll('#{section} tbody a[href^=\"#d\"]').length") > 0
    browser.run("document.querySelector('#quotes tbody td:nth-child(2) a').click()")
    browser.wait("document.querySelector('.reading .found')")
    assert not browser.run("document.querySelector('main').offsetWidth")
    assert browser.run("[...document.querySelectorAll('.found')].map((one) => one.textContent).join('')").startswith(
        "« Nous avons"
    )
    box = browser.run("(({top, bottom}) => [top, bottom])(document.querySelector('.found').getBoundingClientRect())")
    assert 0 <= box[0] < box[1] <= 900
    for kind in ("keyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", type=kind, key="Escape", code="Escape", windowsVirtualKeyCode=27)
    browser.wait("document.querySelector('main').offsetWidth")


@pytest.mark.parametrize("fragment", ["", "#d3"])
def test_nothing_overflows_on_a_phone(report, browser, fragment):
    browser.open(report, fragment=fragment, width=400, charts=not fragment)
    assert browser.run("document.documentElement.scrollWidth") <= 400
    browser.run("scrollTo(500, 0)")
    assert browser.run("scrollX") == 0


def read_color(browser: Chromium, element: str, what: str) -> list[int]:
    return browser.run(
        f"getComputedStyle(document.querySelector('{element}')).{what}.match(/\\d+/g).slice(0, 3).map(Number)"
    )


def test_dark_mode_is_dark_and_print_is_light_without_what_is_for_the_screen(report, browser):
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.send("Emulation.setEmulatedMedia", features=dark)
    browser.open(report)
    assert max(read_color(browser, "body", "backgroundColor")) < 60
    assert min(read_color(browser, "body", "color")) > 180
    assert min(read_color(browser, ".chart text", "fill")) > 180
    browser.send("Emulation.setEmulatedMedia", media="print", features=dark)
    assert min(read_color(browser, "body", "backgroundColor")) > 240
    assert max(read_color(browser, ".chart text", "fill")) < 60
    assert (
        browser.run("document.querySelector('#filters').offsetHeight + document.querySelector('nav').offsetHeight") == 0
    )
    browser.send("Emulation.setEmulatedMedia", media="", features=[])


def test_reading_views_in_files_of_their_own_mark_the_fact(report, browser, tmp_path):
    target = tmp_path / "revue.report.html"
    write_page(report.with_name("revue.duckdb"), target, RUN_ID, most_embedded=0)
    browser.messages.clear()
    browser.open(target)
    browser.run("document.querySelector('#quotes tbody td:nth-child(2) a').click()")
    browser.wait("location.href.includes('revue.report/') && document.querySelector('.found')")
    assert browser.run("document.querySelector('.found').textContent").startswith("« Nous avons")
    assert browser.run("document.querySelector('.back').href") == target.resolve().as_uri()
    assert browser.messages == []


def test_a_page_of_a_thousand_documents_opens(browser, tmp_path):
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=334)
    target = path.with_suffix(".report.html")
    write_page(path, target, RUN_ID)
    browser.messages.clear()
    browser.open(target)
    assert count_shown(browser, "documents") == 1002
    browser.run("document.querySelector('#documents .show-all').click()")
    assert browser.run("document.querySelectorAll('#documents tbody tr.more').length") == 0
    href = browser.run("document.querySelector('#documents tbody a').getAttribute('href')")
    assert (tmp_path / href).is_file()
    assert browser.messages == []
