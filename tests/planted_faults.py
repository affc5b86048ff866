"""Changes to the planted warehouse: faults, each with the checks that must then fail, and changes that must fail none."""

from __future__ import annotations

from planted import EARLIER_RUN_ID, RUN_ID, SOURCES, name_document

DOC, OTHER = name_document(0, 5), name_document(1, 6)
NOWHERE = "f" * 32
FACTS = ("sentences", "mentions", "dates", "figures", "quotes", "roles")


def on_doc(table: str, change: str, where: str = "true") -> str:
    return f"update {table} set {change} where doc_id = '{DOC}' and {where}"


def on_run(change: str, run_id: str = RUN_ID) -> str:
    return f"update runs set {change} where run_id = '{run_id}'"


def copy_row(table: str, changes: str) -> str:
    """Repeat the first row of a fact table for one document, with columns replaced."""
    number = f"{table.removesuffix('s')}_no"
    return (
        f"insert into {table} by name select * replace ({changes}) from {table} "
        f"where doc_id = '{DOC}' order by {number} limit 1"
    )


def quarantine(count: int) -> list[str]:
    return [
        on_run(f"count_quarantined = {count}, count_read = count_read + {count}"),
        "insert into rejections select 'page-' || n || '.txt', 1, null, null, 'quarantined', 'screen', 'text_present', "
        f"'', 1, '1', '{RUN_ID}', now(), now() from range({count}) as numbers(n)",
    ]


def reject_as(reason: str, count: int) -> list[str]:
    return [
        on_run(f"count_rejected = count_rejected + {count}, count_read = count_read + {count}"),
        f"insert into rejections select 'page-' || n || '.txt', 1, null, null, 'rejected', 'extract', '{reason}', "
        f"'', 1, '1', '{RUN_ID}', now(), now() from range({count}) as numbers(n)",
    ]


def span(table: str) -> str:
    """A fact of the table over the last two kept lines of a page, the removed one between them in its raw text."""
    number = f"{table.removesuffix('s')}_no"
    return (
        f"insert into {table} by name select * replace (9 as {number}, 2 as sentence_no, "
        "(select start_char from sentences where doc_id = '{0}' and sentence_no = 2) as start_char, "
        "(select end_char from sentences where doc_id = '{0}' and sentence_no = 3) as end_char, "
        "(select raw_start from sentences where doc_id = '{0}' and sentence_no = 2) as raw_start, "
        "(select raw_end from sentences where doc_id = '{0}' and sentence_no = 3) as raw_end, "
        "(select substr(text, s.start_char + 1) from documents join sentences as s using (doc_id) "
        "where doc_id = '{0}' and sentence_no = 2) as surface) "
        f"from {table} where doc_id = '{{0}}' order by {number} limit 1"
    ).format(DOC)


def documents_of(source_id: str) -> str:
    return f"select doc_id from documents where source_id = '{source_id}'"


def share_stories(source_no: int, count: int) -> str:
    """Let twice `count` articles of a source, from its third on, be near copies of each other, two by two."""
    stories = [sorted(name_document(source_no, number) for number in (no, no + 1)) for no in range(2, 2 + 2 * count, 2)]
    cases = " ".join(f"when doc_id in ('{one}', '{other}') then '{one}'" for one, other in stories)
    return f"update documents set story_id = case {cases} else story_id end"


def forget(moment: str) -> str:
    return (
        "insert into forgotten by name select repeat('f', 32) as doc_id, 'oubli.txt' as uri, 'retracted' as because, "
        f"'odile' as forgotten_by, {moment} as forgotten_at from runs where run_id = '{RUN_ID}'"
    )


