"""The documentation cannot lie: generated pages are current, answers are the warehouse's, commands exist."""

import re

import pytest
from conftest import ROOT

from tools.docs.pages import QUESTION_PAGES, answer_questions, list_undocumented, write_tables


def test_every_table_and_column_has_its_comment_and_the_page_is_current():
    assert list_undocumented() == []
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == write_tables(), "Run `make docs`."


@pytest.mark.parametrize("page", QUESTION_PAGES, ids=lambda page: page.name)
def test_the_answers_in_a_page_are_those_of_the_sample_warehouse(page, published):
    text = page.read_text(encoding="utf-8")
    assert text.count("$ revue query") >= 5
    assert answer_questions(text, published) == text, "Run `make docs`."


def test_the_readme_names_every_command_and_no_other():
    from flows.cli import app

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\brevue ([a-z]+)", text)) - {"turns"}
    commands = {name for name in app if not name.startswith("-")}
    assert named == commands


def test_links_in_the_documentation_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "seeds" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
