-- name: day_has_evidence
-- severity: warning
-- scope: document
-- sentence: Every publication day is supported by a chosen piece of evidence that names the same day.
-- id: doc_id
with chosen as (
    select doc_id, value,
    from evidence
    where field = 'published' and is_chosen
),

faults as (
    select documents.doc_id, concat('day ', published_on, ', evidence ', coalesce(value, 'none')) as detail,
    from documents
    left join chosen on chosen.doc_id = documents.doc_id
    where published_on is not null
        and (value is null or not starts_with(value, left(published_on::text, least(10, length(value)))))
)

select * from faults
