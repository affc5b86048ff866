-- name: mentions_per_1000_words
-- form: measure
-- severity: warning
-- scope: run
-- sentence: The names found in a source's articles are about as many as in other news: neither missing nor everywhere.
-- value: names per 1,000 words, for each source with ten documents or more
-- bounds: usual
-- Documents of the run being checked; all documents when it published none. Languages no pipeline reads names in are
-- left out, French never is.
with in_run as (
    select * from documents where run_id = getvariable('run_id')
),

checked as (
    select * from in_run
    union all
    select * from documents where not exists (from in_run)
),

named as (
    select doc_id, count(*) as count_mentions,
    from mentions
    group by doc_id
),

languages as (
    select 'fr' as language
    union
    select language from documents semi join named using (doc_id)
),

measured as (
    select
        source_id,
        1000.0 * sum(coalesce(count_mentions, 0)) / sum(count_words) as value,
    from checked
    semi join languages using (language)
    left join named using (doc_id)
    group by source_id
    having count(*) >= 10 and sum(count_words) > 0
)

select * from measured
