-- name: evidence_chosen_once
-- severity: warning
-- scope: document
-- sentence: Of the candidates for a title, a date, a source, an address, a language or an agency, one value is chosen.
-- id: doc_id
with choices as (
    -- a title printed twice is one value, whatever its apostrophes
    select doc_id, field, count(distinct replace(lower(value), '’', '''')) as count_chosen,
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
