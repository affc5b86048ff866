-- name: median_words
-- form: measure
-- severity: warning
-- scope: run
-- sentence: A source's articles have the length of articles: neither ledes alone nor pages with everything on them.
-- value: median words of a document, for each source with ten documents or more
-- bounds: usual
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

checked as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

measured as (
    select source_id, median(count_words) as value,
    from checked
    group by source_id
    having count(*) >= 10
)

select * from measured
