-- name: not_before_1990
-- severity: critical
-- scope: document
-- sentence: A publication day before 1990 is believed only when the record or the page's metadata gives it, or two places agree.
-- id: doc_id
-- News on the web begins in the nineties: an earlier day is mostly an epoch, a birthday or a typing error.
with witnesses as (
    select doc_id, left(value, 10) as day, count(*) as count_witnesses,
    from evidence
    where field = 'published'
    group by all
),

faults as (
    select documents.doc_id, format('published on {} ({})', published_on, published_method) as detail,
    from documents
    left join witnesses on witnesses.doc_id = documents.doc_id and witnesses.day = published_on::text
    where published_on < date '1990-01-01'
        and published_method not in ('record', 'metadata')
        and coalesce(count_witnesses, 0) < 2
)

select * from faults
