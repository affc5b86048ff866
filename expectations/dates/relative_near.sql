-- name: relative_near
-- severity: warning
-- scope: document
-- sentence: A day in a text that is given relative to the publication date lies within 400 days of it.
-- id: doc_id
-- Granularities from the month up are not checked: "twenty years ago" is rightly far from the publication date.
with faults as (
    select
        doc_id,
        concat('date ', date_no, ': "', left(surface, 80), '" is ', starts_on, ', published on ', published_on) as detail,
    from dates
    inner join documents using (doc_id)
    where is_relative
        and is_resolved
        and anchor = 'publication'
        and granularity in ('minute', 'hour', 'day', 'week')
        and abs(date_diff('day', published_on, coalesce(starts_on, last_on))) > 400
)

select * from faults
