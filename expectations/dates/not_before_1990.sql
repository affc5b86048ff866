-- name: not_before_1990
-- severity: critical
-- scope: document
-- sentence: A publication day before 1990 is accepted only when the record or the page's metadata gives it, or two places agree on it.
-- id: doc_id
-- There is no news on the web before the nineties: an earlier day is mostly a zero timestamp, a birthday or a typing error.
with places as (
    select doc_id, left(value, 10) as day, count(*) as count_places,
    from evidence
    where field = 'published'
    group by all
),

faults as (
    select documents.doc_id, format('published on {} ({})', published_on, published_method) as detail,
    from documents
    left join places on places.doc_id = documents.doc_id and places.day = published_on::text
    where published_on < date '1990-01-01'
        and published_method not in ('record', 'metadata')
        and coalesce(count_places, 0) < 2
)

select * from faults
