-- name: quotes_with_speaker
-- form: measure
-- severity: warning
-- scope: run
-- sentence: As many quotes of a source's articles have a speaker as in other news, or as in the source's earlier articles.
-- value: share of quotes in marks whose speaker is known, 0 to 1, for each source with ten such quotes or more
-- bounds: usual
with quoted as (
    select checked_documents.source_id, quotes.speaker is not null as has_speaker,
    from quotes
    join checked_documents using (doc_id)
    where quotes.is_reported is distinct from true
),

measured as (
    select source_id, avg(has_speaker::integer) as value,
    from quoted
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
