-- name: mentions_per_1000_words
-- form: measure
-- severity: warning
-- scope: run
-- sentence: The names found in a source's articles are about as many as in other news: neither missing nor everywhere.
-- value: names per 1,000 words, for each source with ten documents or more
-- bounds: usual
-- Languages in which no pipeline reads names are left out; those with rules never are.
with named as (
    select doc_id, count(*) as count_mentions,
    from mentions
    group by doc_id
),

languages as (
    select unnest(getvariable('ruled_languages')) as language
    union
    select language from documents semi join named using (doc_id)
),

measured as (
    select
        source_id,
        1000.0 * sum(coalesce(count_mentions, 0)) / sum(count_words) as value,
    from checked_documents
    semi join languages using (language)
    left join named using (doc_id)
    group by source_id
    having count(*) >= getvariable('least_documents') and sum(count_words) > 0
)

select * from measured
