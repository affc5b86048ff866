-- name: unknown_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: Few documents come from pages that do not name their source.
-- value: share of documents without a source, 0 to 1, from ten documents on
with measured as (
    select 'unknown' as source_id, avg((source_id = 'unknown')::integer) as value,
    from checked_documents
    having count(*) >= getvariable('least_documents')
)

select * from measured
