-- name: interval_ordered
-- severity: critical
-- scope: document
-- sentence: No date in a text ends before it starts.
-- id: doc_id
with faults as (
    select doc_id, format('date {}: "{}" from {} to {}', date_no, left(surface, 80), starts_on, last_on) as detail,
    from dates
    semi join documents using (doc_id)
    where starts_on > last_on
)

select * from faults