def contradict(doc_id: str, other: str, no: int = 0) -> list[str]:
    """Let two documents of two sources name three entities in common and count the same thing differently."""
    return [
        f"insert into entities values {', '.join(f'($$PER-t{no}-{n}$$, $$Témoin$$, $$PER$$, [], 2, 2)' for n in range(3))}",
        f"insert into entity_names values {', '.join(f'($$PER-t{no}-{n}$$, $$Témoin$$, 2)' for n in range(3))}",
        f"insert into mentions by name select mentions.* replace (20 + n as mention_no, 'PER-t{no}-' || n as entity_id) "
        f"from mentions, range(3) as numbers(n) where doc_id in ('{doc_id}', '{other}') and mention_no = 1",
        f"update figures set question = 'count_votes', aspect = 'commune {no}', subject_entity_id = null "
        f"where doc_id in ('{doc_id}', '{other}')",
        f"update figures set value = 600 where doc_id = '{other}'",
    ]


def published(day: str, method: str = "dateline", witnesses: int = 1) -> list[str]:
    return [
        on_doc("documents", f"published_on = '{day}', published_at = '{day} 06:30:00Z', published_method = '{method}'"),
        on_doc("evidence", f"value = '{day}T06:30:00+00:00'", "field = 'published'"),
        on_doc("dates", "is_relative = false, anchor = null"),
        *(
            f"insert into evidence by name select * replace ({2 + no} as evidence_no, false as is_chosen) from evidence "
            f"where doc_id = '{DOC}' and evidence_no = 1"
            for no in range(1, witnesses)
        ),
    ]


