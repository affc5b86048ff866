-- name: evidence_chosen_once
-- severity: warning
-- scope: document
-- sentence: At most one value is chosen as a document's title, date, source, address, language or agency.
-- id: doc_id
with choices as (
    -- a title printed twice with different apostrophes is one value; a day on a line and a minute in the head are one date
    select doc_id, field, count(distinct case when field in ('published', 'updated') then left(value, 10) else replace(lower(value), '’', '''') end) as count_chosen,
    from evidence
    semi join documents using (doc_id)
    where is_chosen and field <> 'author'
    group by all
),

faults as (
    select doc_id, format('values chosen for {}: {}', field, count_chosen) as detail,
    from choices
    where count_chosen > 1
)

select * from faults
