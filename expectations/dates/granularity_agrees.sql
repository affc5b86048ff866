-- name: granularity_agrees
-- severity: critical
-- scope: document
-- sentence: A publication date is as precise as its granularity: it has a time only when that is minute, and no granularity without a date.
-- id: doc_id
with faults as (
    select
        doc_id,
        concat(
            'granularity ', published_granularity, ', day ', published_on, ', time ', published_at, ', zone ', published_zone
        ) as detail,
    from documents
    where (published_granularity = 'none') <> (published_on is null)
        or (published_granularity = 'minute') <> (published_at is not null)
        or (published_at is null) <> (published_zone is null)
)

select * from faults