# Changes to a clean warehouse, and the checks that then fail. Where two do, the change makes two faults: a page without
# its lines has no positions for its facts either.
FAULTS: dict[str, tuple[list[str], set[str]]] = {
    "a record unaccounted for": ([on_run("count_read = count_read + 1")], {"accounting"}),
    "a negative count": ([on_run("count_unchanged = -1, count_rejected = 1"), "insert into rejections by name select "
        f"'p.txt' as uri, 1 as record_no, 'rejected' as outcome, '{RUN_ID}' as run_id"], {"accounting"}),
    "a document lost": ([on_run("count_published = count_published + 1, count_read = count_read + 1")], {"published_counted"}),
    "a document more than the run counted": (
        [on_run("count_published = count_published - 1, count_read = count_read - 1", EARLIER_RUN_ID)],
        {"published_counted"},
    ),
    "a rejection not recorded": ([on_run("count_rejected = 1, count_read = count_read + 1")], {"outcomes_counted"}),
    "a quarantine not recorded": ([on_run("count_quarantined = 1, count_read = count_read + 1")], {"outcomes_counted"}),
    "no words": ([on_doc("documents", "count_words = 0")], {"text_present"}),
    **{
        f"{table} moved in the text": ([on_doc(table, "start_char = start_char + 1, end_char = end_char + 1")], {"surfaces_in_text"})
        for table in FACTS[1:]
    },
    "a sentence cut short": ([on_doc("sentences", "end_char = end_char - 1")], {"surfaces_in_text"}),
    "a surface of no length": ([on_doc("dates", "end_char = start_char, surface = ''")], {"surfaces_in_text", "surfaces_in_source"}),
    "a surface before the text": ([on_doc("figures", "start_char = -5")], {"surfaces_in_text", "facts_have_sentences"}),
    **{
        f"{table} moved in the page": ([on_doc(table, "raw_start = raw_start + 1, raw_end = raw_end + 1")], {"surfaces_in_source"})
        for table in FACTS
    },
    "a name on a removed line": (
        [on_doc("mentions", "raw_start = raw_start - 1000, raw_end = raw_end - 1000", "mention_no = 1")],
        {"surfaces_in_source"},
    ),
    "a name over a removed line": ([span("mentions"), on_doc("mentions", "is_demonym = true", "mention_no = 9")], {"surfaces_in_source"}),
    "a quote over lines, altered": ([span("quotes"), on_doc("quotes", "raw_end = raw_end - 4", "quote_no = 9")], {"surfaces_in_source"}),
    "a word of a line lost": ([on_doc("lines", "line = replace(line, e'  \\n', e'x \\n')", "is_kept")], {"text_from_lines"}),
    "a line's place lost": (
        [on_doc("lines", "text_start = text_end", "line_no = 7")], {"text_from_lines"},
    ),
    "words from elsewhere at the end": ([on_doc("documents", "text = text || ' Fin.'")], {"text_from_lines"}),
    "words from elsewhere between": ([on_doc("documents", "text = replace(text, e'\\n«', '#«')")], {"text_from_lines"}),
    "a line missing": ([f"delete from lines where doc_id = '{DOC}' and line_no = 3"], {"lines_contiguous"}),
    "the first line missing": ([f"delete from lines where doc_id = '{DOC}' and line_no = 1"], {"lines_contiguous"}),
    "lines numbered with a gap": ([on_doc("lines", "line_no = 8", "line_no = 7")], {"lines_contiguous"}),
    "a line that starts after the end of the one before": (
        [on_doc("lines", "raw_start = raw_start + 1, raw_end = raw_end + 1", "kind = 'teaser'")], {"lines_contiguous"},
    ),
    "a line longer than its positions": ([on_doc("lines", "line = line || ' '", "kind = 'title'")], {"lines_contiguous"}),
    "few names": ([f"update documents set count_words = 400 where source_id = '{SOURCES[0]}'"], {"mentions_per_1000_words"}),
    "short articles": ([f"update documents set count_words = 55 where source_id = '{SOURCES[0]}'"], {"median_words"}),
    "pages nearly all chrome": (
        ["insert into lines select doc_id, 8, max(raw_end), max(raw_end) + 20000, repeat('x', 20000), null, null, "
         "'chrome', false, 'menu', 0 from lines semi join documents using (doc_id) group by doc_id"],
        {"share_removed"},
    ),
    "a run quarantined": (quarantine(5), {"quarantined_share"}),
    "three documents with an internal error": (reject_as("internal_error", 3), {"internal_errors_share"}),
    "published in two days": (published("2025-06-04"), {"not_in_future"}),
    "published in 1970": (published("1970-01-01"), {"not_before_1990"}),
    "a day without a method": ([on_doc("documents", "published_method = 'none'")], {"method_agrees"}),
    "a day without granularity": ([on_doc("documents", "published_granularity = 'none', published_at = null, published_zone = null")],
        {"granularity_agrees"}),
    "a time to the day": ([on_doc("documents", "published_granularity = 'day'")], {"granularity_agrees"}),
    "a time without its zone's origin": ([on_doc("documents", "published_zone = null")], {"granularity_agrees"}),
    "day and time apart": ([on_doc("documents", "published_at = published_at + interval 3 days")], {"day_and_time_agree"}),
    "a day without evidence": ([on_doc("evidence", "is_chosen = false", "field = 'published'")], {"day_has_evidence"}),
    "a day of other evidence": ([on_doc("evidence", "value = '2025-05-01'", "field = 'published'")], {"day_has_evidence"}),
    "an interval that ends before it starts": ([on_doc("dates", "last_on = starts_on - 1")], {"interval_ordered"}),
    "unresolved with a day": ([on_doc("dates", "is_resolved = false")], {"interval_agrees"}),
    "relative without an anchor": ([on_doc("dates", "anchor = null, anchor_on = null")], {"interval_agrees"}),
    "an hour of a week": ([on_doc("dates", "granularity = 'hour', last_on = starts_on + 6")], {"interval_agrees"}),
    "a Thursday two years before": ([on_doc("dates", "starts_on = '2023-05-25', last_on = '2023-05-25'")], {"relative_near"}),
    "a source without days": (
        ["update documents set published_on = null, published_at = null, published_zone = null, "
         f"published_granularity = 'none', published_method = 'none' where source_id = '{SOURCES[1]}'"],
        {"undated_share"},
    ),
    "a source that is not in sources": ([f"delete from sources where source_id = '{SOURCES[0]}'"], {"source_known"}),
    "a time zone that does not exist": ([f"update sources set time_zone = 'Europe/Nantes' where source_id = '{SOURCES[0]}'"],
        {"time_zone_known"}),
    "a source without evidence": ([on_doc("evidence", "is_chosen = false", "field = 'source'")], {"source_has_evidence"}),
    "two titles chosen": (
        [
            f"insert into evidence by name select * replace ({number} as evidence_no, 'title' as field, '{title}' as value) "
            f"from evidence where doc_id = '{DOC}' and evidence_no = 1"
            for number, title in ((8, "Un titre"), (9, "Un autre"))
        ],
        {"evidence_chosen_once"},
    ),
    "one source everywhere": (
        [f"update documents set source_id = '{SOURCES[0]}' where doc_id not in ('{OTHER}', '{name_document(2, 3)}')"],
        {"largest_share"},
    ),
    "documents without a source": ([f"update documents set source_id = 'unknown' where source_id = '{SOURCES[2]}'"], {"unknown_share"}),
    **{
        f"orphans in {table}": (
            [f"insert into {table} by name select * replace ('{NOWHERE}' as doc_id) from {table} where doc_id = '{DOC}' limit 1"],
            {"facts_have_documents"},
        )
        for table in (*FACTS[:1], *FACTS[2:], "bands")
    },
    "an orphan in mentions": (
        [copy_row("mentions", f"'{NOWHERE}' as doc_id, true as is_demonym")], {"facts_have_documents"},
    ),
    **{
        f"{table} in no sentence": ([on_doc(table, "sentence_no = 99")], {"facts_have_sentences"}) for table in FACTS[1:]
    },
    "a figure in another sentence": ([on_doc("figures", "sentence_no = 3")], {"facts_have_sentences"}),
    "a page without lines": ([f"delete from lines where doc_id = '{DOC}'"], {"documents_have_lines", "surfaces_in_source"}),
    "a name without an entity": ([copy_row("mentions", "9 as mention_no, null as entity_id")], {"mentions_have_entities"}),
    "a name of an entity that does not exist": ([copy_row("mentions", "9 as mention_no, 'PER-parti' as entity_id")], {"mentions_have_entities"}),
    "a figure about an entity that does not exist": ([on_doc("figures", "subject_entity_id = 'PER-parti'")], {"links_have_entities"}),
    "a quote by an entity that does not exist": ([on_doc("quotes", "speaker_entity_id = 'PER-parti'")], {"links_have_entities"}),
    "a role of an entity that does not exist": ([on_doc("roles", "entity_id = 'PER-parti'")], {"links_have_entities"}),
    "a role in an entity that does not exist": ([on_doc("roles", "organisation_entity_id = 'ORG-partie'")], {"links_have_entities"}),
    "another name of an entity that does not exist": (["insert into entity_names values ('PER-parti', 'Parti', 1)"], {"links_have_entities"}),
    "a document too many counted": (
        ["update entities set count_documents = count_documents + 1 where label = 'PER'"], {"entity_counts"},
    ),
    "a mention too many counted": (
        [f"update {table} set count_mentions = count_mentions + 1 where entity_id = 'PER-odile-kervadec'"
         for table in ("entities", "entity_names")],
        {"entity_counts"},
    ),
    "an entity without mentions": (
        ["insert into entities values ('PER-parti', 'Parti', 'PER', [], 3, 2)", "insert into entity_names values ('PER-parti', 'Parti', 3)"],
        {"entity_counts"},
    ),
    "a name counted twice": (
        ["update entity_names set count_mentions = count_mentions + 1 where entity_id = 'PER-odile-kervadec'"],
        {"entity_name_counts"},
    ),
    "a duplicate of a document that does not exist": (
        [f"insert into duplicates values ('{DOC}', 'copie.txt', 1, 'unknown', 'exact', '{NOWHERE}', 1, null, '{RUN_ID}')"],
        {"duplicates_point"},
    ),
    "a near-duplicate of itself": (
        [f"insert into duplicates values ('{DOC}', 'copie.txt', 1, 'unknown', 'near', '{DOC}', 1, null, '{RUN_ID}')"],
        {"duplicates_point"},
    ),
    "a near-duplicate unpublished": (
        [f"insert into duplicates values ('{NOWHERE}', 'copie.txt', 1, 'unknown', 'near', '{DOC}', 1, null, '{RUN_ID}')"],
        {"near_duplicates_published"},
    ),
    "an older text published": (
        [f"insert into duplicates values ('{DOC}', 'copie.txt', 1, 'unknown', 'version', '{OTHER}', 1, null, '{RUN_ID}')"],
        {"near_duplicates_published"},
    ),
    "a story that is named after no document": ([on_doc("documents", f"story_id = '{NOWHERE}'")], {"stories_agree"}),
    "a story of the larger id": (
        [f"update documents set story_id = '{max(DOC, OTHER)}' where doc_id in ('{DOC}', '{OTHER}')"], {"stories_agree"},
    ),
    "one address twice": (["update documents set url = 'https://petit-cantalien.example/halle' "
        f"where doc_id in ('{DOC}', '{OTHER}')"], {"address_once"}),
    "published and rejected": (
        ["insert into rejections by name select uri, record_no, doc_id, source_id, 'rejected' as outcome, 'strip' as stage, "
         f"'too_short' as reason, '' as detail, '{EARLIER_RUN_ID}' as run_id from documents where doc_id = '{DOC}'"],
        {"rejections_unpublished"},
    ),
    "a document forgotten before the run was over": (
        [on_run("count_published = count_published + 1, count_read = count_read + 1"), forget("started_at")], {"published_counted"},
    ),
    "rejected pages": (
        ["insert into rejections select 'index-' || n || '.txt', 1, 'r' || n, "
         f"'{SOURCES[0]}', 'rejected', 'strip', 'not_an_article', '', 1, '1', '{RUN_ID}', now(), now() from range(11) as numbers(n)",
         on_run("count_rejected = 11, count_read = count_read + 11")],
        {"rejected_share"},
    ),
    "a source quarantined": (
        [sql.replace("null, null, 'quarantined'", f"null, '{SOURCES[0]}', 'quarantined'") for sql in quarantine(2)],
        {"quarantined_by_source"},
    ),
    "a source without dates": ([f"delete from dates where doc_id in ({documents_of(SOURCES[0])})"], {"dates_per_document"}),
    "a source without figures": ([f"delete from figures where doc_id in ({documents_of(SOURCES[0])})"], {"figures_per_document"}),
    "a source without quotes": ([f"delete from quotes where doc_id in ({documents_of(SOURCES[0])})"], {"quotes_per_document"}),
    "a source without roles": ([f"delete from roles where doc_id in ({documents_of(SOURCES[0])})"], {"roles_per_document"}),
    "a source without speakers": (
        [f"update quotes set speaker = null where doc_id in ({documents_of(SOURCES[0])})"], {"quotes_with_speaker"},
    ),
    "lines nearly all chrome": (
        ["insert into lines select doc_id, 8 + n, last + n * 2, last + n * 2 + 2, 'x' || chr(10), null, null, 'chrome', false, 'menu', 0 "
         "from (select doc_id, max(raw_end) as last from lines semi join documents using (doc_id) group by doc_id), range(300) as numbers(n)"],
        {"lines_removed"},
    ),
    "a source of near copies": ([share_stories(0, 5)], {"copies_share"}),
    "two figures for one thing": (contradict(DOC, OTHER), {"figures_agree"}),
    "sources that contradict each other": (
        [sql for no in range(2, 9) for sql in contradict(name_document(0, no), name_document(1, no), no)],
        {"figures_agree", "contradicted_share"},
    ),
    "a run that is not in runs": (
        [on_doc("documents", "run_id = '20240101T000000-x'"), on_run("count_published = count_published - 1, count_read = count_read - 1")],
        {"runs_known"},
    ),
}  # fmt: skip

