-- name: median_words
-- form: measure
-- severity: warning
-- scope: run
-- sentence: A source's articles have the length of articles: neither ledes alone nor pages with everything on them.
-- value: median words of a document, for each source with ten documents or more
-- bounds: usual
with measured as (
    select source_id, median(count_words) as value,
    from checked_documents
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
