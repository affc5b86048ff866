-- name: rejections_unpublished
-- severity: critical
-- scope: run
-- sentence: No published record is in rejections as well.
-- id: doc_id
with faults as (
    select doc_id, format('{}: {}', rejections.outcome, rejections.reason) as detail,
    from rejections
    semi join documents using (doc_id, uri, record_no)
)

select * from faults
