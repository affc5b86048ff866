-- name: largest_share
-- form: measure
-- severity: warning
-- scope: run
-- sentence: No single source makes up most of the collection: counts would reflect the habits of one newsroom.
-- value: the largest source's share of all documents, 0 to 1, from three sources and thirty documents on
with counted as (
    select source_id, count(*) as count_documents,
    from documents
    group by source_id
),

shares as (
    select
        source_id,
        count_documents / sum(count_documents) over () as value,
        count(*) over () as count_sources,
        sum(count_documents) over () as count_all,
    from counted
),

measured as (
    select source_id, value,
    from shares
    where count_sources >= 3 and count_all >= 30
    order by value desc, source_id
    limit 1
)

select * from measured
