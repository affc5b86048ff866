-- name: near_duplicates_published
-- severity: critical
-- scope: run
-- sentence: Both documents of a pair of near-duplicates are published; an older text of an address is not.
-- id: doc_id
with faults as (
    select duplicates.doc_id, format('{} of {}', kind, duplicate_of) as detail,
    from duplicates
    left join documents on documents.doc_id = duplicates.doc_id
    where (kind = 'near' and documents.doc_id is null)
        or (kind = 'version' and documents.doc_id is not null)
)

select * from faults
