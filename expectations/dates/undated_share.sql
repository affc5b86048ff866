-- name: undated_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Most of a source's articles say when they were published.
-- value: share of documents without a publication day, 0 to 1, for each source with ten documents or more
with measured as (
    select source_id, avg((published_on is null)::integer) as value,
    from checked_documents
    group by source_id
    having count(*) >= getvariable('least_documents')
)

select * from measured
