-- name: {table}_per_document
-- tables: dates, figures, quotes, roles
-- form: measure
-- severity: warning
-- scope: run
-- sentence: A source's articles hold about as many {table} as other news does, or as the source's earlier articles did.
-- value: {table} per document, for each source with ten documents or more in a language with rules for them
-- bounds: usual
-- A document in a language without rules has none, which is no fault of the source.
with found as (
    select doc_id, count(*) as count_found,
    from {table}
    semi join checked_documents using (doc_id)
    group by doc_id
),

measured as (
    select source_id, avg(coalesce(count_found, 0)) as value,
    from checked_documents
    left join found using (doc_id)
    where list_contains(getvariable('ruled_languages'), language)
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
