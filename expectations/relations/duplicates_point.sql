-- name: duplicates_point
-- severity: critical
-- scope: run
-- sentence: Every duplicate points to a published document, and to its own document only when its bytes are the same.
-- id: doc_id
with faults as (
    select duplicates.doc_id, format('{} of {}', kind, duplicate_of) as detail,
    from duplicates
    left join documents on documents.doc_id = duplicates.duplicate_of
    where documents.doc_id is null
        or (kind <> 'exact' and duplicates.doc_id = duplicates.duplicate_of)
)

select * from faults
