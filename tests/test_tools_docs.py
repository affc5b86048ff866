"""The documentation is checked: generated pages are current, answers are the program's, commands, options, files and links exist."""

import re
import shlex
from itertools import takewhile

import pytest
from conftest import ROOT

from tools.docs.notebook import read_cells, write_notebook
from tools.docs.pages import EXAMPLES, QUESTION_PAGES, answer_page, list_undocumented, write_tables
from tools.docs.site import gather, list_pages

# decisions.md and CHANGELOG.md describe the past; tables.md describes columns
CURRENT_PAGES = [
    ROOT / page for page in list_pages() if page.name not in ("decisions.md", "CHANGELOG.md", "tables.md", "quality.md")
]
BLOCK = re.compile(r"^ *```[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def list_commands(text: str) -> list[list[str]]:
    """The command lines of a page, in blocks and between backticks, from the name of the program to a comment, pipe or end."""
    lines = [line.strip().removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines()]
    lines += SPAN.findall(BLOCK.sub("", text))
    found = []
    for line in lines:
        # `REVUE query "…"` spans lines or has quotes that shlex cannot split when it is cut: only its options matter
        match = re.match(r"(?:\.venv/bin/)?(revue|make|prefect) (.*)", line)
        if match is None:
            continue
        try:
            words = shlex.split(match[2], comments=True)
        except ValueError:
            words = match[2].split()
        found.append([match[1], *takewhile(lambda word: word not in ("|", "&&", ">"), words)])
    return found


def list_make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def explain_mistake(words: list[str]) -> str:
    """What is wrong with a command line; empty for one that the program has."""
    program, *rest = words
    if program == "make":
        targets = [word for word in rest if re.fullmatch(r"[a-z-]+", word)][:1]
        return "" if set(targets) <= list_make_targets() else f"make has no target {targets}"
    if program == "prefect":
        from prefect.cli._app import _app as app

        rest = [word for word in rest if word != "--no-prompt"]  # an option of the program itself
    else:
        from flows.cli.commands import app
    for number, word in enumerate(rest):
        if word not in app:
            if list(app) and not app.default_command:
                return f"{program} has no command {word}"
            options = {word.split("=")[0] for word in rest[number:] if word.startswith("--")}
            known = {name for argument in app.assemble_argument_collection() for name in argument.names}
            unknown = options - known - {"--help", "--version"}
            return f"{program} {' '.join(rest[:number])} has no {sorted(unknown)}" if unknown else ""
        app = app[word]
    return ""


def test_every_table_and_column_has_its_comment_and_the_page_is_current():
    assert list_undocumented() == []
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == write_tables(), "Run `make docs`."


@pytest.mark.parametrize("page", QUESTION_PAGES, ids=lambda page: page.name)
def test_the_answers_in_a_page_are_those_of_the_sample_warehouse(page, published):
    text = page.read_text(encoding="utf-8")
    assert text.count("$ revue ") >= 5
    assert answer_page(text, published) == text, "Run `make docs`."


@pytest.mark.parametrize("page", CURRENT_PAGES, ids=lambda page: page.name)
def test_the_commands_and_options_that_a_page_names_exist(page):
    commands = list_commands(page.read_text(encoding="utf-8"))
    assert [mistake for words in commands if (mistake := explain_mistake(words))] == []


def test_commands_are_found_in_blocks_and_in_sentences():
    text = 'See `revue nope` or `make run`.\n\n```console\n$ revue query "select 1" --csv  # a comment\n 1\n```\n'
    commands = list_commands(text)
    assert commands == [["revue", "query", "select 1", "--csv"], ["revue", "nope"], ["make", "run"]]
    assert [explain_mistake(words) for words in commands] == ["", "revue has no command nope", ""]
    assert explain_mistake(["revue", "rejected", "--nope=1"]) == "revue rejected has no ['--nope']"
    assert explain_mistake(["make", "nope"]) and explain_mistake(["prefect", "deployment", "nope"])
    assert explain_mistake(["prefect", "deploy", "--nope"]) == "prefect deploy has no ['--nope']"


def test_the_readme_names_every_command_and_no_other():
    from flows.cli.commands import app

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\brevue ([a-z]+)", text)) - {"turns"}
    commands = {name for name in app if not name.startswith("-")}
    assert named == commands


@pytest.mark.parametrize(
    "page",
    # the files that these two name are those that a reader creates
    [page for page in CURRENT_PAGES if page.name not in ("adding-a-fact.md", "adding-a-language.md")],
    ids=lambda page: page.name,
)
def test_the_files_and_modules_that_a_page_names_exist(page):
    text = page.read_text(encoding="utf-8")
    paths = re.findall(
        r"(?<![\w.*/-])((?:flows|tasks|expectations|warehouse|tests|tools|benchmarks|seeds|docs)/[\w./-]*\w)", text
    )
    modules = re.findall(r"python -m ((?:tools|benchmarks)\.[\w.]+)", text)
    wanted = [path for path in paths if not re.search("[A-Z]{3}", path)] + [
        module.replace(".", "/") + ".py" for module in modules
    ]
    assert [path for path in wanted if not list(ROOT.glob(f"{path}*"))] == []


def test_links_in_the_documentation_lead_somewhere():
    for path in list_pages():
        page = ROOT / path
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_pages_of_the_site_are_those_of_the_repository(tmp_path):
    gather(tmp_path)
    found = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.md")}
    assert found == set(list_pages()) and len(found) > 15
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [path for path in found if f": {path.as_posix()}\n" not in nav] == []
    assert (tmp_path / "docs" / "examples" / "corpus.ipynb").is_file()


@pytest.mark.parametrize("script", sorted(EXAMPLES.glob("*.py")), ids=lambda script: script.name)
def test_the_cells_of_a_script_run_and_its_notebook_is_current(script, published_copy, monkeypatch, capsys):
    text = script.read_text(encoding="utf-8")
    assert script.with_suffix(".ipynb").read_text(encoding="utf-8") == write_notebook(text), "Run `make docs`."
    monkeypatch.chdir(published_copy)
    (published_copy / "seeds").symlink_to(ROOT / "seeds")
    namespace: dict[str, object] = {"__name__": "__main__"}
    codes = [source for kind, source in read_cells(text) if kind == "code"]
    for source in codes:
        exec(compile(source, script.name, "exec"), namespace)
    said = capsys.readouterr().out
    assert len(codes) > 3 and "True" in said and "Port-Aubry LOC" in said
