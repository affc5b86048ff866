-- name: dates_per_document
-- form: measure
-- severity: warning
-- scope: run
-- sentence: About as many dates are found in a source's articles as in other news, or as usual in its own.
-- value: dates per document, for each source with ten documents or more in a language with rules for them
-- bounds: usual
-- French is the language with rules; a document in another has none, which says nothing.
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

checked as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

found as (
    select doc_id, count(*) as count_found,
    from dates
    semi join checked using (doc_id)
    group by doc_id
),

measured as (
    select source_id, avg(coalesce(count_found, 0)) as value,
    from checked
    left join found using (doc_id)
    where language = 'fr'
    group by source_id
    having count(*) >= 10
)

select * from measured
