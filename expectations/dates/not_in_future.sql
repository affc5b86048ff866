-- name: not_in_future
-- severity: critical
-- scope: document
-- sentence: No document is published more than a day after the start of the run that read it.
-- id: doc_id
-- One day is allowed: the page's clock may be ahead of UTC by its time zone.
with read_documents as (
    select
        documents.doc_id,
        published_on,
        published_at,
        published_method,
        started_at,
        started_at + interval 1 day as latest_at,
    from documents
    inner join runs on runs.run_id = documents.run_id
),

faults as (
    select
        doc_id,
        format(
            'published on {} ({}), read on {}', published_on, published_method, (started_at at time zone 'UTC')::date
        ) as detail,
    from read_documents
    where published_on > (latest_at at time zone 'UTC')::date or published_at > latest_at
)

select * from faults
