-- name: method_agrees
-- severity: critical
-- scope: document
-- sentence: A document has a publication day exactly when it records how the day was found.
-- id: doc_id
with faults as (
    select doc_id, concat('method ', published_method, ', day ', published_on) as detail,
    from documents
    where (published_method = 'none') <> (published_on is null)
)

select * from faults
