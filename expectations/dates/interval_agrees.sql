-- name: interval_agrees
-- severity: warning
-- scope: document
-- sentence: A date in a text is no longer than its granularity, is resolved exactly when it has a day, and has an anchor when it is relative.
-- id: doc_id
-- Only granularities up to the hour are compared: "early in the 1990s" has the granularity decade and is shorter than one.
with spans as (
    select *, date_diff('day', starts_on, last_on) + 1 as count_days,
    from dates
    semi join documents using (doc_id)
),

faults as (
    select
        doc_id,
        concat('date ', date_no, ': "', left(surface, 80), '" (', granularity, ') from ', starts_on, ' to ', last_on) as detail,
    from spans
    where is_resolved <> (starts_on is not null or last_on is not null)
        or (is_resolved and is_relative and (anchor is null or anchor_on is null))
        or (granularity in ('minute', 'hour') and count_days > 2)
        or (starts_at is not null and starts_on is null)
)

select * from faults
