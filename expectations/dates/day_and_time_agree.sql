-- name: day_and_time_agree
-- severity: warning
-- scope: document
-- sentence: The day and the time of publication differ by a time zone at most.
-- id: doc_id
with faults as (
    select doc_id, format('day {}, time {}', published_on, published_at) as detail,
    from documents
    where abs(date_diff('day', published_on, (published_at at time zone 'UTC')::date)) > 1
)

select * from faults