# Changes that look like a fault and are none.
HARMLESS: dict[str, list[str]] = {
    "a rejected document forgotten after the run": [
        on_run("count_rejected = count_rejected + 1, count_read = count_read + 1"),
        forget("finished_at + interval 1 hour"),
    ],
    "a document forgotten after the run": [
        on_run("count_published = count_published + 1, count_read = count_read + 1"),
        forget("finished_at + interval 1 hour"),
    ],
    "a figure both give alike": [
        *contradict(DOC, OTHER)[:-1],
        f"update figures set value = 9999 where doc_id in ('{DOC}', '{OTHER}')",
    ],
    "half of a source's pages rejected": [
        "insert into rejections select 'index-' || n || '.txt', 1, 'r' || n, "
        f"'{SOURCES[0]}', 'rejected', 'strip', 'not_an_article', '', 1, '1', '{RUN_ID}', now(), now() from range(9) as numbers(n)",
        on_run("count_rejected = 9, count_read = count_read + 9"),
    ],
    "nine odd articles of a source": [
        f"update documents set run_id = '{EARLIER_RUN_ID}' where doc_id = '{name_document(0, 2)}'",
        on_run("count_published = count_published - 1, count_read = count_read - 1"),
        on_run("count_published = count_published + 1, count_read = count_read + 1", EARLIER_RUN_ID),
        *(f"delete from {table} where doc_id in ({documents_of(SOURCES[0])})" for table in ("dates", "figures")),
        "update documents set count_words = 21, published_on = null, published_at = null, published_zone = null, "
        f"published_granularity = 'none', published_method = 'none' where source_id = '{SOURCES[0]}'",
        "insert into lines select doc_id, 8 + n, last + n * 200, last + (n + 1) * 200, repeat('x', 199) || chr(10), null, null, 'chrome', "
        "false, 'menu', 0 from (select doc_id, max(raw_end) as last from lines semi join documents using (doc_id) "
        f"where doc_id in ({documents_of(SOURCES[0])}) group by doc_id), range(300) as numbers(n)",
    ],
    "no dates and figures in a language without rules": [
        f"update documents set language = 'de' where source_id = '{SOURCES[0]}'",
        *(f"delete from {table} where doc_id in ({documents_of(SOURCES[0])})" for table in ("dates", "figures")),
    ],
    "an earlier run quarantined": [
        on_run("count_quarantined = 5, count_read = count_read + 5", EARLIER_RUN_ID),
        *(
            sql.replace(RUN_ID, EARLIER_RUN_ID).replace("null, null, 'quar", f"null, '{SOURCES[0]}', 'quar")
            for sql in quarantine(5)[1:]
        ),
    ],
    "a contradiction among earlier documents": contradict(name_document(0, 0), name_document(1, 1)),
    "a page that names no source": [
        on_doc("documents", "source_id = 'unknown'"),
        on_doc("evidence", "is_chosen = false", "field = 'source'"),
    ],
    "a page without a day": [
        on_doc(
            "documents",
            "published_on = null, published_at = null, published_zone = null, published_granularity = 'none', "
            "published_method = 'none'",
        ),
        on_doc("evidence", "is_chosen = false", "field = 'published'"),
    ],
    "an old day that is not relative": [
        on_doc(
            "dates",
            "starts_on = '2003-05-22', last_on = '2003-05-22', is_relative = false, anchor = null, anchor_on = null",
        )
    ],
    "a day relative to an old one": [
        on_doc("dates", "starts_on = '2003-05-22', last_on = '2003-05-22', anchor = 'article'")
    ],
    "two authors": [
        f"insert into evidence by name select * replace ({number} as evidence_no, 'author' as field, '{name}' as value) "
        f"from evidence where doc_id = '{DOC}' and evidence_no = 1"
        for number, name in ((8, "Anne Lebrun"), (9, "Yves Cadou"))
    ],
    "two sources, one of them everywhere": [
        f"update documents set source_id = '{SOURCES[0]}' where doc_id <> '{OTHER}'"
    ],
    "pages without an address": [f"update documents set url = null where doc_id in ('{DOC}', '{OTHER}')"],
    "documents that left since": [
        on_run("count_published = count_published + 3, count_read = count_read + 3", EARLIER_RUN_ID)
    ],
    "a document this run superseded": [
        on_run("count_published = count_published + 1, count_read = count_read + 1"),
        f"insert into duplicates values ('{NOWHERE}', 'vieux.txt', 1, 'unknown', 'version', '{DOC}', 0.8, null, '{RUN_ID}')",
    ],
    "a quote over a removed line": [span("quotes")],
    "a few quarantined": quarantine(4),
    "near copies of most of a source's articles": [share_stories(0, 4)],
    "published tomorrow": published("2025-06-03"),
    "an old page with metadata": published("1987-03-14", "metadata"),
    "an old page whose day two places give": published("1987-03-14", witnesses=2),
    "an anniversary": [on_doc("dates", "starts_on = '2003-05-25', last_on = '2003-05-25', granularity = 'year'")],
    "a demonym without its place": [copy_row("mentions", "9 as mention_no, null as entity_id, true as is_demonym")],
    "the same bytes again": [
        f"insert into duplicates values ('{DOC}', 'copie.txt', 1, 'unknown', 'exact', '{DOC}', 1, null, '{RUN_ID}')"
    ],
    "lines of a rejected page": [
        f"insert into lines by name select * replace ('{NOWHERE}' as doc_id, line_no + 3 as line_no) from lines where doc_id = '{DOC}'"
    ],
}


