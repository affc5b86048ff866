"""The gate as a whole: Great Expectations on a DuckDB file, its results and its Data Docs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from planted import CHECKED_AT, RULED_LANGUAGES, RUN_ID, SOURCES, add_history, build_warehouse, name_document

from expectations.batches import build_batches
from expectations.bounds import THRESHOLDS, Bounds, read_bounds
from expectations.check_table import describe_checks
from expectations.checks import SUITES, read_checks, suite_checks
from expectations.results import CheckResult, read_results
from expectations.validate import validate
from warehouse.errors import RevueError, UsageError
from warehouse.store import TABLES, connect

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> $template & {0} :bound"
DOC = name_document(0, 5)

BROKEN_CHECK = """-- name: spelled_wrong
-- severity: info
-- scope: run
-- sentence: Every titel is there.
-- id: doc_id
select doc_id, titel as detail from documents
"""
HOSTILE_CHECK = f"""-- name: hostile_rows
-- severity: warning
-- scope: run
-- sentence: No page says <u>so</u> or {HOSTILE}.
-- id: doc_id
-- Braces, colons and percent signs mean something to Great Expectations and SQLAlchemy: '{{x}}' :y '%s'
select '<i>' || doc_id as doc_id, '{HOSTILE}' || '{{{{}}}} %s {{x}}' || title::varchar as detail from documents
"""
BROKEN_MEASURE = """-- name: measured_wrong
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Something measurable is small.
-- value: nothing
select source_id, no_such_column as value from documents
"""
NULL_MEASURE = f"""-- name: measured_nothing
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Something is known of every source.
-- value: nothing
select '{HOSTILE}' as source_id, null as value union all select 'known', 4
"""
DOUBLE_MEASURE = """-- name: measured_twice
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Every document is one.
-- value: one
select null as source_id, 1 as value from documents
"""
# One change to a clean warehouse for each check that is an expectation of Great Expectations on a table.
TABLE_FAULTS = {
    "words_plausible": f"update documents set count_words = 7 where doc_id = '{DOC}'",
    "updated_after_published": f"update documents set updated_at = published_at - interval 1 hour where doc_id = '{DOC}'",
    "method_known": f"update documents set published_method = '<s>guessed' where doc_id = '{DOC}'",
    "source_given": f"update documents set source_id = null where doc_id = '{DOC}'",
    "domain_once": f"update sources set domain = '{SOURCES[1]}' where source_id = '{SOURCES[0]}'",
    "country_given": f"update sources set country = null where source_id = '{SOURCES[0]}'",
    "language_given": f"update sources set language = null where source_id = '{SOURCES[0]}'",
    "document_once": "insert into documents by name select * replace ('1' as uri) from documents "
    f"where doc_id = '{name_document(2, 4)}'",
    "record_once": f"update documents set uri = 'page.txt' where doc_id in ('{DOC}', '{name_document(0, 6)}')",
}


@pytest.fixture(scope="module")
def clean_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[CheckResult]]:
    """A clean warehouse, its Data Docs, and the results of the gate."""
    folder = tmp_path_factory.mktemp("presse $HOME #1 été")
    candidate, docs = build_warehouse(folder / "clean.duckdb"), folder / "revue.docs"
    docs.mkdir()
    (docs / "notes.txt").write_text("kept", encoding="utf-8")
    (docs / "validations").mkdir()
    (docs / "validations" / "old.html").write_text("gone", encoding="utf-8")
    before = candidate.read_bytes()
    results = validate(candidate, run_id=RUN_ID, checked_at=CHECKED_AT, ruled_languages=RULED_LANGUAGES, docs=docs)
    assert candidate.read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"clean.duckdb", "revue.docs"}
    return candidate, docs, results


@pytest.fixture(scope="module")
def faulty_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[CheckResult]]:
    """A warehouse with every fault of a table and five bad checks of the user: its Data Docs and its results."""
    folder = tmp_path_factory.mktemp("faulty")
    candidate = build_warehouse(folder / "faulty.duckdb", guarded=False)
    connection = connect(candidate)
    for statement in TABLE_FAULTS.values():
        connection.execute(statement)
    connection.execute(f"update runs set count_quarantined = 6, count_read = count_read + 6 where run_id = '{RUN_ID}'")
    connection.close()
    checks = folder / "revue.checks"
    checks.mkdir()
    for check in (BROKEN_CHECK, HOSTILE_CHECK, BROKEN_MEASURE, NULL_MEASURE, DOUBLE_MEASURE):
        name = check.split("\n")[0].removeprefix("-- name: ")
        (checks / f"{name}.sql").write_text(check, encoding="utf-8")
    (checks / "thresholds.toml").write_text(
        "[users.measured_wrong]\nhigh = 1\n[users.measured_twice]\nhigh = 1\n[users.measured_nothing]\nhigh = 5\n[users.hostile_rows]\nmost = 3\n"
        "[counts.median_words]\nhigh = 90\nreason = 'short news'\n",
        encoding="utf-8",
    )
    docs = folder / "docs"
    return docs, validate(
        candidate,
        run_id=RUN_ID,
        checked_at=CHECKED_AT,
        ruled_languages=RULED_LANGUAGES,
        docs=docs,
        checks_folder=checks,
    )


def find(results: Sequence[CheckResult], name: str, source_id: str = "") -> CheckResult:
    (result,) = [one for one in results if (one.check_name, one.source_id) == (name, source_id)]
    return result


def test_a_clean_warehouse_passes_the_gate(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    candidate, _, results = clean_site
    assert [result for result in results if not result.success] == []
    assert {result.suite for result in results} == set(SUITES)
    assert {result.run_id for result in results} == {RUN_ID}
    assert {result.checked_at for result in results} == {CHECKED_AT}
    keys = [(result.suite, result.check_name, result.source_id) for result in results]
    assert len(keys) == len(set(keys))
    connect(candidate).close()  # no connection holds the file any more


def test_every_declared_check_has_a_result(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    in_sql = {check.name for suite in SUITES for check in suite_checks(suite)}
    names = {result.check_name for result in clean_site[2]}
    assert names == in_sql | set(TABLE_FAULTS) | {"documents_present"}


def test_a_measure_has_a_result_for_every_source(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    measured = [result for result in clean_site[2] if result.check_name == "median_words"]
    assert [result.source_id for result in measured] == sorted(SOURCES)
    assert {(result.value, result.low, result.high) for result in measured} == {(98.0, 60.0, 5000.0)}
    nothing = find(clean_site[2], "quarantined_share")
    assert nothing.success and nothing.value is None
    assert find(clean_site[2], "documents_present").value == 36


def test_every_fault_of_a_table_is_found_with_its_row(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    results = faulty_site[1]
    for name in TABLE_FAULTS:
        assert not find(results, name).success, name
    for name in ("words_plausible", "updated_after_published", "method_known", "source_given"):
        assert (find(results, name).failing_ids, find(results, name).count_unexpected) == ([DOC], 1)
    assert find(results, "country_given").failing_ids == [SOURCES[0]]
    assert sorted(find(results, "domain_once").failing_ids) == sorted(SOURCES[:2])
    assert find(results, "record_once").failing_ids == ["page.txt"]
    assert find(results, "source_given").severity == "critical"
    assert find(results, "country_given").severity == "info"


def test_the_faults_fail_no_other_check(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    failing = {result.check_name for result in faulty_site[1] if result.suite != "users" and not result.success}
    # A document published twice is also one more than the run counted; the run also quarantined more than it should.
    others = {"published_counted", "address_once", "median_words", "quarantined_share", "outcomes_counted"}
    assert failing == {*TABLE_FAULTS, *others}


def test_a_jump_names_its_source_and_what_is_usual_for_it(tmp_path: Path) -> None:
    candidate = add_history(build_warehouse(tmp_path / "past.duckdb", documents_per_source=22))
    with connect(candidate) as connection:
        connection.execute(
            "update lines set kind = 'title' where kind in ('chrome', 'teaser') "
            f"and doc_id in (select doc_id from documents where source_id = '{SOURCES[2]}')"
        )
    results = validate(candidate, run_id=RUN_ID, checked_at=CHECKED_AT, ruled_languages=RULED_LANGUAGES)
    failing = {result.check_name: result for result in results if not result.success}
    assert set(failing) == {"removed_jumped", "lines_removed"}
    jump = failing["removed_jumped"]
    assert jump.sentence == f"{SOURCES[2]}: removed lines 34 % → 0 %"
    assert (jump.value, jump.low, jump.high) == (pytest.approx(-0.34), -0.15, 0.15)
    assert (jump.source_id, jump.failing_ids, jump.severity) == (SOURCES[2], [SOURCES[2]], "warning")
    usual = failing["lines_removed"]
    assert (usual.value, usual.low, usual.high) == (0, pytest.approx(0.306), pytest.approx(0.374))


def test_an_empty_warehouse_is_refused(tmp_path: Path) -> None:
    candidate = build_warehouse(tmp_path / "empty.duckdb")
    connection = connect(candidate)
    for table in TABLES:
        connection.execute(f"delete from {table}")
    connection.close()
    results = validate(candidate, run_id=RUN_ID, checked_at=CHECKED_AT, ruled_languages=RULED_LANGUAGES)
    failing = [result for result in results if not result.success]
    assert [(result.check_name, result.severity, result.value) for result in failing] == [
        ("documents_present", "critical", 0.0)
    ]


def test_a_check_that_cannot_be_evaluated_is_critical(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    for name, column in (
        ("spelled_wrong", "titel"),
        ("measured_wrong", "no_such_column"),
        ("measured_twice", "several values"),
    ):
        result = find(faulty_site[1], name)
        assert (result.success, result.severity, result.suite) == (False, "critical", "users")
        assert "could not be evaluated" in result.sentence and column in result.sentence
        assert "\n" not in result.sentence


def test_the_sentence_of_a_failing_check_gives_the_number_of_failing_rows_and_one_of_them(
    faulty_site: tuple[Path, list[CheckResult]],
) -> None:
    said = {result.check_name: result.sentence for result in faulty_site[1] if result.source_id == ""}
    assert said["words_plausible"].endswith(f"words. Failing: 1, such as {DOC}.")
    assert re.search(r"published twice\. Failing: \d, such as \w+", said["document_once"])
    assert " Failing: 37, such as " in said["hostile_rows"]
    assert all(sign.isprintable() for sentence in said.values() for sign in sentence)
    assert all("Failing" not in result.sentence for result in faulty_site[1] if result.success)


def test_an_expectation_that_was_not_evaluated_is_critical() -> None:
    batches = build_batches(None, read_bounds(THRESHOLDS))
    results = [
        result for batch in batches for result in read_results(batch, [], [], run_id=RUN_ID, checked_at=CHECKED_AT)
    ]
    assert {result.check_name for result in results} >= {"documents_present", "median_words", "text_present"}
    assert {(result.success, result.severity) for result in results} == {(False, "critical")}


def test_a_missing_value_fails_and_a_present_one_is_reported(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    missing = find(faulty_site[1], "measured_nothing", HOSTILE)
    assert (missing.success, missing.value, missing.failing_ids) == (False, None, [HOSTILE])
    known = find(faulty_site[1], "measured_nothing", "known")
    assert (known.success, known.value, known.high) == (True, 4.0, 5.0)


def test_all_failing_rows_are_counted_and_at_most_a_hundred_kept(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    rows = find(faulty_site[1], "hostile_rows")
    assert (rows.value, rows.count_unexpected, rows.high, len(rows.failing_ids)) == (37.0, 37, 3.0, 36)
    assert f"<i>{DOC}" in rows.failing_ids


def test_the_users_thresholds_override(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    assert find(faulty_site[1], "median_words", SOURCES[1]).high == 90
    assert not find(faulty_site[1], "median_words", SOURCES[1]).success


def pages(docs: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in docs.rglob("*.html")}


def test_data_docs_replace_those_of_an_earlier_run(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    docs = clean_site[1]
    assert sorted(path.name for path in docs.iterdir()) == ["expectations", "index.html", "notes.txt", "validations"]
    assert not (docs / "validations" / "old.html").exists()
    assert (docs / "expectations" / "counts.html").is_file()
    assert (docs / "expectations" / "counts" / "median_words.html").is_file()
    assert "No date in a text ends before it starts." in (docs / "expectations" / "dates.html").read_text(
        encoding="utf-8"
    )


def test_a_suite_without_a_page_in_data_docs_is_an_error(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    from expectations.data_docs import SuiteOutcome, _require_pages

    _require_pages(clean_site[1], [SuiteOutcome("counts", ()), SuiteOutcome("broken", (), is_evaluated=False)])
    with pytest.raises(RevueError, match="no Data Docs page for lost"):
        _require_pages(clean_site[1], [SuiteOutcome("counts", ()), SuiteOutcome("lost", ())])


def test_the_index_groups_the_checks_by_suite_and_shows_failing_ones_first(
    faulty_site: tuple[Path, list[CheckResult]],
) -> None:
    index = pages(faulty_site[0])[faulty_site[0] / "index.html"]
    section = index[index.index('<section class="revue-index">') : index.index("</section>")]
    groups = re.findall(
        r"<h2>([^<]*)</h2>\n<p>(\d+) results, (\w+) failed\.</p>\n<table>(.*?)</table>", section, re.DOTALL
    )
    results = faulty_site[1]
    assert sorted(name for name, *_ in groups) == sorted({result.suite for result in results})
    counts = [0 if failed == "none" else int(failed) for _, _, failed, _ in groups]
    assert (
        counts == sorted(counts, reverse=True) and counts[0] > 0 and sum(counts) == sum(not r.success for r in results)
    )
    for (*_, rows), count in zip(groups, counts, strict=True):
        outcomes = re.findall(r'<tr class="(\w+)">', rows)
        assert outcomes and outcomes == sorted(outcomes) and outcomes.count("failed") == count
    said = {escape(result.sentence) for result in results if not result.success}
    assert all(f"<td>{sentence}</td>" in section for sentence in said)


@pytest.mark.parametrize("site", ["clean_site", "faulty_site"])
def test_data_docs_have_relative_links_and_load_nothing_from_elsewhere(
    site: str, request: pytest.FixtureRequest
) -> None:
    docs: Path = next(part for part in request.getfixturevalue(site) if isinstance(part, Path) and part.is_dir())
    for path, markup in pages(docs).items():
        assert "Content-Security-Policy" in markup
        assert "<script" not in markup.lower()
        assert not re.search(r"<[a-z][^<>]*\son[a-z]+\s*=", markup, re.IGNORECASE)
        assert re.findall(r"<(?:link|img|iframe|source|object)\b|url\(|@import", markup.lower()) == []
        for target in re.findall(r'href="([^"#]+)"', markup):
            address = urlsplit(unescape(target))
            if not address.scheme:
                assert (path.parent / unquote(address.path)).resolve().is_file(), f"{target} in {path}"
    linked = {
        unquote(urlsplit(unescape(t)).path) for t in re.findall(r'href="([^"#]+)"', pages(docs)[docs / "index.html"])
    }
    for path in docs.rglob("*.html"):
        assert path.name == "index.html" or path.relative_to(docs).as_posix() in linked


def test_hostile_text_is_escaped_in_data_docs(faulty_site: tuple[Path, list[CheckResult]]) -> None:
    markup = "".join(pages(faulty_site[0]).values())
    for hostile in ("<script>alert(1)", "<img src=x", "<i>", "<u>", "<s>"):
        assert hostile not in markup
    assert "&lt;img src=x onerror=alert(2)&gt;" in markup
    assert "&lt;i&gt;" + DOC in markup and "&lt;s&gt;guessed" in markup
    assert "$template" in unescape(markup)


def write_check(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BROKEN_CHECK.replace("-- severity: info\n", ""), "severity"),
        (BROKEN_CHECK.replace("info", "grave"), "grave"),
        (BROKEN_CHECK.replace("-- id: doc_id\n", ""), "id"),
        (
            BROKEN_CHECK.replace("scope: run", "scope: document").replace("id: doc_id", "id: source_id"),
            "scope document",
        ),
        (BROKEN_MEASURE.replace("scope: run", "scope: document"), "scope document"),
        (BROKEN_CHECK.replace("spelled_wrong", "Spelled wrong"), "snake_case"),
        (BROKEN_CHECK.replace("-- id: doc_id", "-- id: doc_id; drop table documents"), "snake_case"),
        (BROKEN_CHECK.replace("spelled_wrong", "wrong_{table}"), "tables"),
    ],
)
def test_the_error_about_a_wrong_header_names_the_file(tmp_path: Path, text: str, said: str) -> None:
    write_check(tmp_path, "mine.sql", text)
    with pytest.raises(UsageError, match=said) as raised:
        read_checks(tmp_path)
    assert "mine.sql" in str(raised.value)


def test_a_file_for_several_tables_holds_one_check_for_each(tmp_path: Path) -> None:
    text = BROKEN_CHECK.replace("spelled_wrong", "wrong_{table}\n-- tables: dates, figures")
    write_check(tmp_path, "wrong_facts.sql", text.replace("from documents", "from {table}"))
    found = [(check.name, check.table, check.sql.split()[-1]) for check in read_checks(tmp_path)]
    assert found == [("wrong_dates", "dates", "dates"), ("wrong_figures", "figures", "figures")]


def test_two_checks_of_one_name_are_refused(tmp_path: Path) -> None:
    write_check(tmp_path, "one.sql", BROKEN_CHECK)
    write_check(tmp_path, "two.sql", BROKEN_CHECK)
    with pytest.raises(UsageError, match="spelled_wrong"):
        read_checks(tmp_path)


def test_a_folder_that_does_not_exist_has_no_checks(tmp_path: Path) -> None:
    assert read_checks(tmp_path / "nowhere") == []


def test_a_measure_without_bounds_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    write_check(tmp_path, "mine.sql", BROKEN_MEASURE)
    with pytest.raises(UsageError, match="measured_wrong has no bounds"):
        validate(
            tmp_path / "nothing.duckdb",
            run_id=RUN_ID,
            checked_at=CHECKED_AT,
            ruled_languages=RULED_LANGUAGES,
            checks_folder=tmp_path,
        )


@pytest.mark.parametrize(
    "text", ["[counts", "[counts.median_words]\nlowest = 3", "[counts.median_words]\nlow = 'few'", "counts = 3"]
)
def test_the_error_about_unreadable_thresholds_names_the_file(tmp_path: Path, text: str) -> None:
    write_check(tmp_path, "thresholds.toml", text)
    with pytest.raises(UsageError, match=r"thresholds\.toml"):
        read_bounds(tmp_path / "thresholds.toml")


def test_bounds_include_their_ends() -> None:
    assert [Bounds(low=1, high=2).admit(value) for value in (0.9, 1, 2, 2.1)] == [False, True, True, False]
    assert Bounds(low=1).admit(1e9) and Bounds(high=2).admit(-1e9)


def test_every_bound_has_a_reason_and_belongs_to_a_check(clean_site: tuple[Path, Path, list[CheckResult]]) -> None:
    names = {(result.suite, result.check_name) for result in clean_site[2]}
    for key, bounds in read_bounds(THRESHOLDS).items():
        assert bounds.reason.endswith(".")
        assert key in names or key[0] == "history"


def test_the_page_of_all_checks_is_current() -> None:
    page = Path(__file__).parents[1] / "docs" / "quality.md"
    assert page.read_text(encoding="utf-8") == describe_checks(), (
        "docs/quality.md is out of date. Run: python -c 'from pathlib import Path; "
        'from expectations.check_table import write_check_table; write_check_table(Path("docs/quality.md"))\''
    )
