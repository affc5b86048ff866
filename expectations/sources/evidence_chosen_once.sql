-- name: evidence_chosen_once
-- severity: warning
-- scope: document
-- sentence: Of the candidates for a title, a date, a source, an address, a language or an agency, one value is chosen.
-- id: doc_id
with choices as (
    -- a title printed twice is one value, whatever its apostrophes; a day on a line and a minute in the head are one date
    select doc_id, field, count(distinct case when field in ('published', 'updated') then left(value, 10) else replace(lower(value), '’', '''') end) as count_chosen,
    from evidence
    semi join documents using (doc_id)
    where is_chosen and field <> 'author'
    group by all
),

faults as (
    select doc_id, format('{} values chosen for {}', count_chosen, field) as detail,
    from choices
    where count_chosen > 1
)

select * from faults
