-- name: evidence_chosen_once
-- severity: warning
-- scope: document
-- sentence: Of the candidates for a title, a date, a source, an address, a language or an agency, one is chosen.
-- id: doc_id
with choices as (
    select doc_id, field, count(*) as count_chosen,
    from evidence
    semi join documents using (doc_id)
    where is_chosen and field <> 'author'
    group by all
),

faults as (
    select doc_id, format('{} candidates chosen for {}', count_chosen, field) as detail,
    from choices
    where count_chosen > 1
)

select * from faults