# Changes to a source with twenty earlier runs like this one: the source, the change, the check that fails, and what the
# result reports.
SHIFTS: dict[str, tuple[str, list[str], str, str]] = {
    "fewer documents": (
        SOURCES[0], [f"update documents set run_id = '{EARLIER_RUN_ID}' where doc_id in ({documents_of(SOURCES[0])} and run_id = '{RUN_ID}' limit 12)",
         on_run("count_published = count_published - 12, count_read = count_read - 12"),
         on_run("count_published = count_published + 12, count_read = count_read + 12", EARLIER_RUN_ID)],
        "documents_published", "documents of a source as usual",
    ),
    "no document": (
        SOURCES[1], [f"update documents set run_id = '{EARLIER_RUN_ID}' where doc_id in ({documents_of(SOURCES[1])})",
         on_run("count_published = count_published - 20, count_read = count_read - 20"),
         on_run("count_published = count_published + 20, count_read = count_read + 20", EARLIER_RUN_ID)],
        "source_silent", f"{SOURCES[1]}: no document, while 20 of 20 runs before had some",
    ),
    "a third more names": (
        SOURCES[0], [f"update documents set count_words = count_words * 0.75 where doc_id in ({documents_of(SOURCES[0])})"],
        "mentions_per_1000_words", "as many names as other news",
    ),
    "a third more words": (
        SOURCES[0], [f"update documents set count_words = count_words * 1.12 where doc_id in ({documents_of(SOURCES[0])})"],
        "median_words", "length of articles",
    ),
    "articles of twice the length": (
        SOURCES[0], [f"update documents set count_words = count_words * 2.1 where doc_id in ({documents_of(SOURCES[0])})"],
        "length_jumped", f"{SOURCES[0]}: median words 100 → 206",
    ),
    "chrome left in": (
        SOURCES[2], [f"update lines set kind = 'caption' where kind in ('chrome', 'teaser') and doc_id in ({documents_of(SOURCES[2])})"],
        "removed_jumped", f"{SOURCES[2]}: removed lines 34 % → 0 %",
    ),
    "more near copies": (
        SOURCES[2], [share_stories(2, 4)], "copies_jumped", f"{SOURCES[2]}: near copies 0 % → 40 %",
    ),
    "a line more removed": (
        SOURCES[2], [f"update lines set kind = 'teaser' where kind = 'title' and doc_id in ({documents_of(SOURCES[2])} limit 8)"],
        "lines_removed", "as usual",
    ),
}  # fmt: skip
# The checks that fail as well.
ALSO = {
    "a third more names": {"median_words"},
    "articles of twice the length": {"median_words", "mentions_per_1000_words"},
    "a third more words": {"mentions_per_1000_words"},
    "chrome left in": {"lines_removed"},
}
